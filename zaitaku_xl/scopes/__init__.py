"""A log cut into what rules look at: a day, a week, a month, an approved term, a client, the book."""

from collections.abc import Sequence
from dataclasses import replace

from zaitaku_xl.scopes.absences import Missed, missed_of
from zaitaku_xl.scopes.approvals import Approved, Times, approved_of
from zaitaku_xl.scopes.calendar import Calendar, calendar_of
from zaitaku_xl.scopes.completeness import LooseOfSeveral, LooseRows, open_row, time_of
from zaitaku_xl.scopes.days import Day, Days, Shared, by_date, days_of
from zaitaku_xl.scopes.months import MonthOfUse, months_of
from zaitaku_xl.scopes.stretch import Stretch
from zaitaku_xl.scopes.terms import Term, terms_of
from zaitaku_xl.scopes.weeks import DOUBTFUL_OF_ANY, Ways, Week, weeks_of
from zaitaku_xl.scopes.wholes import Book, Serving, Several, Whole

Scope = Day | Week | MonthOfUse | Term | Whole | Missed | Book
Span = Week | MonthOfUse | Term | Whole


def limited(scope: Span, home_days: Sequence[Day]) -> Span:
    """Return the same span for some of its home days only (those under one law)."""
    days = home_days if isinstance(scope, Term) else tuple(home_days)
    return replace(scope, home_days=days)  # type: ignore[arg-type]


__all__ = [
    "DOUBTFUL_OF_ANY",
    "Approved",
    "Book",
    "Calendar",
    "Day",
    "Days",
    "LooseOfSeveral",
    "LooseRows",
    "Missed",
    "MonthOfUse",
    "Scope",
    "Serving",
    "Several",
    "Shared",
    "Span",
    "Stretch",
    "Term",
    "Times",
    "Ways",
    "Week",
    "Whole",
    "approved_of",
    "by_date",
    "calendar_of",
    "days_of",
    "limited",
    "missed_of",
    "months_of",
    "open_row",
    "terms_of",
    "time_of",
    "weeks_of",
]
