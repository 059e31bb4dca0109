"""The small form of the attack: a few variants of each kind, in under two minutes; `python -m tests.attack` tries all."""

import os

import pytest

from tests.attack.__main__ import attacked, chosen
from tests.attack.table import ROWS

SECONDS = 5.0
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are forked from this process")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id} {row.title}")
def test_nothing_gets_through(row):
    score = attacked(chosen(row, small=True), SECONDS)
    assert score.tried
    assert score.through == []


def test_every_row_has_twenty_variants():
    assert [row.id for row in ROWS if len(list(row.tries())) < 20] == []
