"""Findings gathered by day, by client and as rows; the same report serves marks, formulas and results."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from zaitaku_xl.finding import RANK, Finding, Verdict, Weight
from zaitaku_xl.model import Month, Place, Row
from zaitaku_xl.scopes import Whole


class Status(StrEnum):
    """What became of a file; all but JUDGED come with a reason."""

    JUDGED = "judged"
    UNREADABLE = "unreadable"
    NOT_A_LOG = "not_a_log"  # readable, no daily log in it
    FAILED = "failed"  # our own fault
    EMPTY = "empty"  # a log in which nothing of the months judged is recorded

    @property
    def word(self) -> str:
        return _STATUS_WORDS[self]

    @property
    def exit_status(self) -> int:
        """Of a file that ended so, whatever was found in it."""
        return 0 if self is Status.JUDGED else 2


_STATUS_WORDS = {
    Status.JUDGED: "点検できました",
    Status.UNREADABLE: "読み取れない",
    Status.NOT_A_LOG: "日報がない",
    Status.EMPTY: "点検する記録がありません",
    Status.FAILED: "プログラムの不具合",
}
NOTHING = f"{_STATUS_WORDS[Status.EMPTY]}。"
NOT_JUDGED = tuple(status for status in Status if status is not Status.JUDGED)


class DayResult(NamedTuple):
    """One client's judged date, with the row of 日報 that stands for it."""

    client: str
    day: date
    place: str
    verdict: Verdict
    findings: tuple[Finding, ...]  # those that touch the day, heaviest first
    stands: Row  # where that row is

    @property
    def sheet(self) -> str:
        return self.stands.sheet

    @property
    def row(self) -> int:
        return self.stands.number

    @property
    def column(self) -> int:
        """Of the 日付 cell."""
        place = self.stands.place("day")
        return place[2] if place else 0

    @property
    def rules(self) -> list[str]:
        return sorted({finding.rule for finding in self.findings})


LIGHT = (Weight.DUE, Weight.ADVISE)  # what leaves a workbook clean


class ClientResult(NamedTuple):
    """One client's days counted."""

    client: str
    city: str | None
    home_days: int
    billable: int
    not_billable: int
    check: int
    pending: int = 0


class Jotting(NamedTuple):
    """What the office wrote beside a finding in 点検結果; ``confirms``: its 確認済み says so."""

    ticked: str = ""
    words: str = ""
    confirms: bool = False

    def __bool__(self) -> bool:
        return bool(self.ticked or self.words)


class Line(NamedTuple):
    """A line of an older 点検結果: the number it is known by, its cells from 区分 on, what the office wrote there."""

    number: str
    cells: tuple[str, ...]
    jotting: Jotting


_NO_JOTTING = Jotting()
Telling = tuple[object, ...]


def telling(finding: Finding) -> Telling:
    """Return what tells a finding from the others of its report."""
    return finding.rule, finding.client, finding.when, finding.sheet, finding.row, finding.column, finding.message


@dataclass(frozen=True, slots=True)
class Jottings:
    """What the office wrote into the lists that are in the workbook: beside a finding of now, and beside none."""

    beside: Mapping[Telling, Jotting] = field(default_factory=dict)
    left: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a check says of one workbook."""

    months: tuple[Month, ...]
    clients: tuple[ClientResult, ...]
    days: tuple[DayResult, ...]
    findings: tuple[Finding, ...]
    wholes: tuple[Whole, ...] = field(default=(), compare=False, repr=False)  # what was judged, client by client
    as_of: date | None = None  # the day of reference, where a month judged is not over
    nothing: str | None = None  # why there is nothing to judge: then nothing is clean either
    jottings: Jottings = field(default=Jottings(), compare=False, repr=False)

    @property
    def clean(self) -> bool:
        """True when something was judged and nothing heavier than advice was found."""
        return self.nothing is None and all(finding.weight in LIGHT for finding in self.findings)

    def jotting(self, finding: Finding) -> Jotting:
        """Return what the office wrote beside a finding."""
        return self.jottings.beside.get(telling(finding), _NO_JOTTING) if self.jottings.beside else _NO_JOTTING

    def acknowledged(self, finding: Finding) -> bool:
        """Tell whether the office ticked an advice: it is listed and counted, but neither coloured nor noted."""
        return finding.weight is Weight.ADVISE and self.jotting(finding).confirms

    @property
    def years(self) -> frozenset[int]:
        """Those of the months judged."""
        return frozenset(month.year for month in self.months)

    @property
    def verdicts(self) -> Counter[Verdict]:
        return Counter(day.verdict for day in self.days)

    @property
    def weights(self) -> Counter[Weight]:
        return Counter(finding.weight for finding in self.findings)


def only(report: Report, client: str) -> Report:
    """Return what a report says of one client."""
    return Report(
        months=report.months,
        clients=tuple(each for each in report.clients if each.client == client),
        days=tuple(day for day in report.days if day.client == client),
        findings=tuple(finding for finding in report.findings if finding.client == client),
        wholes=tuple(whole for whole in report.wholes if whole.person.name == client),
        jottings=report.jottings,
    )


def without_records(report: Report) -> Report:
    """Return what a report says alone, for whoever keeps it longer than the workbook; no form can be made of it."""
    return replace(report, wholes=())


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


_made = partial(tuple.__new__, DayResult)  # a workbook has a thousand days: its fields at once, without their names
_HOME, _BILLABLE = Place.HOME, Verdict.BILLABLE  # looking a member up takes longer than comparing with it
_AWAY: dict[Place | None, Verdict] = dict.fromkeys(Place, Verdict.NOT_HOME) | {None: Verdict.CHECK}
_HEAVIEST = {
    Weight.BLOCK: Verdict.NOT_BILLABLE,
    Weight.UNDECIDED: Verdict.CHECK,
    Weight.DUE: Verdict.PENDING,
}  # any other leaves a day billable
_Said = tuple[Verdict, tuple[Finding, ...]]  # what the heaviest finding makes of a day at home, and all that touch it
_ByDay = dict[date, _Said]
_NOTHING: _Said = (_BILLABLE, ())


def gathered(judged: tuple[Month, ...], people: list[Whole], findings: list[Finding]) -> Report:
    """Return the report: findings in the order of clients and days, and what they make of each day."""
    order = {whole.person.name: n for n, whole in enumerate(people)}
    findings.sort(key=lambda finding: _sort_key(finding, order))
    said = _by_client(findings)
    clients: list[ClientResult] = []
    results: list[DayResult] = []
    for whole in people:
        if whole.days:
            client, days = _results(whole, said.get(whole.person.name, {}))
            clients.append(client)
            results += days
    return Report(
        months=judged,
        clients=tuple(clients),
        days=tuple(results),
        findings=tuple(findings),
        wholes=tuple(people),
    )


def _by_client(findings: list[Finding]) -> Mapping[str, _ByDay]:
    """What is said of each day that a finding touches, heaviest first."""
    said = defaultdict[str, _ByDay](dict)
    more = defaultdict[tuple[str, date], list[Finding]](list)
    for finding in sorted(findings, key=_rank):
        alone = _HEAVIEST.get(finding.weight, _BILLABLE), (finding,)
        for name, day in finding.touches:
            if said[name].setdefault(day, alone) is not alone:
                more[name, day].append(finding)
    for (name, day), others in more.items():
        verdict, first = said[name][day]
        if verdict is _BILLABLE and any(finding.weight is Weight.DUE for finding in others):  # an addition weighs more
            verdict = Verdict.PENDING
        said[name][day] = verdict, (*first, *others)
    return said


def _rank(finding: Finding) -> int:
    return RANK[finding.weight]


def _sort_key(finding: Finding, order: dict[str, int]) -> tuple[object, ...]:
    first = finding.day or (finding.period[0] if finding.period else date.min)
    return (
        order.get(finding.client or "", -1), first, finding.rule, finding.sheet or "", finding.row, finding.column,
        finding.sentence,
    )  # fmt: skip


def _results(whole: Whole, said: _ByDay) -> tuple[ClientResult, list[DayResult]]:
    """A finding decides of days at home alone; the place decides of any other."""
    name = whole.person.name
    results, verdicts = [], []
    for day in whole.days:
        when, place, main = day.date, day.place, day.main
        verdict, findings = said.get(when, _NOTHING)
        if place is not _HOME:
            verdict = _AWAY[place]
        verdicts.append(verdict)
        results.append((name, when, place or main.place_typed or "", verdict, findings, main.row))
    at_home = (_BILLABLE, Verdict.NOT_BILLABLE, Verdict.CHECK, Verdict.PENDING)
    billable, not_billable, check, pending = map(verdicts.count, at_home)
    client = ClientResult(
        client=name,
        city=whole.town,
        home_days=billable + not_billable + check + pending,
        billable=billable,
        not_billable=not_billable,
        check=check,
        pending=pending,
    )
    return client, list(map(_made, results))
