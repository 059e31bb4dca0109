"""Approved terms with the days at home in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.scopes.approvals import Approved
from zaitaku_xl.scopes.days import Day


@dataclass(frozen=True, slots=True, eq=False)
class Term(Approved):
    """One approved term (a row of 在宅承認) with the judged home days inside it."""

    home_days: tuple[Day, ...]
    first_home_date: date | None  # judged or not


def terms_of(approved: Iterable[Approved], every: tuple[Day, ...], home: tuple[Day, ...]) -> tuple[Term, ...]:
    """Return the terms with their days: *every* day of the client, and the judged ones at *home*, both in order."""
    dates = [day.date for day in home]
    ever = [day.date for day in every if day.at_home]
    return tuple([_with_its_days(time, home, dates, ever) for time in approved])


def _with_its_days(time: Approved, home: tuple[Day, ...], dates: list[date], ever: list[date]) -> Term:
    """Of days in order those of a term lie side by side; *dates* are those of *home*, *ever* all at home."""
    first = 0 if time.start is None else bisect_left(ever, time.start)
    inside = first < len(ever) and time.covers(ever[first])
    return Term(
        person=time.person,
        approval=time.approval,
        office=time.office,
        start=time.start,
        end=time.end,
        home_days=home[_inside(time, dates)],
        first_home_date=ever[first] if inside else None,
    )


def _inside(time: Approved, dates: list[date]) -> slice:
    if time.start is None or time.end is None:
        return slice(0, 0)
    return slice(bisect_left(dates, time.start), bisect_right(dates, time.end))
