"""P02: rows of months that are not judged are never passed over in silence; a year may have been mistyped."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Entry, Month, MonthReview, Record, WeekReview
from zaitaku_xl.ruling.words import listed
from zaitaku_xl.scopes import Book, Times
from zaitaku_xl.sentence import Sentence, own, place

_TABLES = ("entries", "plans", "week_reviews", "month_reviews", "absences", "services", "record_lines")
_ANOTHER_MONTH = "点検したのは対象年月の行だけです。ほかの月は、対象年月をその月にして点検してください。"
_YEAR = "記録で確かめ、入力の誤りなら日付を直してください。正しい日付なら、このままでかまいません。"
_GRACE = 7
_REVIEWS = (WeekReview, MonthReview)
_Dates = tuple[date | None, ...]


def other_months(book: Book) -> Iterator[Flaw]:
    if not book.judged or not book.held & set(book.judged):
        return  # months_without_rows speaks
    months, weeks = _times(book.judged), _times_of_weeks(book.judged)
    for table in _TABLES:
        if table == "entries" and book.held <= set(book.judged):
            continue
        records = [record for whole in book.people for record in getattr(whole.person, table)]
        within = weeks if table == "week_reviews" else months
        for its in _elsewhere(records, _DATES_OF.get(table, _its_day), within).values():
            yield _of_sheet(book, table, its)


def _times(months: Iterable[Month], before: int = 0, after: int = 0) -> Times:
    """The days of months, and so many *before* and *after* each."""
    return Times(
        (month.first - timedelta(days=before), month.after.first + timedelta(days=after - 1)) for month in months
    )


def _times_of_weeks(months: Iterable[Month]) -> Times:
    """From the first week that touches a month to the grace of the last."""
    return _times(months, before=6, after=6 + _GRACE)


def _elsewhere(records: Iterable[Record], dates_of: Callable[[Any], _Dates], within: Times) -> dict[str, list[Record]]:
    """By sheet the records of which no date lies within; few dates stand in many rows, and each is asked of once."""
    dated = [(dates_of(record), record) for record in records]
    outside = {dates for dates in {dates for dates, _ in dated} if _all_outside(dates, within)}
    found: dict[str, list[Record]] = {}
    for dates, record in dated if outside else ():
        if dates in outside:
            found.setdefault(record.row.sheet, []).append(record)
    return found


def _its_day(record: Any) -> _Dates:
    return (record.day,)


def _its_month(review: MonthReview) -> _Dates:
    return (review.month.first if review.month else review.done_on,)


# The dates that tell to which month a record belongs.
_DATES_OF: dict[str, Callable[[Any], _Dates]] = {
    "week_reviews": attrgetter("period_from", "period_to", "done_on"),
    "month_reviews": _its_month,
}


def _all_outside(dates: _Dates, within: Times) -> bool:
    """False where there is no date at all."""
    days = [day for day in dates if day]
    return bool(days) and not any(day in within for day in days)


def _day_of(record: Any) -> date | None:
    found = record.done_on if isinstance(record, _REVIEWS) else record.day
    return found if isinstance(found, date) else None


def _of_sheet(book: Book, table: str, records: list[Record]) -> Flaw:
    records.sort(key=lambda record: record.row.number)
    months = Month.all_of(map(_day_of, records))
    slips = sorted(_mistyped(book, table, records), key=lambda record: record.row.number)
    sheet = place(records[0].row.sheet)
    if slips:
        message = Sentence(
            "{sheet}に、年の入力違いかもしれない日付が{count}行あります{year}。",
            sheet=sheet,
            count=own(str(len(slips))),
            year=own(f"（{listed(Month.all_of(map(_day_of, slips)))}）"),
        )
        return breach(book, message, at=_field(slips[0]), on=slips[0], days=(), remedy=_YEAR)
    message = Sentence(
        "{sheet}に、点検していない月の行が{count}行あります{months}。",
        sheet=sheet,
        count=own(str(len(records))),
        months=own(f"（{_few(months)}）"),
    )
    return advice(book, message, at=_field(records[0]), on=records[0], days=(), remedy=_ANOTHER_MONTH)


_MOST = 3


def _few(months: Iterable[Month]) -> str:
    each = sorted(months)
    return listed(each[:_MOST]) + (f"など{len(each)}か月" if len(each) > _MOST else "")


def _field(record: Record) -> str:
    return "done_on" if isinstance(record, _REVIEWS) else "day"


# ---- a year mistyped


def _mistyped(book: Book, table: str, records: Iterable[Record]) -> Iterator[Record]:
    """Yield the rows that, read with the year judged, fill a date for which the client has no row.

    Besides, they stand between rows of a month judged, or carry the weekday of that year and not of the year typed.
    """
    suspects = [record for record in records if (day := _day_of(record)) and _in_judged(day, book.judged)]
    if not suspects:
        return
    between = _between(book, table, suspects)
    numbers = {record.row.number for record in suspects}
    for whole in book.people:
        theirs = getattr(whole.person, table)
        mine = [
            record for record in theirs if record.row.number in numbers and record.row.sheet == suspects[0].row.sheet
        ]
        filled = {_day_of(record) for record in theirs} if mine else ()
        for record in mine:
            day = _day_of(record)
            meant = _in_judged(day, book.judged) if day else None
            if day and meant and meant not in filled and (between(record) or _weekday_fits(record, meant, day)):
                yield record


def _in_judged(day: date, judged: Iterable[Month]) -> date | None:
    """The day in the year of a month judged."""
    for month in judged:
        if day.month == month.month and day.year != month.year and day.day <= month.days:
            return day.replace(year=month.year)
    return None


def _weekday_fits(record: Record, meant: date, typed: date) -> bool:
    weekday = record.weekday if isinstance(record, Entry) else None
    return weekday == meant.weekday() and weekday != typed.weekday()


def _between(book: Book, table: str, elsewhere: Iterable[Record]) -> Callable[[Record], bool]:
    """Tell of a row whether the dated rows before and after it in the sheet are of a month judged."""
    judged = set(book.judged)
    sheet = next(iter(elsewhere)).row.sheet
    rows = [
        record
        for whole in book.people
        for record in getattr(whole.person, table)
        if record.row.sheet == sheet and _day_of(record)
    ]
    rows.sort(key=lambda record: record.row.number)
    inside = [Month.of(day) in judged for record in rows if (day := _day_of(record))]
    places = {id(record): place for place, record in enumerate(rows)}

    def told(record: Record) -> bool:
        at = places[id(record)]
        return 0 < at < len(rows) - 1 and inside[at - 1] and inside[at + 1]

    return told
