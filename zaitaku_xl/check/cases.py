"""A client cut into scopes, with the law that serves each of the days."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain

from zaitaku_xl.law import Law, Readings, Text, Town
from zaitaku_xl.law.readings import resolved
from zaitaku_xl.model import Log, Method, Month, Person
from zaitaku_xl.scopes import (
    Calendar,
    Day,
    Missed,
    MonthOfUse,
    Shared,
    Span,
    Term,
    Week,
    Whole,
    by_date,
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
    text: Text | None  # of all judged days, where they share one
    text_on: Callable[[date], Text]
    missed: tuple[Missed, ...]

    def spans(self) -> Iterator[Span]:
        whole = self.whole
        return chain(whole.weeks, whole.months, whole.terms, (whole,))


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
    every = days_of(Shared(person, calendar, readings, terms, by_date(person.record_lines)))
    days = every if _are_all_in(every, judged) else tuple([day for day in every if Month.of(day.date) in judged])

    def text_on(day: date) -> Text:
        return law.on(town.id if town and not _in_transition(day, runs_until) else None, service, day)

    text = _shared_text(days, text_on)
    home = tuple([day for day in days if day.at_home])
    covered = text is not None and law.covers(text)
    whole = Whole(
        person,
        log.office,
        days,
        home,
        _settled(weeks_of(person, home, readings, held), text, text_on),
        _with_methods(months_of(person, home, readings, terms), text_on),
        _with_home_days(terms, every, home),
        (client.town if client else None) or (city if town else None),
        town.id if town else None,
        readings,
        () if covered else tuple([day for day in home if not law.covers(text_on(day.date))]),
        ignored,
    )
    claims = missed_of(person, calendar, "plans" not in log.missing)
    missed = tuple(claim for claim in claims if claim.absence.day and Month.of(claim.absence.day) in judged)
    return Case(whole, text, text_on, missed)


def _are_all_in(days: tuple[Day, ...], months: tuple[Month, ...]) -> bool:
    """True where the days, which are in order, all lie in the one month that is judged, as in most workbooks."""
    return len(months) == 1 and bool(days) and days[0].date in months[0] and days[-1].date in months[0]


def _settled(weeks: tuple[Week, ...], text: Text | None, text_on: Callable[[date], Text]) -> tuple[Week, ...]:
    """Note which weeks that reach beyond the workbook need nothing from there."""
    shared = [_fitting(text)] if text is not None else []
    for week in weeks:
        if week.beyond and week.reviews:
            held = [review.method for review in week.reviews]
            ways = shared or [_fitting(text_on(day.date)) for day in week.home_days]
            week.settled = not any(fitting.isdisjoint(held) for fitting in ways)
    return weeks


def _with_methods(months: tuple[MonthOfUse, ...], text_on: Callable[[date], Text]) -> tuple[MonthOfUse, ...]:
    for month in months:
        methods = text_on(month.home_days[0].date).get("monthly_methods")
        month.methods = methods.asked if methods and methods.asked else None
    return months


def _fitting(text: Text) -> set[Method | str | None]:
    """The ways to hold an evaluation that the law of the day allows, and the one that nobody wrote down (W03's business)."""
    methods = text.get("weekly_methods")
    return {None, *(methods.asked if methods and methods.asked else Method)}


def _shared_text(days: tuple[Day, ...], text_on: Callable[[date], Text]) -> Text | None:
    """Return the text of all the days, which are in order: where the first and the last share one, so do all."""
    if days and text_on(days[0].date) is (text := text_on(days[-1].date)):
        return text
    return None


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
    """Return terms of their own: days hold the bare ones, and a circle would keep all records until the collector comes."""
    return tuple([_with_its_days(term, every, home) for term in terms])


def _with_its_days(term: Term, every: tuple[Day, ...], home: tuple[Day, ...]) -> Term:
    holds_all = home and term.covers(home[0].date) and term.covers(home[-1].date)  # they are in order
    days = home if holds_all else tuple([day for day in home if term.covers(day.date)])
    first = next((day.date for day in every if day.at_home and term.covers(day.date)), None)
    return Term(term.person, term.approval, term.office, term.start, term.end, days, first)
