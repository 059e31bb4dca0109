"""From when to when: minutes counted on over the days, so that no hours are empty because they pass midnight."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

DAY = 24 * 60
_NOON = 12 * 60
_EVENING = 18 * 60  # what begins later often ends on the next day


class Interval(NamedTuple):
    """A stretch of time, in minutes since the first of all days; ``last`` is no longer part of it.

    >>> night = Interval.of(date(2026, 1, 5), 22 * 60, 34 * 60)
    >>> [day.isoformat() for day in night.dates]
    ['2026-01-05', '2026-01-06']
    """

    first: int
    last: int

    @classmethod
    def of(cls, day: date, start: int, end: int) -> "Interval":
        """Minutes of a day; an end of more than 24 hours lies on a day after."""
        return cls(midnight(day) + start, midnight(day) + end)

    @property
    def dates(self) -> Iterator[date]:
        """The days that have a part in it."""
        return map(date.fromordinal, range(self.first // DAY, -(-self.last // DAY)))

    def shared_with(self, other: "Interval") -> "Interval | None":
        """What lies in both; None where they only touch."""
        both = Interval(max(self.first, other.first), min(self.last, other.last))
        return both if both.first < both.last else None

    def holds(self, other: "Interval") -> bool:
        return self.first <= other.first and other.last <= self.last

    def without(self, others: Iterable["Interval"]) -> tuple["Interval", ...]:
        """What is left of it, in order, when the others are taken away.

        >>> Interval(570, 930).without([Interval(720, 780), Interval(900, 960)])
        (Interval(first=570, last=720), Interval(first=780, last=900))
        """
        left, first = [], self.first
        for other in sorted(others):
            if first < min(other.first, self.last):
                left.append(Interval(first, min(other.first, self.last)))
            first = max(first, other.last)
        return (*left, Interval(first, self.last)) if first < self.last else tuple(left)


def midnight(day: date) -> int:
    """The first minute of a day."""
    return day.toordinal() * DAY


class Hours(NamedTuple):
    """The hours a record tells of: ``at_most`` all that they can be, ``told`` False where that is more than it says."""

    at_most: Interval
    told: bool


def in_order(start: int, end: int) -> bool:
    """True when the times of a log or a break can be hours of one day."""
    return start < end


def hours_of_log(day: date, start: int | None, end: int | None) -> Hours:
    """Hours of training: on one day. Where the end is not after the start nobody knows which of the two is wrong."""
    if start is None or end is None:
        return Hours(Interval.of(day, start or 0, end or DAY), told=False)
    if not in_order(start, end):
        return Hours(Interval.of(day, 0, DAY), told=False)
    return Hours(Interval.of(day, start, end), told=True)


def hours_of_service(day: date, start: int | None, end: int | None, *, unread: bool = False) -> Hours:
    """Hours of another service: an end that is not after the start is one of the next day (22:00～10:00).

    An end left blank is looked for where it is likely, one that cannot be read (*unread*) wherever it may be.
    """
    if start is not None and end is not None:
        return Hours(Interval.of(day, start, end if in_order(start, end) else end + DAY), told=True)
    if start is not None:
        reaches_on = unread or start >= _EVENING
        return Hours(Interval.of(day, start, start + DAY if reaches_on else DAY), told=False)
    if end is not None:
        reaches_on = unread or end <= _NOON
        return Hours(Interval.of(day, 0, end + DAY if reaches_on else end), told=False)
    return Hours(Interval.of(day, 0, 2 * DAY if unread else DAY), told=False)


class Training(NamedTuple):
    """A log's hours less its break. ``pause`` is all that the break can be, None where there is none."""

    hours: Interval
    pause: Interval | None
    is_sound: bool  # the break lies inside the hours and leaves some of them

    @property
    def outside_pause(self) -> tuple[Interval, ...]:
        """When training was, as far as the log says: a break that cannot be meant takes nothing away."""
        return self.hours.without([self.pause] if self.pause and self.is_sound else [])


def training_of(day: date, hours: Interval, pause_start: int | None, pause_end: int | None) -> Training:
    """Take the break off hours that are told; one of no length is none."""
    if pause_start == pause_end:
        return Training(hours, None, is_sound=True)
    if pause_start is None or pause_end is None or not in_order(pause_start, pause_end):
        return Training(hours, _open_pause(day, hours, pause_start, pause_end), is_sound=False)
    pause = Interval.of(day, pause_start, pause_end)
    return Training(hours, pause, is_sound=hours.holds(pause) and pause != hours)


def _open_pause(day: date, hours: Interval, start: int | None, end: int | None) -> Interval:
    """All that a break can be of which one end is missing; anything where its end is before its start."""
    if start is not None and end is not None:
        return hours
    if start is not None:
        return Interval(midnight(day) + start, hours.last)
    return Interval(hours.first, midnight(day) + (end or 0))
