"""How ribbon, macros and formulas get into Excel: built from text, put into workbooks, installed for one person."""

from typing import TYPE_CHECKING

from zaitaku_xl.on_demand import on_demand

if TYPE_CHECKING:
    from zaitaku_xl.addin.building import attach as attach
    from zaitaku_xl.addin.building import build as build
    from zaitaku_xl.addin.doctor import look as look
    from zaitaku_xl.addin.doctor import sentences as sentences
    from zaitaku_xl.addin.installing import install as install
    from zaitaku_xl.addin.installing import remove as remove
else:
    __all__, __getattr__ = on_demand(
        __name__, {"building": "attach build", "doctor": "look sentences", "installing": "install remove"}
    )
