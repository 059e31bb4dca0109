"""What stands on a sheet of ours beside its texts: a picture, a rule, a hidden row that we did not put there is a person's.

A program that saves a workbook writes every sheet in its own words: empty drawings, protection that is switched off, the
settings of a printer. None of that shows; what shows and is not ours makes the sheet somebody's.
"""

import re
from collections.abc import Iterator, Mapping

from zaitaku_xl.a1 import Position
from zaitaku_xl.hosts.marking.looks import looks_as_made
from zaitaku_xl.made import UNFINISHED, key_in, told_apart
from zaitaku_xl.ooxml.nodes import Node, located
from zaitaku_xl.ooxml.opc import Package, SheetPart, is_on
from zaitaku_xl.ooxml.vml import has_shapes

_DEEP = 64
_OURS = (
    *("sheetPr", "dimension", "sheetFormatPr", "cols", "sheetData", "mergeCells", "hyperlinks"),
    *("printOptions", "pageMargins", "pageSetup", "rowBreaks", "colBreaks"),
)
_OF_PROGRAMS = frozenset(["sheetCalcPr", "phoneticPr", "extLst", "conditionalFormatting", "dataValidations"])
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_SETTINGS = ("printerSettings", "hyperlink", "table")
_USUAL_ZOOM = ("", "0", "100")
_CODE = re.compile(
    r'&(?:"[^"]*"|K(?:[0-9A-F]{6}|\d\d[+-]\d+)|\d+|[A-Z])'
)  # of a page's head and foot: typeface, size, page …
_USUAL_WORDS = frozenset(("", UNFINISHED, "Page", "Pageof", "ページ", "Seite"))  # ours, and what programs put there
_NO_WORDS = re.compile(r"[\s/／\-–—|]+")


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
    root = located(package.part(sheet.part), sheet.part, 7)
    return (
        all(_is_usual(node) for node in root.children)
        and not any(_of_others(package, sheet.part, charts=charts))
        and looks_as_made(package, sheet, texts)
    )


def _is_usual(node: Node) -> bool:
    if node.local == "sheetViews":
        return all(_is_usual_view(view) for view in node.children)
    if node.local == "sheetPr":
        return node.child("tabColor") is None
    if node.local in ("cols", "sheetData"):
        return not any(is_on(line.get("hidden")) for line in node.children)
    if node.local == "headerFooter":
        return all(_NO_WORDS.sub("", _CODE.sub("", part.text)) in _USUAL_WORDS for part in node.children)
    if node.local == "sheetProtection":
        return not is_on(node.get("sheet"))
    if node.local == "autoFilter":
        return not node.children
    if node.local in (
        "ignoredErrors",
        "tableParts",
    ):  # green corners not to show; a filter that LibreOffice calls a table
        return True
    if node.local in _OF_PROGRAMS:
        return not any(child.children or child.text.strip() for child in node.walk())
    return node.local in _OURS or node.local in ("drawing", "legacyDrawing")  # what they draw is looked at itself


def _is_usual_view(view: Node) -> bool:
    return view.get("zoomScale") in _USUAL_ZOOM and view.get("view") in ("", "normal", "pageBreakPreview")


def _of_others(package: Package, part: str, *, charts: bool) -> Iterator[str]:
    """Yield the kind of each relation to something that shows and is not ours."""
    for relation in package.relations(part):
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
