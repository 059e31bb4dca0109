"""The days on which offices of 2025-12 to 2026-11 are open: national holidays, the turn of the year and 夏季休業."""

from collections.abc import Iterator
from datetime import date, timedelta

FIRST, LAST = date(2025, 12, 1), date(2026, 11, 30)
MONTHS = tuple((2025 + (n + 11) // 12, (n + 11) % 12 + 1) for n in range(12))
WEEKDAYS = "月火水木金土日"

HOLIDAYS = {
    date(2026, 1, 1): "元日",
    date(2026, 1, 12): "成人の日",
    date(2026, 2, 11): "建国記念の日",
    date(2026, 2, 23): "天皇誕生日",
    date(2026, 3, 20): "春分の日",
    date(2026, 4, 29): "昭和の日",
    date(2026, 5, 4): "みどりの日",
    date(2026, 5, 5): "こどもの日",
    date(2026, 5, 6): "振替休日",
    date(2026, 7, 20): "海の日",
    date(2026, 8, 11): "山の日",
    date(2026, 9, 21): "敬老の日",
    date(2026, 9, 22): "国民の休日",
    date(2026, 9, 23): "秋分の日",
    date(2026, 10, 12): "スポーツの日",
    date(2026, 11, 3): "文化の日",
    date(2026, 11, 23): "勤労感謝の日",
}
TURN_OF_THE_YEAR = dict.fromkeys((date(2025, 12, 29) + timedelta(days=n) for n in range(6)), "年末年始")
SUMMER = {date(2026, 8, day): "夏季休業" for day in (12, 13, 14)}


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """The same day of the month, *months* later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, min(day.day, month_end(count // 12, count % 12 + 1).day))
