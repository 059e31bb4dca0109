"""An .xlsx or .xlsm package edited without loss: what is ours is spliced in, all else is copied as it lies.

Needs nothing but the standard library. ``Package`` reads, ``marked`` lays marks, ``cleared`` takes them off, and
``lost`` proves that nothing else was touched.
"""

from zaitaku_xl.hosts.package.clearing import Cleared, cleared
from zaitaku_xl.hosts.package.edit import Edit
from zaitaku_xl.hosts.package.marking import Marked, marked
from zaitaku_xl.hosts.package.opc import Package, Relation, SheetPart
from zaitaku_xl.hosts.package.proof import lost

__all__ = ["Cleared", "Edit", "Marked", "Package", "Relation", "SheetPart", "cleared", "lost", "marked"]
