"""Whether a table was read completely for a client and a time: only then is "none" a thing to say of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from zaitaku_xl import model

_GRACE = timedelta(days=7)  # an evaluation held so long after its week may still be the week's


def open_rows(person: model.Person, table: str, first: date, last: date) -> Sequence[model.Record]:
    """Return the rows of a table that may be this client's and of this time, and that nobody can place for certain.

    None of them: the table was read completely. A client's own rows with a cell that cannot be read are P01's.
    """
    rows = person.loose.get(table, ())
    return [row for row in rows if _may_concern(row, first, last)] if rows else ()


def _may_concern(row: model.Record, first: date, last: date) -> bool:
    begins, ends = time_of(row)
    return (begins or date.min) <= last and first <= (ends or date.max)


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
