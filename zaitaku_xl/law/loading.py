"""Strict reading of a law text: an unknown key, a missing date or a wrong type stops with file and line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from zaitaku_xl.law.clause import BASES, Answer, Clause, Limit, Source
from zaitaku_xl.law.local import ASKERS, OWN_WORDS
from zaitaku_xl.law.place import Place, parsed
from zaitaku_xl.law.readings import load_questions
from zaitaku_xl.law.shapes import AS_HOUSE, Clauses, Shapes, misshapen

WEIGHTS = ("block", "addition", "fix", "undecided", "advise")
SERVICES = ("就労移行支援", "就労継続支援A型", "就労継続支援B型")
HEADER = {"name": str, "prefecture": str, "layer": str, "note": str, "transition": dict, "words": dict}
_CLAUSE = {"since": date, "asked": object, "weight": str, "services": list, "advised": object, "source": dict}
_CLAUSE_NEEDS = ("since", "asked", "source")
_LIMITS = "limit"  # [[limit]]: what the text asks and no rule reads
_LIMIT = {"what": str, "since": date, "requirement": str, "source": dict}
_LIMIT_NEEDS = ("what", "since", "source")
_ANSWERS = "reading"  # [[reading]]: what the town answered to an open question
_ANSWER = {"id": str, "choice": str, "answered_by": str, "answered_on": date, "source": dict}
_SOURCE = {
    "document": str,
    "clause": str,
    "gist": str,
    "issued": date,
    "url": str,
    "seen_on": date,
    "basis": str,
    "note": str,
}
_SOURCE_NEEDS = ("document", "clause", "gist")
_OURS = "house"  # our own measures: there is no document to compare with


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file of the law: clauses by requirement, oldest first, what no rule reads, what the town answered."""

    header: Mapping[str, Any]
    clauses: Mapping[str, tuple[Clause, ...]]
    limits: tuple[Limit, ...]
    answers: tuple[Answer, ...] = ()


def load_text(path: Path) -> TextFile:
    """Read one text."""
    place, data = parsed(path)
    header = {key: value for key, value in data.items() if not _is_clause_list(value)}
    place.check(header, HEADER, ())
    place.check(header.get("words", {}), OWN_WORDS, (), "words")
    tables = {name: value for name, value in data.items() if _is_clause_list(value)}
    limits = tuple(_limit(place, path.stem, item, nth) for nth, item in enumerate(tables.pop(_LIMITS, ())))
    answers = _answers(place, tables.pop(_ANSWERS, ()))
    asker = ASKERS.get(path.stem) or header.get("name", "")
    clauses = {name: _clauses(place, asker, name, value) for name, value in tables.items()}
    return TextFile(header, clauses, limits, answers)


def check_shapes(path: Path, file: TextFile, shapes: Shapes, house: Clauses) -> None:
    """Stop at the first clause that asks another kind of thing than *shapes* has for its requirement.

    A clause that asks by the house's measure needs one there.
    """
    for name, clauses in file.clauses.items():
        for nth, clause in enumerate(clauses):
            for key in ("asked", "advised"):
                value = getattr(clause, key)
                if value != AS_HOUSE or not any(each.asked is not False for each in house.get(name, ())):
                    _check_shape(path=path, name=name, nth=nth, key=key, value=value, kind=shapes[name])


def _check_shape(path: Path, name: str, nth: int, key: str, value: Any, kind: type) -> None:
    right = None if value is None else misshapen(value, kind)
    if right:
        place, _ = parsed(path)
        raise place.wrong(f"「{name}」の {key} は {right} で書いてください（今は {value!r}）", key, name, nth)


def _is_clause_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _clauses(place: Place, asker: str, name: str, items: Iterable[dict[str, Any]]) -> tuple[Clause, ...]:
    made = tuple(_clause(place=place, asker=asker, name=name, item=item, nth=nth) for nth, item in enumerate(items))
    for nth, (earlier, later) in enumerate(pairwise(made), 1):
        if later.since < earlier.since:
            raise place.wrong(f"「{name}」は古い順に並べてください", "since", name, nth)
    return made


def _clause(place: Place, asker: str, name: str, item: dict[str, Any], nth: int) -> Clause:
    place.check(item, _CLAUSE, _CLAUSE_NEEDS, name, nth)
    source = _source(place, item["source"], name, nth)
    weight = item.get("weight", "advise")
    if item["asked"] is not False and weight not in WEIGHTS:
        raise place.wrong(f"weight「{weight}」はありません（{', '.join(WEIGHTS)}）", "weight", name, nth)
    if item["asked"] is not False and "weight" not in item:
        raise place.wrong("weight がありません", "since", name, nth)
    services = item.get("services")
    if services is not None and not (services and set(services) <= set(SERVICES)):
        raise place.wrong(f"services は {'、'.join(SERVICES)} から選んでください", "services", name, nth)
    return Clause(
        requirement=name,
        since=item["since"],
        asked=item["asked"],
        weight=weight,
        source=source,
        text=place.path.stem,
        asker=asker,
        services=frozenset(services) if services else None,
        advised=item.get("advised"),
    )


def _limit(place: Place, text: str, item: dict[str, Any], nth: int) -> Limit:
    place.check(item, _LIMIT, _LIMIT_NEEDS, _LIMITS, nth)
    if not item["what"].endswith("。"):
        raise place.wrong("what は「。」で終わる文で書いてください", "what", _LIMITS, nth)
    source = _source(place, item["source"], _LIMITS, nth)
    return Limit(what=item["what"], since=item["since"], source=source, text=text, requirement=item.get("requirement"))


def _answers(place: Place, items: Iterable[dict[str, Any]]) -> tuple[Answer, ...]:
    made: dict[str, Answer] = {}
    for nth, item in enumerate(items):
        place.check(item, _ANSWER, _ANSWER, _ANSWERS, nth)
        answer = _answer(place, item, nth)
        if answer.reading in made:
            raise place.wrong(f"「{answer.reading}」の回答が2つあります", "id", _ANSWERS, nth)
        made[answer.reading] = answer
    return tuple(made.values())


def _answer(place: Place, item: dict[str, Any], nth: int) -> Answer:
    question = load_questions().get(item["id"])
    if question is None:
        raise place.wrong(f"解釈の一覧に「{item['id']}」はありません", "id", _ANSWERS, nth)
    if question.choice(item["choice"]) is None:
        keys = "、".join(choice.key for choice in question.choices)
        raise place.wrong(
            f"{question.id}に「{item['choice']}」という解釈はありません（{keys}）", "choice", _ANSWERS, nth
        )
    if not item["answered_by"].strip():
        raise place.wrong("answered_by に回答した課や係を書いてください", "answered_by", _ANSWERS, nth)
    source = _source(place, item["source"], _ANSWERS, nth)
    return Answer(item["id"], item["choice"], item["answered_by"], item["answered_on"], source)


def _source(place: Place, table: dict[str, Any], name: str, nth: int) -> Source:
    place.check(table, _SOURCE, _SOURCE_NEEDS, name, nth)
    source = Source(**table)
    if source.basis not in BASES:
        raise place.wrong(f"basis は {'、'.join(BASES)} から選んでください", "basis", name, nth)
    compared = source.basis == "document"
    if compared and place.path.stem != _OURS and source.seen_on is None:
        raise place.wrong("「seen_on」がありません", "since", name, nth)
    if not compared and source.seen_on is not None:
        raise place.wrong("原文と比べていない出典に seen_on は書けません", "seen_on", name, nth)
    return source
