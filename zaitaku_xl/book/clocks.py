"""Times of day as offices type them. 9.3 may be 9:03, 9:18 or 9:30, so it is none of them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from zaitaku_xl.book.plain import plain
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.cells import Cell, Kind

DAY = 24 * 60
_AMBIGUOUS = "は何時何分か決められません（例 9:30）"
_NOT_A_TIME = "は時刻として読めません（例 9:30）"
_RANGE = re.compile(r"[~〜～\-–—−ー→]|から")
_COLON = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.0+)?)?")
_WORDS = re.compile(r"(\d{1,2})時(?:(\d{1,2})分|(半))?")
_BARE = re.compile(r"(\d{1,2})(\d{2})")
_HALF = re.compile(r"(午前|午後|AM|PM)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """9:30～15:00 in one cell, minutes since midnight."""

    start: int
    end: int


def time(cell: Cell) -> int | Span | Unread | None:
    """Return minutes since midnight, or a Span; None for a cell of blanks."""
    if cell.kind is Kind.TEXT:
        return _text(str(cell.value))
    if cell.kind is Kind.DATE:
        return _fraction(float(cell.value))
    if cell.kind not in (Kind.NUMBER, Kind.DATE):
        return Unread(_NOT_A_TIME)
    value = float(cell.value)
    if 0 < value < 1:
        return _fraction(value)
    if value == 0:
        return 0
    return _bare(str(int(value))) if value.is_integer() and value >= 100 else Unread(_AMBIGUOUS)


@lru_cache(maxsize=2048)
def _fraction(value: float) -> int | Unread:
    """A serial's time of day. 1.06 under [h]:mm would be 25:30, which is no time of day."""
    if value < 0 or (value >= 1 and (value < 61 or value.is_integer())):
        return Unread(_AMBIGUOUS)  # 25:30, or 930 typed into a cell that shows times
    minutes = int(round((value % 1) * DAY * 60) // 60)
    return minutes if minutes < DAY else 0


@lru_cache(maxsize=4096)
def _text(typed: str) -> int | Span | Unread | None:
    words = "".join(unicodedata.normalize("NFKC", plain(typed)).split())
    if not words:
        return None
    parts = _RANGE.split(words)
    if len(parts) == 2 and all(parts):
        start, end = _single(parts[0]), _single(parts[1])
        if isinstance(start, Unread) or isinstance(end, Unread):
            return Unread(_NOT_A_TIME)
        return Span(start, end) if start < end else Unread("は終わりが始まりより後ではありません")
    return _single(words.removesuffix("~").removesuffix("〜")) if len(parts) > 1 else _single(words)


def _single(words: str) -> int | Unread:
    half = _HALF.search(words)
    if half:
        words = words[: half.start()] + words[half.end() :]
    match = _COLON.fullmatch(words) or _WORDS.fullmatch(words)
    if match:
        groups = match.groups()
        minutes = 30 if len(groups) > 2 and groups[2] else int(groups[1] or 0)
        return _made(int(groups[0]), minutes, half.group().upper() if half else "")
    if _BARE.fullmatch(words) and not half:
        return _bare(words)
    return Unread(_AMBIGUOUS if re.fullmatch(r"[\d.,]+", words) else _NOT_A_TIME)


def _bare(words: str) -> int | Unread:
    match = _BARE.fullmatch(words)
    return _made(int(match[1]), int(match[2]), "") if match else Unread(_AMBIGUOUS)


def _made(hour: int, minute: int, half: str) -> int | Unread:
    if half and hour >= 12:  # 午後12時 is noon to some and midnight to others
        return Unread(_AMBIGUOUS)
    if half in ("午後", "PM"):
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else Unread(_NOT_A_TIME)


def time_in(words: str) -> int | None:
    """Return minutes since midnight of a time inside a sentence, None where it is not surely one."""
    found = _text(words)
    return found if isinstance(found, int) else None
