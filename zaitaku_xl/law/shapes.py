"""What a text may ask: of each requirement the same kind of thing as the base texts ask, or nothing at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from zaitaku_xl.law.clause import Clause

_KINDS = {bool: "true か false", int: "1以上の整数か false", str: "空でない文字か false", list: "文字の並びか false"}
AS_HOUSE = "house"  # the document asks it, the number or the words are ours: they stand in the house text
Shapes = Mapping[str, type]
"""Requirement -> the type of what is asked."""
Clauses = Mapping[str, tuple[Clause, ...]]
"""Requirement -> its clauses in one text, oldest first."""


def measured(clauses: Clauses, house: Clauses) -> Clauses:
    """Put the house's measure where a text asks by it, from each day on which the house has another."""
    return {name: tuple(_measured(own, house.get(name, ()))) for name, own in clauses.items()}


def _measured(clauses: tuple[Clause, ...], house: tuple[Clause, ...]) -> Iterator[Clause]:
    ends = [clause.since for clause in clauses[1:]] + [date.max]
    for clause, end in zip(clauses, ends, strict=True):
        if clause.asked != AS_HOUSE:
            yield clause
            continue
        ours = [each for each in house if each.since < end and each.asked is not False]
        begun = [each for each in ours if each.since <= clause.since][-1:]
        for each in (*begun, *(each for each in ours if each.since > clause.since)):
            yield replace(clause, since=max(clause.since, each.since), asked=each.asked)


def shapes_of(clauses: Iterable[Clause]) -> Shapes:
    """Learn the kinds from the base texts; what they name and never ask is a count (days, times)."""
    shapes: dict[str, type] = {}
    named = set()
    for clause in clauses:
        named.add(clause.requirement)
        if clause.asked is not False and clause.asked != AS_HOUSE:
            shapes.setdefault(clause.requirement, type(clause.asked))
    return dict.fromkeys(named, int) | shapes


def misshapen(asked: Any, kind: type) -> str | None:
    """Say what was to be written instead of *asked*; None where it is in order. ``true`` is no number here.

    >>> misshapen(True, int)
    '1以上の整数か false'
    >>> misshapen(3, int), misshapen(False, int)
    (None, None)
    """
    return None if asked is False or _is(asked, kind) else _KINDS[kind]


def _is(asked: Any, kind: type) -> bool:
    exactly: type = type(asked)  # a bool is an int in Python, and no count here
    return exactly is kind and _FULL[kind](asked)


def _words(asked: list[Any]) -> bool:
    whole = all(isinstance(word, str) and word.strip() for word in asked)
    return bool(asked) and whole and len(set(asked)) == len(asked)


_FULL: Mapping[type, Callable[[Any], bool]] = {
    bool: lambda asked: True,
    int: lambda asked: bool(asked > 0),
    str: lambda asked: bool(asked.strip()),
    list: _words,
}
