"""The macro project as text: ours from ``macros/``, and xlwings' own modules as the pinned release has them."""

import re
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from zaitaku_xl.errors import WrongUse, ZaitakuError
from zaitaku_xl.resources import shipped

XLWINGS = "0.37.8"  # the DLL's name, the VBA text and the wheel carry one number
PROJECT = "zaitaku"  # also names the settings file: %USERPROFILE%\\.zaitaku\\zaitaku.conf
CODE_PAGE = 932
OURS = ("zaitaku_ribbon", "xlwings_udfs")
EXTRA = "pip install 'zaitaku-xl[excel]'"

_RUN_PYTHON = re.compile(r"""RunPython "from zaitaku_xl\.entry import ribbon; ribbon\.run\('(\w+)'\)\"""")
_RUN_FROZEN = r'RunFrozenPython GetConfig("ZAITAKU_EXE"), "\1"'


class Home(Enum):
    """Where the macros live, and so which workbook they are about."""

    WORKBOOK = "ThisWorkbook"
    ADDIN = "ActiveWorkbook"


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the project; its text as git has it: lines end in LF, the attributes come first."""

    name: str
    is_class: bool
    text: str


# What we change in xlwings' module, each once and only there: its text is released by others and pinned.
ADAPTED: dict[str, str] = {
    # Settings of our own, so that another add-in made with xlwings keeps its own.
    'Public Const PROJECT_NAME As String = "{project}"': f'Public Const PROJECT_NAME As String = "{PROJECT}"',
    # Settings only from the person's own folder: a workbook sent to the office, or a file beside it, must not say
    # which program a click starts.
    'Optional default As String = "", Optional source As String = "")': (
        'Optional default As String = "", Optional source As String = "user")'
    ),
}
# Nor may Python files lying beside such a workbook be taken for ours.
_BESIDE = 'GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")', 'GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "false")'
# An add-in has buttons also where no workbook is open; xlwings would stop there with an error of VBA's.
_NO_WORKBOOK = """
    If ActiveWorkbook Is Nothing Then
        MsgBox "ブックを開いてから、もう一度押してください。", vbInformation, "在宅点検"
        Exit Function
    End If"""
_ENTRANCES = (
    "Public Function RunPython(PythonCommand As String)",
    "Public Function RunFrozenPython(Executable As String, Optional Args As String)",
)


def modules(home: Home, *, frozen: bool = False) -> tuple[Module, ...]:
    """Return every module of the project; *frozen* calls ``zaitaku.exe`` where there is no Python."""
    ours = (_ours(name, home, frozen) for name in OURS)
    found = (*ours, xlwings_module(home), _dictionary())
    for module in found:
        check_code_page(module)
    return found


def ours_text(name: str) -> str:
    """Return a module of ours as it lies in ``macros/``."""
    return shipped("macros", f"{name}.bas").read_text(encoding="utf-8")


def _ours(name: str, home: Home, frozen: bool) -> Module:
    text = ours_text(name)
    if home is Home.ADDIN:
        text = text.replace(Home.WORKBOOK.value, Home.ADDIN.value)
    return Module(name, False, _RUN_PYTHON.sub(_RUN_FROZEN, text) if frozen else text)


def xlwings_module(home: Home) -> Module:
    """Return xlwings' module: the standalone one for a workbook, the one for custom add-ins for ours."""
    name, project = ("xlwings.bas", "xlwings") if home is Home.WORKBOOK else ("xlwings_custom_addin.bas", "myaddin")
    text = pinned_text(name)
    for old, new in ADAPTED.items():
        text = _replaced(name, text, old.format(project=project), new, 1)
    for entrance in _ENTRANCES if home is Home.ADDIN else ():
        text = _replaced(name, text, entrance, entrance + _NO_WORKBOOK, 1)
    return Module("xlwings", False, _replaced(name, text, *_BESIDE, 2))


def _dictionary() -> Module:
    return Module("Dictionary", True, pinned_text("addin/Dictionary.cls"))


def _replaced(name: str, text: str, old: str, new: str, times: int) -> str:
    if text.count(old) != times:
        raise ZaitakuError(f"xlwings {XLWINGS} の {name} が想定と違います（{old}）。{EXTRA} で入れ直してください。")
    return text.replace(old, new)


def pinned_text(name: str) -> str:
    """Return a text that xlwings ships, of the one release we know."""
    check_version(installed_xlwings())
    found = find_spec("xlwings")
    if found is None or found.origin is None:
        raise _missing()
    return (Path(found.origin).parent / name).read_text(encoding="utf-8")


def installed_xlwings() -> str | None:
    """Return the release of xlwings that is installed here."""
    try:
        return version("xlwings")
    except PackageNotFoundError:
        return None


def check_version(installed: str | None) -> None:
    """Refuse another release: macros, DLL and package would not understand each other."""
    if installed is None:
        raise _missing()
    if installed != XLWINGS:
        raise WrongUse(f"xlwings {installed} が入っています。必要なのは {XLWINGS} です。{EXTRA} で入れ直してください。")


def _missing() -> WrongUse:
    return WrongUse(f"Excelのアドインには xlwings {XLWINGS} が必要です。{EXTRA} で入れてください。")


def check_code_page(module: Module) -> None:
    """Refuse a character that a macro project in Japanese cannot hold: it would become a question mark."""
    for number, line in enumerate(module.text.splitlines(), 1):
        if _held(line):
            continue
        letter = next(letter for letter in line if not _held(letter))
        raise ZaitakuError(
            f"macros/{module.name} の{number}行目の「{letter}」(U+{ord(letter):04X}) は、マクロに書けない文字です。"
            "似た文字（～、－ など）に替えてください。"
        )


def _held(text: str) -> bool:
    page = f"cp{CODE_PAGE}"
    return text.encode(page, "ignore").decode(page) == text  # 〜 goes in and comes back as ～
