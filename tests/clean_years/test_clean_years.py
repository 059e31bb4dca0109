"""Careful offices are not blamed: office-years of every kind of variety, but for the kinds that are listed as not yet."""

import pytest

from tests.clean_years.known import NOT_YET
from tests.clean_years.running import Told, run
from tests.clean_years.years import KINDS, mixed, of_client_kinds, of_kind

SEED = 11
YEARS = 3
ADVICE = 0.4  # a client and month
MENDED = [name for name in KINDS if name not in NOT_YET]


def test_years_of_careful_work_have_no_false_alarm_and_little_advice():
    told = Told()
    for number in range(YEARS):
        told.add(run(mixed(SEED, number, leaving_out=NOT_YET)))
    assert told.alarms == []
    assert sum(count for about, count in told.advice.items() if about != "P02 book") < ADVICE * told.client_months


@pytest.mark.parametrize("kinds", of_client_kinds(MENDED), ids="＋".join)
def test_no_kind_of_life_is_blamed_in_a_month(kinds):
    told = run(of_kind(kinds, SEED), months=((2026, 4),))
    assert told.alarms == []


@pytest.mark.parametrize("kind", [name for name in MENDED if KINDS[name].of_office])
def test_no_way_of_writing_is_blamed_in_a_month(kind):
    told = run(of_kind([kind], SEED), months=((2026, 1),))
    assert told.alarms == []


def test_there_are_enough_kinds_and_no_reason_is_idle():
    assert len(KINDS) >= 25
    assert set(NOT_YET) <= set(KINDS)
