"""Is a package still sound that was sound before: types, relations, schema order, counts, Excel's limits, no orphans.

What was unsound before we came is not counted: a fault is new where its sentence, numbers left out, stands more often
after than before. Where formats already led nowhere, one more that is like them is nothing new. tests.lint judges what a
program sees of a workbook; here stands what concerns a part added to any package there is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.lint import CHECKS, utf16_length
from tests.parts import CONTENT_TYPES, LINK, MAIN, Book, Sheet, area, local

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DRAWN = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "worksheet": (_SHEET + "worksheet+xml",),
    "chartsheet": (_SHEET + "chartsheet+xml",),
    "dialogsheet": (_SHEET + "dialogsheet+xml",),
    "styles": (_SHEET + "styles+xml",),
    "sharedStrings": (_SHEET + "sharedStrings+xml",),
    "comments": (_SHEET + "comments+xml",),
    "table": (_SHEET + "table+xml",),
    "vmlDrawing": (_DRAWN + "vmlDrawing",),
    "drawing": (_DRAWN + "drawing+xml",),
    "theme": (_DRAWN + "theme+xml",),
    "chart": (_DRAWN + "drawingml.chart+xml",),
    "customXmlProps": (_DRAWN + "customXmlProperties+xml",),
    "custom-properties": (_DRAWN + "custom-properties+xml",),
    "extended-properties": (_DRAWN + "extended-properties+xml",),
}
RELS = "application/vnd.openxmlformats-package.relationships+xml"
MOST_CELL_FORMATS, LAST_SHEET_ID, LONGEST_CELL = 65_490, 65_534, 32_767
LEADS_NOWHERE = re.compile("#番の.*がありません")
# Notes are asked here of drawings in alternatives too. A sheet that comes to a workbook with macros has no code name: the
# attribute is optional, Excel makes a module for such a sheet when it loads the project, and a name made up here could
# be one that the project has for something else (then Excel adds a second module beside it).
NOT_ASKED = ("note.shape", "macro.code-name")
VML_SHAPE = "{urn:schemas-microsoft-com:vml}shape"


def unsound(before: bytes, after: bytes) -> list[str]:
    """Return what is wrong with *after* that was not wrong with *before*."""
    old, new = (Counter(_faults(Book(BytesIO(data)))) for data in (before, after))
    had = Counter(re.sub(r"\d+", "#", fault) for fault in old.elements())
    fresh = []
    for fault in new.elements():
        kind = re.sub(r"\d+", "#", fault)
        if had[kind]:
            had[kind] -= not LEADS_NOWHERE.search(kind)
        else:
            fresh.append(fault)
    return fresh


def faults(data: bytes) -> list[str]:
    """Return all that is wrong with a package."""
    return list(_faults(Book(BytesIO(data))))


def _faults(book: Book) -> Iterator[str]:
    for check in (
        *(check for name, check in CHECKS.items() if name not in NOT_ASKED),
        types_once,
        types_right,
        one_of_a_kind,
        limits,
        shapes_and_notes,
        orphans,
        used_styles,
        titles,
        code_names_once,
    ):
        try:
            yield from check(book)
        except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
            yield f"{check.__name__} could not look: {type(error).__name__}"


def types_once(book: Book) -> Iterator[str]:
    """One Default an extension, one Override a part."""
    root = book.root(CONTENT_TYPES)
    defaults = Counter(e.get("Extension", "").lower() for e in root if local(e) == "Default")
    overrides = Counter(e.get("PartName", "").lower() for e in root if local(e) == "Override")
    yield from (f"two types for {name}" for name, times in (defaults + overrides).items() if times > 1)


def code_names_once(book: Book) -> Iterator[str]:
    names = (sheet.root.find(f"{MAIN}sheetPr") for sheet in book.worksheets)
    count = Counter(name.get("codeName", "").casefold() for name in names if name is not None)
    yield from (f"two sheets of the code name {name}" for name, times in count.items() if name and times > 1)


def type_of(book: Book, part: str) -> str:
    found = ""
    for entry in book.root(CONTENT_TYPES):
        if local(entry) == "Override" and entry.get("PartName", "").lower() == f"/{part}".lower():
            return entry.get("ContentType", "")
        if local(entry) == "Default" and entry.get("Extension", "").lower() == part.rpartition(".")[2].lower():
            found = entry.get("ContentType", "")
    return found


def types_right(book: Book) -> Iterator[str]:
    """What relates to a part says what it is; its type must say the same."""
    for name in book.bytes:
        if name.lower().endswith(".rels") and type_of(book, name) != RELS:
            yield f"{name} is typed {type_of(book, name) or 'not at all'}"
    for relations in book.relations.values():
        for relation in relations:
            if relation.external or relation.target not in book.bytes or relation.kind not in TYPES:
                continue
            kind = type_of(book, relation.target)
            if kind not in TYPES[relation.kind]:
                yield f"{relation.target} is related as {relation.kind} and typed {kind or 'not at all'}"


def one_of_a_kind(book: Book) -> Iterator[str]:
    """Of these a sheet, and of those a workbook, may have one."""
    for source, relations in book.relations.items():
        count = Counter(relation.kind for relation in relations if not relation.external)
        for kind in ("comments", "styles", "sharedStrings", "theme", "extended-properties", "core-properties"):
            if count[kind] > 1:
                yield f"{source or 'package'} has {count[kind]} of {kind}"
    for sheet in book.worksheets:
        for tag in ("legacyDrawing", "drawing", "legacyDrawingHF", "mergeCells", "dimension", "tableParts"):
            if len(list(sheet.root.iter(MAIN + tag))) > 1:
                yield f"{sheet.part} has more than one {tag}"


def limits(book: Book) -> Iterator[str]:
    for sheet in book.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        if not 1 <= int(sheet.get("sheetId", 0)) <= LAST_SHEET_ID:
            yield f"sheetId {sheet.get('sheetId')}"
    if book.style_count("cellXfs") > MOST_CELL_FORMATS:
        yield "too many cellXfs"
    for sheet in book.worksheets:
        for text in sheet.root.iter(MAIN + "t"):
            if utf16_length(text.text or "") > LONGEST_CELL:
                yield f"{sheet.part} holds a text longer than a cell"
    for text in book.strings:
        if utf16_length(text) > LONGEST_CELL:
            yield "a shared string longer than a cell"


def shapes_and_notes(book: Book) -> Iterator[str]:
    """Every note has one shape, every shape an id of its own, and no cell two notes."""
    for sheet in book.worksheets:
        for part in sheet.targets("comments"):
            refs = Counter(c.get("ref") for c in book.root(part).iter(MAIN + "comment"))
            yield from (f"{part} has two notes at {ref}" for ref, times in refs.items() if times > 1)
            for comment in book.root(part).iter(MAIN + "comment"):
                if utf16_length("".join(comment.itertext())) > LONGEST_CELL:
                    yield f"{part} holds a note longer than a cell"
            authors = len(list(book.root(part).iter(MAIN + "author")))
            if any(int(c.get("authorId", 0)) >= authors for c in book.root(part).iter(MAIN + "comment")):
                yield f"{part} names an author it has not"
            shown = set(_shown_at(book, sheet))
            yield from (f"{part}: the note at {ref} has no shape" for ref in refs if area(ref or "A1")[:2] not in shown)
            if refs and not sheet.root.findall(f".//{MAIN}legacyDrawing"):
                yield f"{sheet.part} has notes and no legacyDrawing"
    for part, root in _vml(book):
        ids = Counter(shape.get("id") for shape in root.iter(VML_SHAPE))
        yield from (f"{part} has two shapes {name}" for name, times in ids.items() if times > 1)


def _shown_at(book: Book, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield column and row of each shape of a note, wherever the drawing is named."""
    for link in sheet.root.iter(MAIN + "legacyDrawing"):
        for relation in sheet.relations:
            if relation.id == link.get(LINK + "id"):
                text = book.bytes.get(relation.target, b"").decode("utf-8", "replace")
                columns, rows = (re.findall(rf"<(?:\w+:)?{axis}>\s*(\d+)", text) for axis in ("Column", "Row"))
                yield from ((int(column) + 1, int(row) + 1) for column, row in zip(columns, rows, strict=False))


def _vml(book: Book) -> Iterator[tuple[str, Element]]:
    for name, raw in book.bytes.items():
        if name.lower().endswith(".vml"):
            try:
                yield name, ElementTree.fromstring(raw)
            except ElementTree.ParseError:
                yield name, Element("broken")


def orphans(book: Book) -> Iterator[str]:
    """A part that nothing leads to from the package's own relations."""
    reached, ahead = set(), [""]
    while ahead:
        for relation in book.relations.get(ahead.pop(), ()):
            if not relation.external and relation.target in book.bytes and relation.target not in reached:
                reached.add(relation.target)
                ahead.append(relation.target)
    for name in book.bytes:
        if name not in reached and name != CONTENT_TYPES and not name.lower().endswith(".rels"):
            yield f"nothing leads to {name}"


def used_styles(book: Book) -> Iterator[str]:
    dxfs = book.style_count("dxfs")
    for sheet in book.worksheets:
        if any(int(rule.get("dxfId", -1)) >= dxfs for rule in sheet.root.iter(MAIN + "cfRule")):
            yield f"{sheet.part} uses a dxf there is not"
    for xf in book.styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        for attribute, group in (
            ("fontId", "fonts"),
            ("fillId", "fills"),
            ("borderId", "borders"),
            ("xfId", "cellStyleXfs"),
        ):
            if int(xf.get(attribute, 0)) >= max(book.style_count(group), 1):
                yield f"a format uses {attribute} there is not"


def titles(book: Book) -> Iterator[str]:
    """A list of docProps/app.xml is as long as it says."""
    for name, root in book.roots.items():
        if name.lower() == "docprops/app.xml":
            for vector in root.iter():
                if local(vector) == "vector" and int(vector.get("size", len(vector))) != len(vector):
                    yield f"{name}: a vector of {vector.get('size')} has {len(vector)}"
