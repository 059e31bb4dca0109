"""Files that an option names to be written: what none of them may be is refused before the first workbook is judged."""

import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from zaitaku_xl.batch.files import WORKBOOKS
from zaitaku_xl.batch.names import JOURNAL
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.hosts.writing.safe_file import checked_place

_BOOKS = (*WORKBOOKS, ".xlam", ".xltx", ".xltm", ".xlt", ".xla", ".ots", ".fods")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an old or a protected workbook begins


def check_named(named: Mapping[str, Path]) -> None:
    """Refuse a folder, a device, a file that is read, a workbook, and one place for two outputs.

    *named* is a file by its option. What is read stands under ``guarding``; what else lies there is kept aside when
    the output is written.
    """
    taken: dict[str, str] = {}
    for option, path in named.items():
        try:
            place = checked_place(path)
        except Unwritten as error:
            raise WrongUse(f"{option}: {error}") from error
        if place.name == JOURNAL or path.suffix.lower() in _BOOKS or is_workbook(place):
            raise WrongUse(
                f"{option} の「{path.name}」はブックか、点検の途中経過の名前なので、書きません。別の名前を指定してください。"
            )
        same = unicodedata.normalize("NFC", str(place)).casefold()
        if same in taken:
            raise WrongUse(f"{taken[same]} と {option} が同じファイルです。別の名前を指定してください。")
        taken[same] = option


def is_workbook(path: Path) -> bool:
    """Tell by what it holds whether a file that is there is somebody's workbook, whatever its name."""
    try:
        with path.open("rb") as file:
            first = file.read(len(_COMPOUND))
        if first == _COMPOUND:
            return True
        if not first.startswith(b"PK"):
            return False
        with ZipFile(path) as package:
            return not {"[Content_Types].xml", "mimetype"}.isdisjoint(package.namelist())
    except BadZipFile:
        return True  # cut off, but somebody's
    except (OSError, ValueError, NotImplementedError):
        return False


def files_inside(paths: list[Path] | None) -> list[Path]:
    """Return the files that options name to be read; of a folder all that is in it."""
    files: list[Path] = []
    for path in paths or ():
        files.append(path)
        for here, _, names in os.walk(path):
            files += (Path(here, name) for name in names)
    return files
