"""A workbook as its parts, parsed and not mended: what tests.lint judges and tests.tools looks things up in."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
FORMULA_IN_X14 = "{http://schemas.microsoft.com/office/excel/2006/main}f"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", LINK[1:-1].encode()),
)

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
WORKBOOK, CONTENT_TYPES = "xl/workbook.xml", "[Content_Types].xml"


class Area(NamedTuple):
    """A block of cells; first and last row and column count from 1 and belong to it."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: "Area") -> bool:
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def area(reference: str) -> Area:
    """Return the block that A1, $A$1:B2, A:C or 1:3 names."""
    ends = [re.fullmatch(r"\$?([A-Z]{0,3})\$?(\d*)", end) for end in reference.split(":")]
    if not all(ends) or len(ends) > 2 or not reference:
        raise ValueError(f"「{reference}」はセル範囲ではありません")
    first, last = ends[0], ends[-1]
    found = Area(
        column_number(first[1]) or 1,
        int(first[2] or 1),
        column_number(last[1]) or LAST_COLUMN,
        int(last[2] or LAST_ROW),
    )
    if found.left > found.right or found.top > found.bottom or found.right > LAST_COLUMN or found.bottom > LAST_ROW:
        raise ValueError(f"「{reference}」はシートの中の範囲ではありません")
    return found


def number(element: Element, attribute: str, default: int = 0) -> int:
    return int(element.get(attribute, default))


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def children(element: Element) -> Iterator[Element]:
    """Yield the children a program sees that takes the first choice of every AlternateContent."""
    for child in element:
        if child.tag == ALTERNATIVES + "AlternateContent":
            yield from child.find(ALTERNATIVES + "Choice") or ()
        elif child.tag.startswith(MAIN):
            yield child


@dataclass(frozen=True, slots=True)
class Relation:
    id: str
    type: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    root: Element
    relations: tuple[Relation, ...]

    def targets(self, kind: str) -> list[str]:
        return [relation.target for relation in self.relations if relation.kind == kind]

    def cells(self) -> Iterator[tuple[int, int, Element]]:
        """Yield row, column and element of each cell; one without a reference follows its neighbour."""
        row = 0
        for line in self.root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
            row, column = number(line, "r", row + 1), 0
            for cell in line.iterfind(MAIN + "c"):
                spot = area(cell.get("r")) if cell.get("r") else Area(column + 1, row, column + 1, row)
                column = spot.left
                yield spot.top, column, cell


class Book:
    """The parts of one package, parsed, with nothing mended on the way."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.names = [entry.filename for entry in package.infolist() if not entry.is_dir()]
            self.bytes = {name: package.read(name) for name in self.names}
        self.roots: dict[str, Element] = {}
        self.broken: dict[str, str] = {}
        for name, raw in self.bytes.items():
            if name.lower().endswith((".xml", ".rels")):
                self._parse(name, raw)

    def _parse(self, name: str, raw: bytes) -> None:
        for strict, usual in STRICT:
            raw = raw.replace(strict, usual)
        try:
            self.roots[name] = ElementTree.fromstring(raw)
        except ElementTree.ParseError as error:
            self.broken[name] = str(error)

    def root(self, part: str) -> Element:
        return self.roots.get(part, Element("missing"))

    @property
    def workbook(self) -> Element:
        return self.root(WORKBOOK)

    @property
    def styles(self) -> Element:
        related = (relation.target for relation in self.relations.get(WORKBOOK, ()) if relation.kind == "styles")
        return self.root(next(related, "xl/styles.xml"))

    @cached_property
    def relations(self) -> dict[str, tuple[Relation, ...]]:
        """By source part; the package itself is ''."""
        found, parts = {}, {name.lower(): name for name in self.bytes}
        for name, root in self.roots.items():
            folder, mark, file = name.rpartition("_rels/")
            if mark and file.endswith(".rels"):
                source = folder + file.removesuffix(".rels")
                found[parts.get(source.lower(), source)] = tuple(_relation(folder, entry, parts) for entry in root)
        return found

    @cached_property
    def sheet_names(self) -> list[str]:
        return [sheet.get("name", "") for sheet in self.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")]

    @cached_property
    def worksheets(self) -> list[Sheet]:
        targets = {relation.id: relation.target for relation in self.relations.get(WORKBOOK, ())}
        entries = self.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        parts = [(entry.get("name", ""), targets.get(entry.get(LINK + "id"), "")) for entry in entries]
        return [
            Sheet(name, part, self.root(part), self.relations.get(part, ()))
            for name, part in parts
            if self.root(part).tag == MAIN + "worksheet"
        ]

    @cached_property
    def defined_names(self) -> list[Element]:
        return self.workbook.findall(f"{MAIN}definedNames/{MAIN}definedName")

    @cached_property
    def strings(self) -> list[str]:
        return [plain_text(item) for item in self.root("xl/sharedStrings.xml").iterfind(MAIN + "si")]

    def style_count(self, group: str) -> int:
        return len(self.styles.findall(f"{MAIN}{group}/*"))

    def tables(self, sheet: Sheet) -> list[Element]:
        return [self.root(part) for part in sheet.targets("table") if part in self.roots]

    def cell_text(self, cell: Element) -> str:
        if cell.get("t") == "inlineStr":
            return plain_text(cell.find(MAIN + "is"))
        value = cell.findtext(MAIN + "v", "")
        return self.strings[int(value)] if cell.get("t") == "s" and int(value) < len(self.strings) else value


def _relation(folder: str, entry: Element, parts: dict[str, str]) -> Relation:
    """Part names are the same whatever their case, and a path does not lead out of the package."""
    target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target))[1:]
        target = parts.get(target.lower()) or parts.get(unquote(target).lower(), target)
    kind = entry.get("Type", "")
    return Relation(entry.get("Id", ""), kind, kind.rpartition("/")[2], target, external)


def plain_text(item: Element | None) -> str:
    """Return the text of a string item without its phonetic reading."""
    if item is None:
        return ""
    return "".join(found.text or "" for path in ("t", f"r/{MAIN}t") for found in item.iterfind(MAIN + path))
