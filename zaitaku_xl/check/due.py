"""What of a month that is not over can still be done: it is due until its last day, with its grace, and no fault before.

CONTRACT 2, A-35. Nothing here knows what today is: the day of reference is handed in.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from zaitaku_xl.check.cases import Case
from zaitaku_xl.check.placing import finding_of
from zaitaku_xl.finding import Finding, Weight, breach
from zaitaku_xl.model import Month
from zaitaku_xl.rules import RULES
from zaitaku_xl.ruling.missed import questions_of
from zaitaku_xl.ruling.words import on as said
from zaitaku_xl.scopes import Day, Week

_OF_A_DAY, _OF_A_WEEK, _OF_A_MONTH = ("D01", "D03", "D04"), ("W01", "W03"), ("M01", "M02")
_OWED = frozenset((*_OF_A_DAY, *_OF_A_WEEK, *_OF_A_MONTH))
_OPEN_TOO = frozenset(("D01", "D03"))  # on days to come also where a blank cell leaves them undecided
_NO_GRACE, _OF_WEEKS = timedelta(), timedelta(days=7)
_RULES = {rule.id: rule for rule in RULES}
_DAILY = frozenset(rule.id for rule in RULES if rule.over is Day)


def is_over(months: Iterable[Month], cases: Sequence[Case], on: date) -> bool:
    """Tell whether every period that touches these months has ended, with its grace, before a day."""
    return all(_ends(month, cases) < on for month in months)


def _ends(month: Month, cases: Sequence[Case]) -> date:
    last = month.after.first - timedelta(days=1)
    starts = {case.whole.readings.week_start for case in cases} or {0}
    return max(last + timedelta(days=6 - (last.weekday() - start) % 7) + _OF_WEEKS for start in starts)


def with_dues(findings: Iterable[Finding], cases: Sequence[Case], on: date) -> list[Finding]:
    """Return the findings as they stand on a day: what can still be done is due, blank cells of days to come are silent."""
    waiting = {(week.person.name, week.first): finding for week, finding in _open_weeks(cases, on)}
    found: list[Finding] = []
    for finding in findings:
        last = _last_day(finding)
        if last and last + _grace(finding) >= on and _is_owed(finding, on):
            found.append(_due(finding, last, on))
        elif _is_an_open_week(finding, waiting) or _is_silent(finding, on):
            continue
        else:
            found.append(finding)
    return [*found, *waiting.values()]


def _last_day(finding: Finding) -> date | None:
    """The last day of the period that a finding which may be owed is of."""
    if finding.rule not in _OWED:
        return None
    return finding.day or (finding.period[1] if finding.period else None)


def _grace(finding: Finding) -> timedelta:
    return _OF_WEEKS if finding.rule in _OF_A_WEEK else _NO_GRACE


def _is_owed(finding: Finding, on: date) -> bool:
    if finding.weight is Weight.BLOCK:
        return True
    is_blank = finding.weight is Weight.UNDECIDED and finding.blank
    return finding.rule in _OPEN_TOO and is_blank and finding.day is not None and finding.day >= on


def _due(finding: Finding, last: date, on: date) -> Finding:
    return finding._replace(weight=Weight.DUE, due=last, remedy=_remedy(finding.rule, last, on))


def _remedy(rule: str, last: date, on: date) -> str:
    if rule in _OF_A_WEEK and last < on:
        until = said(last + _OF_WEEKS)
        return f"期限の{said(last)}を過ぎています。{until}までに行えば、この週の評価として数えます。行ってから入力してください。"
    return f"まだ間に合います。{said(last)}までに行えば、要件がそろいます。行ってから入力してください。"


def _is_silent(finding: Finding, on: date) -> bool:
    """A cell of a day to come is not yet missing; neither is what the office writes at the end of the day."""
    is_light = finding.weight is not Weight.BLOCK
    return finding.rule in _DAILY and finding.blank and is_light and finding.day is not None and finding.day >= on


# ---- weeks that reach into a month which the workbook does not hold


def _open_weeks(cases: Sequence[Case], on: date) -> Iterator[tuple[Week, Finding]]:
    """Yield the weeks whose evaluation is not there yet, each with what is due: P02 speaks of them once they are over."""
    rule = _RULES["W01"]
    for case in cases:
        for week in case.whole.weeks:
            if not week.beyond or week.settled or week.doubtful or week.last + _OF_WEEKS < on:
                continue
            clause = case.text_on(week.home_days[0].date).get(rule.clause)
            if clause is None or clause.asked is False:
                continue
            message = f"{week.words}1回の評価の記録が見つかりません（在宅の日は{len(week.home_days)}日）。"
            flaw = breach(week, message, rests_on=questions_of(week))
            yield week, _due(finding_of(rule, clause, flaw, case.whole.readings), week.last, on)


def _is_an_open_week(finding: Finding, waiting: dict[tuple[str, date], Finding]) -> bool:
    if finding.rule != "P02" or not finding.period or finding.client is None:
        return False
    due = waiting.get((finding.client, finding.period[0]))
    return due is not None and due.touches == finding.touches
