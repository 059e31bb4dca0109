"""What came of one file, in plain values: small to send from a worker, to keep in a journal and to write out."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zaitaku_xl.a1 import address
from zaitaku_xl.book.dates import in_a_column
from zaitaku_xl.finding import RANK, Finding, Verdict, Weight
from zaitaku_xl.jobs import Outcome
from zaitaku_xl.layouts.pieces import Question
from zaitaku_xl.model import Office
from zaitaku_xl.report import LIGHT, ClientResult, DayResult, Report, Status
from zaitaku_xl.results.identity import Identity, identity_of
from zaitaku_xl.visible import path_as_text
from zaitaku_xl.what_if import OtherReading, Trial

_RANKS = {weight.value: rank for weight, rank in RANK.items()}


class OfficeFacts(NamedTuple):
    """What 設定 says of the office."""

    number: str = ""
    name: str = ""
    designator: str = ""
    service: str = ""
    unit_price: float | None = None  # 一日単価

    @property
    def label(self) -> str:
        return self.name or self.number or "（事業所名なし）"


NO_OFFICE = OfficeFacts()
NO_REPORT = Report((), (), (), ())
NOBODY = Identity()


class PlainDay(NamedTuple):
    """A client's judged day."""

    client: str
    date: str
    place: str
    verdict: str
    rules: tuple[str, ...]
    sheet: str
    row: int


class PlainFinding(NamedTuple):
    """A finding, with its source and what it rests on in words."""

    rule: str
    weight: str
    client: str | None
    date: str | None
    period: tuple[str, str] | None
    sheet: str | None
    cell: str | None
    message: str
    remedy: str
    document: str
    clause: str
    since: str
    rests: str
    acknowledged: bool = False  # an advice that the office ticked
    due: str | None = None

    def when_in(self, years: Container[int]) -> str:
        """The day or the period as a narrow column shows it."""
        days = (self.date,) if self.date else self.period or ()
        return in_a_column(map(date.fromisoformat, days), years)

    @property
    def when(self) -> str:
        return self.date or ("～".join(self.period) if self.period else "")


class Double(NamedTuple):
    """A client's month that does not count, because that of the file *path* does."""

    client: str
    month: str
    path: str
    reason: str


class PlainQuestion(NamedTuple):
    """What is still asked about an office's own sheet: where, about which heading, and what may be answered."""

    sheet: str
    cell: str
    heading: str
    question: str
    choices: tuple[str, ...]
    proposal: str | None


class Tally(NamedTuple):
    """A file in a few numbers: all that stays in memory of it."""

    status: Status
    exit_status: int
    verdicts: tuple[int, ...]  # in the order of Verdict
    weights: tuple[int, ...]  # in the order of Weight
    unwritten: bool = False
    as_of: str | None = None  # the day of reference, where a month judged is not over


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one file; ``path`` is as the person gave it, ``written`` where its marked copy lies."""

    path: str
    status: Status
    reason: str | None = None
    written: str | None = None
    remarks: tuple[str, ...] = ()
    copy_reason: str | None = None  # judged, but the marked copy that was asked for could not be made: why
    digest: str = ""  # of the file
    template: str | None = None
    office: OfficeFacts = NO_OFFICE
    months: tuple[str, ...] = ()
    clients: tuple[ClientResult, ...] = ()
    counts: tuple[int, ...] = (0,) * len(Verdict)  # days by verdict, in the order of Verdict
    rule_counts: tuple[tuple[str, str, int], ...] = ()  # findings by rule and weight
    findings: tuple[PlainFinding, ...] = ()
    other_readings: tuple[OtherReading, ...] = ()
    trial: Trial | None = None
    days: tuple[PlainDay, ...] = ()
    cells: tuple[tuple[str, int, str], ...] = ()  # sheet, row and digests of the judged rows
    identity: Identity = NOBODY
    doubles: tuple[Double, ...] = ()  # told once all files of a run are there
    questions: tuple[PlainQuestion, ...] = ()
    as_of: str | None = None  # the day of reference, where a month judged is not over

    @property
    def years(self) -> frozenset[int]:
        """Those of the months judged."""
        return frozenset(int(month[:4]) for month in self.months)

    @property
    def unwritten(self) -> bool:
        return self.copy_reason is not None

    @property
    def judged(self) -> bool:
        return self.status is Status.JUDGED

    @property
    def counted(self) -> bool:
        """False where all that the file holds is a double."""
        return not self.doubles or len(self.doubles) < len(self.identity.parts)

    @property
    def verdicts(self) -> Counter[Verdict]:
        return Counter(dict(zip(Verdict, self.counts, strict=True)))

    @property
    def weights(self) -> Counter[Weight]:
        weights = dict.fromkeys(Weight, 0)
        for _, weight, count in self.rule_counts:
            weights[Weight(weight)] += count
        return Counter(weights)

    @property
    def exit_status(self) -> int:
        if self.unwritten:
            return 2
        heavier = any(weight not in LIGHT for _, weight, _ in self.rule_counts)
        return self.status.exit_status or int(heavier)

    @property
    def tally(self) -> Tally:
        weights = self.weights
        return Tally(
            status=self.status,
            exit_status=self.exit_status,
            verdicts=self.counts,
            weights=tuple(weights[weight] for weight in Weight),
            unwritten=self.unwritten,
            as_of=self.as_of,
        )

    @property
    def heaviest_first(self) -> list[PlainFinding]:
        return sorted(self.findings, key=lambda finding: _RANKS[finding.weight])


def result_of(outcome: Outcome, digest: str = "", *, days: bool = True) -> Result:
    """Return the outcome of a check in plain values, with or without every judged day."""
    report = outcome.report or NO_REPORT
    verdicts = report.verdicts
    return Result(
        path=outcome.path,
        status=outcome.status,
        reason=None if outcome.reason is None else str(outcome.reason),
        written=path_as_text(str(outcome.written)) if outcome.written else None,
        remarks=tuple(map(str, outcome.remarks)),
        copy_reason=None if outcome.copy_reason is None else str(outcome.copy_reason),
        digest=digest,
        template=outcome.template,
        office=_office(outcome.log.office) if outcome.log else NO_OFFICE,
        months=tuple(map(str, report.months)),
        clients=report.clients,
        counts=tuple(verdicts[verdict] for verdict in Verdict),
        rule_counts=rule_counts(report.findings),
        findings=tuple(_finding(finding, report.acknowledged(finding)) for finding in report.findings),
        other_readings=outcome.other_readings,
        trial=outcome.trial,
        days=_days(report.days) if days else (),
        cells=_cells(outcome.seal.rows) if outcome.seal else (),
        identity=identity_of(outcome.log, report, ours=outcome.ours) if outcome.log and outcome.report else NOBODY,
        questions=tuple(map(_question, outcome.questions)),
        as_of=report.as_of.isoformat() if report.as_of else None,
    )


def _question(question: Question) -> PlainQuestion:
    sheet, row, column = question.at
    return PlainQuestion(
        sheet=sheet,
        cell=address(row, column),
        heading=question.heading,
        question=question.words,
        choices=question.choices,
        proposal=question.proposal,
    )


def _office(office: Office) -> OfficeFacts:
    return OfficeFacts(
        number=office.office_number or "",
        name=office.office_name or "",
        designator=office.designator or "",
        service=str(office.service or ""),
        unit_price=office.unit_price,
    )


def rule_counts(findings: Sequence[Finding | PlainFinding]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter([(finding.rule, str(finding.weight)) for finding in findings])
    return tuple((rule, weight, count) for (rule, weight), count in counts.items())


def _cells(rows: Mapping[tuple[str, int], str]) -> tuple[tuple[str, int, str], ...]:
    return tuple((sheet, row, text) for (sheet, row), text in rows.items())


def _days(days: Sequence[DayResult]) -> tuple[PlainDay, ...]:
    """Column by column: a workbook has hundreds."""
    if not days:
        return ()
    clients, dates, places, verdicts, _, stands = zip(*days, strict=True)
    written = {day: day.isoformat() for day in set(dates)}
    rules = [tuple(day.rules) if day.findings else () for day in days]
    columns = clients, [written[day] for day in dates], places, verdicts, rules
    return tuple(map(PlainDay, *columns, [row.sheet for row in stands], [row.number for row in stands]))


def _finding(finding: Finding, acknowledged: bool) -> PlainFinding:
    clause = finding.clause
    return PlainFinding(
        rule=finding.rule,
        weight=finding.weight.value,
        client=finding.client,
        date=finding.day.isoformat() if finding.day else None,
        period=(finding.period[0].isoformat(), finding.period[1].isoformat()) if finding.period else None,
        sheet=finding.sheet,
        cell=finding.cell,
        message=finding.message,
        remedy=finding.remedy,
        document=clause.source.document,
        clause=clause.source.clause,
        since=clause.since.isoformat(),
        rests=finding.rests,
        acknowledged=acknowledged,
        due=finding.due.isoformat() if finding.due else None,
    )
