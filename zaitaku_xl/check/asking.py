"""The rules asked about each scope, under the law that serves it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zaitaku_xl.check.cases import Case
from zaitaku_xl.check.placing import absence_finding, book_finding, day_finding, period_finding
from zaitaku_xl.errors import BrokenRule
from zaitaku_xl.finding import Finding, Flaw, Weight
from zaitaku_xl.law import Clause, Law, Text
from zaitaku_xl.rules import Rule
from zaitaku_xl.scopes import Book, Day, Days, Missed, MonthOfUse, Scope, Span, Term, Week, Whole, limited

_SPANS = (Week, MonthOfUse, Term, Whole)


class Awake:
    """The rules that can speak of this workbook, by what they look at, and which of them a text asks."""

    def __init__(self, rules: list[Rule]) -> None:
        # On a day those that silence others speak first.
        self._over: dict[type, list[Rule]] = {
            scope: sorted((rule for rule in rules if rule.over is scope), key=lambda rule: not rule.silences)
            for scope in (Day, Missed, *_SPANS)
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
    days: list[Day] = field(default_factory=list)
    spans: dict[type, list[Span]] = field(default_factory=lambda: {scope: [] for scope in _SPANS})


def client_findings(cases: list[Case], rules: Awake) -> Iterator[Finding]:
    """Yield what is wrong with the clients. Rules are asked about many days at once: most have nothing to say of any."""
    wholes = {id(case.whole.person): case.whole for case in cases}
    alike, divided = _sorted_out(cases)
    for part in alike:
        if part.days:
            yield from _day_findings(part, rules)
        for scope, spans in part.spans.items():
            for rule, clause in rules.asked(part.text, scope):
                for span, flaw in _flaws_of(rule, spans, spans, clause):
                    yield period_finding(wholes[id(span.person)], rule, clause, flaw, span)
    for case, span in divided:
        for rule, clause, limited_span in _each_under_its_law(case, span, rules):
            for flaw in _flaws(rule, limited_span, clause):
                yield period_finding(case.whole, rule, clause, flaw, limited_span)
    for case in cases:
        yield from _absence_findings(case, rules.over(Missed))


def _sorted_out(cases: Iterable[Case]) -> tuple[list[_Alike], list[tuple[Case, Span]]]:
    """Put together the days and periods that are judged alike; periods under several texts come apart."""
    alike: dict[tuple[int, int], _Alike] = {}
    divided: list[tuple[Case, Span]] = []
    for case in cases:
        readings = id(case.whole.readings)
        if case.text is not None:  # nearly every client, in nearly every month
            part = alike.setdefault((id(case.text), readings), _Alike(case.text))
            whole = case.whole
            part.days += whole.days
            part.spans[Week] += whole.weeks
            part.spans[MonthOfUse] += whole.months
            if whole.home_days:
                part.spans[Term] += [term for term in whole.terms if term.home_days]
                part.spans[Whole].append(whole)
            continue
        for day in case.whole.days:
            text = case.text_on(day.date)
            alike.setdefault((id(text), readings), _Alike(text)).days.append(day)
        for span in case.spans():
            texts = {id(case.text_on(day.date)) for day in span.home_days}
            if len(texts) == 1:
                alike[texts.pop(), readings].spans[type(span)].append(span)
            elif texts:
                divided.append((case, span))
    return list(alike.values()), divided


def _day_findings(part: _Alike, rules: Awake) -> Iterator[Finding]:
    days, silent = Days(part.days), set[tuple[str, int]]()
    for rule, clause in rules.asked(part.text, Day):
        for day, flaw in _flaws_of(rule, days, days.every, clause):
            if (rule.id, id(day)) in silent:
                continue
            finding = day_finding(day, rule, clause, flaw)
            if finding.weight is not Weight.ADVISE:
                silent.update((other, id(day)) for other in rule.silences)
            yield finding


def _flaws_of(rule: Rule, many: Any, every: list[Any], clause: Clause) -> list[tuple[Any, Flaw]]:
    """All flaws of one rule, asked about those that its screen lets through."""
    try:
        found = _found(rule, many, every, clause.asked)
        if clause.advised is not None:
            faulty = {id(scope) for scope, _ in found}
            hoped = _found(rule, many, every, clause.advised)
            found += [(scope, _lightened(flaw)) for scope, flaw in hoped if id(scope) not in faulty]
    except Exception as error:
        raise _broken(rule, error) from error
    return found


def _found(rule: Rule, many: Any, every: list[Any], asked: Any) -> list[tuple[Any, Flaw]]:
    find = rule.find
    if rule.where is None:
        return [(scope, flaw) for scope in every for flaw in find(scope, asked)]
    found = [(scope, flaw) for scope in rule.where(many, asked) for flaw in find(scope, asked)]
    if isinstance(many, Days):
        found += [(day, flaw) for day in many.several for flaw in find(day, asked)]
    return found


def _each_under_its_law(case: Case, span: Span, rules: Awake) -> Iterator[tuple[Rule, Clause, Span]]:
    """Cut a period into the parts judged by one clause, so that each home day is under the law of its own day."""
    texts = {id(text): text for text in [case.text_on(day.date) for day in span.home_days]}
    for rule in rules.over(type(span)):
        found = {id(text[rule.clause]): text[rule.clause] for text in texts.values() if rule.clause in text}
        for clause in found.values():
            if clause.asked is not False:
                days = tuple(day for day in span.home_days if case.text_on(day.date).get(rule.clause) is clause)
                yield rule, clause, limited(span, days)


def _absence_findings(case: Case, rules: list[Rule]) -> Iterator[Finding]:
    if not case.missed:
        return
    days = {day.date for day in case.whole.days}
    for missed in case.missed:
        day = missed.absence.day
        assert day is not None
        for rule in rules:
            clause = case.text_on(day).get(rule.clause)
            if clause is None or clause.asked is False:
                continue
            for flaw in _flaws(rule, missed, clause):
                yield absence_finding(case.whole, missed, rule, clause, flaw, day if day in days else None)


def book_findings(book: Book, law: Law, rules: list[Rule]) -> Iterator[Finding]:
    town = law.town(book.log.office.designator)  # what concerns the office follows its 指定権者
    last = max((whole.days[-1].date for whole in book.people if whole.days), default=date.max)
    text = law.on(None, None, date.max) | law.on(town.id if town else None, book.log.office.service, last)
    people = {id(whole.person): whole for whole in book.people}
    for rule in rules:
        if rule.over is Book:
            clause = text.get(rule.clause)
            if clause is None or clause.asked is False:
                continue
            for flaw in _flaws(rule, book, clause):
                yield book_finding(people, rule, clause, flaw)


def _flaws(rule: Rule, scope: Scope, clause: Clause) -> list[Flaw]:
    """All flaws of one scope by itself."""
    return [flaw for _, flaw in _flaws_of(rule, [scope], [scope], clause)]


def _broken(rule: Rule, error: Exception) -> BrokenRule:
    return BrokenRule(f"規則{rule.id}の計算に失敗しました（{type(error).__name__}）")


def _lightened(flaw: Flaw) -> Flaw:
    return flaw._replace(lighter=Weight.ADVISE)
