"""A sheet as the fast reader keeps it: the cells of a row in a list, and beside it the columns in which they stand.

A sheet has hundreds of rows and a check wants the columns of most. So a row by column is made only when somebody asks
for it, and columns are picked out of all rows at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from zaitaku_xl.cells import Cell, Grid, Kind

NOWHERE = 0  # no column; nothing stands there

Cells = Sequence[Cell | None]


class RowShape:
    """In which columns the cells of a row stand. Rows that are alike share one, and the first place is nowhere."""

    __slots__ = ("columns",)

    def __init__(self, columns: Iterable[int]) -> None:
        self.columns = tuple(columns)

    def picker(self, wanted: Iterable[int]) -> Callable[[Cells], Cells]:
        """Return what picks nothing and then the *wanted* columns out of the cells of such a row."""
        places = {column: place for place, column in enumerate(self.columns)}
        return itemgetter(0, *[places.get(column, 0) for column in wanted])


Line = tuple[RowShape, Cells]


class Lines(Mapping[int, Mapping[int, Cell]]):
    """The rows of a sheet by number; each is made by column when it is asked for."""

    __slots__ = ("_lines",)

    def __init__(self, lines: Mapping[int, Line]) -> None:
        self._lines = lines

    def __getitem__(self, row: int) -> Mapping[int, Cell]:
        shape, cells = self._lines[row]
        return {column: cell for column, cell in zip(shape.columns, cells, strict=True) if cell}

    def __iter__(self) -> Iterator[int]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, row: object) -> bool:
        return row in self._lines

    def __repr__(self) -> str:
        return repr(dict(self))

    def line(self, row: int) -> Line:
        return self._lines[row]


class GridOfLines(Grid):
    """A sheet whose rows are lines."""

    __slots__ = ()
    rows: Lines

    def words(self, row: int) -> list[str]:
        _, cells = self.rows.line(row)
        return [str(cell.value) for cell in cells if cell and cell.kind is Kind.TEXT]

    def used_columns(self, rows: Iterable[int]) -> set[int]:
        shapes = {shape for shape, _ in map(self.rows.line, rows)}
        return set[int]().union(*(shape.columns for shape in shapes)) - {NOWHERE}

    def columns(self, rows: Iterable[int], wanted: Sequence[int]) -> list[Cells]:
        lines = list(map(self.rows.line, rows))
        shapes = {shape for shape, _ in lines}
        standing = set[int]().union(*[shape.columns for shape in shapes])
        used = [column for column in wanted if column in standing]
        blank: Cells = [None] * len(lines)
        if not used:
            return [blank] * len(wanted)
        pickers = {shape: shape.picker(used) for shape in shapes}
        picked = [pickers[shape](cells) for shape, cells in lines]
        by_column = dict(zip((NOWHERE, *used), zip(*picked, strict=True), strict=True))
        return [by_column.get(column, blank) for column in wanted]
