"""What a rule is: a function over many scopes of one kind, with the clause it asks after and the way to mend."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from zaitaku_xl.finding import Flaw, Weight

Finder = Callable[[Any, Any], Iterator[Flaw]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``find`` gets what is judged under one clause, and what that asks: all days as ``Days``, all weeks, months, terms,
    clients or absences as a sequence, or the book. ``needs`` names tables and columns ("week_reviews.done_on") without
    which the rule stays off; ``wakes`` names columns (or kinds of 連絡) of which one must be there with something in it,
    or the rule can have nothing to say.
    """

    id: str
    title: str
    over: type
    clause: str
    remedy: str
    find: Finder
    when_open: str | None = None  # the remedy where the records leave it undecided
    when_advised: str | None = None  # the remedy where it is only advice
    needs: tuple[str, ...] = ()
    wakes: tuple[str, ...] = ()
    looks_in: tuple[str, ...] = ()  # tables of which it says "none": only where they were read completely
    silences: tuple[str, ...] = ()  # rules that have nothing to add on a day this one blocks
    uses: tuple[str, ...] = ()  # columns it looks at where they are; it works without them, and P02 says so
    rests_on: tuple[str, ...] = ()  # open questions that all its findings rest on
    may_rest_on: tuple[str, ...] = ()  # those that only some of its findings rest on, and say so themselves

    @property
    def questions(self) -> tuple[str, ...]:
        """Every open question that some finding of it may rest on, in the order of their numbers."""
        return tuple(sorted({*self.rests_on, *self.may_rest_on}, key=lambda id: int(id.partition("-")[2])))

    def remedy_under(self, weight: Weight) -> str:
        """Return what to do about a finding of this weight."""
        lighter = {Weight.UNDECIDED: self.when_open, Weight.ADVISE: self.when_advised}
        return lighter.get(weight) or self.remedy

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
    when_open: str | None = None,
    when_advised: str | None = None,
    needs: tuple[str, ...] = (),
    wakes: tuple[str, ...] = (),
    looks_in: tuple[str, ...] = (),
    silences: tuple[str, ...] = (),
    uses: tuple[str, ...] = (),
    rests_on: tuple[str, ...] = (),
    may_rest_on: tuple[str, ...] = (),
) -> Callable[[Finder], Rule]:
    """Turn a generator function into a Rule; its module's docstring says Asks, Reading, Limits, Passes and Fails."""

    def made(find: Finder) -> Rule:
        return Rule(
            id=id,
            title=title,
            over=over,
            clause=clause,
            remedy=remedy,
            find=find,
            when_open=when_open,
            when_advised=when_advised,
            needs=needs,
            wakes=wakes,
            looks_in=looks_in,
            silences=silences,
            uses=uses,
            rests_on=rests_on,
            may_rest_on=may_rest_on,
        )

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
