"""What a row has from the rows above it: merged cells, 〃, and a name that is written once for all rows below it (A-34).

A cell that says 〃 is the one above it; a merged one is all that it covers. Neither is guessed: without a readable cell
above, 〃 stays what it is, and the words of a record that are merged over several rows are no row's for certain.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zaitaku_xl.book.layout import Column
from zaitaku_xl.cells import Cell, Kind

DITTOS = frozenset(("〃", "″", "同上", "々", "仝", "”", "“", "〟", '"', "''", "′′"))
_WHOSE_AND_WHEN = ("氏名", "受給者証番号", "日付", "開始", "終了", "休憩開始", "休憩終了", "連絡時刻")
_HOW_AND_BY_WHOM = ("提供区分", "予定区分", "方法", "開始確認方法", "終了確認方法", "職員", "受けた職員", "記録者")
_FILLED = frozenset((*_WHOSE_AND_WHEN, *_HOW_AND_BY_WHOM))
_OF_A_CONTACT = re.compile("連絡[0-9](?:時刻|方法|職員)")
_RECORDS = frozenset(("training", "support", "content"))  # words that a block hangs on
Area = tuple[int, int, int, int]
Cells = list[Sequence[Cell | None]]


def fills_down(column: Column) -> bool:
    """True for 氏名, 日付, 提供区分, times, 方法, 職員 and 記録者."""
    return column.heading in _FILLED or bool(_OF_A_CONTACT.fullmatch(column.heading))


@dataclass(slots=True)
class Filled:
    """The cells of a sheet with what they have from above."""

    cells: Cells
    sources: dict[int, dict[str, int]] = field(
        default_factory=dict
    )  # by row's place: field -> row that carries the value
    covered: dict[int, list[str]] = field(
        default_factory=dict
    )  # by row's place: records that are merged with the row above

    def take(self, column: int, place: int, above: int, name: str, numbers: Sequence[int]) -> None:
        cells = self.cells[column]
        if not isinstance(cells, list):
            cells = self.cells[column] = list(cells)
        cells[place] = cells[above]
        carrier = self.sources.get(above, {}).get(name, numbers[above])
        self.sources.setdefault(place, {})[name] = carrier


def filled_down(
    cells: Cells, readers: Mapping[int, Column], numbers: Sequence[int], merged: Sequence[Area], marked: Sequence[int]
) -> Filled:
    """Return the cells of the columns in *readers*; *marked*: the places among them that hold 〃."""
    filled = Filled(list(cells))
    by_place = list(readers.values())
    names = [column.field for column in by_place]
    for place, above, column in _merged_cells(numbers, merged, list(readers)):
        name = names[column]
        if filled.cells[column][place] is None and filled.cells[column][above] is not None:
            if fills_down(by_place[column]):
                filled.take(column, place, above, name, numbers)
            elif name.rpartition(".")[2] in _RECORDS:
                filled.covered.setdefault(place, []).append(name)
    for column in marked:
        for place in range(1, len(numbers)):
            repeated = _above(filled.cells[column], place, names[column])
            if repeated is not None and is_ditto(filled.cells[column][place]):
                filled.take(column, place, repeated, names[column], numbers)
    return filled


def _merged_cells(
    numbers: Sequence[int], merged: Sequence[Area], columns: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Yield place, place of the carrying row and column of each cell that lies under a merged one."""
    for first, left, last, _ in merged:
        begin = bisect_left(numbers, first)
        if first < last and left in columns and begin < len(numbers) and numbers[begin] == first:
            for place in range(begin + 1, bisect_right(numbers, last)):
                yield place, begin, columns.index(left)


def _above(cells: Sequence[Cell | None], place: int, name: str) -> int | None:
    """The place of the cell that 〃 repeats: the one above, of a name the last one written."""
    above = place - 1
    while name == "name" and above > 0 and cells[above] is None:
        above -= 1
    return above if cells[above] is not None and not is_ditto(cells[above]) else None


def is_ditto(cell: Cell | None) -> bool:
    return cell is not None and cell[0] is Kind.TEXT and str(cell[1]).strip() in DITTOS


# ---- a name written once


_DAYS = {"entries": ("day",), "plans": ("day",), "services": ("day",), "week_reviews": ("done_on", "period_from")}


def names_below(
    table: str, columns: Mapping[str, Sequence[object]], spoken: Sequence[bool], unread: Sequence[Mapping[str, object]]
) -> dict[int, int]:
    """Return for rows without a name the row above whose name is theirs too: place -> place.

    They have a date and nothing contradicts: the dates go on, no row of that name has the date already, the number is
    no other, and the sheet writes names once, or goes on with the same one.
    """
    names = columns.get("name")
    days = next((columns[day] for day in _DAYS.get(table, ()) if day in columns), None)
    if names is None or days is None or None not in names:
        return {}
    sheet = _Sheet(
        names=names,
        days=days,
        numbers=columns.get("number") or [None] * len(names),
        spoken=spoken,
        closed=[("name" in doubtful or "day" in doubtful) for doubtful in unread],
        repeats=table == "services",
    )
    return sheet.names_below()


@dataclass(slots=True)
class _Sheet:
    """The rows of a sheet as far as names go."""

    names: Sequence[object]
    days: Sequence[object]
    numbers: Sequence[object]
    spoken: Sequence[bool]
    closed: Sequence[bool]  # the name or the date cannot be read
    repeats: bool  # a client may have several rows of one date

    def names_below(self) -> dict[int, int]:
        nameless = [place for place, name in enumerate(self.names) if name is None and self.spoken[place]]
        if not nameless:
            return {}
        named = [place for place, name in enumerate(self.names) if name is not None and self.spoken[place]]
        once = len(nameless) >= len(named) or len({self.names[place] for place in named}) == 1
        taken = {(self.names[place], self.days[place]) for place in named}
        found: dict[int, int] = {}
        carrier: int | None = None
        last: object = None
        for place, name in enumerate(self.names):
            if name is not None or self.closed[place]:
                carrier, last = (place if name is not None and not self.closed[place] else None), self.days[place]
            elif self.spoken[place] and carrier is not None:
                if self._goes_on(place, carrier, last, taken) and (
                    once or self._next_name(place) == self.names[carrier]
                ):
                    found[place], last = carrier, self.days[place]
                else:
                    carrier = None
        return found

    def _goes_on(self, place: int, carrier: int, last: object, taken: set[tuple[object, object]]) -> bool:
        day, number = self.days[place], self.numbers[place]
        if not isinstance(day, date) or (number is not None and number != self.numbers[carrier]):
            return False
        if not self.repeats and (self.names[carrier], day) in taken:
            return False
        return not isinstance(last, date) or last < day or (self.repeats and last == day)

    def _next_name(self, place: int) -> object:
        return next((name for name in self.names[place:] if name is not None), None)
