"""The clause table: every clause of the two documents, and what of ours answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from zaitaku_xl.law.clause import Limit
from zaitaku_xl.law.library import Law
from zaitaku_xl.law.place import Place, parsed

TABLE = Path(__file__).parent / "clauses.toml"
_TOP = {"forms": dict, "document": list, "clause": list}
_DOCUMENT = {"id": str, "sheet": str, "title": str, "about": str}
_CLAUSE = {
    "document": str,
    "clause": str,
    "part": str,
    "gist": str,
    "rules": list,
    "forms": list,
    "says": str,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause. ``says`` is what neither rule nor form does about it."""

    clause: str  # as the texts cite it
    gist: str
    part: str = ""  # of a clause that says several things
    rules: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    says: str = ""

    @property
    def name(self) -> str:
        """
        >>> Row("3(1)", "…", "一つ目").name
        '3(1) 一つ目'
        """
        return f"{self.clause} {self.part}".strip()


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose every clause is answered."""

    sheet: str  # a short name
    title: str  # as the texts cite it
    about: str
    rows: tuple[Row, ...]

    def limits(self, law: Law, row: Row) -> tuple[Limit, ...]:
        """Return what a text says no rule reads of this very clause."""
        stated = (limit for town in law.towns for limit in law.limits(town, date.max) if limit.text == town)
        return tuple(each for each in stated if (each.source.document, each.source.clause) == (self.title, row.name))


@dataclass(frozen=True, slots=True)
class ClauseTable:
    documents: tuple[Document, ...]
    forms: Mapping[str, str]  # name for `forms --form` -> what people call it


@cache
def load_clauses(path: Path = TABLE) -> ClauseTable:
    """Read the table; raises LawError naming file and line."""
    place, data = parsed(path)
    place.check(data, _TOP, _TOP)
    for nth, item in enumerate(data["document"]):
        place.check(item, _DOCUMENT, _DOCUMENT, "document", nth)
    known = {item["id"] for item in data["document"]}
    forms = data["forms"]
    rows: dict[str, list[Row]] = {name: [] for name in known}
    for nth, item in enumerate(data["clause"]):
        place.check(item, _CLAUSE, ("document", "clause", "gist"), "clause", nth)
        _check_names(place=place, item=item, known=known, forms=forms, nth=nth)
        rows[item["document"]].append(_row(item))
    documents = tuple(
        Document(item["sheet"], item["title"], item["about"], tuple(rows[item["id"]])) for item in data["document"]
    )
    return ClauseTable(documents, forms)


def _check_names(place: Place, item: Mapping[str, Any], known: set[str], forms: Mapping[str, str], nth: int) -> None:
    if item["document"] not in known:
        raise place.wrong(f"知らない文書「{item['document']}」です", "document", "clause", nth)
    for name in item.get("forms", ()):
        if name not in forms:
            raise place.wrong(f"知らない様式「{name}」です", "forms", "clause", nth)


def _row(item: Mapping[str, Any]) -> Row:
    words = {key: item.get(key, "") for key in ("clause", "gist", "part", "says")}
    return Row(**words, rules=tuple(item.get("rules", ())), forms=tuple(item.get("forms", ())))
