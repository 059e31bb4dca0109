"""The small form of the attack: a few variants of each kind, in under two minutes; `python -m tests.attack` tries all."""

import os

import pytest

from tests.attack.__main__ import attacked, chosen
from tests.attack.table import ROWS

SECONDS = 5.0
# Kinds whose mend has not landed: they may go through until it does, and then their line goes from here.
NOT_YET = {"3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "F-a", "F-b", "F-c", "F-d", "F-e"}
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are forked from this process")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id} {row.title}")
def test_nothing_gets_through(row, request):
    if row.id in NOT_YET:
        request.applymarker(pytest.mark.xfail(reason="its mend has not landed", strict=False))
    score = attacked(chosen(row, small=True), SECONDS)
    assert score.tried
    assert score.through == []


def test_every_row_has_twenty_variants():
    assert [row.id for row in ROWS if len(list(row.tries())) < 20] == []
