"""Cells filled in somebody's form: the values stand there as text, and nothing else in the file is touched."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from tests.package.package_bases import by_hand, edited, unzipped
from tests.tools import libreoffice, lint, same_parts, validate
from zaitaku_xl.errors import LayoutError
from zaitaku_xl.hosts.writing.filling import Fill, filled

SHEET = "様式1"
YELLOW = PatternFill("solid", fgColor="FFFFF2CC")
UTF8 = "Text - txt - csv (StarCalc):44,34,76"
THIN = Border(*(Side("thin"),) * 4)


def city_form(protect: bool = False) -> bytes:
    """A form as a city draws one: merged areas, boxes to tick, a formula, a coloured cell, rich text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet["A1"], sheet["A3"], sheet["A4"] = "在宅利用における申出書", "氏名", "受給者証番号"
    sheet.merge_cells("B3:E3")
    for cell in ("B3", "B4", "B5"):
        sheet[cell].fill, sheet[cell].border, sheet[cell].font = YELLOW, THIN, Font("ＭＳ 明朝", 12, bold=True)
        sheet[cell].alignment = Alignment("center", wrap_text=True)
    sheet["A6"] = "□新規　□更新"
    sheet["A7"] = CellRichText("種別　", TextBlock(InlineFont(b=True), "□"), "　Ｂ型")
    sheet["B6"], sheet["B7"] = "=LEN(B3)", "（記入不要）"
    sheet["A8"], sheet["B8"] = "☐", 5
    sheet["D9"].protection = Protection(locked=False)
    sheet["D9"].fill = YELLOW
    sheet.protection.sheet = protect
    sheet.column_dimensions["G"].width = 20
    sheet.row_dimensions[12].height = 30
    book.create_sheet("別紙")["A1"] = "そのまま"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def at(cell: str, value, **more) -> Fill:
    column, row = re.fullmatch(r"([A-Z])(\d+)", cell).groups()
    return Fill(SHEET, int(row), ord(column) - 64, value, **more)


def read(data: bytes, rich: bool = False):
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=rich)[SHEET]


def looks(cell) -> tuple:
    return (
        cell.fill.fgColor.rgb,
        cell.border.left.style,
        cell.font.name,
        cell.font.sz,
        cell.font.b,
        cell.alignment.horizontal,
    )


VALUES = {
    "B3": "髙﨑 𠮷乃", "B4": "0099100018", "B5": "=1+1", "C9": "令和", "G1": "-", "B12": "a\nb", "F20": 8, "A2": "<&>",
}  # fmt: skip


def test_values_stand_where_they_were_put_and_everything_else_is_as_it_was(tmp_path: Path) -> None:
    before = city_form()
    done = filled(before, [at(cell, value) for cell, value in VALUES.items()])
    assert done.refused == ()
    was, now = read(before), read(done.data)
    for row in now.iter_rows(max_row=25, max_col=8):
        for cell in row:
            expected = VALUES.get(cell.coordinate, was[cell.coordinate].value)
            assert cell.value == expected, cell.coordinate
            assert looks(cell) == looks(was[cell.coordinate]), cell.coordinate
    assert now.merged_cells.ranges == was.merged_cells.ranges
    assert now.row_dimensions[12].height == 30
    changed = set(same_parts(before, done.data))
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_text_that_looks_like_a_formula_or_a_number_stays_text() -> None:
    now = read(filled(city_form(), [at(cell, value) for cell, value in VALUES.items()]).data)
    assert [now[cell].data_type for cell in ("B4", "B5", "G1")] == ["s", "s", "s"]
    assert now["F20"].data_type == "n"
    assert [now[cell].quotePrefix for cell in ("B4", "B5", "G1")] == [False, True, True]


def test_a_filled_form_is_as_valid_as_before_and_shows_its_values(tmp_path: Path) -> None:
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(city_form())
    after.write_bytes(filled(before.read_bytes(), [at(cell, value) for cell, value in VALUES.items()]).data)
    assert validate(after) == validate(before)
    assert lint(after) == lint(before)
    csv = libreoffice(after, "csv", tmp_path / "csv", UTF8).read_text(encoding="utf-8").splitlines()
    assert csv[2] == "氏名,髙﨑 𠮷乃,,,,,"
    assert csv[5] == "□新規　□更新,5,,,,,"  # the form's own formula, calculated anew over the name


def test_a_cell_inside_a_merged_area_means_the_area() -> None:
    now = read(filled(city_form(), [at("D3", "青木")]).data)
    assert now["B3"].value == "青木"


@pytest.mark.parametrize(
    ("fill", "why"),
    [
        (at("A3", "x"), "「氏名」と入っています"),
        (at("B6", "x"), "数式が入っています"),
        (at("B8", "x"), "「5」と入っています"),
        (at("B7", "☑", tick=True), "「（記入不要）」と入っています"),
    ],
)
def test_a_cell_that_holds_something_is_refused_and_nothing_at_all_is_written(fill: Fill, why: str) -> None:
    before = city_form()
    done = filled(before, [at("B3", "青木"), fill])
    assert [(refused.where, said) for refused, said in done.refused] == [(fill.where, why)]
    assert done.data == before


def test_two_values_for_one_cell_are_refused() -> None:
    done = filled(city_form(), [at("B3", "青木"), at("C3", "さくら")])
    assert [said for _, said in done.refused] == ["同じセルに二つの値を入れる指定です"]


def test_what_the_mapping_allows_to_go_goes_the_formula_with_its_place_in_the_chain() -> None:
    done = filled(city_form(), [at("A3", "お名前", over=True), at("B6", "7", over=True), at("B8", 6, over=True)])
    now = read(done.data)
    assert [now[cell].value for cell in ("A3", "B6", "B8")] == ["お名前", "7", 6]
    assert not any("calcChain" in name for name in unzipped(done.data))


def test_a_box_is_ticked_inside_its_text_and_its_fonts_stay() -> None:
    done = filled(city_form(), [at("A6", "☑", tick=True), at("A7", "☑", tick=True), at("A8", "レ", tick=True)])
    now = read(done.data, rich=True)
    assert now["A6"].value == "☑新規　□更新"
    assert str(now["A7"].value) == "種別　☑　Ｂ型"
    assert [type(run).__name__ for run in now["A7"].value] == ["str", "TextBlock", "str"]
    assert now["A7"].value[1].font.b
    assert now["A8"].value == "レ"


def test_an_empty_cell_is_ticked_by_the_mark_alone() -> None:
    assert read(filled(city_form(), [at("C8", "レ", tick=True)]).data)["C8"].value == "レ"


def test_a_locked_cell_is_refused_and_one_left_open_is_not() -> None:
    before = city_form(protect=True)
    done = filled(before, [at("B3", "青木"), at("D9", "x")])
    assert [refused.where for refused, _ in done.refused] == ["様式1!B3"]
    assert read(filled(before, [at("D9", "x")]).data)["D9"].value == "x"


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(LayoutError, match=r"様式9.*様式1、別紙"):
        filled(city_form(), [Fill("様式9", 1, 1, "x")])


ODD_SHEETS = {
    "no rows": "<sheetData/>",
    "a row without cells": '<sheetData><row r="3"/></sheetData>',
    "a row and cells without references": "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>",
    "spans": '<sheetData><row r="3" spans="1:1"><c r="A3"><v>1</v></c></row></sheetData>',
    "a column with a look": '<cols><col min="2" max="2" width="9" style="0"/></cols><sheetData/>',
}


@pytest.mark.parametrize("inside", ODD_SHEETS.values(), ids=ODD_SHEETS.keys())
def test_rows_and_cells_are_added_where_they_belong(inside: str, tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    before = by_hand(f'<worksheet xmlns="{space}">{inside}</worksheet>')
    fills = [Fill("日報", 3, 4, "い"), Fill("日報", 3, 2, "あ"), Fill("日報", 5, 1, "う")]
    after = filled(before, fills)
    assert after.refused == ()
    sheet = openpyxl.load_workbook(io.BytesIO(after.data))["日報"]
    assert [sheet[cell].value for cell in ("B3", "D3", "A5")] == ["あ", "い", "う"]
    path = tmp_path / "odd.xlsx"
    path.write_bytes(after.data)
    assert validate(path) == []
    assert lint(path) == []


def test_an_array_formula_is_never_taken_apart() -> None:
    cell = b'<c r="A1"><f t="array" ref="A1:A2">ROW(A1:A2)</f><v>1</v></c>'
    before = edited(by_hand(), sheet1=lambda data: re.sub(rb'<c r="A1".*?</c>', cell, data, count=1))
    done = filled(before, [Fill("日報", 1, 1, "x", over=True)])
    assert [said for _, said in done.refused] == ["ほかのセルと共有する数式が入っています"]


def test_a_form_with_formulas_is_calculated_anew_when_it_is_opened() -> None:
    formula = b'<c r="A1"><f>B9</f><v>0</v></c>'
    before = edited(by_hand(), sheet1=lambda data: re.sub(rb'<c r="A1".*?</c>', formula, data, count=1))
    after = unzipped(filled(before, [Fill("日報", 9, 2, "x")]).data)
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    plain = unzipped(filled(by_hand(), [Fill("日報", 9, 2, "x")]).data)
    assert b"fullCalcOnLoad" not in plain["xl/workbook.xml"]


def test_a_form_saved_as_strict_or_with_prefixes_is_filled_in_its_own_words(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    prefixed = (
        f'<x:worksheet xmlns:x="{space}"><x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData></x:worksheet>'
    )
    for name, before in (("strict", by_hand(strict=True)), ("prefixed", by_hand(prefixed))):
        after = filled(before, [Fill("日報", 1, 3, "=い"), Fill("日報", 4, 2, "ろ")])
        assert after.refused == ()
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(after.data)
        assert validate(path) == []
        sheet = openpyxl.load_workbook(path)["日報"] if name == "prefixed" else None
        assert sheet is None or (sheet["C1"].value, sheet["B4"].value) == ("=い", "ろ")
