"""What stands on a sheet of ours beside its texts: a picture, a rule, a hidden row that we did not put there is a person's.

A program that saves a workbook writes every sheet in its own words: empty drawings, protection that is switched off, the
settings of a printer. None of that shows; what shows and is not ours makes the sheet somebody's. Each element that the
schema lets stand in a worksheet is decided here or where it says; one that nobody decided is a person's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from zaitaku_xl.a1 import Position
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.marking.looks import looks_as_made
from zaitaku_xl.made import Lent, key_in, lent_in, told_apart
from zaitaku_xl.ooxml import content
from zaitaku_xl.ooxml.nodes import Node, located
from zaitaku_xl.ooxml.opc import Package, SheetPart, is_on
from zaitaku_xl.ooxml.vml import has_shapes

_DEEP = 64
_DEEP_IN_A_SHEET = 9  # worksheet > sheetData > row > c > is > r > rPr
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_SETTINGS = ("printerSettings", "hyperlink", "table")
_OF_A_FILTER = "__Anonymous_Sheet_DB__"  # as LibreOffice calls a filter that it makes a table of
_TYPEFACE = ("rFont", "family", "charset", "scheme", "sz")

IsUsual = Callable[[Node], bool]


def is_untouched(package: Package, sheet: SheetPart, texts: Mapping[Position, str]) -> bool:
    """Tell whether a sheet of ours shows nothing that we did not write, and looks as we made it.

    What the office wrote into the columns that are its own does not count.
    """
    texts = told_apart(texts).ours
    charts = bool(key_in(texts))  # a form may have some
    listed = package.workbook.child("sheets")
    states = [node.get("state") for node in (listed.children if listed else ()) if node.get("name") == sheet.name]
    if any(state not in ("", "visible") for state in states):
        return False
    root = located(package.part(sheet.part), sheet.part, _DEEP_IN_A_SHEET)
    try:
        return (
            all(_is_usual(node) for node in root.children)
            and not any(_of_others(package, sheet.part, charts=charts))
            and not any(_motley(package, root, lent_in(texts)))
            and looks_as_made(package, sheet, root, texts)
        )
    except (ValueError, IndexError):  # a number that no program writes
        return False


# ---- what is decided of each element


def _never(_: Node) -> bool:
    return False


def _anything(_: Node) -> bool:
    return True


def _empty(node: Node) -> bool:
    return not any(child.children or child.text.strip() for child in node.walk())


def _childless(node: Node) -> bool:
    return not node.children


def _off(*names: str) -> IsUsual:
    return lambda node: not any(is_on(node.get(name)) for name in names)


def _only(name: str, *values: str) -> IsUsual:
    return lambda node: node.get(name) in ("", *values)


def _all_of(*decisions: IsUsual) -> IsUsual:
    return lambda node: all(decision(node) for decision in decisions)


def _each(decision: IsUsual) -> IsUsual:
    return lambda node: all(map(decision, node.children))


_LINE = _all_of(_off("hidden", "collapsed"), _only("outlineLevel", "0"))  # a row, a column
_CELL = _all_of(_only("cm", "0"), _only("vm", "0"))  # what is behind a value: a picture in the cell, a kind of data
_VIEW = _all_of(
    _only("zoomScale", "0", "100"),
    _only("view", "normal", "pageBreakPreview"),
    _only("showZeros", "1", "true"),
    _only("showRowColHeaders", "1", "true"),
    _off("showFormulas", "rightToLeft", "windowProtection"),
)
DECIDED: Mapping[str, IsUsual] = {
    "sheetPr": lambda node: node.child("tabColor") is None,
    "dimension": _anything,
    "sheetViews": _each(_VIEW),
    "sheetFormatPr": _off("zeroHeight"),
    "cols": _each(_LINE),
    "sheetData": _each(_all_of(_LINE, _each(_CELL))),
    "sheetCalcPr": _empty,
    "sheetProtection": _off("sheet"),
    "protectedRanges": _never,
    "scenarios": _never,
    "autoFilter": _childless,
    "sortState": _never,
    "dataConsolidate": _childless,
    "customSheetViews": _never,
    "mergeCells": _anything,  # looks tells them
    "phoneticPr": _empty,
    "conditionalFormatting": _empty,
    "dataValidations": _empty,
    "hyperlinks": _anything,  # on_paper tells them, and the six that follow
    "printOptions": _anything,
    "pageMargins": _anything,
    "pageSetup": _anything,
    "headerFooter": _anything,
    "rowBreaks": _anything,
    "colBreaks": _anything,
    "customProperties": _never,
    "cellWatches": _never,
    "ignoredErrors": _anything,  # green corners not to show
    "smartTags": _never,
    "drawing": _anything,  # what these two draw is looked at itself
    "legacyDrawing": _anything,
    "legacyDrawingHF": _never,
    "drawingHF": _never,
    "picture": _never,
    "oleObjects": _never,
    "controls": _never,
    "webPublishItems": _never,
    "tableParts": _anything,  # a table is looked at itself
    "extLst": _empty,
}


def _is_usual(node: Node) -> bool:
    return DECIDED.get(node.local, _never)(node)


def _motley(package: Package, root: Node, lent: Lent | None) -> Iterator[Position]:
    """Yield the cells of ours in which some of the words look otherwise than the rest."""
    items = _shared_items(package)
    for where, cell in content.cells(root):
        said = _said(cell, items)
        if said is not None and _is_motley(said) and not (lent and lent.holds(*where)):
            yield where


def _shared_items(package: Package) -> list[Node]:
    """Return the shared strings where any may have looks of its own; a spoilt list holds nothing of ours."""
    part = package.shared_strings_part
    if part is None or b"rPr" not in package.part(part):
        return []
    try:
        return package.tree(part, _DEEP_IN_A_SHEET).all("si")
    except Unreadable:
        return []


def _said(cell: Node, items: Sequence[Node]) -> Node | None:
    value = cell.child("v")
    if cell.get("t") != "s" or value is None:
        return cell.child("is")
    return items[int(value.text)] if value.text.isdecimal() and int(value.text) < len(items) else None


def _is_motley(said: Node) -> bool:
    """Tell whether runs of a text differ in more than their typeface: LibreOffice makes a run of each kind of letters."""
    return len({_dress(run) for run in said.all("r")}) > 1


def _dress(run: Node) -> frozenset[str]:
    look = run.child("rPr")
    signs = look.children if look else ()
    return frozenset(f"{sign.local} {sorted(sign.attributes.items())}" for sign in signs if sign.local not in _TYPEFACE)


def _of_others(package: Package, part: str, *, charts: bool) -> Iterator[str]:
    """Yield the kind of each relation to something that shows and is not ours."""
    for relation in package.relations(part):
        if relation.kind == "table" and relation.part and not _is_a_filter(package, relation.part):
            yield relation.kind
        if relation.kind in _SETTINGS or relation.dangles:
            continue
        if relation.kind == "drawing" and relation.part and _draws_ours(package, relation.part, charts=charts):
            continue
        if relation.kind == "vmlDrawing" and relation.part and not has_shapes(package.part(relation.part)):
            continue
        yield relation.kind


def _draws_ours(package: Package, part: str, *, charts: bool) -> bool:
    anchors = [node for node in located(package.part(part), part, _DEEP).children if node.local in _ANCHORS]
    if not charts:
        return not anchors
    drawn = [relation.kind for relation in package.relations(part) if relation.part]
    return all(kind == "chart" for kind in drawn) and len(drawn) == len(anchors)


def _is_a_filter(package: Package, part: str) -> bool:
    table = located(package.part(part), part, 3)
    return table.get("displayName").startswith(_OF_A_FILTER) or table.child("tableStyleInfo") is None
