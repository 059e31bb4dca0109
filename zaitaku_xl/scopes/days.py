"""One client's dates, and many of them side by side."""

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from functools import cached_property, partial
from itertools import compress, groupby, repeat
from operator import attrgetter, lt
from typing import Any, NamedTuple, TypeVar

from zaitaku_xl.law import Readings
from zaitaku_xl.model import Contact, Entry, Month, OtherService, Person, Place, Plan, RecordLine
from zaitaku_xl.scopes.approvals import Approved
from zaitaku_xl.scopes.calendar import Calendar
from zaitaku_xl.scopes.intervals import hours_of_log, in_order, midnight
from zaitaku_xl.scopes.scope import scope
from zaitaku_xl.scopes.silence import is_no_contact

# Home and 通所 on one date make a 通所 day (but A-14), 施設外 and 在宅 a 施設外 day.
_STANDS_FOR_THE_DAY = (
    Place.ATTEND,
    Place.OUTSIDE,
    Place.OUTSIDE_WORK,
    Place.HOME,
    Place.VISIT,
    Place.ABSENT,
    Place.OFF,
)
_HOME = Place.HOME  # looking a member up takes longer than comparing with it
_main_of = attrgetter("main")
_Dated = TypeVar("_Dated", bound=Entry | Plan | OtherService | RecordLine)
_ByDate = dict[date, tuple[_Dated, ...]]


@scope
class Shared:
    """What all days of one client have in common."""

    person: Person
    calendar: Calendar
    readings: Readings
    terms: tuple[Approved, ...]
    lines: "_ByDate[RecordLine]" = field(default_factory=dict)
    record_months: frozenset[Month] = frozenset()  # those with a line of 実績記録票


class _Fields(NamedTuple):
    """A tuple, for a frozen dataclass takes four times as long to make and a workbook has a thousand days."""

    shared: Shared
    date: date
    entries: tuple[Entry, ...]
    main: Entry  # the row that stands for the day
    place: Place | None
    at_home: bool
    plans: tuple[Plan, ...]


class Day(_Fields):
    """One client's date. ``place`` is None when no row of the date says readably where the day was spent."""

    __slots__ = ()
    __eq__ = object.__eq__  # itself alone, like any other scope
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    @property
    def home_rows(self) -> tuple[Entry, ...]:
        if len(self.entries) == 1:
            return self.entries if self.at_home else ()
        return tuple([entry for entry in self.entries if entry.place is _HOME])

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The rows that stand for the day: those of its 提供区分."""
        if len(self.entries) == 1:
            return self.entries
        return tuple([entry for entry in self.entries if entry.place is self.place])

    def begun_or_ended(self, field: str) -> int | None:
        """When the day began ("start") or ended ("end"), over all rows that stand for it; None where one does not say."""
        times: list[int | None] = [getattr(row, field) for row in self.standing]
        told = [time for time in times if time is not None]
        if not told or len(told) < len(times):
            return None
        return min(told) if field == "start" else max(told)

    @property
    def person(self) -> Person:
        return self.shared.person

    @property
    def calendar(self) -> Calendar:
        return self.shared.calendar

    @property
    def readings(self) -> Readings:
        return self.shared.readings

    @property
    def terms(self) -> tuple[Approved, ...]:
        return self.shared.terms

    @property
    def record_lines(self) -> tuple[RecordLine, ...]:
        return self.shared.lines.get(self.date, ())

    @property
    def contacts(self) -> tuple[Contact, ...]:
        rows = self.home_rows
        return rows[0].contacts if len(rows) == 1 else tuple([c for entry in rows for c in entry.contacts])

    @property
    def support(self) -> tuple[Contact, ...]:
        """The contacts of a support kind, or of no kind at all."""
        return tuple([c for c in self.contacts if c.kind is None or c.kind.is_support])

    @property
    def has_record_sheet(self) -> bool:
        """True when the workbook holds the 実績記録票 of the day's month."""
        return Month.of(self.date) in self.shared.record_months


class Rows:
    """Rows of 日報, each beside its day."""

    def __init__(self, days: list[Day], rows: list[Entry]) -> None:
        self._days, self._rows = days, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[tuple[Day, Entry]]:
        return zip(self._days, self._rows, strict=True)

    def values(self, field: str) -> list[Any]:
        """Return what stands in a field of each row; None where it is blank or cannot be read."""
        return list(map(attrgetter(field), self._rows))

    def holding(self, field: str) -> Iterator[tuple[Day, Entry]]:
        """Yield the rows with something in a field; 無 and 0 are nothing."""
        return compress(self, self.values(field))

    def lacking(self, field: str) -> Iterator[tuple[Day, Entry]]:
        """Yield the rows with nothing in a field, but those whose cell cannot be read."""
        for day, row in self._with(field, None):
            if field not in row.row.unread:
                yield day, row

    def whose(self, *fields: str, holds: Callable[[Any], object]) -> Iterator[tuple[Day, Entry]]:
        """Yield the rows of which a test of a field, or of several together, holds.

        Few values stand in many rows, and each is tested once.
        """
        values = list(map(attrgetter(*fields), self._rows))
        meant = {value for value in set(values) if holds(value)}
        return compress(self, [value in meant for value in values]) if meant else iter(())

    def spent(self, place: Place) -> Iterator[tuple[Day, Entry]]:
        """Yield the rows of one 提供区分."""
        return self._with("place", place)

    def _with(self, field: str, value: object) -> Iterator[tuple[Day, Entry]]:
        values = self.values(field)
        if value not in values:  # as often, and soon seen
            return iter(())
        return compress(self, [each is value for each in values])


class Days:
    """Many days of clients who are read alike, client by client in the order of their dates; what rules share of them.

    Nearly all days have one row, and most of those are at home. Each list is made once, when a rule first asks for it.
    """

    def __init__(self, every: list[Day]) -> None:
        self.every = every

    def __iter__(self) -> Iterator[Day]:
        return iter(self.every)

    @property
    def readings(self) -> Readings:
        return self.every[0].readings

    @property
    def calendar(self) -> Calendar:
        """The office's, which all clients share."""
        return self.every[0].calendar

    @cached_property
    def at_home(self) -> list[Day]:
        return [day for day in self.every if day.at_home]

    @cached_property
    def at_home_by_client(self) -> list[tuple[Shared, list[Day]]]:
        return [(shared, list(days)) for shared, days in groupby(self.at_home, attrgetter("shared"))]

    @cached_property
    def of_several_rows(self) -> list[Day]:
        return [day for day in self.every if len(day.entries) > 1]

    @cached_property
    def rows(self) -> Rows:
        return self._rows_of(self.every)

    @cached_property
    def rows_at_home(self) -> Rows:
        """The rows at home of the days at home."""
        rows = self._rows_of(self.at_home)
        if len(rows) == len(self.at_home):
            return rows
        pairs = list(rows.spent(_HOME))
        return Rows([day for day, _ in pairs], [row for _, row in pairs])

    @cached_property
    def rows_elsewhere(self) -> Rows:
        """All rows of the days that are known not to be at home."""
        return self._rows_of([day for day in self.every if not day.at_home and day.place is not None])

    def _rows_of(self, days: list[Day]) -> Rows:
        if not self.of_several_rows:  # as in nearly every workbook
            return Rows(days, list(map(_main_of, days)))
        return Rows([day for day in days for _ in day.entries], [row for day in days for row in day.entries])

    @cached_property
    def record_lines(self) -> list[tuple[Day, RecordLine]]:
        """The lines of 実績記録票, each beside its day."""
        if not any(shared.lines for shared in set(map(attrgetter("shared"), self.every))):
            return []
        return [(day, line) for day in self.every for line in day.record_lines]

    @cached_property
    def plain_times(self) -> list[tuple[Day, tuple[int, ...]]]:
        """Each day at home with the times of its contacts, in order: none unless all are plain, each at its own time.

        What says nothing is not plain (A-34).
        """
        rows = list(map(_main_of, self.at_home))
        times = [row.plain_times if len(row.plain_times) == len(row.contacts) else () for row in rows]
        if any(map(is_no_contact, {contact.content for row in rows for contact in row.contacts})):  # seldom
            times = [
                () if any(is_no_contact(c.content) for c in row.contacts) else its
                for row, its in zip(rows, times, strict=True)
            ]
        if self.of_several_rows:
            times = [its if len(day.entries) == 1 else () for day, its in zip(self.at_home, times, strict=True)]
        return list(zip(self.at_home, times, strict=True))

    @cached_property
    def hours(self) -> list[tuple[int, int]]:
        """From when to when training was, on each day at home; the whole day where that is not told."""
        hours = []
        for day in self.at_home:
            row = day.main
            start, end = row.start, row.end
            if start is None or end is None or not in_order(start, end) or len(day.entries) > 1:  # seldom
                start, end = _hours_of(day)
            hours.append((start, end))
        return hours

    @cached_property
    def with_an_odd_contact(self) -> list[Day]:
        """Days at home but those whose contacts are all plain (``Contact.is_plain``), each at a time of its own."""
        return [day for day, times in self.plain_times if not times]


def _hours_of(day: Day) -> tuple[int, int]:
    """All that the hours of its rows at home can be, together."""
    rows = [hours_of_log(day.date, row.start, row.end).at_most for row in day.home_rows]
    return min(rows).first - midnight(day.date), max(row.last for row in rows) - midnight(day.date)


_made = partial(tuple.__new__, Day)  # its fields at once, without their names


def days_of(shared: Shared) -> tuple[Day, ...]:
    """Column by column where every date has one row, as nearly always: a workbook has a thousand days."""
    entries, plans = shared.person.entries, by_date(shared.person.plans)
    dates = [entry.day for entry in entries if entry.day]
    if len(dates) < len(entries) or not all(map(lt, dates, dates[1:])):
        if len(set(dates)) < len(entries):
            return _days_of_several_rows(shared, plans)
        entries = sorted(entries, key=attrgetter("day"))
        dates.sort()
    places = [entry.place for entry in entries]
    at_home = [place is _HOME for place in places]
    their_plans = map(plans.get, dates, repeat(())) if plans else repeat(())
    return tuple(map(_made, zip(repeat(shared), dates, zip(entries), entries, places, at_home, their_plans)))


def _days_of_several_rows(shared: Shared, plans: "_ByDate[Plan]") -> tuple[Day, ...]:
    days = []
    rows = by_date(shared.person.entries)
    for day in sorted(rows):
        entries = rows[day]
        place = entries[0].place if len(entries) == 1 else _place(entries, shared.readings)
        main = next((entry for entry in entries if entry.place == place), entries[0])
        days.append(
            Day(
                shared=shared,
                date=day,
                entries=entries,
                main=main,
                place=place,
                at_home=place is _HOME,
                plans=plans.get(day, ()),
            )
        )
    return tuple(days)


def _place(entries: tuple[Entry, ...], readings: Readings) -> Place | None:
    places = {entry.place for entry in entries}
    mixed_is_home = readings.mixed_day == "home"
    if None in places and (mixed_is_home or Place.ATTEND not in places):
        return None
    if mixed_is_home and Place.HOME in places and Place.OUTSIDE not in places:
        return Place.HOME
    return next(place for place in _STANDS_FOR_THE_DAY if place in places)


def by_date(records: list[_Dated]) -> _ByDate[_Dated]:
    """The records of each date, in their order; those without a date left out."""
    found: _ByDate[_Dated] = {record.day: (record,) for record in records if record.day}
    if len(found) == len(records):  # one record a date, as nearly always
        return found
    lists: dict[date, list[_Dated]] = {}
    for record in records:
        if record.day:
            lists.setdefault(record.day, []).append(record)
    return {day: tuple(its) for day, its in lists.items()}
