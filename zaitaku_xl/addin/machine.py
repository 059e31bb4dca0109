"""This PC, as far as the add-in has to know it: a few questions, so that a test can answer for another PC."""

import locale
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

Registered = str | int | None
_SYSTEMS = {"win32": "Windows", "darwin": "Darwin"}  # platform.system() may start a program to find out
_MAC_STARTUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
_MAC_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"


class Machine(Protocol):
    """What may be asked of a PC."""

    @property
    def system(self) -> str: ...  # Windows, Darwin, Linux

    @property
    def home(self) -> Path: ...

    @property
    def environment(self) -> Mapping[str, str]: ...

    @property
    def interpreter(self) -> Path: ...  # the Python that runs us

    @property
    def is_frozen(self) -> bool: ...  # it is no Python but zaitaku.exe

    @property
    def code_page(self) -> str: ...  # in which a macro reads a text file

    def registered(self, key: str, name: str) -> Registered: ...

    def has_values(self, key: str) -> bool: ...

    def zone(self, path: Path) -> int | None: ...  # of the mark-of-the-web: 3 is the internet


class ThisPc:
    """The PC we run on."""

    @property
    def system(self) -> str:
        return _SYSTEMS.get(sys.platform, sys.platform.title())

    @property
    def home(self) -> Path:
        return Path.home()

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ

    @property
    def interpreter(self) -> Path:
        return Path(sys.executable)

    @property
    def is_frozen(self) -> bool:
        return bool(getattr(sys, "frozen", False))

    @property
    def code_page(self) -> str:
        return "mbcs" if sys.platform == "win32" else locale.getpreferredencoding(False)

    def registered(self, key: str, name: str) -> Registered:
        """Return a value of the registry, HKEY_CURRENT_USER before HKEY_LOCAL_MACHINE where *key* names neither."""
        if sys.platform != "win32":
            return None
        import winreg  # noqa: PLC0415 - Windows only

        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                with winreg.OpenKey(root, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
                    value = winreg.QueryValueEx(opened, name)[0]
            except OSError:
                continue
            return value if isinstance(value, (str, int)) else None
        return None

    def has_values(self, key: str) -> bool:
        """Tell whether a key of the person's registry holds anything."""
        if sys.platform != "win32":
            return False
        import winreg  # noqa: PLC0415 - Windows only

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return bool(winreg.QueryInfoKey(opened)[1])
        except OSError:
            return False

    def zone(self, path: Path) -> int | None:
        try:
            with open(f"{path}:Zone.Identifier", encoding="ascii", errors="replace") as stream:
                return zone_in(stream.read())
        except OSError:
            return None


def zone_in(text: str) -> int | None:
    """Return the zone a mark-of-the-web names.

    >>> zone_in("[ZoneTransfer]\\r\\nZoneId=3\\r\\n")
    3
    """
    for line in text.splitlines():
        name, _, value = line.partition("=")
        if name.strip().lower() == "zoneid" and value.strip().isdecimal():
            return int(value)
    return None


def startup_folder(machine: Machine) -> Path | None:
    """Return the folder whose add-ins Excel opens at each start, of this person alone; none where there is no Excel."""
    if machine.system == "Windows":
        roaming = machine.environment.get("APPDATA")
        return Path(roaming) / "Microsoft" / "Excel" / "XLSTART" if roaming else None
    return machine.home / _MAC_STARTUP if machine.system == "Darwin" else None


def scripts_folder(machine: Machine) -> Path:
    """Return where Excel for macOS allows scripts to lie that a macro may run."""
    return machine.home / _MAC_SCRIPTS
