"""Marks of an addition on the rows of a day at home. Not a rule itself."""

from collections.abc import Iterator, Mapping

from zaitaku_xl.model import Entry
from zaitaku_xl.scopes import Day, Days


def marked_at_home(days: Days, headings: Mapping[str, str]) -> Iterator[tuple[Day, Entry, str, str]]:
    """Yield day, row, field and message of every such mark; *headings* by field."""
    for field, heading in headings.items():
        for day, row in days.rows_at_home.holding(field):
            yield day, row, field, f"在宅の日の「{heading}」に○があります。"
