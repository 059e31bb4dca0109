"""The kinds of rows of a sheet: rows of one kind have their cells in the same columns, and all are hidden or all shown."""

from typing import NamedTuple

from zaitaku_xl.cells import Cell
from zaitaku_xl.hosts.reading.cell_values import Values
from zaitaku_xl.hosts.reading.fast_pieces import LONGEST, Head, Place, read_head, seems_to_lead_to
from zaitaku_xl.hosts.reading.fast_strings import Unsure
from zaitaku_xl.hosts.reading.lines import NOWHERE, RowShape

START = b'><row r="'  # the bracket is the last one of the row above


class RowKind(NamedTuple):
    """What rows have in common. Each of their pieces is looked up in its place; what is none there is ``Unsure``."""

    is_hidden: bool
    shape: RowShape
    places: tuple[dict[bytes, Cell | None], ...]


class RowKinds:
    """The kinds met so far. Different kinds share the places that lead to the same column, so each piece is read once."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._kinds: dict[tuple[bool, tuple[int, ...]], RowKind] = {}
        self._places: dict[int, Place] = {}
        self._leads = _Leads()

    def kind_of(self, pieces: list[bytes]) -> RowKind:
        """Return the kind of a row that is cut into these pieces, if each of them is one; raises Unsure."""
        if len(pieces) < 2 or pieces[0] != START:
            raise Unsure
        is_hidden, first = read_head(pieces[1])
        columns = (first, *map(self._leads.__getitem__, pieces[2:]))
        key = is_hidden, columns
        if key not in self._kinds:
            self._kinds[key] = self._new_kind(is_hidden, columns)
        return self._kinds[key]

    def _new_kind(self, is_hidden: bool, columns: tuple[int, ...]) -> RowKind:
        *standing, behind_last = columns
        if behind_last != NOWHERE or NOWHERE in standing or len(set(standing)) != len(standing):
            raise Unsure
        start: dict[bytes, Cell | None] = {START: None}
        head = Head(is_hidden, columns[0])
        return RowKind(
            is_hidden=is_hidden,
            shape=RowShape((NOWHERE, NOWHERE, *standing)),
            places=(start, head, *map(self._place, columns[1:])),
        )

    def _place(self, column: int) -> Place:
        if column not in self._places:
            self._places[column] = Place(column, self._values)
        return self._places[column]


class _Leads(dict[bytes, int]):
    """A piece -> the column that it seems to lead to."""

    def __missing__(self, piece: bytes) -> int:
        column = seems_to_lead_to(piece)
        if len(piece) <= LONGEST:
            self[piece] = column
        return column
