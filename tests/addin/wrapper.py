"""The VBA module of the formulas, made by xlwings' own generator from the decorated functions.

    python -m tests.addin.wrapper        # writes macros/xlwings_udfs.bas anew

The generator is Windows only: what it imports of pywin32 is stood in for. That happens in a process of its own, so
that nobody else meets the stand-ins.
"""

import asyncio
import io
import subprocess
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

MODULE = "zaitaku_xl.entry.udfs"
TARGET = Path(__file__).resolve().parents[2] / "macros" / "xlwings_udfs.bas"
HEAD = """\
Attribute VB_Name = "xlwings_udfs"
' 関数の入口。python -m tests.addin.wrapper が zaitaku_xl/entry/udfs.py から作るので、手で直しません。
#Const App = "Microsoft Excel"
"""


class ComError(Exception):
    """What pywin32 raises."""


def wrapper_text(module: str = MODULE, book: str = "zaitaku.xlsm") -> str:
    """Return the module's text for a workbook of this name, made in a process of its own."""
    command = [sys.executable, "-m", "tests.addin.wrapper", module, book]
    made = subprocess.run(command, capture_output=True, check=True, cwd=TARGET.parents[1])
    return made.stdout.decode("utf-8")


def _generated(module: str, book: str) -> str:
    udfs = _xlwings_udfs()
    out = io.StringIO()
    udfs.generate_vba_wrapper(module, import_module(module), out, SimpleNamespace(Name=book))
    lines = out.getvalue().splitlines()
    return HEAD + "\n" + "\n".join(line.replace("\t", "    ").rstrip() for line in lines).rstrip("\n") + "\n"


def _xlwings_udfs() -> ModuleType:
    stand_ins = {
        "pythoncom": {"CoInitialize": None, "com_error": ComError},
        "pywintypes": {"com_error": ComError, "IID": str, "TimeType": datetime},
        "win32com": {},
        "win32com.client": {"Dispatch": None},
        "xlwings._xlwindows": {"Range": None},
        "xlwings.com_server": {"loop": asyncio.new_event_loop()},
    }
    for name, members in stand_ins.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(members)
    xlwings, udfs = import_module("xlwings"), import_module("xlwings.udfs")
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    return udfs


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.buffer.write(_generated(*sys.argv[1:]).encode("utf-8"))
    else:
        TARGET.write_text(wrapper_text(), encoding="utf-8")
