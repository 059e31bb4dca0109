"""Absences that claim the addition."""

from collections import Counter
from collections.abc import Container, Iterable
from datetime import date

from zaitaku_xl.model import Absence, Month, Person, Place
from zaitaku_xl.scopes.calendar import Calendar
from zaitaku_xl.scopes.days import Day
from zaitaku_xl.scopes.scope import scope


@scope
class Missed:
    """A row of 欠席時対応 that claims the addition, for a day or for none that it says."""

    person: Person
    absence: Absence
    nth: int  # which of the month's claims it is; an absence that is claimed twice counts once
    repeats: Absence | None  # the row that claims the same absence already
    earliest: date  # 前々営業日 of the absence
    calendar_held: bool  # the workbook says on which days the office was closed, besides its weekdays
    planned: bool | None  # use was planned that day; None: no plans in the workbook, or they cannot be read
    used: Place | None  # how the log says the day was used

    @property
    def told(self) -> date | None:
        """The day it is of, or that of the call where it says none."""
        return self.absence.day or self.absence.told_on


def missed_of(person: Person, calendar: Calendar, missing: Container[str], every: Iterable[Day]) -> tuple[Missed, ...]:
    """Return the claimed absences, numbered within their month; *every* day of the client.

    *missing*: the tables that the workbook does not have. A claim whose day cannot be read is left out: P01 speaks.
    """
    claims = [absence for absence in person.absences if absence.claimed and absence.row.clear_of("day")]
    claims.sort(key=lambda absence: (absence.day or date.max, absence.row.number))
    if not claims:
        return ()
    days = {day.date: day for day in every}
    plans = _Planned(person) if person.plans and "plans" not in missing else None
    nth: Counter[Month] = Counter()
    first: dict[date, Absence] = {}
    missed: list[Missed] = []
    for absence in claims:
        on = absence.day
        if on is not None:
            nth[Month.of(on)] += on not in first
        missed.append(
            Missed(
                person=person,
                absence=absence,
                nth=nth[Month.of(on)] if on else 0,
                repeats=first.get(on) if on else None,
                earliest=calendar.opening_days_before(on, 2) if on else date.min,
                calendar_held="calendar" not in missing,
                planned=plans.on(on) if plans and on else None,
                used=_use_of(days.get(on)) if on else None,
            )
        )
        if on is not None:
            first.setdefault(on, absence)
    return tuple(missed)


class _Planned:
    """Whether a client meant to come, by date; looked at once for all absences."""

    def __init__(self, person: Person) -> None:
        self._places: dict[date, list[Place | None]] = {}
        undated = [plan.place for plan in person.plans if plan.day is None]  # may be of any day
        self._otherwise = None if any(place is None or place.is_use for place in undated) else False
        for plan in person.plans:
            if plan.day is not None:
                self._places.setdefault(plan.day, []).append(plan.place)

    def on(self, day: date) -> bool | None:
        places = self._places.get(day, [])
        if None in places:
            return None
        return True if any(place and place.is_use for place in places) else self._otherwise


def _use_of(day: Day | None) -> Place | None:
    """Return the judged place where it is a use; of a day nobody can place, the first row that says a use."""
    if day is None:
        return None
    places = [entry.place for entry in day.entries] if day.place is None else [day.place]
    return next((place for place in places if place and place.is_use), None)
