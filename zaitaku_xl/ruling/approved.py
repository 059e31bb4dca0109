"""Which days lie in the approved terms. Not a rule itself."""

from collections.abc import Sequence

from zaitaku_xl.scopes import Approved, Day, Times


def uncovered(days: Sequence[Day], terms: Sequence[Approved]) -> Sequence[Day]:
    """Return those of a client's days, which are in order, that lie in none of the terms."""
    if terms and days and terms[0].covers(days[0].date) and terms[0].covers(days[-1].date):
        return ()  # as nearly always
    times = Times.covered(terms)
    return [day for day in days if day.date not in times]
