"""How the rules read a reason for a change of plan. Not a rule itself."""

import unicodedata
from collections.abc import Iterable

from zaitaku_xl.model import Entry, Plan
from zaitaku_xl.scopes import Day


def where_given(day: Day) -> Entry | Plan | None:
    """Return the row that gives the reason: 日報 first, then 予定."""
    rows: tuple[Entry | Plan, ...] = (*day.entries, *day.plans)
    return next((row for row in rows if row.reason), None)


def is_the_offices(reason: str, words: Iterable[str]) -> bool:
    """True when the reason speaks of the office's convenience in one of these words."""
    said = "".join(unicodedata.normalize("NFKC", reason).split())
    return any(word in said for word in words)
