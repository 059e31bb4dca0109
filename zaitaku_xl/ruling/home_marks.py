"""Marks of an addition on the rows of a day at home. Not a rule itself."""

from collections.abc import Iterator, Mapping

from zaitaku_xl.model import Entry
from zaitaku_xl.scopes import Day


def marked_at_home(day: Day, headings: Mapping[str, str]) -> Iterator[tuple[str, str, Entry]]:
    """Yield message, field and row of every such mark; *headings* by field."""
    for entry in day.home_rows if day.at_home else ():
        for field, heading in headings.items():
            if getattr(entry, field):
                yield f"在宅の日に{heading}の印があります", field, entry
