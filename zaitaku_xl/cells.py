"""A cell and a sheet as read: what whoever holds a workbook tells those who look into it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

Position = tuple[int, int]  # row and column, from 1
Origin = tuple[str, int, int]  # sheet, row and column

EPOCH_1904 = 1462  # days between the two date systems


class Kind(Enum):
    """What a cell holds. A blank, an error and a formula never calculated are three different things."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a number under a date or time format: the value is the serial
    BOOLEAN = "boolean"
    ERROR = "error"  # the value is the error text, "#N/A"
    UNCALCULATED = "uncalculated"  # a formula without a stored value
    UNPLACED = "unplaced"  # of an office's own sheet: which of its columns it would be nobody can tell

    __hash__ = object.__hash__  # each member is one object; a cell is looked up by its kind too, and often


class Cell(NamedTuple):
    """A cell that is not blank. A serial (DATE) counts days from the workbook's own epoch."""

    kind: Kind
    value: str | float | bool
    style: int = 0  # the workbook's own number for how the cell looks


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """One sheet as read: ``rows[row][column]``, both from 1; blank cells and rows are absent.

    A host may keep the rows in a way of its own: whoever wants whole columns asks for ``columns``, and two grids are
    equal where they say the same.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    date1904: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    hidden: bool = False  # the sheet itself
    origins: Mapping[Position, Origin] | None = None  # of a table put together from an office's own sheets

    def is_hidden(self, row: int, column: int) -> bool:
        """Tell whether a person who opens the sheet does not see this cell."""
        return row in self.hidden_rows or any(first <= column <= last for first, last in self.hidden_columns)

    def words(self, row: int) -> list[str]:
        """Return the texts of a row."""
        return [str(cell.value) for cell in self.rows[row].values() if cell.kind is Kind.TEXT]

    def columns(self, rows: Iterable[int], wanted: Sequence[int]) -> list[Sequence[Cell | None]]:
        """Return the cells of each *wanted* column in these rows, None where a cell is blank."""
        lines = [self.rows[row] for row in rows]
        return [_column(lines, column) for column in wanted]

    def used_columns(self, rows: Iterable[int]) -> set[int]:
        """Return the columns in which these rows have a cell."""
        return set[int]().union(*(self.rows[row] for row in rows))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grid) and self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]

    def _all(self) -> tuple[object, ...]:
        return self.name, self.rows, self.date1904, self.hidden_rows, self.hidden_columns, self.merged, self.hidden


def _column(lines: Iterable[Mapping[int, Cell]], column: int) -> list[Cell | None]:
    return [line.get(column) for line in lines]


@lru_cache(maxsize=65536)
def serial_day(serial: float, date1904: bool = False) -> date | None:
    """Return the day of an Excel serial, or None where Excel itself is unsure (before 1900-03-01) or out of range."""
    if date1904:
        serial += EPOCH_1904
    if not 61 <= serial < 2_958_466:
        return None
    return date(1899, 12, 30) + timedelta(days=int(serial))
