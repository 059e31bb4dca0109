"""What a workbook and a host tell each other: a cell as read, a mark to lay, a sheet to make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

_LETTERS = 26


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell, both counted from 1."""
    return f"{column_letters(column)}{row}"


class Kind(Enum):
    """What a cell holds. A blank, an error and a formula never calculated are three different things."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a number under a date or time format: the value is the serial
    BOOLEAN = "boolean"
    ERROR = "error"  # the value is the error text, "#N/A"
    UNCALCULATED = "uncalculated"  # a formula without a stored value


class Cell(NamedTuple):
    """A cell that is not blank. A serial (DATE) counts days from the workbook's own epoch."""

    kind: Kind
    value: str | float | bool
    style: int = 0  # the workbook's own number for how the cell looks


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as read: ``rows[row][column]``, both from 1; blank cells and rows are absent."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    date1904: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column

    def is_hidden(self, row: int, column: int) -> bool:
        """Tell whether a person who opens the sheet does not see this cell."""
        return row in self.hidden_rows or any(first <= column <= last for first, last in self.hidden_columns)

    def __hash__(self) -> int:
        return hash(self.name)


@lru_cache(maxsize=4096)
def serial_day(serial: float, date1904: bool = False) -> date | None:
    """Return the day of an Excel serial, or None where Excel itself is unsure (before 1900-03-01) or out of range."""
    if date1904:
        serial += 1462
    if not 61 <= serial < 2_958_466:
        return None
    return date(1899, 12, 30) + timedelta(days=int(serial))


@dataclass(frozen=True, slots=True)
class Mark:
    """A colour and a note for one cell. ``rule`` goes into the marker of the colour layer."""

    sheet: str
    row: int
    column: int
    rule: str
    colour: str  # RRGGBB
    note: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell of a sheet we make looks; the default is plain text, top left."""

    bold: bool = False
    size: float = 10
    colour: str = "222222"
    fill: str | None = None
    border: bool = False
    wrap: bool = False
    underline: bool = False
    align: str = "left"  # left, center, right


@dataclass(frozen=True, slots=True)
class MadeCell:
    """A value with a style and perhaps a link to (sheet, row, column) of the same workbook. Text is always text."""

    value: str | int | float
    style: Style = Style()
    link: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet to add to somebody's workbook: rows of cells (None is blank), widths in characters, print set-up."""

    name: str
    rows: tuple[tuple[MadeCell | None, ...], ...]
    widths: tuple[float, ...]
    heading_row: int  # from 1; frozen, repeated in print, filtered; 0 for none
    heights: Mapping[int, float] = field(default_factory=dict)  # points, by row from 1
    landscape: bool = True
    merges: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
