"""Findings gathered by day, by client and as rows; the same report serves marks, formulas and JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from zaitaku_xl.finding import RANK, Finding, Verdict, Weight
from zaitaku_xl.model import Month
from zaitaku_xl.scopes import Day, Whole


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


def only(report: Report, client: str) -> Report:
    """Return what a report says of one client."""
    return Report(
        report.months,
        tuple(each for each in report.clients if each.client == client),
        tuple(day for day in report.days if day.client == client),
        tuple(finding for finding in report.findings if finding.client == client),
    )


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


def gathered(judged: tuple[Month, ...], people: list[Whole], findings: list[Finding]) -> Report:
    """Return the report: findings in the order of clients and days, and what they make of each day."""
    order = {whole.person.name: n for n, whole in enumerate(people)}
    findings.sort(key=lambda finding: _sort_key(finding, order))
    touching: dict[tuple[str, date], list[Finding]] = {}
    for finding in findings:
        for touched in finding.touches:
            touching.setdefault(touched, []).append(finding)
    by_client = [(whole, tuple(_day_results(whole, touching))) for whole in people if whole.days]
    clients = tuple(_client_result(whole, days) for whole, days in by_client)
    return Report(judged, clients, tuple(day for _, days in by_client for day in days), tuple(findings))


def _sort_key(finding: Finding, order: dict[str, int]) -> tuple[object, ...]:
    first = finding.day or (finding.period[0] if finding.period else date.min)
    return (
        order.get(finding.client or "", -1), first, finding.rule, finding.sheet or "", finding.row, finding.column,
        finding.message,
    )  # fmt: skip


def _day_results(whole: Whole, touching: dict[tuple[str, date], list[Finding]]) -> Iterator[DayResult]:
    name = whole.person.name
    for day in whole.days:
        found = touching.get((name, day.date), ())
        mine = tuple(sorted(found, key=lambda finding: RANK[finding.weight]) if len(found) > 1 else found)
        row = day.main.row
        yield DayResult(
            name, day.date, day.place or day.main.place_typed or "", _verdict(day, mine), mine, row.sheet, row.number,
            row.columns.get("day", 0),
        )  # fmt: skip


def _verdict(day: Day, findings: tuple[Finding, ...]) -> Verdict:
    """The verdict of a day with these findings, heaviest first."""
    if day.place is None:
        return Verdict.CHECK
    if not day.at_home:
        return Verdict.NOT_HOME
    if not findings:
        return Verdict.BILLABLE
    heaviest = findings[0].weight
    if heaviest is Weight.BLOCK:
        return Verdict.NOT_BILLABLE
    return Verdict.CHECK if heaviest is Weight.UNDECIDED else Verdict.BILLABLE


def _client_result(whole: Whole, days: tuple[DayResult, ...]) -> ClientResult:
    counts = Counter(day.verdict for day in days)
    billable, blocked, check = (counts[v] for v in (Verdict.BILLABLE, Verdict.NOT_BILLABLE, Verdict.CHECK))
    return ClientResult(whole.person.name, whole.town, billable + blocked + check, billable, blocked, check)
