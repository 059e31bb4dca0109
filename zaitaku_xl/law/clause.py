"""One requirement as one document states it, from one day on."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is written. The gist is in our own words."""

    document: str
    clause: str
    gist: str
    issued: date | None = None
    url: str | None = None
    seen_on: date | None = None  # the day somebody last compared this with the document
    verified: bool = True  # False: general knowledge, no document read
    note: str | None = None  # what the comparison could not cover


@dataclass(frozen=True, slots=True)
class Clause:
    """What one text asks from ``since`` on; ``asked`` False means nothing is asked from that day."""

    requirement: str
    since: date
    asked: Any
    weight: str  # block, addition, fix, undecided, advise
    source: Source
    text: str  # id of the text it stands in: "national", "nagasaki_shi"
    services: frozenset[str] | None = None  # None: every service
    advised: Any = None  # hoped for beyond what is asked; missing it is advice

    def concerns(self, service: str | None) -> bool:
        return self.services is None or service in self.services


@dataclass(frozen=True, slots=True)
class Limit:
    """What one text asks and no rule reads: the sentence says so wherever that text is explained."""

    what: str  # a whole sentence
    since: date
    source: Source
    text: str
    requirement: str | None = None  # said with the rules of this requirement; None: with the text as a whole

    @property
    def words(self) -> str:
        """The sentence with its place.

        >>> Limit("印字は見ません。", date(2026, 1, 1), Source("通知", "3(2)", "印字する"), "mihon_shi").words
        '印字は見ません。（通知 3(2)）'
        """
        return f"{self.what}（{self.source.document} {self.source.clause}）"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a town said to an open question: an office or section answered, never a person's name."""

    reading: str
    choice: str  # the key of the choice
    answered_by: str
    answered_on: date
    source: Source
