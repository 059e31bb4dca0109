"""The line by which a macro starts Python, as an interpreter of VBA puts it together from the modules of the project.

What a workbook or its folder is called makes no difference to it but in digits; without settings nothing is started.
"""

import re
import sys
from functools import cache
from types import SimpleNamespace

import pytest
import xlwings as xw

from tests.addin.excel import EXE, PYTHON, SETTINGS, SHELL, Excel
from tests.addin.names import NAMES
from zaitaku_xl.addin.macro_text import Home
from zaitaku_xl.entry import frozen, ribbon
from zaitaku_xl.hosts.live import calling
from zaitaku_xl.hosts.live.book import LiveBook

CODE = "from zaitaku_xl.entry import ribbon; ribbon.run('why')"
LOG = r'2> "C:\Temp\xlwings-0123.log" '
DIGITS = re.compile(r"--book=([0-9A-F]*) ")
WAYS = {
    "add-in": {"home": Home.ADDIN},
    "workbook": {"home": Home.WORKBOOK},
    "add-in, no Python": {"home": Home.ADDIN, "frozen": True},
    "workbook, no Python": {"home": Home.WORKBOOK, "frozen": True},
}


@cache
def excel_of(**of: object) -> Excel:
    return Excel(**of)


def line_of(name: str = "日報.xlsx", folder: str = r"C:\点検", **of: object) -> str:
    excel = excel_of(**of)
    excel.name, excel.folder = name, folder
    excel.lines.clear()
    excel.click("why")
    assert excel.said == []
    return excel.lines[0]


def test_a_button_starts_python_by_its_place_in_its_own_folder():
    line = line_of(name="a.xlsx")
    python = rf'C: & cd "C:\Program Files\Python" & "{PYTHON}" -B -P -c "{CODE}"'
    assert line == f"{SHELL} /C {python}  --book=0061002E0078006C00730078 --hwnd=1234 {LOG}"


def test_a_button_starts_the_program_where_there_is_no_python():
    line = line_of(name="a.xlsx", frozen=True)
    program = rf'C: & cd "C:\zaitaku" & "{EXE}" why'
    assert line == f"{SHELL} /C {program}  --book=0061002E0078006C00730078 --hwnd=1234 {LOG}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_in_the_line_as_digits_only(name, way):
    """Whatever workbook is in front, in whatever folder: but for the digits the line is the same."""
    line = line_of(name=name, folder=rf"C:\{name}", **WAYS[way])
    digits = DIGITS.search(line)[1]
    assert calling.name_in(digits) == name
    assert DIGITS.sub("", line) == DIGITS.sub("", line_of(**WAYS[way]))


@pytest.mark.parametrize("name", NAMES)
def test_on_macos_a_name_is_told_as_digits_only(name):
    told, plain = (line_of(name=each, folder=each, mac=True).split("|") for each in (name, "日報.xlsx"))
    assert calling.name_in(told[4]) == name
    assert told[:4] + told[5:] == plain[:4] + plain[5:]
    assert told[0] == "zaitaku.applescript"


@pytest.mark.parametrize("home", Home)
def test_the_line_of_formulas_is_the_same_for_all_workbooks(home):
    """One server, then, for all of them."""
    excel, lines = excel_of(home=home), set()
    for name in NAMES:
        excel.name, excel.folder = name, rf"C:\{name}"
        lines.add(excel.formula_line())
    serve = "import xlwings; xlwings.serve('$(CLSID)')"
    assert lines == {rf'{SHELL}  /K ""{PYTHON}" -B -P -c "{serve}""'}


def test_the_dll_is_loaded_from_the_folder_of_python():
    excel = Excel()
    excel.formula_line()
    assert excel.loaded == [r"C:\Program Files\Python\xlwings64-0.37.8.dll"]


BARE = [
    {},
    {"INTERPRETER_WIN": "python", "ZAITAKU_EXE": "zaitaku.exe"},
    {"INTERPRETER": "pythonw"},
    {"INTERPRETER_WIN": r"python\python.exe", "ZAITAKU_EXE": r".\zaitaku.exe"},
    {"INTERPRETER_WIN": "C:python.exe", "ZAITAKU_EXE": "C:zaitaku.exe"},
    {"INTERPRETER_WIN": "", "INTERPRETER": ""},
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("settings", BARE)
def test_without_a_place_in_the_settings_a_button_starts_nothing_and_says_what_to_do(settings, way):
    excel = Excel(settings=settings, **WAYS[way])
    excel.click("why")
    assert excel.lines == []
    assert "addin install" in excel.said[0]


@pytest.mark.parametrize("settings", BARE)
def test_without_a_place_in_the_settings_a_formula_loads_nothing_and_says_what_to_do(settings):
    excel = Excel(settings=settings)
    with pytest.raises(Exception, match="addin install"):
        excel.formula_line()
    assert excel.loaded == []


def test_on_macos_a_bare_python_is_not_started_either():
    excel = Excel(mac=True, settings={"INTERPRETER_MAC": "python3"})
    excel.click("why")
    assert excel.lines == []


def test_python_in_the_sheets_of_a_workbook_is_not_run():
    """The stand-in's workbook has a sheet ``nasty.py``; with a licence xlwings would run it."""
    excel = Excel(settings={**SETTINGS, "LICENSE_KEY": "a licence"})
    excel.click("why")
    line = excel.lines[0]
    assert "embedded" not in line
    assert CODE in line


# ---- the other end of the line


def app(*names: str) -> SimpleNamespace:
    return SimpleNamespace(books=[SimpleNamespace(name=name) for name in names])


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_of_the_line_is_found_among_the_open_ones(name, monkeypatch):
    monkeypatch.setattr(xw, "apps", [app("別の.xlsx"), app("一月.xlsx", name, "二月.xlsx")])
    arguments = ["-c", *re.findall(r"--\w+=\S+", line_of(name=name))]
    assert calling.calling_book(arguments).name == name


def test_on_windows_the_excel_of_the_window_is_asked(monkeypatch):
    """Two Excels may have a workbook of the same name."""
    theirs = SimpleNamespace(App=lambda xl: {1234: "the one"}[xl])
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(xw, "_xlwindows", theirs, raising=False)
    monkeypatch.setattr(xw, "App", lambda impl: app("日報.xlsx") if impl == "the one" else None)
    assert calling.calling_book(re.findall(r"--\w+=\S+", line_of())).name == "日報.xlsx"


def test_a_workbook_that_was_closed_meanwhile_is_said_not_to_be_known(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(xw, "apps", [app("別の.xlsx")])
    monkeypatch.setattr(sys, "argv", ["-c", "--book=0041", "--hwnd=1"])
    ribbon.run("why")
    assert "ブックが分かりません" in capsys.readouterr().err


def test_a_workbook_whose_macros_are_older_is_told_by_xlwings(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=日報.xlsx", "--from_xl=1", "--hwnd=1"])
    monkeypatch.setattr(xw.Book, "caller", classmethod(lambda cls: "theirs"))
    assert LiveBook.calling().book == "theirs"


@pytest.mark.parametrize("flags", [["-B", "-P"], ["-B"]])
def test_the_program_understands_the_line_of_formulas_of_this_version_and_the_last(flags):
    number = "{506e67c3-55b5-48c3-a035-eed5deea7d6d}"
    assert frozen.served([*flags, "-c", f"import xlwings; xlwings.serve('{number}')"]) == number


@pytest.mark.parametrize("words", [["check", "-c", "xlwings.serve('{506e67c3-55b5-48c3-a035-eed5deea7d6d}')"], ["-c"]])
def test_other_words_are_no_such_line(words):
    assert frozen.served(words) is None
