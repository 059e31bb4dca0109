"""The rules asked about each scope, under the law that serves it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter

from zaitaku_xl.check.cases import Case
from zaitaku_xl.check.placing import absence_finding, book_finding, day_finding, period_finding
from zaitaku_xl.errors import BrokenRule
from zaitaku_xl.finding import Finding, Flaw, Weight
from zaitaku_xl.law import Clause, Law, Text
from zaitaku_xl.rules import RULES, Rule
from zaitaku_xl.scopes import Book, Day, Missed, MonthOfUse, Scope, Span, Term, Week, Whole, limited


class Awake:
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


def client_findings(case: Case, rules: Awake) -> Iterator[Finding]:
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
                    yield period_finding(whole, rule, clause, flaw, part)


def _absence_findings(case: Case, rules: list[Rule]) -> Iterator[Finding]:
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
    last = max((day.date for whole in book.people for day in whole.days), default=date.max)
    text = law.on(None, None, date.max) | law.on(town.id if town else None, book.log.office.service, last)
    people = {id(whole.person): whole for whole in book.people}
    for rule in rules:
        if rule.over is Book:
            clause = text.get(rule.clause)
            if clause is None or clause.asked is False:
                continue
            for flaw in _flaws(rule, book, clause):
                yield book_finding(people, rule, clause, flaw)


def _day_findings(case: Case, rules: Awake) -> Iterator[Finding]:
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
                finding = day_finding(day, rule, clause, flaw)
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


def _under_one_law(case: Case, span: Span, rules: Awake, scope: type) -> Iterator[tuple[Rule, Clause, Span]]:
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
