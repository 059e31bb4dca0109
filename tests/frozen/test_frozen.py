"""The program for a PC without Python, built and run under Wine: it judges the demo, installs itself, answers a formula.

Building takes minutes, so this is asked for (ZAITAKU_WINE=1) and needs Wine; the proof is whole without it.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.addin.excel import Excel
from tests.frozen.wine import Windows, frozen, prepared
from tests.shape import as_json
from tests.tools import same_parts
from zaitaku_xl import jobs

if not (os.environ.get("ZAITAKU_WINE") and shutil.which("wine")):
    pytest.skip(
        "任意の検査（Wineの上の zaitaku.exe）。ZAITAKU_WINE=1 と wine があれば行います", allow_module_level=True
    )


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    """In a folder of its own: pytest's are closed to the user that Wine runs as."""
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        Path(room).chmod(0o755)
        yield prepared(Path(room))


@pytest.fixture(scope="module")
def program(windows: Windows) -> Path:
    return frozen(windows)


def said(windows: Windows, program: Path, *arguments: str) -> tuple[int, str]:
    ran = windows.run(program, *arguments)
    return ran.returncode, (ran.stdout + ran.stderr).decode("utf-8", "replace")


def test_the_program_judges_the_demo_as_python_does(windows, program, tmp_path):
    assert said(windows, program, "demo", "--out", "見本 A&B")[0] == 0
    status, answer = said(windows, program, "check", "見本 A&B/demo.xlsx", "--json", "結果.json")
    assert status == 1, answer
    theirs = json.loads((windows.room / "結果.json").read_text(encoding="utf-8"))["files"][0]
    jobs.write_demo(tmp_path)
    ours = as_json(jobs.check_file(tmp_path / "demo.xlsx", theirs["path"], jobs.Asked()))
    assert theirs == ours
    made = [folder / "demo.xlsx" for folder in (windows.room / "見本 A&B", tmp_path)]
    assert same_parts(*(path.read_bytes() for path in made)) == []  # a zip made on Windows says so in its directory


def test_the_program_judges_a_folder_by_workers(windows, program):
    assert said(windows, program, "demo", "--out", "二つ")[0] == 0  # the month, its marked copy, its forms
    status, answer = said(windows, program, "check", "二つ", "--jobs", "2", "--json", "二つ.json", "--out", "写し")
    assert status == 1, answer
    files = json.loads((windows.room / "二つ.json").read_text(encoding="utf-8"))["files"]
    assert len(files) > 1
    assert {file["status"] for file in files} == {"judged"}
    assert (windows.room / "写し" / "点検まとめ.xlsx").is_file()


def test_the_program_installs_itself_and_finds_nothing_in_the_way(windows, program):
    assert said(windows, program, "addin", "doctor")[0] == 1
    status, answer = said(windows, program, "addin", "install")
    assert status == 0, answer
    assert "XLSTART" in answer
    status, answer = said(windows, program, "addin", "doctor")
    assert (status, "動かない原因は見つかりませんでした" in answer) == (0, True), answer


def test_a_button_without_a_workbook_says_so_in_japanese(windows, program):
    status, answer = said(windows, program, "check_book", "--book=65E55831002E0078006C00730078", "--hwnd=1")
    words = "ボタンを押したブックが分かりません"
    assert status == 0
    assert (
        words in answer or words.encode("ascii", "backslashreplace").decode() in answer
    )  # Wine's code page is not 932
    assert "Traceback" not in answer


def test_xlwings_real_dll_gets_a_formula_answered_by_the_program(windows, program):
    client = Path(shutil.copy(Path(__file__).with_name("formula_client.py"), windows.room))
    folder = "Z:" + str(program.parent).replace("/", "\\")
    line = Excel(frozen=True, settings={"INTERPRETER_WIN": rf"{folder}\zaitaku.exe"}).formula_line()
    (windows.room / "line.txt").write_text(line, encoding="utf-8")
    asked = ("zaitaku_xl.entry.udfs", "ZAITAKU_WAREKI", "2026-01-05")
    status, answer = said(windows, windows.python, client.name, folder, "line.txt", *asked)
    assert (status, answer.strip().splitlines()[-1:]) == (0, ["令和8年1月5日"]), answer
