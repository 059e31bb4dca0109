"""A worksheet seen without its rows: we colour and annotate cells without ever touching one."""

import re
from collections.abc import Iterable, Iterator

from zaitaku_xl.ooxml.nodes import NO_HOLE, Hole, Node, place, ranks, tag_end
from zaitaku_xl.ooxml.splices import Splice

ORDER = ranks(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios"
    " autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
    " hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches"
    " ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls"
    " webPublishItems tableParts extLst"
)
DEFAULT_ROW_POINTS = 15.0
DEFAULT_COLUMN_CHARS = 8.43
_DATA = re.compile(rb"<((?:[\w.\-]+:)?)sheetData\b")
# Nearly every row gives its number first; told apart here, what else it says is the same for most.
_ROW = re.compile(rb"""<row\b(?: r="(\d{1,7})")?([^>]*)>""")
_PREFIXED_ROW = re.compile(rb"""<(?:[\w.\-]+:)?row\b(?: r="(\d{1,7})")?([^>]*)>""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([\d.]{1,12})["']""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")


def rows_hole(data: bytes) -> Hole:
    """Return the bytes between the tags of sheetData, or no hole where finding them by bytes is not safe."""
    # Comments, CDATA and instructions could hold the very words that are looked for.
    declared = data.find(b"?>") + 2 if data.startswith((b"<?xml ", b"\xef\xbb\xbf<?xml ")) else 0
    if _is_marked_up(data, b"!", 0) or _is_marked_up(data, b"?", declared):
        return NO_HOLE
    opening = _DATA.search(data)
    if opening is None:
        return NO_HOLE
    start = tag_end(data, opening.start())
    if data[start - 2 : start] == b"/>":
        return NO_HOLE
    # From behind, where there is little to search; a second one in the file is a case for expat.
    end = data.rfind(b"</" + opening[1] + b"sheetData", start)
    if end <= start or data.count(b"sheetData", 0, start) + data.count(b"sheetData", end) != 2:
        return NO_HOLE
    return Hole(start, end)


def _is_marked_up(data: bytes, mark: bytes, start: int) -> bool:
    # A single byte is found ten times as fast as two, and behind the first one there is little left to search.
    at = data.find(mark, start)
    return at >= 0 and data.find(b"<" + mark, max(at - 1, start)) >= 0


def moved(hole: Hole, splices: Iterable[Splice]) -> Hole | None:
    """Return where the rows lie after splices around them; None where one may have touched them."""
    shift = 0
    for start, end, new in splices:
        if b"<!" in new or b"<?" in new or not (end < hole.start or start > hole.end):
            return None
        if end < hole.start:
            shift += len(new) - (end - start)
    return Hole(hole.start + shift, hole.end + shift)


def cf_rules(root: Node) -> Iterator[Node]:
    """Yield the cfRule elements of the sheet, then those of its extensions (x14)."""
    for block in root.all("conditionalFormatting"):
        yield from block.all("cfRule")
    for extensions in root.all("extLst"):
        yield from (node for node in extensions.walk() if node.local == "cfRule")


def legacy_drawing(root: Node) -> Node | None:
    """Return the element that names the drawing of the notes; it may stand among alternatives for older programs."""
    plain = root.child("legacyDrawing")
    if plain is not None:
        return plain
    offered = (node for block in root.all("AlternateContent") for node in block.walk())
    return next((node for node in offered if node.local == "legacyDrawing"), None)


def insertion(root: Node, local: str) -> int:
    """Return the offset where a new top-level element of a worksheet belongs."""
    return place(root, local, ORDER)


def row_points(data: bytes, root: Node) -> dict[int, float]:
    """Return the height in points of every row that has one of its own; a hidden row has none at all."""
    body = root.child("sheetData")
    heights: dict[int, float] = {}
    number = 0
    if body is None or not (
        data.find(b"ht", body.inner, body.tail) >= 0 or data.find(b"hidden", body.inner, body.tail) >= 0
    ):
        return heights
    row = _ROW if data.find(b"<row ", body.inner, body.tail) >= 0 else _PREFIXED_ROW
    tags = row.findall(data, body.inner, body.tail)
    points = {rest: _points(rest) for rest in {rest for _, rest in tags}}
    for given, rest in tags:
        number = int(given) if given else _number_in(rest) or number + 1
        height = points[rest]
        if height is not None:
            heights[number] = height
    return heights


def _number_in(tag: bytes) -> int:
    given = _NUMBER.search(tag)
    return int(given[1]) if given else 0


def _points(tag: bytes) -> float | None:
    if _HIDDEN.search(tag):
        return 0.0
    height = _HEIGHT.search(tag)
    return float(height[1]) if height else None


def column_chars(root: Node) -> list[tuple[int, int, float]]:
    """Return (first, last, width in characters) of the columns with a width of their own; hidden ones have none."""
    columns = root.child("cols")
    return [
        (_number(c, "min"), _number(c, "max"), 0.0 if c.get("hidden") in ("1", "true") else _width(c))
        for c in (columns.children if columns else ())
    ]


def _number(node: Node, name: str) -> int:
    text = node.get(name)
    return int(text) if text.isdecimal() else 0


def _width(node: Node) -> float:
    try:
        return float(node.get("width"))
    except ValueError:
        return DEFAULT_COLUMN_CHARS
