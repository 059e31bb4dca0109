"""A sheet of ours to read and print: rows laid one under another, each as high as its text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zaitaku_xl.draft import Area, Draft, DraftCell, DraftColumn, DraftSheet, PrintSetup
from zaitaku_xl.measure import lines
from zaitaku_xl.sheets.canonical import BookLook, canonical

_LEADING = 1.7  # of the font's size, from one line to the next in Yu Gothic
_AIR = 5  # points above and below a text


@dataclass
class Page:
    """Rows under construction; ``row`` is the last one laid."""

    widths: Sequence[float]
    cells: dict[tuple[int, int], DraftCell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    row: int = 0

    def gap(self, height: float = 10) -> None:
        self.row += 1
        self.heights[self.row] = height

    def add(self, *cells: DraftCell) -> None:
        """Lay a row, a cell a column."""
        self.row += 1
        for column, cell in enumerate(cells, 1):
            self.cells[self.row, column] = cell
        self.heights[self.row] = max(_height(cell, width) for cell, width in zip(cells, self.widths, strict=True))

    def across(self, cell: DraftCell) -> None:
        """Lay a text over all columns."""
        self.row += 1
        self.cells[self.row, 1] = cell
        self.merges.append(Area(self.row, 1, self.row, len(self.widths)))
        self.heights[self.row] = _height(cell, sum(self.widths))

    def sheet(self, name: str, printing: PrintSetup, *, frozen: int = 0, tab: str | None = None) -> DraftSheet:
        columns = tuple(DraftColumn(width) for width in self.widths)
        return DraftSheet(
            name, self.cells, columns, self.heights, (frozen, 0), merges=tuple(self.merges), printing=printing, tab=tab,
            gridlines=False,
        )  # fmt: skip


def _height(cell: DraftCell, width: float) -> float:
    look = cell.look
    halves = (width - 2 - 2 * look.indent) * 10 / look.size  # widths are told in characters of size 10
    count = lines(str(cell.value or ""), halves) if look.wrap else 1
    return look.size * _LEADING * count + _AIR


def page_breaks(heights: Sequence[tuple[int, float]], room: float) -> tuple[int, ...]:
    """Return the rows that begin a page where blocks (first row, points) are not cut and *room* points fit on one.

    >>> page_breaks([(1, 50.0), (4, 40.0), (9, 30.0), (12, 70.0)], 100)
    (9, 12)
    """
    begins, used = [], 0.0
    for first, height in heights:
        if used and used + height > room:
            begins.append(first)
            used = 0.0
        used += height
    return tuple(begins)


def look() -> BookLook:
    """Font, ink and lines of every workbook of ours."""
    return canonical().book


def draft(title: str, *sheets: DraftSheet) -> Draft:
    return Draft(title, look().font, look().size, look().dated, sheets)
