"""What a rule is: a function over one scope, with the clause it asks after and the way to mend."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from zaitaku_xl.finding import Flaw

Finder = Callable[[Any, Any], Iterator[Flaw]]
Screen = Callable[[Any, Any], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``needs`` names tables and columns ("week_reviews.done_on") without which it stays off; ``wakes`` names columns
    (or kinds of 連絡) of which one must be there with something in it, or the rule can have nothing to say. ``where`` is a
    screen: of all days (or weeks, months) under one text it returns each that the rule might speak of, once, at a glance;
    too many cost time, one too few would be a fault passed over. Without it the rule is asked about every one.
    """

    id: str
    title: str
    over: type
    clause: str
    remedy: str
    find: Finder
    needs: tuple[str, ...] = ()
    wakes: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()  # rules that have nothing to add on a day this one blocks
    where: Screen | None = None  # gets what ``find`` gets, but many at once: ``Days``, or a list of the other scopes
    uses: tuple[str, ...] = ()  # columns it looks at where they are; it works without them, and P02 says so
    rests_on: tuple[str, ...] = ()  # open questions that all its findings rest on
    may_rest_on: tuple[str, ...] = ()  # those that only some of its findings rest on, and say so themselves

    @property
    def questions(self) -> tuple[str, ...]:
        """Every open question that some finding of it may rest on, in the order of their numbers."""
        return tuple(sorted({*self.rests_on, *self.may_rest_on}, key=lambda id: int(id.partition("-")[2])))

    @property
    def asks(self) -> str:
        return _part(self.find, "Asks")

    @property
    def reading(self) -> str:
        return _part(self.find, "Reading")

    @property
    def limits(self) -> str:
        return _part(self.find, "Limits")

    @property
    def passes(self) -> str:
        """A day that meets it."""
        return _part(self.find, "Passes")

    @property
    def fails(self) -> str:
        """A day that does not."""
        return _part(self.find, "Fails")


def rule(
    *,
    id: str,
    title: str,
    over: type,
    clause: str,
    remedy: str,
    needs: tuple[str, ...] = (),
    wakes: tuple[str, ...] = (),
    where: Screen | None = None,
    silences: tuple[str, ...] = (),
    uses: tuple[str, ...] = (),
    rests_on: tuple[str, ...] = (),
    may_rest_on: tuple[str, ...] = (),
) -> Callable[[Finder], Rule]:
    """Turn a generator function into a Rule; its module's docstring says Asks, Reading, Limits, Passes and Fails."""

    def made(find: Finder) -> Rule:
        return Rule(id, title, over, clause, remedy, find, needs, wakes, silences, where, uses, rests_on, may_rest_on)

    return made


def _part(find: Finder, word: str) -> str:
    """Return one part of the docstring of the module a rule stands in; its lines are indented under the word."""
    text = inspect.getdoc(inspect.getmodule(find)) or ""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        if line[:1].strip():
            inside = line.startswith(word)
        if inside:
            lines.append(line.removeprefix(word).strip())
    return "".join(lines)
