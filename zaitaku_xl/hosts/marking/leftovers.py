"""What another program leaves of us when our sheets and colours are gone: words in the shared list, looks nobody wears.

Both are known by their place, so nothing is taken out of its list: a text is emptied, a look is made plain.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from zaitaku_xl.finding import COLOURS
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import Node, located
from zaitaku_xl.ooxml.opc import SheetPart
from zaitaku_xl.ooxml.splices import Splice

_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
_SHARED_CELL = re.compile(rb"""<(?:[\w.\-]+:)?c\b[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?:[\w.\-]+:)?v>\s*(\d+)\s*<""")
_ANY_VALUE = re.compile(rb"<(?:[\w.\-]+:)?v>\s*(\d+)\s*<")
_DIFFERENTIAL = re.compile(rb"""[dD]xfId\s*=\s*["'](\d+)["']""")
_BARE_FILL = re.compile(
    rb'<dxf>\s*<fill>\s*<patternFill[^>]*>\s*<(?:fg|bg)Color rgb="(\w{8})"/>\s*</patternFill>\s*</fill>\s*</dxf>'
)
_COLOUR = re.compile(rb"""<(?:[\w.\-]+:)?(?:fg|bg)?[cC]olor\b[^>]*?\brgb\s*=\s*["'](\w{8})["']""")
_OF_MARKS = frozenset(f"FF{colour}".encode() for colour in COLOURS.values())
_NO_COLOUR = b"00FFFFFF"  # of the cells without a fill, in LibreOffice's list of what a filter may choose from
_WORN_BY_CELLS = re.compile(rb"""<(?:[\w.\-]+:)?(?:c|row|col)\b[^>]*?\s(?:s|style)\s*=\s*["'](\d+)["']""")
_LOOK_LISTS = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}
_DEEP = 4
_KEPT_FILLS = 2  # Excel takes the first two of them for none and for grey, whatever they say


def empty_texts(edit: Edit, gone: Collection[SheetPart]) -> None:
    """Empty the shared texts that only the sheets that go have used."""
    part = edit.package.shared_strings_part
    if part is None or not gone:
        return
    ours = _texts_of(edit, gone)
    if not ours:
        return
    unused = ours - _texts_of(edit, [sheet for sheet in edit.package.sheets if sheet not in gone])
    root = edit.tree(part, 2)
    items = [(number, item) for number, item in enumerate(root.all("si")) if number in unused and not item.empty]
    blank = f"<{root.prefix}t></{root.prefix}t>".encode()
    edit.splice(part, [Splice(item.inner, item.tail, blank) for _, item in items])


def _texts_of(edit: Edit, sheets: Iterable[SheetPart]) -> set[int]:
    """Return the places of the shared texts that sheets use; where that is not told for certain, too many of them."""
    places: set[int] = set()
    for sheet in sheets:
        data = edit.package.part(sheet.part)
        found = _SHARED_CELL.findall(data)
        if len(found) != len(_SHARED.findall(data)):
            found = _ANY_VALUE.findall(data)
        places.update(map(int, found))
    return places


def plain_looks(edit: Edit, gone: Collection[SheetPart], places: Collection[int]) -> None:
    """Make plain what only the sheets that go have worn, and the looks of our colours.

    These stand at the *places* of our rules. LibreOffice also makes a bare fill of each colour that a filter of ours
    could choose from.
    """
    part = edit.package.styles_part
    if part is None:
        return
    root = located(edit.part(part), part, _DEEP)
    looks = _Looks(edit.part(part), root, _worn_by_cells(edit, gone) - _worn_by_cells(edit, _staying(edit, gone)))
    worn = frozenset(_worn_differentials(edit, part))
    edit.splice(part, [*looks.plain(), *looks.plain_differentials(places, worn)])


def _staying(edit: Edit, gone: Collection[SheetPart]) -> list[SheetPart]:
    return [sheet for sheet in edit.package.sheets if sheet not in gone]


def _worn_by_cells(edit: Edit, sheets: Iterable[SheetPart]) -> set[int]:
    return {int(number) for sheet in sheets for number in _WORN_BY_CELLS.findall(edit.package.part(sheet.part))}


@dataclass(frozen=True)
class _Looks:
    """The style sheet, and the numbers of the cell formats that nobody wears once our sheets are gone."""

    data: bytes
    root: Node
    unworn: Collection[int]

    def plain(self) -> list[Splice]:
        """Return what makes these formats the first of all, and plain the fonts, fills and lines that are theirs alone."""
        formats = self._items("cellXfs")
        ours = [formats[number] for number in sorted(self.unworn) if 0 < number < len(formats)]
        splices = [self._as(look, formats[0]) for look in ours]
        for local, named in _LOOK_LISTS.items():
            splices += [self._as(item, first) for first, item in self._left(local, named, ours)]
        return splices

    def _left(self, local: str, named: str, ours: Collection[Node]) -> Iterator[tuple[Node, Node]]:
        """Yield the fonts, fills or lines of ours that nobody else names, each with the one that stands in."""
        items = self._items(local)
        others = [look for each in ("cellXfs", "cellStyleXfs") for look in self._items(each) if look not in ours]
        kept = {look.get(named) for look in others}
        first = _KEPT_FILLS if local == "fills" else 1
        names = {look.get(named) for look in ours} - kept
        yield from ((items[0], item) for number, item in enumerate(items) if number >= first and str(number) in names)

    def plain_differentials(self, places: Collection[int], worn: Collection[int]) -> list[Splice]:
        listed = list(enumerate(self._items("dxfs")))
        ours = {number for number, look in listed if number in places or self._is_bare_fill_of_ours(look)}
        looks = [look for number, look in listed if number in ours and number not in worn and not look.empty]
        return [Splice(look.start, look.end, f"<{look.name}/>".encode()) for look in looks]

    def _is_bare_fill_of_ours(self, look: Node) -> bool:
        found = _BARE_FILL.fullmatch(self.data, look.start, look.end)
        return found is not None and found[1] in self._colours

    @cached_property
    def _colours(self) -> frozenset[bytes]:
        """The colours that are ours: those of the marks, and those of the looks of our sheets."""
        formats = self._items("cellXfs")
        ours = [formats[number] for number in self.unworn if number < len(formats)]
        named = [(local, look.get(name)) for look in ours for local, name in _LOOK_LISTS.items()]
        colours = {colour for local, number in named for colour in self._colours_of(local, number)}
        return frozenset({*_OF_MARKS, *colours, *([_NO_COLOUR] if ours else [])})

    def _colours_of(self, local: str, number: str) -> list[bytes]:
        items = self._items(local)
        item = items[int(number)] if number.isdecimal() and int(number) < len(items) else None
        return _COLOUR.findall(self.data, item.start, item.end) if item else []

    def _items(self, local: str) -> list[Node]:
        listed = self.root.child(local)
        return listed.children if listed else []

    def _as(self, item: Node, other: Node) -> Splice:
        return Splice(item.start, item.end, self.data[other.start : other.end])


def _worn_differentials(edit: Edit, styles: str) -> Iterator[int]:
    for name in edit.package.archive.entries:
        if name.endswith(".xml") and name not in edit.dropped and (name.startswith("xl/") or name == styles):
            yield from map(int, _DIFFERENTIAL.findall(edit.part(name)))
