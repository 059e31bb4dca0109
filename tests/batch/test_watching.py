"""What is dropped into a folder is judged once it is whole."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.batch.conftest import BAD, GOOD, wait_for
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl.batch import watch_folders
from zaitaku_xl.batch.journal import Journal


def test_once_judges_what_lies_there_and_ends(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", BAD)
    told = run("watch", tmp_path, "--once", "--every", 0.1)
    assert told.status == 1
    assert (tmp_path / "点検済み" / "a.xlsx").exists()
    assert (tmp_path / "点検済み" / "点検まとめ.xlsx").exists()
    assert run("watch", tmp_path, "--once", "--every", 0.1).status == 1  # the copies are not judged again


def test_files_may_be_dropped_on_it(run: Run, tmp_path: Path) -> None:
    one, two = saved(tmp_path / "a.xlsx", GOOD), saved(tmp_path / "b.xlsx", GOOD)
    assert run("watch", one, two, "--once", "--every", 0.1).status == 0
    assert {path.name for path in (tmp_path / "点検済み").glob("*.xlsx")} == {"a.xlsx", "b.xlsx", "点検まとめ.xlsx"}


def test_a_folder_with_nothing_in_it_is_no_fault(run: Run, tmp_path: Path) -> None:
    assert run("watch", tmp_path, "--once", "--every", 0.1).status == 0
    assert run("watch", tmp_path / "none", "--once").status == 2


def test_a_file_that_grows_or_is_open_in_excel_is_left_until_it_lies_still(tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", GOOD)
    whole = book.read_bytes()
    book.write_bytes(whole[:100])
    owner = tmp_path / "~$a.xlsx"
    steps = iter(
        [
            lambda: book.write_bytes(whole[:2000]),  # still growing
            lambda: book.write_bytes(whole),
            lambda: owner.write_bytes(b"owner"),  # open
            lambda: None,
            owner.unlink,
            lambda: book.write_bytes(whole + b" "),  # changed again
            lambda: None,
        ]
    )
    told = []

    class Over(Exception):
        pass

    def wait() -> None:
        step = next(steps, None)
        if step is None:
            raise Over
        step()
        told.append(None)

    try:
        for files in watch_folders([str(tmp_path)], tmp_path / "点検済み", wait):
            told.append([file.path.name for file in files])
    except Over:
        pass
    assert told == [None, None, None, None, None, ["a.xlsx"], None, None, ["a.xlsx"]]


def test_it_ends_cleanly_on_ctrl_c_and_meanwhile_judges_what_is_dropped_in(
    in_a_process: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    process = in_a_process("watch", tmp_path, "--every", 0.2)
    time.sleep(1.0)
    saved(tmp_path / "a.xlsx", BAD)
    wait_for((tmp_path / "点検済み" / "点検まとめ.xlsx").exists)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "見るのを終わりました" in out.decode()
    assert err == b""


def test_it_waits_until_another_run_into_its_folder_is_over(
    in_a_process: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    saved(tmp_path / "a.xlsx", BAD)
    other = Journal(tmp_path / "点検済み")
    process = in_a_process("watch", tmp_path, "--every", 0.2)
    time.sleep(6.0)  # several times as long as it takes to find the folder in use
    assert process.poll() is None
    assert not (tmp_path / "点検済み" / "点検まとめ.xlsx").exists()
    other.close()
    wait_for((tmp_path / "点検済み" / "点検まとめ.xlsx").exists)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, b"")
    assert out.decode().count("でほかの点検が動いています。終わるのを待ちます。") == 1


def test_one_look_does_not_wait_for_another_run(
    in_a_process: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    saved(tmp_path / "a.xlsx", BAD)
    other = Journal(tmp_path / "点検済み")
    process = in_a_process("watch", tmp_path, "--once", "--every", 0.1)
    _, err = process.communicate(timeout=30)
    other.close()
    assert process.returncode == 2
    assert "ほかの点検が同じ置き場所で動いていないか" in err.decode()
