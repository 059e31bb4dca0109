"""The colour layer: conditional formats whose formula carries our name.

They lie over the office's own formatting, move with inserted rows, and are found again by their marker
whichever program saved the file in between.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from zaitaku_xl.a1 import address
from zaitaku_xl.made import Mark
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import Node, escaped, located, removed, set_attribute
from zaitaku_xl.ooxml.opc import SheetPart
from zaitaku_xl.ooxml.splices import Splice
from zaitaku_xl.ooxml.styles import Styles
from zaitaku_xl.ooxml.worksheet import cf_rules, insertion

MARKER = "zaitaku_xl:"
MAX_AREAS = 200
_QUOTE = '"'
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def colour(edit: Edit, sheet: SheetPart, root: Node, marks: Sequence[Mark], styles: Styles) -> list[Splice]:
    """Lay the marks of one sheet above the user's own conditional formats; an earlier mark lies above a later one.

    *root* is the sheet's skeleton; returns what is to be changed of the sheet.
    """
    data = edit.part(sheet.part)
    blocks = [(mark, areas) for mark, cells in grouped(marks) for areas in joined(cells)]
    xml = "".join(
        _block(root.prefix, mark, areas, styles.differential(mark.colour), priority)
        for priority, (mark, areas) in enumerate(blocks, 1)
    )
    theirs = root.child("conditionalFormatting")
    # First in the file as well as first by priority: LibreOffice goes by the order in the file.
    at = theirs.start if theirs else insertion(root, "conditionalFormatting")
    splices = [Splice(at, at, xml.encode()), *_moved_down(data, cf_rules(root), len(blocks))]
    _move_pivots(edit, sheet, len(blocks))
    return splices


def joined(cells: Iterable[tuple[int, int]], limit: int = MAX_AREAS) -> list[str]:
    """Return sqref texts for (row, column) cells: vertical runs joined, at most *limit* areas in each.

    >>> joined([(1, 2), (2, 2), (4, 3)])
    ['B1:B2 C4']
    """
    runs: list[list[int]] = []
    for column, row in sorted({(column, row) for row, column in cells}):
        if runs and runs[-1][0] == column and runs[-1][2] + 1 == row:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    texts = [_area(column, first, last) for column, first, last in runs]
    return [" ".join(texts[at : at + limit]) for at in range(0, len(texts), limit)]


def _area(column: int, first: int, last: int) -> str:
    return address(first, column) if first == last else f"{address(first, column)}:{address(last, column)}"


def grouped(marks: Iterable[Mark]) -> list[tuple[Mark, list[tuple[int, int]]]]:
    """Return the cells of each rule and colour, with the first of their marks."""
    groups: dict[tuple[str, str], tuple[Mark, list[tuple[int, int]]]] = {}
    for mark in marks:
        _, cells = groups.setdefault((mark.rule, mark.colour), (mark, []))
        cells.append((mark.row, mark.column))
    return list(groups.values())


def condition(rule: str) -> str:
    """Return the formula that is always true and carries our name.

    >>> condition("D01")
    'LEN("zaitaku_xl:D01")>0'
    """
    return f'LEN("{MARKER}{rule.replace(_QUOTE, _QUOTE * 2)}")>0'


def _block(prefix: str, mark: Mark, areas: str, differential: int, priority: int) -> str:
    formula = escaped(condition(mark.rule))
    return (
        f'<{prefix}conditionalFormatting sqref="{areas}">'
        f'<{prefix}cfRule type="expression" dxfId="{differential}" priority="{priority}">'
        f"<{prefix}formula>{formula}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>"
    )


def _moved_down(data: bytes, rules: Iterable[Node], by: int) -> list[Splice]:
    return [
        set_attribute(data, rule, "priority", str(int(rule.get("priority")) + by))
        for rule in rules
        if _NUMBER.fullmatch(rule.get("priority"))
    ]


def _move_pivots(edit: Edit, sheet: SheetPart, by: int) -> None:
    # A pivot table names its conditional formats by their priority on the sheet, so both must move.
    for relation in edit.package.relations(sheet.part):
        if relation.kind != "pivotTable" or relation.part is None:
            continue
        data = edit.part(relation.part)
        root = located(data, relation.part, 3)
        listed = root.child("conditionalFormats")
        edit.splice(relation.part, _moved_down(data, listed.children if listed else (), by))


_NESTS = ("extLst", "ext", "conditionalFormattings", "conditionalFormatting", "cfRule")


def uncolour(edit: Edit, sheet: SheetPart) -> None:
    """Take our rules off a sheet, wherever the last program to save it put them, and whatever that leaves empty."""
    if edit.says_around_rows(sheet.part, MARKER.encode()):
        root = edit.skeleton(sheet.part)
        edit.splice(sheet.part, [removed(node) for node in _topmost(root)])


def _topmost(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.local not in _NESTS:
            continue
        if _is_ours(child):
            yield child
        else:
            yield from _topmost(child)


def _is_ours(node: Node) -> bool:
    if node.local == "cfRule":
        return any(MARKER in child.text for child in node.children if child.local in ("formula", "f"))
    inside = [child for child in node.children if child.local in _NESTS]
    # Beside its rules an x14 block holds only the cells they are for; elsewhere a neighbour keeps the parent.
    alone = node.local == "conditionalFormatting" or len(inside) == len(node.children)
    return bool(inside) and alone and all(_is_ours(child) for child in inside)
