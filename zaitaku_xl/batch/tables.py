"""Results as rows of plain tables, for frames and Parquet.

Every file that counts stands in each of them at least once; one that does not count stands in FILES alone."""

from collections.abc import Iterator
from typing import Any

from zaitaku_xl.batch.totals import HOME
from zaitaku_xl.finding import Weight
from zaitaku_xl.results.plain import Result

_FILE = ("path", "status", "reason", "office_number", "office")  # every table begins with it
DAYS = (
    *_FILE,
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
    *_FILE,
    "rule",
    "weight",
    "client",
    "date",
    "period_start",
    "period_end",
    "sheet",
    "cell",
    "message",
    "remedy",
    "document",
    "clause",
    "since",
    "due",
)
CLIENTS = (
    *_FILE,
    "client",
    "city",
    "home_days",
    "billable",
    "not_billable",
    "check",
    "pending",
)
FILES = (
    *_FILE,
    "months",
    "template",
    "written",
    "home_days",
    "billable",
    "not_billable",
    "check",
    "pending",
    *(weight.value for weight in Weight),
    "counted",
)
HEADS = {"days": DAYS, "findings": FINDINGS, "clients": CLIENTS, "files": FILES}
Row = tuple[Any, ...]


def rows_of(table: str, result: Result) -> Iterator[Row]:
    """Yield the rows of a file in one of the tables of HEADS; a file that has none stands there all the same."""
    if not result.counted and table != "files":
        return
    office = result.office
    head: Row = (result.path, result.status.value, result.reason, office.number or None, office.name or None)
    rows = _ROWS[table](result)
    nothing = (None,) * (len(HEADS[table]) - len(head))
    yield *head, *next(rows, nothing)
    for row in rows:
        yield *head, *row


def _days(result: Result) -> Iterator[Row]:
    for day in result.days:
        yield (
            day.date[:7],
            day.client,
            day.date,
            day.place,
            day.verdict,
            " ".join(day.rules),
            day.sheet,
            day.row,
        )


def _findings(result: Result) -> Iterator[Row]:
    for finding in result.findings:
        yield (
            finding.rule,
            finding.weight,
            finding.client,
            finding.date,
            *(finding.period or (None, None)),
            finding.sheet,
            finding.cell,
            finding.message,
            finding.remedy,
            finding.document,
            finding.clause,
            finding.since,
            finding.due,
        )


def _clients(result: Result) -> Iterator[Row]:
    return iter(result.clients)


def _files(result: Result) -> Iterator[Row]:
    if not result.judged:
        return
    home = result.tally.verdicts[: len(HOME)]
    yield (
        " ".join(result.months),
        result.template,
        result.written,
        sum(home),
        *home,
        *result.tally.weights,
        result.counted,
    )


_ROWS = {"days": _days, "findings": _findings, "clients": _clients, "files": _files}
