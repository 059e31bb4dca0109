"""Days that lie side by side in a client's days, told by where they begin and end: many terms share one list."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import overload

from zaitaku_xl.scopes.days import Day

_date_of = attrgetter("date")


class Stretch(Sequence[Day]):
    """The days from *begin* up to *end* of all the days of a client, which are in order; nothing is copied."""

    __slots__ = ("all", "begin", "end")

    def __init__(self, days: tuple[Day, ...], begin: int = 0, end: int | None = None) -> None:
        self.all = days
        self.begin = begin
        self.end = len(days) if end is None else end

    @classmethod
    def between(cls, days: tuple[Day, ...], first: date, last: date) -> "Stretch":
        begin = bisect_left(days, first, key=_date_of)
        return cls(days, begin, bisect_right(days, last, begin, key=_date_of))

    def __len__(self) -> int:
        return self.end - self.begin

    @overload
    def __getitem__(self, at: int) -> Day: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Day, ...]: ...
    def __getitem__(self, at: int | slice) -> Day | tuple[Day, ...]:
        if isinstance(at, slice):
            return self.all[self.begin : self.end][at]
        place = self.begin + at if at >= 0 else self.end + at
        if not self.begin <= place < self.end:
            raise IndexError(at)
        return self.all[place]

    def __iter__(self) -> Iterator[Day]:
        return map(self.all.__getitem__, range(self.begin, self.end))
