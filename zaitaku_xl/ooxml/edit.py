"""Changes to one package, gathered until they are written; each remembers the way back."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.deflate import Standard
from zaitaku_xl.ooxml.nodes import (
    NO_HOLE,
    Hole,
    Node,
    appended,
    around,
    check_well_formed,
    escaped,
    located,
    located_before,
    removed,
    set_attribute,
    without,
)
from zaitaku_xl.ooxml.opc import Package, Relation, relations_in, relations_name, relative, source_of
from zaitaku_xl.ooxml.splices import Splice, spliced
from zaitaku_xl.ooxml.worksheet import moved, rows_hole

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_SHALLOW = 6


class Edit:
    """A package with changes on top. ``changed``, ``added`` and ``dropped`` say which parts differ."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}
        self.added: dict[str, bytes] = {}
        self.dropped: set[str] = set()
        self.inverse: dict[str, list[list[Splice]]] = {}  # per part, oldest step first
        self._types: dict[str, _Type] = {}  # of each added part
        self._settled: dict[str, _Type] = {}
        self._holes: dict[str, Hole] = {}

    def part(self, name: str) -> bytes:
        """Return a part as it stands with the changes made so far."""
        return self.added.get(name) or self.changed.get(name) or self.package.part(name)

    def tree(self, name: str, depth: int = 4) -> Node:
        if depth == 4 and name == self.package.workbook_part and name not in self.changed:
            return self.package.workbook
        read = (
            located_before if depth <= _SHALLOW else located
        )  # what stands deep is a file's own text, not its template's
        return read(self.part(name), name, depth)

    def skeleton(self, sheet: str, depth: int = 7) -> Node:
        """Return where everything but the rows of a sheet stands; seven megabytes of rows cost as little as none."""
        hole = self._hole(sheet)
        return around(located_before(without(self.part(sheet), hole), sheet, depth), hole)

    def says_around_rows(self, sheet: str, words: bytes) -> bool:
        """Tell whether these words stand anywhere in a sheet but in its rows."""
        data, hole = self.part(sheet), self._hole(sheet)
        return data.find(words, 0, hole.start) >= 0 or data.find(words, hole.end) >= 0

    def _hole(self, sheet: str) -> Hole:
        if sheet not in self._holes:
            self._holes[sheet] = rows_hole(self.part(sheet))
        return self._holes[sheet]

    def find(self, name: str) -> str | None:
        """Return a part's name as spelt, counting added parts and not counting dropped ones."""
        found = self.package.find(name) or next((a for a in self.added if a.lower() == name.lower()), None)
        return None if found in self.dropped else found

    def splice(self, name: str, splices: Iterable[Splice]) -> None:
        """Change a part."""
        old = self.part(name)
        guards.check_editable(name, old)
        splices = tuple(splices)
        new, back = spliced(old, splices)
        hole = self._holes.pop(name, NO_HOLE)
        where = moved(hole, splices) if hole != NO_HOLE else None
        if where is not None:
            self._holes[name] = where
        if name in self.added:
            self.added[name] = new
        elif back:
            self.changed[name] = new
            self.inverse.setdefault(name, []).append(back)

    def add(self, name: str, data: bytes, content_type: str, *, by_extension: bool = False) -> None:
        """Add a part; in the end it has this one content type, whatever the package says of its name or extension.

        *by_extension* lets the extension say it for all parts, where it says nothing else yet.
        """
        self.added[name] = data
        self._types[name] = _Type(content_type, by_extension)

    def free_name(self, pattern: str) -> str:
        """Return the first name of the pattern that nobody uses or speaks of; ``{}`` is where the number goes."""
        taken = self.package.taken_names
        number = 1
        while pattern.format(number).lower() in taken or pattern.format(number) in self.added:
            number += 1
        return pattern.format(number)

    def relate(self, source: str, kind: str, target: str, own_id: str | None = None) -> str:
        """Relate two parts and return the relation's id; *kind* is Office's word for it, or a whole type.

        A relation of this kind that points to nothing is turned to the target. *own_id* is the id to give, where
        something in *source* names one that no relation has.
        """
        name = self.find(relations_name(source))
        root = self.tree(name, 2) if name else None
        whole = kind if "://" in kind else f"{self.package.relation_space}/{kind}"
        wanted = [
            line for line in self._dangling(source) if (line.kind == kind if own_id is None else line.id == own_id)
        ]
        if name and root and wanted:
            line = next(node for node in root.children if node.get("Id") == wanted[0].id)
            data, where = self.part(name), relative(source, target)
            self.splice(name, [set_attribute(data, line, "Target", where), set_attribute(data, line, "Type", whole)])
            return wanted[0].id
        new_id = own_id or _free_id({line.get("Id") for line in root.children} if root else set())
        text = f'Relationship Id="{escaped(new_id)}" Type="{whole}" Target="{escaped(relative(source, target))}"/>'
        if name is None or root is None:
            part = relations_name(source)
            self.add(part, f"{_RELATIONSHIPS}<{text}</Relationships>".encode(), _RELATIONS_TYPE, by_extension=True)
        else:
            self.splice(name, [appended(self.part(name), root, f"<{root.prefix}{text}".encode())])
        return new_id

    def _dangling(self, source: str) -> list[Relation]:
        """Return the relations of a part that point to nothing, and which no change has turned to something yet."""
        name = self.find(relations_name(source))
        if name is None or name in self.added:
            return []
        return [line for line in relations_in(self.part(name), name, source) if self._leads_nowhere(line.target)]

    def _leads_nowhere(self, target: str | None) -> bool:
        return target is not None and self.find(target) is None and self.find(unquote(target)) is None

    def drop(self, source: str, part: str) -> None:
        """Take out a part with its relations, its content type and the line by which *source* names it."""
        ids = {relation.id for relation in self.package.relations(source) if relation.part == part}
        lines = self.find(relations_name(source))
        if lines:
            self.splice(lines, [removed(n) for n in self.tree(lines, 2).children if n.get("Id") in ids])
        self.dropped |= {part, self.package.find(relations_name(part)) or part}

    def drop_whole(self, source: str, part: str) -> None:
        """Take out a part and all that hangs on it and on nothing else: no picture stays that nobody shows any more."""
        hanging = [relation.part for relation in self.package.relations(part) if relation.part]
        self.drop(source, part)
        for other in hanging:
            if other not in self.dropped and not self._is_held(other):
                self.drop_whole(part, other)

    def _is_held(self, part: str) -> bool:
        sources = (source_of(name) for name in self.package.relation_lists if name not in self.dropped)
        return any(line.part == part for source in sources for line in self.package.relations(source))

    def is_shared(self, part: str) -> bool:
        """Tell whether more than one part names this one."""
        sources = (self.package.relations(source_of(name)) for name in self.package.relation_lists)
        return sum(relation.part == part for relations in sources for relation in relations) > 1

    def settle(self) -> None:
        """Write the content types gathered so far; once, because every new part has one."""
        listed = self.package.types_part
        root = self.tree(listed, 2)
        defaults = {node.get("Extension").lower(): node.get("ContentType") for node in root.all("Default")}
        stale = {f"/{name}".lower() for name in self.dropped}
        lines: dict[str, None] = {}
        for name, its in self._types.items():
            said = [node.get("ContentType") for node in root.all("Override") if _part_name(node) == name.lower()]
            line = _type_line(root.prefix, name, its, said, defaults)
            if line is not None:
                stale.add(f"/{name}".lower())
                lines[line] = None
        splices = [removed(node) for node in root.all("Override") if f"/{_part_name(node)}" in stale]
        if lines:
            splices.append(appended(self.part(listed), root, "".join(lines).encode()))
        self.splice(listed, splices)
        self._settled |= self._types
        self._types.clear()

    def written(self, by: Standard | None = None) -> bytes:
        """Return the new file, once every part of it that we wrote is seen to be well-formed.

        What is new is compressed *by* the quicker library at hand, if no other is asked for.
        """
        self.settle()
        self._check_added()
        changed = {name: data for name, data in self.changed.items() if name not in self.dropped}
        sheets = {sheet.part for sheet in self.package.sheets}
        for name, data in (*changed.items(), *self.added.items()):
            if not name.lower().endswith((".vml", ".bin")):
                check_well_formed(without(data, self._hole(name)) if name in sheets else data, name)
        return self.package.archive.rebuilt(changed, self.dropped, self.added, by)

    def _check_added(self) -> None:
        """Make sure, on every run, that each part of ours is known to the package: by one right type, by one relation."""
        types = self.tree(self.package.types_part, 2)
        defaults = {node.get("Extension").lower(): node.get("ContentType") for node in types.all("Default")}
        overrides: dict[str, list[str]] = {}
        for node in types.all("Override"):
            overrides.setdefault(_part_name(node), []).append(node.get("ContentType"))
        for name, its in self._settled.items():
            if name in self.added:
                said = overrides.get(name.lower(), [defaults.get(_extension(name), "")])
                if said != [its.content_type]:
                    raise RuntimeError(f"unsound: {name} has the content types {said}")
        for name in (*self.changed, *self.added):
            if name.lower().endswith(".rels") and name not in self.dropped:
                before = 0 if name in self.added else _repeated_ids(self.package.tree(name, 2))
                if _repeated_ids(self.tree(name, 2)) > before:
                    raise RuntimeError(f"unsound: {name} has an id twice")


def _repeated_ids(relations: Node) -> int:
    ids = [line.get("Id") for line in relations.children]
    return len(ids) - len(set(ids))


class _Type(NamedTuple):
    content_type: str
    by_extension: bool  # the extension may say it


def _type_line(prefix: str, name: str, its: _Type, said: list[str], defaults: Mapping[str, str]) -> str | None:
    """Return the line that gives a part its type; None where the package says it already, once."""
    general = defaults.get(_extension(name))
    if said == [its.content_type] or (its.by_extension and not said and general == its.content_type):
        return None
    if its.by_extension and general is None:
        return f'<{prefix}Default Extension="{_extension(name)}" ContentType="{its.content_type}"/>'
    return f'<{prefix}Override PartName="/{escaped(name)}" ContentType="{its.content_type}"/>'


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _part_name(override: Node) -> str:
    return override.get("PartName").lstrip("/").lower()


def _free_id(taken: set[str]) -> str:
    number = 1
    while f"rId{number}" in taken:
        number += 1
    return f"rId{number}"
