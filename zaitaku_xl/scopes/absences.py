"""Absences that claim the addition."""

from dataclasses import dataclass
from datetime import date

from zaitaku_xl.model import Absence, Month, Person, Place
from zaitaku_xl.scopes.calendar import Calendar


@dataclass(slots=True, eq=False)
class Missed:
    """A row of 欠席時対応 that claims the addition."""

    person: Person
    absence: Absence
    nth: int  # which of the month's claims it is
    earliest: date  # 前々営業日 of the absence
    planned: bool | None  # use was planned that day; None: no plans in the workbook, or they cannot be read
    used: Place | None = None  # how the log says the day was used


def missed_of(person: Person, calendar: Calendar, plans_held: bool) -> tuple[Missed, ...]:
    """Return the claimed absences with a readable day, numbered within their month."""
    claims = [a for a in person.absences if a.claimed and a.day]
    claims.sort(key=lambda absence: (absence.day, absence.row.number))
    made: list[Missed] = []
    for absence in claims:
        assert absence.day is not None
        nth = 1 + sum(other.absence.day in Month.of(absence.day) for other in made)
        plans = [plan.place for plan in person.plans if plan.day == absence.day]
        loose = [plan.place for plan in person.plans if plan.day is None]  # may be of that day
        planned = None if not plans_held or None in plans else any(place and place.is_use for place in plans)
        if planned is False and any(place is None or place.is_use for place in loose):
            planned = None
        used = (entry.place for entry in person.entries if entry.day == absence.day)
        made.append(
            Missed(
                person,
                absence,
                nth,
                calendar.opening_days_before(absence.day, 2),
                planned,
                next((place for place in used if place and place.is_use), None),
            )
        )
    return tuple(made)
