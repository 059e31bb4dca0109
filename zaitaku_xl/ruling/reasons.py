"""How the rules read a reason for a change of plan. Not a rule itself."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache

from zaitaku_xl.law.words import words_of
from zaitaku_xl.model import Entry, Plan
from zaitaku_xl.scopes import Day, Days

_SENTENCES = re.compile(r"[。.!！\n;]")
_PARTS = re.compile(r"[、,・]|(?<=なく)|(?<=ない)|(?<=せず)")


def where_given(day: Day) -> Entry | Plan | None:
    """Return the row that gives the reason: 日報 first, then 予定. None behind a cell that cannot be read."""
    for row in _rows(day):
        if row.reason or not row.row.clear_of("reason"):
            return row if row.reason else None
    return None


def reasons_given(days: Days) -> Iterator[tuple[Day, Entry | Plan]]:
    """Yield each day at home for which a reason is given, with the row that gives it."""
    for day in days.at_home:
        given = where_given(day)
        if given is not None:
            yield day, given


def is_unread(day: Day) -> bool:
    """True when a reason was typed that cannot be read."""
    return not all(row.row.clear_of("reason") for row in _rows(day))


def has_a_column(day: Day) -> bool:
    """True when the day has a cell where a reason could stand."""
    return any("reason" in row.row.columns for row in _rows(day))


def _rows(day: Day) -> tuple[Entry | Plan, ...]:
    return (*day.entries, *day.plans)


class Whose(Enum):
    """Whose convenience a reason speaks of."""

    OFFICES = "the office's, and it can mean nothing else"
    UNCLEAR = "the office's or the client's"
    NOT_THE_OFFICES = "not the office's"


def whose(reason: str, words: Iterable[str]) -> Whose:
    """Read a reason sentence by sentence; *words* are those that can mean the office's convenience alone.

    >>> [whose(text, ["職員不足"]).name for text in ("職員不足のため", "職員研修のため", "職員不足ではなく通院のため")]
    ['OFFICES', 'UNCLEAR', 'NOT_THE_OFFICES']
    """
    typed = "".join(unicodedata.normalize("NFKC", reason).split())
    certain = tuple(words)
    read = [_certainly(sentence, certain) for sentence in _SENTENCES.split(typed)]
    if not _is_own(typed) and any(_stands_in(word, typed) for word in words_of("reasons")["loose"]):
        read.append(Whose.UNCLEAR)
    return next((each for each in Whose if each in read), Whose.NOT_THE_OFFICES)


def _certainly(sentence: str, words: tuple[str, ...]) -> Whose:
    if not any(_stands_in(word, sentence) for word in words):
        return Whose.NOT_THE_OFFICES
    return Whose.UNCLEAR if _is_own(sentence) else Whose.OFFICES


def _is_own(words: str) -> bool:
    """True when they speak of what the client wished or had to do."""
    others = _of_staff().sub("", words)
    return any(word in others for word in words_of("reasons")["own"])


@cache
def _of_staff() -> re.Pattern[str]:
    """職員の体調不良: nobody's but the staff's."""
    lists = words_of("reasons")
    return re.compile(f"(?:{'|'.join(lists['staff'])})[のがも]?(?:{'|'.join(lists['own'])})")


def _stands_in(word: str, sentence: str) -> bool:
    """True when the word stands there and is not denied within its part of the sentence (事業所の都合ではなく)."""
    parts = [part for part in _PARTS.split(sentence) if word in part]
    denied = words_of("reasons")["denied"]
    return any(not any(no in part.partition(word)[2] for no in denied) for part in parts)


def is_the_offices(reason: str, words: Iterable[str], *, surely: bool) -> bool:
    """True when the reason speaks of the office's convenience, *surely* or perhaps: A09's business."""
    told = whose(reason, words)
    return told is Whose.OFFICES or (told is Whose.UNCLEAR and not surely)
