"""The same cells without a call for every tag, for sheets as the common programs write them.

A grammar has to cover every byte between the tags of sheetData, and what it covers is well-formed; anything else
is ``Unsure``, and the exact reader is asked. Most cells of a log are alike but for the number of their row, so a row
is cut there, what stands between is looked up, and only what was never seen is matched and understood.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, NamedTuple, TypeVar

from zaitaku_xl.cells import Cell, Kept, Kind, Line, Lines, Meaning
from zaitaku_xl.hosts.reading.cell_values import LAST_ROW, Values, told
from zaitaku_xl.hosts.reading.exact_cells import column_number, is_on
from zaitaku_xl.hosts.reading.fast_strings import ATTRIBUTES, Unsure, attributes_in, decoded, without_entities

K = TypeVar("K")
T = TypeVar("T")
_new, _TEXT_KIND = tuple.__new__, Kind.TEXT  # what Cell(...) comes to: a workbook has thousands of texts
MAX_CELLS = 1_500_000
_SAID, _LONGEST = 4_000, 80  # tags, and the length of a piece or of a row, from one workbook to the next
_REMEMBERED = 250_000  # times that a piece of a row is kept, while a workbook is read
_PIECES_KEPT = 20_000  # and from one workbook to the next: 7 MB
_MOST_SHAPES = 400  # of rows
_SOME = 32  # texts that are forgotten together
_SHARED, _NUMBER, _ODD = "s", "n", "?"  # kinds of cells; an odd one is more than its value
_ROW, _CELL = b'<row r="', b'<c r="'
_BETWEEN_ROWS, _BEFORE = b"</row", b'><row r="'  # cut in the middle of a tag: bytes ending so are found far faster
_STYLES = 100  # in most workbooks there are fewer: a lower number of a row is likely to end that of a style too (5, 15)
_NOWHERE = 0  # the column behind the last cell
_IS_HEAD, _IS_HIDDEN, _IS_START, _IS_ODD = 1 << 15, 1 << 16, 1 << 17, 1 << 18  # beside a column, which is less

_TEXT = rb"(?:[\t\n -%'-;=?-~\x80-\xff]|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
_NEXT = rb'(?:<c r="([A-Z]{1,3}))?'
_PIECE = re.compile(
    rb"(%b)(?: ?/>|>(?:(<f)(%b)(?: ?/>|>(%b)</f>))?(?:(<v)(?: ?/>|>(%b)</v>)|<is><t(?: xml:space=\"preserve\")?>(%b)</t></is>)?</c>)%b"
    % (ATTRIBUTES, ATTRIBUTES, _TEXT, _TEXT, _TEXT, _NEXT)
)
_BLANK = re.compile(rb"(%b)(?: ?/>|></c>)%b" % (ATTRIBUTES, _NEXT))
_OWN, _END = re.compile(ATTRIBUTES), re.compile(rb"/v></c>" + _NEXT)
_HEAD = re.compile(rb"(%b)>%b" % (ATTRIBUTES, _NEXT))
_BLANK_ROW = re.compile(rb'<row r="([0-9]++)"([^/>]*+) ?/>')


class Tokens:
    """Reads the sheets of one workbook."""

    def __init__(self, values: Values) -> None:
        self._values, self._meaning = values, _Meaning(values)
        self._silent = {number for number, text in enumerate(values.texts) if not text} if "" in values.texts else set()
        self._odd: dict[bytes, Cell | None] = {}
        self._elsewhere: set[int] = set()  # rows whose number stands in other places of theirs too
        _PIECES.believe(len(values.texts))

    def rows(self, data: bytes, start: int, end: int) -> tuple[Lines, frozenset[int]]:
        """Return the cells that are not blank and the hidden rows of a sheet; raises Unsure.

        *start* and *end* are where its rows begin, behind a tag, and end.
        """
        closed = data.rfind(b"</row>", start, end)  # found, not cut off: a large sheet is copied once
        body = data[start - 1 : closed] if closed >= 0 else b""
        rest = data[closed + len(b"</row>") if closed >= 0 else start : end]
        if 0 in body or body[1 : len(_ROW) + 1] != _ROW[: max(len(body) - 1, 0)]:
            raise Unsure
        found: dict[int, Line] = {}
        hidden: set[int] = set()
        count = row = 0
        likely: dict[int, _Shape] = {}  # by the number of pieces, the shape of the last row with so many
        for chunk in body.split(_BETWEEN_ROWS) if body else ():
            row += 1
            number = b'%d"' % row
            in_style = row < _STYLES and chunk.count(number) > chunk.count(_CELL) + 1
            pieces = _cut_in_cells(chunk, number) if in_style else chunk.split(number)
            if _PIECES.count >= _REMEMBERED:
                _PIECES.forget()
                likely.clear()
            try:
                shape = likely[len(pieces)]
                cells = list(map(_kept_at, shape.places, pieces))
            except (KeyError, Unsure):
                row, pieces, cells, shape = self._unlikely(chunk, row, pieces, hidden)
                if shape.places:
                    likely[len(pieces)] = shape
            is_hidden, columns, odd, _ = shape
            count += len(cells)
            if count > MAX_CELLS or row > LAST_ROW or row in found:
                raise Unsure
            for place in odd:
                cells[place] = self._understood(pieces[place], cells[place])
            if self._silent:
                cells = [None if cell and cell[0] == _SHARED and cell[1] in self._silent else cell for cell in cells]
            if is_hidden:
                hidden.add(row)
            if any(cells):
                found[row] = columns, cells
        if rest:
            self._blank_rows(rest, hidden)
        return Lines(found, self._meaning), frozenset(hidden)

    def _unlikely(
        self, chunk: bytes, row: int, pieces: list[bytes], hidden: set[int]
    ) -> tuple[int, list[bytes], list[Kept | None], "_Shape"]:
        """Read a row that is not shaped as the last one with so many pieces."""
        try:
            if pieces[0] != _BEFORE or row in self._elsewhere:
                row, pieces = self._cut(chunk)
            return row, pieces, *_line(pieces)
        except Unsure:
            row, pieces = self._cut_with_care(chunk, hidden)
            return row, pieces, *_line(pieces)

    def _understood(self, piece: bytes, kept: Kept | None) -> Cell | None:
        """Return a cell that is more than its value: a formula, a text of its own, an error."""
        if piece not in self._odd:
            if len(self._odd) >= _SAID:
                self._odd.clear()
            assert kept
            self._odd[piece] = self._odd_cell(kept[1])
        return self._odd[piece]

    def _odd_cell(self, told: tuple[bytes | None, ...]) -> Cell | None:
        own, has_formula, formulas_own, formula, has_value, value, words, _ = told
        kind, style = _TAGS[own or b""]
        attributes_in(formulas_own or b"")
        decoded(formula or b"")
        text = words if value is None else value
        if text is None and has_value:
            text = b""
        return self._values.cell(
            kind, style, None if text is None else without_entities(decoded(text)), bool(has_formula), _unsure
        )

    def _cut(self, chunk: bytes) -> tuple[int, list[bytes]]:
        """Cut a row that is not the one after the last."""
        row, end = _number_of(chunk)
        return row, _cut_in_cells(chunk, end) if row in self._elsewhere else chunk.split(end)

    def _cut_with_care(self, chunk: bytes, hidden: set[int]) -> tuple[int, list[bytes]]:
        """Cut a row whose number stands elsewhere in it too (row 12, style 12), or one with blank rows before it."""
        if not chunk.startswith(b">"):
            raise Unsure
        blank, tag, own = chunk[1:].rpartition(_ROW)
        self._blank_rows(blank, hidden)
        chunk = b">" + tag + own
        row, end = _number_of(chunk)
        self._elsewhere.add(row)
        return row, _cut_in_cells(chunk, end)

    def _blank_rows(self, tags: bytes, hidden: set[int]) -> None:
        """Read the tags of rows without cells."""
        end = 0
        for tag in _BLANK_ROW.finditer(tags):  # not split: a million blank rows would be a million pieces
            row = _whole(tag[1])
            if tag.start() != end:
                raise Unsure
            if _HEADS[tag[2] + b">"][0]:
                hidden.add(row)
            end = tag.end()
        if end != len(tags):
            raise Unsure


def _line(pieces: list[bytes]) -> tuple[list[Kept | None], "_Shape"]:
    cells, behind = zip(*map(_PIECES.__getitem__, pieces), strict=True)
    return list(cells), _SHAPES[behind]


def _number_of(chunk: bytes) -> tuple[int, bytes]:
    """Return the number of a row, and its digits with the bracket behind them."""
    end = chunk[len(_BEFORE) : chunk.find(b'"', len(_BEFORE)) + 1]
    return _whole(end[:-1]), end


def _cut_in_cells(chunk: bytes, end: bytes) -> list[bytes]:
    return _CELL.join([cell.replace(end, b"\0", 1) for cell in chunk.split(_CELL)]).split(b"\0")


def _whole(number: bytes) -> int:
    row = int(number) if number.isdigit() and len(number) < 8 else 0
    if not 1 <= row <= LAST_ROW:
        raise Unsure
    return row


def _column(letters: bytes | None) -> int:
    if letters is None:
        return _NOWHERE
    column = column_number(letters.decode())
    if column is None:
        raise Unsure
    return column


class _Meaning(Meaning):
    """What the cells of a workbook are that are kept as (type, number, style), the same in every workbook."""

    def __init__(self, values: Values) -> None:
        self._texts, self._number = values.texts, values.number

    def cell(self, kept: Kept) -> Cell:
        kind, value, style = kept
        if kind == _SHARED:
            return _new(Cell, (_TEXT_KIND, self._texts[value], style))
        return self._number(value, style) if kind == _NUMBER else _new(Cell, kept)

    def texts(self, kept: Sequence[Kept | None]) -> list[str] | None:
        texts = self._texts
        found = [texts[cell[1]] if cell else "" for cell in kept if cell is None or cell[0] == _SHARED]
        return found if len(found) == len(kept) else None

    def words(self, kept: Iterable[Kept | None]) -> list[str]:
        texts, kinds = self._texts, (_SHARED, _TEXT_KIND)
        return [texts[cell[1]] if cell[0] == _SHARED else cell[1] for cell in kept if cell and cell[0] in kinds]


_Where = tuple[dict[bytes, Any], bytes]  # a memory and a piece in it


class _Pieces(dict[bytes, tuple[Kept | None, int]]):
    """What stands behind a cell's number, and the beginning of the next cell -> what is kept of the first one, and what is
    told of the next. Only texts that the workbook has are named here."""

    def __init__(self) -> None:
        super().__init__()
        self._naming = defaultdict[int, list[_Where]](list)  # so many texts one after another -> where they are named
        self._texts = self._most = self.count = 0

    def believe(self, texts: int) -> None:
        """Go on with a workbook of so many texts: pieces that name others are forgotten."""
        if self.count >= _PIECES_KEPT:
            self.forget()
        if self._most >= texts:
            for some in [some for some in self._naming if some >= texts // _SOME]:
                places = self._naming.pop(some)
                self.count -= len(places)
                for memory, piece in places:
                    memory.pop(piece, None)
        self._texts, self._most = texts, min(self._most, texts - 1)

    def forget(self) -> None:
        self.clear()
        self._naming.clear()
        self.count = 0
        _SHAPES.clear()

    def __missing__(self, piece: bytes) -> tuple[Kept | None, int]:
        try:
            meant = _read(piece)
        except ValueError as error:
            raise Unsure from error
        kept = meant[0]
        if kept and kept[0] == _SHARED and kept[1] >= self._texts:
            raise Unsure
        if len(piece) <= _LONGEST:
            self.noted(self, piece, kept)
            self[piece] = meant
        return meant

    def noted(self, memory: dict[bytes, Any], piece: bytes, kept: Kept | None) -> None:
        """Note which memory is about to keep a piece, for the workbook that has no such text.

        Before it is kept: where memory runs out between the two, nothing stays that would not be forgotten.
        """
        self.count += 1
        if kept and kept[0] == _SHARED:
            number = kept[1]
            self._naming[number // _SOME].append((memory, piece))
            self._most = max(self._most, number)


def _read(piece: bytes) -> tuple[Kept | None, int]:
    """Return what is kept of a piece's cell, and what the piece tells of the next one; raises Unsure or ValueError."""
    tag, _, rest = piece.partition(b"><v>")
    value, _, end = rest.partition(b"<")
    (kind, style), column = _TAGS[tag], _ENDS[end]
    if column is not None and kind == _SHARED and value.isdigit():  # nearly all cells have a value and no more
        return (kind, int(value), style), column
    if column is not None and kind == _NUMBER and value and not value.translate(None, b"0123456789.Ee+-"):
        number = float(value)
        if isfinite(number):
            return (kind, number, style), column
    blank = _BLANK.fullmatch(piece)
    if blank is not None and "r" not in attributes_in(blank[1]):
        return None, _column(blank[2])
    odd = _PIECE.fullmatch(piece)
    if odd is not None:
        return (_ODD, odd.groups(), 0), _column(odd[8]) | _IS_ODD
    if piece == _BEFORE:
        return None, _IS_START
    is_hidden, column = _HEADS[piece]
    return None, column | _IS_HEAD | (_IS_HIDDEN if is_hidden else 0)


class _Place(dict[bytes, Kept | None]):
    """The pieces that stood in one place of rows of one shape, and what is kept of each: all tell the same of the next."""

    def __init__(self, behind: int) -> None:
        super().__init__()
        self._behind = behind

    def __missing__(self, piece: bytes) -> Kept | None:
        is_known = piece in _PIECES  # one that is met for the first time may be met no more
        kept, behind = _PIECES[piece]
        if behind != self._behind:
            raise Unsure
        if is_known:
            _PIECES.noted(self, piece, kept)
            self[piece] = kept
        return kept


_kept_at = dict.__getitem__


class _Shape(NamedTuple):
    """Whether a row is hidden, in which column each piece is a cell, which pieces are odd, and what stood in each place: of a
    row with very many nothing is kept."""

    is_hidden: bool
    columns: tuple[int, ...]
    odd: tuple[int, ...]
    places: tuple[_Place, ...]


class _Shapes(dict[tuple[int, ...], _Shape]):
    """What the pieces of a row tell of the next -> the shape of the row."""

    def __missing__(self, behind: tuple[int, ...]) -> _Shape:
        odd = tuple(place for place, each in enumerate(behind) if each & _IS_ODD)
        start, head, *following = *(each & ~_IS_ODD for each in behind), 0
        following.pop()
        *columns, end = head & ~(_IS_HEAD | _IS_HIDDEN), *following
        if start != _IS_START or not head & _IS_HEAD or end != _NOWHERE or _NOWHERE in columns:
            raise Unsure
        if max(following, default=0) >= _IS_HEAD or len(set(columns)) != len(columns):
            raise Unsure
        places = tuple(map(_Place, behind)) if len(behind) <= _LONGEST else ()
        shape = _Shape(bool(head & _IS_HIDDEN), (_NOWHERE, _NOWHERE, *columns), odd, places)
        return _kept(self, _MOST_SHAPES, behind, shape) if places else shape


class _Tags(dict[bytes, tuple[str, int]]):
    """A cell's attributes as written -> its type and style; no type for what is more than attributes."""

    def __missing__(self, raw: bytes) -> tuple[str, int]:
        if _OWN.fullmatch(raw) is None:
            return "", 0
        attributes = attributes_in(raw)
        if "r" in attributes:
            raise Unsure
        return _kept(self, _SAID, raw, told(attributes))


class _Ends(dict[bytes, int | None]):
    """What stands behind the bracket that ends a value -> the column that follows; None for what is more than that."""

    def __missing__(self, end: bytes) -> int | None:
        found = _END.fullmatch(end)
        return None if found is None else _kept(self, _SAID, end, _column(found[1]))


class _Heads(dict[bytes, tuple[bool, int]]):
    """What stands behind a row's number -> whether the row is hidden, and the column of its first cell."""

    def __missing__(self, piece: bytes) -> tuple[bool, int]:
        found = _HEAD.fullmatch(piece)
        attributes = attributes_in(found[1]) if found else {"r": ""}
        if found is None or "r" in attributes:
            raise Unsure
        return _kept(self, _SAID, piece, (is_on(attributes.get("hidden")), _column(found[2])))


def _kept(memory: dict[K, T], most: int, written: K, meant: T) -> T:
    if len(memory) >= most:
        memory.clear()
    memory[written] = meant
    return meant


# the same bytes say the same in every workbook
_TAGS, _ENDS, _HEADS, _SHAPES, _PIECES = _Tags(), _Ends(), _Heads(), _Shapes(), _Pieces()


def _unsure(_: str) -> Unsure:
    return Unsure()
