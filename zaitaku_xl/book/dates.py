"""Dates as offices type them. What could be two days is not read."""

import re
from collections.abc import Container, Iterable
from datetime import date
from functools import lru_cache

from zaitaku_xl.book.moments import day_words
from zaitaku_xl.book.plain import even, folded
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.cells import EPOCH_1904, Cell, Kind, serial_day
from zaitaku_xl.model import Month

WEEKDAYS = "月火水木金土日"
# Era: its letter and names, first day, last day. Years are counted from the first day's year.
_ERAS = (
    ("R", "令和", "令", date(2019, 5, 1), date.max),
    ("H", "平成", "平", date(1989, 1, 8), date(2019, 4, 30)),
    ("S", "昭和", "昭", date(1926, 12, 25), date(1989, 1, 7)),
    ("T", "大正", "大", date(1912, 7, 30), date(1926, 12, 24)),
    ("M", "明治", "明", date(1868, 1, 25), date(1912, 7, 29)),
)
_FIRST, _LAST = date(1868, 1, 25), date(2199, 12, 31)
_FIRST_SERIAL, _THIS_CENTURY, _AFTER_SERIALS = 61, 36_526, 73_416  # 1900-03-01, 2000-01-01, 2101-01-01
_NO_DAY = frozenset(("FALSE",))
_ERA = r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM令平昭大明])\.?(?P<year>元|\d{1,2})"
_YEAR = r"(?P<western>\d{4})"
_SEP = r"(?:年|[./\-])"
_FULL = re.compile(rf"(?:{_ERA}|{_YEAR}){_SEP}(?P<month>\d{{1,2}})(?:月|[./\-])(?P<day>\d{{1,2}})日?")
_EIGHT = re.compile(r"(?P<western>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})(?:月|/)(?P<day>\d{1,2})日?")
_DAY = re.compile(r"(?P<day>\d{1,2})日?")
_MONTH = re.compile(rf"(?:{_ERA}|{_YEAR}){_SEP}(?P<month>\d{{1,2}})(?:月分?|月度)?")
_SIX = re.compile(r"(?P<western>\d{4})(?P<month>\d{2})")
_ERA_DIGITS = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM令平昭大明])(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})"
)
_ERA_MONTH = re.compile(r"(?P<era>令和|平成|[RH令平])(?P<year>\d{2})(?P<month>\d{2})")
_MONTH_ALONE = re.compile(r"(?P<month>\d{1,2})(?:月分?|月度)?")
_WEEKDAY = re.compile(r"[(\[]?([月火水木金土日])(?:曜日?)?(?:[・,、/]?[祝休]日?)?[)\]]?$")
_HOLIDAY = re.compile(r"\([祝休]日?\)$")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

_TWO_WAYS = "は何年の何日か判断できません（例 2026/1/5、令和8年1月5日）"
_NOT_A_DAY = "は日付として読み取れません（例 2026/1/5、令和8年1月5日）"
_NOT_A_MONTH = "は年月として読み取れません（例 2026-01、令和8年1月）"
_NO_SUCH_MONTH = "はその元号にない月です"
NO_MONTH = "は年と月が分かりません。設定の対象年月を入れるか、年月日で入力してください"


def day(cell: Cell, month: Month | None, date1904: bool, since: int = _THIS_CENTURY) -> date | Unread | None:
    """Read a date cell; *month* (of the sheet or 設定) completes 5日 and 1/5. Bare serials count from *since* on."""
    if cell.kind is Kind.DATE:
        value = float(cell.value)
        return serial_day(value, date1904) or Unread(_NOT_A_DAY) if value else None
    if cell.kind is Kind.NUMBER:
        return _number(float(cell.value), month, date1904, since)
    if cell.kind is Kind.TEXT:
        return _text(str(cell.value), month, date1904, since)
    return None if cell.value is False else Unread(_NOT_A_DAY)


def birthday(cell: Cell, date1904: bool) -> date | Unread | None:
    """Read a 生年月日: nobody is born in the month of the sheet, and most before this century."""
    return day(cell, None, date1904, since=_FIRST_SERIAL)


def _number(value: float, month: Month | None, date1904: bool, since: int) -> date | Unread | None:
    """A bare number: a day of the month, a serial, or yyyymmdd. The 0 of a formula that found nothing is none."""
    if value == 0:
        return None
    if _is_serial(value, since, date1904):
        return serial_day(value, date1904) or Unread(_NOT_A_DAY)
    if not value.is_integer():
        return Unread(_TWO_WAYS)
    if 1 <= value <= 31:
        return _of_month(int(value), month)
    if 18680101 <= value <= 21991231:
        return _dated(str(int(value)), None)
    return Unread(_TWO_WAYS)


def _is_serial(value: float, since: int = _THIS_CENTURY, date1904: bool = False) -> bool:
    """A day as a bare number: a formula hands it over so, and so does a cell without a date format.

    71231 may be 令和7年12月31日 without its era, and is none.
    """
    days = value + EPOCH_1904 if date1904 else value
    if not since <= days < _AFTER_SERIALS:
        return False
    return since < _THIS_CENTURY or not _may_be_an_era_day(int(value))


def _may_be_an_era_day(number: int) -> bool:
    year, rest = divmod(number, 10_000)
    return not isinstance(_made(2018 + year, *divmod(rest, 100)), Unread)


@lru_cache(maxsize=4096)
def _text(typed: str, month: Month | None, date1904: bool, since: int) -> date | Unread | None:
    words = "".join(day_words(even(typed)).translate(_HYPHENS).split()).upper()
    if not words or words in _NO_DAY:
        return None
    if _NUMBER.fullmatch(words):
        return _number(float(words), month, date1904, since)
    words = _HOLIDAY.sub("", words)
    weekday = _WEEKDAY.search(words)
    # 「5日」 ends in a letter that is also Sunday's: only a bracketed or second 日 is a weekday.
    if weekday and not (weekday.group() == "日" and not words[: weekday.start()].endswith("日")):
        found = _dated(words[: weekday.start()], month)
        if isinstance(found, date) and WEEKDAYS[found.weekday()] != weekday.group(1):
            return Unread(f"は日付と曜日が合いません（{found.month}月{found.day}日は{WEEKDAYS[found.weekday()]}曜日）")
        return found
    return _dated(words, month)


def _dated(words: str, month: Month | None) -> date | Unread:
    full = _FULL.fullmatch(words) or _EIGHT.fullmatch(words) or _ERA_DIGITS.fullmatch(words)
    if full:
        return _full(full)
    part = _MONTH_DAY.fullmatch(words)
    if part:
        return _near(int(part["month"]), int(part["day"]), month)
    single = _DAY.fullmatch(words)
    if single and (words.endswith("日") or 1 <= int(words) <= 31):
        return _of_month(int(single["day"]), month)
    return Unread(_TWO_WAYS if re.fullmatch(r"[\d./\-]+", words) else _NOT_A_DAY)


def _full(match: re.Match[str]) -> date | Unread:
    parts = match.groupdict()
    if parts.get("western"):
        return _made(int(parts["western"]), int(parts["month"]), int(parts["day"]))
    _, _, _, first, last = next(era for era in _ERAS if parts["era"] in era[:3])
    year = first.year + (1 if parts["year"] == "元" else int(parts["year"])) - 1
    found = _made(year, int(parts["month"]), int(parts["day"]))
    if isinstance(found, date) and not first <= found <= last:
        return Unread("はその元号にない日です")
    return found


def _made(year: int, month: int, day: int) -> date | Unread:
    try:
        found = date(year, month, day)
    except ValueError:
        return Unread("は暦にない日です")
    return found if _FIRST <= found <= _LAST else Unread(_NOT_A_DAY)


def _of_month(day: int, month: Month | None) -> date | Unread:
    return _made(month.year, month.month, day) if month else Unread(NO_MONTH)


def _near(number: int, day: int, month: Month | None) -> date | Unread:
    """1/5 in a sheet of a month: that year, unless it would lie half a year away (12/30 under January)."""
    if month is None:
        return Unread(NO_MONTH)
    if abs(number - month.month) > 6:
        return Unread(_TWO_WAYS)
    return _made(month.year, number, day)


def month(cell: Cell, date1904: bool, around: Month | None = None) -> Month | Unread | None:
    """Read a month cell: 2026-01, 令和8年1月分, R8.1, 202601, or a date of that month, be it the bare number.

    The month *around* it completes 1月.
    """
    if cell.kind is Kind.DATE:
        found = serial_day(float(cell.value), date1904)
        return Month.of(found) if found else Unread(_NOT_A_DAY) if cell.value else None
    if cell.kind is Kind.BOOLEAN:
        return Unread(_NOT_A_MONTH) if cell.value else None
    typed = f"{cell.value:.10g}" if cell.kind is Kind.NUMBER else str(cell.value)
    return month_of(typed, around, date1904)


def month_of(typed: str, around: Month | None = None, date1904: bool = False) -> Month | Unread | None:
    """Read a month from text.

    >>> str(month_of("令和8年1月分"))
    '2026-01'
    """
    words = "".join(day_words(even(typed)).translate(_HYPHENS).split()).upper()
    if not words or words in _NO_DAY or words == "0":
        return None
    found = _day_in_month(words, around, date1904)
    if isinstance(found, Unread) and found.why == _NO_SUCH_MONTH:
        return found
    return Month.of(found) if isinstance(found, date) else Unread(_NOT_A_MONTH)


def _day_in_month(words: str, around: Month | None, date1904: bool) -> date | Unread | None:
    match = _MONTH.fullmatch(words) or _SIX.fullmatch(words) or _ERA_MONTH.fullmatch(words)
    if match:
        return _first_of(match)
    alone = _MONTH_ALONE.fullmatch(words)
    if alone:
        return _near(int(alone["month"]), 1, around)
    return _text(words, None, date1904, _THIS_CENTURY)


def _first_of(match: re.Match[str]) -> date | Unread:
    parts = match.groupdict()
    if parts.get("western"):
        return _made(int(parts["western"]), int(parts["month"]), 1)
    _, _, _, first, last = next(era for era in _ERAS if parts["era"] in era[:3])
    found = _made(first.year + (1 if parts["year"] == "元" else int(parts["year"])) - 1, int(parts["month"]), 1)
    if isinstance(found, date) and (found > last or Month.of(found).after.first <= first):
        return Unread(_NO_SUCH_MONTH)
    return found


_IN_A_TITLE = re.compile(rf"(?:{_ERA}|{_YEAR})(?:年|[.\-/])(?P<month>\d{{1,2}})(?:月|(?![\d./\-]))")


@lru_cache(maxsize=256)
def month_in(title: str) -> Month | None:
    """Return the one month a title names (「日報（令和8年1月分）」), None where it names none or several."""
    words = folded(title)
    found = {
        str(month): month
        for match in _IN_A_TITLE.finditer(words)
        if isinstance(month := month_of(match.group().rstrip("月") + "月"), Month)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def wareki(day: date) -> str:
    """Return a day by its era.

    >>> wareki(date(2026, 1, 5)), wareki(date(2019, 5, 1))
    ('令和8年1月5日', '令和元年5月1日')
    """
    _, name, _, first, _ = next(era for era in _ERAS if day >= era[3])
    year = day.year - first.year + 1
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def in_a_column(days: Iterable[date], years: Container[int]) -> str:
    """Return a day, or the first and the last of a period, as a narrow column shows it; a year only where none of *years*.

    >>> in_a_column([date(2026, 1, 13)], {2026}), in_a_column([date(2025, 1, 13)], {2026})
    ('1/13（火）', '2025/1/13（月）')
    """
    return "～\n".join(
        f"{'' if day.year in years else f'{day.year}/'}{day.month}/{day.day}（{WEEKDAYS[day.weekday()]}）"
        for day in days
    )
