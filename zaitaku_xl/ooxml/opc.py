"""The package: parts, what they are, and how they relate to each other."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import unquote

from zaitaku_xl.errors import Unreadable
from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.archive import Archive
from zaitaku_xl.ooxml.nodes import Node, located
from zaitaku_xl.ooxml.remembered import remembered

CONTENT_TYPES = "[Content_Types].xml"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_SIGNATURE = "/digital-signature/"


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a .rels part. ``part`` is None where the target is outside the package or missing.

    ``target`` is the name of a part, there or not; None where the target is outside the package.
    """

    id: str
    kind: str  # the last word of its type: worksheet, comments, vmlDrawing
    type: str
    part: str | None
    target: str | None = None

    @property
    def dangles(self) -> bool:
        """Tell whether it names a part that is not there."""
        return self.part is None and self.target is not None


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet and the part that holds it; ``position`` counts all sheets of the workbook from 0."""

    name: str
    part: str
    position: int
    hidden: bool = False


class Package:
    """An .xlsx or .xlsm workbook in memory, read and never changed."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._parts: dict[str, bytes] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}

    @classmethod
    def opened(cls, data: bytes) -> "Package":
        """Return the package, or raise Unreadable with the reason and the remedy.

        The last one is kept: the same bytes are read, cleared and marked one after the other.
        """
        return _opened(data)

    @classmethod
    def _new(cls, data: bytes) -> "Package":
        package = cls(Archive(data))
        main = package._main()
        main_part = main.part if main else None
        guards.check_kind(package.archive.entries, main_part, package._type_of(main_part))
        package.sheets  # noqa: B018 - a workbook whose sheets do not resolve is refused here, not later
        return package

    def part(self, name: str) -> bytes:
        """Return a part inflated and checked; the second call costs nothing."""
        if name not in self._parts:
            data = self.archive.read(name)
            guards.check_text(name, data)
            self._parts[name] = data
        return self._parts[name]

    def find(self, name: str) -> str | None:
        """Return a part's name as the package spells it, or None."""
        return self.archive.find(name)

    def tree(self, part: str, depth: int = 4) -> Node:
        """Return where the elements of a part stand."""
        return located(self.part(part), part, depth)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what a part relates to; the package itself is the part with no name."""
        if part not in self._relations:
            self._relations[part] = tuple(self._read_relations(part))
        return self._relations[part]

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part related by this kind, if there is one."""
        return next((r.part for r in self.relations(part) if r.kind == kind and r.part), None)

    @cached_property
    def workbook_part(self) -> str:
        main = self._main()
        if main is None or main.part is None:
            raise guards.damaged("workbook.xml")
        return main.part

    @cached_property
    def strict(self) -> bool:
        """Tell whether the workbook was saved as "Strict Open XML": the same words in other namespaces."""
        main = self._main()
        return main is not None and main.type.startswith(STRICT_RELATIONS)

    @property
    def relation_space(self) -> str:
        return STRICT_RELATIONS if self.strict else OFFICE_RELATIONS

    @property
    def main_space(self) -> str:
        return STRICT_MAIN if self.strict else MAIN

    @cached_property
    def workbook(self) -> Node:
        return self.tree(self.workbook_part)

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets in workbook order; chart sheets and dialogs are left out."""
        return tuple(self._worksheets())

    @cached_property
    def date1904(self) -> bool:
        properties = self.workbook.child("workbookPr")
        return properties is not None and is_on(properties.get("date1904"))

    def check_writable(self) -> None:
        """Refuse to write where that would break a promise to somebody else: what a part is, its relation says."""
        signed = any(_SIGNATURE in relation.type for relation in self.relations(""))
        shared = any(relation.kind == "revisionHeaders" for relation in self.relations(self.workbook_part))
        guards.check_writable(self.archive.entries, signed=signed, shared=shared)

    @property
    def types_part(self) -> str:
        part = self.find(CONTENT_TYPES)
        if part is None:
            raise guards.damaged(CONTENT_TYPES)
        return part

    @cached_property
    def taken_names(self) -> frozenset[str]:
        """Every name, in small letters, that a part has, that a content type is kept for, or that a relation points to."""
        overrides = _list(self.part(self.types_part), self.types_part).all("Override")
        kept = {node.get("PartName").lstrip("/").lower() for node in overrides}
        lines = (line for name in self.relation_lists for line in self.relations(source_of(name)))
        targets = {line.target.lower() for line in lines if line.target}
        return frozenset({name.lower() for name in self.archive.entries} | kept | targets)

    @cached_property
    def relation_lists(self) -> tuple[str, ...]:
        """The names of the .rels parts; what somebody packed beside (a Mac its own) need not be one that can be read."""
        names = [name for name in self.archive.entries if name.lower().endswith(".rels")]
        strange = {name for name in names if not self._is_readable(name)}
        if strange:
            self._check_reached()
        return tuple(name for name in names if name not in strange)

    def _is_readable(self, relations: str) -> bool:
        try:
            return self.relations(source_of(relations)) is not None
        except Unreadable:
            return False

    def _check_reached(self) -> None:
        """Raise Unreadable where the package leads to a part whose relations cannot be read."""
        reached, ahead = {""}, [""]
        while ahead:
            parts = {line.part for line in self.relations(ahead.pop()) if line.part} - reached
            reached |= parts
            ahead += parts

    @property
    def styles_part(self) -> str | None:
        return self.related(self.workbook_part, "styles")

    @property
    def shared_strings_part(self) -> str | None:
        return self.related(self.workbook_part, "sharedStrings")

    def _worksheets(self) -> Iterator[SheetPart]:
        relations = {relation.id: relation for relation in self.relations(self.workbook_part)}
        listed = self.workbook.child("sheets")
        for position, sheet in enumerate(listed.children if listed else ()):
            relation = relations.get(sheet.get("id"))
            name = sheet.attributes.get("name")
            if (
                relation is None
                and "id" in [key.rpartition(":")[2] for key in sheet.attributes]
                and not sheet.get("id")
            ):
                continue  # a sheet of macros of old: it has no part, and its place in the list counts
            if relation is None or name is None:
                raise guards.damaged(f"シートの一覧: {name or position + 1}")
            if relation.kind != "worksheet":
                continue
            if relation.part is None:
                raise guards.damaged(f"シート「{name}」の中身がありません")
            yield SheetPart(name, relation.part, position, sheet.get("state") in ("hidden", "veryHidden"))

    def _main(self) -> Relation | None:
        return next((relation for relation in self.relations("") if relation.kind == "officeDocument"), None)

    def _type_of(self, part: str | None) -> str:
        listed = self.find(CONTENT_TYPES)
        if part is None or listed is None:
            return ""
        wanted = f"/{part}".lower()
        overrides = _list(self.part(listed), listed).all("Override")
        found = (o.get("ContentType") for o in overrides if o.get("PartName").lower() == wanted)
        return next(found, "").lower()

    def _read_relations(self, part: str) -> Iterator[Relation]:
        name = self.find(relations_name(part))
        for line in relations_in(self.part(name), name, part) if name else ():
            yield line if line.target is None else replace(line, part=self._found(line.target))

    def _found(self, path: str) -> str | None:
        """Return the part a target names; a target may write ``%20`` for a blank that the part's own name has."""
        found = self.find(path)
        return self.find(unquote(path)) if found is None and "%" in path else found


def relations_name(part: str) -> str:
    """Return the name of the part that lists a part's relations.

    >>> relations_name("xl/workbook.xml"), relations_name("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part.replace("\\", "/"))
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(relations: str) -> str:
    """Return the part whose relations a .rels part lists.

    >>> source_of("xl/_rels/workbook.xml.rels"), source_of("_rels/.rels")
    ('xl/workbook.xml', '')
    """
    folder, name = posixpath.split(relations.replace("\\", "/"))
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])


def relative(source: str, target: str) -> str:
    """Return how *source* names *target* in its relations.

    >>> relative("xl/worksheets/sheet1.xml", "xl/comments1.xml")
    '../comments1.xml'
    """
    folder = posixpath.dirname("/" + source.replace("\\", "/"))
    return posixpath.relpath("/" + target.replace("\\", "/"), folder)


def is_on(value: str) -> bool:
    """Tell whether a schema boolean is true."""
    return value in ("1", "true", "on")


def relations_in(data: bytes, name: str, source: str) -> tuple[Relation, ...]:
    """Return the lines of a .rels part as they are written; which of the targets are there, they do not say."""
    return tuple(
        Relation(id=own, kind=kind.rpartition("/")[2], type=kind, part=None, target=path and path.lstrip("/"))
        for own, kind, path in _lines(data, name, source)
    )


@remembered
def _list(data: bytes, part: str) -> Node:
    return located(data, part, 2)


@remembered
def _lines(data: bytes, name: str, source: str) -> tuple[tuple[str, str, str | None], ...]:
    """Return the id, the type and, inside the package, the target of each line of a .rels part."""
    return tuple(
        (
            line.get("Id"),
            line.get("Type"),
            None if line.get("TargetMode") == "External" else _resolved(source, line.get("Target")),
        )
        for line in located(data, name, 2).children
    )


def _resolved(source: str, target: str) -> str:
    path = target.partition("#")[0].replace("\\", "/")  # what stands behind is a place inside the part
    if not path.startswith("/"):
        path = posixpath.join("/", posixpath.dirname(source.replace("\\", "/")), path)
    return posixpath.normpath(path)


@lru_cache(maxsize=1)
def _opened(data: bytes) -> Package:
    return Package._new(data)
