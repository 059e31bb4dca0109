"""A client cut into scopes, with the law that serves each of the days."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain

from zaitaku_xl.finding import Weight
from zaitaku_xl.law import Law, Readings, Text, Town
from zaitaku_xl.law.readings import resolved
from zaitaku_xl.model import ClaimLine, Log, Method, Month, Person
from zaitaku_xl.scopes import (
    Calendar,
    Day,
    Missed,
    Serving,
    Shared,
    Span,
    Ways,
    Whole,
    approved_of,
    by_date,
    days_of,
    missed_of,
    months_of,
    terms_of,
    weeks_of,
)

_EVERY_WAY = frozenset((*Method, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What all clients of a workbook are judged on."""

    log: Log
    law: Law
    calendar: Calendar
    judged: tuple[Month, ...]
    held: frozenset[Month]  # the months of the workbook
    city: str | None  # id of the town for clients without one
    readings_of: Callable[[Town | None], Readings]
    claims_of: Callable[[Person], tuple[ClaimLine, ...] | None]


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
        if town is None:
            return resolved(log.office.readings, tried=tried)
        return resolved(log.office.readings, law.towns[town].answers, tried, law.towns[town].local)

    return lambda town: of(town.id if town else None)


def text_of(law: Law, serving: Serving, day: date) -> Text:
    """Return the text that serves a client on a day."""
    return law.on(serving.town_on(day), serving.service, day)


def case_of(person: Person, ground: Ground) -> Case:
    log, law = ground.log, ground.law
    client = person.client_on(ground.judged[-1].after.first - timedelta(days=1)) if ground.judged else person.client
    typed = client.town if client else None
    town = law.town(typed) if typed else law.town(ground.city)
    likely = law.likely_town(typed) if typed and not town else None
    readings = ground.readings_of(town)
    runs_until, ignored = _transition(person, town, readings)
    serving = Serving(town.id if town else None, (client.service if client else None) or log.office.service, runs_until)
    ran_out = town.transition.terms_ending if town and town.transition else None
    approved = approved_of(person, log.office, ran_out, _runs_while_decided(person, runs_until))
    lines = by_date(person.record_lines)
    shared = Shared(
        person=person,
        calendar=ground.calendar,
        readings=readings,
        terms=approved,
        lines=lines,
        record_months=Month.all_of(lines),
    )
    every = days_of(shared)
    ever_home = tuple([day for day in every if day.at_home])
    days, home = _in_months(every, ground.judged), _in_months(ever_home, ground.judged)

    text_on = _text_on(person, ground, serving)
    text = _shared_text(days, text_on)
    covered = text is not None and law.covers(text)
    whole = Whole(
        person=person,
        office=log.office,
        every=every,
        days=days,
        home_days=home,
        weeks=weeks_of(shared, every, home, ground.held, _ways_of(text, text_on)),
        months=months_of(shared, home, lambda day: _monthly_methods(text or text_on(day))),
        terms=terms_of(approved, ever_home, home),
        client=client,
        town_typed=typed or (ground.city if town else None),
        town_likely=likely.name if likely else None,
        serving=serving,
        readings=readings,
        uncovered=() if covered else tuple([day for day in home if not law.covers(text_on(day.date))]),
        transition_ignored=ignored,
        asks_plan=bool(home) and _asks_plan(text or text_on(home[-1].date)),
        claims=ground.claims_of(person),
    )
    claimed = missed_of(person, ground.calendar, log.missing, every)
    judged = frozenset(ground.judged)
    missed = tuple(each for each in claimed if each.told is None or Month.of(each.told) in judged)
    return Case(whole, text, text_on, missed)


def _text_on(person: Person, ground: Ground, serving: Serving) -> Callable[[date], Text]:
    """Return which text serves a client on a day: where 利用者台帳 has several rows, by the one that holds the day."""
    law = ground.law
    if len(person.clients) < 2:
        return lambda day: text_of(law, serving, day)

    def text_on(day: date) -> Text:
        client = person.client_on(day)
        town = law.town(client.town) if client and client.town else law.town(ground.city)
        service = (client.service if client else None) or ground.log.office.service
        return text_of(law, replace(serving, town=town.id if town else None, service=service), day)

    return text_on


def _asks_plan(text: Text) -> bool:
    planned = text.get("as_planned")
    return planned is not None and planned.asked is not False and planned.weight == Weight.BLOCK.value


def _in_months(days: tuple[Day, ...], months: tuple[Month, ...]) -> tuple[Day, ...]:
    """Return the days of these months; in most workbooks all of the days, which are in order, lie in the one judged."""
    if len(months) == 1 and days and days[0].date in months[0] and days[-1].date in months[0]:
        return days
    judged = frozenset(months)
    return tuple([day for day in days if Month.of(day.date) in judged])


def _ways_of(text: Text | None, text_on: Callable[[date], Text]) -> Callable[[tuple[Day, ...]], tuple[Ways, ...]]:
    """Return how the laws of some days let one evaluate a week; *text* is that of all days, where they share one."""
    if text is not None:
        shared = (_weekly_ways(text),)
        return lambda days: shared
    return lambda days: tuple({_weekly_ways(text_on(day.date)) for day in days})


def _weekly_ways(text: Text) -> Ways:
    methods = text.get("weekly_methods")
    return frozenset((*methods.asked, None)) if methods and methods.asked else _EVERY_WAY


def _monthly_methods(text: Text) -> Collection[str] | None:
    methods = text.get("monthly_methods")
    return methods.asked if methods and methods.asked else None


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
    ends |= {client.decided_to for client in person.clients}
    terms_ending = town.transition.terms_ending
    if readings.transition == "everyone":
        if not any(approval.start and approval.start <= terms_ending for approval in person.approvals):
            return None, True
    elif terms_ending not in ends:
        return None, True
    renewals = [a.next_renewal_on - timedelta(days=1) for a in flagged if a.next_renewal_on]
    if readings.transition == "everyone" and not renewals:  # the end of a term is the day before its renewal
        renewals = [a.end for a in flagged if a.end and a.end > terms_ending]
    if not renewals:
        renewals = [start - timedelta(days=1) for start in _starts(person) if start > terms_ending]
    return min([town.transition.until, *renewals]), False


def _starts(person: Person) -> list[date]:
    """The first days of a client's terms, approved or decided: where no renewal is typed the next of them is one (A-30)."""
    starts = [approval.start for approval in person.approvals] + [client.decided_from for client in person.clients]
    return [start for start in starts if start]


def _runs_while_decided(person: Person, runs_until: date | None) -> date | None:
    decided = [client.decided_to for client in person.clients]
    decided_to = max(filter(None, decided), default=None) if None not in decided else None
    return min(runs_until, decided_to) if runs_until and decided_to else runs_until
