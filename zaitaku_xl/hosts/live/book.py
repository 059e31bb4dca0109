"""The workbook that is open in Excel, over the xlwings core: read in blocks, marked in place, never cell by cell.

Hidden rows and merged areas need nothing here: Excel hands their values over like any others, as a file does.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlwings as xw

from zaitaku_xl.cells import Grid
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.hosts.book import Cleared, Marked, Ours, Position
from zaitaku_xl.hosts.live import api as live_api
from zaitaku_xl.hosts.live import marks as live_marks
from zaitaku_xl.hosts.live import sheet as live_sheet
from zaitaku_xl.hosts.live.calling import calling_book
from zaitaku_xl.hosts.live.values import Row, block_of, grid_of
from zaitaku_xl.hosts.reading.exact_cells import MAX_TAGS, too_large
from zaitaku_xl.hosts.writing.safe_file import making_way
from zaitaku_xl.made import OURS, MadeSheet
from zaitaku_xl.plan import Plan

TITLE = "在宅点検"
_ROWS_AT_ONCE = 5_000
_LONGEST = 900  # a message box cuts what is longer than 1,024 characters


@dataclass(frozen=True, slots=True)
class Spot:
    """The cell a person has selected."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class LiveBook:
    """An open workbook, saved or not."""

    book: xw.Book
    as_of: date | None = None  # the day of the click
    remark = None
    takes_sheets = True

    @classmethod
    def calling(cls, as_of: date | None = None) -> "LiveBook":
        """Return the workbook whose button was pressed."""
        return cls(calling_book(), as_of)

    @property
    def folder(self) -> Path | None:
        """Where the workbook lies, None where it was never saved or lies on the net."""
        return live_api.folder_of(self.book)

    @property
    def stem(self) -> str:
        """The name of the workbook without its ending."""
        return Path(self.book.name).stem

    # ---- reading

    def grids(self, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
        """Return the sheets whose name is *wanted*, in workbook order, as a closed file gives them."""
        date1904 = live_api.counts_from_1904(self.book)
        return tuple(_grid(sheet, date1904) for sheet in self.book.sheets if wanted(sheet.name))

    def formulas(self, _: Callable[[str], bool]) -> Mapping[str, Mapping[Position, str]]:
        """None are told: only copies are sealed, and those are closed."""
        return {}

    def template(self) -> None:
        """Say nothing: Excel's core does not hand over the properties of a document."""

    def spot(self) -> Spot:
        """Return the selected cell; raises WrongUse where none is."""
        selected = self.book.app.selection
        if selected is None or selected.sheet.book.name != self.book.name:
            raise WrongUse("セルを1つ選んでから、もう一度押してください。")
        return Spot(selected.sheet.name, selected.row, selected.column)

    def sheets_of_ours(self) -> tuple[Ours, ...]:
        return tuple(live_sheet.found(sheet) for sheet in live_sheet.ours(self.book))

    def list_of_ours(self, title: str) -> tuple[str, Sequence[Row]] | None:
        """Return the name and the rows of our latest sheet whose first cell bears this title, None where there is none."""
        titled = OURS + title
        found = [s for s in live_sheet.ours(self.book) if str(s.range("A1").value).startswith(titled)]
        if not found:
            return None
        newest = max(enumerate(found), key=lambda each: _age(live_sheet.found(each[1]), each[0]))[1]
        return newest.name, block_of(newest.range((1, 1), newest.used_range.last_cell).options(ndim=2).value)

    # ---- marking

    def carry_out(self, plan: Plan) -> Marked:
        """Take off our old marks and do what the plan says, in the workbook as it is open."""
        locked: tuple[str, ...] = ()
        if not plan.only_sheets:
            _, locked = self._take_off(plan.replaced)
        unnoted: list[tuple[str, int, int]] = []
        laid = plan.by_sheet()
        for name, (colours, notes) in laid.items():
            if name not in locked:
                cells = live_marks.lay(self.book.sheets[name], colours, notes)
                unnoted += ((name, row, column) for row, column in cells)
        return Marked(
            unnoted=tuple(unnoted),
            unmade=self._make(plan),
            locked=tuple(name for name in laid if name in locked),
            replaced=plan.replaced,
        )

    def _make(self, plan: Plan) -> tuple[str, ...]:
        """Add the sheets behind all others; return the names of those not made."""
        if live_api.is_structure_protected(self.book):
            return tuple(sheet.name for sheet in plan.sheets)
        for name in plan.replaced if plan.only_sheets else ():
            self.book.sheets[name].delete()
        for sheet in plan.sheets:
            live_sheet.add(self.book, sheet)
        return ()

    def printed(self, sheets: Sequence[str], target: Path) -> Path:
        """Export these sheets as one PDF, in the order of the workbook."""
        with making_way(target):
            return Path(self.book.to_pdf(target, include=list(sheets)))

    def given(self, _: Callable[[Sequence[str]], Sequence[MadeSheet]]) -> bytes:
        raise Unwritten("開いているブックには加えられません。保存して閉じ、コマンドで加えてください。")

    def cleared(self) -> Cleared:
        """Take off our marks and the sheets of ours that nobody edited; whatever else is in the workbook stays."""
        written_in = self._written_in(())
        kept, locked = self._take_off()
        marked = tuple(name for name in locked if live_marks.is_marked(self.book.sheets[name]))
        return Cleared(
            kept=tuple(name for name in kept if name not in written_in), written_in=written_in, locked=marked
        )

    def _written_in(self, also: Collection[str]) -> tuple[str, ...]:
        """Return the sheets of ours that stay for what the office wrote into its own columns."""
        there = [ours for ours in self.sheets_of_ours() if ours.name not in also]
        return tuple(ours.name for ours in there if ours.as_made and ours.written_in)

    def _take_off(self, also: Collection[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which sheets of ours stayed, and which sheets are protected."""
        structure = live_api.is_structure_protected(self.book)
        ours = live_sheet.ours(self.book)
        written_in = self._written_in(also)
        unedited = (
            []
            if structure
            else [
                sheet
                for sheet in ours
                if sheet.name not in written_in and (sheet.name in also or live_sheet.found(sheet).as_made)
            ]
        )
        gone = [sheet for sheet in unedited if not live_sheet.is_used(self.book, sheet, unedited)]
        kept = tuple(sheet.name for sheet in ours if sheet not in gone)
        locked = tuple(sheet.name for sheet in self.book.sheets if live_api.is_protected(sheet))
        for sheet in gone:
            sheet.delete()
        for sheet in self.book.sheets:
            if sheet.name not in locked:
                live_marks.take_off(sheet)
        return kept, locked

    def put_in_place(self, changed: Marked | Cleared, target: Path, *, keep_backup: bool = False) -> None:
        """Do nothing: what is open shows it already, and saving is for the person in front of it."""

    # ---- the person in front of it

    @contextmanager
    def resting(self, doing: str) -> Iterator[None]:
        """Hold the screen and the office's own macros still, say what is going on, and put all of it back."""
        app = self.book.app
        active = self.book.sheets.active
        self.show(f"{TITLE}: {doing}")
        try:
            with app.properties(screen_updating=False, enable_events=False, display_alerts=False):
                try:
                    yield
                finally:
                    if active.name in [sheet.name for sheet in self.book.sheets]:
                        active.activate()
        finally:
            self.show(False)

    def go_to(self, sheet: str, row: int, column: int) -> None:
        """Show and select a cell; raises WrongUse where the sheet is gone or hidden."""
        if sheet not in [known.name for known in self.book.sheets]:
            raise WrongUse(f"シート「{sheet}」がありません。もう一度「点検」を押してください。")
        target = self.book.sheets[sheet]
        if target.visible not in (True, -1):  # 2 is a sheet that only a macro can show
            raise WrongUse(f"シート「{sheet}」は隠れています。再表示してから、もう一度押してください。")
        target.activate()
        target.range((row, column)).select()

    def show(self, text: str | bool) -> None:
        """Put a line into the status bar; False gives it back to Excel."""
        self.book.app.status_bar = text

    def say(self, text: str) -> None:
        """Show a message and wait until it is read; a long one in several boxes, cut between lines."""
        for part in parts(text):
            self.book.app.alert(part, TITLE)

    def chosen_folder(self, title: str) -> Path | None:
        return live_api.chosen_folder(self.book, title)

    def open_beside(self, path: Path) -> None:
        """Open another workbook in the same Excel."""
        self.book.app.books.open(path)


def _age(ours: Ours, place: int) -> tuple[int, bool, int]:
    """Order lists of ours by age: by the number they carry, then what nobody edited, then the place in the workbook."""
    number = ours.key[1] if len(ours.key) > 1 else ""
    return int(number) if number.isdecimal() else 0, ours.as_made, place


def parts(text: str, longest: int = _LONGEST) -> list[str]:
    """Return the text in parts that a message box shows whole.

    >>> parts("1つ目\\n2つ目\\n3つ目", 8)
    ['1つ目\\n2つ目', '3つ目']
    """
    made: list[str] = []
    for line in text.split("\n"):
        pieces = [line[at : at + longest] for at in range(0, len(line), longest)] or [""]
        for piece in pieces:
            if made and len(made[-1]) + 1 + len(piece) <= longest:
                made[-1] += f"\n{piece}"
            else:
                made.append(piece)
    return made


def _grid(sheet: xw.Sheet, date1904: bool) -> Grid:
    used = sheet.used_range
    rows, columns = used.shape
    if rows * columns > MAX_TAGS:
        raise too_large(sheet.name)
    values = used.options(ndim=2, err_to_str=True, chunksize=_ROWS_AT_ONCE).value
    return grid_of(sheet.name, values, row=used.row, column=used.column, date1904=date1904)
