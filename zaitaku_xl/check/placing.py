"""Flaws made into findings: each with its place, its weight, its source and the days it touches."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import repeat

from zaitaku_xl.finding import Finding, Flaw, Weight
from zaitaku_xl.law import Clause, Readings
from zaitaku_xl.model import Record
from zaitaku_xl.rules import Rule
from zaitaku_xl.scopes import Day, Missed, MonthOfUse, Span, Week, Whole

_ADVICE = Weight.ADVISE.value
_WEIGHTS = {weight.value: weight for weight in Weight}


def day_finding(day: Day, rule: Rule, clause: Clause, flaw: Flaw) -> Finding:
    name, main = day.person.name, day.main
    return Finding(
        rule.id, _weight(clause, flaw), name, _message(flaw, clause), flaw.remedy or rule.remedy, clause,
        day.date, None, *_place(flaw.on or main, flaw.at, main), frozenset(((name, day.date),)),
        _open(rule, flaw, day.readings),
    )  # fmt: skip


def period_finding(whole: Whole, rule: Rule, clause: Clause, flaw: Flaw, span: Span) -> Finding:
    days = flaw.days if flaw.days is not None else [day.date for day in span.home_days]
    first = span.home_days[0]
    name = whole.person.name
    return Finding(
        rule.id, _weight(clause, flaw), name, _message(flaw, clause), flaw.remedy or rule.remedy,
        clause, None, _period(span), *_place(flaw.on or first.main, flaw.at, first.main), frozenset(zip(repeat(name), days)),
        _open(rule, flaw, whole.readings),
    )  # fmt: skip


def _period(span: Span) -> tuple[date, date]:
    if isinstance(span, Week):
        return span.first, span.last
    if isinstance(span, MonthOfUse):
        return span.month.first, span.month.after.first - timedelta(days=1)
    return span.home_days[0].date, span.home_days[-1].date


def absence_finding(
    whole: Whole, missed: Missed, rule: Rule, clause: Clause, flaw: Flaw, judged: date | None
) -> Finding:
    """*judged* is the day of the absence where it is one of the judged days."""
    name, absence = whole.person.name, missed.absence
    return Finding(
        rule.id, _weight(clause, flaw), name, _message(flaw, clause), flaw.remedy or rule.remedy, clause,
        absence.day, None, *_place(flaw.on or absence, flaw.at, absence),
        frozenset({(name, judged)} if judged else ()), _open(rule, flaw, whole.readings),
    )  # fmt: skip


def book_finding(people: dict[int, Whole], rule: Rule, clause: Clause, flaw: Flaw) -> Finding:
    days = flaw.days or frozenset()
    touched = sorted(days)
    whole = people.get(id(flaw.of)) if flaw.of else None
    if whole:
        touches = frozenset([(whole.person.name, day.date) for day in whole.days if day.date in days])
    else:
        home = people.values() if days else ()
        touches = frozenset([(w.person.name, d.date) for w in home for d in w.home_days if d.date in days])
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
    cell = (field and row.at(field)) or row.at("day") or row.at("name")
    if cell is None and record is not otherwise:
        return _place(otherwise, None, otherwise)
    return (row.sheet, *cell) if cell else (None, 0, 0)


def _weight(clause: Clause, flaw: Flaw) -> Weight:
    """The clause's weight unless the flaw is lighter; what is only advised cannot become 要確認."""
    if flaw.lighter is None or clause.weight == _ADVICE:
        return _WEIGHTS[clause.weight]
    return flaw.lighter


def _open(rule: Rule, flaw: Flaw, readings: Readings) -> tuple[str, ...]:
    """The questions a finding rests on that the client's town has not answered."""
    questions = rule.rests_on + flaw.rests_on
    return tuple([id for id in questions if id not in readings.answered]) if readings.answered else questions


def _message(flaw: Flaw, clause: Clause) -> str:
    return flaw.message if clause.source.verified else f"{flaw.message}（根拠未確認）"
