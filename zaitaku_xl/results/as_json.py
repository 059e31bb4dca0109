"""The one shape of results as JSON, for every door; ``fields.toml`` says what each key holds."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zaitaku_xl import __version__
from zaitaku_xl.results.plain import PlainFinding, Result
from zaitaku_xl.visible import in_json

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def json_pieces(
    results: Iterable[Result], skipped: Iterable[Mapping[str, str]] = (), as_of: str | None = None
) -> Iterator[str]:
    """Yield the text of a whole run, file after file: however many there are, one is in memory.

    *skipped* are the paths that were not looked at, each with its reason; *as_of* is the day of reference, where a month
    that was judged is not over.
    """
    tool = {"name": "zaitaku-xl", "version": __version__, "as_of": as_of}
    yield f'{{"tool": {_as_text(tool)},\n "files": ['
    between = "\n  "
    for result in results:
        yield between + json_text(result)
        between = ",\n  "
    yield f'],\n "skipped": {_lines(skipped)}}}\n'


def json_text(result: Result) -> str:
    """Return the object of one file, a line a client, a day and a finding."""
    head = {
        "path": result.path,
        "status": result.status,
        "reason": result.reason,
    }
    lists = {
        "clients": [client._asdict() for client in result.clients],
        "days": [day._asdict() for day in result.days],
        "findings": [_finding(finding) for finding in result.findings],
        "doubles": [double._asdict() for double in result.doubles],
        "questions": [question._asdict() for question in result.questions],
    }
    copy = {
        "counted": result.counted,
        "copy": "written" if result.written else None,
        "copy_reason": result.copy_reason,
    }
    keys, fate = (
        ", ".join(f"{_as_text(key)}: {_as_text(value)}" for key, value in each.items()) for each in (head, copy)
    )
    rows = ",\n  ".join(f"{_as_text(key)}: {_lines(objects)}" for key, objects in lists.items())
    return f"{{{keys}, {rows},\n  {fate}}}"


def _as_text(value: object) -> str:
    return in_json(_encoded(value))


def _lines(objects: Iterable[Mapping[str, Any]]) -> str:
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
        "acknowledged": finding.acknowledged,
        "due": finding.due,
        "source": {"document": finding.document, "clause": finding.clause, "since": finding.since},
    }
