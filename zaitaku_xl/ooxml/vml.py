"""The yellow boxes of notes: VML, an old drawing language that is not always XML and is edited as text."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from zaitaku_xl.measure import lines
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import Node
from zaitaku_xl.ooxml.splices import Splice
from zaitaku_xl.ooxml.worksheet import DEFAULT_COLUMN_CHARS, DEFAULT_ROW_POINTS, column_chars, row_points

IDS_IN_BLOCK = 1023  # ids come in blocks of 1,024, and the first of each is not used
BOX_POINTS = 260
LINE_CHARS = 22  # full-width characters that fit a line of the box
LINE_POINTS = 13.5
_PIXELS = 4 / 3  # in a point
_LAST_COLUMN = 16_383
_LAST_ROW = 1_048_575
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_MAP = re.compile(rb"""<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["']([\d, ]*)["']""")
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_ID = re.compile(rb"_x0000_[si](\d{1,9})")
_NOTE = re.compile(rb"<((?:\w+:)?)shape\b(?:(?!</?\1shape\b).)*</\1shape>", re.S)
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d{1,7})\s*<")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d{1,7})\s*<")
_SHAPETYPE = (
    '<v:shapetype{spaces} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Box(NamedTuple):
    """A note to draw: its cell, counted from 1, and its text."""

    row: int
    column: int
    text: str


class ShapeIds:
    """Shape ids that nobody in the workbook uses: two parts that share a block are a damaged file to Excel."""

    def __init__(self, edit: Edit) -> None:
        parts = (edit.part(name) for name in edit.package.archive.entries if name.lower().endswith(".vml"))
        self._last = max((block for data in parts for block in _blocks(data)), default=0)

    def take(self, count: int) -> tuple[list[int], list[int]]:
        """Return fresh blocks and *count* ids from them."""
        blocks = [self._last + 1 + n for n in range(-(-count // IDS_IN_BLOCK))]
        self._last = blocks[-1]
        ids = (block * 1024 + n for block in blocks for n in range(1, IDS_IN_BLOCK + 1))
        return blocks, list(islice(ids, count))


def _blocks(data: bytes) -> Iterator[int]:
    for listed in _MAP.findall(data):
        yield from (int(number) for number in listed.replace(b",", b" ").split())
    yield from (int(number) // 1024 for number in _ID.findall(data))


class Page:
    """The widths and heights of a sheet, to size a box by: Excel places it by cells, not by points."""

    def __init__(self, data: bytes, root: Node) -> None:
        self._rows = {row: points * _PIXELS for row, points in row_points(data, root).items()}
        self._columns = column_chars(root)
        self._pixels: dict[int, float] = {}
        self._rights: dict[int, tuple[int, int]] = {}
        form = root.child("sheetFormatPr")
        self._row = _number(form, "defaultRowHeight", DEFAULT_ROW_POINTS) * _PIXELS
        self._column = _number(form, "defaultColWidth", DEFAULT_COLUMN_CHARS)

    def anchor(self, box: Box, points: float) -> str:
        """Return where a box of this height lies: column, pixels, row, pixels of its two corners, all from 0."""
        left, top = min(box.column, _LAST_COLUMN), max(0, box.row - 2)
        right, right_pixels = self._right(left)
        bottom, bottom_pixels = self._bottom(top, 10 + points * _PIXELS)
        return f"{left}, 15, {top}, 10, {right}, {right_pixels}, {bottom}, {bottom_pixels}"

    def _right(self, left: int) -> tuple[int, int]:
        if left not in self._rights:  # all boxes are of one width
            right, pixels = left, 15 + BOX_POINTS * _PIXELS
            while right < _LAST_COLUMN and pixels > (size := self._column_pixels(right)):
                pixels -= size
                right += 1
            self._rights[left] = right, int(pixels)
        return self._rights[left]

    def _bottom(self, top: int, pixels: float) -> tuple[int, int]:
        rows, usual, bottom = self._rows, self._row, top
        while bottom < _LAST_ROW and pixels > (size := rows.get(bottom + 1, usual)):
            pixels -= size
            bottom += 1
        return bottom, int(pixels)

    def _column_pixels(self, column: int) -> float:
        known = self._pixels.get(column)
        if known is None:
            widths = (width for first, last, width in self._columns if first <= column + 1 <= last)
            width = next(widths, self._column)
            known = self._pixels[column] = width * 7 + 5 if width else 0
        return known


def _number(node: Node | None, name: str, default: float) -> float:
    try:
        return float(node.get(name)) if node else default
    except ValueError:
        return default


def height(text: str) -> float:
    """Return the points a note needs in height."""
    return lines(text, LINE_CHARS * 2) * LINE_POINTS + 10


def drawing(boxes: list[Box], page: Page, ids: ShapeIds) -> bytes:
    """Return a VML part that holds nothing but our boxes."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    return f"<xml{spaces}>{_payload(boxes, page, ids.take(len(boxes)), '')}</xml>".encode()


def added(data: bytes, boxes: list[Box], page: Page, ids: ShapeIds) -> list[Splice] | None:
    """Return the splices that add boxes to somebody's VML part, or None where it cannot be understood."""
    spoken = _COMMENT.sub(lambda found: b" " * len(found[0]), data)
    end = spoken.rfind(b"</xml>")
    root = re.search(rb"<xml\b[^>]*>", spoken)
    if end < 0 or root is None:
        return None
    bare = "".join(f' xmlns:{p}="{uri}"' for p, uri in _SPACES.items() if f"xmlns:{p}=".encode() not in root[0])
    blocks, numbers = ids.take(len(boxes))
    known = _MAP.search(spoken)
    splices = []
    if known:
        splices.append(Splice(known.end(1), known.end(1), "".join(f",{block}" for block in blocks).encode()))
    # Where nobody lists the blocks, ours alone would say that the others' shapes lie outside.
    payload = _payload(boxes, page, ([], numbers), bare, b"_x0000_t202" in spoken)
    return [*splices, Splice(end, end, payload.encode())]


def _payload(
    boxes: list[Box], page: Page, taken: tuple[list[int], list[int]], spaces: str, has_type: bool = False
) -> str:
    blocks, numbers = taken
    listed = ",".join(map(str, blocks))
    head = f'<o:shapelayout{spaces} v:ext="edit"><o:idmap v:ext="edit" data="{listed}"/></o:shapelayout>'
    kind = "" if has_type else _SHAPETYPE.format(spaces=spaces)
    shapes = (_shape(number, box, page, spaces) for number, box in zip(numbers, boxes, strict=True))
    return (head if blocks else "") + kind + "".join(shapes)


def _shape(number: int, box: Box, page: Page, spaces: str) -> str:
    points = height(box.text)
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:2pt;width:{BOX_POINTS}pt;height:{points:g}pt;z-index:{number % 1024};visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{page.anchor(box, points)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{box.row - 1}</x:Row><x:Column>{box.column - 1}</x:Column></x:ClientData></v:shape>"
    )


def without(data: bytes, cells: Iterable[tuple[int, int]]) -> list[Splice]:
    """Return the splices that take the note boxes of these (row, column) cells out."""
    wanted = set(cells)
    return [Splice(m.start(), m.end(), b"") for m in _NOTE.finditer(data) if _cell_of(m[0]) in wanted]


def has_shapes(data: bytes) -> bool:
    """Tell whether anything is drawn, be it a note, a button or a picture."""
    return re.search(rb"<(?:\w+:)?(?:shape|group|rect|oval|line|image|roundrect)[\s>]", data) is not None


def _cell_of(shape: bytes) -> tuple[int, int] | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if b"Note" not in shape or row is None or column is None:
        return None
    return int(row[1]) + 1, int(column[1]) + 1
