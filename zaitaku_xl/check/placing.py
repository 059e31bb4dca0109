"""Flaws made into findings: each with its place, its weight, its source and the days it touches."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import repeat
from operator import attrgetter
from typing import Any

from zaitaku_xl.finding import Finding, Flaw, Weight
from zaitaku_xl.law import ANYWHERE, Clause, Local, Readings
from zaitaku_xl.model import Record
from zaitaku_xl.rules import Rule
from zaitaku_xl.scopes import Book, Day, Missed, MonthOfUse, Several, Span, Term, Week, Whole
from zaitaku_xl.sentence import Sentence, own

_date_of = attrgetter("date")
_ADVICE = Weight.ADVISE.value
_WEIGHTS = {weight.value: weight for weight in Weight}
_Touched = frozenset[tuple[str, date]]
_Place = tuple[str | None, int, int]  # sheet, row, column
_NOWHERE: _Place = (None, 0, 0)
_UNVERIFIED = "（根拠の条文は未確認）"


_Subject = tuple[str | None, date | None, tuple[date, date] | None, _Touched, _Place]
"""Whom and when a flaw concerns: client, day, period, the days it touches, and where."""


def finding_of(rule: Rule, clause: Clause, flaw: Flaw, readings: Readings | None, office: Local = ANYWHERE) -> Finding:
    """Make the finding of a flaw; *readings* are those of its client, None where it concerns the *office*."""
    local = readings.local if readings else office
    weight = _weight(clause, flaw)
    tell = _of_book if rule.over is Book else _SUBJECTS[rule.over]
    client, day, period, touches, (sheet, row, column) = tell(flaw.scope, flaw)
    return Finding(
        rule=rule.id,
        weight=weight,
        client=client,
        sentence=_said(flaw.sentence, clause, local),
        remedy=local.filled(flaw.remedy or rule.remedy_under(weight)),
        clause=clause,
        day=day,
        period=period,
        sheet=sheet,
        row=row,
        column=column,
        touches=touches,
        readings=_open(rule.rests_on + flaw.rests_on, readings),
        field=flaw.at,
        blank=_is_blank(flaw),
    )


# ---- what it says


def _said(sentence: Sentence, clause: Clause, local: Local) -> Sentence:
    """The sentence with the words of the town and of who asks in their places, and with what nobody could verify."""
    if not clause.source.verified:
        sentence = sentence.followed_by(_UNVERIFIED)
    if "{" not in sentence.template:
        return sentence
    words = {"asker": clause.asker, **local._asdict()}
    meant = {name: own(word) for name, word in words.items() if f"{{{name}}}" in sentence.template}
    return sentence.filled(**meant) if meant else sentence


# ---- whom and when, by what was looked at


def _of_day(day: Day, flaw: Flaw) -> _Subject:
    name, main = day.person.name, day.main
    touches = frozenset(((name, day.date),))
    return name, day.date, None, touches, _place(flaw.on or main, flaw.at, main)


def _of_span(span: Span, flaw: Flaw) -> _Subject:
    name, main = span.person.name, span.home_days[0].main
    days = [day.date for day in span.home_days] if flaw.days is None else flaw.days
    touches = frozenset(zip(repeat(name), days))
    return name, None, _period(span), touches, _place(flaw.on or main, flaw.at, main)


def _period(span: Span) -> tuple[date, date]:
    if isinstance(span, Week):
        return span.first, span.last
    if isinstance(span, MonthOfUse):
        return span.month.first, span.month.after.first - timedelta(days=1)
    return span.home_days[0].date, span.home_days[-1].date


def _of_absence(missed: Missed, flaw: Flaw) -> _Subject:
    """It touches its day only where that is one of the judged days, as *flaw* says."""
    name, absence = missed.person.name, missed.absence
    touches = frozenset(zip(repeat(name), flaw.days or ()))
    return name, absence.day, None, touches, _place(flaw.on or absence, flaw.at, absence)


def _of_book(scope: Book | Whole | Week | Day | Several, flaw: Flaw) -> _Subject:
    """What was found looking at the whole book, of whatever in it."""
    if isinstance(scope, Several):
        return _of_several(scope, flaw)
    if isinstance(scope, Book):
        return _of_office(scope, flaw)
    if isinstance(scope, Whole):
        return _of_client(scope, flaw)
    return _of_day(scope, flaw) if isinstance(scope, Day) else _of_span(scope, flaw)


def _of_office(book: Book, flaw: Flaw) -> _Subject:
    dates = flaw.days or ()
    dates = frozenset(dates)
    days = [day for whole in book.people for day in whole.home_days if day.date in dates] if dates else []
    touches = frozenset([(day.person.name, day.date) for day in days])
    return None, None, None, touches, _place_among(days, flaw)


def _of_client(whole: Whole, flaw: Flaw) -> _Subject:
    """Days are touched where the flaw names them; a record of one day tells the day, else they make a period."""
    dates = flaw.days or ()
    days = [day for date_ in sorted(dates) if (day := _day_on(whole.days, date_))]
    name = whole.person.name
    of_record = getattr(flaw.on, "day", None)
    single = of_record if isinstance(of_record, date) else None
    period = (min(dates), max(dates)) if dates and not single else None
    touches = frozenset([(name, day.date) for day in days])
    return name, single, period, touches, _place_among(days, flaw)


def _of_several(several: Several, flaw: Flaw) -> _Subject:
    """One cell of many: of a client where all its days are that client's."""
    names = {name for name, _ in several.days}
    dates = [date for _, date in several.days]
    period = (min(dates), max(dates)) if len(names) == 1 else None
    name = names.pop() if len(names) == 1 else None
    return name, None, period, several.days, _place_among((), flaw)


def _day_on(days: Sequence[Day], on: date) -> Day | None:
    """Return the day of a date, out of a client's days, which are in order."""
    place = bisect_left(days, on, key=_date_of)
    return days[place] if place < len(days) and days[place].date == on else None


_SUBJECTS: dict[type, Callable[[Any, Flaw], _Subject]] = {
    Day: _of_day,
    Week: _of_span,
    MonthOfUse: _of_span,
    Term: _of_span,
    Whole: _of_span,
    Missed: _of_absence,
}


# ---- where


def _place_among(days: Iterable[Day], flaw: Flaw) -> _Place:
    """The flaw's own cell, else that of the first day."""
    if flaw.on is not None:
        return _place(flaw.on, flaw.at, flaw.on)
    first = min(days, key=lambda day: day.date, default=None)
    return _place(first.main, None, first.main) if first else _NOWHERE


def _place(record: Record, field: str | None, otherwise: Record) -> _Place:
    """Return sheet, row and column: the field's cell, else the 日付 cell of the record's row, else its 氏名 cell."""
    row = record.row
    cell = (field and row.place(field)) or row.place("day") or row.place("name")
    if cell is None and record is not otherwise:
        return _place(otherwise, None, otherwise)
    return cell or _NOWHERE


def _is_blank(flaw: Flaw) -> bool:
    """Nothing stands in the field that the flaw names; what cannot be read is not nothing."""
    if flaw.on is None or flaw.at is None or flaw.at in flaw.on.row.unread:
        return False
    return getattr(flaw.on, flaw.at.rpartition(".")[2], flaw) is None


# ---- how heavy, and what it rests on


def _weight(clause: Clause, flaw: Flaw) -> Weight:
    """The clause's weight unless the flaw is lighter; what is only advised cannot become 要確認."""
    if flaw.lighter is None or clause.weight == _ADVICE:
        return _WEIGHTS[clause.weight]
    return flaw.lighter


def _open(questions: tuple[str, ...], readings: Readings | None) -> tuple[str, ...]:
    """The questions a finding rests on that the client's town has not answered."""
    if readings is None or not readings.answered:
        return questions
    return tuple([id for id in questions if id not in readings.answered])
