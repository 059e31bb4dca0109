"""The workbook as a file on disk: read whole, marked as bytes, written beside and then put in place."""

import os
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zaitaku_xl.cells import Grid
from zaitaku_xl.errors import Unreadable, Unwritten
from zaitaku_xl.hosts.book import Cleared, Marked, Ours, Position
from zaitaku_xl.hosts.marking import cleared, given, lost, marked, sheets_of_ours
from zaitaku_xl.hosts.reading.formulas import formulas
from zaitaku_xl.hosts.reading.grids import grids
from zaitaku_xl.hosts.writing import safe_file
from zaitaku_xl.made import TEMPLATE_PROPERTY, MadeSheet
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

MAX_FILE = 200 << 20
_FOLDER = "フォルダーです。ブックのファイルを選んでください。"
ENDINGS = (".xlsx", ".xlsm")
_TEMPLATE = re.compile(rb'name="' + TEMPLATE_PROPERTY.encode() + rb'"[^>]*>\s*<[^>]*>([^<]{1,40})<')


@dataclass(frozen=True, slots=True)
class ClosedBook:
    """An .xlsx or .xlsm file, read whole."""

    path: Path
    data: bytes
    remark = None
    takes_sheets = True

    @classmethod
    def opened(cls, path: Path, data: bytes | None = None) -> "ClosedBook":
        """Read the file, unless *data* is what it holds; raises Unreadable with a sentence that says why not."""
        return cls(path, bytes_of(path) if data is None else data)

    def grids(self, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
        return grids(Package.opened(self.data), wanted)

    def formulas(self, wanted: Callable[[str], bool]) -> dict[str, dict[Position, str]]:
        package = Package.opened(self.data)
        return {
            sheet.name: formulas(package.part(sheet.part), sheet.name) for sheet in package.sheets if wanted(sheet.name)
        }

    def template(self) -> str | None:
        """Return the version of the template this workbook was made from, as its document properties have it."""
        package = Package.opened(self.data)
        part = package.find("docProps/custom.xml")
        found = _TEMPLATE.search(package.part(part)) if part else None
        return found[1].decode("utf-8", "replace") if found else None

    def cleared(self) -> Cleared:
        return cleared(self.data)

    def sheets_of_ours(self) -> tuple[Ours, ...]:
        return sheets_of_ours(self.data)

    def given(self, make: Callable[[Sequence[str]], Sequence[MadeSheet]]) -> bytes:
        return given(self.cleared().data, make)

    def carry_out(self, plan: Plan) -> Marked:
        """Return the workbook as planned; nothing but what it is without our marks is under them."""
        if plan.only_sheets:
            raise ValueError("a closed workbook is marked afresh")
        return replace(marked(cleared(self.data, plan.replaced).data, plan), replaced=plan.replaced)

    def put_in_place(self, changed: Marked | Cleared, target: Path, *, keep_backup: bool = False) -> Path | None:
        """Write what came of it; in the place of this file only once it is proven, and not where nothing changed."""
        if target != self.path:
            safe_file.put_new(target, changed.data, like=self.path)
            return None
        if changed.data == self.data:
            return None
        clean = cleared(self.data, changed.replaced).data
        return safe_file.replace(
            self.path, self.data, changed.data, lambda written: _check(clean, written), keep=keep_backup
        )


def _check(clean: bytes, written: bytes) -> None:
    gone = lost(clean, written)
    if gone:
        raise Unwritten(
            f"書く前の検査で、元どおりに戻せない部品が見つかりました（{gone[0]}）。プログラムの不具合です。何も書いていません。"
        )


def bytes_of(path: Path) -> bytes:
    """Read a file whole; raises Unreadable with a sentence that says why not."""
    try:
        _refuse_what_is_no_file(path.stat())  # before it is opened: to open a device may already do something
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            _refuse_what_is_no_file(status)
            data = b"" if status.st_size > MAX_FILE else file.read(MAX_FILE + 1)  # a file can say it is smaller
            if status.st_size > MAX_FILE or len(data) > MAX_FILE:
                raise Unreadable("ファイルが200MBを超えています。月ごとに分けるなど、小さくしてから点検してください。")
            return data
    except FileNotFoundError as error:
        raise Unreadable("ファイルが見つかりません。場所と名前を確かめてください。") from error
    except IsADirectoryError as error:
        raise Unreadable(_FOLDER) from error
    except PermissionError as error:
        raise Unreadable("ファイルを開けません。Excelで開いていれば閉じ、読み取りの許可を確かめてください。") from error
    except OSError as error:
        raise Unreadable(f"ファイルを読めません（{error.strerror or type(error).__name__}）。") from error


def _refuse_what_is_no_file(status: os.stat_result) -> None:
    """Refuse what has a name like a file and is none: reading it could wait for ever or never end."""
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable(_FOLDER)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("ファイルではありません（パイプや装置など）。ブックのファイルを選んでください。")
