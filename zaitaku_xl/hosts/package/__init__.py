"""An .xlsx or .xlsm package edited without loss: what is ours is spliced in, all else is copied as it lies.

Needs nothing but the standard library. ``Package`` reads, ``marked`` lays marks, ``cleared`` takes them off,
``lost`` proves that nothing else was touched, ``alone`` makes a workbook of our sheets only, and ``filled`` puts values
into cells of a form.
"""

from zaitaku_xl.hosts.package.alone import alone
from zaitaku_xl.hosts.package.clearing import Cleared, Ours, cleared, sheets_of_ours
from zaitaku_xl.hosts.package.edit import Edit
from zaitaku_xl.hosts.package.filling import Fill, Filled, filled
from zaitaku_xl.hosts.package.marking import Marked, marked
from zaitaku_xl.hosts.package.opc import Package, Relation, SheetPart
from zaitaku_xl.hosts.package.proof import lost

__all__ = [
    "Cleared",
    "Edit",
    "Fill",
    "Filled",
    "Marked",
    "Ours",
    "Package",
    "Relation",
    "SheetPart",
    "alone",
    "cleared",
    "filled",
    "lost",
    "marked",
    "sheets_of_ours",
]
