"""Approved terms with the days at home in them."""

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
    return tuple([_with_its_days(time, every, home) for time in approved])


def _with_its_days(time: Approved, every: tuple[Day, ...], home: tuple[Day, ...]) -> Term:
    holds_all = home and time.covers(home[0].date) and time.covers(home[-1].date)
    return Term(
        person=time.person,
        approval=time.approval,
        office=time.office,
        start=time.start,
        end=time.end,
        home_days=home if holds_all else tuple([day for day in home if time.covers(day.date)]),
        first_home_date=next((day.date for day in every if day.at_home and time.covers(day.date)), None),
    )
