"""The engine stands in for Excel: each member the live host uses gives the value that xlwings documents for Windows."""

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlwings as xw

from tests.engine import DIFFERENCES
from tests.tools import TOP
from zaitaku_xl.hosts.live.values import ERROR_CODES


@pytest.fixture
def book(excel: xw.App):
    made = excel.books.add()
    yield made
    made.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets[0]


def typed(sheet: xw.Sheet, cell: str, formula: str, code: str | None = None) -> xw.Range:
    """Type into a cell as a person does, under a number format."""
    target = sheet.range(cell)
    target.formula = formula
    if code:
        formats = sheet.book.impl.uno.NumberFormats
        locale = target.impl.uno.CharLocale
        key = formats.queryKey(code, locale, False)
        target.impl.uno.NumberFormat = key if key >= 0 else formats.addNew(code, locale)
    return target


# What Range.Value hands over (the documentation of xlwings: numbers float, days datetime, blank None, an error its code).
@pytest.mark.parametrize(
    ("formula", "code", "raw"),
    [
        ("", None, None),
        ('=""', None, None),
        ("日報", None, "日報"),
        ("'0012", None, "0012"),
        ("12", None, 12.0),
        ("46027", "YYYY-MM-DD", datetime(2026, 1, 5)),
        ("46027.5", "YYYY-MM-DD HH:MM", datetime(2026, 1, 5, 12)),
        ("0.395833333333333", "HH:MM", 0.395833333333333),
        ("1.0625", "[HH]:MM", 1.0625),
        ("1200", '"¥"#,##0', 1200.0),
        ("1200", "[$¥-411]#,##0", Decimal("1200.0")),
        ("1", "BOOLEAN", True),
        ("=NA()", None, ERROR_CODES["#N/A"]),
        ("=1/0", None, ERROR_CODES["#DIV/0!"]),
        ("=1+1", None, 2.0),
    ],
)
def test_a_cell_is_handed_over_as(sheet: xw.Sheet, formula: str, code: str | None, raw: object) -> None:
    value = typed(sheet, "B2", formula, code).raw_value
    assert value == raw
    assert type(value) is type(raw)


def test_several_cells_are_rows_of_tuples_and_one_cell_is_bare(sheet: xw.Sheet) -> None:
    sheet.range("A1").value = [["氏名", 1], [None, 2]]
    assert sheet.range("A1:B2").raw_value == (("氏名", 1.0), (None, 2.0))
    assert sheet.range("A1").raw_value == "氏名"
    assert sheet.range("A1:B2").options(ndim=2, chunksize=1).value == [["氏名", 1.0], [None, 2.0]]


def test_errors_come_as_words_where_they_are_asked_for(sheet: xw.Sheet) -> None:
    typed(sheet, "A1", "=NA()")
    assert sheet.range("A1").value is None
    assert sheet.range("A1").options(err_to_str=True, ndim=2).value == [["#N/A"]]


def test_an_apostrophe_keeps_a_text_a_text_and_is_not_part_of_it(sheet: xw.Sheet) -> None:
    sheet.range("A1").value = [["'2026-01-05", "'=1+1", "'0012"]]
    assert sheet.range("A1:C1").value == ["2026-01-05", "=1+1", "0012"]
    assert sheet.range("A1:C1").formula == [["2026-01-05", "=1+1", "0012"]]


@pytest.mark.parametrize("text", ["2026-01-05", "=1+1", "0012", "9:30", "-"])
def test_a_text_that_excel_would_read_something_into_is_refused(sheet: xw.Sheet, text: str) -> None:
    with pytest.raises(ValueError, match="Excel would read"):
        sheet.range("A1").value = text


def test_the_used_range_begins_where_something_stands(sheet: xw.Sheet) -> None:
    sheet.range("B3").value = [["a", "b"], ["c", "d"]]
    used = sheet.used_range
    assert (used.row, used.column, used.shape) == (3, 2, (2, 2))
    assert used.last_cell.address == "$C$4"


def test_a_rule_colours_all_its_areas_and_is_found_from_any_of_them(sheet: xw.Sheet) -> None:
    rule = sheet.range("B2:B4,D6").conditional_formats.add_custom('=LEN("zaitaku_xl:D01")>0', fill_color="#F8CBCB")
    assert (rule.type, rule.formula, rule.fill_color) == ("custom", '=LEN("zaitaku_xl:D01")>0', (248, 203, 203))
    assert len(sheet.cells.conditional_formats) == len(sheet.range("D6").conditional_formats) == 1
    assert len(sheet.range("C3").conditional_formats) == 0
    rule.delete()
    assert len(sheet.cells.conditional_formats) == 0


def test_a_note_has_text_place_and_end(sheet: xw.Sheet) -> None:
    note = sheet.range("C5").add_note("【在宅点検】D01\n■")
    assert (note.text, note.location.address) == ("【在宅点検】D01\n■", "$C$5")
    assert [each.text for each in sheet.notes] == [note.text]
    with pytest.raises(Exception, match="note"):
        sheet.range("C5").add_note("again")
    note.delete()
    assert list(sheet.notes) == []
    assert sheet.range("C5").note is None


def test_a_new_sheet_stands_behind_and_is_the_active_one(book: xw.Book) -> None:
    made = book.sheets.add("点検結果", after=book.sheets[-1])
    assert book.sheet_names[-1] == "点検結果"
    assert book.sheets.active == made
    with pytest.raises(ValueError, match="already present"):
        book.sheets.add("点検結果")
    made.delete()
    assert "点検結果" not in book.sheet_names


def test_looks_are_read_back_as_they_were_set(sheet: xw.Sheet) -> None:
    cells = sheet.range("B2:C3")
    cells.color, cells.wrap_text = "#E7ECF2", True
    cells.font.bold, cells.font.size, cells.font.color = True, 14, "#0B5394"
    cells.horizontal_alignment, cells.vertical_alignment = "center", "top"
    cells.column_width, cells.row_height = 42, 24
    assert (cells.color, cells.wrap_text) == ((231, 236, 242), True)
    assert (cells.font.bold, cells.font.size, cells.font.color) == (True, 14, (11, 83, 148))
    assert (cells.horizontal_alignment, cells.vertical_alignment) == ("center", "top")
    assert (round(cells.column_width), round(cells.row_height)) == (42, 24)


def test_properties_of_the_program_are_put_back_even_after_an_error(excel: xw.App, book: xw.Book) -> None:
    def fail() -> None:
        with excel.properties(screen_updating=False, enable_events=False, display_alerts=False):
            assert (excel.screen_updating, excel.enable_events, excel.display_alerts) == (False, False, False)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (excel.screen_updating, excel.enable_events, excel.display_alerts) == (True, True, True)


def test_the_selection_is_what_was_selected(excel: xw.App, sheet: xw.Sheet) -> None:
    sheet.activate()
    sheet.range("D7").select()
    assert (excel.selection.sheet.name, excel.selection.address) == (sheet.name, "$D$7")


def test_formulas_and_names_tell_sheets_as_excel_does(book: xw.Book) -> None:
    book.sheets.add("点検結果", after=book.sheets[-1])
    cell = book.sheets[0].range("A1")
    cell.formula = "=SUM($点検結果.A1:B2)"
    assert cell.formula == "=SUM(点検結果!A1:B2)"


def test_the_calling_workbook_is_the_one_whose_button_was_pressed(book: xw.Book) -> None:
    book.set_mock_caller()
    try:
        assert xw.Book.caller() == book
    finally:
        del xw.Book._mock_caller


def test_the_api_answers_what_the_host_asks(excel: xw.App, book: xw.Book, sheet: xw.Sheet) -> None:
    assert (book.api.ProtectStructure, book.api.Date1904, sheet.api.ProtectContents) == (False, False, False)
    sheet.impl.uno.protect("")
    book.impl.uno.protect("")
    assert (book.api.ProtectStructure, sheet.api.ProtectContents) == (True, True)
    excel.impl.folders.append("提出")
    dialog = excel.api.FileDialog(4)
    assert (dialog.Show(), dialog.SelectedItems(1)) == (-1, "提出")
    assert excel.api.FileDialog(4).Show() == 0


def test_only_one_module_of_ours_touches_the_api() -> None:
    for path in (TOP / "zaitaku_xl").rglob("*.py"):
        if path.parts[-2:] != ("live", "api.py") and "addin" not in path.parts:
            assert not re.search(r"\.api\b", path.read_text("utf-8").partition('"""')[2].partition('"""')[2]), path


def test_the_licensed_part_of_xlwings_is_not_used() -> None:
    words = ("xlwings.pro", "xlwings.server", "xlwings.reports", 'mode="r"', "json=")
    for path in (Path(TOP) / "zaitaku_xl").rglob("*.py"):
        text = path.read_text("utf-8")
        if "xlwings" in text:
            assert not [word for word in words if word in text], path


def test_where_libreoffice_cannot_follow_is_written_down() -> None:
    assert all(len(why) > 40 for why in DIFFERENCES.values())
    assert {"time of day", "errors", "spill", "order of colours"} <= DIFFERENCES.keys()


def test_a_new_rule_lies_above_the_older_ones_it_meets(sheet: xw.Sheet) -> None:
    sheet.range("A1:C9").conditional_formats.add_custom('=$A1<>""', fill_color="#FFFFFF")
    sheet.range("B2").conditional_formats.add_custom("=TRUE", fill_color="#F8CBCB")
    below = sheet.range("A1").conditional_formats[0]
    assert (below.formula, below.impl.areas) == ('=$A1<>""', ["A1:C9"])
    assert [rule.fill_color for rule in sheet.range("B2").conditional_formats] == [(248, 203, 203), (255, 255, 255)]


def test_a_line_inside_is_refused_where_there_is_no_inside(sheet: xw.Sheet) -> None:
    sheet.range("A1:B2").borders.set(line_style="continuous", weight="thin", color="#000000")
    with pytest.raises(RuntimeError, match="LineStyle"):
        sheet.range("A1:A3").borders.set(line_style="continuous", weight="thin", color="#000000")
    sheet.range("A1:A3,C5").borders.set("outside", line_style="continuous", weight="thin", color="#000000")
