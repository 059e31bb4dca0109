"""Absences that claim the addition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.model import Absence, Month, Person, Place
from zaitaku_xl.scopes.calendar import Calendar
from zaitaku_xl.scopes.days import Day


@dataclass(frozen=True, slots=True, eq=False)
class Missed:
    """A row of 欠席時対応 that claims the addition."""

    person: Person
    absence: Absence
    nth: int  # which of the month's claims it is
    earliest: date  # 前々営業日 of the absence
    planned: bool | None  # use was planned that day; None: no plans in the workbook, or they cannot be read
    used: Place | None  # how the log says the day was used


def missed_of(person: Person, calendar: Calendar, plans_held: bool, every: Iterable[Day]) -> tuple[Missed, ...]:
    """Return the claimed absences with a readable day, numbered within their month; *every* day of the client."""
    claims = [absence for absence in person.absences if absence.claimed and absence.day]
    claims.sort(key=lambda absence: (absence.day, absence.row.number))
    days = {day.date: day for day in every} if claims else {}
    missed: list[Missed] = []
    for absence in claims:
        on = absence.day
        assert on is not None
        missed.append(
            Missed(
                person=person,
                absence=absence,
                nth=1 + sum(other.absence.day in Month.of(on) for other in missed),
                earliest=calendar.opening_days_before(on, 2),
                planned=_is_planned(person, on) if plans_held else None,
                used=_use_of(days.get(on)),
            )
        )
    return tuple(missed)


def _is_planned(person: Person, on: date) -> bool | None:
    plans = [plan.place for plan in person.plans if plan.day == on]
    undated = [plan.place for plan in person.plans if plan.day is None]  # may be of that day
    if None in plans:
        return None
    if any(place and place.is_use for place in plans):
        return True
    return None if any(place is None or place.is_use for place in undated) else False


def _use_of(day: Day | None) -> Place | None:
    """Return the judged place where it is a use; of a day nobody can place, the first row that says a use."""
    if day is None:
        return None
    places = [entry.place for entry in day.entries] if day.place is None else [day.place]
    return next((place for place in places if place and place.is_use), None)
