"""A folder of returned files, and the command as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.workbooks import saved

ONE_CONTACT = ["9:35 電話 開始確認 体調の確認 佐藤"]
GOOD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]}
_HEARS_CTRL_C = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that were started in the background are deaf to it
runpy.run_module("zaitaku_xl", run_name="__main__", alter_sys=True)
"""
OTHER = GOOD | {"利用者台帳": [{"受給者証番号": "0000000003"}]}  # somebody else of the same name
BAD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "連絡": ONE_CONTACT}]}


def wait_for(true: Callable[[], object], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """Four files of two offices, one of them in a folder below, and two that nobody can read."""
    folder = tmp_path / "returned"
    saved(folder / "a.xlsx", OTHER)
    saved(folder / "b.xlsx", BAD)
    port = {"事業所番号": "4210000002", "事業所名": "みなと作業所", "一日単価": 7000}
    saved(folder / "sub" / "c.xlsx", BAD | {"設定": port, "在宅承認": [{"承認事業所": "みなと作業所"}]})
    saved(folder / "d.xlsx", {"日報": False})
    (folder / "cut.xlsx").write_bytes((folder / "a.xlsx").read_bytes()[:3000])
    (folder / "text.xlsx").write_bytes("日付,氏名\r\n".encode("cp932"))
    return folder


@pytest.fixture
def in_a_process() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the command in a group of processes of its own, to be killed or interrupted as a terminal does it."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _HEARS_CTRL_C, *map(str, arguments)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        started.append(process)
        return process

    yield start
    for process in started:
        with process, suppress(ProcessLookupError):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
