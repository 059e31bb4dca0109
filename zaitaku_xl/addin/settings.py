"""The settings file that the macros read: pairs of quoted words in the folder of the person, nothing else.

Macros read it in the code page of the machine. A path that does not fit there is written from an environment variable
on, if one leads to it.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from zaitaku_xl.addin.machine import Machine
from zaitaku_xl.addin.macro_text import PROJECT
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.writing.safe_file import put_own

ADDIN = "ZAITAKU_ADDIN"
EXE = "ZAITAKU_EXE"
RESIDENT = "USE UDF SERVER"
OURS = ("INTERPRETER_WIN", "INTERPRETER_MAC", "ADD_WORKBOOK_TO_PYTHONPATH", "UDF MODULES", RESIDENT, ADDIN, EXE)
_FOLDERS = ("USERPROFILE", "LOCALAPPDATA", "APPDATA", "ProgramFiles", "HOME")


def place(machine: Machine) -> Path:
    """Return where the macros look for the file."""
    if machine.system == "Darwin":
        return machine.home / "Library/Containers/com.microsoft.Excel/Data" / f"{PROJECT}.conf"
    return machine.home / f".{PROJECT}" / f"{PROJECT}.conf"


def read(machine: Machine) -> dict[str, str]:
    """Return the settings; without a file there are none."""
    path = place(machine)
    if not path.is_file():
        return {}
    rows = csv.reader(io.StringIO(path.read_text(encoding=machine.code_page, errors="replace")))
    return {row[0].upper(): row[1] for row in rows if len(row) == 2}


def write(machine: Machine, ours: Mapping[str, str]) -> Path:
    """Write our settings and leave those of anybody else in the file."""
    kept = {name: value for name, value in read(machine).items() if name not in OURS}
    path = place(machine)
    path.parent.mkdir(parents=True, exist_ok=True)
    put_own(path, _text(machine, {**kept, **ours}))
    return path


def remove(machine: Machine) -> Path | None:
    """Take our settings out, and the file with them if nothing else is in it; returns the file if there was one."""
    path, kept = place(machine), {name: value for name, value in read(machine).items() if name not in OURS}
    if not path.is_file():
        return None
    if kept:
        put_own(path, _text(machine, kept))
    else:
        path.unlink()
        if path.parent.name == f".{PROJECT}" and not any(path.parent.iterdir()):
            path.parent.rmdir()
    return path


def _text(machine: Machine, settings: Mapping[str, str]) -> bytes:
    lines = "".join(f'"{name}","{value}"\r\n' for name, value in settings.items())
    return lines.encode(machine.code_page)


def path_value(machine: Machine, path: Path) -> str:
    """Return a path as the macros can read it; they put the values of environment variables in."""
    whole = str(path)
    if _fits(machine, whole):
        return whole
    for name in _FOLDERS:
        folder = machine.environment.get(name)
        if folder and whole.startswith(folder) and _fits(machine, whole[len(folder) :]):
            return f"%{name}%{whole[len(folder) :]}"
    raise WrongUse(
        f"「{whole}」には、Excelのマクロが読めない文字があります。"
        "フォルダーの名前を英数字か普通の漢字・かなに変えるか、別の場所に入れ直してください。"
    )


def expanded(machine: Machine, value: str) -> Path:
    """Return the path a setting stands for."""
    for name in _FOLDERS:
        value = value.replace(f"%{name}%", machine.environment.get(name, f"%{name}%"))
    return Path(value)


def _fits(machine: Machine, text: str) -> bool:
    try:
        return text.encode(machine.code_page).decode(machine.code_page) == text and '"' not in text
    except UnicodeError:
        return False
