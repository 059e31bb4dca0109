"""The same cells without a call for every tag, for sheets as the common programs write them.

Most cells of a log are alike but for the number of their row. So a row is cut there, what stands between two cuts (a
piece) is looked up, and only a piece that this sheet did not have before is read. What is not written as the common
programs write it is ``Unsure``, and the exact reader is asked. Nothing is remembered from one sheet to the next.
"""

import re

from zaitaku_xl.cells import Cell
from zaitaku_xl.hosts.reading.cell_values import LAST_ROW, Values
from zaitaku_xl.hosts.reading.fast_pieces import NEXT_CELL, read_head
from zaitaku_xl.hosts.reading.fast_strings import Unsure
from zaitaku_xl.hosts.reading.lines import Line, Lines
from zaitaku_xl.hosts.reading.row_kinds import START, RowKind, RowKinds

MAX_CELLS = 1_500_000
MAX_REMEMBERED = 250_000  # pieces: then the sheet begins to be learnt anew

_BETWEEN_ROWS = b"</row"  # without the bracket, as START has it: bytes that end in a letter or a quote are found faster
_ROW = b'<row r="'
_STYLES = 100  # most workbooks have fewer: a lower number of a row is likely to be that of a style too
_BLANK_ROW = re.compile(rb'<row r="([0-9]++)"([^/>]*+) ?/>')
_MOST_DIGITS = 7

_look_up = dict.__getitem__


def rows(data: bytes, start: int, end: int, values: Values) -> tuple[Lines, frozenset[int]]:
    """Return the cells that are not blank and the hidden rows of a sheet; raises Unsure.

    *start* and *end* are where its rows begin, behind a tag, and end.
    """
    sheet = _Sheet(values)
    closed = data.rfind(b"</row>", start, end)
    if closed >= 0:
        sheet.read(data[start - 1 : closed])
        start = closed + len(b"</row>")
    sheet.read_blank_rows(data[start:end])
    return Lines(sheet.lines), frozenset(sheet.hidden)


class _Sheet:
    """The rows of one sheet, while they are read."""

    def __init__(self, values: Values) -> None:
        self.lines: dict[int, Line] = {}
        self.hidden: set[int] = set()
        self._values = values
        self._count = 0
        self._forget()

    def _forget(self) -> None:
        self._kinds = RowKinds(self._values)
        self._likely: dict[int, RowKind] = {}  # by the number of pieces, the kind of the last row with so many
        self._enough = self._count + MAX_REMEMBERED

    def read(self, body: bytes) -> None:
        """Read rows with cells, from the bracket before the first to the one behind the last, which is left off."""
        if b"\0" in body or not body.startswith(START):
            raise Unsure
        row = 0
        for chunk in body.split(_BETWEEN_ROWS):
            row += 1  # most likely
            try:
                pieces = _pieces(chunk, row)
                kind = self._likely[len(pieces)]
                cells = list(map(_look_up, kind.places, pieces))
            except (KeyError, Unsure):
                row, kind, cells = self._unlikely_row(chunk)
            self._add(row, kind, cells)

    def read_blank_rows(self, tags: bytes) -> None:
        """Read the tags of rows without cells."""
        end = 0
        for tag in _BLANK_ROW.finditer(tags):  # not split: a million blank rows would be a million pieces
            row = _row_number(tag[1])
            is_hidden, _ = read_head(tag[2] + b">")
            if tag.start() != end:
                raise Unsure
            if is_hidden:
                self.hidden.add(row)
            end = tag.end()
        if end != len(tags):
            raise Unsure

    def _unlikely_row(self, chunk: bytes) -> tuple[int, RowKind, list[Cell | None]]:
        """Read a row that is not the one after the last, or not of the kind of the last with so many pieces."""
        try:
            number = _number_in(chunk)
            pieces = chunk.split(number + b'"')
            return _row_number(number), *self._kind_and_cells(pieces)
        except Unsure:
            chunk = self._without_blank_rows(chunk)
            number = _number_in(chunk)
            pieces = _pieces_with_care(chunk, number + b'"')
            return _row_number(number), *self._kind_and_cells(pieces)

    def _without_blank_rows(self, chunk: bytes) -> bytes:
        """Read the blank rows that stand before a row, and return it without them."""
        if not chunk.startswith(b">"):
            raise Unsure
        blank, tag, rest = chunk[1:].rpartition(_ROW)
        self.read_blank_rows(blank)
        return b">" + tag + rest

    def _kind_and_cells(self, pieces: list[bytes]) -> tuple[RowKind, list[Cell | None]]:
        kind = self._kinds.kind_of(pieces)
        cells = list(map(_look_up, kind.places, pieces))
        self._likely[len(pieces)] = kind
        return kind, cells

    def _add(self, row: int, kind: RowKind, cells: list[Cell | None]) -> None:
        self._count += len(cells)
        if self._count > MAX_CELLS or row > LAST_ROW or row in self.lines:
            raise Unsure
        if kind.is_hidden:
            self.hidden.add(row)
        if any(cells):
            self.lines[row] = kind.shape, cells
        if self._count > self._enough:
            self._forget()


def _pieces(chunk: bytes, row: int) -> list[bytes]:
    """Cut a row, most likely the one of this number, behind the numbers of its cells."""
    number = b'%d"' % row
    if row < _STYLES and chunk.count(number) > chunk.count(NEXT_CELL) + 1:
        return _pieces_with_care(chunk, number)
    return chunk.split(number)


def _pieces_with_care(chunk: bytes, number: bytes) -> list[bytes]:
    """Cut each cell once: the number stands elsewhere in them too (row 12, style 12)."""
    cells = chunk.split(NEXT_CELL)
    marked = [cell.replace(number, b"\0", 1) for cell in cells]
    return NEXT_CELL.join(marked).split(b"\0")


def _number_in(chunk: bytes) -> bytes:
    """Return the digits of a row's number, as they are written."""
    if not chunk.startswith(START):
        raise Unsure
    number, _, _ = chunk[len(START) :].partition(b'"')
    return number


def _row_number(digits: bytes) -> int:
    row = int(digits) if digits.isdigit() and len(digits) <= _MOST_DIGITS else 0
    if not 1 <= row <= LAST_ROW:
        raise Unsure
    return row
