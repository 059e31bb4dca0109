"""Where a rule might speak: screens over all days at once. Not a rule itself.

A screen must return every day of one row on which its rule could find anything, each once. Days of several rows are
always asked about, so no screen needs to think of them.
"""

from collections.abc import Callable
from itertools import compress
from operator import attrgetter, not_
from typing import Any

from zaitaku_xl.scopes import Day, Days

Screen = Callable[[Days, Any], list[Day]]


def blank(*fields: str) -> Screen:
    """Days at home on which one of these fields of 日報 has no value."""
    columns = [attrgetter(field) for field in fields]

    def with_a_gap(days: Days, asked: object) -> list[Day]:
        found: dict[Day, None] = {}
        for column in columns:
            found |= dict.fromkeys(compress(days.home, map(not_, map(column, days.rows))))
        return list(found)

    return with_a_gap


def marked(*fields: str) -> Screen:
    """Days at home on which something stands in one of these fields of 日報."""
    columns = [attrgetter(field) for field in fields]

    def with_a_mark(days: Days, asked: object) -> list[Day]:
        found: dict[Day, None] = {}
        for column in columns:
            found |= dict.fromkeys(compress(days.home, map(column, days.rows)))
        return list(found)

    return with_a_mark
