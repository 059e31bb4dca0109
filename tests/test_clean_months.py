"""Ten clean months of five towns and three services: nothing is said that weighs more than advice."""

import tomllib
from calendar import monthrange
from pathlib import Path
from typing import Any

import pytest

from tests.logs import report
from tests.months import month_of
from zaitaku_xl.finding import Verdict
from zaitaku_xl.model import Month

MONTHS = tomllib.loads(Path(__file__).with_name("clean_months.toml").read_text(encoding="utf-8"))["month"]


@pytest.mark.parametrize("told", MONTHS, ids=[told["name"] for told in MONTHS])
def test_a_clean_month_is_told_nothing_heavier_than_advice(told: dict[str, Any]) -> None:
    month = Month(*map(int, told["month"].split("-")))
    rest = {key: value for key, value in told.items() if key not in ("name", "month")}
    made = report(month_of(month=month, **rest))
    assert [f"{f.rule} {f.weight.value} {f.message}" for f in made.findings if f.weight != "advise"] == []
    assert {day.verdict for day in made.days} == {Verdict.BILLABLE, Verdict.NOT_HOME}
    assert all(day.day in month for day in made.days)


def test_the_ten_months_are_of_every_kind() -> None:
    assert len(MONTHS) == 10
    assert len({told["town"] for told in MONTHS}) == 5
    assert len({told["service"] for told in MONTHS}) == 3
    shapes = [monthrange(*map(int, told["month"].split("-"))) for told in MONTHS]
    assert {days for _, days in shapes} == {28, 29, 30, 31}
    assert {0, 1, 2, 3, 5, 6} <= {weekday for weekday, _ in shapes}
    assert {told["weekly"] for told in MONTHS} == {"通所", "電話", "ICT"}
