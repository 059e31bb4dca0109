"""What is to be put into a workbook: a mark to lay, a sheet to make, and the number by which ours are known again.

One language for every sheet of ours. It has three printers: into a package (``hosts.marking.sheet_xml``), into a new file
(``hosts.writing.new_book``), into a workbook that is open (``hosts.live.sheet``); what a printer cannot do it refuses. All of
it is plain values: texts, numbers, tuples, None. Rows and columns count from 1, colours are RRGGBB, heights are points,
widths are characters.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from zaitaku_xl.cells import Grid
from zaitaku_xl.measure import MAX_SHEET_NAME, MAX_TEXT, cut


class Mark(NamedTuple):
    """A colour and a note for one cell. ``rule`` goes into the marker of the colour layer."""

    sheet: str
    row: int
    column: int
    rule: str
    colour: str  # RRGGBB
    note: str


class Area(NamedTuple):
    """A rectangle of one sheet, all four sides included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The lines round a cell, each side by itself: thin, medium, hair, double, or none. Official forms have black ones."""

    left: str = ""
    right: str = ""
    top: str = ""
    bottom: str = ""
    colour: str = "000000"
    left_colour: str | None = None  # where the left line has another: a group of columns begins


THIN = Edges(left="thin", right="thin", top="thin", bottom="thin")
GREY = Edges(left="thin", right="thin", top="thin", bottom="thin", colour="BFBFBF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell of a sheet we make looks; the default is plain text, top left."""

    bold: bool = False
    size: float = 10
    colour: str = "222222"
    fill: str | None = None
    wrap: bool = False
    underline: bool = False
    align: str = "left"  # left, center, right, general: as the value is
    vertical: str = "top"  # top, center, bottom
    edges: Edges | None = None
    shows: str = "General"  # number format; "@" keeps a number that is a name a text when somebody types it anew
    shrink: bool = False  # the letters become smaller until they fit
    upright: bool = False  # written from top to bottom
    indent: int = 0  # from the edge, in characters


class MadeCell(NamedTuple):
    """A value with a style and perhaps a link to (sheet, row, column) of the same workbook. Text is always text."""

    value: str | int | float
    style: Style = Style()
    link: tuple[str, int, int] | None = None


MadeRow = tuple[MadeCell | None, ...]  # None is a cell that is not there: nothing is said of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How a sheet goes on A4: fitted to so many pages or scaled, margins in inches, what stands above and below.

    ``above`` and ``below`` are texts in the codes of a spreadsheet: &P is the page, &N how many, && an ampersand.
    """

    landscape: bool = False
    wide: int = 1
    tall: int = 0  # 0: as many as it takes
    left: float = 0.4
    right: float = 0.4
    top: float = 0.5
    bottom: float = 0.6
    centred: bool = False
    above: str = ""
    below: str = "&C&P / &N"
    scale: int | None = None  # per cent; then nothing is fitted, and pages go to the right before they go down
    repeated: tuple[int, int] | None = None  # first and last row printed on each page
    repeated_columns: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()  # rows after which a new page begins
    column_breaks: tuple[int, ...] = ()  # columns after which a new page begins
    area: Area | None = None  # what is printed, where that is not everything
    first: int | None = None  # the number of the first page; None goes on from the sheet before


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart shows once: the cells of its name and of its values."""

    name: Area | None
    values: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart over an area of its own sheet, drawn from cells of that sheet. Only a bar and a doughnut have a ``size``."""

    kind: str = "line"  # line, bar, doughnut
    title: str
    categories: Area
    series: tuple[Series, ...]
    area: Area
    size: tuple[int, int] | None = None  # pixels from the area's first cell on; else it fills the area
    colours: tuple[str, ...] = ()  # of the parts
    low: float | None = None  # of the scale
    high: float | None = None
    downwards: bool = False  # small values on top
    step: float = 1  # from one line of the scale to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What an area accepts. ``kind``: list, date, time, number, digits (ten of them) or any (a prompt alone).

    A list has its ``words`` here or reads them from ``source``, an area of another sheet. What does not fit is refused
    where ``strict``, else questioned.
    """

    area: Area
    kind: str
    words: tuple[str, ...] = ()
    source: tuple[str, Area] | None = None
    strict: bool = False
    error: str = ""
    prompt: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Thin lines under the rows whose key cell is filled: a blank row is not ruled, so it is not printed either."""

    area: Area
    key_column: int
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSheet:
    """A sheet to put into a workbook: rows of cells and everything around them.

    ``key`` says what the sheet is, so that the next run knows which one to make anew; it stands below what is printed.
    """

    name: str
    rows: tuple[MadeRow, ...]
    widths: tuple[float, ...] = ()
    heading_row: int = 0  # stays in sight, is repeated in print and filters what is below it; 0 for none
    frozen: tuple[int, int] | None = None  # rows and columns that stay in sight, where others do than the heading row
    filter_area: Area | None = None  # with its headings, where another is filtered
    heights: Mapping[int, float] = field(default_factory=dict)  # by row; the others are as high as their text
    merges: tuple[Area, ...] = ()
    page: Page = Page()
    charts: tuple[Chart, ...] = ()
    key: tuple[str, ...] = ()
    lent: "Lent | None" = None  # columns that are for the office to write in
    column_styles: tuple[Style, ...] = ()  # of the cells nobody has filled yet, by column
    guards: tuple[Guard, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    tab: str | None = None  # colour
    gridlines: bool = False
    of_the_office: bool = False  # the office's from birth: it bears no number, and is never made anew or cleared

    @property
    def in_sight(self) -> tuple[int, int]:
        """The rows and columns that stay where they are."""
        return self.frozen or (self.heading_row, 0)

    @property
    def filtered(self) -> Area | None:
        """The area of the filter: the heading row and everything below it, unless another is told."""
        if self.filter_area or not self.heading_row:
            return self.filter_area
        last = max(self.heading_row, len(self.rows))
        return Area(self.heading_row, 1, last, max(1, len(self.rows[self.heading_row - 1])))

    @property
    def repeated(self) -> tuple[int, int] | None:
        """The first and the last of the rows printed on each page."""
        return self.page.repeated or ((self.heading_row, self.heading_row) if self.heading_row else None)

    @property
    def printed(self) -> Area:
        """Everything that is told, without what we lay below to know the sheet again."""
        return Area(1, 1, len(self.rows), max(len(self.widths), *map(len, self.rows)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBook:
    """A whole workbook. ``dated`` stands in for the clock, so that the same book makes the same bytes."""

    title: str
    font: str
    size: float
    dated: str  # 2026-01-01
    sheets: tuple[MadeSheet, ...]
    template: str | None = None  # the version of the template, told in the document's properties

    def sheet(self, name: str) -> MadeSheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)


_WIDE = str.maketrans("[]:*?/\\'", "［］：＊？／＼’")


def sheet_name(wanted: str) -> str:
    """Return a name a sheet may have: no forbidden sign, at most 31 UTF-16 units.

    >>> sheet_name("実績記録票_A/B")
    '実績記録票_A／B'
    """
    name = "".join(c for c in wanted.translate(_WIDE) if c.isprintable()).strip()
    return cut(name, MAX_SHEET_NAME).strip()


# ---- the number by which a sheet of ours is known again

OURS = "【在宅点検】"  # how the first cell of a sheet of ours begins
STAMP = "照合番号"
LIST = "点検結果"
OF_THE_OFFICE = ("確認済み", "事業所の記入")  # columns of 点検結果 that are for the office to write in
KEY = "様式の控え"
UNFINISHED = "見直し未了"  # stands above each page of a form that is not to be handed in yet


_FINDING_OF_0_1 = r"\n■[A-Z]\d\d（[^（）\n]{2,6}）[^\n]+\n直し方: [^\n]+\n根拠: [^\n]+"
_NOTE_OF_0_1 = re.compile(
    rf"(?=[^\n]* この日は|[^\n]*\n■){OURS}(?:[A-Z]\d\d(?: [A-Z]\d\d)*)?(?: この日は(?:算定不可|要確認)です)?(?:{_FINDING_OF_0_1})*"
    r"(?:\nほか\d+件は「点検結果」にあります。)?"
)

TEMPLATE_PROPERTY = "zaitaku_xl template"  # of a workbook: the version of the template it was made from


def stamp(cells: Mapping[tuple[int, int], str]) -> str:
    """Return the text of the last row of a sheet we make: a digest of everything above it, by (row, column)."""
    return _stamped([f"{row} {column} {cells[row, column]}\0" for row, column in sorted(cells) if cells[row, column]])


def stamp_of(rows: Iterable[Iterable[MadeCell | None]], lent: "Lent | None" = None) -> str:
    """Return the same of the rows of a sheet that is about to be made, without what was *lent* to the office."""
    return _stamped(
        [
            f"{row} {column} {text}\0"
            for row, cells in enumerate(rows, 1)
            for column, cell in enumerate(cells, 1)
            if cell is not None and (text := shown(cell.value)) and not (lent and lent.holds(row, column))
        ]
    )


# ---- what belongs to the office on a sheet of ours


class Lent(NamedTuple):
    """The columns of 点検結果 that are for the office, below their headings: what stands there is no edit of ours."""

    heading_row: int
    columns: tuple[int, ...]

    def holds(self, row: int, column: int) -> bool:
        return row > self.heading_row and column in self.columns


def lent_in(cells: Mapping[tuple[int, int], str]) -> Lent | None:
    """Return what a sheet lends to the office by its headings; only a list of ours lends anything."""
    if not cells.get((1, 1), "").startswith(f"{OURS}{LIST}"):
        return None
    first, last = OF_THE_OFFICE
    rows = [row for (row, _), text in cells.items() if text == first]
    for row in sorted(rows):
        found = {text: column for (line, column), text in cells.items() if line == row and text in OF_THE_OFFICE}
        if last in found:
            return Lent(row, (found[first], found[last]))
    return None


class Told(NamedTuple):
    """The texts of a sheet of ours: what we wrote, or should have, and what the office wrote into its columns."""

    ours: Mapping[tuple[int, int], str]
    office: Mapping[tuple[int, int], str]


def told_apart(cells: Mapping[tuple[int, int], str]) -> Told:
    lent = lent_in(cells)
    if lent is None:
        return Told(cells, {})
    office = {where: text for where, text in cells.items() if lent.holds(*where)}
    ours = {where: text for where, text in cells.items() if where not in office}
    return Told(ours, {where: text for where, text in office.items() if text.strip()})


def numbered(note: str) -> str:
    """Return the text of a note with the number over it in its last line; white space and line ends do not count."""
    return f"{note}\n{_note_number(note)}"


def is_note_of_ours(text: str) -> bool:
    """Tell whether a note says what we wrote and not a word more.

    One without a number is ours only where the whole of it has the shape that version 0.1 wrote.

    >>> is_note_of_ours(numbered("【在宅点検】D01")), is_note_of_ours(numbered("【在宅点検】D01") + "済み")
    (True, False)
    >>> is_note_of_ours("【在宅点検】会議で決めたこと")
    False
    """
    text = text.strip()
    if not text.startswith(OURS):
        return False
    above, found, number = text.rpartition(STAMP)
    if not found:
        return _NOTE_OF_0_1.fullmatch(plain(text)) is not None
    return _bare(f"{found}{number}") == _bare(_note_number(above))


def _note_number(note: str) -> str:
    return f"{STAMP} {hashlib.sha256(_bare(note).encode('utf-8', 'replace')).hexdigest()[:8]}"


def _bare(text: str) -> str:
    return "".join(text.split())


def _stamped(lines: list[str]) -> str:
    return f"{STAMP} {hashlib.sha256(''.join(lines).encode('utf-8', 'replace')).hexdigest()[:16]}"


@lru_cache(maxsize=4096)
def shown(value: str | float) -> str:
    """Return what a cell we make will be found to say."""
    if not isinstance(value, str):
        return plain(value)
    return plain(cut(value)) if "\r" in value or 2 * len(value) > MAX_TEXT else value


def plain(value: str | float) -> str:
    """Return a value as the digest sees it: programs disagree about 1 and 1.0, 0 and -0 and about line ends.

    >>> plain(1.0), plain(-0.0), plain("a\\r\\nb")
    ('1', '0', 'a\\nb')
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return f"{float(value) + 0.0:.12g}"


def is_as_made(cells: Mapping[tuple[int, int], str]) -> bool:
    """Tell whether the last row of a sheet still fits the texts above it; behind their number may stand that of the looks.

    What the office wrote into the columns that are its own does not count.
    """
    cells = told_apart(cells).ours
    last = max(cells, default=(0, 0))
    if last[1] != 1:
        return False
    texts = stamp({where: text for where, text in cells.items() if where != last})
    return cells[last] == texts or cells[last].startswith(f"{texts} ")


def made_by_us(grid: Grid) -> bool:
    """Tell whether a sheet as read is one of ours that nobody has edited: made from records, it is no record itself."""
    first = grid.rows.get(1, {}).get(1)
    if first is None or not str(first.value).startswith(OURS):
        return False
    return is_as_made({(row, n): plain(cell.value) for row, cells in grid.rows.items() for n, cell in cells.items()})


def key_in(cells: Mapping[tuple[int, int], str]) -> tuple[str, ...]:
    """Return the key of a sheet of ours; nothing where it has none."""
    rows = [row for (row, column), text in cells.items() if column == 1 and text == KEY]
    if not rows:
        return ()
    row = max(rows)
    last = max(column for line, column in cells if line == row)
    return tuple(cells.get((row, column), "") for column in range(2, last + 1))
