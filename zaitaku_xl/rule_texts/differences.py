"""Two towns, or two days, side by side: only what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from zaitaku_xl.law import Clause, Law, Limit
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.rule_texts.explained import NATION, Explained, explained
from zaitaku_xl.ruling.rule import Rule

_TOLD_BY_GIST = "approval"  # asked everywhere alike; from when it counts is each town's own and stands in the gist


@dataclass(frozen=True, slots=True)
class Side:
    """A town (id; None: national) on a day."""

    town: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Row:
    """What one side says and the other does not, or says otherwise. ``rules`` ask it; empty for the text as a whole."""

    rules: tuple[Rule, ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Differences:
    names: tuple[str, str]
    asked: tuple[Row, ...]
    limits: tuple[Row, ...]
    elsewhere: tuple[Rule, ...]  # asked alike by both, only written in another document


def differences(rules: Iterable[Rule], law: Law, left: Side, right: Side) -> Differences:
    asked: list[Row] = []
    elsewhere: list[Rule] = []
    together = _by_requirement(rules)
    for same in together.values():
        one, other = (explained(same[0], law, side.town, side.day) for side in (left, right))
        if _asks(one.clause) != _asks(other.clause):
            asked.append(Row(same, _words(one), _words(other)))
        elif one.clause and other.clause and one.clause.source != other.clause.source:
            elsewhere.extend(same)
    names = (_name(law, left), _name(law, right))
    return Differences(names, tuple(asked), _limits(together, law, left, right), tuple(elsewhere))


def _by_requirement(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    together: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        together[rule.clause] = (*together.get(rule.clause, ()), rule)
    return together


def _asks(clause: Clause | None) -> tuple[object, ...] | None:
    if clause is None:
        return None
    told = clause.source.gist if clause.requirement == _TOLD_BY_GIST else None
    return clause.asked, clause.weight, clause.advised, clause.services, told


def _words(answer: Explained) -> str:
    if answer.clause is None:
        return answer.weight
    return f"{answer.weight}。{answer.clause.source.gist}（{answer.where}）"


def _limits(together: dict[str, tuple[Rule, ...]], law: Law, left: Side, right: Side) -> tuple[Row, ...]:
    ours, theirs = law.limits(left.town, left.day), law.limits(right.town, right.day)
    rows = []
    for requirement in (*together, None):
        one, other = (_only(requirement, *pair) for pair in ((ours, theirs), (theirs, ours)))
        rules = together[requirement] if requirement else ()
        rows += [Row(rules, mine, yours) for mine, yours in zip_longest(one, other, fillvalue="")]
    return tuple(rows)


def _only(requirement: str | None, mine: tuple[Limit, ...], yours: tuple[Limit, ...]) -> list[str]:
    said = {limit.what for limit in yours}
    return [limit.what for limit in mine if limit.requirement == requirement and limit.what not in said]


def _name(law: Law, side: Side) -> str:
    return f"{law.towns[side.town].name if side.town else NATION}（{japanese_day(side.day)}）"
