"""The same cells without a call for every tag, for sheets as the common programs write them.

A grammar has to cover every byte between the tags of sheetData, and what it covers is well-formed; anything else
is ``Unsure``, and the exact reader is asked. Most cells of a log are alike but for their address, so what follows
the address is looked up, and only what was never seen is matched and understood.
"""

import re

from zaitaku_xl.cells import Cell
from zaitaku_xl.hosts import cell_values
from zaitaku_xl.hosts.cell_values import LAST_ROW, Values, told
from zaitaku_xl.hosts.exact_cells import Rows, column_number, is_on
from zaitaku_xl.hosts.package.nodes import unescaped

MAX_CELLS = 1_500_000
_REMEMBERED = 120_000
_ROW, _CELL = b'<row r="', b'<c r="'

_ATTRIBUTES = rb'(?: [A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?="[ -!#-%\'-;=?-~]*+")*+'
_TEXT = rb"(?:[\t\n -%'-;=?-~\x80-\xff]|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
_TAIL = re.compile(
    rb"(%b)(?: ?/>|>(?:(<f)(%b)(?: ?/>|>(%b)</f>))?(?:(<v)(?: ?/>|>(%b)</v>)|<is><t(?: xml:space=\"preserve\")?>(%b)</t></is>)?</c>)"
    % (_ATTRIBUTES, _ATTRIBUTES, _TEXT, _TEXT, _TEXT)
)
_VALUE_TAIL = re.compile(rb"(%b)><v>([0-9.Ee+-]++)</v></c>" % _ATTRIBUTES)
_ROW_TAIL = re.compile(rb"(%b)( ?/)?>" % _ATTRIBUTES)
_ROW_TAG = re.compile(rb'<row r="([0-9]++)"([^>]*+>)')
_PAIR = re.compile(rb' ([A-Za-z0-9:]+)="([^"]*)"')
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_STRING_TEXT = r"(?:[\t\n -%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
_T = rf'<t(?: xml:space="preserve")?>{_STRING_TEXT}</t>'
_PLAIN = re.compile(rf"(?:<si>{_T}</si>)*+")
_WITH_READING = re.compile(rf'<t(?: xml:space="preserve")?>({_STRING_TEXT})</t>'
                           rf'(?:<rPh sb="[0-9]+" eb="[0-9]+">{_T}</rPh>)*+(?:<phoneticPr(?: [A-Za-z]+="[A-Za-z0-9]*")*+/>)?</si>')  # fmt: skip
_HEAD = re.compile(r'(?:<\?xml [ -;=?-~]*\?>)?\s*<sst(?: [A-Za-z:]+="[ -!#-%\'-;=?-~]*+")*+>')


class Unsure(Exception):
    """The bytes are not of the kind this reader knows for certain."""


def strings(data: bytes) -> list[str]:
    """Return the shared strings, readings left out; raises Unsure."""
    text = _decoded(data)
    head = _HEAD.match(text)
    if (
        head is None
        or not text.endswith("</sst>")
        or len(set(_names(head[0].encode()))) < len(_names(head[0].encode()))
    ):
        raise Unsure
    body = text[head.end() : -len("</sst>")]
    if _PLAIN.fullmatch(body):
        bare = body.replace('<t xml:space="preserve">', "<t>")
        items = bare[len("<si><t>") : -len("</t></si>")].split("</t></si><si><t>") if bare else []
    else:
        items = [_item(piece) for piece in _pieces(body)]
    return [_spoken(item) for item in items] if "&" in body or "_x" in body else items


def _pieces(body: str) -> list[str]:
    first, *pieces = body.split("<si>")
    if first:
        raise Unsure
    return pieces


def _item(piece: str) -> str:
    found = _WITH_READING.fullmatch(piece)
    if found is None:
        raise Unsure
    return found[1]


def _spoken(text: str) -> str:
    return cell_values.unescaped(_without_entities(text))


def _without_entities(text: str) -> str:
    if "&" not in text:
        return text
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


def _names(tag: bytes) -> list[bytes]:
    return [name for name, _ in _PAIR.findall(tag)]


class _Elsewhere(Exception):
    """A row's number and a quotation mark stand where no address ends."""


class Tokens:
    """Reads the sheets of one workbook; what it has understood once it knows for the next sheet."""

    def __init__(self, values: Values) -> None:
        self._row_tails, self._columns, self._tails = _RowTails(), _Columns(), _Tails(values)
        self._steps = _Steps(self._tails, self._columns)

    def rows(self, body: bytes) -> tuple[Rows, frozenset[int]]:
        """Return the cells that are not blank and the hidden rows between the tags of sheetData; raises Unsure."""
        found: Rows = {}
        hidden: set[int] = set()
        count = 0
        *chunks, rest = body.split(b"</row>")
        for chunk in chunks:
            number, cells = self._row(chunk, hidden)
            count += len(cells)
            if count > MAX_CELLS or (cells and number in found):
                raise Unsure
            if None in cells.values():
                cells = {column: cell for column, cell in cells.items() if cell is not None}
            if cells:
                found[number] = cells  # type: ignore[assignment]
        if rest:
            self._head(rest, hidden, is_open=False)
        return found, frozenset(hidden)

    def _row(self, chunk: bytes, hidden: set[int]) -> tuple[int, dict[int, Cell | None]]:
        end = chunk.find(b'"', len(_ROW))
        if not chunk.startswith(_ROW) or end < 0:
            raise Unsure
        number = chunk[len(_ROW) : end]
        start, tag, *cells = chunk.split(number + b'"')
        before, mark, letters = tag.rpartition(_CELL)
        if start != _ROW or not mark or not cells:
            return self._slow_row(chunk, hidden)
        try:
            read, following = zip(*map(self._steps.__getitem__, cells))  # noqa: B905
        except _Elsewhere:
            return self._slow_row(chunk, hidden)
        row = self._tagged(number, before, hidden)
        made = dict(zip((self._columns[letters], *following), read))  # noqa: B905
        if following[-1] or following.count(0) != 1 or len(made) != len(cells):
            raise Unsure
        return row, made

    def _slow_row(self, chunk: bytes, hidden: set[int]) -> tuple[int, dict[int, Cell | None]]:
        """Read a row whose number and quotation mark stand elsewhere in it too: row 12, style 12."""
        head, *cells = chunk.split(_CELL)
        number = self._head(head, hidden, is_open=True)
        parted = (cell.partition(number + b'"') for cell in cells)
        read = {self._columns[letters]: self._tails[tail] for letters, _, tail in parted}
        if len(read) != len(cells):
            raise Unsure
        return int(number), read

    def _head(self, head: bytes, hidden: set[int], is_open: bool) -> bytes:
        """Read the tags of a row and of blank rows before it; returns the number of the last one as it is written."""
        end, number = 0, b""
        for tag in _ROW_TAG.finditer(head):  # not split: a million blank rows would be a million pieces
            if tag.start() != end:
                raise Unsure
            end, number = tag.end(), tag[1]
            self._tagged(number, tag[2], hidden, is_empty=end < len(head) or not is_open)
        if end != len(head) or not number:
            raise Unsure
        return number

    def _tagged(self, number: bytes, tail: bytes, hidden: set[int], is_empty: bool = False) -> int:
        is_hidden, ends = self._row_tails[tail]
        row = int(number) if number.isdigit() and len(number) < 8 else 0
        if ends != is_empty or not 1 <= row <= LAST_ROW:
            raise Unsure
        if is_hidden:
            hidden.add(row)
        return row


class _Steps(dict[bytes, tuple[Cell | None, int]]):
    """What stands between the numbers of two cells -> what the first holds, and the column of the second (0: none)."""

    def __init__(self, tails: "_Tails", columns: "_Columns") -> None:
        super().__init__()
        self._tails, self._columns = tails, columns

    def __missing__(self, piece: bytes) -> tuple[Cell | None, int]:
        tail, mark, letters = piece.rpartition(_CELL)
        try:
            step = self._tails[tail if mark else piece], self._columns[letters] if mark else 0
        except Unsure as error:
            raise _Elsewhere from error
        if len(self) < _REMEMBERED:
            self[piece] = step
        return step


class _Tails(dict[bytes, Cell | None]):
    """What follows a cell's address -> what the cell holds."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values, self._told = values, _Told()

    def __missing__(self, tail: bytes) -> Cell | None:
        cell = self._cell(tail)
        if len(self) < _REMEMBERED:
            self[tail] = cell
        return cell

    def _cell(self, tail: bytes) -> Cell | None:
        found = _VALUE_TAIL.fullmatch(tail)
        if found is not None:
            kind, style = self._told[found[1]]
            try:
                if kind == "s":
                    return self._values.shared(int(found[2]), style)
                if kind == "n":
                    return self._values.number(float(found[2]), style)
            except ValueError as error:
                raise Unsure from error
        return self._unusual(tail)

    def _unusual(self, tail: bytes) -> Cell | None:
        found = _TAIL.fullmatch(tail)
        if found is None:
            raise Unsure
        own, has_formula, formulas_own, formula, has_value, value, words = found.groups()
        kind, style = self._told[own]
        _attributes(formulas_own or b"")
        _decoded(formula or b"")
        text = words if value is None else value
        if text is None and has_value:
            text = b""
        if text is None and not has_formula:
            return None
        return self._values.cell(
            kind, style, None if text is None else _without_entities(_decoded(text)), bool(has_formula), _unsure
        )


class _Told(dict[bytes, tuple[str, int]]):
    """A cell's attributes as written -> its type and style."""

    def __missing__(self, raw: bytes) -> tuple[str, int]:
        attributes = _attributes(raw)
        if "r" in attributes:
            raise Unsure
        self[raw] = told(attributes)
        return self[raw]


def _unsure(_: str) -> Unsure:
    return Unsure()


def _attributes(raw: bytes) -> dict[str, str]:
    pairs = _PAIR.findall(raw)
    found = {name.decode(): value.decode() for name, value in pairs}
    if len(found) != len(pairs):
        raise Unsure
    return found


class _RowTails(dict[bytes, tuple[bool, bool]]):
    """What follows a row's number -> (hidden, empty)."""

    def __missing__(self, tail: bytes) -> tuple[bool, bool]:
        found = _ROW_TAIL.fullmatch(tail)
        if found is None:
            raise Unsure
        attributes = _attributes(found[1])
        if "r" in attributes:
            raise Unsure
        self[tail] = is_on(attributes.get("hidden")), bool(found[2])
        return self[tail]


class _Columns(dict[bytes, int]):
    def __missing__(self, letters: bytes) -> int:
        column = column_number(letters.decode("latin-1"))
        if column is None:
            raise Unsure
        self[letters] = column
        return column
