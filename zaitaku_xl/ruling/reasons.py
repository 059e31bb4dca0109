"""How the rules read a reason for a change of plan. Not a rule itself."""

import unicodedata
from collections.abc import Iterable, Iterator

from zaitaku_xl.model import Entry, Plan
from zaitaku_xl.scopes import Day, Days


def where_given(day: Day) -> Entry | Plan | None:
    """Return the row that gives the reason: 日報 first, then 予定. None behind a cell that cannot be read."""
    for row in _rows(day):
        if row.reason or not row.row.clear_of("reason"):
            return row if row.reason else None
    return None


def reasons_given(days: Days) -> Iterator[tuple[Day, Entry | Plan]]:
    """Yield each day at home for which a reason is given, with the row that gives it."""
    for day in days.at_home:
        given = where_given(day)
        if given is not None:
            yield day, given


def is_unread(day: Day) -> bool:
    """True when a reason was typed that cannot be read."""
    return not all(row.row.clear_of("reason") for row in _rows(day))


def has_a_column(day: Day) -> bool:
    """True when the day has a cell where a reason could stand."""
    return any("reason" in row.row.columns for row in _rows(day))


def _rows(day: Day) -> tuple[Entry | Plan, ...]:
    return (*day.entries, *day.plans)


def is_the_offices(reason: str, words: Iterable[str]) -> bool:
    """True when the reason speaks of the office's convenience in one of these words."""
    typed = "".join(unicodedata.normalize("NFKC", reason).split())
    return any(word in typed for word in words)
