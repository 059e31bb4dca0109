"""The macros of a workbook, run by LibreOffice: button -> Sub -> RunPython -> Python, cell -> function -> Python.

Only what reaches the outside is replaced: xlwings' own module speaks to a DLL and to ``cmd.exe``. In its place stands a
module with the same two doors, and this process behind them, as xlwings' server is in Excel.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
import xlwings as xw

from tests.engine.books import Book
from tests.engine.cells import Range
from tests.engine.office import struct, uno

LIBRARY = "VBAProject"
_HEAD = "Rem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\n"
_CLASS_HEAD = "Rem Attribute VBA_ModuleType=VBAClassModule\nOption VBASupport 1\nOption ClassModule\n"
_XLWINGS = """Public gPython As Object
Sub ServePython(o)
    Set gPython = o
End Sub
Function XLPy()
    Dim door As New XLPyDoor
    Set XLPy = door
End Function
Function ThroughTheDoor(n, a)
    ThroughTheDoor = gPython.callFunction(n, a)
End Function
Public Function RunPython(PythonCommand As String)
    RunPython = gPython.callFunction("RunPython", Array(PythonCommand))
End Function
"""
_DOOR = """Public Function CallUDF(m, f, args, Optional wb, Optional caller)
    Dim r, out(), i, j
    r = ThroughTheDoor("CallUDF " & m & " " & f, args)
    If IsArray(r) Then
        ReDim out(UBound(r), UBound(r(0)))
        For i = 0 To UBound(r)
            For j = 0 To UBound(r(i))
                out(i, j) = r(i)(j)
            Next j
        Next i
        CallUDF = out
    Else
        CallUDF = r
    End If
End Function
"""
# LibreOffice does not know this question; what it guards is the same without it.
_ASKED_BY_EXCEL = "If TypeOf Application.Caller Is Range Then On Error GoTo failed"
_MISSING = -2147352572


class Macros:
    """The macros of an open workbook, with this process behind them."""

    def __init__(self, book: Book, call_udf: Callable[..., Any] | None = None) -> None:
        self.book, self.commands = book, []  # type: ignore[var-annotated]
        self._library = book.uno.BasicLibraries.getByName(LIBRARY)
        self.modules = {name: self._library.getByName(name) for name in self._library.ElementNames}
        for name in ("xlwings", "Dictionary"):
            self._library.removeByName(name)
        self._put("XLPyDoor", _CLASS_HEAD + _DOOR, 2)
        self._put("xlwings", _HEAD + _XLWINGS, 1)
        self._put("xlwings_udfs", self.modules["xlwings_udfs"].replace(_ASKED_BY_EXCEL, "On Error GoTo failed"), 1)
        bridge = "Sub Serve(o)\n VBAProject.xlwings.ServePython(o)\nEnd Sub\n"
        for name, text in self.modules.items():
            if name == "zaitaku_ribbon":
                subs = [line.split("(")[0].split()[-1] for line in text.splitlines() if line.startswith("Public Sub ")]
                bridge += "".join(f"Sub {sub}\n VBAProject.{name}.{sub}(Nothing)\nEnd Sub\n" for sub in subs)
        standard = book.uno.BasicLibraries.getByName("Standard")
        standard.insertByName("Bridge", bridge)
        self._server = _server(self, call_udf)
        self._run("Serve", self._server)

    def _put(self, name: str, text: str, kind: int) -> None:
        if self._library.hasByName(name):
            self._library.replaceByName(name, text)
            return
        if not self._library.hasModuleInfo(name):
            self._library.insertModuleInfo(name, struct("com.sun.star.script.ModuleInfo", ModuleType=kind))
        self._library.insertByName(name, text)

    def click(self, button_id: str) -> None:
        """Run the Sub that Excel runs when the button is pressed."""
        self._run(f"zaitaku_click_{button_id}")

    def _run(self, name: str, *arguments: object) -> None:
        where = f"vnd.sun.star.script:Standard.Bridge.{name}?language=Basic&location=document"
        self.book.uno.getScriptProvider().getScript(where).invoke(arguments, (), ())


def _server(macros: Macros, call_udf: Callable[..., Any] | None) -> Any:
    uno()
    import unohelper  # type: ignore[import-not-found]
    from com.sun.star.sheet import XFunctionAccess  # type: ignore[import-not-found]

    class Server(unohelper.Base, XFunctionAccess):  # type: ignore[misc]
        """XFunctionAccess is the door of LibreOffice through which a name and any arguments fit."""

        def callFunction(self, name: str, arguments: Any) -> Any:  # noqa: N802
            what, *rest = name.split()
            if what == "RunPython":
                macros.commands.append(arguments[0])
                exec(arguments[0], {})
                return 0
            assert call_udf is not None
            made = call_udf(*rest, tuple(_argument(macros.book, each) for each in arguments))
            return made[0][0] if len(made) == len(made[0]) == 1 else tuple(map(tuple, made))

    return Server()


def _argument(book: Book, value: Any) -> Any:
    """A range as the function server gets it; what was left out as COM says it."""
    if value is None:
        return _MISSING
    if not hasattr(value, "getCellRange"):
        return value
    found = value.getCellRange().RangeAddress
    return Range.of(book.sheets(found.Sheet + 1), found)


class _NoCaller:
    """The cell that asks is not told to the functions here; none of ours wants to know."""

    address = ""


def function_server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return xlwings' own function server over functions decorated for real, until the test ends.

    On Windows xlwings imports pywin32 for it; here stand-ins of the few names it touches.
    """
    stand_ins: dict[str, dict[str, object]] = {
        "pythoncom": {"CoInitialize": None, "com_error": OSError},
        "pywintypes": {"com_error": OSError, "IID": str, "TimeType": datetime},
        "win32com": {},
        "win32com.client": {"Dispatch": None},
        "xlwings._xlwindows": {
            "Range": lambda xl: xl or _NoCaller(),
            "is_range_instance": lambda value: isinstance(value, Range),
            "BOOK_CALLER": None,
        },
        "xlwings.com_server": {"loop": asyncio.new_event_loop()},
    }
    for name, members in stand_ins.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(xw, "_xlwindows", sys.modules["xlwings._xlwindows"], raising=False)
    monkeypatch.delitem(sys.modules, "xlwings.udfs", raising=False)
    udfs = import_module("xlwings.udfs")
    for name in ("func", "arg", "ret"):
        monkeypatch.setattr(xw, name, getattr(udfs, f"xl{name}"))
    monkeypatch.delitem(sys.modules, "zaitaku_xl.entry.udfs", raising=False)
    import_module("zaitaku_xl.entry.udfs")
    found: Callable[..., Any] = udfs.call_udf
    return found
