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
