"""Forms made from the facts a test states, as a person would find them in the workbook."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests import logs
from zaitaku_xl.book.read import read_log
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.check import check
from zaitaku_xl.forms import plan
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.writing.new_book import copied, written
from zaitaku_xl.law import load_law
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.sheets import demo

Cells = dict[tuple[int, int], Any]
WEEKDAYS = "月火水木金土日"


def source(tables: logs.Tables) -> plan.Source:
    """Judge the workbook that *tables* describe, as tests/logs.py understands them."""
    log = read_log(logs.grids(tables))
    return plan.Source(log, logs.judged(log, tables, load_law()), load_law())


@cache
def source_of(path: Path) -> plan.Source:
    """Judge a workbook on disk."""
    log = read_log(ClosedBook.opened(path).grids(lambda _: True))
    return plan.Source(log, check(log, load_law()), load_law())


def sheets(tables: logs.Tables, form: str, client: str | None = None, reason: str | None = None) -> list[MadeSheet]:
    made = source(tables)
    return list(plan.sheets(made, plan.keys(made, plan.forms_named(form), client, reason)))


def workbook(folder: Path, tables: logs.Tables, name: str = "book.xlsx") -> Path:
    """Write the workbook that *tables* describe."""
    path = folder / name
    path.write_bytes(copied(logs.grids(tables)))
    return path


def demo_book(folder: Path, *, clean: bool = False) -> Path:
    path = folder / "demo.xlsx"
    path.write_bytes(written(demo.demo(clean)))
    return path


def cells(sheet: MadeSheet) -> Cells:
    """Return what a made sheet says, blanks left out."""
    return {
        (row, column): cell.value
        for row, line in enumerate(sheet.rows, 1)
        for column, cell in enumerate(line, 1)
        if cell is not None and cell.value != ""
    }


def cells_in(sheet: Worksheet) -> Cells:
    """Return what another reader finds in a worksheet, our own two lines below the print area left out."""
    found = {(c.row, c.column): c.value for line in sheet.iter_rows() for c in line if c.value not in (None, "")}
    last = max(row for row, _ in found)
    return {(row, column): value for (row, column), value in found.items() if row < last - 1}


def lines(sheet: MadeSheet) -> list[list[Any]]:
    """Return what each row says, from left to right; blank cells and blank rows left out."""
    told = ([cell.value for cell in row if cell is not None and cell.value != ""] for row in sheet.rows)
    return [line for line in told if line]


def texts(sheet: MadeSheet) -> str:
    return "\n".join(str(value) for _, value in sorted(cells(sheet).items()))


def find(sheet: MadeSheet, text: str) -> tuple[int, int]:
    """Return where a text stands; it must stand once."""
    (where,) = [where for where, value in cells(sheet).items() if value == text]
    return where


def grid(sheet: MadeSheet) -> Grid:
    """Return the sheet as our own reader is given it."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), value in cells(sheet).items():
        kind = Kind.TEXT if isinstance(value, str) else Kind.NUMBER
        rows.setdefault(row, {})[column] = Cell(kind, value if isinstance(value, str) else float(value))
    return Grid(sheet.name, rows)


def rows_of(path: Path, sheet: str, heading: str = "氏名") -> list[Mapping[str, Any]]:
    """Return the rows of a table of the office's own as dictionaries, read by openpyxl."""
    page = openpyxl.load_workbook(path)[sheet]
    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    top = next(n for n, line in enumerate(lines) if heading in line)
    headings = lines[top]
    return [dict(zip(headings, line, strict=True)) for line in lines[top + 1 :] if any(v is not None for v in line)]
