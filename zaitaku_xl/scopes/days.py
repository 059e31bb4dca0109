"""One client's dates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zaitaku_xl.law import Readings
from zaitaku_xl.model import Contact, Entry, Month, Office, Person, Place, Plan, RecordLine
from zaitaku_xl.scopes.calendar import Calendar

if TYPE_CHECKING:
    from zaitaku_xl.scopes.terms import Term

# Home and 通所 on one date make a 通所 day (but A-14), 施設外 and 在宅 a 施設外 day.
_STANDS_FOR_THE_DAY = (Place.ATTEND, Place.OUTSIDE, Place.HOME, Place.VISIT, Place.ABSENT, Place.OFF)
_V = TypeVar("_V")
_Dated = TypeVar("_Dated", bound=Entry | Plan | RecordLine)


class lazy(Generic[_V]):  # noqa: N801 - reads as a decorator
    """A property computed once; as functools.cached_property, without its lock (a third of the time of a check)."""

    def __init__(self, compute: Callable[[Any], _V]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> _V:
        value = self._compute(instance)
        instance.__dict__[self._name] = value
        return value


@dataclass
class Day:
    """One client's date. ``place`` is None when no row of the date says readably where the day was spent."""

    person: Person
    date: date
    entries: tuple[Entry, ...]
    office: Office
    calendar: Calendar
    readings: Readings
    terms: tuple["Term", ...] = ()
    plans: tuple[Plan, ...] = ()
    record_lines: tuple[RecordLine, ...] = ()

    def __post_init__(self) -> None:
        if len(self.entries) == 1:  # nearly every day
            self.main = self.entries[0]  # the row that stands for the day
            self.place = self.main.place
            self.at_home = self.place is Place.HOME
            self.home_rows: tuple[Entry, ...] = self.entries if self.at_home else ()
        else:
            self.place = self._place()
            self.at_home = self.place is Place.HOME
            self.main = next((entry for entry in self.entries if entry.place == self.place), self.entries[0])
            self.home_rows = tuple([entry for entry in self.entries if entry.place is Place.HOME])

    def _place(self) -> Place | None:
        places = {entry.place for entry in self.entries}
        mixed_is_home = self.readings.mixed_day == "home"
        if None in places and (mixed_is_home or Place.ATTEND not in places):
            return None
        if mixed_is_home and Place.HOME in places and Place.OUTSIDE not in places:
            return Place.HOME
        return next(place for place in _STANDS_FOR_THE_DAY if place in places)

    @lazy
    def contacts(self) -> tuple[Contact, ...]:
        rows = self.home_rows
        return rows[0].contacts if len(rows) == 1 else tuple([c for entry in rows for c in entry.contacts])

    @lazy
    def support(self) -> tuple[Contact, ...]:
        """The contacts of a support kind, or of no kind at all."""
        return tuple([c for c in self.contacts if c.kind is None or c.kind.is_support])

    @lazy
    def has_record_sheet(self) -> bool:
        """True when the workbook holds the 実績記録票 of the day's month."""
        month = Month.of(self.date)
        return any(line.day in month for line in self.person.record_lines)


def days_of(
    person: Person, office: Office, calendar: Calendar, readings: Readings, terms: tuple["Term", ...]
) -> tuple[Day, ...]:
    rows, plans, lines = _by_date(person.entries), _by_date(person.plans), _by_date(person.record_lines)
    return tuple(
        [
            Day(person, day, rows[day], office, calendar, readings, terms, plans.get(day, ()), lines.get(day, ()))
            for day in sorted(rows)
        ]
    )


def _by_date(records: Iterable[_Dated]) -> dict[date, tuple[_Dated, ...]]:
    """The records of each date, in their order; those without a date left out."""
    found: dict[date, tuple[_Dated, ...]] = {}
    for record in records:
        day = record.day
        if day:
            found[day] = (*found[day], record) if day in found else (record,)
    return found
