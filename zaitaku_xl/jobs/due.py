"""What is still owed on a day, by when, and what hangs on it: read out of the one judgement, and out of the terms that end.

Nothing here is proposed as having happened: a line says what is not there yet.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from zaitaku_xl.a1 import address
from zaitaku_xl.finding import Finding, Verdict, Weight
from zaitaku_xl.jobs.checking import check_file
from zaitaku_xl.jobs.judging import Asked
from zaitaku_xl.jobs.opening import opened
from zaitaku_xl.jobs.outcome import Outcome
from zaitaku_xl.law import load_law
from zaitaku_xl.model import Month, Record
from zaitaku_xl.plan import Plan
from zaitaku_xl.report import Report
from zaitaku_xl.scopes import Whole
from zaitaku_xl.sheets.due import DueLine, When, due_sheet

_AHEAD = 60  # days before the end of a term, where no text says how many
_WHAT = {
    "D01": "支援の連絡",
    "D03": "日報（訓練内容と支援記録）",
    "D04": "支援か訓練の記録",
    "W01": "週1回の評価",
    "W03": "週1回の評価（決められた方法）",
    "M01": "月1回の評価",
    "M02": "月1回の評価（決められた方法）",
}


class Dues(NamedTuple):
    """What is owed in one book, and what became of the book."""

    outcome: Outcome
    lines: tuple[DueLine, ...]


def dues_of(path: Path, shown: str, asked: Asked) -> Dues:
    """Judge a book on the day of reference and return what is owed; never raises for what a file may hold."""
    assert asked.as_of is not None
    outcome = check_file(path, shown, asked)
    report = outcome.report
    if report is None or outcome.status.exit_status:
        return Dues(outcome, ())
    price = outcome.log.office.unit_price if outcome.log else None
    lines = [*_owed(report, asked.as_of, price, shown), *_ending(report, asked.as_of, shown)]
    return Dues(outcome, tuple(sorted(lines, key=lambda line: line.order)))


def in_order(several: Sequence[Dues]) -> list[DueLine]:
    """Return the lines of several books of an office together."""
    return sorted((line for dues in several for line in dues.lines), key=lambda line: line.order)


def write_due(path: Path, lines: Sequence[DueLine], as_of: date, target: Path) -> None:
    """Write a copy with the sheet 「これからの期限」; raises Unreadable or Unwritten with a sentence."""
    book = opened(path)
    book.put_in_place(book.carry_out(Plan(sheets=(due_sheet(lines, as_of),))), target)


# ---- what the month asks


def _owed(report: Report, on: date, price: float | None, path: str) -> Iterator[DueLine]:
    wholes = {whole.person.name: whole for whole in report.wholes}
    waiting = {(day.client, day.day) for day in report.days if day.verdict is Verdict.PENDING}
    for finding in report.findings:
        if finding.weight is Weight.DUE and finding.due and finding.client:
            days = tuple(sorted(day for name, day in finding.touches & waiting))
            yield DueLine(
                when=when_of(finding.due, on),
                client=finding.client,
                what=_what(finding),
                due=finding.due,
                last_use=_last_use(wholes.get(finding.client), on, finding.due),
                days=days,
                yen=None if price is None else price * len(days),
                message=finding.message,
                remedy=finding.remedy,
                rule=finding.rule,
                sheet=finding.sheet,
                cell=finding.cell,
                path=path,
            )


def _what(finding: Finding) -> str:
    return _WHAT.get(finding.rule, finding.rule)


def when_of(due: date, on: date) -> When:
    if due <= on:
        return When.TODAY if due == on else When.PAST
    if due <= on + timedelta(days=6 - on.weekday()):
        return When.WEEK
    return When.MONTH if Month.of(due) == Month.of(on) else When.SOON


def _last_use(whole: Whole | None, on: date, due: date) -> date | None:
    plans = whole.person.plans if whole else []
    return max(
        (plan.day for plan in plans if plan.day and plan.place and plan.place.is_use and on <= plan.day <= due),
        default=None,
    )


# ---- what ends


def _ending(report: Report, on: date, path: str) -> Iterator[DueLine]:
    for whole in report.wholes:
        until = on + timedelta(days=_ahead(whole, on))
        for what, due, record, field in _terms(whole):
            if on <= due <= until:
                place = record.row.place(field)
                yield DueLine(
                    when=when_of(due, on),
                    client=whole.person.name,
                    what=what,
                    due=due,
                    last_use=None,
                    days=(),
                    yen=None,
                    message=f"{what}です。",
                    remedy="続けて利用するときは、手続の時期を市町村に確かめておくと安心です。",
                    rule=None,
                    sheet=place[0] if place else None,
                    cell=_address(place),
                    path=path,
                )


def _ahead(whole: Whole, on: date) -> int:
    clause = load_law().on(whole.town, whole.serving.service, on).get("renewal_notice_days")
    return clause.asked if clause is not None and isinstance(clause.asked, int) else _AHEAD


def _terms(whole: Whole) -> Iterator[tuple[str, date, Record, str]]:
    """Yield the last of each kind of term; a renewal that was filed leaves nothing to do."""
    ends = [(approval.end, approval) for approval in whole.person.approvals if approval.end]
    is_open = len(ends) < len(whole.person.approvals)  # one without an end goes on
    last = None if is_open else max(ends, key=lambda each: each[0], default=None)
    if last and not last[1].renewal_filed_on:
        yield "在宅利用の期間の終わり", last[0], last[1], "end"
    client = whole.client
    if client is None:
        return
    if client.decided_to:
        yield "支給決定の終わり", client.decided_to, client, "decided_to"
    standard = client.extended_until or client.standard_until
    if standard:
        field = "extended_until" if client.extended_until else "standard_until"
        yield "標準利用期間の終わり", standard, client, field


def _address(place: tuple[str, int, int] | None) -> str | None:
    return address(place[1], place[2]) if place else None
