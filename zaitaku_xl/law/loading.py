"""Strict reading of a law text: an unknown key, a missing date or a wrong type stops with file and line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from zaitaku_xl.errors import LawError
from zaitaku_xl.law.clause import Clause, Limit, Source

WEIGHTS = ("block", "addition", "fix", "undecided", "advise")
HEADER = {"name": str, "prefecture": str, "layer": str, "note": str, "transition": dict}
_CLAUSE = {"since": date, "asked": object, "weight": str, "services": list, "advised": object, "source": dict}
_CLAUSE_NEEDS = ("since", "asked", "source")
_LIMITS = "limit"  # [[limit]]: what the text asks and no rule reads
_LIMIT = {"what": str, "since": date, "requirement": str, "source": dict}
_LIMIT_NEEDS = ("what", "since", "source")
_SOURCE = {
    "document": str, "clause": str, "gist": str, "issued": date, "url": str, "seen_on": date, "verified": bool,
    "note": str,
}  # fmt: skip
_SOURCE_NEEDS = ("document", "clause", "gist", "seen_on")


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file of the law: clauses by requirement, oldest first, and what no rule reads."""

    header: Mapping[str, Any]
    clauses: Mapping[str, tuple[Clause, ...]]
    limits: tuple[Limit, ...]


class Place:
    """Finds the line of a key, for messages only: TOML readers do not keep line numbers."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()

    def line(self, key: str, table: str = "", nth: int = 0) -> int:
        start = self._table(table, nth) if table else 0
        for number, line in enumerate(self.lines[start:], start + 1):
            if re.match(rf"\s*(?:\[+\s*)?(?:{re.escape(table)}\.)?{re.escape(key)}\b", line):
                return number
        return start + 1

    def _table(self, table: str, nth: int) -> int:
        heads = [n for n, line in enumerate(self.lines) if re.match(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]", line)]
        return heads[nth] if nth < len(heads) else 0

    def wrong(self, what: str, key: str, table: str = "", nth: int = 0) -> LawError:
        return LawError(f"{self.path.name} {self.line(key, table, nth)}行目: {what}")

    def check(
        self, item: Mapping[str, Any], known: Mapping[str, type], needed: Iterable[str], table: str = "", nth: int = 0
    ) -> None:
        """Stop at the first key of a table that is unknown, of a wrong type, or missing."""
        for key, value in item.items():
            if key not in known:
                raise self.wrong(f"知らない項目「{key}」です", key, table, nth)
            if isinstance(value, datetime) or not isinstance(value, known[key]):
                raise self.wrong(f"「{key}」の型が違います（{value!r}）", key, table, nth)
        for key in needed:
            if key not in item:
                raise self.wrong(f"「{key}」がありません", "since", table, nth)


def parsed(path: Path) -> tuple[Place, dict[str, Any]]:
    """Return the tables of a TOML file of ours, and the finder of its lines."""
    raw = path.read_text(encoding="utf-8")
    try:
        return Place(path, raw), tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise LawError(f"{path.name}: TOMLとして読めません（{error}）") from error


def load_text(path: Path) -> TextFile:
    """Read one text."""
    place, data = parsed(path)
    header = {key: value for key, value in data.items() if not _is_clause_list(value)}
    place.check(header, HEADER, ())
    tables = {name: value for name, value in data.items() if _is_clause_list(value)}
    limits = tuple(_limit(place, path.stem, item, nth) for nth, item in enumerate(tables.pop(_LIMITS, ())))
    clauses = {name: _clauses(place, path.stem, name, value) for name, value in tables.items()}
    return TextFile(header, clauses, limits)


def _is_clause_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _clauses(place: Place, text: str, name: str, items: Iterable[dict[str, Any]]) -> tuple[Clause, ...]:
    made = tuple(_clause(place, text, name, item, nth) for nth, item in enumerate(items))
    for nth, (earlier, later) in enumerate(pairwise(made), 1):
        if later.since < earlier.since:
            raise place.wrong(f"「{name}」は古い順に並べてください", "since", name, nth)
    return made


def _clause(place: Place, text: str, name: str, item: dict[str, Any], nth: int) -> Clause:
    place.check(item, _CLAUSE, _CLAUSE_NEEDS, name, nth)
    source = _source(place, item["source"], name, nth)
    weight = item.get("weight", "advise")
    if item["asked"] is not False and weight not in WEIGHTS:
        raise place.wrong(f"weight「{weight}」はありません（{', '.join(WEIGHTS)}）", "weight", name, nth)
    if item["asked"] is not False and "weight" not in item:
        raise place.wrong("weight がありません", "since", name, nth)
    services = item.get("services")
    return Clause(
        requirement=name,
        since=item["since"],
        asked=item["asked"],
        weight=weight,
        source=source,
        text=text,
        services=frozenset(services) if services else None,
        advised=item.get("advised"),
    )


def _limit(place: Place, text: str, item: dict[str, Any], nth: int) -> Limit:
    place.check(item, _LIMIT, _LIMIT_NEEDS, _LIMITS, nth)
    if not item["what"].endswith("。"):
        raise place.wrong("what は「。」で終わる文で書いてください", "what", _LIMITS, nth)
    source = _source(place, item["source"], _LIMITS, nth)
    return Limit(item["what"], item["since"], source, text, item.get("requirement"))


def _source(place: Place, table: dict[str, Any], name: str, nth: int) -> Source:
    place.check(table, _SOURCE, _SOURCE_NEEDS, name, nth)
    return Source(**table)
