"""The same value, the same reading: a table of what a cell shows, through every door by which a cell comes in."""

import csv
import tomllib
import zipfile
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest

from tests.reading.readers import only
from zaitaku_xl.book import layout
from zaitaku_xl.book.clocks import Span
from zaitaku_xl.book.one_cell import read_cell
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context
from zaitaku_xl.cells import Cell, Grid
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.foreign_book import ForeignBook
from zaitaku_xl.hosts.live.values import grid_of
from zaitaku_xl.hosts.reading.format_codes import is_date_code
from zaitaku_xl.jobs.formulas import day_in
from zaitaku_xl.model import Month

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "cell_doors.toml").read_text("utf-8"))["case"]
JANUARY = Month(2026, 1)
COLUMNS = {f"{table.sheet}.{column.heading}": column for table in layout.TABLES for column in table.columns}
Shown = tuple[str, str, Any]  # of, reads, what stands in the cell


def _texts() -> list[Shown]:
    return [
        (case["of"], case["reads"], text)
        for case in CASES
        for text in case["texts"]
        if text not in case.get("not_yet", ())
    ]


def _numbers() -> list[Shown]:
    return [(case["of"], case["reads"], tuple(number)) for case in CASES for number in case.get("numbers", ())]


def _said(value: object, of: str) -> str:
    """Write a value as the table writes it."""
    match value:
        case None:
            return "空欄"
        case Unread():
            return "読めない"
        case Span(start, end):
            return f"{_clock(start)}～{_clock(end)}"
        case bool():
            return "有" if value else "無"
        case float():
            return f"{value:g}"
        case int():
            return _clock(value)
    return str(value)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _wrong(shown: list[Shown], cells: list[Cell | None]) -> list[tuple[Any, ...]]:
    """What is read otherwise than the table says."""
    assert len(shown) == len(cells)
    found = []
    for (of, reads, what), cell in zip(shown, cells, strict=True):
        value = _said(read_cell(COLUMNS[of], cell, Context(JANUARY)) if cell else None, of)
        if value != reads:
            found.append((of, what, f"{value}, not {reads}"))
    return found


def _column(grid: Grid, count: int) -> list[Cell | None]:
    return [grid.rows.get(row, {}).get(1) for row in range(2, count + 2)]


# ---- the doors


def _workbook(shown: list[Shown]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "見出し"
    for row, (_, _, what) in enumerate(shown, 2):
        cell = sheet.cell(row, 1)
        if isinstance(what, str):
            cell.value, cell.data_type = what, "s"
        else:
            cell.value, cell.number_format = what
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_texts_in_a_workbook() -> None:
    shown = _texts()
    assert _wrong(shown, _column(only(_workbook(shown)), len(shown))) == []


def test_numbers_with_their_formats_in_a_workbook() -> None:
    shown = _numbers()
    assert _wrong(shown, _column(only(_workbook(shown)), len(shown))) == []


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_in_a_csv(delimiter: str, encoding: str) -> None:
    shown = _texts()
    made = StringIO()
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerows([["見出し", "もう1つ"], *([what, "あ"] for _, _, what in shown)])
    (grid,) = ForeignBook.opened(Path("a.csv"), made.getvalue().encode(encoding)).sheets
    assert _wrong(shown, _column(grid, len(shown))) == []


def test_texts_in_a_csv_that_guards_them_from_excel() -> None:
    shown = _texts()
    lines = ["見出し,もう1つ", *(f'="{what}",あ' for _, _, what in shown)]
    (grid,) = ForeignBook.opened(Path("a.csv"), "\n".join(lines).encode()).sheets
    assert _wrong(shown, _column(grid, len(shown))) == []


def test_texts_and_numbers_in_an_ods() -> None:
    pytest.importorskip("python_calamine")
    shown = [each for each in [*_texts(), *_numbers()] if not _hides_zero(each[2])]
    rows = "".join(f"<table:table-row>{_ods(what)}</table:table-row>" for _, _, what in [("", "", "見出し"), *shown])
    (grid,) = ForeignBook.opened(Path("a.ods"), ods(rows)).sheets
    assert _wrong(shown, _column(grid, len(shown))) == []


def test_texts_handed_over_by_a_formula() -> None:
    shown = _texts()
    grid = grid_of("", [["見出し"], *([what] for _, _, what in shown)])
    assert _wrong(shown, _column(grid, len(shown))) == []


def test_numbers_handed_over_by_a_formula() -> None:
    shown = [each for each in _numbers() if not _hides_zero(each[2])]
    grid = grid_of("", [["見出し"], *([_as_excel_hands_over(*what)] for _, _, what in shown)])
    lost = [wrong for wrong in _wrong(shown, _column(grid, len(shown))) if wrong[1] not in [(930, "h:mm"), (1, "h:mm")]]
    assert lost == []


def test_the_argument_of_a_formula() -> None:
    wrong = []
    for of, reads, what in [*_texts(), *_numbers()]:
        if of != "日報.日付" or reads == "空欄":
            continue
        value = what if isinstance(what, str) else _as_excel_hands_over(*what)
        try:
            told = day_in(value, JANUARY).isoformat()
        except WrongUse:
            told = "読めない"
        if told != reads:
            wrong.append((what, told))
    assert wrong == []


def _hides_zero(what: object) -> bool:
    """Such a cell shows nothing, which neither calamine nor Excel's own hand-over tells."""
    return isinstance(what, tuple) and what[0] == 0 and what[0] is not False and what[1] not in ("General", "yyyy/m/d")


def _as_excel_hands_over(value: Any, code: str) -> object:
    """A cell that shows a day comes as one; one that shows only a time comes as a number."""
    if isinstance(value, bool) or value < 1 or not is_date_code(code, value) or "[h" in code:
        return value
    return datetime(1899, 12, 30) + timedelta(days=value)


def _ods(what: object) -> str:
    if isinstance(what, str):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(what)}</text:p></table:table-cell>'
            if what
            else "<table:table-cell/>"
        )
    value, code = what  # type: ignore[misc]
    if isinstance(value, bool):
        own = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif is_date_code(code, value) and value >= 1 and "[h" not in code:
        moment = datetime(1899, 12, 30) + timedelta(days=value)
        own = f'office:value-type="date" office:date-value="{moment.isoformat(timespec="seconds")}"'
    elif is_date_code(code, value):
        seconds = round(value * 86_400)
        own = f'office:value-type="time" office:time-value="PT{seconds // 3600:02}H{seconds // 60 % 60:02}M{seconds % 60:02}S"'
    else:
        own = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {own}><text:p>x</text:p></table:table-cell>"


def ods(rows: str, settings: str = "") -> bytes:
    """Return an OpenDocument spreadsheet of one sheet."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet>{settings}<table:table table:name="日報">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return made.getvalue()
