"""Every file ends in exactly one result, whatever happens to a worker, to the program or to the disk."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.conftest import BAD, GOOD, wait_for
from tests.batch.hostile import HostileJudge
from tests.command import Run
from tests.hostile.build import REFUSED
from tests.workbooks import saved
from zaitaku_xl import batch
from zaitaku_xl.batch import journal, running
from zaitaku_xl.batch.pool import Limits
from zaitaku_xl.errors import Unwritten
from zaitaku_xl.jobs import Asked

SLOW_TO_MAKE = ("60,000 entries", "part over the limit", "bomb that lies")
SHORT = Limits(seconds=1.0)


def _states(out: str) -> dict[str, str]:
    return {Path(file["path"]).name: file["status"] for file in json.loads(out)["files"]}


def _files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder but the journal, whose pages lie as the disk had them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != journal.NAME
    }


def test_every_file_ends_in_exactly_one_result(run: Run, returned: Path) -> None:
    ran = run("check", returned, "--json", "-", "--jobs", 2)
    assert ran.status == 2
    assert _states(ran.out) == {
        "a.xlsx": "judged", "b.xlsx": "judged", "c.xlsx": "judged", "cut.xlsx": "unreadable", "d.xlsx": "not_a_log",
        "text.xlsx": "unreadable",
    }  # fmt: skip


def test_the_number_of_workers_changes_no_byte_of_any_output(run: Run, returned: Path, tmp_path: Path) -> None:
    told = []
    for jobs in (1, 4):
        out = tmp_path / "out"
        beside = tmp_path / f"beside{jobs}"
        ran = run(
            "check", returned, "--out", out, "--jobs", jobs, "--seal", "--json", beside / "a.json", "--csv",
            beside / "a.csv", "--html", beside / "a.html", "--parquet", beside / "a.parquet",
        )  # fmt: skip
        told.append((ran.out, ran.err, _files(out), _files(beside)))
        out.rename(tmp_path / f"out{jobs}")
    assert told[0] == told[1]
    assert set(told[0][2]) == {"a.xlsx", "b.xlsx", "sub/c.xlsx", "点検まとめ.xlsx"}
    assert set(told[0][3]) == {"a.csv", "a.html", "a.json", "a.parquet"}


def test_a_second_run_uses_what_the_first_one_found_and_says_how_many(run: Run, returned: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run("check", returned, "--out", out)
    before = _files(out)
    saved(returned / "b.xlsx", GOOD)
    (out / "sub" / "c.xlsx").unlink()
    second = run("check", returned, "--out", out)
    assert "その結果を使いました" not in first.out
    assert (
        "前の点検から変わらない4件は、その結果を使いました。" in second.out
    )  # the changed file and the lost copy are not
    assert _files(out)["sub/c.xlsx"] == before["sub/c.xlsx"]
    assert _files(out)["b.xlsx"] != before["b.xlsx"]


@pytest.mark.parametrize("option", [("--month", "2026-02"), ("--city", "平戸市"), ("--seal",)])
def test_what_was_judged_otherwise_is_judged_again(
    option: tuple[str, ...], run: Run, returned: Path, tmp_path: Path
) -> None:
    run("check", returned, "--out", tmp_path / "out")
    assert "その結果を使いました" not in run("check", returned, "--out", tmp_path / "out", *option).out


def test_an_output_that_shows_days_gets_them_though_the_first_run_kept_none(
    run: Run, returned: Path, tmp_path: Path
) -> None:
    run("check", returned, "--out", tmp_path / "out")
    run("check", returned, "--out", tmp_path / "out", "--json", tmp_path / "later.json")
    run("check", returned, "--out", tmp_path / "other", "--json", tmp_path / "at once.json")
    later, at_once = ((tmp_path / name).read_text("utf-8") for name in ("later.json", "at once.json"))
    assert later == at_once
    assert any(file["days"] for file in json.loads(later)["files"])


LEFT = """
import gc, sys
from pathlib import Path
from zaitaku_xl.jobs import Asked, check_file
book, out = map(Path, sys.argv[1:])
check_file(book, "b.xlsx", Asked(), out)  # what is kept for all files is there now
gc.collect()
gc.disable()  # as in a worker
gc.set_debug(gc.DEBUG_SAVEALL)
check_file(book, "b.xlsx", Asked(), out)
gc.collect()
print(sorted({type(left).__name__ for left in gc.garbage}))
"""


def test_what_a_file_held_goes_with_it_without_the_collector(returned: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LEFT, returned / "b.xlsx", tmp_path / "marked.xlsx"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_what_was_kept_with_days_serves_a_run_that_needs_none(run: Run, returned: Path, tmp_path: Path) -> None:
    first = run("check", returned, "--out", tmp_path / "out", "--json", tmp_path / "a.json")
    assert first.status == 2
    assert "変わらない6件は、その結果を使いました" in run("check", returned, "--out", tmp_path / "out").out
    again = run("check", returned, "--out", tmp_path / "out", "--json", tmp_path / "b.json")
    assert "変わらない6件は、その結果を使いました" in again.out
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_what_somebody_wrote_into_a_copy_is_kept(run: Run, returned: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", returned, "--out", out)
    before = _files(out)
    (out / "b.xlsx").write_bytes(before["a.xlsx"])
    second = run("check", returned, "--out", out)
    assert "b.xlsx: 前からあった「b.xlsx」は" in second.err
    assert "「b_前の版.xlsx」という名前で残しました。" in second.err
    assert _files(out)["b_前の版.xlsx"] == before["a.xlsx"]
    assert _files(out)["b.xlsx"] == before["b.xlsx"]
    third = run("check", returned, "--out", out)
    assert third.status == 2
    assert "前の点検から変わらない6件" in third.out
    assert sum(name.startswith(("b.", "b_")) for name in _files(out)) == 2


def test_a_second_run_into_the_same_folder_is_refused_while_the_first_one_goes_on(tmp_path: Path) -> None:
    journal.Journal(tmp_path).close()  # an earlier run: nothing is written when the next one begins
    first = journal.Journal(tmp_path)
    with pytest.raises(Unwritten, match="ほかの点検が同じ置き場所で動いていないか"):
        journal.Journal(tmp_path)
    first.close()
    journal.Journal(tmp_path).close()
    assert [path.name for path in tmp_path.iterdir()] == [journal.NAME]


def test_a_spoilt_journal_costs_only_time(run: Run, returned: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", returned, "--out", out)
    before, spoilt = _files(out), b"SQLite format 3\0" + b"x" * 5000
    (out / journal.NAME).write_bytes(spoilt)
    assert run("check", returned, "--out", out).status == 2
    assert _files(out) == before | {"点検の途中経過_前の版.sqlite": spoilt}  # nobody can know whose it was


# ---- hostile files


@pytest.fixture
def hostile(returned: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(running, "Judge", HostileJudge)
    for name in ("kill", "swell", "once", "hang"):
        saved(returned / f"{name}.xlsx", BAD)
    return returned


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_hangs_or_kills_its_worker_costs_one_line(jobs: int, hostile: Path, tmp_path: Path) -> None:
    files = batch.with_targets(batch.find_files([str(hostile)]), tmp_path / "out", in_place=False)
    with batch.run(files, Asked(), jobs, folder=tmp_path / "out", limits=SHORT) as done:
        found = {Path(result.path).name: result for result in done.results()}
    assert Counter(result.status for result in found.values()) == {
        "judged": 4,
        "unreadable": 4,
        "failed": 1,
        "not_a_log": 1,
    }
    assert "1秒で終わらない" in str(found["hang.xlsx"].reason)
    assert "2回止まりました" in str(found["kill.xlsx"].reason)
    assert "メモリが足りません" in str(found["swell.xlsx"].reason)
    assert found["once.xlsx"].judged  # the fault was not the file's
    assert {path.name for path in (tmp_path / "out").rglob("*.xlsx")} == {"a.xlsx", "b.xlsx", "c.xlsx", "once.xlsx"}


def test_every_hostile_file_in_one_run_costs_one_line_each(run: Run, returned: Path) -> None:
    hostile = {name: make for name, (make, _) in REFUSED.items() if name not in SLOW_TO_MAKE}
    for name, make in hostile.items():
        (returned / f"hostile {name}.xlsx").write_bytes(make())
    ran = run("check", returned, "--json", "-", "--jobs", 2)
    states = _states(ran.out)
    assert len(states) == 6 + len(hostile)
    assert {state for name, state in states.items() if name.startswith("hostile")} <= {"unreadable", "not_a_log"}
    assert (states["a.xlsx"], states["b.xlsx"], states["c.xlsx"]) == ("judged",) * 3


# ---- broken off


def test_a_worker_that_somebody_kills_is_replaced(tmp_path: Path) -> None:
    for number in range(8):
        saved(tmp_path / "in" / f"{number}.xlsx", BAD)
    whole = subprocess.run(
        [sys.executable, "-c", _KILLS_A_WORKER, str(tmp_path / "in")], capture_output=True, text=True, check=True
    )
    assert json.loads(whole.stdout) == {"judged": 8}


_KILLS_A_WORKER = """
import json, os, signal, sys
from collections import Counter
from multiprocessing import active_children
from zaitaku_xl import batch
from zaitaku_xl.jobs import Asked

killed = []
def done():
    if not killed:
        killed.append(active_children()[0].pid)
        os.kill(killed[0], signal.SIGKILL)

with batch.run(batch.find_files([sys.argv[1]]), Asked(), 2, done=done) as run:  # a careless script, without a guard
    print(json.dumps(Counter(result.status for result in run.results())))
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_broken_off_it_leaves_what_is_done_whole_and_goes_on_from_there(
    end: signal.Signals, run: Run, in_a_process: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    for number in range(24):
        saved(tmp_path / "in" / f"{number:02}.xlsx", {**BAD, "設定": {"事業所名": f"作業所{number}"}})
    out = tmp_path / "out"
    process = in_a_process("check", tmp_path / "in", "--out", out, "--jobs", 2)
    wait_for(lambda: len(list(out.glob("*.xlsx"))) > 5)
    if end is signal.SIGINT:
        os.killpg(process.pid, end)  # Ctrl-C reaches the workers too
    else:
        process.send_signal(end)
    _, said = process.communicate(timeout=60)
    if end is signal.SIGINT:
        assert process.returncode == 2
        assert said.decode() == "中止しました。点検できたところまでは残っています。同じコマンドで続きから始まります。\n"
        assert [path.name for path in out.iterdir() if path.name.endswith(".tmp")] == []
    assert not (out / batch.SUMMARY).exists()
    assert len(list(out.glob("*.xlsx"))) < 24
    wait_for(lambda: not [path for path in out.iterdir() if path.name.endswith(".tmp")])
    again = run("check", tmp_path / "in", "--out", out)
    run("check", tmp_path / "in", "--out", tmp_path / "other")
    assert "その結果を使いました" in again.out
    assert _files(out) == _files(tmp_path / "other")


@pytest.mark.parametrize("room", [15_000, 3_000])  # too little for the summary; for a copy and the journal
def test_on_a_full_disk_nothing_is_half_written_and_it_is_said(room: int, returned: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    limited = f"""
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
sys.argv = ["zaitaku-xl", "check", {str(returned)!r}, "--out", {str(out)!r}]
from zaitaku_xl.entry.cli import main
main()
"""
    ran = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True)
    assert ran.returncode == 2
    assert "に書けません" in ran.stderr
    assert not (out / batch.SUMMARY).exists()
    assert "Traceback" not in ran.stderr
    assert [path.name for path in out.rglob("*") if path.name.endswith((".tmp", "-journal"))] == []
    for path in out.rglob("*.xlsx"):
        assert path.read_bytes()[:2] == b"PK"


def test_no_name_of_a_client_reaches_the_log_of_a_worker(returned: Path) -> None:
    script = (
        "import logging, sys; logging.basicConfig(level=logging.DEBUG)\n"
        "from zaitaku_xl import batch; from zaitaku_xl.jobs import Asked\n"
        "with batch.run(batch.find_files([sys.argv[1]]), Asked(), 2): pass\n"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(returned)], capture_output=True, text=True, check=True)
    assert "山田" not in ran.stdout + ran.stderr


def test_a_person_sees_how_fast_it_goes_and_what_remains(tmp_path: Path) -> None:
    for number in range(6):
        saved(tmp_path / f"{number}.xlsx", GOOD)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "zaitaku_xl", "check", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env=os.environ | {"TERM": "xterm"}
    ) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the other end is closed when the program is done
            while piece := os.read(ours, 1000):
                shown += piece
    os.close(ours)
    assert process.returncode == 0
    assert re.search("毎秒[0-9.]+件", shown.decode())
    assert "残り" in shown.decode()
