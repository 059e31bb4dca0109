"""Where a rule might speak: screens over all days at once. Not a rule itself.

A screen must return every day of one row on which its rule could find anything, each once. Days of several rows are
always asked about, so no screen needs to think of them.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from zaitaku_xl.scopes import Day, Days

Screen = Callable[[Days, Any], list[Day]]


def blank(*fields: str) -> Screen:
    """Days at home on which one of these fields of 日報 has no value."""
    columns = [attrgetter(field) for field in fields]

    def with_a_gap(days: Days, asked: object) -> list[Day]:
        found: dict[Day, None] = {}
        for column in columns:
            values = map(column, days.rows)
            found |= dict.fromkeys([day for day, value in zip(days.home, values, strict=True) if value is None])
        return list(found)

    return with_a_gap


def marked(*fields: str) -> Screen:
    """Days at home on which something stands in one of these fields of 日報."""
    columns = [attrgetter(field) for field in fields]

    def with_a_mark(days: Days, asked: object) -> list[Day]:
        found: dict[Day, None] = {}
        for column in columns:
            values = map(column, days.rows)
            found |= dict.fromkeys([day for day, value in zip(days.home, values, strict=True) if value])
        return list(found)

    return with_a_mark


def away(days: Days, asked: object) -> list[Day]:
    """Days that were not spent at home."""
    return days.away
