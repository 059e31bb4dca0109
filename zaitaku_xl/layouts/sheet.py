"""A sheet as a person sees it: merged cells carry their value over all they cover, rows have an order, titles a month."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zaitaku_xl.book.dates import month_in
from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.book.titles import joined
from zaitaku_xl.cells import Cell, Grid, Kind, Position, serial_day
from zaitaku_xl.layouts.pieces import Placed
from zaitaku_xl.model import Month

_MOST_TITLES = 12  # rows above a table in which its month may stand


@dataclass(frozen=True, slots=False, eq=False)
class Sheet:
    """One sheet and what helps to look around in it."""

    grid: Grid

    @property
    def name(self) -> str:
        return self.grid.name

    @cached_property
    def rows(self) -> list[int]:
        """The numbers of rows that hold anything, in order."""
        return sorted(number for number, cells in self.grid.rows.items() if any(map(_says, cells.values())))

    def between(self, first: int, last: int) -> list[int]:
        """Return the rows that hold anything from *first* to *last*, both counted."""
        return self.rows[bisect_left(self.rows, first) : bisect_right(self.rows, last)]

    @cached_property
    def _covered(self) -> dict[Position, Position]:
        """Each cell under a merged one -> the cell that carries its value."""
        found: dict[Position, Position] = {}
        for first, left, last, right in self.grid.merged:
            for row in self.between(first, last):
                if right - left < 512:
                    found |= {(row, column): (first, left) for column in range(left, right + 1)}
        return found

    def samples(self, column: int, after: int, most: int = 3) -> tuple[Cell, ...]:
        """Return the first different cells of a column below a row."""
        found: dict[str, Cell] = {}
        for row in self.between(after + 1, after + 50):
            cell = self.own(row, column)
            if cell is not None and len(found) < most:
                found.setdefault(shown(cell), cell)
        return tuple(found.values())

    def carrier(self, row: int, column: int) -> Position:
        """Return the cell whose value a person sees here: the first of a merged area."""
        return self._covered.get((row, column), (row, column))

    def width(self, row: int, column: int) -> int:
        """Return over how many columns the cell is merged, 1 where it is not."""
        for first, left, last, right in self.grid.merged:
            if first <= row <= last and left <= column <= right:
                return right - left + 1
        return 1

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell seen here; blank text is no cell."""
        row, column = self.carrier(row, column)
        cell = self.grid.rows.get(row, {}).get(column)
        return cell if cell and _says(cell) else None

    def own(self, row: int, column: int) -> Cell | None:
        """Return the cell that stands just here, without what a merged area lends it."""
        cell = self.grid.rows.get(row, {}).get(column)
        return cell if cell and _says(cell) else None

    def words(self, row: int, column: int) -> str:
        """Return what is seen here, for comparing: NFKC, no blanks, no line ends; "" for a blank."""
        cell = self.at(row, column)
        return folded(shown(cell)) if cell and cell.kind is Kind.TEXT else self._number(cell)

    def _number(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        if cell.kind is Kind.DATE and (day := serial_day(float(cell.value), self.grid.date1904)):
            return day.isoformat()
        return shown(cell)

    def placed(self, row: int, column: int) -> Placed | None:
        """Return the value seen here and where it stands."""
        cell = self.at(row, column)
        return Placed(cell, (self.name, *self.carrier(row, column))) if cell else None

    def cells(self, row: int) -> Iterator[tuple[int, Cell]]:
        """Yield column and cell of a row's own cells from left to right."""
        for column, cell in sorted(self.grid.rows.get(row, {}).items()):
            if _says(cell):
                yield column, cell

    def all_cells(self) -> Iterator[Position]:
        for row in self.rows:
            for column, _ in self.cells(row):
                yield row, column

    def title(self, row: int) -> str:
        """Return what a row shows from left to right as one title; a date cell on the first names its month."""
        return joined(self.grid.rows.get(row, {}), self.grid.date1904)

    def month_above(self, before: int, since: int = 1) -> Month | None:
        """Return the month that the rows before *before* (from *since* on) or the sheet's name state."""
        titles = [self.title(row) for row in self.between(since, before - 1)[:_MOST_TITLES]]
        found = {str(month): month for title in [*titles, folded(self.name)] if (month := month_in(title))}
        return next(iter(found.values())) if len(found) == 1 else None


def _says(cell: Cell) -> bool:
    return not (cell.kind is Kind.TEXT and not folded(str(cell.value))) and cell.value != ""
