"""A sheet of ours to read and print: rows laid one under another, each as high as its text."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from zaitaku_xl.made import THIN, Edges, MadeBook, MadeCell, MadeSheet, Page, Style
from zaitaku_xl.measure import LEADING, lines
from zaitaku_xl.paper import BarePaper
from zaitaku_xl.sheets.canonical import BookLook, canonical

_AIR = 5  # points above and below a text
BAND = "E9EDF1"  # under headings
BELOW = "&L&9&A&R&9&P / &N"
UPRIGHT = Page(top=0.4, below=BELOW)
ON_ITS_SIDE = Page(landscape=True, top=0.4, below=BELOW)


class ReadingPaper(BarePaper):
    """A paper to read from top to bottom."""

    def line(self, *cells: MadeCell) -> None:
        """Lay the next row, a cell a column."""
        self.row += 1
        for column, cell in enumerate(cells, 1):
            self.cells[self.row, column] = cell
        self.heights[self.row] = max(_height(cell, width) for cell, width in zip(cells, self.widths, strict=True))

    def across(self, words: str, style: Style) -> None:
        """Lay a text over all columns."""
        self.put(self.row + 1, 1, words, style, to=(self.row + 1, self.width))
        self.heights[self.row] = _height(MadeCell(words, style), sum(self.widths))

    def headings(self, words: Sequence[str]) -> None:
        """Lay the headings of a table."""
        style = replace(ink(), bold=True, fill=BAND, edges=ruled(), align="center")
        self.line(*(MadeCell(heading, style) for heading in words))

    def sheet(self, name: str, page: Page, *, frozen: int = 0) -> MadeSheet:
        return MadeSheet(
            name=name,
            rows=self.rows,
            widths=tuple(self.widths),
            frozen=(frozen, 0),
            heights=dict(self.heights),
            merges=tuple(self.merges),
            page=page,
            column_styles=(ink(),) * self.width,
        )


def _height(cell: MadeCell, width: float) -> float:
    style = cell.style
    halves = (width - 2 - 2 * style.indent) * 10 / style.size  # widths are told in characters of size 10
    count = lines(str(cell.value), halves) if style.wrap else 1
    return style.size * LEADING * count + _AIR


def page_breaks(heights: Sequence[tuple[int, float]], room: float) -> tuple[int, ...]:
    """Return the rows after which a page ends where blocks (first row, points) are not cut and *room* points fit on one.

    >>> page_breaks([(1, 50.0), (4, 40.0), (9, 30.0), (12, 70.0)], 100)
    (8,)
    """
    ends, used = [], 0.0
    for first, height in heights:
        if used and used + height > room:
            ends.append(first - 1)
            used = 0.0
        used += height
    return tuple(ends)


def look() -> BookLook:
    """Font, ink and lines of every workbook of ours."""
    return canonical().book


@cache
def ink() -> Style:
    """The plainest cell of such a workbook."""
    return Style(colour=look().ink, vertical="center")


@cache
def ruled() -> Edges:
    """Thin lines all round in the colour of our workbooks."""
    return replace(THIN, colour=look().line)


@cache
def text() -> Style:
    """A cell of a table that is read."""
    return replace(ink(), edges=ruled(), wrap=True, vertical="top", indent=1)


def made_book(title: str, *sheets: MadeSheet) -> MadeBook:
    return MadeBook(
        title=title,
        font=look().font,
        size=look().size,
        dated=look().dated.isoformat(),
        sheets=sheets,
    )
