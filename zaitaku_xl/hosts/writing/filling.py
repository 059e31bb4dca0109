"""Values put into cells of somebody's form: a city's, or an office's own. Looks, areas and everything else stay.

A cell that holds something is refused, as is a locked one; whoever names the cell may allow what is there to go.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from zaitaku_xl.a1 import Position, address, corners, position
from zaitaku_xl.errors import LayoutError
from zaitaku_xl.measure import cut
from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import (
    Node,
    appended,
    cell_text,
    located,
    place,
    set_attribute,
    spoken,
    spoken_text,
    tag_end,
)
from zaitaku_xl.ooxml.opc import Package, SheetPart, is_on
from zaitaku_xl.ooxml.splices import Splice
from zaitaku_xl.ooxml.workbook import ORDER

EMPTY_BOXES = "□☐▢◻"
_FORMULA_LIKE = ("=", "+", "-", "@")
_DEEP = 9  # worksheet > sheetData > row > c > is > r > t
_KEPT = ("r", "s", "ph")  # of a cell that gets another value; its type and what hangs on the old value go
_FORMULA = re.compile(rb"<(?:[\w.\-]+:)?f[\s>/]")
_SPANS = re.compile(r"(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Fill:
    """A value for one cell; text is always text, whatever it begins with.

    ``tick``: the value takes the place of the empty box (□) in what the cell says, or stands alone in an empty cell.
    ``over``: what the cell holds may go, a formula too.
    """

    sheet: str
    row: int
    column: int
    value: str | float
    tick: bool = False
    over: bool = False

    @property
    def where(self) -> str:
        return f"{self.sheet}!{address(self.row, self.column)}"


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled workbook, or the workbook as it was where any cell was ``refused`` (with the reason, a sentence)."""

    data: bytes
    refused: tuple[tuple[Fill, str], ...] = ()


def filled(data: bytes, fills: Iterable[Fill]) -> Filled:
    """Return the workbook with these values; all of them, or none. Raises LayoutError for a sheet it does not have."""
    package = Package.opened(data)
    package.check_writable()
    edit = Edit(package)
    looks, shared = _Looks(edit), _Shared(edit)
    refused: list[tuple[Fill, str]] = []
    lost_formula = False
    for sheet, own in _by_sheet(package, fills):
        page = _Page(edit, sheet, looks, shared)
        refused += page.fill(own)
        lost_formula |= page.lost_formula
    if refused or not edit.changed:
        return Filled(data, tuple(refused))
    looks.flush()
    _recalculate(edit, lost_formula)
    return Filled(edit.written())


def _by_sheet(package: Package, fills: Iterable[Fill]) -> Iterator[tuple[SheetPart, list[Fill]]]:
    sheets = {sheet.name: sheet for sheet in package.sheets}
    wanted: dict[str, list[Fill]] = {}
    for fill in fills:
        if fill.sheet not in sheets:
            raise LayoutError(f"シート「{fill.sheet}」がありません（あるシート: {'、'.join(sheets)}）。")
        wanted.setdefault(fill.sheet, []).append(fill)
    yield from ((sheets[name], own) for name, own in wanted.items())


class _Page:
    """One sheet of the form, to be filled once."""

    def __init__(self, edit: Edit, sheet: SheetPart, looks: "_Looks", shared: "_Shared") -> None:
        self._edit, self._part, self._looks, self._shared = edit, sheet.part, looks, shared
        self._data = edit.part(sheet.part)
        self._root = located(self._data, sheet.part, _DEEP)
        body = self._root.child("sheetData")
        if body is None:
            raise guards.damaged(sheet.part)
        self._body = body
        self._rows = dict(_numbered(body.all("row")))
        protection = self._root.child("sheetProtection")
        self._locked = protection is not None and is_on(protection.get("sheet"))
        self.lost_formula = False

    def fill(self, fills: Sequence[Fill]) -> list[tuple[Fill, str]]:
        """Put the values in, and return those that were refused; then nothing was put in."""
        refused: list[tuple[Fill, str]] = []
        cells: dict[Position, bytes] = {}
        for fill in map(self._at_its_corner, fills):
            cell = self._cell(fill.row, fill.column)
            why = self._why_not(fill, cell)
            if (fill.row, fill.column) in cells:
                why = "同じセルに二つの値を入れる指定です"
            if why:
                refused.append((fill, why))
            else:
                cells[fill.row, fill.column] = self._xml(fill, cell)
        if not refused:
            self._edit.splice(self._part, self._splices(cells))
        return refused

    def _at_its_corner(self, fill: Fill) -> Fill:
        """A merged area shows what its first cell holds."""
        merges = self._root.child("mergeCells")
        for area in merges.children if merges else ():
            top, left, bottom, right = corners(area.get("ref"))
            if top <= fill.row <= bottom and left <= fill.column <= right:
                return replace(fill, row=top, column=left)
        return fill

    def _cell(self, row: int, column: int) -> Node | None:
        line = self._rows.get(row)
        return dict(_lettered(line.all("c"))).get(column) if line else None

    # ---- what stands in the way

    def _why_not(self, fill: Fill, cell: Node | None) -> str:
        if self._locked and not self._looks.is_unlocked(self._style(fill, cell)) and not fill.over:
            return "保護されたシートの、書き込めないセルです"
        if cell is None:
            return ""
        formula = cell.child("f")
        if formula is not None:
            self.lost_formula |= fill.over
            if formula.get("ref"):
                return "ほかのセルと共有する数式が入っています"
            return "" if fill.over else "数式が入っています"
        text = self._shared.said(cell)
        if not text or fill.over or (fill.tick and any(box in text for box in EMPTY_BOXES)):
            return ""
        return f"「{text[:20]}」と入っています"

    # ---- the new cell

    def _style(self, fill: Fill, cell: Node | None) -> int:
        """The look of the cell; one that is not there yet has that of its row or column."""
        if cell is not None:
            return _number(cell.get("s"))
        line = self._rows.get(fill.row)
        if line is not None and is_on(line.get("customFormat")):
            return _number(line.get("s"))
        columns = self._root.child("cols")
        for column in columns.children if columns else ():
            if _number(column.get("min")) <= fill.column <= _number(column.get("max")):
                return _number(column.get("style"))
        return 0

    def _xml(self, fill: Fill, cell: Node | None) -> bytes:
        p, style = self._body.prefix, self._style(fill, cell)
        inside = self._ticked(fill, cell) if fill.tick and cell is not None else None
        if inside is None and isinstance(fill.value, str):
            if fill.value.startswith(_FORMULA_LIKE):
                style = self._looks.quoted(style)
            text = cell_text(cut(fill.value))
            inside = f'<{p}t xml:space="preserve">{text}</{p}t>'.encode()
        kept = {name: value for name, value in (cell.attributes if cell else {}).items() if name in _KEPT}
        kept |= {"r": address(fill.row, fill.column)} | ({"s": str(style)} if style else {})
        attributes = "".join(f' {name}="{value}"' for name, value in kept.items())
        if inside is None:
            return f"<{p}c{attributes}><{p}v>{fill.value!r}</{p}v></{p}c>".encode()
        start, end = f'<{p}c{attributes} t="inlineStr"><{p}is>', f"</{p}is></{p}c>"
        return start.encode() + inside + end.encode()

    def _ticked(self, fill: Fill, cell: Node) -> bytes | None:
        """What the cell says with its first empty box ticked, its runs and their fonts kept."""
        rich = self._shared.rich(cell, self._data, self._body.prefix)
        mark = cell_text(str(fill.value)).encode()
        spellings = (spelt for box in EMPTY_BOXES for spelt in _spellings(box))
        found = [(at, spelt) for spelt in spellings if (at := rich.find(spelt)) >= 0]
        if not found:
            return None
        at, spelt = min(found)
        return rich[:at] + mark + rich[at + len(spelt) :]

    # ---- where it goes

    def _splices(self, cells: dict[Position, bytes]) -> list[Splice]:
        splices: list[Splice] = []
        new_rows: list[tuple[int, bytes]] = []
        for row, places in groupby(sorted(cells), key=lambda at: at[0]):
            own = {column: cells[row, column] for _, column in places}
            line = self._rows.get(row)
            if line is None:
                p, inside = self._body.prefix, b"".join(own.values())
                new_rows.append((row, f'<{p}row r="{row}">'.encode() + inside + f"</{p}row>".encode()))
            else:
                splices += self._in_row(line, own)
        if self._body.empty:
            return [appended(self._data, self._body, b"".join(xml for _, xml in new_rows))]
        for row, xml in new_rows:
            after = min((other for other in self._rows if other > row), default=None)
            at = self._rows[after].start if after else self._body.tail
            splices.append(Splice(at, at, xml))
        return splices

    def _in_row(self, line: Node, own: dict[int, bytes]) -> Iterator[Splice]:
        there = dict(_lettered(line.all("c")))
        new = {column: xml for column, xml in own.items() if column not in there}
        spans = _SPANS.fullmatch(line.get("spans"))
        if spans and new:
            first, last = min(int(spans[1]), *new), max(int(spans[2]), *new)
            yield set_attribute(self._data, line, "spans", f"{first}:{last}")
        yield from (Splice(there[c].start, there[c].end, xml) for c, xml in own.items() if c in there)
        if line.empty and new:
            yield appended(self._data, line, b"".join(new.values()))
            return
        for column, xml in new.items():
            after = min((other for other in there if other > column), default=None)
            at = there[after].start if after else line.tail
            yield Splice(at, at, xml)


class _Shared:
    """The shared strings of the workbook, read when the first cell asks."""

    def __init__(self, edit: Edit) -> None:
        self._edit, self._part = edit, edit.package.shared_strings_part
        self._items: list[Node] | None = None

    def _item(self, cell: Node) -> Node | None:
        if self._items is None:
            self._items = located(self._edit.part(self._part), self._part, _DEEP).all("si") if self._part else []
        value = cell.child("v")
        number = _number(value.text, -1) if value is not None else -1
        return self._items[number] if 0 <= number < len(self._items) else None

    def said(self, cell: Node) -> str:
        if cell.get("t") == "s":
            item = self._item(cell)
            return spoken(item) if item else ""
        inline, value = cell.child("is"), cell.child("v")
        return spoken(inline) if inline is not None else spoken_text(value.text) if value is not None else ""

    def rich(self, cell: Node, data: bytes, prefix: str) -> bytes:
        """The runs of the cell's text as they are written; nothing where they use other words than the sheet."""
        if cell.get("t") != "s":
            inline = cell.child("is")
            return data[inline.inner : inline.tail] if inline else b""
        item = self._item(cell)
        if item is None or item.prefix != prefix or self._part is None:
            return b""
        return self._edit.part(self._part)[item.inner : item.tail]


class _Looks:
    """The workbook's cell formats, with copies of them appended for text that looks like a formula."""

    def __init__(self, edit: Edit) -> None:
        self._edit, self._part = edit, edit.package.styles_part
        root = edit.tree(self._part, 4) if self._part else None
        self._listed = root.child("cellXfs") if root else None
        self._new: dict[int, bytes] = {}

    @property
    def _formats(self) -> list[Node]:
        return self._listed.children if self._listed else []

    def is_unlocked(self, style: int) -> bool:
        if style >= len(self._formats):
            return False
        protection = self._formats[style].child("protection")
        return protection is not None and protection.get("locked") in ("0", "false")

    def quoted(self, style: int) -> int:
        """Return a format that looks the same and keeps ``=1+1`` a text when somebody edits the cell."""
        if self._part is None or style >= len(self._formats) or is_on(self._formats[style].get("quotePrefix")):
            return style
        if style not in self._new:
            self._new[style] = self._copy(self._formats[style])
        return len(self._formats) + list(self._new).index(style)

    def _copy(self, format: Node) -> bytes:
        data = self._edit.part(self._part or "")
        xml = data[format.start : format.end]
        tag = xml[: tag_end(xml, 0)]
        bare = re.sub(rb'\squotePrefix="[^"]*"', b"", tag)
        name = len(format.name.encode()) + 1
        return bare[:name] + b' quotePrefix="1"' + bare[name:] + xml[len(tag) :]

    def flush(self) -> None:
        if not self._new or self._listed is None or self._part is None:
            return
        data = self._edit.part(self._part)
        count = set_attribute(data, self._listed, "count", str(len(self._formats) + len(self._new)))
        self._edit.splice(self._part, [count, appended(data, self._listed, b"".join(self._new.values()))])


def _recalculate(edit: Edit, lost_formula: bool) -> None:
    """Have formulas of the form calculated anew when it is opened: they may rest on what was filled in."""
    package, workbook = edit.package, edit.package.workbook_part
    chain = package.related(workbook, "calcChain")
    if lost_formula and chain:
        edit.drop(workbook, chain)
    if not any(_FORMULA.search(edit.part(sheet.part)) for sheet in package.sheets):
        return
    root = edit.tree(workbook)
    settings = root.child("calcPr")
    if settings is not None:
        edit.splice(workbook, [set_attribute(edit.part(workbook), settings, "fullCalcOnLoad", "1")])
        return
    at = place(root, "calcPr", ORDER)
    edit.splice(workbook, [Splice(at, at, f'<{root.prefix}calcPr calcId="0" fullCalcOnLoad="1"/>'.encode())])


def _numbered(rows: Iterable[Node]) -> Iterator[tuple[int, Node]]:
    number = 0
    for row in rows:
        number = _number(row.get("r")) or number + 1
        yield number, row


def _lettered(cells: Iterable[Node]) -> Iterator[tuple[int, Node]]:
    column = 0
    for cell in cells:
        column = position(cell.get("r"))[1] or column + 1
        yield column, cell


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() else otherwise


def _spellings(box: str) -> tuple[bytes, ...]:
    return box.encode(), f"&#{ord(box)};".encode(), f"&#x{ord(box):X};".encode(), f"&#x{ord(box):x};".encode()
