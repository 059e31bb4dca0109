"""What a workbook and a host tell each other: a cell as read, a mark to lay, a sheet to make."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

_LETTERS = 26


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell, both counted from 1."""
    return f"{column_letters(column)}{row}"


class Kind(Enum):
    """What a cell holds. A blank, an error and a formula never calculated are three different things."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a number under a date or time format: the value is the serial
    BOOLEAN = "boolean"
    ERROR = "error"  # the value is the error text, "#N/A"
    UNCALCULATED = "uncalculated"  # a formula without a stored value

    __hash__ = object.__hash__  # each member is one object; a cell is looked up by its kind too, and often


class Cell(NamedTuple):
    """A cell that is not blank. A serial (DATE) counts days from the workbook's own epoch."""

    kind: Kind
    value: str | float | bool
    style: int = 0  # the workbook's own number for how the cell looks


Kept = tuple[Any, Any, int]  # what a host keeps of a cell until it is asked what it is; alike where the cells are alike


class Meaning:
    """What the kept cells of a workbook are; here they are the cells themselves."""

    def cell(self, kept: Kept) -> Cell:
        return kept if isinstance(kept, Cell) else Cell(*kept)

    def texts(self, kept: Sequence[Kept | None]) -> list[str] | None:
        """Return texts, "" for a blank; None where there is anything else."""
        found = [cell[1] if cell else "" for cell in kept if cell is None or cell[0] is _TEXT]
        return found if len(found) == len(kept) else None

    def words(self, kept: Iterable[Kept | None]) -> list[str]:
        """Return the texts among the cells."""
        return [cell[1] for cell in kept if cell and cell[0] is _TEXT]


_TEXT, _MEANING = Kind.TEXT, Meaning()


class Strip(NamedTuple):
    """The cells of a column in some rows."""

    kept: Sequence[Kept | None]
    meaning: Meaning

    def cells(self) -> list[Cell | None]:
        return [self.meaning.cell(kept) if kept else None for kept in self.kept]

    def texts(self) -> list[str] | None:
        """Return texts, "" for a blank; None where there is anything else."""
        return self.meaning.texts(self.kept)


_NOWHERE = 0
Line = tuple[tuple[int, ...], Sequence[Kept | None]]  # in which columns (0: in none), the cells that stand there


class Lines(Mapping[int, Mapping[int, Cell]]):
    """The rows of a sheet as they were read: one by column is made when somebody asks for it.

    A sheet has hundreds of rows and a check wants the columns of most. Nothing stands in the first place of a line.
    """

    __slots__ = ("_lines", "_meaning")

    def __init__(self, lines: Mapping[int, Line], meaning: Meaning) -> None:
        self._lines, self._meaning = lines, meaning

    def __getitem__(self, row: int) -> Mapping[int, Cell]:
        cell = self._meaning.cell
        return {column: cell(kept) for column, kept in zip(*self._lines[row], strict=True) if kept}

    def __iter__(self) -> Iterator[int]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, row: object) -> bool:
        return row in self._lines

    def __repr__(self) -> str:
        return repr(dict(self))

    def words(self, row: int) -> list[str]:
        """Return the texts of a row."""
        return self._meaning.words(self._lines[row][1])

    def columns(self, rows: Iterable[int], wanted: Sequence[int]) -> list[Strip]:
        """Return the *wanted* columns in these rows; of no rows there are no columns."""
        lines = [self._lines[row] for row in rows]
        shapes = {id(columns): columns for columns, _ in lines}  # rows alike share one, which is not hashed for each
        used = [_NOWHERE, *{column for shape in shapes.values() for column in shape}.intersection(wanted)]
        found: dict[int, Sequence[Kept | None]] = {}
        if len(used) > 1:
            in_places = {key: itemgetter(*map(_places(shape).__getitem__, used)) for key, shape in shapes.items()}
            picked = [in_places[id(columns)](cells) for columns, cells in lines]
            found = dict(zip(used, zip(*picked, strict=True), strict=True))
        blank = (None,) * len(lines)
        return [Strip(found.get(column, blank), self._meaning) for column in wanted] if lines else []


def _places(shape: Sequence[int]) -> dict[int, int]:
    """Return the place of each column; the first place, where nothing stands, for any other."""
    return defaultdict(int, {column: place for place, column in enumerate(shape) if column})


def in_columns(grid: "Grid", rows: Sequence[int], wanted: Sequence[int]) -> list[Strip]:
    """Return the *wanted* columns in these rows; of no rows there are no columns."""
    lines = grid.rows
    if isinstance(lines, Lines):
        return lines.columns(rows, wanted)
    columns = zip(*[[*map(lines[row].get, wanted)] for row in rows], strict=True)
    return [Strip(cells, _MEANING) for cells in columns]


def words_in(grid: "Grid", row: int) -> list[str]:
    """Return the texts of a row."""
    lines = grid.rows
    return lines.words(row) if isinstance(lines, Lines) else _MEANING.words(lines[row].values())


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as read: ``rows[row][column]``, both from 1; blank cells and rows are absent."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    date1904: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column

    def is_hidden(self, row: int, column: int) -> bool:
        """Tell whether a person who opens the sheet does not see this cell."""
        return row in self.hidden_rows or any(first <= column <= last for first, last in self.hidden_columns)

    def __hash__(self) -> int:
        return hash(self.name)


@lru_cache(maxsize=4096)
def serial_day(serial: float, date1904: bool = False) -> date | None:
    """Return the day of an Excel serial, or None where Excel itself is unsure (before 1900-03-01) or out of range."""
    if date1904:
        serial += 1462
    if not 61 <= serial < 2_958_466:
        return None
    return date(1899, 12, 30) + timedelta(days=int(serial))


class Mark(NamedTuple):
    """A colour and a note for one cell. ``rule`` goes into the marker of the colour layer."""

    sheet: str
    row: int
    column: int
    rule: str
    colour: str  # RRGGBB
    note: str


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines round a cell, each side by itself: thin, medium, hair, double, or none."""

    left: str = ""
    right: str = ""
    top: str = ""
    bottom: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell of a sheet we make looks; the default is plain text, top left."""

    bold: bool = False
    size: float = 10
    colour: str = "222222"
    fill: str | None = None
    border: bool = False  # thin grey lines all round
    wrap: bool = False
    underline: bool = False
    align: str = "left"  # left, center, right
    vertical: str = "top"  # top, center, bottom
    edges: Edges | None = None  # black lines, as official forms have them
    shows: str = "General"  # number format; "@" keeps a number that is a name a text when somebody types it anew
    shrink: bool = False  # the letters become smaller until they fit
    upright: bool = False  # written from top to bottom
    indent: int = 0  # from the edge, in characters


class MadeCell(NamedTuple):
    """A value with a style and perhaps a link to (sheet, row, column) of the same workbook. Text is always text."""

    value: str | int | float
    style: Style = Style()
    link: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet goes on A4: all of it in so many pages, margins in inches, what stands above and below.

    ``above`` and ``below`` are texts in the codes of a spreadsheet: &P is the page, &N how many, && an ampersand.
    """

    wide: int = 1
    tall: int = 0  # 0: as many as it takes
    left: float = 0.4
    right: float = 0.4
    top: float = 0.5
    bottom: float = 0.6
    centred: bool = False
    above: str = ""
    below: str = "&C&P / &N"
    repeated: tuple[int, int] | None = None  # first and last row printed on each page
    breaks: tuple[int, ...] = ()  # rows after which a new page begins
    first: int | None = None  # the number of the first page; None goes on from the sheet before


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a chart: its name and its values, each as (first row, first column, last row, last column)."""

    name: tuple[int, int, int, int]
    values: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart laid over an area of its own sheet, drawn from cells of that sheet."""

    title: str
    categories: tuple[int, int, int, int]
    series: tuple[Series, ...]
    area: tuple[int, int, int, int]  # first row, first column, last row, last column
    low: float | None = None
    high: float | None = None
    downwards: bool = False  # small values on top
    step: float = 1  # from one line of the scale to the next


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet to add to somebody's workbook: rows of cells (None is blank), widths in characters, print set-up.

    ``key`` says what the sheet is, so that the next run knows which one to make anew; it stands below what is printed.
    """

    name: str
    rows: tuple[tuple[MadeCell | None, ...], ...]
    widths: tuple[float, ...]
    heading_row: int  # from 1; frozen, repeated in print, filtered; 0 for none
    heights: Mapping[int, float] = field(default_factory=dict)  # points, by row from 1
    landscape: bool = True
    merges: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    page: Page = Page()
    charts: tuple[Chart, ...] = ()
    key: tuple[str, ...] = ()


# ---- the number by which a sheet of ours is known again

OURS = "【在宅点検】"  # how the first cell of a sheet of ours begins
STAMP = "照合番号"
KEY = "様式の控え"


MAX_TEXT = 32_767  # characters Excel holds in a cell
TEMPLATE_PROPERTY = "zaitaku_xl template"  # of a workbook: the version of the template it was made from


def stamp(cells: Mapping[tuple[int, int], str]) -> str:
    """Return the text of the last row of a sheet we make: a digest of everything above it, by (row, column)."""
    return _stamped([f"{row} {column} {cells[row, column]}\0" for row, column in sorted(cells) if cells[row, column]])


def stamp_of(rows: Iterable[Iterable[MadeCell | None]]) -> str:
    """Return the same of the rows of a sheet that is about to be made."""
    return _stamped(
        [
            f"{row} {column} {text}\0"
            for row, cells in enumerate(rows, 1)
            for column, cell in enumerate(cells, 1)
            if cell is not None and (text := shown(cell.value))
        ]
    )


def _stamped(lines: list[str]) -> str:
    return f"{STAMP} {hashlib.sha256(''.join(lines).encode('utf-8', 'replace')).hexdigest()[:16]}"


@lru_cache(maxsize=4096)
def shown(value: str | float) -> str:
    """Return what a cell we make will be found to say."""
    if not isinstance(value, str):
        return plain(value)
    return plain(value[:MAX_TEXT]) if "\r" in value or len(value) > MAX_TEXT else value


def plain(value: str | float) -> str:
    """Return a value as the digest sees it: programs disagree about 1 and 1.0, 0 and -0 and about line ends.

    >>> plain(1.0), plain(-0.0), plain("a\\r\\nb")
    ('1', '0', 'a\\nb')
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return f"{float(value) + 0.0:.12g}"


def is_as_made(cells: Mapping[tuple[int, int], str]) -> bool:
    """Tell whether the last row of a sheet still fits what stands above it."""
    last = max(cells, default=(0, 0))
    return last[1] == 1 and cells[last] == stamp({where: text for where, text in cells.items() if where != last})


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
