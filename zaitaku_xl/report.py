"""Findings gathered by day, by client and as rows; the same report serves marks, formulas and JSON."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from zaitaku_xl.finding import RANK, Finding, Verdict, Weight
from zaitaku_xl.model import Month


class DayResult(NamedTuple):
    """One client's judged date, with the row of 日報 that stands for it."""

    client: str
    day: date
    place: str
    verdict: Verdict
    findings: tuple[Finding, ...]  # those that touch the day, heaviest first
    sheet: str
    row: int
    column: int  # of the 日付 cell

    @property
    def rules(self) -> list[str]:
        return sorted({finding.rule for finding in self.findings})


@dataclass(frozen=True, slots=True)
class ClientResult:
    """One client's days counted."""

    client: str
    city: str | None
    home_days: int
    billable: int
    not_billable: int
    check: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a check says of one workbook."""

    months: tuple[Month, ...]
    clients: tuple[ClientResult, ...]
    days: tuple[DayResult, ...]
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """True when nothing heavier than advice was found."""
        return all(finding.weight is Weight.ADVISE for finding in self.findings)

    @property
    def verdicts(self) -> Counter[Verdict]:
        return Counter(day.verdict for day in self.days)

    @property
    def weights(self) -> Counter[Weight]:
        return Counter(finding.weight for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return ``clients``, ``days`` and ``findings`` as CONTRACT.md section 2 shapes them."""
        return {
            "clients": [_client(client) for client in self.clients],
            "days": [_day(day) for day in self.days],
            "findings": [_finding(finding) for finding in self.findings],
        }


class ChangedDay(NamedTuple):
    """A day whose verdict another reading or another text would change."""

    client: str
    day: date
    before: Verdict
    after: Verdict
    rules: tuple[str, ...]  # with other findings on that day


@dataclass(frozen=True, slots=True)
class Changes:
    """What would differ from one report to another of the same workbook."""

    days: tuple[ChangedDay, ...]
    rules: Mapping[str, tuple[Counter[Weight], Counter[Weight]]]  # findings by weight, before and after


def changes(before: Report, after: Report) -> Changes:
    """Compare two judgements of one workbook; a rule is told where it finds another place, day or weight."""
    was = {(day.client, day.day): day for day in before.days}
    days = tuple(
        ChangedDay(now.client, now.day, old.verdict, now.verdict, _differing(old.findings, now.findings))
        for now in after.days
        if (old := was[now.client, now.day]).verdict is not now.verdict
    )
    rules = _differing(before.findings, after.findings)
    return Changes(days, {rule: (_weights(before, rule), _weights(after, rule)) for rule in rules})


def _differing(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[str, ...]:
    old, new = (
        Counter((f.rule, f.weight, f.client, f.when, f.sheet, f.row, f.column) for f in found)
        for found in (before, after)
    )
    return tuple(sorted({key[0] for key in (*(old - new), *(new - old))}))


def _weights(report: Report, rule: str) -> Counter[Weight]:
    return Counter(finding.weight for finding in report.findings if finding.rule == rule)


def heaviest(findings: tuple[Finding, ...] | list[Finding]) -> Weight | None:
    return min((finding.weight for finding in findings), key=RANK.__getitem__, default=None)


def _client(client: ClientResult) -> dict[str, Any]:
    return {
        "client": client.client,
        "city": client.city,
        "home_days": client.home_days,
        "billable": client.billable,
        "not_billable": client.not_billable,
        "check": client.check,
    }


def _day(day: DayResult) -> dict[str, Any]:
    return {
        "client": day.client,
        "date": day.day.isoformat(),
        "place": day.place,
        "verdict": day.verdict.value,
        "rules": day.rules,
        "sheet": day.sheet,
        "row": day.row,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    source = finding.clause.source
    row: dict[str, Any] = {
        "rule": finding.rule,
        "weight": finding.weight.value,
        "client": finding.client,
        "date": finding.day.isoformat() if finding.day else None,
    }
    if finding.period:
        row["period"] = [day.isoformat() for day in finding.period]
    row |= {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message,
        "remedy": finding.remedy,
        "source": {
            "document": source.document,
            "clause": source.clause,
            "since": finding.clause.since.isoformat(),
        },
    }
    return row
