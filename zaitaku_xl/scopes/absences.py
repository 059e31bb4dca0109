"""Absences that claim the addition."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from zaitaku_xl.model import Absence, Month, Person, Place
from zaitaku_xl.scopes.calendar import Calendar
from zaitaku_xl.scopes.days import Day
from zaitaku_xl.scopes.scope import scope


@scope
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
    if not claims:
        return ()
    days = {day.date: day for day in every}
    plans = _Planned(person) if plans_held else None
    nth: Counter[Month] = Counter()
    missed: list[Missed] = []
    for absence in claims:
        on = absence.day
        assert on is not None
        nth[Month.of(on)] += 1
        missed.append(
            Missed(
                person=person,
                absence=absence,
                nth=nth[Month.of(on)],
                earliest=calendar.opening_days_before(on, 2),
                planned=plans.on(on) if plans else None,
                used=_use_of(days.get(on)),
            )
        )
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
