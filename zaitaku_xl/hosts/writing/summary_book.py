"""A workbook of tables written row by row: however long they grow, only one row of each is in memory."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zaitaku_xl.a1 import column_letters
from zaitaku_xl.made import MAX_TEXT
from zaitaku_xl.measure import lines
from zaitaku_xl.ooxml.nodes import cell_text, text_tag

Value = str | int | float | None
_Styles = dict[tuple[str, str | None], int]
MOST_ROWS = 100_000  # on one sheet: more is slow to open and to filter
MOST_SHEETS = 8  # of one table
_FONT = "Yu Gothic"
_INK, _QUIET, _LINE, _HEAD = "#1F2933", "#5B6770", "#C9D1D8", "#C5D0DA"
_LONGEST = 250  # letters of a text inside a formula; Excel holds 255
_REMEMBERED = 512  # different cells of a column
_HERE = "\0"  # where the number of a row will stand
_HEADINGS = 3  # rows above a table
_LEVEL = 2  # of deflate: 6 takes more than twice the time for a fifth fewer bytes
_EXTENT = re.compile(rb'(?<=<dimension ref=")[^"]*')


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``kind``: text, center, number, yen, percent."""

    heading: str
    width: float
    kind: str = "text"


class Link(NamedTuple):
    """Words that lead to a cell of another workbook beside this one."""

    words: str
    path: str  # relative
    place: str  # 'sheet'!A1


class _Sink:
    """Where the zip file is written. Once that has failed it takes everything and keeps nothing: a zip file that is given
    up would try again on its way out, and complain on the screen."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._place, self.over = out, 0, False

    def write(self, data: bytes) -> int:
        self._place += len(data)
        if not self.over:
            try:
                self._out.write(data)
            except OSError:
                self.over = True
                raise
        return len(data)

    def seek(self, place: int, whence: int = 0) -> int:
        self._place = place if self.over else self._out.seek(place, whence)
        return self._place

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        if not self.over:
            self._out.flush()

    def close(self) -> None:
        """Nothing: whoever opened the file closes it."""


class _Looks:
    """The formats of a workbook. Those of its rows come first and in one order: rows made elsewhere name the same ones."""

    def __init__(self, book: Workbook, fills: Iterable[str]) -> None:
        self._book = book
        self._made: dict[tuple[str, str | None, bool], Any] = {}
        kinds = [(kind, None) for kind in _IN_ROWS]
        filled = [(kind, fill) for fill in fills for kind in _WRAPPED]
        self.styles = {(kind, fill): int(self.look(kind, fill)._get_xf_index()) for kind, fill in (*kinds, *filled)}

    def look(self, kind: str = "text", fill: str | None = None, *, plain: bool = False) -> Any:
        """A format; *plain* has no lines around it."""
        key = kind, fill, plain
        if key not in self._made:
            made: dict[str, Any] = {"font_name": _FONT, "font_size": 10, "font_color": _INK, "valign": "top"}
            made |= _KINDS[kind]
            if fill:
                made |= {"pattern": 1, "bg_color": f"#{fill}"}
            if not plain:
                made |= {"border": 1, "border_color": _LINE}
            self._made[key] = self._book.add_format(made)
        return self._made[key]


class SummaryBook:
    """Sheets in the order they are asked for; the front page may be written last."""

    def __init__(self, title: str, room: Path, fills: Iterable[str]) -> None:
        self._out, self.room = BytesIO(), room
        self.sheets: list[_Sheet] = []
        self.book = Workbook(
            self._out, {"constant_memory": True, "tmpdir": room, "strings_to_formulas": False, "strings_to_urls": False,
                  "default_format_properties": {"font_name": _FONT, "font_size": 10}},
        )  # fmt: skip
        self.book.set_properties({"title": title, "created": datetime(2026, 1, 1)})
        self.book.set_size(2400, 1500)
        self.fills = tuple(fills)
        looks = _Looks(self.book, self.fills)
        self.look, self.styles = looks.look, looks.styles

    def write(self, out: _Sink) -> None:
        """Write the workbook: what XlsxWriter makes of it, with the rows of the tables put in."""
        for sheet in self.sheets:
            sheet.end()
        self.book.close()
        with ZipFile(self._out) as made, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as package:
            tables = {sheet.part: sheet for sheet in self.sheets}
            for name in made.namelist():
                with package.open(name, "w") as part:
                    if name in tables:
                        tables[name].write(made.read(name), part)
                    else:
                        part.write(made.read(name))

    def close(self) -> None:
        self.book.fileclosed = True  # a book given up is not written on the way out
        for sheet in self.sheets:
            sheet.close()

    def page(self, name: str) -> "Page":
        return Page(self, self.book.add_worksheet(name))

    def table(self, name: str, hint: str, columns: Sequence[Column]) -> "Table":
        return Table(self, name, hint, columns)


_WRAPPED = ("text", "center")
_IN_ROWS = (*_WRAPPED, "number", "yen", "percent", "link")
_HEIGHTS = {"title": 27, "section": 21}
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "align": "left", "indent": 1},
    "center": {"text_wrap": True, "align": "center"},
    "number": {"num_format": "#,##0", "align": "right"},
    "yen": {"num_format": '#,##0"円"', "align": "right"},
    "percent": {"num_format": "0.0%", "align": "right"},
    "link": {"font_color": "#0B5394", "underline": 1, "align": "center"},
    "head": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": _HEAD, "pattern": 1},
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12, "valign": "bottom"},
    "hint": {"font_size": 9, "font_color": _QUIET},
}


def _write(page: Worksheet, row: int, column: int, value: Value, look: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, look)
    elif isinstance(value, str):
        page.write_string(row, column, value[:MAX_TEXT], look)
    else:
        page.write_number(row, column, value, look)


class _Cell(NamedTuple):
    """A cell as XML whose row is left open, and the lines its text fills."""

    xml: str
    lines: int


class _Cells(dict[Value | Link, _Cell]):
    """The cells of a column: most say what another one said before."""

    def __init__(self, letters: str, column: Column, style: int, linked: int) -> None:
        super().__init__()
        self._start = f'<c r="{letters}{_HERE}" s="'
        self._style, self._linked = style, linked
        self._width = int(column.width) - 2 if column.kind in _WRAPPED else 0

    def __missing__(self, value: Value | Link) -> _Cell:
        if len(self) >= _REMEMBERED:
            self.clear()
        cell = self[value] = self._made(value)
        return cell

    def _made(self, value: Value | Link) -> _Cell:
        if isinstance(value, Link):
            return self._link(value)
        if value is None or value == "":
            return _Cell(f'{self._start}{self._style}"/>', 1)
        if isinstance(value, str):
            return _Cell(self._text(value), lines(value, self._width) if self._width else 1)
        return _Cell(f'{self._start}{self._style}"><v>{value!r}</v></c>', 1)

    def _text(self, text: str) -> str:
        return f'{self._start}{self._style}" t="inlineStr"><is>{text_tag(text[:MAX_TEXT])}</is></c>'

    def _link(self, link: Link) -> _Cell:
        """As a formula: a sheet holds 65,530 real links and not one more."""
        length = len(link.path) + len(link.place) + 1
        words, path, place = map(_in_formula, link)
        if max(length, len(link.words)) > _LONGEST or not (words and path and place):
            return _Cell(self._text(link.words), 1)
        formula = f'HYPERLINK("{path}#{place}","{words}")'
        return _Cell(f'{self._start}{self._linked}" t="str"><f>{formula}</f><v>{cell_text(link.words)}</v></c>', 1)


@lru_cache(maxsize=1024)  # a file has many links, and many files have links to the same cells
def _in_formula(text: str) -> str:
    """Return what stands between the quotes of a text in a formula; nothing where XML cannot hold it."""
    written = escape(text, quote=False)
    return written.replace('"', '""') if written == cell_text(text) else ""  # on some systems a file may have any name


class Rows:
    """Makes the rows of a table as XML whose numbers are left open, for any ``SummaryBook`` of the same *fills*."""

    def __init__(self, columns: Sequence[Column], fills: Iterable[str], styles: _Styles | None = None) -> None:
        styles = styles or _styles_of(fills)
        linked = styles["link", None]
        first = columns[0]
        self._first = {
            fill: _Cells("A", first, styles[first.kind, fill], linked)
            for fill in (None, *(fills if first.kind in _WRAPPED else ()))
        }
        self._others = [
            _Cells(column_letters(number), column, styles[column.kind, None], linked)
            for number, column in enumerate(columns[1:], 2)
        ]

    def row(self, values: Sequence[Value | Link], fill: str | None = None) -> str:
        """Return a row; *fill* colours its first cell."""
        assert len(values) == len(self._others) + 1
        cells = list(map(_known, (self._first[fill], *self._others), values))
        return self._whole(cells)

    def lone(self, words: str) -> str:
        """Return a row with nothing but these words in its first cell."""
        return self._whole([self._first[None][words]])

    def _whole(self, cells: list[_Cell]) -> str:
        # A row is as high as its text: others than Excel do not grow it by themselves.
        high = min(409, 15 * max(map(_lines_of, cells)) + 3)
        return f'<row r="{_HERE}" ht="{high}" customHeight="1">{"".join(map(_xml_of, cells))}</row>'


_known = dict.__getitem__  # it asks __missing__ as well
_lines_of, _xml_of = attrgetter("lines"), attrgetter("xml")


def _styles_of(fills: Iterable[str]) -> _Styles:
    book = Workbook(BytesIO())
    book.fileclosed = True  # it is never written
    return _Looks(book, fills).styles


class _Sheet:
    """A sheet with the headings of a table, and beside it the file its rows are written to."""

    def __init__(self, book: SummaryBook, name: str, hint: str, columns: Sequence[Column]) -> None:
        page = self._page = book.book.add_worksheet(name)
        page.hide_gridlines(2)
        for number, column in enumerate(columns):
            page.set_column(number, number, column.width)
        page.set_row(0, 27)
        page.write_string(0, 0, name, book.look("title", plain=True))
        page.write_string(1, 0, hint, book.look("hint", plain=True))
        page.set_row(2, 24)
        for number, column in enumerate(columns):
            page.write_string(2, number, column.heading, book.look("head"))
        page.freeze_panes(_HEADINGS, 0)
        _printing(page, landscape=True)
        page.repeat_rows(2)
        self.part = f"xl/worksheets/sheet{len(book.book.worksheets())}.xml"
        self._columns, self._last = len(columns), _HEADINGS
        self._file = (book.room / f"rows{len(book.book.worksheets())}").open("w+b")

    @property
    def rows(self) -> int:
        return self._last - _HEADINGS

    def put(self, rows: Sequence[bytes]) -> None:
        numbered = [row.replace(_HERE.encode(), b"%d" % number) for number, row in enumerate(rows, self._last + 1)]
        self._file.write(b"".join(numbered))
        self._last += len(rows)

    def end(self) -> None:
        self._page.autofilter(_HEADINGS - 1, 0, self._last - 1, self._columns - 1)

    def write(self, headings: bytes, out: IO[bytes]) -> None:
        """Write the sheet: what XlsxWriter made of its headings, and the rows."""
        extent = f"A1:{column_letters(self._columns)}{self._last}".encode()
        head, end, tail = _EXTENT.sub(extent, headings, count=1).partition(b"</sheetData>")
        out.write(head)
        self._file.seek(0)
        copyfileobj(self._file, out)
        out.write(end + tail)

    def close(self) -> None:
        self._file.close()


class Table:
    """Rows under headings; where a sheet is full another one follows behind all sheets.

    The rows go as XML into files of their own, from which they are put into the sheets when the workbook is written:
    handed to XlsxWriter cell by cell they take several times as long.
    """

    def __init__(self, book: SummaryBook, name: str, hint: str, columns: Sequence[Column]) -> None:
        self._book, self._name, self._hint, self._columns = book, name, hint, columns
        self._rows = Rows(columns, book.fills, book.styles)
        self.rows = self.left_out = 0
        self._sheets = 0
        self._sheet = self._started()

    def _started(self) -> _Sheet:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name} ({self._sheets})"
        sheet = _Sheet(self._book, name, self._hint, self._columns)
        self._book.sheets.append(sheet)
        return sheet

    def add(self, values: Sequence[Value | Link]) -> None:
        self.put([self._rows.row(values).encode()])

    def put(self, rows: Sequence[bytes]) -> None:
        """Add rows that ``Rows`` made. What no sheet has room for is counted."""
        while rows:
            if self._sheet.rows >= MOST_ROWS:
                if self._sheets >= MOST_SHEETS:
                    self.left_out += len(rows)
                    return
                self._sheet = self._started()
            fitting = rows[: MOST_ROWS - self._sheet.rows]
            self.rows += len(fitting)
            self._sheet.put(fitting)
            rows = rows[len(fitting) :]

    def close(self) -> None:
        """A table without a row says so."""
        if not self.rows:
            self._sheet.put([self._rows.lone("ありません。").encode()])


class Page:
    """A sheet written from top to bottom: titles, small tables and charts of them."""

    def __init__(self, book: SummaryBook, page: Worksheet) -> None:
        self._book, self._page, self.row = book, page, 0
        page.hide_gridlines(2)
        _printing(page, landscape=False)
        page.fit_to_pages(1, 1)

    def widths(self, widths: Sequence[float]) -> None:
        for number, width in enumerate(widths):
            self._page.set_column(number, number, width)

    def line(self, text: str, kind: str = "text") -> None:
        self._page.set_row(self.row, _HEIGHTS.get(kind, 15))
        self._page.write_string(self.row, 0, text, self._book.look(kind, plain=True))
        self.row += 1

    def gap(self, rows: int = 1) -> None:
        self.row += rows

    def rows_of(self, columns: Sequence[tuple[str, str]], rows: Iterable[tuple[Sequence[Value], str | None]]) -> range:
        """Write a table (heading and kind of each column; rows with the colour of their first cell): its rows from 0."""
        for number, (heading, _) in enumerate(columns):
            self._page.write_string(self.row, number, heading, self._book.look("head"))
        first = self.row = self.row + 1
        for values, fill in rows:
            for number, (value, (_, kind)) in enumerate(zip(values, columns, strict=True)):
                _write(self._page, self.row, number, value, self._book.look(kind, fill if number == 0 else None))
            self.row += 1
        return range(first, self.row)

    def chart(self, kind: str, title: str, rows: range, column: int, place: tuple[int, int], size: tuple[int, int],
              colours: Sequence[str] = ()) -> None:  # fmt: skip
        """A native chart of one column of rows written before, named by the first column; *place* is row and column."""
        if not rows:
            return
        chart = self._book.book.add_chart({"type": kind})
        name = self._page.get_name()
        series: dict[str, Any] = {
            "categories": [name, rows[0], 0, rows[-1], 0], "values": [name, rows[0], column, rows[-1], column],
            "data_labels": {"value": True}, "gap": 60, "fill": {"color": "#94A9C3"}, "border": {"color": _QUIET},
        }  # fmt: skip
        if colours:
            series["points"] = [{"fill": {"color": f"#{c}"}, "border": {"color": _QUIET}} for c in colours]
        chart.add_series(series)
        font = {"name": _FONT, "size": 9}
        chart.set_title({"name": title, "name_font": {"name": _FONT, "size": 11}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": font} if kind == "doughnut" else {"none": True})
        if kind == "bar":
            chart.set_y_axis({"reverse": True, "num_font": font})
            chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": _LINE}}})
        chart.set_size({"width": size[0], "height": size[1]})
        self._page.insert_chart(*place, chart)


def _printing(page: Worksheet, *, landscape: bool) -> None:
    page.set_paper(9)
    if landscape:
        page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    page.set_footer("&L&9&A&R&9&P / &N", {"margin": 0.3})
    page.fit_to_pages(1, 0)


@contextmanager
def summary_book(out: BinaryIO, title: str, fills: Iterable[str]) -> Iterator[SummaryBook]:
    """Give a book to fill, whose rows may begin in one of these colours; it is whole when the block ends."""
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-", ignore_cleanup_errors=True) as room:
        sink = _Sink(out)
        made = SummaryBook(title, Path(room), fills)
        try:
            yield made
            made.write(sink)
        except XlsxWriterException as error:
            if isinstance(error.__context__, OSError):
                raise error.__context__ from error
            raise
        finally:
            sink.over = True
            made.close()
