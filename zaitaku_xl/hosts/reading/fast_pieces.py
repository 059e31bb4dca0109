"""What a piece of a row says: the cell that it begins with, and the column of the cell that follows.

A row is cut behind the number in the address of each of its cells: in row 5, ``<c r="A5" s="1"><v>7</v></c><c r="B5"/>``
gives the pieces `` s="1"><v>7</v></c><c r="B`` and ``/>``. The first piece of a row begins none and is its head. What the
grammar covers is well-formed to the last byte; anything else is ``Unsure``.
"""

import re
from functools import lru_cache

from zaitaku_xl.a1 import column_letters
from zaitaku_xl.cells import Cell
from zaitaku_xl.hosts.reading.cell_values import Values, told
from zaitaku_xl.hosts.reading.exact_cells import column_number, is_on
from zaitaku_xl.hosts.reading.fast_strings import ATTRIBUTES, Unsure, attributes_in, decoded, without_entities
from zaitaku_xl.hosts.reading.lines import NOWHERE

LONGEST = 80  # bytes of a piece that may come again; of longer ones nothing is remembered
NEXT_CELL = b'<c r="'

_MOST = 4096  # heads, attributes, letters: the same bytes say the same in every workbook
_NUMERALS = b"0123456789.Ee+-"
_TEXT = rb"(?:[\t\n -%'-;=?-~\x80-\xff]|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
_LETTERS = rb'(?:<c r="([A-Z]{1,3}))?'
_FORMULA = rb"(<f)(%b)(?: ?/>|>(%b)</f>)" % (ATTRIBUTES, _TEXT)
_VALUE = rb"(<v)(?: ?/>|>(%b)</v>)" % _TEXT
_WORDS = rb"<is><t(?: xml:space=\"preserve\")?>(%b)</t></is>" % _TEXT
_OWN = re.compile(ATTRIBUTES)
_HEAD = re.compile(rb"(%b)>%b" % (ATTRIBUTES, _LETTERS))
_BLANK = re.compile(rb"(%b)(?: ?/>|></c>)%b" % (ATTRIBUTES, _LETTERS))
_CELL = re.compile(rb"(%b)(?: ?/>|>(?:%b)?(?:%b|%b)?</c>)%b" % (ATTRIBUTES, _FORMULA, _VALUE, _WORDS, _LETTERS))


class Place(dict[bytes, Cell | None]):
    """The pieces that stood in one place of a row -> their cells. All of them lead to the same column."""

    def __init__(self, column: int, values: Values) -> None:
        super().__init__()
        self._column, self._values = column, values
        self._end = b"</v></c>"
        if column != NOWHERE:
            self._end += NEXT_CELL + column_letters(column).encode()

    def __missing__(self, piece: bytes) -> Cell | None:
        try:
            cell = self._read(piece)
        except ValueError as error:  # no such text, no such number
            raise Unsure from error
        if len(piece) <= LONGEST:
            self[piece] = cell
        return cell

    def _read(self, piece: bytes) -> Cell | None:
        if len(piece) <= LONGEST:
            own, _, text = piece.removesuffix(self._end).partition(b"><v>")
            kind, style = _type_and_style(own)
            if kind == "s" and text.isdigit():  # as nearly all are
                return self._values.shared(int(text), style)
            if kind == "n" and text and not text.translate(None, _NUMERALS):
                return self._values.number(float(text), style)
        cell, column = _blank(piece) or _any_cell(piece, self._values)
        if column != self._column:
            raise Unsure
        return cell


class Head(dict[bytes, Cell | None]):
    """The heads of rows that are all hidden or all shown. All of them lead to the same column."""

    def __init__(self, is_hidden: bool, column: int) -> None:
        super().__init__()
        self._says = is_hidden, column

    def __missing__(self, piece: bytes) -> None:
        if read_head(piece) != self._says:
            raise Unsure
        if len(piece) <= LONGEST:
            self[piece] = None


def read_head(piece: bytes) -> tuple[bool, int]:
    """Return whether a row is hidden, and the column of its first cell; raises Unsure."""
    return _head(piece) if len(piece) <= LONGEST else _head_in(piece)


def seems_to_lead_to(piece: bytes) -> int:
    """Return the column that a piece leads to, if it is a piece; raises Unsure."""
    _, opening, letters = piece.rpartition(NEXT_CELL)
    return _column(letters) if opening else NOWHERE


def _head_in(piece: bytes) -> tuple[bool, int]:
    head = _HEAD.fullmatch(piece)
    if head is None:
        raise Unsure
    own, letters = head.groups()
    attributes = attributes_in(own)
    if "r" in attributes:
        raise Unsure
    return is_on(attributes.get("hidden")), _column(letters)


_head = lru_cache(maxsize=_MOST)(_head_in)


def _blank(piece: bytes) -> tuple[None, int] | None:
    """Return what a cell with nothing in it leads to; None where there is something."""
    cell = _BLANK.fullmatch(piece)
    if cell is None:
        return None
    own, letters = cell.groups()
    _type_and_style_in(own)
    return None, _column(letters)


def _any_cell(piece: bytes, values: Values) -> tuple[Cell | None, int]:
    """Read a cell with a formula, a text of its own, an error or a value that is not written plainly."""
    cell = _CELL.fullmatch(piece)
    if cell is None:
        raise Unsure
    own, formula, formulas_own, formulas_text, value, values_text, words, letters = cell.groups()
    attributes_in(formulas_own or b"")
    decoded(formulas_text or b"")
    kind, style = _type_and_style_in(own)
    written = words if value is None else (values_text or b"")
    text = None if written is None else without_entities(decoded(written))
    return values.cell(kind, style, text, formula is not None, _unsure), _column(letters)


def _type_and_style_in(own: bytes) -> tuple[str, int]:
    """Return what the attributes of a cell say; no type where there is more than attributes, as before a formula."""
    if _OWN.fullmatch(own) is None:
        return "", 0
    attributes = attributes_in(own)
    if "r" in attributes:
        raise Unsure
    return told(attributes)


_type_and_style = lru_cache(maxsize=_MOST)(_type_and_style_in)


@lru_cache(maxsize=_MOST)
def _column(letters: bytes | None) -> int:
    if letters is None:
        return NOWHERE
    column = column_number(letters.decode("ascii", "replace"))
    if column is None:
        raise Unsure
    return column


def _unsure(_: str) -> Unsure:
    return Unsure()
