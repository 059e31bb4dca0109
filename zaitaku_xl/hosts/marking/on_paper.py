"""What a sheet of ours is called, how it goes on paper and where its links lie: what differs from it a person changed.

Each is a fact; the numbers over them stand behind the looks. A program that saves the workbook may lose a fact: what is
found has to be among what was told. A sheet made by an open program, or before facts were told, tells none of them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from zaitaku_xl.a1 import address, column_letters
from zaitaku_xl.made import UNFINISHED, Area, MadeRow, MadeSheet, Page
from zaitaku_xl.ooxml.nodes import Node
from zaitaku_xl.ooxml.opc import Package, SheetPart, is_on, relations_name
from zaitaku_xl.ooxml.workbook import is_named, is_scoped

_A4 = "9"
_STEPS = 20  # of an inch: programs turn margins into units of their own and back
_SIDES = ("left", "right", "top", "bottom")
_DRESS = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d+)|\d+|[BEISUXYbeisuxy])')  # typeface, colour, size
_OLDER_WORDS = ("", UNFINISHED, "点検未了", "Page", "Pageof", "ページ", "Seite")  # ours, and what programs put there
_NO_WORDS = re.compile(r"&[A-Z]|[\s/／\-–—|]+")
_WHOLE = 24  # letters of a name that no number takes the place of
_COUNTED = re.compile(r"\d*\Z")
_AGAIN = re.compile(r"(?:_\d+)+\Z")  # LibreOffice tells an area twice
_AREA = re.compile(r"!(\$?[A-Z]*\$?\d*(?::\$?[A-Z]*\$?\d*)?)")
_OF_PROGRAMS = ("_FilterDatabase", "Sheet_Title")
_AREAS = {"Print_Area": "area", "Print_Titles": "titles"}
_UNUSUAL = {  # what nobody but a person asks for
    "printOptions": {"gridLines": is_on, "headings": is_on, "verticalCentered": is_on},
    "pageSetup": {
        "blackAndWhite": is_on,
        "draft": is_on,
        "cellComments": lambda value: value == "atEnd",
        "errors": lambda value: value not in ("", "displayed"),
        "paperHeight": bool,
        "paperWidth": bool,
    },
}


def told(sheet: MadeSheet, rows: Sequence[MadeRow], beside: Iterable[str]) -> str:
    """Return the numbers over the facts of a sheet that is about to be made, and over those *beside*, each behind a sign."""
    return "".join(sorted({f"+{_number(fact)}" for fact in (*_made(sheet, rows), *beside) if fact}))


def as_told(package: Package, sheet: SheetPart, root: Node, numbers: str, beside: Iterable[str]) -> bool:
    """Tell whether a sheet shows no fact that was not told; where none was, whether what it shows is usual."""
    facts = set(_found(package, sheet, root))
    if not numbers:
        return all(map(_is_usual, facts))
    return {f"+{_number(fact)}" for fact in {*facts, *beside} if fact} <= set(re.findall(r"\+[0-9a-f]{4}", numbers))


def _number(fact: str) -> str:
    return hashlib.sha256(fact.encode("utf-8", "replace")).hexdigest()[:4]


def _is_usual(fact: str) -> bool:
    kind, _, value = fact.partition(" ")
    if kind in ("above", "below"):
        return _NO_WORDS.sub("", value) in _OLDER_WORDS
    return kind not in ("leads", "defines", "asks")


# ---- as they are told


def _made(sheet: MadeSheet, rows: Iterable[MadeRow]) -> Iterator[str]:
    page = sheet.page
    yield f"named {_bare_name(sheet.name)}"
    yield f"above {_words(page.above)}"
    yield f"below {_words(page.below)}"
    yield _paper(
        size=_A4,
        side="landscape" if page.landscape else "portrait",
        fitted=f"{page.wide} {page.tall}" if page.scale is None else f"{page.scale}%",
        first=str(page.first or ""),
        over=page.scale is not None,
    )
    yield _margins(getattr(page, side) for side in _SIDES)
    yield "centred" if page.centred else ""
    yield _breaks("rowBreaks", page.breaks)
    yield _breaks("colBreaks", page.column_breaks)
    if sheet.key:
        yield f"area {_reference(sheet.printed)}"
    yield f"titles {_titles(sheet, page)}"
    yield f"links {' '.join(_made_links(rows))}"


def _titles(sheet: MadeSheet, page: Page) -> str:
    columns = ":".join(map(column_letters, page.repeated_columns)) if page.repeated_columns else ""
    repeated = ":".join(map(str, sheet.repeated)) if sheet.repeated else ""
    return ",".join(sorted(filter(None, (columns, repeated))))


def _made_links(rows: Iterable[MadeRow]) -> Iterator[str]:
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell is not None and cell.link and cell.value != "":
                yield address(row, column)


def _reference(area: Area) -> str:
    return ":".join(dict.fromkeys((address(*area[:2]), address(*area[2:]))))


# ---- as they are found


def _found(package: Package, sheet: SheetPart, root: Node) -> Iterator[str]:
    yield from _names_found(package, sheet)
    yield from _links_found(package, sheet.part, root)
    for node in root.children:
        yield from (
            f"asks {name}" for name, is_asked in _UNUSUAL.get(node.local, {}).items() if is_asked(node.get(name))
        )
        if node.local == "headerFooter":
            yield from _words_found(node)
        elif node.local == "printOptions" and is_on(node.get("horizontalCentered")):
            yield "centred"
        elif node.local == "pageMargins":
            yield _margins(float(node.get(side, "0")) for side in _SIDES)
        elif node.local == "pageSetup":
            yield _paper_found(node, root)
        elif node.local in ("rowBreaks", "colBreaks"):
            ids = [int(each.get("id", "0")) for each in node.children if is_on(each.get("man"))]
            yield from (_breaks(node.local, ids),) if ids else ()


def _words_found(node: Node) -> Iterator[str]:
    for part in node.children:
        if words := _words(part.text):
            yield f"{'above' if part.local.endswith('Header') else 'below'} {words}"


def _paper_found(setup: Node, root: Node) -> str:
    properties = root.child("sheetPr")
    asked = properties.child("pageSetUpPr") if properties else None
    is_fitted = asked is not None and is_on(asked.get("fitToPage"))
    pages = f"{setup.get('fitToWidth', '1')} {setup.get('fitToHeight', '1')}"
    return _paper(
        size=setup.get("paperSize", _A4),
        side="landscape" if setup.get("orientation") == "landscape" else "portrait",
        fitted=pages if is_fitted else f"{setup.get('scale', '100')}%",
        first=setup.get("firstPageNumber") if is_on(setup.get("useFirstPageNumber")) else "",
        over=setup.get("pageOrder") == "overThenDown",
    )


def _names_found(package: Package, sheet: SheetPart) -> Iterator[str]:
    yield f"named {_bare_name(sheet.name)}"
    listed = package.workbook.child("definedNames")
    for node in listed.children if listed else ():
        name = _AGAIN.sub("", node.get("name").removeprefix("_xlnm."))
        # openpyxl counts sheets without those of charts: a name is told by its formula too
        if (
            name in _OF_PROGRAMS
            or not is_scoped(node, sheet.position, sheet.name)
            or not is_named(node.text, sheet.name)
        ):
            continue
        areas = sorted(_shortest(area.replace("$", "")) for area in _AREA.findall(node.text))
        yield f"{_AREAS.get(name, f'defines {name}')} {','.join(areas)}"


def _links_found(package: Package, part: str, root: Node) -> Iterator[str]:
    listed = root.child("hyperlinks")
    links = listed.children if listed else []
    if not links:
        return
    outside = _targets(package, part) if any(link.get("id") for link in links) else {}
    yield from (f"leads {outside[id]}" for link in links if not outside.get(id := link.get("id"), "#").startswith("#"))
    yield f"links {' '.join(link.get('ref') for link in links)}"


def _targets(package: Package, part: str) -> dict[str, str]:
    name = package.find(relations_name(part))
    return {line.get("Id"): line.get("Target") for line in package.tree(name, 2).children} if name else {}


# ---- how a fact is told, made or found


def _paper(*, size: str, side: str, fitted: str, first: str, over: bool) -> str:
    return f"paper {size} {side} {fitted} {first}{' over' if over else ''}"


def _margins(inches: Iterable[float]) -> str:
    return f"margins {' '.join(str(round(inch * _STEPS)) for inch in inches)}"


def _breaks(kind: str, after: Iterable[int]) -> str:
    return f"{kind} {' '.join(map(str, after))}"


def _bare_name(name: str) -> str:
    """Return a name without the number that it gets where it is taken; a long one loses its end to it."""
    return _COUNTED.sub("", name[:_WHOLE])


def _words(text: str) -> str:
    """Return what stands above or below a page, without how it is dressed: programs dress it anew.

    >>> _words('&C&"Meiryo,標準"&9 &P / &N'), _words("&P/&N"), _words("")
    ('&C&P/&N', '&C&P/&N', '')
    """
    words = "".join(_DRESS.sub("", text.replace("&&", "&\0")).replace("&\0", "&").split())
    words = re.sub(r"&[LCR](?=&[LCR]|\Z)", "", words)  # a part that says nothing
    return f"&C{words}" if words and words[:2] not in ("&L", "&C", "&R") else words


def _shortest(area: str) -> str:
    return ":".join(dict.fromkeys(area.split(":"))) if not re.fullmatch(r"[A-Z]+:[A-Z]+|\d+:\d+", area) else area
