"""Whether the way back that a workbook carries takes nothing but ours: whoever sends us a workbook also writes its journal.

Each part is compared, parsed, as it stands and as it would be: what goes must be an element of ours, nothing may come, and
every part that is dropped must be ours by what it says. Else the journal is set aside and clearing goes by meaning.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from zaitaku_xl.a1 import Position, position
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.marking import colours, notes
from zaitaku_xl.hosts.marking.untouched import is_untouched
from zaitaku_xl.made import OURS, is_as_made
from zaitaku_xl.ooxml import content, vml
from zaitaku_xl.ooxml.nodes import NO_HOLE, Node, located, spoken_text, without
from zaitaku_xl.ooxml.opc import Package, Relation, relations_in, source_of
from zaitaku_xl.ooxml.splices import spliced
from zaitaku_xl.ooxml.worksheet import legacy_drawing, rows_hole

_DEEP = 64
_SPACE = b"urn:zaitaku-xl:marks"
_SHELLS = ("definedNames", "extLst")
_FRESH_KINDS = {  # what we relate, by what it hangs on
    "workbook": ("worksheet", "customXml", "styles"),
    "worksheet": ("comments", "vmlDrawing"),
}
_NO_DATE = ("", "0", "1", "2", "3", "9", "49")  # number formats that never make a day of a number
_PLAIN = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0", "xfId": "0"}
_LISTS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs")
_OF_A_BOX = re.compile(
    rb"<o:shapelayout\b[^>]*(?:/>|>(?:(?!</o:shapelayout>).)*</o:shapelayout>)"
    rb'|<v:shapetype\b(?=[^>]*"_x0000_t202")[^>]*(?:/>|>(?:(?!</v:shapetype>).)*</v:shapetype>)',
    re.S,
)
_IDS = re.compile(rb"""(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["'])[\d, ]*""")

IsOurs = Callable[[Node], bool]


def takes_only_ours(package: Package, before: Mapping[str, bytes], added: Collection[str]) -> bool:
    """Tell whether going back to *before*, without the *added* parts, takes elements and parts of ours and no others."""
    try:
        return _Undoing(package, before, frozenset(added)).is_ours()
    except (Unreadable, ValueError, KeyError, IndexError):  # a part that would come out of it cannot even be read
        return False


@dataclass
class _Undoing:
    package: Package
    before: Mapping[str, bytes]
    added: frozenset[str]

    def is_ours(self) -> bool:
        if self.before.keys() & self.added:
            return False
        return all(map(self._drops_ours, self.added)) and all(map(self._changes_ours, self.before))

    # ---- parts that go

    def _drops_ours(self, part: str) -> bool:
        if part.lower().endswith(".rels"):
            lines = self.package.relations(self._source(part))
            return all(line.part in self.added or line.dangles for line in lines)
        holders = [(source, line) for source, line in self._lines if line.part == part]
        if not holders:
            return False
        return all(source in self.added or self._is_fresh(source, line) for source, line in holders)

    @cached_property
    def _lines(self) -> list[tuple[str, Relation]]:
        sources = [self._source(name) for name in self.package.relation_lists]
        return [(source, line) for source in sources for line in self.package.relations(source)]

    def _source(self, relations: str) -> str:
        """Return the part whose relations these are, as the package spells it."""
        source = source_of(relations)
        return self.package.find(source) or source

    def _is_fresh(self, source: str, line: Relation) -> bool:
        """Tell whether something that stays may lose this line with the part it leads to."""
        if line.part is None or line.kind not in _FRESH_KINDS.get(self._kind(source), ()):
            return False
        return self._is_part_of_ours(line.part, line.kind)

    def _kind(self, part: str) -> str:
        if part == self.package.workbook_part:
            return "workbook"
        return "worksheet" if part in self._sheets else ""

    @cached_property
    def _sheets(self) -> dict[str, str]:
        return {sheet.part: sheet.name for sheet in self.package.sheets}

    def _is_part_of_ours(self, part: str, kind: str) -> bool:
        if kind == "worksheet":
            return part in self._sheets and self._is_sheet_of_ours(part)
        if kind == "customXml":
            return _SPACE in self.package.part(part)[:1000]
        if kind == "comments":
            listed = self.package.tree(part, 9).child("commentList")
            return listed is not None and all(map(notes.is_ours, listed.children))
        if kind == "vmlDrawing":
            data = self.package.part(part)
            cells = self._noted({source for source, line in self._lines if line.part == part})
            return not vml.has_shapes(spliced(data, vml.without(data, cells))[0])
        # Where we brought the first style sheet no cell could wear a look but a plain one.
        return (
            kind == "styles"
            and self._loses_looks(b"<styleSheet/>", part)
            and not self._wears(max(1, self._plain_looks(part)))
        )

    def _plain_looks(self, part: str) -> int:
        listed = self.package.tree(part, 3).child("cellXfs")
        looks = [(node.attributes, node.children) for node in (listed.children if listed else ())]
        return next((place for place, look in enumerate(looks) if look != (_PLAIN, [])), len(looks))

    def _is_sheet_of_ours(self, part: str) -> bool:
        texts = content.sheet_texts(self.package, part, [])  # we write no shared string
        sheet = next(sheet for sheet in self.package.sheets if sheet.part == part)
        if not texts.get((1, 1), "").startswith(OURS) or not is_as_made(texts):
            return False
        return is_untouched(self.package, sheet, texts)

    def _noted(self, sheets: Collection[str]) -> list[Position]:
        """Return the cells of these sheets that have a note of ours."""
        cells = []
        for sheet in sheets:
            part = self.package.related(sheet, "comments")
            listed = self.package.tree(part, 9).child("commentList") if part else None
            cells += [position(c.get("ref")) for c in (listed.children if listed else ()) if notes.is_ours(c)]
        return cells

    # ---- parts that change

    def _changes_ours(self, part: str) -> bool:
        old = self.before[part]
        if part == self.package.types_part:
            return self._same_types(old, part)
        if part.lower().endswith(".rels"):
            return self._same_relations(old, part)
        if part == self.package.workbook_part:
            return self._is_workbook_without_ours(old, part)
        if part in self._sheets:
            return self._is_sheet_without_ours(old, part)
        if part == self.package.styles_part:
            return self._loses_looks(old, part)
        if part == self.package.related("", "extended-properties"):
            return _same(_titleless(self.package.part(part), part), _titleless(old, part), _nothing)
        kinds = {line.kind: source for source, line in self._lines if line.part == part}
        if "comments" in kinds:
            return self._loses_notes(old, part)
        if "vmlDrawing" in kinds:
            cells = self._noted({source for source, line in self._lines if line.part == part})
            return _bare_boxes(self.package.part(part), cells) == _bare_boxes(old, cells)
        if "pivotTable" in kinds:
            return _same_but_priority(
                located(self.package.part(part), part, _DEEP), located(old, part, _DEEP), _nothing
            )
        return False

    def _is_sheet_without_ours(self, old: bytes, part: str) -> bool:
        new = self.package.part(part)
        hole, former = rows_hole(new), rows_hole(old)
        if NO_HOLE not in (hole, former):
            if memoryview(new)[hole.start : hole.end] != memoryview(old)[former.start : former.end]:
                return False
            new, old = without(new, hole), without(old, former)
        root = located(new, part, _DEEP)
        drawing = legacy_drawing(root)
        fresh = {line.id for line in self.package.relations(part) if line.part in self.added}

        def is_ours(node: Node) -> bool:
            if node is drawing:
                return node.get("id") in fresh
            return node.local in ("conditionalFormatting", "cfRule", "ext", "extLst") and colours.is_ours(node)

        return _same_but_priority(root, located(old, part, _DEEP), is_ours)

    def _is_workbook_without_ours(self, old: bytes, part: str) -> bool:
        root = located(self.package.part(part), part, _DEEP)
        listed = root.child("sheets")
        parts = {line.id: line.part for line in self.package.relations(part)}
        sheets = listed.children if listed else []
        gone = {str(number) for number, sheet in enumerate(sheets) if parts.get(sheet.get("id")) in self.added}

        def is_ours(node: Node) -> bool:
            if node.local == "sheet":
                return parts.get(node.get("id")) in self.added
            scoped = node.local == "definedName" and node.get("localSheetId") in gone
            return scoped and node.get("name").startswith("_xlnm.")

        # Ours stand behind all others, so that no number of a sheet means another one afterwards.
        last = sheets[len(sheets) - len(gone) :]
        return all(is_ours(sheet) for sheet in last) and _same(root, located(old, part, _DEEP), is_ours)

    def _same_relations(self, old: bytes, part: str) -> bool:
        source = self._source(part)
        now = {line.id: line for line in self.package.relations(source)}
        listed = {node.get("Id"): node.attributes for node in self.package.tree(part, 2).children}
        former = {node.get("Id"): node.attributes for node in located(old, part, 2).children}
        held = {line.id: line for line in relations_in(old, part, source)}
        for key in former.keys() | listed.keys():
            if listed.get(key) == former.get(key):
                continue
            if key not in now or now[key].part not in self.added or not self._is_fresh(source, now[key]):
                return False
            if key in held and (held[key].target is None or self.package.find(held[key].target or "")):
                return False  # it pointed nowhere before, or it would point somewhere else now
        return len(former) == len(held)

    def _same_types(self, old: bytes, part: str) -> bool:
        now, former = self.package.tree(part, 2), located(old, part, 2)
        added = {f"/{name}".lower() for name in self.added}
        of_others = [
            [(n.name, n.attributes) for n in root.all("Override") if n.get("PartName").lower() not in added]
            for root in (now, former)
        ]
        general = [
            {n.get("Extension").lower(): n.get("ContentType") for n in root.all("Default")} for root in (now, former)
        ]
        lost = general[0].items() - general[1].items()
        typed = {name for name, _ in _overrides(former)} | {f"/{name}".lower() for name in self.added}
        kept = [name for name in self.package.archive.entries if f"/{name}".lower() not in typed]
        endings = {name.rpartition(".")[2].lower() for name in kept} - {
            "rels"
        }  # what lists relations is known by its name
        fine = not (general[1].items() - general[0].items()) and not endings & {ending for ending, _ in lost}
        return fine and of_others[0] == of_others[1]

    def _loses_notes(self, old: bytes, part: str) -> bool:
        root, former = located(self.package.part(part), part, _DEEP), located(old, part, _DEEP)
        authors = former.child("authors")
        count = len(authors.children) if authors else 0
        numbers = [node.get("authorId") for node in former.walk() if node.local == "comment"]
        if any(not number.isdecimal() or int(number) >= count for number in numbers):
            return False
        return _same(root, former, lambda n: _is_our_author(n) or (n.local == "comment" and notes.is_ours(n)))

    def _loses_looks(self, old: bytes, part: str) -> bool:
        """Tell whether only looks at the end of their lists go, and none by which a cell that stays shows a day."""
        root, former = located(self.package.part(part), part, _DEEP), located(old, part, _DEEP)
        gone: dict[str, list[Node]] = {}
        for local in _LISTS:
            now, was = root.child(local), former.child(local)
            if now and was and _uncounted(now) != _uncounted(was):
                return False
            items, kept = (now.children if now else []), (was.children if was else [])
            if len(kept) > len(items) or not all(_same(a, b, _nothing) for a, b in zip(items, kept, strict=False)):
                return False
            gone[local] = items[len(kept) :]
        others = [[n for n in r.children if n.local not in _LISTS] for r in (root, former)]
        if former.children and (
            len(others[0]) != len(others[1]) or not all(_same(a, b, _nothing) for a, b in zip(*others, strict=True))
        ):
            return False
        lost = {node.get("numFmtId") for node in gone["numFmts"]}
        if any(node.get("numFmtId") in lost for node in former.walk() if node.local == "xf"):
            return False
        return all(xf.get("numFmtId") in _NO_DATE for xf in gone["cellXfs"]) or not self._is_worn(gone["cellXfs"], root)

    def _is_worn(self, looks: list[Node], root: Node) -> bool:
        """Tell whether a cell, row or column that stays wears one of these looks."""
        listed = root.child("cellXfs")
        return self._wears(len(listed.children) - len(looks) if listed else 0)

    def _wears(self, first: int) -> bool:
        """Tell whether a cell, row or column that stays wears a look from this number on."""
        worn = re.compile(rb"""\s(?:s|style)\s*=\s*["'](\d+)["']""")
        kept = [part for part in self._sheets if part not in self.added]
        return any(int(number) >= first for part in kept for number in worn.findall(self.package.part(part)))


def _overrides(types: Node) -> list[tuple[str, str]]:
    """Return the parts whose type is told by their name, in small letters, each with its type."""
    return [(node.get("PartName").lower(), node.get("ContentType")) for node in types.all("Override")]


def _uncounted(listed: Node) -> dict[str, str]:
    return {name: value for name, value in listed.attributes.items() if name != "count"}


def _nothing(_: Node) -> bool:
    return False


def _is_our_author(node: Node) -> bool:
    return node.local == "author" and spoken_text(node.text) == notes.AUTHOR


def _titleless(data: bytes, part: str) -> Node:
    root = located(data, part, _DEEP)
    root.children = [node for node in root.children if node.local not in ("HeadingPairs", "TitlesOfParts")]
    return root


def _bare_boxes(data: bytes, cells: Collection[Position]) -> bytes:
    """Return a drawing without our boxes and without what only counts them."""
    rest = spliced(data, vml.without(data, cells))[0]
    return _IDS.sub(rb"\1", _OF_A_BOX.sub(b"", rest))


def _same(now: Node, former: Node, is_ours: IsOurs) -> bool:
    """Tell whether a node is what it was but for elements of ours, at any depth; a shell we put round ours may go too."""
    if now.name != former.name or now.attributes != former.attributes or now.text != former.text:
        return False
    at = 0
    for child in now.children:
        if at < len(former.children) and _same(child, former.children[at], is_ours):
            at += 1
        elif not is_ours(child) and not (
            child.local in _SHELLS and child.children and all(map(is_ours, child.children))
        ):
            return False
    return at == len(former.children)


def _same_but_priority(now: Node, former: Node, is_ours: IsOurs) -> bool:
    """Tell the same where foreign rules moved down to make room for ours: all of them by the same number."""
    return _same(_ranked(now, is_ours), _ranked(former, is_ours), is_ours)


def _ranked(root: Node, is_ours: IsOurs) -> Node:
    """Return the tree with the priorities of foreign rules counted from the first of them; the tree is ours to change."""
    rules = [node for node in root.walk() if node.local in ("cfRule", "conditionalFormat") and not is_ours(node)]
    counted = [node for node in rules if node.get("priority").isdecimal()]
    first = min((int(node.get("priority")) for node in counted), default=0)
    for node in counted:
        node.attributes = {**node.attributes, "priority": str(int(node.get("priority")) - first)}
    return root
