"""Days, times and periods as a message says them. Not a rule itself."""

from collections.abc import Iterable
from datetime import date

from zaitaku_xl.a1 import address
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.model import Month, Record
from zaitaku_xl.sentence import Piece, place

WEEKDAYS = "月火水木金土日"


def clock(minutes: int) -> str:
    """Return minutes since midnight as 9:05."""
    return f"{minutes // 60}:{minutes % 60:02}"


def on(day: date) -> str:
    """Return 1月5日（月）."""
    return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def dated(day: date) -> str:
    """Return a day whose year matters: 令和8年1月5日."""
    return japanese_day(day)


def lasting(first: date, last: date) -> str:
    """Return a period whose years matter; the year is said once where it is the same.

    >>> lasting(date(2026, 1, 14), date(2026, 12, 31)), lasting(date(2026, 1, 14), date(2027, 1, 13))
    ('令和8年1月14日～12月31日', '令和8年1月14日～令和9年1月13日')
    """
    end = f"{last.month}月{last.day}日" if first.year == last.year else dated(last)
    return f"{dated(first)}～{end}"


def listed(months: Iterable[Month]) -> str:
    """Return 令和7年12月、令和8年1月, in order."""
    return "、".join(month.words for month in sorted(months))


def any_of(words: list[str] | tuple[str, ...]) -> str:
    return "・".join(words)


def cell_of(record: Record, field: str) -> Piece:
    """Return where a field of a record stands: 日報!M12."""
    cell = record.row.place(field)
    return place(f"{cell[0]}!{address(*cell[1:])}" if cell else record.row.sheet)
