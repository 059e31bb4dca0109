"""The rules asked about all scopes at once that one law serves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from zaitaku_xl.check.cases import Case
from zaitaku_xl.check.placing import finding_of
from zaitaku_xl.check.served import Served, under
from zaitaku_xl.errors import BrokenRule
from zaitaku_xl.finding import Finding, Flaw, Weight
from zaitaku_xl.law import ANYWHERE, Clause, Law, Readings, Text
from zaitaku_xl.rules import Rule
from zaitaku_xl.scopes import Book, Day, Days, Missed, MonthOfUse, Span, Term, Week, Whole, limited

_SPANS = (Week, MonthOfUse, Term, Whole)
_T = TypeVar("_T")
_Divided = tuple[Case, Served, Span]  # a period under several texts


class Awake:
    """The rules that can speak of this workbook, by what they look at, and which of them a text asks."""

    def __init__(self, rules: list[Rule]) -> None:
        # On a day those that silence others speak first.
        self._over: dict[type, list[Rule]] = {
            scope: sorted((rule for rule in rules if rule.over is scope), key=lambda rule: not rule.silences)
            for scope in (Day, Missed, Book, *_SPANS)
        }

    def over(self, scope: type) -> list[Rule]:
        return self._over[scope]

    def asked(self, text: Text, scope: type) -> Iterator[tuple[Rule, Clause]]:
        for rule in self._over[scope]:
            clause = text.get(rule.clause)
            if clause is not None and clause.asked is not False:
                yield rule, clause


@dataclass(slots=True)
class _Alike:
    """What clients have under one text and one way of reading it: in most workbooks everything."""

    text: Text
    readings: Readings
    days: list[Day] = field(default_factory=list)
    spans: dict[type, list[Span]] = field(default_factory=lambda: {scope: [] for scope in _SPANS})


def client_findings(cases: list[Case], rules: Awake) -> Iterator[Finding]:
    """Yield what is wrong with the clients. Rules are asked about many days at once: most have nothing to say of any."""
    parts, divided = _sorted_out(cases)
    for part in parts:
        if part.days:
            yield from _day_findings(part, rules)
        for scope, spans in part.spans.items():
            for rule, clause in rules.asked(part.text, scope) if spans else ():
                for flaw in _flaws(rule, spans, clause):
                    yield finding_of(rule, clause, flaw, part.readings)
    for case, served, span in divided:
        for rule, clause, limited_span in _each_under_its_law(served, span, rules):
            for flaw in _flaws(rule, [limited_span], clause):
                yield finding_of(rule, clause, flaw, case.whole.readings)
    for case in cases:
        yield from _absence_findings(case, rules)


def _sorted_out(cases: Iterable[Case]) -> tuple[list[_Alike], list[_Divided]]:
    """Put together the days and periods that are judged alike; periods under several texts come apart."""
    parts: list[_Alike] = []
    divided: list[_Divided] = []
    for case in cases:
        whole = case.whole
        if case.text is not None:  # nearly every client, in nearly every month
            part = _part(parts, case.text, whole.readings)
            part.days += whole.days
            part.spans[Week] += whole.weeks
            part.spans[MonthOfUse] += whole.months
            if whole.home_days:
                part.spans[Term] += [term for term in whole.terms if term.home_days]
                part.spans[Whole].append(whole)
            continue
        for day in whole.days:
            _part(parts, case.text_on(day.date), whole.readings).days.append(day)
        served = Served(case.text_on)
        for span in case.spans():
            texts = _each_once(part.text for part in served.parts(span.home_days))
            if len(texts) == 1:
                _part(parts, texts[0], whole.readings).spans[type(span)].append(span)
            elif texts:
                divided.append((case, served, span))
    return parts, divided


def _part(parts: list[_Alike], text: Text, readings: Readings) -> _Alike:
    """Return the part of those who share these very two; there are never more than a few."""
    for part in parts:
        if part.text is text and part.readings is readings:
            return part
    parts.append(_Alike(text, readings))
    return parts[-1]


def _each_once(things: Iterable[_T]) -> list[_T]:
    """Return each thing once, the very same being one; of texts and clauses there are only a few."""
    once: list[_T] = []
    for thing in things:
        if not any(thing is other for other in once):
            once.append(thing)
    return once


def _day_findings(part: _Alike, rules: Awake) -> Iterator[Finding]:
    days = Days(part.days)
    silent: set[tuple[str, Day]] = set()
    for rule, clause in rules.asked(part.text, Day):
        for flaw in _flaws(rule, days, clause):
            if (rule.id, flaw.scope) in silent:
                continue
            finding = finding_of(rule, clause, flaw, part.readings)
            if finding.weight is not Weight.ADVISE:
                silent.update((other, flaw.scope) for other in rule.silences)
            yield finding


def _flaws(rule: Rule, many: Any, clause: Clause) -> list[Flaw]:
    """All flaws of one rule: what is asked, and for those that meet it what is hoped for beyond, as advice."""
    try:
        flaws = list(rule.find(many, clause.asked))
        if clause.advised is not None:
            faulty = {flaw.scope for flaw in flaws}
            hoped = [flaw for flaw in rule.find(many, clause.advised) if flaw.scope not in faulty]
            flaws += [flaw._replace(lighter=Weight.ADVISE) for flaw in hoped]
    except Exception as error:
        raise BrokenRule(f"規則{rule.id}の計算に失敗しました（{type(error).__name__}）") from error
    return flaws


def _each_under_its_law(served: Served, span: Span, rules: Awake) -> Iterator[tuple[Rule, Clause, Span]]:
    """Cut a period into the parts judged by one clause, so that each home day is under the law of its own day."""
    parts = list(served.parts(span.home_days))
    for rule in rules.over(type(span)):
        for clause in _each_once(part.text[rule.clause] for part in parts if rule.clause in part.text):
            if clause.asked is not False:
                yield rule, clause, limited(span, under(clause, rule.clause, parts))


def _absence_findings(case: Case, rules: Awake) -> Iterator[Finding]:
    judged = {day.date for day in case.whole.days} if case.missed else set()
    last = case.whole.every[-1].date if case.whole.every else date.max
    for missed in case.missed:
        day = missed.absence.day
        for rule, clause in rules.asked(case.text_on(missed.told or last), Missed):
            for flaw in _flaws(rule, [missed], clause):
                open_ = flaw.lighter is Weight.UNDECIDED  # of the addition, not of a day
                touching = flaw._replace(days=frozenset() if open_ or day is None else frozenset({day} & judged))
                yield finding_of(rule, clause, touching, case.whole.readings)


def book_findings(book: Book, law: Law, rules: Awake) -> Iterator[Finding]:
    town = law.town(book.log.office.designator)  # what concerns the office follows its 指定権者
    last = max((whole.days[-1].date for whole in book.people if whole.days), default=date.max)
    text = law.on(None, None, date.max) | law.on(town.id if town else None, book.log.office.service, last)
    for rule, clause in rules.asked(text, Book):
        for flaw in _flaws(rule, book, clause):
            if isinstance(flaw.scope, Book):
                yield finding_of(rule, clause, flaw, None, town.local if town else ANYWHERE)
            else:
                yield finding_of(rule, clause, flaw, flaw.scope.readings)
