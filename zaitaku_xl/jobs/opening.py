"""A workbook opened by what it holds, and those of its sheets that a log can be in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zaitaku_xl.book import layout
from zaitaku_xl.book.tables import table_in
from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Grid
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.book import Book
from zaitaku_xl.hosts.closed_book import ClosedBook, bytes_of
from zaitaku_xl.hosts.foreign_book import ENDINGS, ForeignBook
from zaitaku_xl.layouts import Understanding, needs_understanding, understood
from zaitaku_xl.layouts.answers import Kept, chosen, headings_of
from zaitaku_xl.made import made_by_us
from zaitaku_xl.model import Month
from zaitaku_xl.sheets.seal import Place, sealed_rows

_KNOWN_SHEETS = frozenset(folded(name) for name in (layout.SETTINGS_SHEET, *(t.sheet for t in layout.TABLES)))


def opened(path: Path, data: bytes | None = None) -> Book:
    """Open a file by what it holds (*data*, where it was read before): an .xls may be an .xlsx with another name."""
    data = bytes_of(path) if data is None else data
    book = ClosedBook.opened(path, data)
    if path.suffix.lower() not in ENDINGS:
        return book
    try:
        book.grids(lambda _: False)
    except Unreadable:
        foreign = ForeignBook.opened(path, data)
        return replace(foreign, sheets=tuple(sheet for sheet in _named(foreign.sheets) if not made_by_us(sheet)))
    return book


def _named(sheets: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """A table without a sheet's name, as in a CSV, is known by its headings."""
    if len(sheets) != 1 or _wanted(sheets[0].name):
        return sheets
    alone = sheets[0]
    return (replace(alone, name=table_in(alone) or alone.name),)


def grids_of(book: Book) -> tuple[Grid, ...]:
    """Return the sheets a log can be in.

    A 実績記録票 that we made and nobody edited is no record: it is made anew from the records and never judged.
    """
    return _of_a_log(book.grids(_is_of_a_log))


def tables_of(book: Book, month: Month | None = None, kept: Sequence[Kept] = ()) -> Understanding:
    """Return the tables of the contract: the sheets that are so already, and those understood of an office's own.

    What the book's own sheet 「読み取り方」 answers wins over what was *kept* elsewhere.
    """
    grids = grids_of(book)
    if not needs_understanding(grids):
        return Understanding(grids=grids)
    every = [grid for grid in book.grids(lambda _: True) if not made_by_us(grid)]
    made = understood(every, month)
    told = chosen(kept, headings_of(made.sheets)) if kept else None
    return understood(every, month, dict(told.answers)) if told and told.answers else made


def stored(book: Book) -> dict[Place, str]:
    """Return the judged sheets row by row as the book stores and shows them: what a seal lies over."""
    return sealed_rows([grid for grid in grids_of(book) if _wanted(grid.name)], book.formulas(_wanted))


def _of_a_log(sheets: Sequence[Grid]) -> tuple[Grid, ...]:
    return tuple(grid for grid in sheets if _is_of_a_log(grid.name) and not made_by_us(grid))


def _is_of_a_log(sheet: str) -> bool:
    """True for a sheet that is judged, and for one that may be a copy of it (日報 (2)): it is named, and not judged."""
    return _wanted(sheet) or any(name in folded(sheet) for name in _KNOWN_SHEETS)


def _wanted(sheet: str) -> bool:
    name = folded(sheet)
    return name in _KNOWN_SHEETS or name.startswith(layout.RECORD_SHEETS)
