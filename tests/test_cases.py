"""Every rule's cases, told as data in tests/cases/: each name is a sentence that is true or false."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.logs import report
from zaitaku_xl.law import load_law
from zaitaku_xl.report import Report
from zaitaku_xl.rules import RULES

CASES = Path(__file__).parent / "cases"
_KNOWN = {"name", "rule", "finds", "weights", "remedies", "at", "verdicts", "findings", "touches", "rests", "only"}


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        book = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in book["case"]:
            found.append(pytest.param(case.get("rule", book.get("rule")), case, id=f"{path.stem}: {case['name']}"))
    return found


@pytest.mark.parametrize(("rule", "case"), _cases())
def test_case(rule: str | None, case: dict[str, Any]) -> None:
    meets(rule, case, report(tables_of(case)))


def tables_of(case: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key not in _KNOWN}


def meets(rule: str | None, case: dict[str, Any], made: Report) -> None:
    """`finds`, `weights`, `at` and `touches` speak of the file's or the case's rule; `verdicts` of days; `findings` of every rule.

    Where neither `finds` nor `weights` stands, the rule finds nothing; `weights` alone leave the sentences open.
    """
    mine = [finding for finding in made.findings if finding.rule == rule]
    if rule and ("finds" in case or "weights" not in case):
        assert [finding.message for finding in mine] == case.get("finds", [])
    if "weights" in case:
        assert [finding.weight.value for finding in mine] == case["weights"]
    if "remedies" in case:  # a word of each
        assert len(mine) == len(case["remedies"])
        for finding, word in zip(mine, case["remedies"], strict=True):
            assert word in finding.remedy
    if "at" in case:
        assert [f"{finding.sheet}!{finding.cell}" for finding in mine] == case["at"]
    if "touches" in case:
        assert [[f"{client} {day}" for client, day in sorted(finding.touches)] for finding in mine] == case["touches"]
    if "rests" in case:  # the open questions that each rests on
        assert [list(finding.readings) for finding in mine] == case["rests"]
    for when, verdict in case.get("verdicts", {}).items():
        assert _verdict(made, when) == verdict, when
    if "findings" in case:  # rule and weight of everything heavier than advice
        heavy = sorted({f"{f.rule} {f.weight.value}" for f in made.findings if f.weight != "advise"})
        assert heavy == sorted(case["findings"])


def _verdict(made: Report, when: str) -> str:
    """The verdict of a date, or of 「氏名 date」 where the case has several clients."""
    name, _, day = when.rpartition(" ")
    return next(d.verdict.value for d in made.days if d.day.isoformat() == day and name in ("", d.client))


def test_every_rule_is_seen_to_pass_and_to_fail() -> None:
    for rule in RULES:
        paths = list(CASES.glob(f"{rule.id.lower()}_*.toml"))
        assert len(paths) == 1, rule.id
        cases = tomllib.loads(paths[0].read_text(encoding="utf-8"))["case"]
        assert any(case.get("finds") for case in cases), f"{rule.id} is never seen to speak"
        assert any(not case.get("finds") for case in cases), f"{rule.id} is never seen to stay silent"


def test_every_rule_has_manners() -> None:
    law = load_law()
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.clause in law.requirements, f"{rule.id} asks after a clause that is nowhere"
        assert rule.title, rule.id
        for said in (rule.asks, rule.reading, rule.limits, rule.remedy):
            assert said.endswith("。"), f"{rule.id}: {said!r}"


def test_every_clause_serves_a_rule() -> None:
    assert load_law().requirements == {rule.clause for rule in RULES}
