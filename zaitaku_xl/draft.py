"""A workbook of ours before it is written: plain values, looks and places, no spreadsheet library.

Rows and columns count from 1, as in ``cells``. What the words mean is the business of ``book``; how a file is made of
them is the business of ``hosts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

Value = str | int | float | date | time


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. Colours are RRGGBB; ``shows`` is a number format, "@" for text."""

    bold: bool = False
    size: float = 10
    colour: str = "1F2933"
    fill: str | None = None
    line: str | None = None  # colour of a thin border all round
    edge: str | None = None  # colour of a stronger left border: a group of columns begins
    wrap: bool = False
    align: str = "left"  # left, center, right
    vertical: str = "center"  # top, center, bottom
    indent: int = 0
    underline: bool = False
    shows: str = "General"


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A value in a look; ``link`` names a sheet of the same workbook. Text is always text, whatever it begins with."""

    value: Value | None
    look: Look = Look()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """Width in characters, and the look of the cells nobody has filled yet."""

    width: float
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of one sheet, all four sides included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Guard:
    """What an area accepts. ``kind``: list, date, time, number, digits (ten of them) or any (a prompt alone).

    A list has its ``words`` here or reads them from ``source``, an area of another sheet. What does not fit is refused
    where ``strict``, else questioned.
    """

    area: Area
    kind: str
    words: tuple[str, ...] = ()
    source: tuple[str, Area] | None = None
    strict: bool = False
    error: str = ""
    prompt: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Thin lines under the rows whose key cell is filled: a blank row is not ruled, so it is not printed either."""

    area: Area
    key_column: int
    line: str


@dataclass(frozen=True, slots=True)
class PrintSetup:
    """A4. Without ``scale`` the sheet is fitted to one page wide; with it, ``breaks`` name the columns that begin a page."""

    landscape: bool = True
    scale: int | None = None
    breaks: tuple[int, ...] = ()
    row_breaks: tuple[int, ...] = ()  # rows that begin a page; they need a ``scale`` too
    repeat_rows: tuple[int, int] | None = None
    repeat_columns: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """One sheet: cells by (row, column), and everything around them."""

    name: str
    cells: Mapping[tuple[int, int], DraftCell]
    columns: tuple[DraftColumn, ...]
    heights: Mapping[int, float] = field(default_factory=dict)  # points
    frozen: tuple[int, int] = (0, 0)  # rows and columns that stay in sight
    filtered: Area | None = None
    guards: tuple[Guard, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    merges: tuple[Area, ...] = ()
    printing: PrintSetup = PrintSetup()
    tab: str | None = None
    gridlines: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole workbook. ``dated`` stands in for the clock, so that the same draft makes the same bytes."""

    title: str
    font: str
    size: float
    dated: date
    sheets: tuple[DraftSheet, ...]
    template: str | None = None  # the version of the template, told in the document's properties

    def sheet(self, name: str) -> DraftSheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)
