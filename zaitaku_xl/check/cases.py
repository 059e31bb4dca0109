"""A client cut into scopes, with the law that serves each of the days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from zaitaku_xl.law import Clause, Law, Readings, Text, Town
from zaitaku_xl.law.readings import resolved
from zaitaku_xl.model import Log, Method, Month, Person
from zaitaku_xl.scopes import (
    Calendar,
    Day,
    Missed,
    Term,
    Week,
    Whole,
    days_of,
    missed_of,
    months_of,
    terms_of,
    weeks_of,
)


@dataclass(frozen=True, slots=True)
class Case:
    """A client with the law that serves each of the days."""

    whole: Whole
    texts: dict[date, Text]
    missed: tuple[Missed, ...]
    text_on: Callable[[date], Text]


def readings_by_town(law: Law, log: Log, tried: Mapping[str, str] | None) -> Callable[[Town | None], Readings]:
    """Return how the clients of a town are read; each town's readings are put together once."""

    @cache
    def of(town: str | None) -> Readings:
        return resolved(log.office.readings, law.towns[town].answers if town else (), tried)

    return lambda town: of(town.id if town else None)


def case_of(
    person: Person,
    log: Log,
    law: Law,
    calendar: Calendar,
    judged: tuple[Month, ...],
    held: frozenset[Month],
    city: str | None,
    readings_of: Callable[[Town | None], Readings],
) -> Case:
    client = person.client
    town = law.town(client.town) if client and client.town else law.town(city)
    readings = readings_of(town)
    runs_until, ignored = _transition(person, town, readings)
    service = (client.service if client else None) or log.office.service
    ran_out = town.transition.terms_ending if town and town.transition else None
    terms = terms_of(person, log.office, ran_out, _runs_while_decided(person, runs_until))
    every = days_of(person, log.office, calendar, readings, terms)
    keys = {(month.year, month.month) for month in judged}
    days = tuple([day for day in every if (day.date.year, day.date.month) in keys])

    def text_on(day: date) -> Text:
        return law.on(town.id if town and not _in_transition(day, runs_until) else None, service, day)

    texts = _texts_of([day.date for day in days], text_on)
    home = tuple([day for day in days if day.at_home])
    uncovered = not all(law.covers(text) for text in {id(text): text for text in texts.values()}.values())
    whole = Whole(
        person,
        log.office,
        days,
        home,
        _settled(weeks_of(person, home, readings, held), texts),
        months_of(person, home, readings, terms),
        _with_home_days(terms, every, home),
        (client.town if client else None) or (city if town else None),
        town.id if town else None,
        readings,
        tuple([day for day in home if not law.covers(texts[day.date])]) if uncovered else (),
        ignored,
    )
    claims = missed_of(person, calendar, "plans" not in log.missing)
    missed = tuple(claim for claim in claims if claim.absence.day and Month.of(claim.absence.day) in judged)
    return Case(whole, texts, missed, text_on)


def _settled(weeks: tuple[Week, ...], texts: dict[date, Text]) -> tuple[Week, ...]:
    """Note which weeks that reach beyond the workbook need nothing from there."""
    for week in weeks:
        if week.beyond:
            week.settled = all(_is_held_as_asked(week, texts[day.date].get("weekly_methods")) for day in week.home_days)
    return weeks


def _is_held_as_asked(week: Week, methods: Clause | None) -> bool:
    """True when an evaluation is held in a way the law of the day allows, or in a way nobody wrote down (W03's business)."""
    allowed = methods.asked if methods and methods.asked else list(Method)
    return any(review.method is None or review.method in allowed for review in week.reviews)


def _texts_of(days: list[date], text_on: Callable[[date], Text]) -> dict[date, Text]:
    """Return the text of each of the days, which are in order: where the first and the last share one, so do all."""
    if days and text_on(days[0]) is (text := text_on(days[-1])):
        return dict.fromkeys(days, text)
    return {day: text_on(day) for day in days}


def _transition(person: Person, town: Town | None, readings: Readings) -> tuple[date | None, bool]:
    """Return the last day of a client's 経過措置, and whether a flag had to be ignored (A-11)."""
    flagged = [approval for approval in person.approvals if approval.transition]
    if not town or not town.transition or not flagged:
        return None, False
    ends = {approval.end for approval in person.approvals}
    if person.client:
        ends.add(person.client.decided_to)
    terms_ending = town.transition.terms_ending
    if readings.transition == "everyone":
        if not any(approval.start and approval.start <= terms_ending for approval in person.approvals):
            return None, True
    elif terms_ending not in ends:
        return None, True
    renewals = [a.next_renewal_on - timedelta(days=1) for a in flagged if a.next_renewal_on]
    if readings.transition == "everyone" and not renewals:  # the end of a term is the day before its renewal
        renewals = [a.end for a in flagged if a.end and a.end > terms_ending]
    return min([town.transition.until, *renewals]), False


def _in_transition(day: date, runs_until: date | None) -> bool:
    return runs_until is not None and day <= runs_until


def _runs_while_decided(person: Person, runs_until: date | None) -> date | None:
    decided_to = person.client.decided_to if person.client else None
    return min(runs_until, decided_to) if runs_until and decided_to else runs_until


def _with_home_days(terms: tuple[Term, ...], every: tuple[Day, ...], home: tuple[Day, ...]) -> tuple[Term, ...]:
    for term in terms:
        term.home_days = tuple([day for day in home if term.covers(day.date)])
        term.first_home_date = next((day.date for day in every if day.at_home and term.covers(day.date)), None)
    return terms
