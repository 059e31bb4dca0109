"""The rows of a long table as XML whose row numbers are left open: made wherever there is time, numbered when they are written."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import NamedTuple

from zaitaku_xl.a1 import column_letters
from zaitaku_xl.made import Style
from zaitaku_xl.measure import MAX_IN_FORMULA, cut, lines, units
from zaitaku_xl.ooxml.nodes import cell_text, text_tag
from zaitaku_xl.paper import Value

HERE = "\0"  # where the number of a row will stand
_REMEMBERED = 512  # different cells of a column


class TableColumn(NamedTuple):
    """A column of a table; its cells are links where the values are."""

    heading: str
    width: float
    style: Style


class RowStyles(NamedTuple):
    """The styles of all cells of rows, in the order by which XML names them, from 1; and that of a link."""

    styles: tuple[Style, ...]
    link: Style

    def number(self, style: Style) -> int:
        return self.styles.index(style) + 1


class Link(NamedTuple):
    """Words that lead to a cell of another workbook beside this one."""

    words: str
    path: str  # relative
    place: str  # 'sheet'!A1


class _Cell(NamedTuple):
    """A cell as XML whose row is left open, and the lines its text fills."""

    xml: str
    lines: int


class _Cells(dict[Value | Link, _Cell]):
    """The cells of a column: most say what another one said before."""

    def __init__(self, letters: str, column: TableColumn, style: int, linked: int) -> None:
        super().__init__()
        self._start = f'<c r="{letters}{HERE}" s="'
        self._style, self._linked = style, linked
        self._width = int(column.width) - 2 if column.style.wrap else 0

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
        return f'{self._start}{self._style}" t="inlineStr"><is>{text_tag(cut(text))}</is></c>'

    def _link(self, link: Link) -> _Cell:
        """As a formula: a sheet holds 65,530 real links and not one more."""
        length = units(link.path) + units(link.place) + 1
        words, path, place = map(_in_formula, link)
        if max(length, units(link.words)) > MAX_IN_FORMULA or not (words and path and place):
            return _Cell(self._text(link.words), 1)
        formula = f'HYPERLINK("{path}#{place}","{words}")'
        return _Cell(f'{self._start}{self._linked}" t="str"><f>{formula}</f><v>{cell_text(link.words)}</v></c>', 1)


@lru_cache(maxsize=1024)  # a file has many links, and many files have links to the same cells
def _in_formula(text: str) -> str:
    """Return what stands between the quotes of a text in a formula; nothing where XML cannot hold it."""
    written = escape(text, quote=False)
    return written.replace('"', '""') if written == cell_text(text) else ""  # on some systems a file may have any name


class Rows:
    """Makes the rows of a table, for any ``SummaryBook`` of the same *styles*.

    The first cell may be filled with a colour in which its style is among them.
    """

    def __init__(self, columns: Sequence[TableColumn], styles: RowStyles) -> None:
        first, link = columns[0], styles.number(styles.link)
        self._first = {
            style.fill: _Cells("A", first, styles.number(style), link)
            for style in styles.styles
            if replace(style, fill=None) == first.style
        }
        self._others = [
            _Cells(column_letters(number), column, styles.number(column.style), link)
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
        return f'<row r="{HERE}" ht="{high}" customHeight="1">{"".join(map(_xml_of, cells))}</row>'


_known = dict.__getitem__  # it asks __missing__ as well
_lines_of, _xml_of = attrgetter("lines"), attrgetter("xml")
