"""Changes to one package, gathered until they are written; each remembers the way back."""

from collections.abc import Iterable

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
    without,
)
from zaitaku_xl.ooxml.opc import CONTENT_TYPES, Package, relations_name, relative, source_of
from zaitaku_xl.ooxml.splices import Splice, spliced
from zaitaku_xl.ooxml.worksheet import moved, rows_hole

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_SHALLOW = 6


class Edit:
    """A package with changes on top. ``changed``, ``added`` and ``dropped`` say which parts differ."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}
        self.added: dict[str, bytes] = {}
        self.dropped: set[str] = set()
        self.inverse: dict[str, list[list[Splice]]] = {}  # per part, oldest step first
        self._types: list[tuple[str, str, str]] = []
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

    def add(self, name: str, data: bytes, content_type: str | None = None) -> None:
        """Add a part; without a content type its extension already has one."""
        self.added[name] = data
        if content_type:
            self._types.append(("Override", f"/{name}", content_type))

    def free_name(self, pattern: str) -> str:
        """Return the first name of the pattern that nobody uses; ``{}`` is where the number goes."""
        number = 1
        while self.package.find(pattern.format(number)) or pattern.format(number) in self.added:
            number += 1
        return pattern.format(number)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Give an extension a content type if it has none."""
        line = ("Default", extension, content_type)
        if line not in self._types:
            self._types.append(line)

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate two parts and return the new relation's id; *kind* is Office's word for it, or a whole type."""
        name = self.find(relations_name(source))
        root = self.tree(name, 2) if name else None
        new_id = _free_id({line.get("Id") for line in root.children}) if root else _free_id(set())
        whole = kind if "://" in kind else f"{self.package.relation_space}/{kind}"
        line = f'Relationship Id="{new_id}" Type="{whole}" Target="{escaped(relative(source, target))}"/>'
        if name is None or root is None:
            self.added[relations_name(source)] = f"{_RELATIONSHIPS}<{line}</Relationships>".encode()
        else:
            self.splice(name, [appended(self.part(name), root, f"<{root.prefix}{line}".encode())])
        return new_id

    def drop(self, source: str, part: str) -> None:
        """Take out a part with its relations, its content type and the line by which *source* names it."""
        ids = {relation.id for relation in self.package.relations(source) if relation.part == part}
        lines = self.find(relations_name(source))
        if lines:
            self.splice(lines, [removed(n) for n in self.tree(lines, 2).children if n.get("Id") in ids])
        self.dropped |= {part, self.package.find(relations_name(part)) or part}

    def is_shared(self, part: str) -> bool:
        """Tell whether more than one part names this one."""
        names = (name for name in self.package.archive.entries if name.lower().endswith(".rels"))
        sources = (self.package.relations(source_of(name)) for name in names)
        return sum(relation.part == part for relations in sources for relation in relations) > 1

    def settle(self) -> None:
        """Write the content types gathered so far; once, because every new part has one."""
        listed = self.package.find(CONTENT_TYPES)
        if listed is None:
            raise guards.damaged(CONTENT_TYPES)
        root = self.tree(listed, 2)
        gone = {f"/{name}".lower() for name in self.dropped}
        splices = [removed(n) for n in root.all("Override") if n.get("PartName").lower() in gone]
        lines = "".join(self._type_lines(root))
        if lines:
            splices.append(appended(self.part(listed), root, lines.encode()))
        self.splice(listed, splices)
        self._types.clear()

    def written(self, by: Standard | None = None) -> bytes:
        """Return the new file, once every part of it that we wrote is seen to be well-formed.

        What is new is compressed *by* the quicker library at hand, if no other is asked for.
        """
        self.settle()
        changed = {name: data for name, data in self.changed.items() if name not in self.dropped}
        sheets = {sheet.part for sheet in self.package.sheets}
        for name, data in (*changed.items(), *self.added.items()):
            if not name.lower().endswith((".vml", ".bin")):
                check_well_formed(without(data, self._hole(name)) if name in sheets else data, name)
        return self.package.archive.rebuilt(changed, self.dropped, self.added, by)

    def _type_lines(self, root: Node) -> Iterable[str]:
        known = {node.get("Extension").lower() for node in root.all("Default")}
        for word, name, content_type in self._types:
            if word == "Override":
                yield f'<{root.prefix}Override PartName="{escaped(name)}" ContentType="{content_type}"/>'
            elif name not in known:
                yield f'<{root.prefix}Default Extension="{name}" ContentType="{content_type}"/>'


def _free_id(taken: set[str]) -> str:
    number = 1
    while f"rId{number}" in taken:
        number += 1
    return f"rId{number}"
