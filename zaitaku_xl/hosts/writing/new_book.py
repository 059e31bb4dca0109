"""A workbook of ours becomes an .xlsx file, made by XlsxWriter: the same book makes the same bytes."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.hosts.writing.sheet_printer import Looks, print_sheet
from zaitaku_xl.made import TEMPLATE_PROPERTY, MadeBook
from zaitaku_xl.measure import cut

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]


def written(book: MadeBook) -> bytes:
    """Return the workbook file."""
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": book.font, "font_size": book.size},
    }
    file = _workbook(out, options)
    file.set_properties({"title": book.title, "created": datetime.fromisoformat(book.dated)})
    if book.template:
        file.set_custom_property(TEMPLATE_PROPERTY, book.template, "text")
    file.set_size(2400, 1500)
    looks = Looks(file, book.font)
    for sheet in book.sheets:
        print_sheet(file.add_worksheet(sheet.name), sheet, looks)
    file.close()
    return out.getvalue()


def _workbook(out: BytesIO, options: dict[str, Any]) -> "Workbook":
    from xlsxwriter import Workbook  # noqa: PLC0415  (a click that makes no workbook does not wait for it)

    return Workbook(out, options)


# ---- a copy of what was read


def copied(grids: Iterable[Grid]) -> bytes:
    """Return a workbook that shows what was read, cell by cell at the same addresses; text is always text."""
    out = BytesIO()
    book = _workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1)})
    shown = {
        "day": book.add_format({"num_format": "yyyy/m/d"}),
        "time": book.add_format({"num_format": "[h]:mm"}),
        "both": book.add_format({"num_format": "yyyy/m/d h:mm"}),
    }
    for grid in grids:
        page = book.add_worksheet(grid.name)
        page.set_column(0, 60, 14)
        for row, cells in grid.rows.items():
            for column, cell in cells.items():
                _copy(page, row - 1, column - 1, cell, shown)
    book.close()
    return out.getvalue()


def _copy(page: "Worksheet", row: int, column: int, cell: Cell, shown: "dict[str, Format]") -> None:
    if isinstance(cell.value, str):
        page.write_string(row, column, cut(cell.value))
    elif cell.kind is Kind.BOOLEAN:
        page.write_boolean(row, column, cell.value)
    elif cell.kind is Kind.DATE:
        look = "time" if cell.value < 61 else "day" if cell.value == int(cell.value) else "both"
        page.write_number(row, column, cell.value, shown[look])
    else:
        page.write_number(row, column, cell.value)
