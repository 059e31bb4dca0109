"""What is to be put into a workbook: a mark to lay, a sheet to make, and the number by which ours are known again."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from zaitaku_xl.cells import Grid


class Mark(NamedTuple):
    """A colour and a note for one cell. ``rule`` goes into the marker of the colour layer."""

    sheet: str
    row: int
    column: int
    rule: str
    colour: str  # RRGGBB
    note: str


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines round a cell, each side by itself: thin, medium, hair, double, or none."""

    left: str = ""
    right: str = ""
    top: str = ""
    bottom: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell of a sheet we make looks; the default is plain text, top left."""

    bold: bool = False
    size: float = 10
    colour: str = "222222"
    fill: str | None = None
    border: bool = False  # thin grey lines all round
    wrap: bool = False
    underline: bool = False
    align: str = "left"  # left, center, right
    vertical: str = "top"  # top, center, bottom
    edges: Edges | None = None  # black lines, as official forms have them
    shows: str = "General"  # number format; "@" keeps a number that is a name a text when somebody types it anew
    shrink: bool = False  # the letters become smaller until they fit
    upright: bool = False  # written from top to bottom
    indent: int = 0  # from the edge, in characters


class MadeCell(NamedTuple):
    """A value with a style and perhaps a link to (sheet, row, column) of the same workbook. Text is always text."""

    value: str | int | float
    style: Style = Style()
    link: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet goes on A4: all of it in so many pages, margins in inches, what stands above and below.

    ``above`` and ``below`` are texts in the codes of a spreadsheet: &P is the page, &N how many, && an ampersand.
    """

    wide: int = 1
    tall: int = 0  # 0: as many as it takes
    left: float = 0.4
    right: float = 0.4
    top: float = 0.5
    bottom: float = 0.6
    centred: bool = False
    above: str = ""
    below: str = "&C&P / &N"
    repeated: tuple[int, int] | None = None  # first and last row printed on each page
    breaks: tuple[int, ...] = ()  # rows after which a new page begins
    first: int | None = None  # the number of the first page; None goes on from the sheet before


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a chart: its name and its values, each as (first row, first column, last row, last column)."""

    name: tuple[int, int, int, int]
    values: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart laid over an area of its own sheet, drawn from cells of that sheet."""

    title: str
    categories: tuple[int, int, int, int]
    series: tuple[Series, ...]
    area: tuple[int, int, int, int]  # first row, first column, last row, last column
    low: float | None = None
    high: float | None = None
    downwards: bool = False  # small values on top
    step: float = 1  # from one line of the scale to the next


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet to add to somebody's workbook: rows of cells (None is blank), widths in characters, print set-up.

    ``key`` says what the sheet is, so that the next run knows which one to make anew; it stands below what is printed.
    """

    name: str
    rows: tuple[tuple[MadeCell | None, ...], ...]
    widths: tuple[float, ...]
    heading_row: int  # from 1; frozen, repeated in print, filtered; 0 for none
    heights: Mapping[int, float] = field(default_factory=dict)  # points, by row from 1
    landscape: bool = True
    merges: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    page: Page = Page()
    charts: tuple[Chart, ...] = ()
    key: tuple[str, ...] = ()


# ---- the number by which a sheet of ours is known again

OURS = "【在宅点検】"  # how the first cell of a sheet of ours begins
STAMP = "照合番号"
KEY = "様式の控え"


MAX_TEXT = 32_767  # characters Excel holds in a cell
TEMPLATE_PROPERTY = "zaitaku_xl template"  # of a workbook: the version of the template it was made from


def stamp(cells: Mapping[tuple[int, int], str]) -> str:
    """Return the text of the last row of a sheet we make: a digest of everything above it, by (row, column)."""
    return _stamped([f"{row} {column} {cells[row, column]}\0" for row, column in sorted(cells) if cells[row, column]])


def stamp_of(rows: Iterable[Iterable[MadeCell | None]]) -> str:
    """Return the same of the rows of a sheet that is about to be made."""
    return _stamped(
        [
            f"{row} {column} {text}\0"
            for row, cells in enumerate(rows, 1)
            for column, cell in enumerate(cells, 1)
            if cell is not None and (text := shown(cell.value))
        ]
    )


def _stamped(lines: list[str]) -> str:
    return f"{STAMP} {hashlib.sha256(''.join(lines).encode('utf-8', 'replace')).hexdigest()[:16]}"


@lru_cache(maxsize=4096)
def shown(value: str | float) -> str:
    """Return what a cell we make will be found to say."""
    if not isinstance(value, str):
        return plain(value)
    return plain(value[:MAX_TEXT]) if "\r" in value or len(value) > MAX_TEXT else value


def plain(value: str | float) -> str:
    """Return a value as the digest sees it: programs disagree about 1 and 1.0, 0 and -0 and about line ends.

    >>> plain(1.0), plain(-0.0), plain("a\\r\\nb")
    ('1', '0', 'a\\nb')
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return f"{float(value) + 0.0:.12g}"


def is_as_made(cells: Mapping[tuple[int, int], str]) -> bool:
    """Tell whether the last row of a sheet still fits what stands above it."""
    last = max(cells, default=(0, 0))
    return last[1] == 1 and cells[last] == stamp({where: text for where, text in cells.items() if where != last})


def made_by_us(grid: Grid) -> bool:
    """Tell whether a sheet as read is one of ours that nobody has edited: made from records, it is no record itself."""
    first = grid.rows.get(1, {}).get(1)
    if first is None or not str(first.value).startswith(OURS):
        return False
    return is_as_made({(row, n): plain(cell.value) for row, cells in grid.rows.items() for n, cell in cells.items()})


def key_in(cells: Mapping[tuple[int, int], str]) -> tuple[str, ...]:
    """Return the key of a sheet of ours; nothing where it has none."""
    rows = [row for (row, column), text in cells.items() if column == 1 and text == KEY]
    if not rows:
        return ()
    row = max(rows)
    last = max(column for line, column in cells if line == row)
    return tuple(cells.get((row, column), "") for column in range(2, last + 1))
