"""A workbook of tables written row by row: however long they grow, only one row of each is in memory."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zaitaku_xl.a1 import column_letters
from zaitaku_xl.hosts.writing.safe_file import passing_folder
from zaitaku_xl.hosts.writing.sheet_printer import Looks, print_sheet
from zaitaku_xl.hosts.writing.table_rows import HERE, Link, Rows, RowStyles, TableColumn
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.ooxml.styles import FONT
from zaitaku_xl.paper import Value

MOST_ROWS = 100_000  # on one sheet: more is slow to open and to filter
MOST_SHEETS = 8  # of one table
_LEVEL = 2  # of deflate: 6 takes more than twice the time for a fifth fewer bytes
_EXTENT = re.compile(rb'(?<=<dimension ref=")[^"]*')


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


class SummaryBook:
    """Sheets in the order they are asked for; one that was reserved may be printed last."""

    def __init__(self, title: str, room: Path, row_styles: RowStyles) -> None:
        self._out, self.room, self.row_styles = BytesIO(), room, row_styles
        self.sheets: list[_Sheet] = []
        options = {
            "constant_memory": True,
            "tmpdir": room,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        }
        self.book = Workbook(self._out, options)
        self.book.set_properties({"title": title, "created": datetime(2026, 1, 1)})
        self.book.set_size(2400, 1500)
        self.looks = Looks(self.book, FONT)
        self._number_styles()

    def _number_styles(self) -> None:
        """Give the styles of rows their numbers before any other style takes one."""
        for style in self.row_styles.styles:
            if self.looks.number(style) != self.row_styles.number(style):
                raise RuntimeError(f"XlsxWriter numbers styles in another way: {style}")

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

    def reserve(self, name: str) -> "Reserved":
        return Reserved(self.book.add_worksheet(name), self.looks)

    def table(self, head: MadeSheet, columns: Sequence[TableColumn]) -> "Table":
        """Return a table to fill under this *head*, whose last row are its headings."""
        return Table(self, head, columns)


class Reserved:
    """A place among the sheets."""

    def __init__(self, page: Worksheet, looks: Looks) -> None:
        self._page, self._looks = page, looks

    def print(self, sheet: MadeSheet) -> None:
        print_sheet(self._page, sheet, self._looks)


class _Sheet:
    """A sheet with the head of a table, and beside it the file its rows are written to."""

    def __init__(self, book: SummaryBook, head: MadeSheet) -> None:
        self._page = book.book.add_worksheet(head.name)
        print_sheet(self._page, head, book.looks)
        number = len(book.book.worksheets())
        self.part = f"xl/worksheets/sheet{number}.xml"
        self._columns, self._headings = len(head.widths), len(head.rows)
        self._last = self._headings
        self._file = (book.room / f"rows{number}").open("w+b")

    @property
    def rows(self) -> int:
        return self._last - self._headings

    def put(self, rows: Sequence[bytes]) -> None:
        numbered = [row.replace(HERE.encode(), b"%d" % number) for number, row in enumerate(rows, self._last + 1)]
        self._file.write(b"".join(numbered))
        self._last += len(rows)

    def end(self) -> None:
        self._page.autofilter(self._headings - 1, 0, self._last - 1, self._columns - 1)

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

    def __init__(self, book: SummaryBook, head: MadeSheet, columns: Sequence[TableColumn]) -> None:
        self._book, self._head = book, head
        self._rows = Rows(columns, book.row_styles)
        self.rows = self.left_out = 0
        self._sheets = 0
        self._sheet = self._started()

    def _started(self) -> _Sheet:
        self._sheets += 1
        head = self._head if self._sheets == 1 else _renamed(self._head, f"{self._head.name} ({self._sheets})")
        sheet = _Sheet(self._book, head)
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


def _renamed(head: MadeSheet, name: str) -> MadeSheet:
    """Return the head of the next sheet of a table; its title is its name."""
    (title, *beside), *below = head.rows
    assert title is not None
    return replace(head, name=name, rows=((title._replace(value=name), *beside), *below))


@contextmanager
def summary_book(out: BinaryIO, title: str, row_styles: RowStyles) -> Iterator[SummaryBook]:
    """Give a book to fill, whose rows have these styles; it is whole when the block ends."""
    with passing_folder() as room:
        sink = _Sink(out)
        made = SummaryBook(title, room, row_styles)
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
