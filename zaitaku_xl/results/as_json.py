"""The one shape of results as JSON, for every door; ``fields.toml`` says what each key holds."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from zaitaku_xl import __version__
from zaitaku_xl.results.plain import PlainFinding, Result

_as_text = json.JSONEncoder(ensure_ascii=False).encode


def json_pieces(results: Iterable[Result]) -> Iterator[str]:
    """Yield the text of a whole run, file after file: however many there are, one is in memory."""
    yield f'{{"tool": {_as_text({"name": "zaitaku-xl", "version": __version__})},\n "files": ['
    between = "\n  "
    for result in results:
        yield between + json_text(result)
        between = ",\n  "
    yield "]}\n"


def json_text(result: Result) -> str:
    """Return the object of one file, a line a client, a day and a finding."""
    head = {"path": result.path, "status": result.status, "reason": result.reason}
    lists = {
        "clients": [client._asdict() for client in result.clients],
        "days": [day._asdict() for day in result.days],
        "findings": [_finding(finding) for finding in result.findings],
    }
    keys = ", ".join(f"{_as_text(key)}: {_as_text(value)}" for key, value in head.items())
    rows = ",\n  ".join(f"{_as_text(key)}: {_lines(objects)}" for key, objects in lists.items())
    return f"{{{keys}, {rows}}}"


def _lines(objects: Iterable[dict[str, Any]]) -> str:
    lines = ",\n    ".join(map(_as_text, objects))
    return f"[\n    {lines}]" if lines else "[]"


def _finding(finding: PlainFinding) -> dict[str, Any]:
    row: dict[str, Any] = {
        "rule": finding.rule,
        "weight": finding.weight,
        "client": finding.client,
        "date": finding.date,
    }
    if finding.period:
        row["period"] = finding.period
    return row | {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message,
        "remedy": finding.remedy,
        "source": {"document": finding.document, "clause": finding.clause, "since": finding.since},
    }
