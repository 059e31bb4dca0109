"""The workbook as a file on disk: read whole, marked as bytes, written beside and then put in place."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl.cells import Grid, MadeSheet, Mark
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.package import Cleared, Marked, Package, cleared, marked
from zaitaku_xl.hosts.reading import grids

MAX_FILE = 200 << 20
ENDINGS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class ClosedBook:
    """An .xlsx or .xlsm file. ``clean`` is its content without marks of ours."""

    path: Path
    data: bytes

    @classmethod
    def opened(cls, path: Path) -> "ClosedBook":
        """Read the file; raises Unreadable with a sentence that says why not."""
        return cls(path, _bytes_of(path))

    def grids(self, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
        return grids(Package.opened(self.data), wanted)

    def cleared(self) -> Cleared:
        return cleared(self.data)

    def marked(self, marks: Sequence[Mark], made: Sequence[MadeSheet]) -> Marked:
        """Return the workbook with these marks and no older ones of ours."""
        return marked(self.cleared().data, marks, made)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise Unreadable("ファイルが200MBを超えています。月ごとに分けるなど、小さくしてから点検してください。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("ファイルが見つかりません。場所と名前を確かめてください。") from error
    except IsADirectoryError as error:
        raise Unreadable("フォルダーです。ブックのファイルを選んでください。") from error
    except PermissionError as error:
        raise Unreadable("ファイルを開けません。Excelで開いていれば閉じ、読み取りの許可を確かめてください。") from error
    except OSError as error:
        raise Unreadable(f"ファイルを読めません（{error.strerror or type(error).__name__}）。") from error


def is_open_elsewhere(path: Path) -> bool:
    """True when Excel's or LibreOffice's owner file lies beside the workbook."""
    return any(
        (path.parent / name).exists() for name in (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    )


def put(path: Path, data: bytes) -> None:
    """Write beside and replace: the file is the old one or the new one, never half of either."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
