"""Dates as offices type them. What could be two days is not read."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from zaitaku_xl.book.plain import plain
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.cells import Cell, Kind, serial_day
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
_ERA = r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM令平昭大明])\.?(?P<year>元|\d{1,2})"
_YEAR = r"(?P<western>\d{4})"
_SEP = r"(?:年|[./\-])"
_FULL = re.compile(rf"(?:{_ERA}|{_YEAR}){_SEP}(?P<month>\d{{1,2}})(?:月|[./\-])(?P<day>\d{{1,2}})日?")
_EIGHT = re.compile(r"(?P<western>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})(?:月|/)(?P<day>\d{1,2})日?")
_DAY = re.compile(r"(?P<day>\d{1,2})日?")
_MONTH = re.compile(rf"(?:{_ERA}|{_YEAR}){_SEP}(?P<month>\d{{1,2}})(?:月分?|月度)?")
_SIX = re.compile(r"(?P<western>\d{4})(?P<month>\d{2})")
_WEEKDAY = re.compile(r"[(\[]?([月火水木金土日])(?:曜日?)?[)\]]?$")
_CLOCK = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?Z?$")

_TWO_WAYS = "は何年の何日か決められません（例 2026/1/5、令和8年1月5日）"
_NOT_A_DAY = "は日付として読めません（例 2026/1/5、令和8年1月5日）"
_NO_MONTH = "は年と月が分かりません。設定の対象年月を入れるか、年月日で入力してください"


def day(cell: Cell, month: Month | None, date1904: bool) -> date | Unread | None:
    """Read a date cell; *month* (of the sheet or 設定) completes 5日 and 1/5."""
    if cell.kind is Kind.DATE:
        return serial_day(float(cell.value), date1904) or Unread(_NOT_A_DAY)
    if cell.kind is Kind.NUMBER:
        return _number(float(cell.value), month, date1904)
    return _text(str(cell.value), month) if cell.kind is Kind.TEXT else Unread(_NOT_A_DAY)


def _number(value: float, month: Month | None, date1904: bool) -> date | Unread:
    """A bare number: a day of the month, a serial, or yyyymmdd."""
    if not value.is_integer():
        return Unread(_TWO_WAYS)
    if 1 <= value <= 31:
        return _of_month(int(value), month)
    if _is_serial(value):
        return serial_day(value, date1904) or Unread(_NOT_A_DAY)
    if 18680101 <= value <= 21991231:
        return _text(str(int(value)), None) or Unread(_NOT_A_DAY)
    return Unread(_TWO_WAYS)


def _is_serial(value: float) -> bool:
    """A day of this century as a bare number: a formula hands it over so, and so does a cell without a date format."""
    return 36526 <= value <= 73415 and value.is_integer()


@lru_cache(maxsize=4096)
def _text(typed: str, month: Month | None) -> date | Unread | None:
    words = unicodedata.normalize("NFKC", plain(typed)).strip()
    if not words:
        return None
    words = "".join(_CLOCK.sub("", words).split())
    weekday = _WEEKDAY.search(words)
    # 「5日」 ends in a letter that is also Sunday's: only a bracketed or second 日 is a weekday.
    if weekday and not (weekday.group() == "日" and not words[: weekday.start()].endswith("日")):
        found = _dated(words[: weekday.start()], month)
        if isinstance(found, date) and WEEKDAYS[found.weekday()] != weekday.group(1):
            return Unread(f"は日付と曜日が合いません（{found.month}月{found.day}日は{WEEKDAYS[found.weekday()]}曜日）")
        return found
    return _dated(words, month)


def _dated(words: str, month: Month | None) -> date | Unread:
    full = _FULL.fullmatch(words) or _EIGHT.fullmatch(words)
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
    if parts["western"]:
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
    return _made(month.year, month.month, day) if month else Unread(_NO_MONTH)


def _near(number: int, day: int, month: Month | None) -> date | Unread:
    """1/5 in a sheet of a month: that year, unless it would lie half a year away (12/30 under January)."""
    if month is None:
        return Unread(_NO_MONTH)
    if abs(number - month.month) > 6:
        return Unread(_TWO_WAYS)
    return _made(month.year, number, day)


def month(cell: Cell, date1904: bool) -> Month | Unread | None:
    """Read a month cell: 2026-01, 令和8年1月分, R8.1, 202601, or a date of that month, be it the bare number."""
    if cell.kind is Kind.DATE or (cell.kind is Kind.NUMBER and _is_serial(float(cell.value))):
        found = serial_day(float(cell.value), date1904)
        return Month.of(found) if found else Unread(_NOT_A_DAY)
    typed = str(int(cell.value)) if cell.kind is Kind.NUMBER and float(cell.value).is_integer() else str(cell.value)
    return month_of(typed)


def month_of(typed: str) -> Month | Unread | None:
    """Read a month from text.

    >>> str(month_of("令和8年1月分"))
    '2026-01'
    """
    words = "".join(unicodedata.normalize("NFKC", plain(typed)).split())
    if not words:
        return None
    match = _MONTH.fullmatch(words) or _SIX.fullmatch(words)
    found: date | Unread
    if match:
        parts = match.groupdict()
        if parts["western"]:
            found = _made(int(parts["western"]), int(parts["month"]), 1)
        else:
            _, _, _, first, last = next(era for era in _ERAS if parts["era"] in era[:3])
            found = _made(first.year + (1 if parts["year"] == "元" else int(parts["year"])) - 1, int(parts["month"]), 1)
            if isinstance(found, date) and (found > last or Month.of(found).after.first <= first):
                return Unread("はその元号にない月です")
    else:
        found = _dated(words, None)
    return Month.of(found) if isinstance(found, date) else Unread("は年月として読めません（例 2026-01、令和8年1月）")


_IN_A_TITLE = re.compile(rf"(?:{_ERA}|{_YEAR})(?:年|[.\-/])(?P<month>\d{{1,2}})(?:月|(?![\d./\-]))")


@lru_cache(maxsize=256)
def month_in(title: str) -> Month | None:
    """Return the one month a title names (「日報（令和8年1月分）」), None where it names none or several."""
    words = "".join(unicodedata.normalize("NFKC", title).split())
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
