"""Home days put apart by the text that serves them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from typing import NamedTuple

from zaitaku_xl.law import Clause, Text
from zaitaku_xl.scopes import Day, Stretch


class Part(NamedTuple):
    """Days side by side that one text serves."""

    text: Text
    days: Sequence[Day]


class Served:
    """Which text serves which of a client's days. Of all home days that is asked once: many terms lie over them."""

    def __init__(self, text_on: Callable[[date], Text]) -> None:
        self._text_on = text_on
        self._all: tuple[Day, ...] = ()
        self._runs: list[Stretch] = []
        self._texts: list[Text] = []

    def parts(self, days: Sequence[Day]) -> Iterator[Part]:
        """Yield the parts in order; one text may serve several."""
        if not isinstance(days, Stretch):
            for text, its in groupby(days, lambda day: self._text_on(day.date)):
                yield Part(text, tuple(its))
            return
        if not days:
            return
        if self._all is not days.all:
            self._look_over(days.all)
        first = bisect_right(self._runs, days.begin, key=_begin_of) - 1
        beyond = bisect_left(self._runs, days.end, key=_begin_of)
        for text, run in zip(self._texts[first:beyond], self._runs[first:beyond], strict=True):
            yield Part(text, Stretch(days.all, max(run.begin, days.begin), min(run.end, days.end)))

    def _look_over(self, days: tuple[Day, ...]) -> None:
        self._all, self._runs, self._texts = days, [], []
        for place, day in enumerate(days):
            text = self._text_on(day.date)
            if not self._texts or text is not self._texts[-1]:
                self._texts.append(text)
                self._runs.append(Stretch(days, place, place))
            self._runs[-1].end = place + 1


def under(clause: Clause, name: str, parts: Sequence[Part]) -> Sequence[Day]:
    """Return the days whose text says *clause* under this name."""
    its = [part.days for part in parts if part.text.get(name) is clause]
    return joined(its)


def joined(several: Sequence[Sequence[Day]]) -> Sequence[Day]:
    """Put days together again; those side by side of one list stay told by where they begin and end."""
    first, last = several[0], several[-1]
    if isinstance(first, Stretch) and isinstance(last, Stretch):
        whole = Stretch(first.all, first.begin, last.end)
        if len(whole) == sum(map(len, several)):
            return whole
    return tuple(chain.from_iterable(several))


def _begin_of(run: Stretch) -> int:
    return run.begin
