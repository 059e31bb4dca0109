"""Whether a table was read completely for a client and a time: only then is "none" a thing to say of it."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from zaitaku_xl import model

_GRACE = timedelta(days=7)  # an evaluation held so long after its week may still be the week's


class LooseRows(list[model.Record]):
    """Rows of a table that nobody can place for certain: complete before it is asked, and asked for many clients."""

    def within(self, first: date, last: date) -> model.Record | None:
        """Return a row that may speak of a day from *first* to *last*; None where there is none."""
        begins, reach_furthest = self._by_begin
        before = bisect_right(begins, last)
        if not before:
            return None
        ends, row = reach_furthest[before - 1]
        return row if first <= ends else None

    @cached_property
    def _by_begin(self) -> tuple[list[date], list[tuple[date, model.Record]]]:
        """When the rows begin, in order, and of all up to each the one that ends last."""
        spans = [(begins or date.min, ends or date.max) for begins, ends in map(time_of, self)]
        order = sorted(range(len(spans)), key=lambda place: spans[place][0])
        furthest: list[tuple[date, model.Record]] = []
        for place in order:
            ends = spans[place][1]
            known = furthest[-1] if furthest else (ends, self[place])
            furthest.append((ends, self[place]) if ends > known[0] else known)
        return [spans[place][0] for place in order], furthest


class LooseOfSeveral:
    """Loose rows of several who may be meant: of many clients, so that nothing is copied for each."""

    def __init__(self, several: Sequence[LooseRows]) -> None:
        self._several = several

    def within(self, first: date, last: date) -> model.Record | None:
        found = (rows.within(first, last) for rows in self._several)
        return next((row for row in found if row is not None), None)


def open_row(person: model.Person, table: str, first: date, last: date) -> model.Record | None:
    """Return a row of a table that may be this client's and of this time, and that nobody can place for certain.

    None: the table was read completely. A client's own rows with a cell that cannot be read are P01's.
    """
    rows = person.loose.get(table)
    return rows.within(first, last) if rows is not None else None


def time_of(row: model.Record) -> tuple[date | None, date | None]:
    """The time a row may speak of; None where that is open."""
    match row:
        case model.Approval():
            return row.start, row.end
        case model.Client():
            return None, None
        case model.WeekReview():
            return _time_of_week(row)
        case model.MonthReview():
            month = row.month or (model.Month.of(row.done_on) if row.done_on else None)
            return (month.first, month.after.first - timedelta(days=1)) if month else (None, None)
    day = getattr(row, "day", None)
    return day, day


def _time_of_week(row: model.WeekReview) -> tuple[date | None, date | None]:
    """Any of its dates may be the one that credits a week, the evaluation up to its grace afterwards."""
    known = [day for day in (row.period_from, row.period_to, row.done_on) if day]
    if not known or not row.row.clear_of("period_from", "period_to", "done_on"):
        return None, None
    return min(known) - _GRACE, max(known)
