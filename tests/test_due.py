"""A month that is not over: what can still be done is due until its last day, nothing is red before, and nothing is forgotten.

Whatever the day of reference, a month that is over gives the same; without one every month counts as over.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import Row, grids
from tests.months import month_of
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check
from zaitaku_xl.finding import Finding, Verdict, Weight
from zaitaku_xl.law import load_law
from zaitaku_xl.model import Month
from zaitaku_xl.report import Report

_MONTH = Month(2026, 1)
_OWED = ("D01", "D03", "D04", "W01", "W03", "M01", "M02")
_LATER = date(2026, 3, 1)
_DATES = ("日付", "実施日")


def _until(day: date, *, contacts: int = 2, **of_the_day: Any) -> dict[str, Any]:
    """Return a clean month of which nothing is written after a day, and of that day so many contacts."""
    tables: dict[str, Any] = dict(month_of("長崎市", "就労継続支援B型", _MONTH, weekly="電話"))
    for sheet, rows in tables.items():
        if isinstance(rows, list) and sheet != "予定":
            tables[sheet] = [row for row in rows if _when(row) is None or str(_when(row)) <= str(day)]
    for row in tables["日報"]:
        if row["日付"] == str(day) and row["提供区分"] == "在宅":
            row.update(of_the_day)
            row.update({"連絡": row.get("連絡", _TWO)[:contacts]})
    return tables


_TWO = ["9:35 電話 開始確認 体調の確認 佐藤", "15:20 電話 終了確認 作業の振り返り 佐藤"]


def _when(row: Row) -> Any:
    return next((row[name] for name in _DATES if name in row), None)


def _report(tables: dict[str, Any], on: date | None) -> Report:
    return check(read_log(grids(tables)), load_law(), months=(_MONTH,), as_of=on)


def _due(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.weight is Weight.DUE]


def _said(findings: Iterable[Finding]) -> set[tuple[object, ...]]:
    return {(finding.client, finding.touches) for finding in findings}


_DAYS = [date(2026, 1, 5) + timedelta(days=n) for n in range(27)]


def _waiting(day: date) -> dict[str, Any]:
    """Return the month of which the second contact of the day and the month's evaluation are not there yet."""
    return _until(day, contacts=1) | {"月評価": []}


@pytest.mark.parametrize("day", _DAYS, ids=str)
def test_what_is_listed_is_what_becomes_a_block_if_nothing_more_is_written(day: date) -> None:
    tables = _waiting(day)
    now, later = _report(tables, day), _report(tables, _LATER)
    lost = [each for each in later.findings if each.rule in _OWED and each.weight is Weight.BLOCK]
    lost += [each for each in later.findings if each.rule == "P02" and each.weight is Weight.UNDECIDED and each.period]
    assert _said(_due(now)) == _said(lost)
    assert {finding.rule for finding in _due(now)} <= set(_OWED)


@pytest.mark.parametrize("day", _DAYS, ids=str)
def test_nothing_is_red_before_its_last_day(day: date) -> None:
    report = _report(_waiting(day), day)
    assert {finding.rule for finding in _due(report)} >= {"M01"}
    assert [each.message for each in report.findings if each.weight in (Weight.BLOCK, Weight.UNDECIDED)] == []
    assert {each.verdict for each in report.days} <= {Verdict.BILLABLE, Verdict.PENDING, Verdict.NOT_HOME}
    for finding in _due(report):
        assert finding.due is not None
        grace = timedelta(days=7 if finding.rule.startswith("W") else 0)
        assert finding.due + grace >= day


@pytest.mark.parametrize(
    ("rule", "last", "due", "over"),
    [
        ("D01", date(2026, 1, 14), date(2026, 1, 14), date(2026, 1, 15)),
        ("W01", date(2026, 1, 25), date(2026, 2, 1), date(2026, 2, 2)),
        ("M01", date(2026, 1, 31), date(2026, 1, 31), date(2026, 2, 1)),
    ],
    ids=["a day", "a week and its grace", "a month"],
)
def test_both_sides_of_each_last_day(rule: str, last: date, due: date, over: date) -> None:
    tables = _until(date(2026, 1, 31))
    if rule == "D01":
        tables = _until(date(2026, 1, 14), contacts=1)
    if rule == "W01":
        tables["週評価"] = [row for row in tables["週評価"] if not "2026-01-19" <= row["実施日"] <= "2026-02-08"]
    if rule == "M01":
        tables["月評価"] = []
    on_time, late = ([each for each in _report(tables, day).findings if each.rule == rule] for day in (due, over))
    assert [(each.weight, each.due) for each in on_time if each.due == last] == [(Weight.DUE, last)]
    assert Weight.BLOCK in {each.weight for each in late}


def test_a_blank_cell_of_today_is_not_yet_missing() -> None:
    day = date(2026, 1, 14)
    tables = _until(day, contacts=1, 心身の状況=None, 備考=None, 終了=None)
    rules = [{each.rule for each in _report(tables, on).findings if each.day == day} for on in (day, _LATER)]
    assert rules[0] == {"D01"}
    assert {"D01", "R01"} < rules[1]


def test_what_says_nothing_stays_open_also_today() -> None:
    day = date(2026, 1, 14)
    tables = _until(day, 支援記録="なし")
    weights = {each.rule: each.weight for each in _report(tables, day).findings if each.day == day}
    assert weights["D03"] is Weight.UNDECIDED


@given(st.dates(date(2026, 3, 1), date(2027, 12, 31)))
def test_a_month_that_is_over_is_the_same_on_every_day(day: date) -> None:
    tables = _until(date(2026, 1, 20), contacts=1)
    assert _report(tables, day) == _report(tables, None)


def test_an_approval_is_never_due() -> None:
    tables = _until(date(2026, 1, 14)) | {"在宅承認": [{"承認開始": "2025-04-01", "承認終了": "2026-01-13"}]}
    report = _report(tables, date(2026, 1, 14))
    assert {each.weight for each in report.findings if each.rule == "A01"} == {Weight.BLOCK}
