"""Files that we read but never write into: .xls, .xlsb, .ods and CSV. Marks for them lie on a copy of what was read."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from zaitaku_xl import children
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.errors import Unreadable, Unwritten
from zaitaku_xl.hosts.book import Cleared, Marked, Ours, Position
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.hosts.marking import marked
from zaitaku_xl.hosts.reading import separated_text
from zaitaku_xl.hosts.reading.encodings import decoded
from zaitaku_xl.hosts.reading.foreign_parts import CUT, DATES, PASSWORD
from zaitaku_xl.hosts.writing.safe_file import put_new
from zaitaku_xl.made import MadeSheet, sheet_name
from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.workbook import free_sheet_name
from zaitaku_xl.plan import Plan
from zaitaku_xl.visible import visible

ENDINGS = (".xls", ".xlsb", ".ods", ".csv")
RESULT = "_点検結果.xlsx"
SECONDS = 30
_WORKER = "zaitaku_xl.hosts.reading.calamine_worker"
_REMEDY = "Excelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」として保存し直してください。"
_REFUSED = {
    CUT: "ファイルが壊れているか、途中で切れています。元のファイルをコピーし直してください。",
    PASSWORD: "パスワードで保護されています。Excelで開き、パスワードを外して保存してから点検してください。",
    DATES: f"日付の数え方が、読み取れない起点（1899年・1904年のほか）になっています。{_REMEDY}",
}
_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class ForeignBook:
    """A file of another format; ``sheets`` are the tables in it."""

    path: Path
    sheets: tuple[Grid, ...]
    remark: str | None = None  # what cannot be told from such a file
    takes_sheets = False

    @classmethod
    def opened(cls, path: Path, data: bytes | None = None) -> "ForeignBook":
        """Read the file, unless *data* is what it holds; raises Unreadable with a sentence that says why not."""
        data = bytes_of(path) if data is None else data
        if path.suffix.lower() == ".csv":
            return cls(path, _with_names((Grid(visible(path.stem), separated_text.rows(decoded(data))),)))
        return cls(
            path,
            _with_names(_calamine(data)),
            "この形式では、エラー（#N/Aなど）のセルと空欄を見分けられません。空欄として点検しました。元のファイルで確かめてください。",
        )

    def grids(self, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
        return tuple(sheet for sheet in self.sheets if wanted(sheet.name))

    def formulas(self, _: Callable[[str], bool]) -> Mapping[str, Mapping[Position, str]]:
        return {}

    def template(self) -> None:
        return None

    def sheets_of_ours(self) -> tuple[Ours, ...]:
        return ()

    def carry_out(self, plan: Plan) -> Marked:
        """Return a new workbook: the tables as they were read, with the marks on them and sheets of ours behind."""
        from zaitaku_xl.hosts.writing.new_book import copied  # noqa: PLC0415  (few files are foreign: a worker starts 6 ms sooner)

        return marked(copied(self.sheets), plan)

    def given(self, _: Callable[[Sequence[str]], Sequence[MadeSheet]]) -> bytes:
        raise Unwritten(
            "シートを加えられるのは .xlsx と .xlsm のブックです。Excelで .xlsx として保存してから指定してください。"
        )

    def cleared(self) -> Cleared:
        raise Unwritten(f"{self.path.suffix} のファイルには色とメモを付けないため、消すものもありません。")

    def put_in_place(self, changed: Marked | Cleared, target: Path, *, keep_backup: bool = False) -> None:
        """Write what came of it, but never over the file that was read."""
        if target == self.path:
            raise Unwritten(
                f"{target.suffix} のファイルには書き込みません。--out DIR を指定すると、点検結果のブックを作ります。"
            )
        put_new(target, changed.data, like=self.path)


def _with_names(sheets: Iterable[Grid]) -> tuple[Grid, ...]:
    """Give each table a name that a sheet of Excel's may have: a copy of it bears that name."""
    names: list[str] = []
    named = []
    for sheet in sheets:
        names.append(free_sheet_name(sheet_name(sheet.name) or "表", names))
        named.append(replace(sheet, name=names[-1]))
    return tuple(named)


def _calamine(data: bytes) -> tuple[Grid, ...]:
    if not guards.is_compound(data) or guards.is_encrypted(data):
        guards.check_first_bytes(data)  # a Web page, a text, nothing at all, or something with a password
    if find_spec("python_calamine") is None:
        raise Unreadable(
            f"この形式を読む部品（python-calamine）が入っていません。{_REMEDY}"
            "部品は pip install 'zaitaku-xl[formats]' で入ります。"
        )
    try:
        told = json.loads(children.answer(_WORKER, data, SECONDS))
        if "refused" in told:
            raise Unreadable(_REFUSED[told["refused"]])
        date1904, sheets = told["date1904"], told["sheets"]
    except (children.ChildFailed, ValueError, TypeError, KeyError) as error:
        raise Unreadable(f"ファイルが壊れているか、読めない書き方です。{_REMEDY}") from error
    return tuple(_grid(sheet["name"], sheet["cells"], date1904) for sheet in sheets)


def _grid(name: str, cells: Iterable[tuple[int, int, str, str | float | bool]], date1904: bool) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    for row, column, kind, value in cells:
        rows.setdefault(row, {})[column] = Cell(_KINDS[kind], value)
    return Grid(name, rows, date1904)
