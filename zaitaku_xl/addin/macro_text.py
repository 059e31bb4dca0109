"""What macros, DLL and package of the pinned xlwings have to agree on, and the texts that lie in ``macros/``."""

from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from zaitaku_xl.errors import WrongUse, ZaitakuError
from zaitaku_xl.resources import shipped

XLWINGS = "0.37.8"  # the DLL's name, the VBA text and the wheel carry one number
PROJECT = "zaitaku"  # also names the settings file: %USERPROFILE%\\.zaitaku\\zaitaku.conf
EXTRA = "pip install 'zaitaku-xl[excel]'"
MAC_SCRIPT = "zaitaku.applescript"  # the macros call it by this name
_XLWINGS_SCRIPT = f"xlwings-{XLWINGS}.applescript"
# xlwings' script for macOS puts a path and the name of the workbook into a line for the shell. Ours is told digits, and
# leaves the current folder out of where Python looks.
_SCRIPT_CHANGES = (
    (
        '" -B -u -W ignore -c \\"import xlwings.utils;xlwings.utils.prepare_sys_path(\'" & PYTHONPATH & "\');" & ¬',
        '" -B -P -u -W ignore -c \\"" & ¬',
    ),
    (
        '\\"--wb=" & WorkbookName & "\\" \\"--from_xl=1\\" \\"--app=" & ApplicationFullName & "\\" >',
        '\\"--book=" & WorkbookName & "\\" >',
    ),
)


class Home(Enum):
    """Where the macros live, and so which workbook they are about."""

    WORKBOOK = "ThisWorkbook"
    ADDIN = "ActiveWorkbook"


def ours_text(name: str) -> str:
    """Return a module of ours as it lies in ``macros/``."""
    return shipped("macros", f"{name}.bas").read_text(encoding="utf-8")


def mac_script() -> str:
    """Return the script by which a macro starts Python on macOS."""
    text = pinned_text(_XLWINGS_SCRIPT)
    for old, new in _SCRIPT_CHANGES:
        text = with_change(_XLWINGS_SCRIPT, text, old, new)
    return text


def pinned_text(name: str) -> str:
    """Return a text that xlwings ships, of the one release we know."""
    check_version(installed_xlwings())
    found = find_spec("xlwings")
    if found is None or found.origin is None:
        raise _missing()
    return (Path(found.origin).parent / name).read_text(encoding="utf-8")


def with_change(name: str, text: str, old: str, new: str, times: int = 1) -> str:
    """Return a pinned text with one change; refuse a text in which it is not found as often as we know it to be."""
    if text.count(old) != times:
        raise ZaitakuError(f"xlwings {XLWINGS} の {name} が想定と違います（{old}）。{EXTRA} で入れ直してください。")
    return text.replace(old, new)


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
