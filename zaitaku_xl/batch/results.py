"""What came of one file, in plain values: small to send from a worker, to keep in a journal and to write out."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from zaitaku_xl.finding import RANK, Finding, Verdict, Weight
from zaitaku_xl.jobs import Outcome
from zaitaku_xl.ooxml.deflate import squeezed, unsqueezed
from zaitaku_xl.report import ChangedDay, Changes, DayResult, Status
from zaitaku_xl.what_if import OtherReading, Trial

_dumped = json.JSONEncoder(ensure_ascii=False).encode
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


class ClientDays(NamedTuple):
    client: str
    city: str | None
    home_days: int
    billable: int
    not_billable: int
    check: int


class JudgedDay(NamedTuple):
    client: str
    date: str
    place: str
    verdict: str
    rules: tuple[str, ...]
    sheet: str
    row: int


class Said(NamedTuple):
    """A finding."""

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

    @property
    def when(self) -> str:
        return self.date or ("～".join(self.period) if self.period else "")


class Tally(NamedTuple):
    """A file in a few numbers: all that stays in memory of it."""

    status: Status
    exit_status: int
    verdicts: tuple[int, ...]  # in the order of Verdict
    weights: tuple[int, ...]  # in the order of Weight
    unwritten: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file; ``path`` is as the person gave it, ``written`` where its marked copy lies."""

    path: str
    status: Status
    reason: str | None = None
    written: str | None = None
    remarks: tuple[str, ...] = ()
    unwritten: bool = False
    digest: str = ""  # of the file
    template: str | None = None
    office: OfficeFacts = NO_OFFICE
    months: tuple[str, ...] = ()
    clients: tuple[ClientDays, ...] = ()
    counts: tuple[int, ...] = (0, 0, 0, 0)  # days by verdict, in the order of Verdict
    found: tuple[tuple[str, str, int], ...] = ()  # findings counted by rule and weight
    findings: tuple[Said, ...] = ()
    other_readings: tuple[OtherReading, ...] = ()
    trial: Trial | None = None
    days: tuple[JudgedDay, ...] = ()
    cells: tuple[tuple[str, int, str], ...] = ()  # sheet, row and digests of the judged rows

    @property
    def judged(self) -> bool:
        return self.status is Status.JUDGED

    @property
    def verdicts(self) -> Counter[Verdict]:
        return Counter(dict(zip(Verdict, self.counts, strict=True)))

    @property
    def weights(self) -> Counter[Weight]:
        weights = dict.fromkeys(Weight, 0)
        for _, weight, count in self.found:
            weights[Weight(weight)] += count
        return Counter(weights)

    @property
    def exit_status(self) -> int:
        if self.unwritten:
            return 2
        heavier = any(weight != Weight.ADVISE for _, weight, _ in self.found)
        return self.status.exit_status or int(heavier)

    @property
    def tally(self) -> Tally:
        weights = self.weights
        return Tally(
            self.status, self.exit_status, self.counts, tuple(weights[w] for w in Weight),
            self.unwritten,
        )  # fmt: skip

    @property
    def heaviest_first(self) -> list[Said]:
        return sorted(self.findings, key=lambda said: _RANKS[said.weight])


def result_of(outcome: Outcome, digest: str = "", *, days: bool = True) -> Result:
    """Return the outcome of a check in plain values, with or without every judged day."""
    bare = Result(
        outcome.path, outcome.status, outcome.reason, str(outcome.written) if outcome.written else None,
        outcome.remarks, outcome.unwritten, digest,
    )  # fmt: skip
    report, log = outcome.report, outcome.log
    if report is None:
        return bare
    office = log.office if log else None
    rows = outcome.seal.rows if outcome.seal else {}
    counts, found = report.verdicts, Counter([(each.rule, each.weight) for each in report.findings])
    return replace(
        bare,
        template=outcome.template,
        office=OfficeFacts(
            office.office_number or "", office.office_name or "", office.designator or "", str(office.service or ""),
            office.unit_price,
        ) if office else NO_OFFICE,
        months=tuple(map(str, report.months)),
        clients=tuple(
            ClientDays(c.client, c.city, c.home_days, c.billable, c.not_billable, c.check) for c in report.clients
        ),
        counts=tuple(counts[verdict] for verdict in Verdict),
        found=tuple((rule, weight.value, count) for (rule, weight), count in found.items()),
        days=_days(report.days) if days else (),
        findings=tuple(_said(finding) for finding in report.findings),
        other_readings=outcome.other_readings,
        trial=outcome.trial,
        cells=tuple((sheet, row, text) for (sheet, row), text in rows.items()),
    )  # fmt: skip


def _days(days: Sequence[DayResult]) -> tuple[JudgedDay, ...]:
    """Column by column: a workbook has hundreds."""
    if not days:
        return ()
    clients, dates, places, verdicts, _, stands = zip(*days, strict=True)
    written = {day: day.isoformat() for day in set(dates)}
    rules = [tuple(day.rules) if day.findings else () for day in days]
    columns = clients, [written[day] for day in dates], places, verdicts, rules
    return tuple(map(JudgedDay, *columns, [row.sheet for row in stands], [row.number for row in stands]))


def _said(finding: Finding) -> Said:
    source = finding.clause.source
    return Said(
        finding.rule, finding.weight.value, finding.client, finding.day.isoformat() if finding.day else None,
        (finding.period[0].isoformat(), finding.period[1].isoformat()) if finding.period else None,
        finding.sheet, finding.cell, finding.message, finding.remedy, source.document, source.clause,
        finding.clause.since.isoformat(), finding.rests,
    )  # fmt: skip


def beside(written: str | None, folder: Path) -> str | None:
    """Return where a marked copy lies as a page or workbook in *folder* has to say it."""
    if written is None:
        return None
    try:
        return PurePath(os.path.relpath(written, folder)).as_posix()
    except ValueError:  # another drive
        return None


# ---- as bytes

_APART = ("findings", "days", "cells")  # most of a result, and not every output asks for them
_NAMES = tuple(field.name for field in fields(Result) if field.name not in _APART)


class Packed(NamedTuple):
    """A result as few bytes, in the parts that different outputs ask for."""

    counts: bytes  # all but the others
    findings: bytes
    days: bytes  # and cells; empty where they were not to be kept


def packed(result: Result, *, days: bool = True) -> Packed:
    plain = {name: getattr(result, name) for name in _NAMES}
    plain["other_readings"] = [(o.question, o.choice, _plain(o.changes)) for o in result.other_readings]
    plain["trial"] = (_plain(result.trial.changes), result.trial.clients) if result.trial else None
    large = _squeezed([list(zip(*result.days, strict=True)), result.cells]) if days else b""
    return Packed(_squeezed(list(plain.values())), _squeezed(list(zip(*result.findings, strict=True))), large)


def _squeezed(plain: list[Any]) -> bytes:
    return squeezed(_dumped(plain).encode())


def _loaded(data: bytes) -> Any:
    return json.loads(unsqueezed(data))


def unpacked(counts: bytes, findings: bytes = b"", large: bytes = b"") -> Result:
    """Return the result that was packed, with as many of its parts as are given."""
    plain = dict(zip(_NAMES, _loaded(counts), strict=True))
    for name in ("remarks", "months", "counts"):
        plain[name] = tuple(plain[name])
    plain["status"] = Status(plain["status"])
    plain["found"] = tuple(map(tuple, plain["found"]))
    plain["office"] = OfficeFacts(*plain["office"])
    plain["clients"] = tuple(map(ClientDays._make, plain["clients"]))
    plain["other_readings"] = tuple(OtherReading(q, choice, _changes(c)) for q, choice, c in plain["other_readings"])
    plain["trial"] = Trial(_changes(plain["trial"][0]), plain["trial"][1]) if plain["trial"] else None
    if findings:
        plain["findings"] = tuple(map(Said._make, zip(*_loaded(findings), strict=True)))
    if large:
        days, cells = _loaded(large)
        plain["days"] = tuple(map(JudgedDay._make, zip(*days, strict=True)))
        plain["cells"] = tuple((sheet, row, text) for sheet, row, text in cells)
    return Result(**plain)


def _plain(changes: Changes) -> tuple[list[Any], dict[str, Any]]:
    return [(d.client, d.day.isoformat(), d.before, d.after, d.rules) for d in changes.days], dict(changes.rules)


def _changes(plain: Any) -> Changes:
    days, rules = plain
    return Changes(
        tuple(ChangedDay(c, date.fromisoformat(d), Verdict(b), Verdict(a), tuple(r)) for c, d, b, a, r in days),
        {rule: (_weighed(before), _weighed(after)) for rule, (before, after) in rules.items()},
    )


def _weighed(counts: dict[str, int]) -> Counter[Weight]:
    return Counter({Weight(weight): number for weight, number in counts.items()})


# ---- as the contract has it


def json_text(result: Result) -> str:
    """Return the object of one file as CONTRACT.md section 2 shapes it, a line a client, a day and a finding."""
    head = {"path": result.path, "status": result.status, "reason": result.reason}
    lists = {
        "clients": [client._asdict() for client in result.clients],
        "days": [day._asdict() for day in result.days],
        "findings": [_finding(said) for said in result.findings],
    }
    said = ", ".join(f"{_dumped(key)}: {_dumped(value)}" for key, value in head.items())
    return f"{{{said}, " + ",\n  ".join(f"{_dumped(key)}: {_listed(rows)}" for key, rows in lists.items()) + "}"


def _listed(rows: Iterable[dict[str, Any]]) -> str:
    lines = ",\n    ".join(map(_dumped, rows))
    return f"[\n    {lines}]" if lines else "[]"


def _finding(said: Said) -> dict[str, Any]:
    row: dict[str, Any] = {"rule": said.rule, "weight": said.weight, "client": said.client, "date": said.date}
    if said.period:
        row["period"] = said.period
    return row | {
        "sheet": said.sheet, "cell": said.cell, "message": said.message, "remedy": said.remedy,
        "source": {"document": said.document, "clause": said.clause, "since": said.since},
    }  # fmt: skip
