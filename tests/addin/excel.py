"""Excel as far as the macros start something from it, run by an interpreter of VBA: what is told to the outside is kept.

The modules are those of the project, word for word. Stood in for is what is not VBA: Excel's objects, the shell, the
DLL, the environment and the file of settings.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyopenvba.interpreter import NOTHING, Interpreter, VBACollection, VBAObject, member, method, setter
from pyopenvba.interpreter._preprocess import strip_directives

from tests.addin.modules import modules
from zaitaku_xl.addin.macro_text import Home

PYTHON = r"C:\Program Files\Python\python.exe"
EXE = r"C:\zaitaku\zaitaku.exe"
SETTINGS = {"INTERPRETER_WIN": PYTHON, "INTERPRETER_MAC": "/opt/python/bin/python3", "ZAITAKU_EXE": EXE}
SHELL = r'"C:\Windows\System32\cmd.exe"'
# What the interpreter leaves to the machine, and what would reach out of it.
_STOOD_IN_FOR = """
Public Function StandInEnviron(which As String) As String
    StandInEnviron = StandIn.Environ(which)
End Function
Public Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "user")
    GetConfig = StandIn.Setting(configKey, default)
End Function
Public Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = True
End Function
Public Function CreateGUID() As String
    CreateGUID = "0123"
End Function
Public Function WScript() As Object
    Set WScript = StandIn
End Function
Public Function LoadLibrary(ByVal lpLibFileName As String) As Long
    LoadLibrary = StandIn.Loaded(lpLibFileName)
End Function
Public Function AppleScriptTask(script As String, handler As String, words As String)
    StandIn.Script script & "|" & words
    AppleScriptTask = 0
End Function
Public Function MsgBox(words, Optional buttons, Optional title)
    StandIn.Say words
End Function
Public Function ToPosixPath(ByVal MacPath As String) As String
    ToPosixPath = MacPath
End Function
Public Function ReadFile(ByVal FileName As String)
    ReadFile = ""
End Function
"""
_NAMES = re.findall(r"Function (\w+)", _STOOD_IN_FOR)


@dataclass
class Excel:
    """One Excel with one workbook in front; ``lines`` is what a shell or a script was told, ``said`` what the person saw."""

    name: str = "日報.xlsx"
    folder: str = r"C:\点検"
    home: Home = Home.ADDIN
    frozen: bool = False
    mac: bool = False
    settings: Mapping[str, str] = field(default_factory=lambda: SETTINGS)
    temp: str = r"C:\Temp"
    lines: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._vba = Interpreter()
        known = {name: _Workbook(self) for name in ("activeworkbook", "thisworkbook")}
        known |= {"application": _Application(), "standin": _StandIn(self)}
        host = self._vba.host
        before = host.global_object
        host.global_object = lambda name: known.get(name.lower()) or before(name)
        self._vba.add_module(_STOOD_IN_FOR, name="stand_in")
        for module in modules(self.home, frozen=self.frozen):
            if not module.is_class and module.name != "xlwings_udfs":
                self._vba.add_module(self._readable(module.text), name=module.name)

    def _readable(self, text: str) -> str:
        text = re.sub(r"^(\s*#\w.*?)\s+'.*$", r"\1", text, flags=re.MULTILINE)
        text = strip_directives(text, constants={"Mac": self.mac})
        for name in _NAMES:
            text = re.sub(rf"^((Public|Private) )?Function {name}\(.*?^End Function$", "", text, flags=re.M | re.S)
        text = re.sub(r"^(.*\bDeclare\b.*|\s*Kill .*)$", "", text, flags=re.MULTILINE)
        return re.sub(r"\bEnviron\$?\(", "StandInEnviron(", text)

    def click(self, button: str) -> None:
        """Press a button of the tab."""
        self._vba.run(f"zaitaku_click_{button}", [NOTHING])

    def formula_line(self) -> str:
        """Load the DLL and return the line that it would be given for a formula."""
        self._vba.run("XLPyLoadDLL")
        return str(self._vba.run("XLPyCommand"))


def _units(words: str) -> str:
    """As VBA counts: a rare letter is two."""
    raw = words.encode("utf-16-be")
    return "".join(chr(int.from_bytes(raw[at : at + 2])) for at in range(0, len(raw), 2))


class _Workbook(VBAObject):
    vba_type_name = "Workbook"

    def __init__(self, excel: Excel) -> None:
        super().__init__()
        self._excel = excel

    @member(name="Name")
    def name(self) -> str:
        return _units(self._excel.name)

    @member(name="FullName")
    def full_name(self) -> str:
        return f"{self._excel.folder}\\{self._excel.name}"

    @member(name="Path")
    def path(self) -> str:
        return self._excel.folder

    @member(name="Worksheets")
    def worksheets(self) -> VBACollection:
        return _Worksheets()


class _Worksheets(VBACollection):
    def vba_items(self) -> list[object]:
        return [_Worksheet()]


class _Worksheet(VBAObject):
    vba_type_name = "Worksheet"

    @member(name="Name")
    def name(self) -> str:
        return "nasty.py"  # xlwings would run what stands in such a sheet


class _Application(VBAObject):
    vba_type_name = "Application"

    @member(name="Hwnd")
    def hwnd(self) -> int:
        return 1234

    @member(name="Path")
    def path(self) -> str:
        return r"C:\Program Files\Microsoft Office & more\Office16"

    @member(name="Name")
    def name(self) -> str:
        return "Microsoft Excel"

    @setter("StatusBar")
    def show(self, words: object) -> None:
        """Only macOS shows something there."""


class _StandIn(VBAObject):
    vba_type_name = "StandIn"

    def __init__(self, excel: Excel) -> None:
        super().__init__()
        self._excel = excel

    @method(name="Environ")
    def environ(self, which: str) -> str:
        known = {"systemroot": r"C:\Windows", "temp": self._excel.temp, "home": "/Users/a"}
        return known[str(which).lower()]

    @method(name="Setting")
    def setting(self, key: str, default: str) -> str | bool:
        value = self._excel.settings.get(str(key).upper(), str(default))
        return {"True": True, "False": False}.get(value, value)

    @method(name="Run")
    def run(self, line: str, *_: object) -> int:
        self._excel.lines.append(str(line))
        return 0

    @method(name="Script")
    def script(self, words: str) -> None:
        self._excel.lines.append(str(words))

    @method(name="Loaded")
    def load(self, library: str) -> int:
        self._excel.loaded.append(str(library))
        return 1

    @method(name="Say")
    def say(self, words: str) -> None:
        self._excel.said.append(str(words))
