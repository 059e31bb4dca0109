"""The add-in, the macro workbook and an office's own workbook with the tab: valid, the same each time, nothing else touched."""

import io
import re
import subprocess
import sys
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.addin import projects
from tests.addin.modules import OURS, changes, modules, pinned_name, xlwings_module
from tests.package import package_bases
from tests.shape import as_json
from tests.tools import lint, same_parts, validate
from zaitaku_xl import jobs
from zaitaku_xl.addin import building, macro_text, vba_project
from zaitaku_xl.addin.macro_text import Home, mac_script, ours_text, pinned_text
from zaitaku_xl.errors import Unreadable, WrongUse, ZaitakuError
from zaitaku_xl.hosts.marking import cleared
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.resources import shipped

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # olevba uses old names of pyparsing
    from oletools.olevba import VBA_Parser


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("addin")
    return {path.name: path for path in building.build(folder)}


@pytest.fixture(scope="module")
def addin(made: dict[str, Path]) -> Path:
    return made[building.ADDIN_FILE]


@pytest.fixture(scope="module")
def template(made: dict[str, Path]) -> Path:
    return made[building.TEMPLATE_FILE]


def macros_in(path: Path) -> dict[str, str]:
    """Return each module's text as olevba reads it, without the attributes a project adds."""
    parser = VBA_Parser(str(path))
    found = {stream.removeprefix("VBA/"): code for _, stream, _, code in parser.extract_macros()}
    parser.close()
    return {name: body(code) for name, code in found.items()}


def body(text: str) -> str:
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    start = next((place for place, line in enumerate(lines) if line.startswith("Attribute VB_")), 0)
    return "\n".join(line for line in lines[start:] if not line.startswith("Attribute "))


# ---- the add-in and the template


@pytest.mark.parametrize("name", [building.ADDIN_FILE, building.TEMPLATE_FILE])
def test_what_is_built_is_clean_for_the_sdk_and_for_our_lint(made, name):
    assert validate(made[name]) == []
    assert lint(made[name]) == []


def test_another_build_in_another_process_makes_the_same_bytes(made, tmp_path):
    """Another process draws other hashes, so an order that hangs on them would show."""
    command = (
        "import sys; from pathlib import Path; from zaitaku_xl.addin.building import build; build(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", command, str(tmp_path)], check=True)
    assert {name: path.read_bytes() for name, path in made.items()} == {
        path.name: path.read_bytes() for path in tmp_path.iterdir()
    }


@pytest.mark.parametrize(("name", "home"), [("zaitaku.xlam", Home.ADDIN), ("zaitaku_template.xlsm", Home.WORKBOOK)])
def test_each_module_stands_in_the_file_as_its_text(made, name, home):
    found = macros_in(made[name])
    documents = {
        module: text for module, text in found.items() if module == "ThisWorkbook" or module.startswith("Sheet")
    }
    assert not any(documents.values())
    assert {n: t for n, t in found.items() if n not in documents} == {m.name: body(m.text) for m in modules(home)}


def test_our_modules_are_the_texts_in_macros(template):
    found = macros_in(template)
    assert {name: found[name] for name in OURS} == {name: body(ours_text(name)) for name in OURS}


def test_the_addin_is_about_the_workbook_in_front_and_the_template_about_itself(addin, template):
    assert "ThisWorkbook, Application.Caller" not in macros_in(addin)["xlwings_udfs"]
    assert "zaitaku_digits(ThisWorkbook.Name)" in macros_in(template)["xlwings"]
    assert "zaitaku_digits(ActiveWorkbook.Name)" in macros_in(addin)["xlwings"]


def lines_changed(before: str, after: str) -> tuple[Counter[str], Counter[str]]:
    """Return the lines that went and the lines that came, whatever lies between them."""
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    return old - new, new - old


@pytest.mark.parametrize("home", Home)
def test_xlwings_module_is_the_pinned_one_but_for_the_lines_we_name(home):
    gone, come = Counter(), Counter()
    for change in changes(home):
        for _ in range(change.times):
            went, came = lines_changed(change.old, change.new)
            gone, come = gone + went, come + came
    told = lines_changed(pinned_text(pinned_name(home)), xlwings_module(home).text)
    assert told == (gone - come, come - gone)


def test_each_change_says_why():
    assert all(change.why.endswith(".") for home in Home for change in changes(home))


@pytest.mark.parametrize("home", Home)
def test_no_program_is_called_by_its_bare_name(home):
    text = "\n".join(module.text for module in modules(home))
    assert text.count("cmd.exe") - text.count("ignored by cmd.exe") == 1  # zaitaku_shell
    assert text.count('Environ$("SystemRoot") & "\\System32\\cmd.exe"') == 1
    assert 'GetConfig("INTERPRETER", ' not in text
    assert "prepare_sys_path(" not in text
    assert text.count(" -B -P -c ") == 2


def test_the_script_for_macos_is_the_pinned_one_but_for_two_lines():
    gone, come = lines_changed(pinned_text("xlwings-0.37.8.applescript"), mac_script())
    assert (gone.total(), come.total()) == (2, 2)
    assert not [line for line in come if "prepare_sys_path" in line or "--wb=" in line]
    assert "-B -P" in "".join(come)
    assert 'AppleScriptTask("zaitaku.applescript"' in xlwings_module(Home.ADDIN).text


# ---- the shipped projects


@pytest.mark.parametrize("home", Home)
@pytest.mark.parametrize("frozen", [False, True])
def test_a_shipped_project_is_what_is_made_of_the_text(home, frozen):
    lies = shipped("macros", vba_project.project_name(home, frozen=frozen)).read_bytes()
    assert lies == projects.project_to_ship(home, frozen=frozen), "python -m tests.addin.projects で作り直してください"


def test_nothing_else_lies_beside_the_shipped_projects():
    folder = shipped("macros", vba_project.project_name(Home.ADDIN, frozen=False)).parent
    names = {vba_project.project_name(home, frozen=frozen) for home in Home for frozen in (False, True)}
    assert {f"projects/{path.name}" for path in folder.iterdir()} == names


def test_the_template_and_the_addin_carry_the_shipped_bytes(made):
    for name, home in ((building.ADDIN_FILE, Home.ADDIN), (building.TEMPLATE_FILE, Home.WORKBOOK)):
        with zipfile.ZipFile(made[name]) as package:
            lies = shipped("macros", vba_project.project_name(home, frozen=False)).read_bytes()
            assert package.read("xl/vbaProject.bin") == lies


@pytest.mark.parametrize(("old", "new"), [('size="large"', 'size="huge"'), ('keytip="C"', 'keytip="CHECK"')])
def test_the_sdk_looks_into_the_ribbon(template, tmp_path, old, new):
    """What it finds is not looked for again by our lint, so it has to be seen to find it."""
    bad = tmp_path / "bad.xlsm"
    with zipfile.ZipFile(template) as package, zipfile.ZipFile(bad, "w") as copy:
        for name in package.namelist():
            raw = package.read(name)
            copy.writestr(name, raw.replace(old.encode(), new.encode()) if name.startswith("customUI/") else raw)
    assert validate(bad) != []


@pytest.mark.parametrize("name", [building.ADDIN_FILE, building.TEMPLATE_FILE])
def test_the_ribbon_is_there_for_new_and_old_excel(made, name):
    with zipfile.ZipFile(made[name]) as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        new, old = (package.read(f"customUI/{part}.xml").decode() for part in ("customUI14", "customUI"))
    assert new == shipped("macros", "ribbon.xml").read_text(encoding="utf-8")
    assert old.replace("2006/01/customui", "2009/07/customui") == new


def test_the_module_of_the_formulas_can_be_imported_by_the_macro_editor(made):
    text = made[building.FUNCTIONS_FILE].read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert text.decode("cp932").replace("\r\n", "\n") == ours_text("xlwings_udfs")


def test_the_template_with_the_tab_is_the_blank_workbook(template, tmp_path):
    jobs.write_template(tmp_path / "blank.xlsx", None, None)
    named = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    different = same_parts((tmp_path / "blank.xlsx").read_bytes(), template.read_bytes())
    sheets = [name for name in different if name.startswith("xl/worksheets/")]
    added = ["xl/vbaProject.bin", "customUI/customUI14.xml", "customUI/customUI.xml"]
    assert sorted(different) == sorted([*named, *sheets, *added])


def test_without_python_the_buttons_call_the_program(tmp_path):
    building.build(tmp_path, frozen=True)
    ribbon = macros_in(tmp_path / building.ADDIN_FILE)["zaitaku_ribbon"]
    assert 'RunFrozenPython GetConfig("ZAITAKU_EXE"), "check_book"' in ribbon
    assert "RunPython" not in ribbon.replace("RunFrozenPython", "")
    assert ribbon.count("RunFrozenPython") == ours_text("zaitaku_ribbon").count("RunPython")


# ---- the office's own workbook


@pytest.fixture(params=package_bases.BASES)
def office_book(request: pytest.FixtureRequest) -> bytes:
    return package_bases.BASES[request.param]()


def touched(before: bytes, after: bytes) -> dict[str, tuple[str, str]]:
    old, new = Package.opened(before), Package.opened(after)
    names = set(same_parts(before, after)) & set(old.archive.entries)
    return {name: (old.part(name).decode(), new.part(name).decode()) for name in names}


def test_a_tab_in_the_offices_workbook_touches_only_what_names_it(office_book):
    attached = building.with_macros(office_book)
    package = Package.opened(office_book)
    sheets = {found.part for found in package.relations("xl/workbook.xml") if found.kind in ("worksheet", "chartsheet")}
    plain = {"[Content_Types].xml", "_rels/.rels"} | {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    changed = touched(office_book, attached)
    assert changed.keys() <= plain | sheets
    for name in changed.keys() & sheets:
        old, new = changed[name]
        assert without_code_names(new) == without_code_names(old)


def without_code_names(text: str) -> str:
    return re.sub(r"<(\w+:)?sheetPr/>", "", re.sub(r' codeName="[^"]*"', "", text))


def test_a_tab_makes_the_offices_workbook_no_worse(office_book, tmp_path):
    before, after = tmp_path / "book.xlsx", tmp_path / "book.xlsm"
    before.write_bytes(office_book)
    building.attach(before, after)
    assert lint(after) == lint(before)
    assert validate(after) == validate(before)


def test_marks_go_on_and_off_a_workbook_with_the_tab(tmp_path):
    jobs.write_demo(tmp_path)
    building.attach(tmp_path / "demo.xlsx", tmp_path / "tab.xlsm")
    outcome = jobs.check_file(tmp_path / "tab.xlsm", "tab.xlsm", jobs.Asked(), tmp_path / "marked.xlsm")
    plain = jobs.check_file(tmp_path / "demo.xlsx", "tab.xlsm", jobs.Asked())
    assert as_json(outcome) == as_json(plain) | {"copy": "written"}
    assert validate(tmp_path / "marked.xlsm") == []
    assert same_parts(cleared((tmp_path / "marked.xlsm").read_bytes()).data, (tmp_path / "tab.xlsm").read_bytes()) == []


def a_book(**named: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "日報"
    book.code_name = named.get("book")
    book.active.sheet_properties.codeName = named.get("sheet")
    book.create_sheet("台帳")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("named", "names"),
    [
        ({}, ["ThisWorkbook", "Sheet1", "Sheet2"]),
        ({"sheet": "Sheet2"}, ["ThisWorkbook", "Sheet2", "Sheet2_1"]),
        ({"book": "このブック", "sheet": "日報シート"}, ["このブック", "日報シート", "Sheet2"]),
        ({"sheet": "ThisWorkbook"}, ["ThisWorkbook_1", "ThisWorkbook", "Sheet2"]),
    ],
)
def test_sheets_keep_the_code_names_they_have(named, names, tmp_path):
    path = tmp_path / "book.xlsm"
    path.write_bytes(building.with_macros(a_book(**named)))
    assert list(macros_in(path))[: len(names)] == names
    assert lint(path) == []


def with_part(data: bytes, name: str) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, "<customUI/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("book", "said"),
    [
        (building.template, "すでにマクロがあります"),
        (lambda: with_part(a_book(), "customUI/customUI.xml"), "すでに独自のリボンがあります"),
        (lambda: a_book(sheet="日 報"), "コード名「日 報」"),
        (lambda: a_book(sheet="é"), "コード名「é」"),
        (lambda: b"a,b,c", "文字だけのファイル"),
    ],
)
def test_a_workbook_that_cannot_take_the_tab_is_refused_with_a_reason(book, said):
    with pytest.raises(Unreadable, match=said):
        building.with_macros(book())


def test_a_marked_copy_is_refused(tmp_path):
    jobs.write_demo(tmp_path)
    with pytest.raises(Unreadable, match="色とメモが付いています"):
        building.with_macros((tmp_path / "demo_点検済み.xlsx").read_bytes())


def test_what_is_there_already_is_not_written_over(tmp_path):
    (tmp_path / "book.xlsx").write_bytes(a_book())
    (tmp_path / "book.xlsm").write_bytes(b"mine")
    with pytest.raises(WrongUse, match="すでにあります"):
        building.attach(tmp_path / "book.xlsx", tmp_path / "book.xlsm")
    assert (tmp_path / "book.xlsm").read_bytes() == b"mine"


# ---- where something is not installed


@pytest.mark.parametrize("installed", [None, "0.37.7"])
def test_without_the_one_release_of_xlwings_it_is_said_how_to_get_it(installed, monkeypatch):
    monkeypatch.setattr(building, "installed_xlwings", lambda: installed)
    with pytest.raises(WrongUse, match=r"0\.37\.8 .*pip install"):
        building.addin()


def test_nothing_is_built_by_pyopenvba_where_the_addin_is_used(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    assert building.addin()
    assert building.with_macros(a_book(sheet="日報シート"))


def test_another_text_of_xlwings_under_the_same_number_is_refused(monkeypatch):
    monkeypatch.setattr(macro_text, "pinned_text", lambda name: "on VbaHandler(ParameterString)\n")
    with pytest.raises(ZaitakuError, match="想定と違います"):
        mac_script()
