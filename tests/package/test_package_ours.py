"""What is ours is known by the whole of what it says: what a person added stays, what a program's saving did does not count."""

import html
import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from tests.package import package_bases as bases
from tests.package.test_package_clearing import saved_by_openpyxl
from tests.package.test_package_marking import MARKS, a_sheet
from tests.tools import libreoffice, needs
from zaitaku_xl.hosts.marking import cleared, marked, untouched
from zaitaku_xl.made import Area, Chart, Edges, MadeCell, Page, Series, Style, is_note_of_ours, numbered
from zaitaku_xl.ooxml import worksheet
from zaitaku_xl.plan import Plan

SHEET = a_sheet("点検結果", "支援の連絡が1回です", "支援の連絡が1回です", "架空市の通知 2(2)")
_LOUD = Style(fill="ABCDEF", colour="123456", edges=Edges(left="thin", colour="654321"))
COLOURFUL = replace(SHEET, rows=(*SHEET.rows, (MadeCell("架空", _LOUD),)))
MARKED = marked(bases.by_hand(), Plan.of_marks(MARKS, [SHEET])).data
NOTE = numbered("【在宅点検】D01\n■D01（算定不可）連絡が1回です\n直し方: 追記します\n根拠: 通知 2(2)")
OF_0_1 = "【在宅点検】D01 この日は算定不可です\n■D01（算定不可）連絡が1回です\n直し方: 追記します\n根拠: 通知 2(2)"


@pytest.mark.parametrize(
    "text",
    [
        NOTE,
        f"  {NOTE}\n",
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("\n", ""),
        OF_0_1,
        f"{OF_0_1}\nほか3件は「点検結果」にあります。",
    ],
)
def test_a_note_is_ours_however_a_program_breaks_its_lines(text: str) -> None:
    assert is_note_of_ours(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "青木が電話で確認済み",
        "【在宅点検】",
        "【在宅点検】の会議は火曜",
        "【在宅点検】D01 写し",
        f"{NOTE}\n確認済み",
        f"確認済み\n{NOTE}",
        NOTE.replace("1回", "2回"),
        NOTE.replace("照合番号", "確認済み 照合番号"),
        NOTE[:-1],
        f"{NOTE}0",
        f"{OF_0_1}\n確認済み",
        OF_0_1.replace("\n直し方", "\n確認済み\n直し方"),
        OF_0_1.replace("D01 この", "確認済み この"),
    ],
)
def test_a_note_with_a_persons_words_is_theirs(text: str) -> None:
    assert not is_note_of_ours(text)


def test_a_note_somebody_wrote_into_stays_and_is_named() -> None:
    data = bases.edited(MARKED, comments1=lambda part: part.replace("対応: ".encode(), "済み 対応: ".encode(), 1))
    result = cleared(data)
    assert len(result.written_into) == 1
    assert "済み 対応" in bases.unzipped(result.data)["xl/comments1.xml"].decode()
    again = marked(result.data, Plan.of_marks(MARKS, []))
    assert len(again.unnoted) == 1
    assert "済み 対応" in bases.unzipped(again.data)["xl/comments1.xml"].decode()


@pytest.mark.parametrize(
    "formula", ['$A$1="zaitaku_xl: 済"', 'AND(LEN("zaitaku_xl:D01")>0,A1>1)', 'LEN("zaitaku_xl:D01")>1']
)
def test_a_rule_that_only_names_us_is_theirs(formula: str) -> None:
    rule = f'<cfRule type="expression" priority="1"><formula>{html.escape(formula)}</formula></cfRule>'
    data = bases.by_hand(bases.worksheet(after=f'<conditionalFormatting sqref="A1">{rule}</conditionalFormatting>'))
    assert cleared(data).data is data


def by_gnumeric(data: bytes, place: Path) -> bytes:
    (place / "in.xlsx").write_bytes(data)
    subprocess.run([needs("ssconvert"), "in.xlsx", "out.xlsx"], cwd=place, check=True, capture_output=True, timeout=100)
    return (place / "out.xlsx").read_bytes()


def by_libreoffice(data: bytes, place: Path) -> bytes:
    (place / "in.xlsx").write_bytes(data)
    return libreoffice(place / "in.xlsx", "xlsx", place / "out").read_bytes()


Change = Callable[[bytes], bytes]
BEHIND: dict[str, Change] = {
    "a rule": lambda part: part.replace(
        b"<hyperlinks>", b'<conditionalFormatting sqref="A1"><cfRule type="duplicateValues" priority="1"/></conditionalFormatting><hyperlinks>'
    ),
    "a validation": lambda part: part.replace(
        b"<hyperlinks>", b'<dataValidations><dataValidation type="whole" sqref="A1"><formula1>1</formula1></dataValidation></dataValidations><hyperlinks>'
    ),
    "protection": lambda part: part.replace(b"<autoFilter", b'<sheetProtection sheet="1"/><autoFilter'),
    "a filter in use": lambda part: re.sub(
        rb"(<autoFilter [^>]*)/>", rb'\1><filterColumn colId="0"><filters blank="1"/></filterColumn></autoFilter>', part
    ),
    "a hidden row": lambda part: part.replace(b'<row r="3"', b'<row r="3" hidden="1"'),
    "a hidden column": lambda part: part.replace(b'<col min="2"', b'<col hidden="true" min="2"'),
    "another size on the screen": lambda part: part.replace(b'workbookViewId="0"', b'zoomScale="70" workbookViewId="0"'),
    "a coloured tab": lambda part: part.replace(b"<sheetPr>", b'<sheetPr><tabColor rgb="FFFF0000"/>'),
    "a background": lambda part: part.replace(b"</worksheet>", b'<picture xmlns:r="x" r:id="rId9"/></worksheet>'),
    "a control": lambda part: part.replace(b"</worksheet>", b"<controls/></worksheet>"),
    "words below the pages": lambda part: part.replace(b"&amp;P / ", "&amp;P 青木 / ".encode()),
    "words above the pages": lambda part: part.replace(b"<oddFooter>", "<oddHeader>&amp;L確認済み</oddHeader><oddFooter>".encode()),
    "words below the first page": lambda part: part.replace(b"</oddFooter>", "</oddFooter><firstFooter>青木</firstFooter>".encode()),
    "our words below moved to the left": lambda part: part.replace(b"&amp;C&amp;P", b"&amp;L&amp;P"),
    "the day below the pages": lambda part: part.replace(b"&amp;C&amp;P", b"&amp;L&amp;D&amp;C&amp;P"),
    "a picture above the pages": lambda part: part.replace(b"</worksheet>", b'<legacyDrawingHF xmlns:r="x" r:id="rId9"/></worksheet>'),
    "another side of the paper": lambda part: part.replace(b'orientation="landscape"', b'orientation="portrait"'),
    "another paper": lambda part: part.replace(b'paperSize="9"', b'paperSize="8"'),
    "another number of pages": lambda part: part.replace(b'fitToHeight="0"', b'fitToHeight="1"'),
    "no longer fitted": lambda part: part.replace(b'fitToPage="1"', b'fitToPage="0"'),
    "a number of the first page": lambda part: part.replace(b"<pageSetup", b'<pageSetup firstPageNumber="5" useFirstPageNumber="1"'),
    "black and white": lambda part: part.replace(b"<pageSetup", b'<pageSetup blackAndWhite="1"'),
    "notes in print": lambda part: part.replace(b"<pageSetup", b'<pageSetup cellComments="atEnd"'),
    "a wide margin": lambda part: part.replace(b'<pageMargins left="0.4"', b'<pageMargins left="1"'),
    "lines in print": lambda part: part.replace(b"<pageMargins", b'<printOptions gridLines="1"/><pageMargins'),
    "in the middle of the page": lambda part: part.replace(b"<pageMargins", b'<printOptions horizontalCentered="1"/><pageMargins'),
    "a page that begins elsewhere": lambda part: part.replace(
        b"</worksheet>", b'<rowBreaks count="1" manualBreakCount="1"><brk id="3" max="16383" man="1"/></rowBreaks></worksheet>'
    ),
    "a link more": lambda part: part.replace(b"<hyperlinks>", b'<hyperlinks><hyperlink ref="A1" location="Sheet1!A1"/>'),
    "grouped rows": lambda part: part.replace(b'<row r="3"', b'<row r="3" outlineLevel="1"'),
    "grouped columns": lambda part: part.replace(b'<col min="2"', b'<col outlineLevel="1" min="2"'),
    "formulas shown": lambda part: part.replace(b'workbookViewId="0"', b'showFormulas="1" workbookViewId="0"'),
    "from right to left": lambda part: part.replace(b'workbookViewId="0"', b'rightToLeft="1" workbookViewId="0"'),
    "all rows hidden": lambda part: part.replace(b"<sheetFormatPr", b'<sheetFormatPr zeroHeight="1"'),
    "a picture in a cell": lambda part: part.replace(b'<c r="B3"', b'<c vm="1" r="B3"'),
    "one word thick": lambda part: re.sub(
        rb"<is><t>([^<]{6})([^<]*)</t></is></c></row>", rb"<is><r><t>\1</t></r><r><rPr><b/></rPr><t>\2</t></r></is></c></row>", part, count=1
    ),
    "cells that are watched": lambda part: part.replace(b"</worksheet>", b"<cellWatches/></worksheet>"),
    "what nobody has heard of": lambda part: part.replace(b"</worksheet>", b"<notYetKnown/></worksheet>"),
}  # fmt: skip


RED, YELLOW = Font(color="FFFF0000"), PatternFill("solid", fgColor="FFFFFF00")
LOOKS: dict[str, Callable[[Worksheet], object]] = {
    "a cell is coloured": lambda sheet: setattr(sheet["B3"], "fill", YELLOW),
    "a blank cell is coloured": lambda sheet: setattr(sheet["F9"], "fill", YELLOW),
    "a colour is taken off": lambda sheet: setattr(sheet["A2"], "fill", PatternFill()),
    "a colour of the theme": lambda sheet: setattr(sheet["B3"], "fill", PatternFill("solid", fgColor=Color(theme=4))),
    "stripes": lambda sheet: setattr(sheet["B3"], "fill", PatternFill("lightUp", fgColor="FFFF0000")),
    "red letters": lambda sheet: setattr(sheet["B3"], "font", RED),
    "thick letters": lambda sheet: setattr(sheet["B3"], "font", copy(sheet["B3"].font, b=True)),
    "letters no longer thick": lambda sheet: setattr(sheet["A2"], "font", copy(sheet["A2"].font, b=False)),
    "letters struck out": lambda sheet: setattr(sheet["B4"], "font", copy(sheet["B4"].font, strike=True)),
    "slanted letters": lambda sheet: setattr(sheet["B4"], "font", copy(sheet["B4"].font, i=True)),
    "cells merged": lambda sheet: sheet.merge_cells("A3:A4"),
    "blank cells merged": lambda sheet: sheet.merge_cells("F3:G4"),
    "cells no longer merged": lambda sheet: sheet.unmerge_cells("A1:B1"),
    "a wider column": lambda sheet: setattr(sheet.column_dimensions["B"], "width", 60),
    "a narrow column": lambda sheet: setattr(sheet.column_dimensions["B"], "width", 30),
    "other rows in sight": lambda sheet: setattr(sheet, "freeze_panes", "B3"),
    "a row more in sight": lambda sheet: setattr(sheet, "freeze_panes", "A4"),
    "underlined letters": lambda sheet: setattr(sheet["B4"], "font", copy(sheet["B4"].font, u="double")),
    "words in the middle": lambda sheet: setattr(sheet["B4"], "alignment", Alignment("center")),
    "a thick line round a cell": lambda sheet: setattr(sheet["B3"], "border", Border(left=Side("thick"))),
    "a line across a cell": lambda sheet: setattr(sheet["B3"], "border", Border(diagonal=Side("thin"), diagonalUp=True)),
    "a coloured column": lambda sheet: setattr(sheet.column_dimensions["F"], "fill", YELLOW),
    "a coloured row": lambda sheet: setattr(sheet.row_dimensions[9], "fill", YELLOW),
    "an area of print": lambda sheet: setattr(sheet, "print_area", "A1:B3"),
    "other titles in print": lambda sheet: setattr(sheet, "print_title_rows", "1:3"),
    "a link to the outside": lambda sheet: setattr(sheet["B4"], "hyperlink", "https://example.com/"),
    "a link to a file": lambda sheet: setattr(sheet["B4"], "hyperlink", "記録.docx"),
    "a name of its own": lambda sheet: sheet.defined_names.add(DefinedName("要確認の行", attr_text="点検結果!$A$3")),
    "a table": lambda sheet: sheet.add_table(Table(displayName="表1", ref="A2:B5", tableStyleInfo=TableStyleInfo("TableStyleLight1"))),
    "a note": lambda sheet: setattr(sheet["B4"], "comment", Comment("確認済み", "青木")),
    "another name of the sheet": lambda sheet: setattr(sheet, "title", "点検結果（青木）"),
    "a copy of the sheet": lambda sheet: setattr(sheet, "title", "点検結果 (2)"),
}  # fmt: skip


def copy(font: Font, **changed: object) -> Font:
    return Font(**{name: getattr(font, name) for name in ("name", "sz", "color", "b", "i", "u")} | changed)


@pytest.mark.parametrize("what", LOOKS)
def test_a_sheet_of_ours_that_somebody_made_look_otherwise_stays(what: str) -> None:
    assert cleared(saved_by_openpyxl(MARKED)).kept == ()
    data = saved_by_openpyxl(MARKED, lambda book: LOOKS[what](book["点検結果"]))
    (kept,) = cleared(data).kept
    assert kept.startswith("点検結果")
    again = marked(cleared(data).data, Plan.of_marks(MARKS, [SHEET])).data
    assert cleared(saved_by_openpyxl(again)).kept == (kept,)  # it stays a person's from then on


CHART = Chart(
    title="移り変わり", categories=Area(3, 1, 4, 1), series=(Series(None, Area(3, 2, 4, 2)),), area=Area(6, 1, 9, 2)
)
CHARTED = marked(bases.by_hand(), Plan.of_marks([], [replace(SHEET, key=("図",), charts=(CHART,))])).data


@pytest.mark.parametrize(
    "save", [lambda data, _: data, by_gnumeric, by_libreoffice, lambda data, _: saved_by_openpyxl(data)]
)
def test_a_chart_of_ours_is_known_whoever_saved_it(save: Callable[[bytes, Path], bytes], tmp_path: Path) -> None:
    assert cleared(save(CHARTED, tmp_path)).kept == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [("$B$3:", "$A$3:"), ("lineChart>", "areaChart>"), ("移り変わり", "青木さんの移り変わり"), ("$A$4<", "$A$5<")],
)
def test_a_chart_that_somebody_changed_keeps_the_form(old: str, new: str) -> None:
    parts = bases.unzipped(CHARTED)
    name = "xl/charts/chart1.xml"
    assert old.encode() in parts[name]
    data = bases.zipped((parts | {name: parts[name].replace(old.encode(), new.encode())}).items())
    assert cleared(data).kept == ("点検結果",)


def test_a_sheet_made_before_looks_were_told_is_known_by_its_texts() -> None:
    def as_before(part: bytes) -> bytes:
        return re.sub(rb"(\xe7\x85\xa7\xe5\x90\x88\xe7\x95\xaa\xe5\x8f\xb7 [0-9a-f]{16}) [0-9a-f.+-]+", rb"\1", part)

    part = bases.unzipped(MARKED)["xl/worksheets/sheet2.xml"]
    assert as_before(part) != part
    data = bases.edited(MARKED, sheet2=as_before)
    assert cleared(data).kept == ()
    assert cleared(bases.edited(data, sheet2=lambda part: part.replace(b' width="40"', b' width="90"'))).kept == ()


@pytest.mark.parametrize("looks", ["", " 0", " 01234567-0-0-1", " x", " 01234567"])
def test_a_number_over_the_looks_that_was_written_otherwise_proves_nothing(looks: str) -> None:
    data = bases.edited(
        MARKED, sheet2=lambda part: re.sub(rb"([0-9a-f]{16}) [0-9a-f.+-]+", rb"\1" + looks.encode() + b" ", part)
    )
    assert cleared(data).kept == ("点検結果",)


@pytest.mark.parametrize("what", BEHIND)
def test_a_sheet_of_ours_on_which_somebody_put_something_stays(what: str) -> None:
    part = bases.unzipped(MARKED)["xl/worksheets/sheet2.xml"]
    assert BEHIND[what](part) != part
    assert cleared(bases.edited(MARKED, sheet2=BEHIND[what])).kept == ("点検結果",)


def test_each_element_that_may_stand_in_a_worksheet_is_decided() -> None:
    assert list(untouched.DECIDED) == list(worksheet.ORDER)


SAVERS = (by_gnumeric, by_libreoffice, lambda data, _: saved_by_openpyxl(data))


@pytest.mark.parametrize("save", SAVERS)
def test_after_a_program_saved_it_no_word_of_ours_is_left_in_any_part(
    save: Callable[[bytes, Path], bytes], tmp_path: Path
) -> None:
    data = save(MARKED, tmp_path)
    result = cleared(data)
    assert (result.kept, result.written_into) == ((), ())
    words = ("支援の連絡が1回です", "架空市の通知", "【在宅点検】", "照合番号", "zaitaku_xl:")
    before, after = (
        {n: html.unescape(p.decode("utf-8", "replace")) for n, p in bases.unzipped(d).items()}
        for d in (data, result.data)
    )
    assert any(word in text for text in before.values() for word in words)
    assert [name for name, text in after.items() if any(word in text for word in words)] == []


@pytest.mark.parametrize("save", SAVERS)
def test_after_a_program_saved_it_no_look_of_ours_is_left_and_the_offices_all_stay(
    save: Callable[[bytes, Path], bytes], tmp_path: Path
) -> None:
    data = save(marked(bases.written_by_xlsxwriter(), Plan.of_marks(MARKS, [COLOURFUL])).data, tmp_path)
    after = cleared(data).data
    colours = re.compile(rb"FF(?:ABCDEF|123456|654321|F8CBCB|FFF7C2)")
    styles = [bases.unzipped(each)["xl/styles.xml"].partition(b"<indexedColors")[0] for each in (data, after)]
    assert [bool(colours.search(each)) for each in styles] == [True, False]
    assert looks(after) == {where: look for where, look in looks(data).items() if where[0] != "点検結果"}


@pytest.mark.parametrize("save", SAVERS)
def test_a_look_the_office_wears_too_stays(save: Callable[[bytes, Path], bytes], tmp_path: Path) -> None:
    def wear(book: openpyxl.Workbook) -> None:
        whole, half = book.active["A3"], book.active["B3"]
        half.fill = whole.fill = PatternFill("solid", fgColor="FFABCDEF")
        whole.font = Font(name="Yu Gothic", family=3, charset=128, sz=10, color="FF123456")
        whole.border = Border(left=Side("thin", "FF654321"))
        whole.alignment = Alignment("left", "top")

    data = save(
        marked(saved_by_openpyxl(bases.written_by_openpyxl(), wear), Plan.of_marks(MARKS, [COLOURFUL])).data, tmp_path
    )
    after = cleared(data).data
    assert looks(after) == {where: look for where, look in looks(data).items() if where[0] != "点検結果"}


PAPERS = {
    "a list": Page(landscape=True),
    "a form": Page(tall=1, centred=True, above="&R&8見直し未了", breaks=(3,), left=0.25, first=4, repeated=(1, 2)),
    "to scale": Page(scale=80, column_breaks=(1,), repeated_columns=(1, 1), below="&L&9&A&R&9&P / &N"),
    "nothing above or below": Page(below=""),
}


@pytest.mark.parametrize("save", SAVERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_how_it_goes_on_paper_is_known_whoever_saved_it(
    paper: str, save: Callable[[bytes, Path], bytes], tmp_path: Path
) -> None:
    links = (
        MadeCell("見る", Style(underline=True), ("点検結果", 2, 1)),
        MadeCell("12", Style(wrap=True, align="right")),
    )
    sheet = replace(COLOURFUL, rows=(*COLOURFUL.rows, links), page=PAPERS[paper], key=("紙",))
    data = marked(bases.written_by_xlsxwriter(), Plan.of_marks(MARKS, [sheet])).data
    assert cleared(save(data, tmp_path)).kept == ()


def looks(data: bytes) -> dict[tuple[str, str], str]:
    worn = ("font", "fill", "border", "alignment", "number_format", "protection")
    sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    cells = (c for sheet in sheets for row in sheet.iter_rows() for c in row if c.value is not None)
    return {(c.parent.title, c.coordinate): "".join(repr(getattr(c, name)) for name in worn) for c in cells}


def test_a_text_the_office_uses_too_is_not_emptied(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>支援の連絡が1回です</t></is></c></row>'
    base = bases.by_hand(bases.worksheet(row))
    data = by_libreoffice(marked(base, Plan.of_marks(MARKS, [SHEET])).data, tmp_path)
    texts = [bases.unzipped(each)["xl/sharedStrings.xml"].decode() for each in (data, cleared(data).data)]
    assert ["連絡が" in text for text in texts] == [True, True]
    assert ["架空市の通知" in html.unescape(re.sub("<[^>]+>", "", text)) for text in texts] == [True, False]
