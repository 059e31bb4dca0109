"""How 点検まとめ is described and how it comes out: the rows of its tables name their styles by number, in raw XML."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from tests.command import Run
from zaitaku_xl.batch import summary_sheets as looks
from zaitaku_xl.hosts.writing.sheet_printer import Looks
from zaitaku_xl.hosts.writing.summary_book import summary_book
from zaitaku_xl.hosts.writing.table_rows import Link
from zaitaku_xl.made import Style
from zaitaku_xl.ooxml.styles import FONT
from zaitaku_xl.sheets.canonical import canonical

TABLES = {
    "事業所": looks.OFFICES,
    "利用者": looks.CLIENTS,
    "点検項目": looks.RULES,
    "見直す箇所": looks.FINDINGS,
    "読み取れないファイル": looks.UNREAD,
    "古い記入用ブック": looks.TEMPLATES,
}


def style_of(cell: openpyxl.cell.Cell) -> Style:
    """Return the style of a cell as the summary describes it; all of its cells have the same lines round them."""
    fill = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else None
    assert {cell.border.left.style, cell.border.right.style, cell.border.top.style, cell.border.bottom.style} == {
        "thin"
    }
    return Style(
        colour=cell.font.color.rgb[2:],
        size=cell.font.sz,
        underline=cell.font.u is not None,
        fill=fill,
        edges=looks.TEXT.edges,
        wrap=bool(cell.alignment.wrap_text),
        align=cell.alignment.horizontal,
        vertical=cell.alignment.vertical,
        indent=int(cell.alignment.indent),
        shows=cell.number_format,
    )


@pytest.mark.parametrize("name", TABLES)
def test_each_cell_of_a_table_looks_as_its_column_is_described(
    name: str, run: Run, returned: Path, tmp_path: Path
) -> None:
    run("check", returned, "--out", tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "点検まとめ.xlsx")[name]
    assert sheet.max_row > 3
    for row in sheet.iter_rows(min_row=4):
        for cell, column in zip(row, TABLES[name], strict=True):
            if cell.column > 1 and not str(cell.value).startswith("=HYPERLINK"):
                assert style_of(cell) == column.style, cell.coordinate


def test_a_first_cell_is_filled_and_a_link_is_one(tmp_path: Path) -> None:
    out, fill = BytesIO(), looks.COLOURS[looks.Weight.BLOCK]
    with summary_book(out, "点検まとめ", looks.ROW_STYLES) as book:
        table = book.table(looks.head("見直す箇所", "", looks.FINDINGS), looks.FINDINGS)
        values = ["算定不可", "D01", "", "", "", Link("日報!A1", "a.xlsx", "'日報'!A1"), "", "", "a.xlsx"]
        table.put([table._rows.row(values, fill).encode()])
    first, *_, link = openpyxl.load_workbook(out)["見直す箇所"][4][:6]
    assert (first.fill.fgColor.rgb, style_of(link)) == (f"FF{fill}", looks.LINK)


def test_styles_have_the_numbers_that_rows_made_elsewhere_name() -> None:
    known = Looks(Workbook(BytesIO(), {"in_memory": True}), FONT)
    assert [known.number(style) for style in looks.ROW_STYLES.styles] == [
        looks.ROW_STYLES.number(style) for style in looks.ROW_STYLES.styles
    ]


def test_a_summary_stops_where_xlsxwriter_numbers_styles_in_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Format._get_xf_index
    monkeypatch.setattr(Format, "_get_xf_index", lambda form: before(form) + 1)
    with pytest.raises(RuntimeError, match="XlsxWriter"), summary_book(BytesIO(), "点検まとめ", looks.ROW_STYLES):
        pass


def test_a_summary_given_up_is_not_written_on_the_way_out() -> None:
    out = BytesIO()
    with pytest.raises(KeyError), summary_book(out, "点検まとめ", looks.ROW_STYLES) as book:
        raise KeyError
    assert book.book.fileclosed  # XlsxWriter asks this when the book is collected
    assert out.getvalue() == b""


def test_the_summary_has_the_ink_and_the_lines_of_our_other_workbooks() -> None:
    look = canonical().book
    assert (look.font, look.ink, look.line) == (FONT, looks.TEXT.colour, looks.TEXT.edges.colour)
    assert look.quiet == looks.HINT.colour
