"""Results as rows for other programs: JSON, CSV, frames. Every file stands in each of them at least once."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from zaitaku_xl.finding import WORDS, Weight
from zaitaku_xl.results.as_json import json_pieces
from zaitaku_xl.results.plain import Result

CSV_HEADINGS = (
    "ファイル", "状態", "事業所番号", "事業所", "月", "重さ", "規則", "氏名", "日付・期間", "シート", "セル", "指摘", "直し方", "根拠",
    "適用日", "印を付けた写し",
)  # fmt: skip
_CODE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet may take for a formula
DAYS = (
    "path",
    "status",
    "reason",
    "office_number",
    "office",
    "month",
    "client",
    "date",
    "place",
    "verdict",
    "rules",
    "sheet",
    "row",
)
FINDINGS = (
    "path", "status", "reason", "office_number", "office", "rule", "weight", "client", "date", "period_start", "period_end",
    "sheet", "cell", "message", "remedy", "document", "clause", "since",
)  # fmt: skip
CLIENTS = (
    "path",
    "status",
    "reason",
    "office_number",
    "office",
    "client",
    "city",
    "home_days",
    "billable",
    "not_billable",
    "check",
)
FILES = (
    "path", "status", "reason", "office_number", "office", "months", "template", "written", "home_days", "billable",
    "not_billable", "check", *(weight.value for weight in Weight),
)  # fmt: skip
HEADS = {"days": DAYS, "findings": FINDINGS, "clients": CLIENTS, "files": FILES}
Row = tuple[Any, ...]


def write_json(results: Iterable[Result], out: BinaryIO) -> None:
    """Write what CONTRACT.md section 2 says, file after file."""
    for piece in json_pieces(results):
        out.write(piece.encode())


def write_csv(results: Iterable[Result], out: BinaryIO) -> None:
    """Write a line a finding, and one for a file without any; Excel opens it as it is, and runs nothing in it."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="")
    lines = csv.writer(text)
    lines.writerow(CSV_HEADINGS)
    for result in results:
        lines.writerows(map(_safe, row) for row in _csv_rows(result))
    text.flush()
    text.detach()


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(_CODE) else value


def _csv_rows(result: Result) -> Iterator[tuple[str, ...]]:
    office = result.office
    head = result.path, result.status.word, office.number, office.name, "・".join(result.months)
    if not result.findings:
        yield *head, "", "", "", "", "", "", result.reason or "", "", "", "", result.written or ""
    for said in result.findings:
        yield (
            *head, WORDS[Weight(said.weight)], said.rule, said.client or "", said.when, said.sheet or "", said.cell or "",
            said.message, said.remedy, f"{said.document} {said.clause}{said.rests}", said.since, result.written or "",
        )  # fmt: skip


def rows_of(table: str, result: Result) -> Iterator[Row]:
    """Yield the rows of a file in one of the tables of HEADS; a file that has none stands there all the same."""
    office = result.office
    head: Row = (result.path, result.status.value, result.reason, office.number or None, office.name or None)
    made = _ROWS[table](result)
    empty = True
    for row in made:
        empty = False
        yield *head, *row
    if empty:
        yield *head, *(None for _ in range(len(HEADS[table]) - len(head)))


def _days(result: Result) -> Iterator[Row]:
    for d in result.days:
        yield d.date[:7], d.client, d.date, d.place, d.verdict, " ".join(d.rules), d.sheet, d.row


def _findings(result: Result) -> Iterator[Row]:
    for s in result.findings:
        yield (
            s.rule, s.weight, s.client, s.date, *(s.period or (None, None)), s.sheet, s.cell, s.message, s.remedy, s.document,
            s.clause, s.since,
        )  # fmt: skip


def _files(result: Result) -> Iterator[Row]:
    if not result.judged:
        return
    home = result.tally.verdicts[:3]
    yield (
        " ".join(result.months), result.template, result.written, sum(home), *home, *result.tally.weights,
    )  # fmt: skip


_ROWS = {"days": _days, "findings": _findings, "clients": lambda result: iter(result.clients), "files": _files}
