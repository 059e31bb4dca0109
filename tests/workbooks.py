"""Files for tests: the workbooks that tests/logs.py describes, as .xlsx on disk."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl

from tests.logs import Tables, grids
from zaitaku_xl.cells import Kind


def workbook(tables: Tables) -> bytes:
    """Return the workbook as openpyxl writes it, formulas without stored values among them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in grids(tables):
        sheet = book.create_sheet(grid.name)
        for row, cells in grid.rows.items():
            for column, cell in cells.items():
                target = sheet.cell(row, column)
                if cell.kind is Kind.DATE:
                    target.value = date(1899, 12, 30) + timedelta(days=float(cell.value))
                elif cell.kind is Kind.UNCALCULATED:
                    target.value = "=1/0"
                else:
                    target.value = cell.value
                    if cell.kind is Kind.ERROR:
                        target.data_type = "e"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def saved(path: Path, tables: Tables) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(workbook(tables))
    return path
