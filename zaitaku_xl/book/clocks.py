"""Times of day as offices type them. 9.3 may be 9:03, 9:18 or 9:30, so it is none of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zaitaku_xl.book.moments import clock_words
from zaitaku_xl.book.plain import even
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.cells import Cell, Kind

DAY = 24 * 60
_SERIALS = 36_526, 73_416  # of this century
_AMBIGUOUS = "は何時何分か判断できません（例 9:30）"
_NOT_A_TIME = "は時刻として読み取れません（例 9:30）"
_RANGE = re.compile(r"[~〜～\-–—−ー→]|から")
_COLON = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.0+)?)?")
_WORDS = re.compile(r"(\d{1,2})時(?:(\d{1,2})分?|(半))?")
_BARE = re.compile(r"(\d{1,2})(\d{2})")
_HALF = re.compile(r"午前|午後|[AP]\.?M\.?", re.IGNORECASE)
_POINT = re.compile(r"\d*\.\d+")
_EXACT_FROM = 6  # digits behind the point: fewer must come to a whole minute


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
    if cell.kind is not Kind.NUMBER:
        return Unread(_NOT_A_TIME) if cell.value else None
    value = float(cell.value)
    if value == 0:
        return 0
    return _bare(str(int(value))) if value.is_integer() and value >= 100 else _part_of_a_day(f"{value:.10g}")


@lru_cache(maxsize=2048)
def _part_of_a_day(words: str) -> int | Unread:
    """Read 0.395833 as Excel counts, and the time of a serial; 9.3 is neither."""
    value = float(words)
    if not 0 < value < 1 and (value.is_integer() or not _SERIALS[0] <= value < _SERIALS[1]):
        return Unread(_AMBIGUOUS)
    seconds = value % 1 * DAY * 60
    is_whole = abs(seconds - round(seconds / 60) * 60) <= 1
    return _fraction(value) if is_whole or len(words.partition(".")[2]) >= _EXACT_FROM else Unread(_AMBIGUOUS)


@lru_cache(maxsize=2048)
def _fraction(value: float) -> int | Unread:
    """A serial's time of day. 1.06 under [h]:mm would be 25:30, which is no time of day."""
    if value < 0 or (value >= 1 and (value < 61 or value.is_integer())):
        return Unread(_AMBIGUOUS)  # 25:30, or 930 typed into a cell that shows times
    minutes = int(round((value % 1) * DAY * 60) // 60)
    return minutes if minutes < DAY else 0


@lru_cache(maxsize=4096)
def _text(typed: str) -> int | Span | Unread | None:
    words = "".join(clock_words(even(typed)).split())
    if not words or words.upper() == "FALSE":
        return None
    parts = _RANGE.split(words)
    if len(parts) == 2 and all(parts):
        start, end = _single(parts[0]), _single(parts[1])
        if isinstance(start, Unread) or isinstance(end, Unread):
            return Unread(_NOT_A_TIME)
        return Span(start, end) if start < end else Unread("は終わりが始まりより後ではありません")
    return _single(words.removesuffix("~").removesuffix("〜")) if len(parts) > 1 else _single(words)


def _single(words: str) -> int | Unread:
    if words == "正午":
        return DAY // 2
    half = _HALF.search(words)
    if half:
        words = words[: half.start()] + words[half.end() :]
    match = _COLON.fullmatch(words) or _WORDS.fullmatch(words)
    if match:
        groups = match.groups()
        minutes = 30 if len(groups) > 2 and groups[2] else int(groups[1] or 0)
        return _made(int(groups[0]), minutes, half.group().upper().replace(".", "") if half else "", words)
    if not half and _BARE.fullmatch(words):
        return _bare(words)
    if not half and _POINT.fullmatch(words):
        return _part_of_a_day(words)
    return Unread(_AMBIGUOUS if re.fullmatch(r"[\d.,]+", words) else _NOT_A_TIME)


def _bare(words: str) -> int | Unread:
    match = _BARE.fullmatch(words)
    return _made(int(match[1]), int(match[2]), "") if match else Unread(_AMBIGUOUS)


def _made(hour: int, minute: int, half: str, words: str = "") -> int | Unread:
    if half and (hour > 12 or (hour == 12 and _may_be_the_other_twelve(half, words))):
        return Unread(_AMBIGUOUS)
    if half in ("AM", "PM", "午後") and hour == 12:
        hour = 0
    if half in ("午後", "PM"):
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else Unread(_NOT_A_TIME)


def _may_be_the_other_twelve(half: str, words: str) -> bool:
    """午後12時 is noon to some and midnight to others, 午前12:30 too; 午後 12:00 is what Excel shows at noon."""
    return half == "午前" or (half == "午後" and words in ("12時", "12時0分", "12時00分"))


def time_in(words: str) -> int | None:
    """Return minutes since midnight of a time inside a sentence, None where it is not surely one."""
    found = _text(words)
    return found if isinstance(found, int) else None
