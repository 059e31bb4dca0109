"""Dates of one row that cannot all be meant: they are neither values nor blanks, so nobody is blamed for them (P01 tells)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from zaitaku_xl import model
from zaitaku_xl.sentence import Sentence

_GRACE = timedelta(days=7)  # an evaluation held so long after its week may still be the week's


def doubt_dates(records: Mapping[str, Sequence[model.Record]]) -> None:
    """Take the dates that contradict each other out of their rows, with the reason."""
    for record in (*records["approvals"], *records["clients"], *records["week_reviews"], *records["month_reviews"]):
        match record:
            case model.Approval(start=date() as start, end=date() as end) if end < start:
                _doubt(record, ("start", "end"), "承認終了が承認開始より前の日付です。")
            case model.Client(decided_from=date() as start, decided_to=date() as end) if end < start:
                _doubt(record, ("decided_from", "decided_to"), "支給決定終了が支給決定開始より前の日付です。")
            case model.WeekReview(period_from=date() as start, period_to=date() as end, done_on=date() as held):
                if _is_of_another_year(held, start, end + _GRACE):
                    _doubt(
                        record,
                        ("done_on",),
                        f"実施日の年（{held.year}年）が対象期間と違います。年の入力違いか確かめてください。",
                    )
            case model.MonthReview(month=model.Month() as month, done_on=date() as held):
                if _is_of_another_year(held, month.first, month.after.first - timedelta(days=1)):
                    _doubt(
                        record,
                        ("done_on",),
                        f"実施日の年（{held.year}年）が対象年月と違います。年の入力違いか確かめてください。",
                    )


def _is_of_another_year(held: date, first: date, last: date) -> bool:
    """True for a day that lies in the time only when it is read with another year."""
    if first <= held <= last:
        return False
    return any(first <= day <= last for year in {first.year, last.year} - {held.year} for day in _in(year, held))


def _in(year: int, day: date) -> Iterable[date]:
    try:
        return (day.replace(year=year),)
    except ValueError:  # 29 February
        return ()


def _doubt(record: model.Record, fields: Sequence[str], why: str) -> None:
    unread = {field: Sentence(why) for field in fields if record.row.at(field)}
    record.row.unread = {**record.row.unread, **unread}
    for field in fields:
        setattr(record, field, None)
