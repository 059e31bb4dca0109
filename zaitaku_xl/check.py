"""A log under the law of each day: the one judgement behind ribbon, formulas and batch."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from operator import attrgetter

from zaitaku_xl.errors import BrokenRule
from zaitaku_xl.finding import Finding, Flaw, Weight
from zaitaku_xl.law import Clause, Law, Readings, Text, Town
from zaitaku_xl.law.readings import resolved
from zaitaku_xl.model import ClaimLine, Log, Method, Month, Person, Record
from zaitaku_xl.report import Report, gathered
from zaitaku_xl.rules import RULES, Rule
from zaitaku_xl.scopes import (
    Book,
    Calendar,
    Day,
    Missed,
    MonthOfUse,
    Scope,
    Span,
    Term,
    Week,
    Whole,
    calendar_of,
    days_of,
    limited,
    missed_of,
    months_of,
    terms_of,
    weeks_of,
)


@dataclass(frozen=True, slots=True)
class _Case:
    """A client with the law that serves each of the days."""

    whole: Whole
    texts: dict[date, Text]
    missed: tuple[Missed, ...]
    text_on: Callable[[date], Text]


def check(
    log: Log,
    law: Law,
    *,
    months: Iterable[Month] | None = None,
    city: str | None = None,
    claims: Iterable[ClaimLine] | None = None,
    tried: Mapping[str, str] | None = None,
) -> Report:
    """Judge the days of *months* (default: 対象年月, else every month with rows in 日報).

    *city* is the id of a town for clients without one, *claims* the lines of a claim file to compare with,
    *tried* readings (id -> choice) that stand for those the office chose. Raises BrokenRule when a rule of ours fails.
    """
    held = Month.all_of(entry.day for person in log.people for entry in person.entries)
    judged = _judged(log, held, months)
    awake = [rule for rule in RULES if not log.lacks(rule.needs) and log.holds_any(rule.wakes)]
    rules = _Awake(awake)
    calendar = calendar_of(log.office, log.calendar)
    readings = _readings_by_town(law, log, tried)
    cases = [
        _case(person, log, law, calendar, judged, held | frozenset(judged), city, readings) for person in log.people
    ]
    if claims is not None:
        _hand_out(claims, cases)
    findings = _said_once(
        [_held_back(finding, case) for case in cases for finding in _client_findings(case, rules)], log
    )
    book = Book(log, tuple(case.whole for case in cases), _lacking(log), judged, held)
    findings += _book_findings(book, law, awake)
    return gathered(judged, [case.whole for case in cases], findings)


def _hand_out(claims: Iterable[ClaimLine], cases: list[_Case]) -> None:
    """Give each client the claim lines of its 受給者証番号."""
    by_number: dict[str, list[ClaimLine]] = {}
    for line in claims:
        by_number.setdefault(line.number, []).append(line)
    for case in cases:
        client = case.whole.person.client
        number = ((client.number if client else None) or "").lstrip("0")
        case.whole.claims = tuple(by_number.get(number, ()))


def _judged(log: Log, held: frozenset[Month], months: Iterable[Month] | None) -> tuple[Month, ...]:
    if months is not None:
        return tuple(sorted(set(months), key=str))
    if log.office.month:
        return (log.office.month,)
    return tuple(sorted(held, key=str))


def _lacking(log: Log) -> tuple[str, ...]:
    """What the rules need and the workbook does not have; of a missing table only the table itself."""
    lacking = [name for name in _NEEDED if name in log.missing or name.partition(".")[0] in log.missing]
    tables = [name for name in dict.fromkeys(name.partition(".")[0] for name in lacking) if name in log.missing]
    columns = [name for name in lacking if "." in name and name.partition(".")[0] not in log.missing]
    if "entries.contacts" in columns:  # no 連絡 column at all: say it once
        columns = [name for name in columns if not name.startswith("entries.contact.")]
    return (*tables, *columns)


# ---- the law that serves a client


def _readings_by_town(law: Law, log: Log, tried: Mapping[str, str] | None) -> Callable[[Town | None], Readings]:
    """Return how the clients of a town are read; each town's readings are put together once."""

    @cache
    def of(town: str | None) -> Readings:
        return resolved(log.office.readings, law.towns[town].answers if town else (), tried)

    return lambda town: of(town.id if town else None)


def _case(
    person: Person,
    log: Log,
    law: Law,
    calendar: Calendar,
    judged: tuple[Month, ...],
    held: frozenset[Month],
    city: str | None,
    readings_of: Callable[[Town | None], Readings],
) -> _Case:
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
    return _Case(whole, texts, missed, text_on)


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


# ---- rules over scopes


class _Awake:
    """The rules that can speak of this workbook, by what they look at, and which of them a text asks."""

    def __init__(self, rules: list[Rule]) -> None:
        # On a day those that silence others speak first.
        self._over: dict[type, list[Rule]] = {
            scope: sorted((rule for rule in rules if rule.over is scope), key=lambda rule: not rule.silences)
            for scope in (Day, Missed, Week, MonthOfUse, Term, Whole)
        }
        self._asked: dict[tuple[int, type], list[tuple[Rule, Clause]]] = {}

    def over(self, scope: type) -> list[Rule]:
        return self._over[scope]

    def asked(self, text: Text, scope: type) -> list[tuple[Rule, Clause]]:
        """Put together once a text: every client of a town has the same."""
        key = id(text), scope
        if key not in self._asked:
            pairs = [(rule, text[rule.clause]) for rule in self._over[scope] if rule.clause in text]
            self._asked[key] = [(rule, clause) for rule, clause in pairs if clause.asked is not False]
        return self._asked[key]


def _client_findings(case: _Case, rules: _Awake) -> Iterator[Finding]:
    whole = case.whole
    yield from _day_findings(case, rules)
    yield from _absence_findings(case, rules.over(Missed))
    spans: dict[type, tuple[Span, ...]] = {
        Week: whole.weeks,
        MonthOfUse: whole.months,
        Term: whole.terms,
        Whole: (whole,),
    }
    for scope, cut in spans.items():
        for span in cut:
            for rule, clause, part in _under_one_law(case, span, rules, scope):
                for flaw in _flaws(rule, part, clause):
                    yield _period_finding(case, rule, clause, flaw, part)


def _absence_findings(case: _Case, rules: list[Rule]) -> Iterator[Finding]:
    name = case.whole.person.name
    days = {day.date for day in case.whole.days}
    for missed in case.missed:
        day = missed.absence.day
        assert day is not None
        for rule in rules:
            clause = case.text_on(day).get(rule.clause)
            if clause is None or clause.asked is False:
                continue
            for flaw in _flaws(rule, missed, clause):
                yield Finding(
                    rule.id, _weight(clause, flaw), name, _message(flaw, clause), flaw.remedy or rule.remedy, clause,
                    day, None, *_place(flaw.on or missed.absence, flaw.at, missed.absence),
                    frozenset({(name, day)} if day in days else ()), _open(rule, flaw, case.whole.readings),
                )  # fmt: skip


_EVIDENCE = frozenset(("approvals", "plans", "week_reviews", "month_reviews"))
_NEEDED = sorted({name for rule in RULES for name in (*rule.needs, *rule.uses)})
_RESTS_ON = {rule.id: _EVIDENCE & {need.partition(".")[0] for need in rule.needs} for rule in RULES}


def _held_back(finding: Finding, case: _Case) -> Finding:
    """Nothing is blocked for want of a record that may be among the rows that do not say whose they are."""
    if finding.weight is Weight.BLOCK and _RESTS_ON[finding.rule] & case.whole.person.unsorted:
        return replace(finding, weight=Weight.UNDECIDED)
    return finding


def _day_findings(case: _Case, rules: _Awake) -> Iterator[Finding]:
    by_text: dict[int, list[Day]] = {}
    for day in case.whole.days:
        by_text.setdefault(id(case.texts[day.date]), []).append(day)
    for days in by_text.values():
        silent: set[tuple[str, int]] = set()
        gaps = [day for day in days for row in day.home_rows if None in _GAPS(row)]
        with_gaps = list({id(day): day for day in gaps}.values())
        for rule, clause in rules.asked(case.texts[days[0].date], Day):
            for day, flaw in _flaws_of_days(rule, with_gaps if rule.gaps else days, clause):
                if (rule.id, id(day)) in silent:
                    continue
                finding = _day_finding(day, rule, clause, flaw)
                if finding.weight is not Weight.ADVISE:
                    silent.update((other, id(day)) for other in rule.silences)
                yield finding


_GAPS = attrgetter(*sorted({field for rule in RULES for field in rule.gaps}), "day")  # day: never a gap


def _flaws_of_days(rule: Rule, days: list[Day], clause: Clause) -> list[tuple[Day, Flaw]]:
    """All flaws of one rule over many days: most days have none, and asking must cost next to nothing."""
    find, asked = rule.find, clause.asked
    try:
        found = [(day, flaw) for day in days for flaw in find(day, asked)]
    except Exception as error:
        raise _broken(rule, error) from error
    if clause.advised is not None:
        faulty = {id(day) for day, _ in found}
        found += [(day, flaw) for day in days if id(day) not in faulty for flaw in _flaws(rule, day, clause)]
    return found


def _under_one_law(case: _Case, span: Span, rules: _Awake, scope: type) -> Iterator[tuple[Rule, Clause, Span]]:
    """Cut a period into the parts judged by one clause, so that each home day is under the law of its own day."""
    texts = {id(text): text for text in [case.texts[day.date] for day in span.home_days]}
    if len(texts) == 1:
        for text in texts.values():
            for rule, clause in rules.asked(text, scope):
                yield rule, clause, span
        return
    for rule in rules.over(scope):
        found = {id(text[rule.clause]): text[rule.clause] for text in texts.values() if rule.clause in text}
        for clause in found.values():
            if clause.asked is not False:
                days = tuple(day for day in span.home_days if case.texts[day.date].get(rule.clause) is clause)
                yield rule, clause, limited(span, days)


def _flaws(rule: Rule, scope: Scope, clause: Clause) -> list[Flaw]:
    try:
        found = list(rule.find(scope, clause.asked))
        if not found and clause.advised is not None:
            found = [_lightened(flaw) for flaw in rule.find(scope, clause.advised)]
    except Exception as error:
        raise _broken(rule, error) from error
    return found


def _broken(rule: Rule, error: Exception) -> BrokenRule:
    return BrokenRule(f"規則{rule.id}の計算に失敗しました（{type(error).__name__}）")


def _lightened(flaw: Flaw) -> Flaw:
    return replace(flaw, lighter=Weight.ADVISE)


def _weight(clause: Clause, flaw: Flaw) -> Weight:
    """The clause's weight unless the flaw is lighter; what is only advised cannot become 要確認."""
    if flaw.lighter is None or clause.weight == Weight.ADVISE:
        return Weight(clause.weight)
    return flaw.lighter


def _said_once(findings: list[Finding], log: Log) -> list[Finding]:
    """What is wrong at the office is found with each client and said once, for all of them."""
    office = log.office.row
    merged: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        of_office = finding.sheet == office.sheet and (finding.row, finding.column) in {
            office.at(f) for f in office.columns
        }
        key = (
            (finding.rule, id(finding.clause), finding.message, finding.row, finding.column)
            if of_office
            else (id(finding),)
        )
        known = merged.get(key)
        if of_office:
            touches = finding.touches | (known.touches if known else frozenset())
            finding = replace(finding, client=None, day=None, period=None, touches=touches)  # noqa: PLW2901
        merged[key] = finding
    return list(merged.values())


# ---- findings with their place


def _day_finding(day: Day, rule: Rule, clause: Clause, flaw: Flaw) -> Finding:
    record = flaw.on or day.main
    return Finding(
        rule.id, _weight(clause, flaw), day.person.name, _message(flaw, clause), flaw.remedy or rule.remedy, clause,
        day.date, None, *_place(record, flaw.at, day.main), frozenset({(day.person.name, day.date)}),
        _open(rule, flaw, day.readings),
    )  # fmt: skip


def _period_finding(case: _Case, rule: Rule, clause: Clause, flaw: Flaw, span: Span) -> Finding:
    days = flaw.days if flaw.days is not None else frozenset(day.date for day in span.home_days)
    first = span.home_days[0]
    name = case.whole.person.name
    return Finding(
        rule.id, _weight(clause, flaw), name, _message(flaw, clause), flaw.remedy or rule.remedy,
        clause, None, _period(span), *_place(flaw.on or first.main, flaw.at, first.main), frozenset((name, day) for day in days),
        _open(rule, flaw, case.whole.readings),
    )  # fmt: skip


def _period(span: Span) -> tuple[date, date]:
    if isinstance(span, Week):
        return span.first, span.last
    if isinstance(span, MonthOfUse):
        return span.month.first, span.month.after.first - timedelta(days=1)
    return span.home_days[0].date, span.home_days[-1].date


def _book_findings(book: Book, law: Law, rules: list[Rule]) -> Iterator[Finding]:
    town = law.town(book.log.office.designator)  # what concerns the office follows its 指定権者
    last = max((day.date for whole in book.people for day in whole.days), default=date.max)
    text = law.on(None, None, date.max) | law.on(town.id if town else None, book.log.office.service, last)
    people = {id(whole.person): whole for whole in book.people}
    for rule in rules:
        if rule.over is Book:
            clause = text.get(rule.clause)
            if clause is None or clause.asked is False:
                continue
            for flaw in _flaws(rule, book, clause):
                yield _book_finding(people, rule, clause, flaw)


def _book_finding(people: dict[int, Whole], rule: Rule, clause: Clause, flaw: Flaw) -> Finding:
    touched = sorted(flaw.days or ())
    whole = people.get(id(flaw.of)) if flaw.of else None
    concerned = [whole] if whole else people.values()
    touches = frozenset(
        (w.person.name, d.date) for w in concerned for d in w.days if d.date in touched and (whole or d.at_home)
    )
    day = getattr(flaw.on, "day", None) if flaw.on is not None else None
    single = day if isinstance(day, date) and whole else None
    period = flaw.period or ((touched[0], touched[-1]) if whole and touched and not single else None)
    place: tuple[str | None, int, int] = (None, 0, 0)
    if flaw.on is not None:
        place = _place(flaw.on, flaw.at, flaw.on)
    elif touched:
        first = _first_day(whole.days if whole else [d for w in people.values() for d in w.home_days], touched[0])
        place = _place(first.main, None, first.main)
    return Finding(
        rule.id, _weight(clause, flaw), whole.person.name if whole else None, _message(flaw, clause),
        flaw.remedy or rule.remedy, clause, single, None if single else period, *place, touches,
        _open(rule, flaw, whole.readings) if whole else (*rule.rests_on, *flaw.rests_on),
    )  # fmt: skip


def _first_day(days: Iterable[Day], wanted: date) -> Day:
    return next(day for day in days if day.date == wanted)


def _place(record: Record, field: str | None, otherwise: Record) -> tuple[str | None, int, int]:
    """Return sheet, row and column: the field's cell, else the 日付 cell of the record's row, else its 氏名 cell."""
    row = record.row
    cell = (row.at(field) if field else None) or row.at("day") or row.at("name")
    if cell is None and record is not otherwise:
        return _place(otherwise, None, otherwise)
    return (row.sheet, *cell) if cell else (None, 0, 0)


def _open(rule: Rule, flaw: Flaw, readings: Readings) -> tuple[str, ...]:
    """The questions a finding rests on that the client's town has not answered."""
    return tuple(id for id in (*rule.rests_on, *flaw.rests_on) if id not in readings.answered)


def _message(flaw: Flaw, clause: Clause) -> str:
    return flaw.message if clause.source.verified else f"{flaw.message}（根拠未確認）"
