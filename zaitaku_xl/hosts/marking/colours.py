"""The colour layer: conditional formats whose formula carries our name.

They lie over the office's own formatting, move with inserted rows, and are found again by their marker
whichever program saved the file in between.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import Node, escaped, located, removed, set_attribute
from zaitaku_xl.ooxml.opc import SheetPart
from zaitaku_xl.ooxml.splices import Splice
from zaitaku_xl.ooxml.styles import Styles
from zaitaku_xl.ooxml.worksheet import cf_rules, insertion
from zaitaku_xl.plan import Colour

MARKER = "zaitaku_xl:"
MAX_AREAS = 200  # in one block
_QUOTE = '"'
_CONDITION = re.compile(rf'=?\s*LEN\s*\(\s*"{MARKER}(?:[^"]|"")*"\s*\)\s*>\s*0\s*', re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def colour(edit: Edit, sheet: SheetPart, root: Node, wanted: Iterable[Colour], styles: Styles) -> list[Splice]:
    """Lay the colours of one sheet above the user's own conditional formats; an earlier one lies above a later.

    *root* is the sheet's skeleton; returns what is to be changed of the sheet.
    """
    data = edit.part(sheet.part)
    blocks = [(laid, areas) for laid in wanted for areas in _in_blocks(laid.areas)]
    if not blocks:
        return []
    xml = "".join(
        _block(root.prefix, laid.rule, areas, styles.differential(laid.colour), priority)
        for priority, (laid, areas) in enumerate(blocks, 1)
    )
    theirs = root.child("conditionalFormatting")
    # First in the file as well as first by priority: LibreOffice goes by the order in the file.
    at = theirs.start if theirs else insertion(root, "conditionalFormatting")
    splices = [Splice(at, at, xml.encode()), *_moved_down(data, cf_rules(root), len(blocks))]
    _move_pivots(edit, sheet, len(blocks))
    return splices


def _in_blocks(areas: Sequence[str]) -> list[str]:
    """The texts of sqref that hold all areas between them."""
    return [" ".join(areas[at : at + MAX_AREAS]) for at in range(0, len(areas), MAX_AREAS)]


def condition(rule: str) -> str:
    """Return the formula that is always true and carries our name.

    >>> condition("D01")
    'LEN("zaitaku_xl:D01")>0'
    """
    return f'LEN("{MARKER}{rule.replace(_QUOTE, _QUOTE * 2)}")>0'


def is_condition(formula: str) -> bool:
    """Tell whether a formula is ours and nothing else; one that only mentions our name is somebody's own.

    >>> is_condition(condition("D01")), is_condition('$A$1="zaitaku_xl: 済"')
    (True, False)
    """
    return _CONDITION.fullmatch(formula.strip()) is not None


def _block(prefix: str, rule: str, areas: str, differential: int, priority: int) -> str:
    formula = escaped(condition(rule))
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


def uncolour(edit: Edit, sheet: SheetPart) -> set[int]:
    """Take our rules off a sheet, wherever the last program to save it put them, and whatever that leaves empty.

    Returns the places of the looks they wore.
    """
    if not edit.says_around_rows(sheet.part, MARKER.encode()):
        return set()
    ours = list(_topmost(edit.skeleton(sheet.part)))
    edit.splice(sheet.part, [removed(node) for node in ours])
    worn = [rule.get("dxfId") for node in ours for rule in node.walk() if rule.local == "cfRule"]
    return {int(place) for place in worn if place.isdecimal()}


def _topmost(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.local not in _NESTS:
            continue
        if is_ours(child):
            yield child
        else:
            yield from _topmost(child)


def is_ours(node: Node) -> bool:
    """Tell whether a rule, a block of rules or an extension holds nothing but rules of ours."""
    if node.local == "cfRule":
        formulas = [child.text for child in node.children if child.local in ("formula", "f")]
        return len(formulas) == 1 and is_condition(formulas[0])
    inside = [child for child in node.children if child.local in _NESTS]
    # Beside its rules an x14 block holds only the cells they are for; elsewhere a neighbour keeps the parent.
    alone = node.local == "conditionalFormatting" or len(inside) == len(node.children)
    return bool(inside) and alone and all(is_ours(child) for child in inside)
