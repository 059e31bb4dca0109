"""The same cells without a call for every tag, for sheets as the common programs write them.

A grammar has to cover every byte between the tags of sheetData, and what it covers is well-formed; anything else
is ``Unsure``, and the exact reader is asked. Most cells of a log are alike but for the number of their row, so a row
is cut there, what stands between is looked up, and only what was never seen is matched and understood.
"""

import re
from typing import Any, TypeVar

from zaitaku_xl.cells import Cell, Kind, Line, Lines
from zaitaku_xl.hosts import cell_values
from zaitaku_xl.hosts.cell_values import LAST_ROW, Values, told
from zaitaku_xl.hosts.exact_cells import column_number, is_on
from zaitaku_xl.hosts.package.nodes import unescaped

K = TypeVar("K")
T = TypeVar("T")
_new, _TEXT_KIND = tuple.__new__, Kind.TEXT  # what Cell(...) comes to: a workbook has thousands of texts
MAX_CELLS = 1_500_000
_REMEMBERED = 120_000  # cells of a workbook
_SAID, _LONGEST = 4_000, 80  # tags and shapes of rows, and the length of one, from one workbook to the next
_PLAIN = 30_000  # cells with a number and no more, from one workbook to the next: less than 10 MB
_SHARED, _NUMBER, _NOTHING, _UNUSUAL = "s", "n", "", "?"  # kinds of cells
_ROW, _CELL = b'<row r="', b'<c r="'
_BETWEEN_ROWS, _BEFORE = b"</row", b'><row r="'  # cut in the middle of a tag: bytes ending so are found far faster
_STYLES = 100  # in most workbooks there are fewer: the rows whose number is likely to be a cell's style too
_NOWHERE = 0  # the column behind the last cell
_IS_HEAD, _IS_HIDDEN, _IS_START = 1 << 15, 1 << 16, 1 << 17  # beside a column, which is less

_ATTRIBUTES = rb'(?: [A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?="[ -!#-%\'-;=?-~]*+")*+'
_TEXT = rb"(?:[\t\n -%'-;=?-~\x80-\xff]|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
_NEXT = rb'(?:<c r="([A-Z]{1,3}))?'
_PIECE = re.compile(
    rb"(%b)(?: ?/>|>(?:(<f)(%b)(?: ?/>|>(%b)</f>))?(?:(<v)(?: ?/>|>(%b)</v>)|<is><t(?: xml:space=\"preserve\")?>(%b)</t></is>)?</c>)%b"
    % (_ATTRIBUTES, _ATTRIBUTES, _TEXT, _TEXT, _TEXT, _NEXT)
)
_BLANK = re.compile(rb"(%b)(?: ?/>|></c>)%b" % (_ATTRIBUTES, _NEXT))
_OWN, _END = re.compile(_ATTRIBUTES), re.compile(rb"/v></c>" + _NEXT)
_HEAD = re.compile(rb"(%b)>%b" % (_ATTRIBUTES, _NEXT))
_BLANK_ROW = re.compile(rb'<row r="([0-9]++)"([^/>]*+) ?/>')
_PAIR = re.compile(rb' ([A-Za-z0-9:]+)="([^"]*)"')
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_READING = '<rPh sb="[0-9]{1,9}" eb="[0-9]{1,9}"><t(?: xml:space="preserve")?>[^<>&]*+</t></rPh>'
_HOW_READ = '<phoneticPr fontId="[0-9]{1,9}"(?: type="[A-Za-z]++")?(?: alignment="[A-Za-z]++")?/>'
_READINGS = re.compile(f"(?:(?:{_READING})++(?:{_HOW_READ})?|{_HOW_READ})</si>")
_TABLE = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?(?: standalone="(?:yes|no)")? ?\?>)?[ \t\r\n]*<sst(%b)>'
    % _ATTRIBUTES
)
_FIRST, _BETWEEN, _LAST = "<si><t>", "</t></si><si><t>", "</t></si>"
_ENTITY = re.compile("&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_NUMBERED, _LAST_CHARACTER = re.compile("&#(x?)([0-9A-Fa-f]+);"), 0x10FFFF
_CONTROLS = bytes(range(9)) + bytes(range(11, 32))  # a carriage return too: XML reads it as a new line


class Unsure(Exception):
    """The bytes are not of the kind this reader knows for certain."""


def strings(data: bytes) -> list[str]:
    """Return the shared strings, readings left out; raises Unsure."""
    data = data.rstrip(b" \t\r\n")
    opening = _TABLE.match(data)
    if opening is None or not data.endswith(b"</sst>"):
        raise Unsure
    _attributes(opening[1])
    body = _text_of(data[opening.end() : -len(b"</sst>")])
    if not body:
        return []
    items = _items(body) or _items(_READINGS.sub("</si>", body))
    if items is None:
        raise Unsure
    if "&" not in body and "_x" not in body:
        return items
    return [_spoken(item) if "&" in item or "_x" in item else item for item in items]


def _text_of(data: bytes) -> str:
    """Return bytes as text that has no character XML forbids or reads as another; faster than asking each of them."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unsure from error
    if len(data.translate(None, _CONTROLS)) != len(data) or "\ufffe" in text or "\uffff" in text:
        raise Unsure
    return text


def _items(body: str) -> list[str] | None:
    """Return what stands between the tags of a table whose items have one text each: nothing else has so many tags."""
    body = body.replace('<t xml:space="preserve">', "<t>")
    if not (body.startswith(_FIRST) and body.endswith(_LAST)):
        return None
    items = body[len(_FIRST) : -len(_LAST)].split(_BETWEEN)
    if not body.count("<") == body.count(">") == 4 * len(items):
        return None
    if "&" in body and body.count("&") != len(_ENTITY.findall(body)):
        return None
    return items


def _spoken(text: str) -> str:
    return cell_values.unescaped(_without_entities(text))


def _without_entities(text: str) -> str:
    if "&" not in text:
        return text
    if any(int(digits, 16 if x else 10) > _LAST_CHARACTER for x, digits in _NUMBERED.findall(text)):
        raise Unsure
    text = unescaped(text)
    if _NOT_XML.search(text):
        raise Unsure
    return text


def _decoded(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unsure from error
    if _NOT_XML.search(text):
        raise Unsure
    return text


class Tokens:
    """Reads the sheets of one workbook; what it has understood once it knows for the next sheet."""

    def __init__(self, values: Values) -> None:
        self._columns = _Columns()
        self._cells = _Cells(values, self._columns)
        self._column_behind, self._cell_in = self._columns.__getitem__, self._cells.__getitem__
        self._elsewhere: set[int] = set()  # rows whose number stands in other places of theirs too

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
        for chunk in body.split(_BETWEEN_ROWS) if body else ():
            row += 1
            number = b"%d" % row
            in_style = row < _STYLES and chunk.count(b'"%b"' % number) > 1
            pieces = _cut_in_cells(chunk, number) if in_style else chunk.split(number + b'"')
            try:
                if pieces[0] != _BEFORE or row in self._elsewhere:
                    row, pieces = self._cut(chunk)
                (is_hidden, columns), cells = self._line(pieces)
            except Unsure:
                row, pieces = self._cut_with_care(chunk, hidden)
                (is_hidden, columns), cells = self._line(pieces)
            count += len(cells)
            if count > MAX_CELLS or row in found:
                raise Unsure
            if is_hidden:
                hidden.add(row)
            if any(cells):
                found[row] = columns, cells
        if rest:
            self._blank_rows(rest, hidden)
        return Lines(found), frozenset(hidden)

    def _line(self, pieces: list[bytes]) -> tuple[tuple[bool, tuple[int, ...]], list[Cell | None]]:
        """Read a row cut at its numbers: each piece tells what a cell holds, and the column of the one behind it."""
        if len(self._cells) >= _REMEMBERED:  # not within a row, whose columns are asked for when its cells are known
            self._cells.clear()
            self._columns.clear()
        cells = list(map(self._cell_in, pieces))
        return _SHAPES[tuple(map(self._column_behind, pieces))], cells

    def _cut(self, chunk: bytes) -> tuple[int, list[bytes]]:
        """Cut a row that is not the one after the last."""
        number = _number_of(chunk)
        row = _whole(number)
        return row, _cut_in_cells(chunk, number) if row in self._elsewhere else chunk.split(number + b'"')

    def _cut_with_care(self, chunk: bytes, hidden: set[int]) -> tuple[int, list[bytes]]:
        """Cut a row whose number stands elsewhere in it too (row 12, style 12), or one with blank rows before it."""
        blank, tag, own = chunk.removeprefix(b">").rpartition(_ROW)
        self._blank_rows(blank, hidden)
        chunk = b">" + tag + own
        number = _number_of(chunk)
        row = _whole(number)
        self._elsewhere.add(row)
        return row, _cut_in_cells(chunk, number)

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


def _number_of(chunk: bytes) -> bytes:
    return chunk[len(_BEFORE) : chunk.find(b'"', len(_BEFORE))]


def _cut_in_cells(chunk: bytes, number: bytes) -> list[bytes]:
    end = number + b'"'
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


class _Columns(dict[bytes, int]):
    """A piece of a row -> the column of the cell that begins at its end. Of cells it is told; the others are heads."""

    def __missing__(self, piece: bytes) -> int:
        if piece == _BEFORE:
            return _IS_START
        is_hidden, column = _HEADS[piece]
        return column | _IS_HEAD | (_IS_HIDDEN if is_hidden else 0)


class _Cells(dict[bytes, Cell | None]):
    """What stands behind a cell's number, and the beginning of the next cell -> what the first one holds."""

    def __init__(self, values: Values, columns: _Columns) -> None:
        super().__init__()
        self._values, self._texts, self._columns = values, values.texts, columns

    def __missing__(self, piece: bytes) -> Cell | None:
        cell: Cell | None = None
        try:
            kind, value, style, column = _PIECES[piece]
            if kind == _SHARED:
                text = self._texts[value]
                cell = _new(Cell, (_TEXT_KIND, text, style)) if text else None
            elif kind == _NUMBER:
                cell = self._values.number(value, style)
            elif kind == _UNUSUAL:
                cell, column = self._unusual(piece)
        except (ValueError, IndexError) as error:
            raise Unsure from error
        self[piece], self._columns[piece] = cell, column
        return cell

    def _unusual(self, piece: bytes) -> tuple[Cell | None, int]:
        found = _PIECE.fullmatch(piece)
        if found is None:
            return None, self._columns[piece]
        own, has_formula, formulas_own, formula, has_value, value, words, letters = found.groups()
        kind, style = _TAGS[own]
        _attributes(formulas_own or b"")
        _decoded(formula or b"")
        text = words if value is None else value
        if text is None and has_value:
            text = b""
        cell = self._values.cell(
            kind, style, None if text is None else _without_entities(_decoded(text)), bool(has_formula), _unsure
        )
        return cell, _column(letters)


class _Pieces(dict[bytes, tuple[str, Any, int, int]]):
    """The same -> its kind, the number it holds, its style, and the column of the next cell."""

    def __missing__(self, piece: bytes) -> tuple[str, Any, int, int]:
        tag, _, rest = piece.partition(b"><v>")
        value, _, end = rest.partition(b"<")
        (kind, style), column = _TAGS[tag], _ENDS[end]
        meant: tuple[str, Any, int, int] = _UNUSUAL, None, 0, _NOWHERE
        if column is not None and kind == _SHARED and value.isdigit():  # nearly all cells have a value and no more
            meant = kind, int(value), style, column
        elif column is not None and kind == _NUMBER and value and not value.translate(None, b"0123456789.Ee+-"):
            meant = kind, float(value), style, column
        elif (blank := _BLANK.fullmatch(piece)) is not None and "r" not in _attributes(blank[1]):
            meant = _NOTHING, None, 0, _column(blank[2])
        return meant if len(piece) > _LONGEST else _kept(self, _PLAIN, piece, meant)


class _Shapes(dict[tuple[int, ...], tuple[bool, tuple[int, ...]]]):
    """The columns behind the pieces of a row -> whether it is hidden, and the column in which each piece is a cell."""

    def __missing__(self, behind: tuple[int, ...]) -> tuple[bool, tuple[int, ...]]:
        head = behind[1] if len(behind) > 1 else 0
        *columns, end = head & ~(_IS_HEAD | _IS_HIDDEN), *behind[2:]
        if behind[0] != _IS_START or not head & _IS_HEAD or end != _NOWHERE or _NOWHERE in columns:
            raise Unsure
        if max(behind[2:], default=0) >= _IS_HEAD or len(set(columns)) != len(columns):
            raise Unsure
        shape = bool(head & _IS_HIDDEN), (_NOWHERE, _NOWHERE, *columns)
        return shape if len(behind) > _LONGEST else _kept(self, _SAID, behind, shape)


class _Tags(dict[bytes, tuple[str, int]]):
    """A cell's attributes as written -> its type and style; no type for what is more than attributes."""

    def __missing__(self, raw: bytes) -> tuple[str, int]:
        if _OWN.fullmatch(raw) is None:
            return "", 0
        attributes = _attributes(raw)
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
        attributes = _attributes(found[1]) if found else {"r": ""}
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


def _attributes(raw: bytes) -> dict[str, str]:
    pairs = _PAIR.findall(raw)
    found = {name.decode(): value.decode() for name, value in pairs}
    if len(found) != len(pairs):
        raise Unsure
    return found
