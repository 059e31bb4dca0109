"""A cell and a sheet as read: what whoever holds a workbook tells those who look into it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple


class Kind(Enum):
    """What a cell holds. A blank, an error and a formula never calculated are three different things."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a number under a date or time format: the value is the serial
    BOOLEAN = "boolean"
    ERROR = "error"  # the value is the error text, "#N/A"
    UNCALCULATED = "uncalculated"  # a formula without a stored value

    __hash__ = object.__hash__  # each member is one object; a cell is looked up by its kind too, and often


class Cell(NamedTuple):
    """A cell that is not blank. A serial (DATE) counts days from the workbook's own epoch."""

    kind: Kind
    value: str | float | bool
    style: int = 0  # the workbook's own number for how the cell looks


Kept = tuple[Any, Any, int]  # what a host keeps of a cell until it is asked what it is; alike where the cells are alike


class Meaning:
    """What the kept cells of a workbook are; here they are the cells themselves."""

    def cell(self, kept: Kept) -> Cell:
        return kept if isinstance(kept, Cell) else Cell(*kept)

    def texts(self, kept: Sequence[Kept | None]) -> list[str] | None:
        """Return texts, "" for a blank; None where there is anything else."""
        found = [cell[1] if cell else "" for cell in kept if cell is None or cell[0] is _TEXT]
        return found if len(found) == len(kept) else None

    def words(self, kept: Iterable[Kept | None]) -> list[str]:
        """Return the texts among the cells."""
        return [cell[1] for cell in kept if cell and cell[0] is _TEXT]


_TEXT, _MEANING = Kind.TEXT, Meaning()


class Strip(NamedTuple):
    """The cells of a column in some rows."""

    kept: Sequence[Kept | None]
    meaning: Meaning

    def cells(self) -> list[Cell | None]:
        return [self.meaning.cell(kept) if kept else None for kept in self.kept]

    def texts(self) -> list[str] | None:
        """Return texts, "" for a blank; None where there is anything else."""
        return self.meaning.texts(self.kept)


_NOWHERE = 0
Line = tuple[tuple[int, ...], Sequence[Kept | None]]  # in which columns (0: in none), the cells that stand there


class Lines(Mapping[int, Mapping[int, Cell]]):
    """The rows of a sheet as they were read: one by column is made when somebody asks for it.

    A sheet has hundreds of rows and a check wants the columns of most. Nothing stands in the first place of a line.
    """

    __slots__ = ("_lines", "_meaning")

    def __init__(self, lines: Mapping[int, Line], meaning: Meaning) -> None:
        self._lines, self._meaning = lines, meaning

    def __getitem__(self, row: int) -> Mapping[int, Cell]:
        cell = self._meaning.cell
        return {column: cell(kept) for column, kept in zip(*self._lines[row], strict=True) if kept}

    def __iter__(self) -> Iterator[int]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, row: object) -> bool:
        return row in self._lines

    def __repr__(self) -> str:
        return repr(dict(self))

    def words(self, row: int) -> list[str]:
        """Return the texts of a row."""
        return self._meaning.words(self._lines[row][1])

    def columns(self, rows: Iterable[int], wanted: Sequence[int]) -> list[Strip]:
        """Return the *wanted* columns in these rows; of no rows there are no columns."""
        lines = [self._lines[row] for row in rows]
        shapes = {id(columns): columns for columns, _ in lines}  # rows alike share one, which is not hashed for each
        used = [_NOWHERE, *{column for shape in shapes.values() for column in shape}.intersection(wanted)]
        found: dict[int, Sequence[Kept | None]] = {}
        if len(used) > 1:
            in_places = {key: itemgetter(*map(_places(shape).__getitem__, used)) for key, shape in shapes.items()}
            picked = [in_places[id(columns)](cells) for columns, cells in lines]
            found = dict(zip(used, zip(*picked, strict=True), strict=True))
        blank = (None,) * len(lines)
        return [Strip(found.get(column, blank), self._meaning) for column in wanted] if lines else []


def _places(shape: Sequence[int]) -> dict[int, int]:
    """Return the place of each column; the first place, where nothing stands, for any other."""
    return defaultdict(int, {column: place for place, column in enumerate(shape) if column})


def in_columns(grid: "Grid", rows: Sequence[int], wanted: Sequence[int]) -> list[Strip]:
    """Return the *wanted* columns in these rows; of no rows there are no columns."""
    lines = grid.rows
    if isinstance(lines, Lines):
        return lines.columns(rows, wanted)
    columns = zip(*[[*map(lines[row].get, wanted)] for row in rows], strict=True)
    return [Strip(cells, _MEANING) for cells in columns]


def words_in(grid: "Grid", row: int) -> list[str]:
    """Return the texts of a row."""
    lines = grid.rows
    return lines.words(row) if isinstance(lines, Lines) else _MEANING.words(lines[row].values())


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
