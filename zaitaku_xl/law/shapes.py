"""What a text may ask: of each requirement the same kind of thing as the base texts ask, or nothing at all."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from zaitaku_xl.law.clause import Clause

_KINDS = {bool: "true か false", int: "1以上の整数か false", str: "空でない文字か false", list: "文字の並びか false"}
Shapes = Mapping[str, type]
"""Requirement -> the type of what is asked."""


def shapes_of(clauses: Iterable[Clause]) -> Shapes:
    """Learn the kinds from the base texts; what they name and never ask is a count (days, times)."""
    shapes: dict[str, type] = {}
    named = set()
    for clause in clauses:
        named.add(clause.requirement)
        if clause.asked is not False:
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
