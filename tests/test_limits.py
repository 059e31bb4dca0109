"""What waits for ever or never ends: refused at once, ended in time."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.command import Run
from zaitaku_xl import time_limit
from zaitaku_xl.batch.files import find_files
from zaitaku_xl.batch.pool import Limits, map_tasks
from zaitaku_xl.batch.running import run as run_files
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.jobs import Asked
from zaitaku_xl.report import Status

_COMMANDS = [["check"], ["verify"], ["clear", "--in-place"], ["forms", "--form", "all", "--out", "forms"]]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("make", [_pipe, _socket, _device, _terminal])
@pytest.mark.parametrize("command", _COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".xls"])
def test_what_is_no_file_is_refused_at_once(
    make, command: list[str], suffix: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path(f"a{suffix}"))
    begun = time.monotonic()
    told = run(command[0], f"a{suffix}", *command[1:])
    assert time.monotonic() - begun < 10
    assert told.status == 2
    assert "ファイルではありません" in told.err + told.out


def test_a_single_file_ends_in_time(tmp_path: Path) -> None:
    rows = "".join(f"山田,2026-01-06,在宅,9:30,{n}\n" for n in range(20_000))
    path = tmp_path / "a.csv"
    path.write_text(f"氏名,日付,提供区分,開始,支援記録\n{rows}", encoding="utf-8")
    with run_files(find_files([str(path)]), Asked(), limits=Limits(seconds=-29.9)) as done:
        (result,) = done.results()
    assert result.status is Status.UNREADABLE
    assert "秒で終わらない" in str(result.reason)


def test_what_takes_too_long_in_this_process_is_stopped_and_said() -> None:
    with pytest.raises(Unreadable, match=r"0\.05秒で終わらない"):
        _endless()


@time_limit.within(0.05)
def _endless() -> None:
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001  # nothing that catches mere exceptions may stop it
            continue


def test_what_ends_in_time_is_not_stopped_later() -> None:
    for _ in range(20):
        with time_limit.within(0.01), time_limit.within(0.001):
            pass
    time.sleep(0.05)


def test_one_guard_stands_over_a_file() -> None:
    """A worker is ended by whoever gave it the file; a watch of its own would be a thread more for every file."""
    assert list(map_tasks(_threads_while_judging, [0, 0], workers=1, limits=Limits())) == [(0, 1), (1, 1)]


def _threads_while_judging(_: int) -> int:
    with time_limit.within():
        return threading.active_count()
