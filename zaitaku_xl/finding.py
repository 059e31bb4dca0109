"""What a check says: flaws as a rule sees them, findings as a person reads them."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from zaitaku_xl.a1 import address
from zaitaku_xl.law import Clause
from zaitaku_xl.made import OF_THE_OFFICE
from zaitaku_xl.model import Record
from zaitaku_xl.sentence import Sentence


class Weight(StrEnum):
    """How heavy a finding is; the order of ``RANK`` decides which colour wins."""

    BLOCK = "block"
    UNDECIDED = "undecided"
    ADDITION = "addition"
    FIX = "fix"
    DUE = "due"  # can still be done
    ADVISE = "advise"


RANK = {weight: rank for rank, weight in enumerate(Weight)}
WORDS = {
    Weight.BLOCK: "算定不可",
    Weight.UNDECIDED: "要確認",
    Weight.ADDITION: "加算不可",
    Weight.FIX: "要修正",
    Weight.DUE: "実施待ち",
    Weight.ADVISE: "助言",
}


HEADINGS = (
    "No.",
    "区分",
    "氏名",
    "日付・期間",
    "該当箇所",
    "番号",
    "内容",
    "対応",
    "根拠",
    *OF_THE_OFFICE,
)
"""Of a list of findings, on the screen and on paper."""
OFFICE = "（事業所）"  # stands for the client where a finding is of none
NOTHING_FOUND = "見直す箇所は見つかりませんでした。"

COLOURS = {  # RRGGBB
    Weight.BLOCK: "F8CBCB",
    Weight.UNDECIDED: "E3DAF3",
    Weight.ADDITION: "FCE4C8",
    Weight.FIX: "FCE4C8",
    Weight.DUE: "D6E6F5",
    Weight.ADVISE: "FFF7C2",
}


class Verdict(StrEnum):
    """The answer for a client's day."""

    BILLABLE = "BILLABLE"
    NOT_BILLABLE = "NOT_BILLABLE"
    CHECK = "CHECK"
    PENDING = "PENDING"  # nothing blocks and nothing is open, but something can still be done and must be
    NOT_HOME = "NOT_HOME"

    @property
    def word(self) -> str:
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    Verdict.BILLABLE: "算定可",
    Verdict.NOT_BILLABLE: "算定不可",
    Verdict.CHECK: "要確認",
    Verdict.PENDING: "実施待ち",
    Verdict.NOT_HOME: "対象外",
}


class Flaw(NamedTuple):
    """What a rule yields. Which rule, how heavy, which source and which cell are added by ``check``.

    ``scope`` is the day, week, month, term, client, absence or book it is said of. ``lighter`` replaces the clause's
    weight where the rule knows better (advice, undecided); ``days`` narrows the days touched; ``remedy`` replaces the
    rule's.
    """

    scope: Any
    sentence: Sentence
    at: str | None = None  # field of the record; None: 日付 of the first day touched
    on: Record | None = None
    lighter: Weight | None = None
    days: frozenset[date] | None = None
    remedy: str | None = None
    rests_on: tuple[str, ...] = ()  # open questions that this very flaw hangs on, beside the rule's


def breach(
    scope: object,
    sentence: Sentence | str,
    *,
    at: str | None = None,
    on: Record | None = None,
    days: Iterable[date] | None = None,
    remedy: str | None = None,
    rests_on: tuple[str, ...] = (),
) -> Flaw:
    """What is asked was not met; weighs what the clause says."""
    return Flaw(
        scope=scope,
        sentence=_sentence(sentence),
        at=at,
        on=on,
        lighter=None,
        days=None if days is None else frozenset(days),
        remedy=remedy,
        rests_on=rests_on,
    )


def advice(
    scope: object,
    sentence: Sentence | str,
    *,
    at: str | None = None,
    on: Record | None = None,
    days: Iterable[date] | None = None,
    remedy: str | None = None,
    rests_on: tuple[str, ...] = (),
) -> Flaw:
    """Met, but worth a word."""
    return Flaw(
        scope=scope,
        sentence=_sentence(sentence),
        at=at,
        on=on,
        lighter=Weight.ADVISE,
        days=None if days is None else frozenset(days),
        remedy=remedy,
        rests_on=rests_on,
    )


def undecided(
    scope: object,
    sentence: Sentence | str,
    *,
    at: str | None = None,
    on: Record | None = None,
    days: Iterable[date] | None = None,
    remedy: str | None = None,
    rests_on: tuple[str, ...] = (),
) -> Flaw:
    """The records do not say enough to tell."""
    return Flaw(
        scope=scope,
        sentence=_sentence(sentence),
        at=at,
        on=on,
        lighter=Weight.UNDECIDED,
        days=None if days is None else frozenset(days),
        remedy=remedy,
        rests_on=rests_on,
    )


def _sentence(words: Sentence | str) -> Sentence:
    """Words of ours alone may come as they are."""
    return words if isinstance(words, Sentence) else Sentence(words)


class Finding(NamedTuple):
    """One thing to say, with its place, its source and the days it touches."""

    rule: str
    weight: Weight
    client: str | None
    sentence: Sentence  # what is wrong; what it quotes stands apart
    remedy: str
    clause: Clause
    day: date | None = None
    period: tuple[date, date] | None = None
    sheet: str | None = None
    row: int = 0
    column: int = 0
    touches: frozenset[tuple[str, date]] = frozenset()  # client and date of each day it touches
    readings: tuple[str, ...] = ()  # open questions it rests on that the client's town has not answered
    field: str | None = None  # of the record, where the flaw names one
    blank: bool = False  # that field is an empty cell
    due: date | None = None  # the last day on which it can be done, where it still can

    @property
    def message(self) -> str:
        """The sentence as it is read."""
        return str(self.sentence)

    @property
    def cell(self) -> str | None:
        return address(self.row, self.column) if self.sheet else None

    @property
    def rests(self) -> str:
        """「（解釈 A-3・A-4 による）」; empty where it rests on no open question."""
        if not self.readings:
            return ""
        in_order = sorted(self.readings, key=lambda id: int(id.partition("-")[2]))
        return f"（解釈 {'・'.join(in_order)} による）"

    @property
    def dates(self) -> tuple[date, ...]:
        """The day, or the first and the last of the period; nothing for the office or the workbook."""
        return (self.day,) if self.day else self.period or ()

    @property
    def when(self) -> str:
        """The day or period as programs read it, empty for the office or the workbook."""
        if self.day:
            return self.day.isoformat()
        if self.period:
            first, last = self.period
            return f"{first.isoformat()}～{last.isoformat()}"
        return ""
