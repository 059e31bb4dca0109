"""A package opened: its sheets, its parts, and what a sheet of ours looks like to another reader."""

import pytest

from tests.package import package_bases as bases
from tests.package.test_package_marking import a_sheet, opened
from zaitaku_xl.hosts.marking import marked
from zaitaku_xl.made import MadeCell, MadeSheet
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan


def test_worksheets_come_in_workbook_order_and_chart_sheets_are_left_out() -> None:
    package = Package.opened(bases.written_by_xlsxwriter())
    assert [(sheet.name, sheet.position) for sheet in package.sheets] == [("日報", 0), ("週 '評' 価", 2)]
    assert package.shared_strings_part == "xl/sharedStrings.xml"
    assert package.styles_part == "xl/styles.xml"


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("true", True), ("0", False)])
def test_the_epoch_of_the_workbook_is_known(value: str, expected: bool) -> None:
    assert Package.opened(bases.by_hand(before=f'<workbookPr date1904="{value}"/>')).date1904 is expected


def test_a_part_named_in_other_letters_than_its_relation_is_found() -> None:
    package = Package.opened(bases.with_button(target="/XL/Drawings/VMLdrawing1.vml"))
    assert package.related(package.sheets[0].part, "vmlDrawing") == "xl/drawings/vmlDrawing1.vml"


def test_a_utf_16_workbook_part_is_read() -> None:
    data = bases.edited(
        bases.by_hand(), workbook=lambda part: part.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    )
    assert [sheet.name for sheet in Package.opened(data).sheets] == ["日報"]


def test_a_sheet_of_ours_is_set_up_for_reading_and_printing() -> None:
    sheet = opened(marked(bases.by_hand(), Plan.of_marks([], [a_sheet("点検結果", "連絡")])).data)["点検結果"]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:B3"
    assert sheet.print_title_rows == "$2:$2"
    assert not sheet.sheet_view.showGridLines
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "&P / &N"
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[1].height) == (40, 24)
    assert sheet["B3"].hyperlink.location == "'日報'!A2"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_text_that_looks_like_a_formula_stays_text_when_somebody_edits_it(text: str) -> None:
    cell = opened(marked(bases.by_hand(), Plan.of_marks([], [a_sheet("点検結果", text)])).data)["点検結果"]["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_sheet_that_does_not_say_it_is_ours_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="A1 of a sheet of ours"):
        marked(bases.by_hand(), Plan.of_marks([], [MadeSheet(name="一覧", rows=((MadeCell("一覧"),),), widths=(9,))]))
