"""One requirement as one document states it, from one day on."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class Basis(NamedTuple):
    """How a source is known, in words."""

    says: str
    short: str = ""


BASES = {
    "document": Basis(""),
    "quotation": Basis("原文は未確認で、引用によります"),
    "secondary": Basis("原文は未確認で、公開資料によります", "※原文未確認"),
    "general": Basis("根拠の条文は未確認です", "※根拠の条文は未確認"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is written. The gist is in our own words."""

    document: str
    clause: str
    gist: str
    issued: date | None = None
    url: str | None = None
    seen_on: date | None = None  # the day somebody last compared this with the document; none where nobody could
    basis: str = "document"  # how it is known: one of BASES
    note: str | None = None  # what the document does not say, or the comparison could not cover

    @property
    def verified(self) -> bool:
        """False: general knowledge, no document read."""
        return self.basis != "general"

    @property
    def caution(self) -> str:
        """A few words for whoever is told a source that nobody read itself; empty for the others."""
        return BASES[self.basis].short

    @property
    def cited(self) -> str:
        """The source as it stands under a finding: document, clause, and what was not read."""
        return f"{self.document} {self.clause} {self.caution}".rstrip()

    @property
    def compared(self) -> str:
        """How and when it was compared, in a sentence."""
        on = f"{japanese_day(self.seen_on)}に原文を確認" if self.seen_on else ""
        return BASES[self.basis].says or on


def japanese_day(day: date) -> str:
    """
    >>> japanese_day(date(2026, 1, 1)), japanese_day(date(2019, 5, 1)), japanese_day(date(2015, 4, 1))
    ('令和8年1月1日', '令和元年5月1日', '平成27年4月1日')
    """
    era, first = ("令和", 2019) if day >= date(2019, 5, 1) else ("平成", 1989)
    nth = day.year - first + 1
    return f"{era}{'元' if nth == 1 else nth}年{day.month}月{day.day}日"


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
    asker: str = ""  # who asks it, as a sentence says: 長崎市, 国の通知, 在宅点検の目安

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
