"""Each check of the lint catches an error planted in a good workbook, and good workbooks pass."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.lint import CHECKS, lint, main, sheets_in
from tests.parts import ALTERNATIVES, MAIN
from tests.tools import validate
from zaitaku_xl.addin.building import template

GOOD_LIST = ["在宅", "通所", "欠席"]


def make_good_book(path: Path) -> Path:
    """Make a workbook with one of everything the lint looks at."""
    with xlsxwriter.Workbook(path) as book:
        date, red = book.add_format({"num_format": "yyyy年m月d日"}), book.add_format({"bg_color": "#F8CBCB"})
        log, people, listed = (book.add_worksheet(name) for name in ("日報", "利用者 台帳", "一覧"))
        log.write_row("A1", ["氏名", "日付", "提供区分"])
        log.write_row("A2", ["山田 花子", 46027], date)
        log.write_formula("D2", '=IF(COUNTA(A2:C2)=3,"済","未")', None, "未")
        log.write_formula("D3", "='利用者 台帳'!A1", None, "")
        log.set_column("A:A", 16)
        log.set_column("B:C", 12, date)
        log.merge_range("F1:G2", "結合")
        log.merge_range("F4:G5", "結合")
        log.autofilter("A1:C9")
        log.repeat_rows(0)
        log.repeat_columns("A:A")
        log.data_validation("C2:C9", {"validate": "list", "source": GOOD_LIST, "input_title": "区分"})
        log.conditional_format("A2:C9", {"type": "formula", "criteria": "=$C2=1", "format": red})
        log.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})
        log.write_url("A5", "internal:'利用者 台帳'!A1", string="台帳へ")
        log.write_url("A6", "internal:入口", string="入口へ")
        log.write_comment("A2", "確認")
        log.write_comment("B2", "確認")
        people.write("A1", "氏名")
        people.write_comment("A1", "確認")
        columns = [{"header": "氏名"}, {"header": "対象\n年月"}]
        listed.add_table("B2:C5", {"name": "対象者", "columns": columns})
        listed.add_table("E2:F5", {"name": "終了者", "columns": columns})
        listed.set_header("&L&G", {"image_left": str(a_picture(path.with_name("mark.png")))})
        book.define_name("入口", "='利用者 台帳'!$A$1")
        book.define_name("日報!範囲", "=日報!$A$1:$C$9")
        people.activate()
    return path


def a_picture(path: Path) -> Path:
    path.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
            "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
        )
    )
    return path


BOOK, STYLES, TYPES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/sharedStrings.xml"
LOG, LISTED, LOG_LINKS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet1.xml.rels"
BOOK_LINKS, TABLE, NOTES = "xl/_rels/workbook.xml.rels", "xl/tables/table1.xml", "xl/comments1.xml"
SHAPES, OTHER_SHAPES = "xl/drawings/vmlDrawing1.vml", "xl/drawings/vmlDrawing2.vml"
DRAWN = '<legacyDrawing r:id="rId1"/>'
NAMES_END, LONG = "</definedNames>", "あ" * 256


def named(name: str, text: str = "日報!$A$1", more: str = "") -> str:
    return f'<definedName name="{name}"{more}>{text}</definedName>{NAMES_END}'


# The check that must speak, the part, what stands there, what we put in its place.
PLANTED = [
    ("package.xml", LOG, "</worksheet>", ""),
    ("package.content-type", TYPES, 'PartName="/xl/styles.xml"', 'PartName="/xl/style.xml"'),
    ("package.content-type", TYPES, '<Default Extension="vml"', '<Default Extension="vmm"'),
    ("package.relation-target", LOG_LINKS, "../comments1.xml", "../comments9.xml"),
    ("package.relation-id", LOG_LINKS, 'Id="rId2"', 'Id="rId1"'),
    ("package.relation-use", LOG, '<legacyDrawing r:id="rId1"', '<legacyDrawing r:id="rId9"'),
    ("package.relation-use", BOOK, 'sheetId="3" r:id="rId3"', 'sheetId="3" r:id="rId33"'),
    ("workbook.sheet-name", BOOK, 'name="一覧"', f'name="{"在" * 32}"'),
    ("workbook.sheet-name", BOOK, 'name="一覧"', f'name="{"𠮷" * 16}"'),
    ("workbook.sheet-name", BOOK, 'name="一覧"', 'name=""'),
    ("workbook.sheet-name", BOOK, 'name="一覧"', 'name="1/2月"'),
    ("workbook.sheet-name", BOOK, 'name="一覧"', 'name="\'一覧"'),
    ("workbook.sheet-once", BOOK, 'name="一覧"', 'name="日報"'),
    ("workbook.sheet-once", BOOK, 'sheetId="3"', 'sheetId="1"'),
    ("workbook.active-tab", BOOK, 'activeTab="1"', 'activeTab="3"'),
    ("workbook.active-tab", BOOK, 'activeTab="1"', 'firstSheet="3"'),
    ("workbook.active-tab", BOOK, 'r:id="rId', 'state="hidden" r:id="rId'),
    (
        "element.order",
        LOG,
        DRAWN,
        f'<a:AlternateContent xmlns:a="{ALTERNATIVES[1:-1]}"><a:Choice><controls/></a:Choice></a:AlternateContent>{DRAWN}',
    ),
    ("element.order", LOG, "<hyperlinks>", "<sheetCalcPr/><hyperlinks>"),
    ("element.order", LOG, "</worksheet>", "<phoneticPr/></worksheet>"),
    ("element.order", LOG, '<legacyDrawing r:id="rId1"/>', '<legacyDrawing r:id="rId1"/><legacyDrawing r:id="rId1"/>'),
    ("element.order", BOOK, "</workbook>", "<bookViews/></workbook>"),
    ("element.order", STYLES, "</styleSheet>", "<dxfs/></styleSheet>"),
    ("element.count", LOG, '<mergeCells count="2"', '<mergeCells count="3"'),
    ("element.count", STYLES, '<cellXfs count="3"', '<cellXfs count="4"'),
    ("element.count", LISTED, '<tableParts count="2"', '<tableParts count="1"'),
    ("element.count", STRINGS, 'uniqueCount="8"', 'uniqueCount="7"'),
    ("name.once", BOOK, NAMES_END, named("入口")),
    ("name.once", BOOK, NAMES_END, named("範囲", more=' localSheetId="0"')),
    ("name.syntax", BOOK, NAMES_END, named("1月")),
    ("name.syntax", BOOK, NAMES_END, named("在宅 日数")),
    ("name.syntax", BOOK, NAMES_END, named("A1")),
    ("name.syntax", BOOK, NAMES_END, named("xfd1048576")),
    ("name.syntax", BOOK, NAMES_END, named("R1C1")),
    ("name.syntax", BOOK, NAMES_END, named("c")),
    ("name.syntax", BOOK, NAMES_END, named(LONG)),
    ("name.scope", BOOK, NAMES_END, named("控え", more=' localSheetId="3"')),
    ("name.print-titles", BOOK, "日報!$A:$A,日報!$1:$1", "日報!$A$1:$B$2"),
    ("name.print-titles", BOOK, "日報!$A:$A,日報!$1:$1", "日報!$A:$A,日報!$B:$B"),
    ("name.print-titles", BOOK, "日報!$A:$A,日報!$1:$1", "日報!$A:$A,一覧!$1:$1"),
    ("name.print-titles", BOOK, "日報!$A:$A,日報!$1:$1", "日報!$1:$1 日報!$2:$2"),
    ("name.print-titles", BOOK, 'Print_Titles" localSheetId="0"', 'Print_Titles"'),
    ("name.filter", LOG, '<autoFilter ref="A1:C9"', '<autoFilter ref="A1:C8"'),
    ("name.filter", BOOK, "_xlnm._FilterDatabase", "_xlnm.Print_Area"),
    ("style.index", STYLES, '<xf numFmtId="164" fontId="0"', '<xf numFmtId="164" fontId="3"'),
    ("style.index", STYLES, 'fillId="0" borderId="0" xfId="1"', 'fillId="2" borderId="0" xfId="1"'),
    ("style.index", STYLES, 'borderId="0" xfId="1"', 'borderId="1" xfId="1"'),
    ("style.index", STYLES, 'borderId="0" xfId="1"', 'borderId="0" xfId="2"'),
    ("style.index", STYLES, 'name="Hyperlink" xfId="1"', 'name="Hyperlink" xfId="2"'),
    ("style.number-format", STYLES, '<xf numFmtId="164"', '<xf numFmtId="165"'),
    ("style.number-format", STYLES, "</numFmts>", '<numFmt numFmtId="164" formatCode="0"/></numFmts>'),
    ("style.cell", LOG, '<c r="A5" s="2"', '<c r="A5" s="3"'),
    ("style.cell", LOG, 'style="1"', 'style="3"'),
    ("style.cell", LOG, '<row r="4"', '<row s="3" customFormat="1" r="4"'),
    ("row.order", LOG, '<row r="5"', '<row r="4"'),
    ("row.order", LOG, '<row r="6"', '<row r="1048577"'),
    ("cell.order", LOG, '<c r="B2"', '<c r="A2"'),
    ("cell.order", LOG, '<c r="F4"', '<c r="F5"'),
    ("column.overlap", LOG, '<col min="2"', '<col min="1"'),
    ("column.overlap", LOG, 'max="3"', 'max="16385"'),
    ("text.shared", LOG, '<c r="A5" s="2" t="s"><v>5<', '<c r="A5" s="2" t="s"><v>8<'),
    ("text.length", STRINGS, "<t>氏名</t>", f"<t>{'あ' * 32_768}</t>"),
    ("text.length", LOG, '<c r="A5" s="2" t="s"><v>5</v>', f'<c r="A5" t="inlineStr"><is><t>{"あ" * 32_768}</t></is>'),
    ("text.control", STRINGS, "<t>氏名</t>", "<t>氏\x0b名</t>"),
    ("text.control", STRINGS, "<t>氏名</t>", "<t>氏&#x1F;名</t>"),
    ("text.control", STRINGS, "<t>氏名</t>", "<t>氏&#11;名</t>"),
    ("formula.length", LOG, "'利用者 台帳'!A1</f>", "A1" + "+A1" * 2730 + "+</f>"),
    ("formula.length", LOG, '"済"', f'"{LONG}"'),
    ("formula.brackets", LOG, '"済","未")', '"済","未"'),
    ("formula.brackets", LOG, '"済","未")', '"済","未)'),
    ("formula.brackets", LOG, "<formula>$C2=1", "<formula>)($C2=1"),
    ("formula.sheet", LOG, "'利用者 台帳'!A1</f>", "'利用者　台帳'!A1</f>"),
    ("formula.sheet", BOOK, NAMES_END, named("控え", "控え!$A$1")),
    ("formula.sheet", LOG, "<formula>$C2=1", "<formula>控え!$C2=1"),
    ("merge.overlap", LOG, 'ref="F4:G5"', 'ref="G2:H5"'),
    ("merge.overlap", LOG, 'ref="F4:G5"', 'ref="F4"'),
    ("table.overlap", TABLE, 'ref="B2:C5"', 'ref="D2:E5"'),
    ("table.overlap", LISTED, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A5:B5"/></mergeCells>'),
    ("table.column", TABLE, "対象&#xA;年月", "氏名"),
    ("table.column", TABLE, "対象&#xA;年月", "対象年月"),
    ("table.column", TABLE, 'ref="B2:C5" totals', 'ref="B2:D5" totals'),
    ("table.name", TABLE, 'displayName="対象者"', 'displayName="終了者"'),
    ("table.name", TABLE, 'displayName="対象者"', 'displayName="入口"'),
    ("table.name", TABLE, 'id="1" name="対象者"', 'id="2" name="対象者"'),
    ("condition.style", LOG, 'dxfId="0"', 'dxfId="1"'),
    ("condition.priority", LOG, 'priority="2"', 'priority="1"'),
    ("condition.priority", LOG, 'priority="1"', 'priority="0"'),
    ("condition.extension", LOG, "<x14:id>{DA7ABA51", "<x14:id>{DA7ABA52"),
    ("validation.length", LOG, '"在宅,通所,欠席"', f'"{LONG}"'),
    ("validation.length", LOG, 'promptTitle="区分"', f'promptTitle="{"区" * 33}"'),
    ("validation.length", LOG, 'promptTitle="区分"', f'error="{LONG}"'),
    ("link.count", LOG, "<hyperlinks>", "<hyperlinks>" + '<hyperlink ref="A1" location="A1"/>' * 65_529),
    ("link.target", LOG, "location=\"'利用者 台帳'!A1\"", "location=\"'利用者台帳'!A1\""),
    ("link.target", LOG, 'location="入口"', 'location="出口"'),
    ("note.shape", NOTES, '<comment ref="B2"', '<comment ref="B3"'),
    ("note.shape", NOTES, '<comment ref="B2"', '<comment ref="A2"'),
    ("note.shape", LOG, '<legacyDrawing r:id="rId1"/>', ""),
    ("note.shape", LOG_LINKS, "relationships/comments", "relationships/remarks"),
    ("note.author", NOTES, '<comment ref="B2" authorId="0"', '<comment ref="B2" authorId="1"'),
    ("shape.id", OTHER_SHAPES, "_x0000_s2049", "_x0000_s1025"),
    ("shape.id", OTHER_SHAPES, 'data="2"', 'data="1"'),
    ("shape.id", SHAPES, "_x0000_s1026", "_x0000_s3073"),
]


PACKAGE_LINKS, RIBBON, MACROS = "_rels/.rels", "customUI/customUI14.xml", "xl/vbaProject.bin"
A_PROJECT = '<Relationship Id="rId99" Type="http://x.jp/vbaProject" Target="vbaProject.bin"/>'
FIRST = "xl/worksheets/sheet1.xml"
# The same for a workbook with macros and a ribbon.
PLANTED_IN_MACROS = [
    ("macro.type", TYPES, "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/xml"),
    ("macro.type", TYPES, "application/vnd.ms-office.vbaProject", "application/octet-stream"),
    ("macro.type", BOOK_LINKS, "relationships/vbaProject", "relationships/macros"),
    ("macro.project", BOOK_LINKS, "relationships/vbaProject", "relationships/macros"),
    ("macro.project", BOOK_LINKS, "vbaProject.bin", "styles.xml"),
    (
        "macro.project",
        BOOK_LINKS,
        "</Relationships>",
        f"{A_PROJECT}</Relationships>",
    ),
    ("macro.code-name", BOOK, ' codeName="ThisWorkbook"', ""),
    ("macro.code-name", FIRST, ' codeName="Sheet1"', ""),
    ("macro.code-name", FIRST, ' codeName="Sheet1"', ' codeName="sheet2"'),
    ("ribbon.relation", RIBBON, "2009/07/customui", "2006/01/customui"),
    ("ribbon.relation", PACKAGE_LINKS, "2007/relationships/ui", "2008/relationships/ui"),
    ("ribbon.relation", PACKAGE_LINKS, "2007/relationships/ui", "2006/relationships/ui"),
    ("ribbon.relation", PACKAGE_LINKS, "2007/relationships/ui/extensibility", "2007/relationships/other"),
]


@pytest.fixture(scope="module")
def good_with_macros(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.xlsm"
    path.write_bytes(template())
    return path


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    return make_good_book(tmp_path_factory.mktemp("good") / "good.xlsx")


def rewritten(good: Path, path: Path, **changed: str) -> Path:
    """Write the good book to *path* with some parts changed or added."""
    with zipfile.ZipFile(good) as package, zipfile.ZipFile(path, "w") as copy:
        for name in dict.fromkeys([*package.namelist(), *changed]):
            copy.writestr(name, changed[name] if name in changed else package.read(name))
    return path


def part(good: Path, name: str) -> str:
    with zipfile.ZipFile(good) as package:
        return package.read(name).decode("utf-8")


def test_a_good_book_with_everything_in_it_is_clean(good):
    assert lint(good) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (LOG_LINKS, "../drawings/vmlDrawing1.vml", "../Drawings/VMLdrawing1.vml"),
        (LOG_LINKS, "../drawings/vmlDrawing1.vml", "../../../xl/drawings/vmlDrawing1.vml"),
        (TYPES, "/xl/styles.xml", "/xl/Styles.xml"),
        (SHAPES, "x:", "ns2:"),
        (SHAPES, "v:", "ns0:"),
        (SHAPES, "<x:Row>", "<x:Row> "),
        (BOOK, "'利用者 台帳'!$A$1", "[1]控え!$A$1"),
    ],
)
def test_what_only_looks_odd_is_clean(good, tmp_path, name, old, new):
    text = part(good, name)
    assert old in text
    assert lint(rewritten(good, tmp_path / "odd.xlsx", **{name: text.replace(old, new)})) == []


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_notes_in_a_workbook_that_openpyxl_saved_are_recognised(good, tmp_path):
    """It writes other prefixes into the drawings; it also gives the notes of all sheets the same ids, and is caught."""
    openpyxl.load_workbook(good).save(tmp_path / "saved.xlsx")
    found = {fault.partition(":")[0] for fault in lint(tmp_path / "saved.xlsx")}
    assert "shape.id" in found
    assert not found & {"note.shape", "note.author", "package.relation-target"}


def test_an_empty_book_is_clean(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "empty.xlsx") as book:
        book.add_worksheet()
    assert lint(tmp_path / "empty.xlsx") == []


def test_the_good_book_is_good_in_the_eyes_of_the_sdk_too(good):
    assert validate(good) == []


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{row[0]} {place}" for place, row in enumerate(PLANTED)])
def test_a_planted_error_is_caught_by_its_check(good, tmp_path, planted):
    check, name, old, new = planted
    text = part(good, name)
    assert old in text
    bad = rewritten(good, tmp_path / "bad.xlsx", **{name: text.replace(old, new)})
    assert check in {fault.partition(":")[0] for fault in lint(bad)}


@pytest.mark.parametrize(
    "planted", PLANTED_IN_MACROS, ids=[f"{r[0]} {place}" for place, r in enumerate(PLANTED_IN_MACROS)]
)
def test_a_planted_error_in_macros_or_ribbon_is_caught_by_its_check(good_with_macros, tmp_path, planted):
    check, name, old, new = planted
    text = part(good_with_macros, name)
    assert old in text
    bad = rewritten(good_with_macros, tmp_path / "bad.xlsm", **{name: text.replace(old, new)})
    assert check in {fault.partition(":")[0] for fault in lint(bad)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [LOG, LOG.replace("sheet1", "Sheet1")])
def test_two_entries_of_one_name_are_caught(good, tmp_path, name):
    bad = rewritten(good, tmp_path / "bad.xlsx")
    with zipfile.ZipFile(bad, "a") as package:
        package.writestr(name, part(good, LOG))
    assert f"package.entry: 部品「{LOG}」が二つあります" in lint(bad)


@pytest.mark.parametrize(
    ("cell", "caught"), [("D2", []), ("A2", ["formula.chain: 計算の順番にあるシート1番のA2に数式がありません"])]
)
def test_a_cell_in_the_calculation_chain_has_a_formula(good, tmp_path, cell, caught):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    types = part(good, TYPES).replace(
        "</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
    )
    chain = f'<calcChain xmlns="{MAIN[1:-1]}"><c r="{cell}" i="1"/></calcChain>'
    book = rewritten(good, tmp_path / "chain.xlsx", **{TYPES: types, "xl/calcChain.xml": chain})
    assert lint(book) == caught


def test_every_check_has_a_planted_error():
    planted = {row[0] for row in (*PLANTED, *PLANTED_IN_MACROS)}
    assert planted | {"package.entry", "formula.chain"} == set(CHECKS)


def test_what_is_no_zip_is_said_to_be_none(tmp_path):
    (tmp_path / "junk.xlsx").write_bytes(b"junk")
    assert [fault.partition(":")[0] for fault in lint(tmp_path / "junk.xlsx")] == ["package.zip"]


@pytest.mark.parametrize(
    ("formula", "sheets"),
    [
        ("日報!A1+SUM(台帳!B:B)", ["日報", "台帳"]),
        ("'利用者 台帳'!A1", ["利用者 台帳"]),
        ("'山田''s'!A1", ["山田's"]),
        ("SUM(一月:三月!A1)", ["一月", "三月"]),
        ("SUM('1月:3月'!A1)", ["1月", "3月"]),
        ("[1]日報!A1+'[2]日 報'!A1", []),
        ('"日報!A1"&A1', []),
        ("#REF!A1+対象者[[#Headers],[氏名]]", []),
    ],
)
def test_a_formula_names_sheets(formula, sheets):
    assert list(sheets_in(formula)) == sheets


def test_the_command_says_what_it_found_and_ends_with_one(good, tmp_path, capsys):
    assert main([str(good)]) == 0
    bad = rewritten(good, tmp_path / "bad.xlsx", **{BOOK: part(good, BOOK).replace('name="一覧"', 'name="日報"')})
    assert main([str(good), str(bad)]) == 1
    assert f"{bad}: workbook.sheet-once: " in capsys.readouterr().out
