"""営業日 over 営業曜日: which days the office was open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zaitaku_xl.model import CalendarDay, Office


@dataclass(frozen=True, slots=True)
class Calendar:
    """営業日 over 営業曜日: a date listed in 営業日 is what it says there, any other follows its weekday.

    What cannot be read is neither open nor closed: ``unsure`` dates by themselves, every date that is not listed where
    ``vague`` (a row without a readable date, unreadable 営業曜日).
    """

    listed: Mapping[date, bool]
    weekdays: frozenset[int] | None
    unsure: frozenset[date] = frozenset()
    vague: bool = False

    def is_open(self, day: date) -> bool | None:
        """None where neither the sheet nor 設定 says."""
        if self._is_unsure(day):
            return None
        known = self.listed.get(day)
        return known if known is not None or self.weekdays is None else day.weekday() in self.weekdays

    def open_days_between(self, first: date, last: date) -> int:
        """Count the opening days strictly between two dates, at most; without 営業曜日 Monday to Friday."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days))
        return sum(self._is_unsure(day) or self._is_open_or_usual(day) for day in days)

    def opening_days_before(self, day: date, count: int) -> date:
        """Return the day so many opening days before, the earliest it may be; looks back a month at most."""
        for back in range(1, 32):
            earlier = day - timedelta(days=back)
            count -= not self._is_unsure(earlier) and self._is_open_or_usual(earlier)
            if not count:
                return earlier
        return day - timedelta(days=31)

    def _is_unsure(self, day: date) -> bool:
        return day in self.unsure or (self.vague and day not in self.listed)

    def _is_open_or_usual(self, day: date) -> bool:
        known = self.is_open(day)
        return day.weekday() < 5 if known is None else known


def calendar_of(office: Office, listed: Iterable[CalendarDay]) -> Calendar:
    rows = tuple(listed)
    return Calendar(
        {row.day: row.open for row in rows if row.day and row.open is not None},
        office.open_weekdays,
        frozenset(row.day for row in rows if row.day and not row.row.clear_of("open")),
        any(row.day is None for row in rows) or not office.row.clear_of("open_weekdays"),
    )
