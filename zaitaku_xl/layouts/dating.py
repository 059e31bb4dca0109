"""Dates of an office's own sheets made whole: a day number under a title's month, a date spread over three cells."""

from datetime import date

from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context
from zaitaku_xl.book.values import day as read_day
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.model import Month

_EPOCH = date(1899, 12, 30)


def cell_of(day: date) -> Cell:
    """Return a day as the cell of a table put together, which counts from 1900."""
    return Cell(Kind.DATE, float((day - _EPOCH).days))


def whole_day(cell: Cell, month: Month | None, date1904: bool = False) -> Cell:
    """Return the cell as a date of its own where *month* completes it; as typed where it is no date for certain."""
    found = day_in(cell, month, date1904)
    return cell_of(found) if found else cell


def day_in(cell: Cell | None, month: Month | None, date1904: bool = False) -> date | None:
    """Return the day a cell holds for certain, None where it holds none."""
    if cell is None or cell.kind in (Kind.ERROR, Kind.UNCALCULATED):
        return None
    found = read_day(cell, Context(month, date1904))
    return None if isinstance(found, Unread) else found
