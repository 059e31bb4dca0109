"""The cells below a heading row, read column by column: most cells of a column are the same few."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zaitaku_xl.book.clocks import Span
from zaitaku_xl.book.layout import Column
from zaitaku_xl.book.one_cell import read_cell, said
from zaitaku_xl.book.plain import has_invisible, plain
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import UNTICKED, Context, shown, text
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.sentence import Sentence

_TEXT = Kind.TEXT  # asked of every cell, and a member of an Enum is slow to find
Doubt = tuple[Column, Cell, Unread | Span]


@dataclass(frozen=True, slots=True)
class Columns:
    """What was read of the columns that hold anything: for each row a value, None where there is none for certain."""

    values: dict[str, list[Any]]  # by field
    doubts: dict[int, list[Doubt]]  # by the row's place among the rows: its cells that are no value


def read_columns(
    columns: Iterable[Sequence[Cell | None]], readers: Iterable[Column], context: Context, kept: Collection[str]
) -> Columns:
    """Read the cells of each column; the words of a *kept* field stand beside it as typed."""
    read = Columns({}, {})
    for cells, column in zip(columns, readers, strict=True):
        if any(cells):
            read.values[column.field] = _values(column, cells, context, read.doubts)
            if column.field in kept:
                read.values[f"{column.field}_typed"] = list(map(_Known(_typed).__getitem__, cells))
    return read


def _values(
    column: Column, cells: Sequence[Cell | None], context: Context, doubts: dict[int, list[Doubt]]
) -> list[Any]:
    if column.parse is text and len(set(cells[:_FEW])) > _FEW // 2 and (words := _words(cells)):
        return words
    known = _Known(lambda cell: read_cell(column, cell, context))
    values = list(map(known.__getitem__, cells))
    if known.has_doubts:
        _set_aside(column, cells, values, doubts)
    return values


_FEW = 32  # cells that tell whether a column holds the same few or a text of its own in each


def _words(cells: Sequence[Cell | None]) -> list[str | None] | None:
    """Return plain texts as ``text`` reads them, at one go; None where a cell is anything else."""
    words: list[Any] = [cell[1] if cell else "" for cell in cells if cell is None or cell[0] is _TEXT]
    if len(words) < len(cells) or has_invisible("".join(words)):
        return None
    words = [word or None for word in map(str.strip, words)]
    return words if UNTICKED.isdisjoint(words) else None


class _Known(dict[Cell | None, object]):
    """A cell of a column -> what it is read as; most cells of a sheet are the same few."""

    def __init__(self, read: Callable[[Cell], object]) -> None:
        super().__init__({None: None})
        self._read = read
        self.has_doubts = False

    def __missing__(self, cell: Cell) -> object:
        value = self._read(cell)
        if isinstance(value, (Unread, Span)):
            self.has_doubts = True
        if cell.value:  # 0 equals -0, and a message shows it as it is
            self[cell] = value
        return value


def _set_aside(column: Column, cells: Sequence[Cell | None], values: list[Any], doubts: dict[int, list[Doubt]]) -> None:
    for place, (cell, value) in enumerate(zip(cells, values, strict=True)):
        if cell and isinstance(value, (Unread, Span)):
            doubts.setdefault(place, []).append((column, cell, value))
            values[place] = None


def _typed(cell: Cell) -> str | None:
    return plain(shown(cell)) or None


# ---- cells that are no value

_PAIRS = {"start": "end", "break_start": "break_end"}


def settle(doubts: Iterable[Doubt], place: int, columns: dict[str, list[Any]], unread: dict[str, Sentence]) -> None:
    """Place the doubtful cells of a row: times in the columns they belong to, in *unread* why a cell cannot be read."""
    ends: dict[str, int] = {}
    for column, cell, doubt in doubts:
        if isinstance(doubt, Unread):
            unread[column.field] = said(column.heading, cell, doubt)
        elif column.field in _PAIRS:  # 「9:30～15:00」 under 開始 fills 開始 and 終了
            columns[column.field][place], ends[_PAIRS[column.field]] = doubt.start, doubt.end
        else:
            unread[column.field] = Sentence(f"{column.heading}に2つの時刻があります")
    for field, end in ends.items():
        typed = columns.setdefault(field, [None] * len(columns[column.field]))
        if typed[place] is None:
            typed[place] = end
        elif typed[place] != end:
            unread[field] = Sentence("開始の範囲と終了の時刻が合いません")
            typed[place] = None
