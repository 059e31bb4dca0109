"""Dates of one row that contradict each other are nobody's fault: they are asked about, and nothing is blamed on them."""

from typing import Any

import pytest

from tests.logs import report

LOG = [{"日付": "2026-01-13", "提供区分": "在宅"}]


@pytest.mark.parametrize(
    ("sheet", "row", "field"),
    [
        ("在宅承認", {"承認開始": "2025-12-01", "承認終了": "2025-11-30"}, "end"),
        ("在宅承認", {"承認開始": "2026-12-01", "承認終了": "2026-11-30"}, "start"),
        ("利用者台帳", {"支給決定開始": "2026-04-01", "支給決定終了": "2025-03-31"}, "decided_to"),
        ("週評価", {"対象開始": "2026-01-12", "対象終了": "2026-01-18", "実施日": "2025-01-14"}, "done_on"),
        ("週評価", {"対象開始": "2026-01-12", "対象終了": "2026-01-18", "実施日": "2027-01-14"}, "done_on"),
        ("月評価", {"対象年月": "2026-01", "実施日": "2025-01-28"}, "done_on"),
    ],
)
def test_what_cannot_all_be_meant_is_asked_once_and_blocks_nothing(sheet: str, row: dict[str, Any], field: str) -> None:
    made = report({"日報": LOG, sheet: [row]})
    assert {finding.rule for finding in made.findings if finding.weight == "undecided"} <= {"P01", "W01", "M01"}
    assert any(finding.rule == "P01" and finding.sheet == sheet for finding in made.findings), field
    assert [finding.rule for finding in made.findings if finding.weight == "block"] == []
    assert [day.verdict.value for day in made.days if day.day.day == 13] == ["CHECK"]


@pytest.mark.parametrize(
    ("sheet", "row", "rule"),
    [
        ("在宅承認", {"承認開始": "2025-12-01", "承認終了": "2025-12-31"}, "A01"),  # over, not contradictory
        (
            "週評価",
            {"対象開始": "2026-01-12", "対象終了": "2026-01-18", "実施日": "2026-02-10"},
            "W01",
        ),  # late, this year
        ("月評価", {"対象年月": "2026-01", "実施日": "2026-02-03"}, "M01"),
        ("月評価", {"対象年月": "2026-01", "実施日": "2025-03-03"}, "M01"),  # of another month in any year
    ],
)
def test_dates_that_can_be_meant_are_taken_as_they_stand(sheet: str, row: dict[str, Any], rule: str) -> None:
    made = report({"日報": LOG, sheet: [row]})
    assert rule in {finding.rule for finding in made.findings if finding.weight == "block"}
    assert "P01" not in {finding.rule for finding in made.findings}
