"""PCs as data: what Windows and macOS would answer, on folders of a test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zaitaku_xl.addin.macro_text import XLWINGS


@dataclass
class Pc:
    """A PC whose disk is a folder of the test. ``registry`` maps a key and a name, joined by a backslash."""

    home: Path
    system: str = "Windows"
    code_page: str = "cp932"
    registry: Mapping[str, str | int] = field(default_factory=dict)
    zones: Mapping[str, int] = field(default_factory=dict)  # by file name
    more: Mapping[str, str] = field(default_factory=dict)  # of the environment
    program: str = "python/Scripts/python.exe"
    is_frozen: bool = False

    @property
    def environment(self) -> Mapping[str, str]:
        home = str(self.home)
        roaming = str(self.home / "AppData/Roaming")
        return (
            {"USERPROFILE": home, "APPDATA": roaming} | dict(self.more) if self.system == "Windows" else dict(self.more)
        )

    @property
    def interpreter(self) -> Path:
        return self.home / self.program

    def registered(self, key: str, name: str) -> str | int | None:
        return self.registry.get(rf"{key}\{name}")

    def has_values(self, key: str) -> bool:
        return any(known.startswith(key) for known in self.registry)

    def zone(self, path: Path) -> int | None:
        return self.zones.get(path.name)

    def with_python(self) -> "Pc":
        """Lay Python and the DLLs where a virtual environment has them."""
        self.interpreter.parent.mkdir(parents=True)
        self.interpreter.touch()
        for bits in (32, 64):
            (self.interpreter.parents[1] / f"xlwings{bits}-{XLWINGS}.dll").touch()
        return self
