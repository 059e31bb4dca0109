"""A sentence of ours and what it quotes, kept apart until somebody reads it.

Whoever anonymises, rewords or counts sentences needs the words without the names and the typed values, and what was
quoted with its kind. So whatever comes out of a cell is a piece, never part of the template.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

BELOW = "\n・"  # before each line of what a sentence rests on
_UNLIKELY = 10_000  # minutes, days and points that an office counts are fewer


class Kind(StrEnum):
    """What a piece of a sentence is."""

    PERSON = "person"  # tells who is meant: a certificate number, a name
    TYPED = "typed"  # what somebody typed into a cell
    PLACE = "place"  # how the office calls a sheet or a column
    OWN = "own"  # words, numbers and days of ours


class Piece(NamedTuple):
    """One part of a sentence that is not the same in every sentence of its kind."""

    text: str
    kind: Kind
    in_brackets: bool

    def __str__(self) -> str:
        return f"「{self.text}」" if self.in_brackets else self.text


def words_of(error: Exception) -> "Sentence | str":
    """Return what a refusal says, its pieces still apart where it has any."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Sentence) else str(error)


def person(text: str | None) -> Piece:
    return Piece(text or "", Kind.PERSON, in_brackets=True)


def typed(text: str | None, *, in_brackets: bool = True) -> Piece:
    return Piece(text or "", Kind.TYPED, in_brackets)


def place(text: str, *, in_brackets: bool = False) -> Piece:
    return Piece(text, Kind.PLACE, in_brackets)


def measured(number: float) -> Piece:
    """A number out of a cell. One of many digits was not counted by anybody: it may be the number of somebody.

    >>> measured(60).kind, measured(9876543210).kind
    (<Kind.OWN: 'own'>, <Kind.TYPED: 'typed'>)
    """
    kind = Kind.OWN if abs(number) < _UNLIKELY else Kind.TYPED
    return Piece(f"{number:g}", kind, in_brackets=False)


def own(text: str) -> Piece:
    return Piece(text, Kind.OWN, in_brackets=False)


@dataclass(frozen=True, slots=True, init=False)
class Sentence:
    """A template in our words, and the pieces that stand in it; one without pieces is read as it is.

    What it rests on may follow below it, a line each.

    >>> str(Sentence("支援記録が{record}だけです", record=typed("同上")))
    '支援記録が「同上」だけです'
    >>> str(Sentence("支援の連絡の記録は1回分です。").resting_on([Sentence("連絡2：欠席連絡です。")]))
    '支援の連絡の記録は1回分です。\\n・連絡2：欠席連絡です。'
    """

    template: str
    pieces: tuple[tuple[str, Piece], ...]
    evidence: "tuple[Sentence, ...]"

    def __init__(self, template: str, /, **pieces: Piece) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "pieces", tuple(pieces.items()))
        object.__setattr__(self, "evidence", ())

    def __str__(self) -> str:
        alone = self.template.format_map(dict(self.pieces)) if self.pieces else self.template
        return "".join([alone, *(f"{BELOW}{line}" for line in self.evidence)]) if self.evidence else alone

    def __lt__(self, other: "Sentence") -> bool:
        return str(self) < str(other)

    def retold(self, change: Callable[[Piece], Piece]) -> "Sentence":
        """Return the sentence with each of its pieces put otherwise."""
        said = Sentence(self.template, **{name: change(piece) for name, piece in self.pieces})
        return said.resting_on([line.retold(change) for line in self.evidence])

    def followed_by(self, words: str, /, **pieces: Piece) -> "Sentence":
        """Return the sentence with more words; what stands in brackets belongs before its full stop.

        >>> str(Sentence("在宅の日に食事の○があります。").followed_by("（根拠の条文は未確認）"))
        '在宅の日に食事の○があります（根拠の条文は未確認）。'
        """
        stop = "。" if words.startswith("（") and self.template.endswith("。") else ""
        template = self.template.removesuffix(stop) + words + stop
        return Sentence(template, **dict(self.pieces), **pieces).resting_on(self.evidence)

    def filled(self, **pieces: Piece) -> "Sentence":
        """Return the sentence with pieces that its template names; those it has stay."""
        return Sentence(self.template, **(pieces | dict(self.pieces))).resting_on(self.evidence)

    def resting_on(self, evidence: "Iterable[Sentence]") -> "Sentence":
        """Return the sentence with what it rests on below it."""
        said = Sentence(self.template, **dict(self.pieces))
        object.__setattr__(said, "evidence", tuple(evidence))
        return said
