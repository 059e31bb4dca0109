"""Approved terms with the days at home in them."""

from collections.abc import Iterable, Sequence
from datetime import date

from zaitaku_xl.scopes.approvals import Approved
from zaitaku_xl.scopes.days import Day
from zaitaku_xl.scopes.scope import scope
from zaitaku_xl.scopes.stretch import Stretch


@scope
class Term(Approved):
    """One approved term (a row of 在宅承認) with the judged home days inside it."""

    home_days: Sequence[Day]
    first_home_date: date | None  # judged or not


def terms_of(approved: Iterable[Approved], ever: tuple[Day, ...], home: tuple[Day, ...]) -> tuple[Term, ...]:
    """Return the terms with their days: those *ever* at home, judged or not, and the judged ones at *home*, in order."""
    return tuple([_with_its_days(time, ever, home) for time in approved])


def _with_its_days(time: Approved, ever: tuple[Day, ...], home: tuple[Day, ...]) -> Term:
    ever_home = _inside(time, ever)
    return Term(
        person=time.person,
        approval=time.approval,
        office=time.office,
        start=time.start,
        end=time.end,
        home_days=_inside(time, home),
        first_home_date=ever_home[0].date if ever_home else None,
    )


def _inside(time: Approved, days: tuple[Day, ...]) -> Sequence[Day]:
    """Of days in order those of a term lie side by side."""
    if time.start is None or time.end is None:
        return ()
    return Stretch.between(days, time.start, time.end)
