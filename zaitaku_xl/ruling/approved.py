"""Which days lie in the approved terms. Not a rule itself."""

from collections.abc import Sequence

from zaitaku_xl.scopes import Approved, Day


def uncovered(days: Sequence[Day], terms: Sequence[Approved]) -> Sequence[Day]:
    """Return those of a client's days, which are in order, that lie in none of the terms."""
    for term in terms:
        if days and term.covers(days[0].date) and term.covers(days[-1].date):
            return ()
        days = [day for day in days if not term.covers(day.date)]
    return days
