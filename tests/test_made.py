"""One language, three printers: a sheet we describe looks the same whoever prints it, or is refused."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.likeness import Told, described, differences
from tests.tools import lint, validate
from zaitaku_xl.hosts.live import sheet as live_sheet
from zaitaku_xl.hosts.marking.alone import alone
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.jsonable import as_json, from_json
from zaitaku_xl.made import (
    GREY,
    THIN,
    Area,
    Chart,
    Edges,
    Guard,
    MadeBook,
    MadeCell,
    MadeSheet,
    Page,
    Ruling,
    Series,
    Style,
)
from zaitaku_xl.sheets.blank import template

TITLE = Style(bold=True, size=16)
HEAD = Style(
    bold=True, fill="E7ECF2", edges=replace(GREY, left="medium", left_colour="7C8B99"), wrap=True, align="center"
)
TOTAL = Style(edges=Edges(left="thin", right="medium", top="double", bottom="hair"), shows='0"回"', align="right")
NUMBER = Style(shows="@", shrink=True, indent=1, vertical="bottom", edges=THIN)
UPRIGHT = Style(upright=True, wrap=True, vertical="center", colour="C00000", underline=True)
SHEET = MadeSheet(
    name="一覧",
    rows=(
        (MadeCell("【在宅点検】一覧", TITLE), MadeCell("", TITLE), MadeCell("", TITLE)),
        (MadeCell("氏名", HEAD), MadeCell("回数", HEAD), MadeCell("場所", HEAD)),
        (MadeCell("=1+1", UPRIGHT), MadeCell(3, TOTAL), MadeCell("一覧!A1", NUMBER, ("一覧", 1, 1))),
        (MadeCell("0012345678", NUMBER), MadeCell(0.25, Style(shows="h:mm")), None),
    ),
    widths=(12, 9, 30),
    heading_row=2,
    heights={1: 27.75, 2: 20.25, 3: 60.0, 4: 18.0},
    merges=(Area(1, 1, 1, 3),),
    page=Page(tall=1, centred=True, above="&L上 && 下", repeated=(1, 2), breaks=(3,), first=4, left=0.25),
)
AS_A_TEMPLATE = replace(
    SHEET,
    heading_row=0,
    frozen=(2, 1),
    filter_area=Area(2, 1, 40, 3),
    page=Page(landscape=True, scale=90, repeated=(2, 2), repeated_columns=(1, 1), column_breaks=(2,), breaks=(3,)),
    column_styles=(Style(colour="1F2933", vertical="center"), NUMBER, UPRIGHT),
    tab="7C8B99",
    gridlines=True,
)
GUARD = Guard(area=Area(3, 1, 9, 1), kind="list", words=("有", "無"))
CHART = Chart(
    title="移り変わり",
    categories=Area(2, 1, 2, 3),
    series=(Series(Area(3, 1, 3, 1), Area(3, 2, 3, 3)),),
    area=Area(6, 1, 20, 3),
)


PRINTED = {"a list": replace(SHEET, column_styles=(Style(),) * 3), "a template": AS_A_TEMPLATE}
on_both = pytest.mark.parametrize("sheet", PRINTED.values(), ids=PRINTED)


def book(sheet: MadeSheet) -> MadeBook:
    return MadeBook(title="一覧", font="Yu Gothic", size=10, dated="2026-01-01", sheets=(sheet,))


def told(data: bytes) -> dict[str, Told]:
    """Return what is told, the columns in the width of a new file: XlsxWriter adds the cell's edge to the characters."""
    sheets = described(data)
    for sheet in sheets.values():
        for where in [where for where in sheet if where.startswith("column")]:
            width, _, look = sheet.pop(where)
            sheet[where.replace("column", "width of")] = int(width)
            sheet[where.replace("column", "look of")] = look
    return sheets


def without_our_number(data: bytes, last: int) -> bytes:
    """Return the workbook without the rows below *last*, by which a sheet put into a workbook is known again."""
    opened, out = openpyxl.load_workbook(BytesIO(data)), BytesIO()
    opened.active.delete_rows(last + 1, 9)
    opened.save(out)
    return out.getvalue()


@on_both
def test_a_sheet_looks_alike_in_a_new_file_and_put_into_a_workbook(sheet: MadeSheet) -> None:
    there = without_our_number(alone([sheet]), len(sheet.rows))
    assert differences(told(written(book(sheet))), told(there)) == []


@on_both
def test_what_both_printers_make_is_valid(sheet: MadeSheet, tmp_path: Path) -> None:
    for name, data in (("new.xlsx", written(book(sheet))), ("put in.xlsx", alone([sheet]))):
        path = tmp_path / name
        path.write_bytes(data)
        assert (name, lint(path), validate(path)) == (name, [], [])


def test_an_open_workbook_shows_the_same_cells_fills_heights_and_joined_areas(excel: xw.App, tmp_path: Path) -> None:
    open_book = excel.books.add()
    sheet = live_sheet.add(open_book, SHEET)
    try:
        for number, row in enumerate(SHEET.rows, 1):
            values = [cell.value if cell and cell.value != "" else None for cell in row]
            assert sheet.range((number, 1), (number, 3)).value == values
        assert sheet.range("A1:C1").impl.uno.IsMerged
        assert (sheet.range("A2").color, sheet.range("A3").color) == ((0xE7, 0xEC, 0xF2), None)
        assert [round(sheet.range((row, 1)).row_height, 1) for row in (3, 4)] == [60.0, 18.0]
    finally:
        open_book.close()


def test_what_a_printer_cannot_do_it_refuses() -> None:
    ruling = Ruling(Area(3, 1, 9, 3), 1, "C9D1D8")
    for sheet in (replace(SHEET, guards=(GUARD,)), replace(SHEET, rulings=(ruling,))):
        with pytest.raises(ValueError, match="一覧"):
            alone([sheet])
    with pytest.raises(ValueError, match="一覧"):
        alone([replace(SHEET, charts=(replace(CHART, kind="bar"),))])
    for sheet in (replace(SHEET, charts=(CHART,)), replace(SHEET, key=("list",))):
        with pytest.raises(ValueError, match="一覧"):
            written(book(sheet))


@pytest.mark.parametrize(
    "sheet",
    [
        replace(SHEET, guards=(GUARD,)),
        replace(SHEET, column_styles=(TITLE,)),
        replace(SHEET, tab="7C8B99"),
        replace(SHEET, frozen=(2, 1)),
        replace(SHEET, page=Page(scale=90)),
        replace(SHEET, page=Page(column_breaks=(2,))),
    ],
    ids=["guards", "column styles", "tab", "columns in sight", "scale", "column breaks"],
)
def test_what_only_a_template_has_is_refused_before_an_open_workbook_is_touched(sheet: MadeSheet) -> None:
    untouched = object()
    with pytest.raises(ValueError, match="一覧"):
        live_sheet.add(untouched, sheet)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["bar", "doughnut"])
def test_a_new_file_has_the_charts_that_it_can_draw(kind: str, tmp_path: Path) -> None:
    chart = replace(CHART, kind=kind, size=(260, 300), colours=("DDEBDA", "F4B6B6"))
    path = tmp_path / "new.xlsx"
    path.write_bytes(written(book(replace(SHEET, charts=(chart,)))))
    assert (lint(path), validate(path)) == ([], [])
    assert len(openpyxl.load_workbook(path)["一覧"]._charts) == 1


@pytest.mark.parametrize("sheet", [SHEET, AS_A_TEMPLATE, *template().sheets], ids=lambda sheet: sheet.name)
def test_a_sheet_is_plain_values_and_comes_back_from_json(sheet: MadeSheet) -> None:
    told = json.dumps(as_json(sheet), ensure_ascii=False)
    assert from_json(MadeSheet, json.loads(told)) == sheet
