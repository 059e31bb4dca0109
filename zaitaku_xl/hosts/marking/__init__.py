"""Marks and sheets of ours in a closed workbook: laid, taken off, proven; all else is copied as it lies."""

from zaitaku_xl.hosts.marking.alone import alone
from zaitaku_xl.hosts.marking.clearing import cleared, sheets_of_ours
from zaitaku_xl.hosts.marking.marking import given, marked
from zaitaku_xl.hosts.marking.proof import lost

__all__ = [
    "alone",
    "cleared",
    "given",
    "lost",
    "marked",
    "sheets_of_ours",
]
