"""A workbook of tables written row by row: however long they grow, only one row of each is in memory."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zaitaku_xl.cells import column_letters
from zaitaku_xl.hosts.package.nodes import cell_text
from zaitaku_xl.measure import lines

Value = str | int | float | None
MOST_ROWS = 100_000  # on one sheet: more is slow to open and to filter
MOST_SHEETS = 8  # of one table
_FONT = "Yu Gothic"
_INK, _QUIET, _LINE, _HEAD = "#1F2933", "#5B6770", "#C9D1D8", "#C5D0DA"
_LONGEST = 250  # letters of a text inside a formula; Excel holds 255
_MOST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``kind``: text, center, number, yen, percent."""

    heading: str
    width: float
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Link:
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


class SummaryBook:
    """Sheets in the order they are asked for; the front page may be written last."""

    def __init__(self, out: _Sink, title: str, room: str) -> None:
        self.book = Workbook(
            out, {"constant_memory": True, "tmpdir": room, "strings_to_formulas": False, "strings_to_urls": False,
                  "default_format_properties": {"font_name": _FONT, "font_size": 10}},
        )  # fmt: skip
        self.book.set_properties({"title": title, "created": datetime(2026, 1, 1)})
        self.book.set_size(2400, 1500)
        self._looks: dict[tuple[str, str | None, bool], Any] = {}

    def look(self, kind: str = "text", fill: str | None = None, *, plain: bool = False) -> Any:
        """A format; *plain* has no lines around it."""
        key = kind, fill, plain
        if key not in self._looks:
            made: dict[str, Any] = {"font_name": _FONT, "font_size": 10, "font_color": _INK, "valign": "top"}
            made |= _KINDS[kind]
            if fill:
                made |= {"pattern": 1, "bg_color": f"#{fill}"}
            if not plain:
                made |= {"border": 1, "border_color": _LINE}
            self._looks[key] = self.book.add_format(made)
        return self._looks[key]

    def page(self, name: str) -> "Page":
        return Page(self, self.book.add_worksheet(name))

    def table(self, name: str, hint: str, columns: Sequence[Column]) -> "Table":
        return Table(self, name, hint, columns)


_WRAPPED = frozenset(("text", "center"))
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
        page.write_string(row, column, value[:_MOST_TEXT], look)
    else:
        page.write_number(row, column, value, look)


def _xml(value: Value | Link, style: int, linked: int) -> str:
    """A cell without its address, from the blank after it on."""
    if isinstance(value, str):
        return _text(value, style) if value else f' s="{style}"/>'
    if isinstance(value, Link):
        return _link(value, style, linked)
    return f' s="{style}"/>' if value is None else f' s="{style}"><v>{value!r}</v></c>'


@lru_cache(maxsize=4096)
def _text(text: str, style: int) -> str:
    return (
        f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{cell_text(text[:_MOST_TEXT])}</t></is></c>'
    )  # fmt: skip


def _link(link: Link, style: int, linked: int) -> str:
    """As a formula: a sheet holds 65,530 real links and not one more."""
    target = f"{link.path}#{link.place}"
    if max(len(target), len(link.words)) > _LONGEST:
        return _text(link.words, style)
    formula = escape(f"HYPERLINK({_literal(target)},{_literal(link.words)})", quote=False)
    return f' s="{linked}" t="str"><f>{formula}</f><v>{cell_text(link.words)}</v></c>'


def _literal(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


class Table:
    """A sheet with a heading row; where it is full another one follows behind all sheets.

    Its rows go as XML straight into the file in which XlsxWriter keeps the rows it has written: cell by cell it takes
    four times as long, and remembers the height of every row.
    """

    def __init__(self, book: SummaryBook, name: str, hint: str, columns: Sequence[Column]) -> None:
        self._book, self._name, self._hint, self._columns = book, name, hint, columns
        self._letters = [column_letters(number) for number in range(1, len(columns) + 1)]
        self._styles = [_index(book.look(column.kind)) for column in columns]
        self._linked = _index(book.look("link"))
        self._wide = [
            (number, int(column.width) - 2) for number, column in enumerate(columns) if column.kind in _WRAPPED
        ]
        self.rows = self.left_out = 0
        self._sheets = 0
        self._started()

    def _started(self) -> None:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name} ({self._sheets})"
        page = self._page = self._book.book.add_worksheet(name)
        page.hide_gridlines(2)
        for number, column in enumerate(self._columns):
            page.set_column(number, number, column.width)
        page.set_row(0, 27)
        page.write_string(0, 0, name, self._book.look("title", plain=True))
        page.write_string(1, 0, self._hint, self._book.look("hint", plain=True))
        page.set_row(2, 24)
        for number, column in enumerate(self._columns):
            page.write_string(2, number, column.heading, self._book.look("head"))
        page.freeze_panes(3, 0)
        _printing(page, landscape=True)
        page.repeat_rows(2)
        page._write_single_row(3)  # the headings are out: from here on rows are ours
        self._row = 3  # of the last row, from 1

    def add(self, values: Sequence[Value | Link], fill: str | None = None) -> None:
        """Add a row; *fill* colours its first cell. What no sheet has room for is counted."""
        if self._row - 3 >= MOST_ROWS:
            if self._sheets >= MOST_SHEETS:
                self.left_out += 1
                return
            self._ended()
            self._started()
        self.rows += 1
        row = self._row = self._row + 1
        styles = self._styles
        if fill:
            styles = [_index(self._book.look(self._columns[0].kind, fill)), *styles[1:]]
        cells = [
            f'<c r="{letters}{row}"{_xml(value, style, self._linked)}'
            for letters, value, style in zip(self._letters, values, styles, strict=True)
        ]
        texts = ((values[number], width) for number, width in self._wide)
        self._put(cells, max([lines(text, width) for text, width in texts if isinstance(text, str)], default=1))

    def _put(self, cells: Sequence[str], high: int) -> None:
        # A row is as high as its text: others than Excel do not grow it by themselves.
        height = f'<row r="{self._row}" ht="{min(409, 15 * high + 3)}" customHeight="1">'
        self._page.fh.write(f"{height}{''.join(cells)}</row>")
        self._page.dim_rowmax, self._page.dim_colmax = self._row - 1, len(self._columns) - 1

    def close(self) -> None:
        """A table without a row says so."""
        if not self.rows:
            self._row += 1
            self._put([f'<c r="A{self._row}"{_text("ありません。", self._styles[0])}'], 1)
        self._ended()

    def _ended(self) -> None:
        self._page.autofilter(2, 0, self._row - 1, len(self._columns) - 1)


def _index(look: Any) -> int:
    return int(look._get_xf_index())


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
def summary_book(out: BinaryIO, title: str) -> Iterator[SummaryBook]:
    """Give a book to fill; it is whole when the block ends."""
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-", ignore_cleanup_errors=True) as room:
        sink = _Sink(out)
        made = SummaryBook(sink, title, room)
        try:
            yield made
            made.book.close()
        except XlsxWriterException as error:
            if isinstance(error.__context__, OSError):
                raise error.__context__ from error
            raise
        finally:
            sink.over = True
            made.book.fileclosed = True  # a book given up is not written on the way out
