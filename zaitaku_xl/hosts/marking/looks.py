"""How a sheet of ours looks, as far as every program that saves a workbook leaves it: what differs from it a person changed.

The number over it stands behind the number over the texts, in the last row: fills and letters of the cells, merged cells,
rows and columns that stay in sight, what a chart is drawn from, and, with room for what programs round, the widths of the columns. Not in it are the
heights of rows, which programs fit to their own letters, and lines, typefaces and sizes, which they replace. Behind it
stand the facts of ``on_paper``; which lines there are, and how the words of the cells stand, is one of them.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zaitaku_xl.a1 import Position, address, position
from zaitaku_xl.hosts.marking import on_paper
from zaitaku_xl.made import STAMP, Area, Chart, Lent, MadeCell, MadeRow, MadeSheet, lent_in, shown
from zaitaku_xl.ooxml import content
from zaitaku_xl.ooxml.nodes import Node, located
from zaitaku_xl.ooxml.opc import Package, SheetPart, is_on
from zaitaku_xl.ooxml.worksheet import column_chars

_LOOKS = r"([0-9a-f]{8})((?:\.[0-9a-f]{4})*)((?:-\d+){2,})((?:\+[0-9a-f]{4})*)"
_STAMP = re.compile(rf"{STAMP} [0-9a-f]{{16}}(?: {_LOOKS})?")
_CHARTS_DEEP = 64
_ROOM = 1.5  # characters by which a program may round a width: Excel's own count takes in the margins of a cell
_WHITE = "FFFFFF"
_NO_FILL = 0  # whatever stands at this place of the list, Excel shows none
_BLACK = ("000000", "")
_SIDES = ("left", "right", "top", "bottom")


def told(sheet: MadeSheet, rows: Sequence[MadeRow], *, closed: bool) -> str:
    """Return the number over the looks of a sheet that is about to be made, of all of them where the file is *closed*.

    An open program counts widths by a measure of its own, and sets up pages as its printer lets it.
    """
    lines = [*_made_cells(sheet, rows), *map(_merge, sheet.merges)]
    charts = sorted(_chart([chart.title], ["lineChart"], _areas(chart)) for chart in sheet.charts)
    sizes = (f"{size:.0f}" for size in (*sheet.in_sight, *(sheet.widths if closed else ())))
    facts = on_paper.told(sheet, rows, _made_facts(sheet, rows)) if closed else ""
    return "-".join([".".join([_number(lines), *charts]), *sizes]) + facts


def looks_as_made(package: Package, sheet: SheetPart, root: Node, texts: Mapping[Position, str]) -> bool:
    """Tell whether a sheet of ours looks as the last of its texts tells; an older one tells nothing of it."""
    found = _STAMP.fullmatch(texts[max(texts)]) if texts else None
    if found is None:
        return False
    lent = lent_in(texts)
    if not on_paper.as_told(package, sheet, root, found[4] or "", _found_facts(package, root, texts, lent)):
        return False
    if found[1] is None:
        return True
    rows, columns, *widths = map(int, found[3].split("-")[1:])
    return (
        _pane(root) in ((0, 0), (rows, columns))  # LibreOffice does not always write it
        and _fit(root, widths, lent.columns if lent else ())
        and set(_charts(package, sheet.part)) <= set(found[2].split("."))  # openpyxl may leave one out
        and found[1] == _number(_found(package, root, texts, lent))
    )


def _number(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(filter(None, lines))).encode()).hexdigest()[:8]


# ---- as they are told


def _made_cells(sheet: MadeSheet, rows: Iterable[MadeRow]) -> Iterator[str]:
    for row, column, cell in _made_own(sheet, rows):
        style = cell.style
        if look := _made_look(style.fill, style.colour, style.bold, cell.value != ""):
            yield f"{row} {column} {look}"


def _made_facts(sheet: MadeSheet, rows: Iterable[MadeRow]) -> Iterator[str]:
    """Yield which kinds of lines there are, for a program may leave one out, and how the words of each cell stand in it."""
    own = list(_made_own(sheet, rows))
    for edges in {cell.style.edges for _, _, cell in own if cell.style.edges}:
        yield from (_line(getattr(edges, side), edges.colour) for side in _SIDES)
        yield _line(edges.left, edges.left_colour or edges.colour)
    said = ((row, column, cell.style) for row, column, cell in own if shown(cell.value))
    yield _words(_stance((row, column), style.underline, style.align) for row, column, style in said)


def _made_own(sheet: MadeSheet, rows: Iterable[MadeRow]) -> Iterator[tuple[int, int, MadeCell]]:
    covered, lent = set(_covered(sheet.merges)), sheet.lent
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell is not None and not (lent and lent.holds(row, column)) and (row, column) not in covered:
                yield row, column, cell


@lru_cache(maxsize=512)
def _made_look(fill: str | None, colour: str, bold: bool, says: bool) -> str:
    return _look(fill or "", _letters(colour, bold) if says else "")


def _line(style: str, colour: str) -> str:
    return f"line {style} {'' if colour in _BLACK else colour}" if style else ""


def _stance(where: Position, underlined: bool, align: str) -> str:
    return f"{where[0]} {where[1]} {int(underlined)}{align}"


def _words(stances: Iterable[str]) -> str:
    return f"words {_number(stances)}"


def _covered(merges: Iterable[Area]) -> Iterator[Position]:
    for area in merges:
        cells = (
            (row, column)
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        )
        yield from (cell for cell in cells if cell != (area.first_row, area.first_column))


def _cell(where: Position, fill: str, letters: str) -> str:
    look = _look(fill, letters)
    return f"{where[0]} {where[1]} {look}" if look else ""


def _look(fill: str, letters: str) -> str:
    fill = "" if fill == _WHITE else fill  # Gnumeric paints what has no fill
    return f"{fill} {letters}" if fill or letters else ""


def _letters(colour: str, *signs: bool) -> str:
    return f"{'' if colour in _BLACK else colour}{''.join(str(int(sign)) for sign in signs)}"


def _chart(titles: list[str], kinds: list[str], areas: Iterable[str]) -> str:
    return _number([*titles, *kinds, *areas])[:4]


def _areas(chart: Chart) -> set[str]:
    areas = (area for series in chart.series for area in (series.name, series.values) if area)
    return {_reference(area) for area in (chart.categories, *areas)}


def _reference(area: Area) -> str:
    corners = dict.fromkeys((address(*area[:2]), address(*area[2:])))
    return ":".join(corners)


def _merge(area: Area) -> str:
    return f"merged {area.first_row} {area.first_column} {area.last_row} {area.last_column}"


# ---- as they are found


def _found(package: Package, root: Node, texts: Mapping[Position, str], lent: Lent | None) -> Iterator[str]:
    merges = list(_merges(root))
    yield from map(_merge, merges)
    looks, covered, last = _Looks.of(package), set(_covered(merges)), max(texts)
    for where, cell in content.cells(root):
        style = int(cell.get("s", "0"))
        if where not in covered and where != last and not (lent and lent.holds(*where)):
            yield _cell(where, looks.fill(style), looks.letters(style) if where in texts else "")


def _found_facts(package: Package, root: Node, texts: Mapping[Position, str], lent: Lent | None) -> Iterator[str]:
    looks, covered, last = _Looks.of(package), set(_covered(_merges(root))), max(texts)
    words = []
    for where, cell in content.cells(root):
        if where in covered or where == last or (lent and lent.holds(*where)):
            continue
        style = int(cell.get("s", "0"))
        yield from looks.lines(style)
        if where in texts:
            words.append(_stance(where, *looks.stance(style)))
    yield _words(words)
    yield from _on_whole_lines(root, looks, lent)


def _on_whole_lines(root: Node, looks: "_Looks", lent: Lent | None) -> Iterator[str]:
    """Yield the colours of columns and rows that were coloured as a whole; the plain format of a workbook may have one."""
    usual = ("", _WHITE, looks.fill(0))
    for style in _styles_of_lines(root, lent.columns if lent else ()):
        if looks.fill(style) not in usual:
            yield f"whole {looks.fill(style)}"


def _styles_of_lines(root: Node, lent: Collection[int]) -> Iterator[int]:
    columns, body = root.child("cols"), root.child("sheetData")
    for line in columns.children if columns else ():
        if not {int(line.get("min")), int(line.get("max"))} <= set(lent):
            yield int(line.get("style", "0"))
    for line in body.all("row") if body else ():
        if is_on(line.get("customFormat")):
            yield int(line.get("s", "0"))


def _merges(root: Node) -> Iterator[Area]:
    listed = root.child("mergeCells")
    for node in listed.children if listed else ():
        first, _, last = node.get("ref").partition(":")
        yield Area(*position(first), *position(last or first))


def _charts(package: Package, sheet: str) -> Iterator[str]:
    drawings = [r.part for r in package.relations(sheet) if r.kind == "drawing" and r.part]
    parts = (r.part for drawing in drawings for r in package.relations(drawing) if r.kind == "chart" and r.part)
    for part in parts:
        nodes = list(located(package.part(part), part, _CHARTS_DEEP).walk())
        titles = [node.text for node in nodes if node.local == "t"]
        kinds = [node.local for node in nodes if node.local.endswith("Chart")]
        areas = {node.text.rpartition("!")[2].replace("$", "") for node in nodes if node.local == "f"}
        yield _chart(titles, kinds, areas)


def _pane(root: Node) -> tuple[int, int]:
    views = root.child("sheetViews")
    panes = [node for node in (views.walk() if views else ()) if node.local == "pane"]
    rows, columns = (panes[0].get(side, "0") for side in ("ySplit", "xSplit")) if panes else ("0", "0")
    return int(float(rows)), int(float(columns))


def _fit(root: Node, widths: list[int], lent: Collection[int]) -> bool:
    """Tell whether the columns are about as wide as they were made."""
    found = column_chars(root)
    for column, width in enumerate(widths, 1):
        its = [chars for first, last, chars in found if first <= column <= last]
        if its and column not in lent and abs(its[0] - width) > _ROOM:
            return False
    return True


@dataclass(frozen=True)
class _Looks:
    """The style sheet, as far as it tells how cells look."""

    formats: list[Node]
    fonts: list[Node]
    fills: list[Node]
    borders: list[Node]

    @classmethod
    def of(cls, package: Package) -> "_Looks":
        part = package.styles_part
        root = package.tree(part, 6) if part else None
        lists = (root.child(local) if root else None for local in ("cellXfs", "fonts", "fills", "borders"))
        return cls(*(listed.children if listed else [] for listed in lists))

    def fill(self, style: int) -> str:
        if self._number(style, "fillId") == _NO_FILL:
            return ""
        pattern = self._named(self.fills, style, "fillId")
        inside = pattern.child("patternFill") if pattern else None
        if inside is None or inside.get("patternType", "none") == "none":
            return "" if pattern is None or inside is not None else "gradient"
        return _colour(inside.child("fgColor"))

    def letters(self, style: int) -> str:
        font = self._named(self.fonts, style, "fontId")
        if font is None:
            return _letters("", False)
        slanted = [sign for sign in ("i", "strike") if _has(font, sign)]
        return _letters(_colour(font.child("color")), _has(font, "b")) + "".join(slanted)

    def lines(self, style: int) -> Iterator[str]:
        border = self._named(self.borders, style, "borderId")
        for side in border.children if border else ():
            kind = side.get("style", "none")
            slanting = "slanting " if side.local == "diagonal" else ""
            yield _line("" if kind == "none" else f"{slanting}{kind}", _colour(side.child("color")))

    def stance(self, style: int) -> tuple[bool, str]:
        font = self._named(self.fonts, style, "fontId")
        underline = font.child("u") if font else None
        stands = self.formats[style].child("alignment") if style < len(self.formats) else None
        align = stands.get("horizontal", "general") if stands else "general"
        underlined = underline is not None and underline.get("val", "single") != "none"
        return underlined, align

    def _named(self, items: list[Node], style: int, by: str) -> Node | None:
        number = self._number(style, by)
        return items[number] if number < len(items) else None

    def _number(self, style: int, by: str) -> int:
        return int(self.formats[style].get(by, "0")) if style < len(self.formats) else 0


def _has(font: Node, sign: str) -> bool:
    node = font.child(sign)
    return node is not None and is_on(node.get("val", "1"))


def _colour(node: Node | None) -> str:
    """Return RRGGBB, or the words of a colour that we never write."""
    if node is None or node.get("auto") or node.get("indexed") == "64":
        return ""
    return node.get("rgb")[-6:] if node.get("rgb") else " ".join(f"{k}={v}" for k, v in node.attributes.items())
