"""A worksheet seen without its rows: we colour and annotate cells without ever touching one."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zaitaku_xl.hosts.package.nodes import NO_HOLE, Hole, Node, located, place, ranks, tag_end

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
_ROW = re.compile(rb"<(?:[\w.\-]+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([\d.]{1,12})["']""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")


@lru_cache(maxsize=16)
def rows_hole(data: bytes) -> Hole:
    """Return the bytes between the tags of sheetData, or no hole where finding them by bytes is not safe."""
    # Comments, CDATA and instructions could hold the very words that are looked for.
    if b"<!" in data or data.find(b"<?", 4) >= 0:
        return NO_HOLE
    opening = _DATA.search(data)
    if opening is None:
        return NO_HOLE
    start = tag_end(data, opening.start())
    if data[start - 2 : start] == b"/>":
        return NO_HOLE
    end = data.find(b"</" + opening[1] + b"sheetData", start)
    return Hole(start, end) if end > start else NO_HOLE


def skeleton(data: bytes, part: str, depth: int = 7) -> Node:
    """Return where everything but the rows stands; seven megabytes of rows cost as little as none."""
    return located(data, part, depth, rows_hole(data))


def cf_rules(root: Node) -> Iterator[Node]:
    """Yield the cfRule elements of the sheet, then those of its extensions (x14)."""
    for block in root.all("conditionalFormatting"):
        yield from block.all("cfRule")
    for extensions in root.all("extLst"):
        yield from (node for node in extensions.walk() if node.local == "cfRule")


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
    for row in _ROW.finditer(data, body.inner, body.tail):
        tag = row[1]
        given = _NUMBER.search(tag)
        number = int(given[1]) if given else number + 1
        height = _HEIGHT.search(tag) if b"ht" in tag else None
        if b"hidden" in tag and _HIDDEN.search(tag):
            heights[number] = 0.0
        elif height:
            heights[number] = float(height[1])
    return heights


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
