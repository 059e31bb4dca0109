"""Where things stand in an XML part: expat gives byte offsets, and nothing is ever serialised again.

Serialising a tree renames prefixes, while attributes such as ``mc:Ignorable`` go on naming the old ones.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.remembered import remembered
from zaitaku_xl.ooxml.splices import Splice

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_OPENING = ord("<")
_ATTRIBUTE = re.compile(rb"""\s([\w:.\-]+)\s*=\s*("[^"]*"|'[^']*')""")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile("&(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Hole(NamedTuple):
    """Bytes that expat need not see, between a start tag and its end tag."""

    start: int
    end: int


NO_HOLE = Hole(0, 0)


class Node:
    """An element and the offsets of its tags: ``<a>`` at start..inner, ``</a>`` at tail..end."""

    __slots__ = ("attributes", "children", "empty", "end", "inner", "local", "name", "start", "tail", "text")

    def __init__(self, name: str, attributes: Mapping[str, str], start: int, inner: int, empty: bool) -> None:
        self.name, self.attributes, self.start, self.inner, self.empty = name, attributes, start, inner, empty
        self.tail = self.end = inner
        self.local = name.rpartition(":")[2]
        self.children: list[Node] = []
        self.text = ""

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.name[: self.name.find(":") + 1]

    def child(self, local: str) -> "Node | None":
        for child in self.children:
            if child.local == local:
                return child
        return None

    def all(self, local: str) -> "list[Node]":
        return [child for child in self.children if child.local == local]

    def walk(self) -> "Iterator[Node]":
        yield self
        for child in self.children:
            yield from child.walk()

    def get(self, local: str, default: str = "") -> str:
        """Return an attribute whatever its prefix: ``r:id`` is asked for as ``id``."""
        for name, value in self.attributes.items():
            if name == local or name.rpartition(":")[2] == local:
                return value
        return default


class _Locator:
    def __init__(self, data: bytes, depth: int, parser: expat.XMLParserType) -> None:
        self.data, self.depth, self.parser = data, depth, parser
        self.root: Node | None = None
        self.open: list[Node] = []
        self.level = 0

    def started(self, name: str, attributes: dict[str, str]) -> None:
        self.level += 1
        if self.level > self.depth:
            return
        start = self.parser.CurrentByteIndex
        inner = tag_end(self.data, start)
        # The end event of <a/> and of </a> cannot be told apart by its offset.
        node = Node(name, attributes, start, inner, self.data[inner - 2 : inner] == b"/>")
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def ended(self, _name: str) -> None:
        self.level -= 1
        if self.level >= self.depth:
            return
        node = self.open.pop()
        if not node.empty:
            node.tail = self.parser.CurrentByteIndex
            node.end = self.data.index(b">", node.tail) + 1

    def said(self, text: str) -> None:
        if self.level <= self.depth:
            self.open[-1].text += text


def located(data: bytes, part: str, depth: int = 4, hole: Hole = NO_HOLE) -> Node:
    """Return the root with its descendants down to *depth* levels; the bytes in *hole* are not looked at."""
    if hole != NO_HOLE:
        return around(located(without(data, hole), part, depth), hole)
    data = guards.as_utf8(part, data)
    parser = _parser(part)
    locator = _Locator(data, depth, parser)
    parser.StartElementHandler, parser.EndElementHandler = locator.started, locator.ended
    parser.CharacterDataHandler = locator.said
    _parse(parser, data, part)
    if locator.root is None:
        raise guards.damaged(part)
    return locator.root


@remembered
def located_before(data: bytes, part: str, depth: int) -> Node:
    """Return the same as :func:`located`, of a small part from memory: its nodes are for reading only."""
    return located(data, part, depth)


def without(data: bytes, hole: Hole) -> bytes:
    """Return the data with the bytes in the hole left out."""
    return data[: hole.start] + data[hole.end :]


def around(node: Node, hole: Hole) -> Node:
    """Return a node that was located without the hole as it stands in the data that has it."""
    if node.end < hole.start or hole == NO_HOLE:
        return node
    by = hole.end - hole.start
    ahead = by if node.start >= hole.start else 0
    moved = Node(node.name, node.attributes, node.start + ahead, node.inner + ahead, node.empty)
    moved.text, moved.children = node.text, [around(child, hole) for child in node.children]
    if not node.empty:
        behind = by if node.tail >= hole.start else 0
        moved.tail, moved.end = node.tail + behind, node.end + behind
    return moved


@remembered
def check_well_formed(data: bytes, part: str) -> None:
    """Refuse XML that does not parse; without handlers this runs at expat's own speed."""
    _parse(_parser(part), data, part)


def _parser(part: str) -> expat.XMLParserType:
    def refuse(*_: object) -> None:
        raise guards.doctype(part)

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def _parse(parser: expat.XMLParserType, data: bytes, part: str) -> None:
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise guards.damaged(part) from error
    finally:  # parser and handlers hold each other: let go, or only the garbage collector frees what they read
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def tag_end(data: bytes, start: int) -> int:
    """Return the offset behind the ``>`` of the tag that starts here; quoted ``>`` do not count.

    >>> tag_end(b"<a x='>'><b>", 0), tag_end(b'<a x=">"><b>', 0), tag_end(b'<a x="1"><b>', 0)
    (9, 9, 9)
    """
    end = data.find(b">", start) + 1
    # Nearly every tag ends at its first ">", and counting quotes is far quicker than reading them.
    if end and data.count(b'"', start, end) % 2 == 0 and data.find(b"'", start, end) < 0 and data[start] == _OPENING:
        return end
    tag = _TAG.match(data, start)
    if tag is None:
        raise guards.damaged(f"{start}バイト目")
    return tag.end()


def set_attribute(data: bytes, node: Node, name: str, value: str) -> Splice:
    """Return the splice that sets one attribute of a start tag."""
    new = f'"{escaped(value)}"'.encode()
    for match in _ATTRIBUTE.finditer(data, node.start, node.inner):
        if match[1] == name.encode():
            return Splice(match.start(2), match.end(2), new)
    cut = node.start + 1 + len(node.name.encode())
    return Splice(cut, cut, f" {name}=".encode() + new)


def appended(data: bytes, node: Node, payload: bytes) -> Splice:
    """Return the splice that puts *payload* last inside a node, opening it if it is ``<a/>``."""
    if not node.empty:
        return Splice(node.tail, node.tail, payload)
    slash = data.rindex(b"/", node.start, node.end)
    return Splice(slash, node.end, b">" + payload + f"</{node.name}>".encode())


def removed(node: Node) -> Splice:
    """Return the splice that takes a node out."""
    return Splice(node.start, node.end, b"")


def place(root: Node, local: str, order: Mapping[str, int]) -> int:
    """Return the offset where a new child belongs: before the first one of higher rank."""
    for child in root.children:
        rank = _rank(child, order)
        if rank is not None and rank > order[local]:
            return child.start
    return root.tail


def _rank(node: Node, order: Mapping[str, int]) -> int | None:
    if node.local != "AlternateContent":
        return order.get(node.local)
    # mc:AlternateContent ranks as what it offers: controls, oleObjects, ...
    inside = (order.get(child.local) for choice in node.children for child in choice.children)
    return next((rank for rank in inside if rank is not None), None)


def related_id(root: Node, space: str, value: str) -> str:
    """Return ``r:id="…"`` under the prefix the root already binds, or binding one itself."""
    bound = (name[6:] for name, uri in root.attributes.items() if name.startswith("xmlns:") and uri == space)
    prefix = next(bound, None)
    return f'{prefix}:id="{value}"' if prefix else f'xmlns:r="{space}" r:id="{value}"'


def ranks(names: str) -> dict[str, int]:
    """Return the rank of each name in a schema's sequence.

    >>> ranks("cols sheetData")
    {'cols': 0, 'sheetData': 1}
    """
    return {name: rank for rank, name in enumerate(names.split())}


def escaped(text: str) -> str:
    """Return text fit for an attribute or an element.

    >>> escaped('a<"b"')
    'a&lt;&quot;b&quot;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def unescaped(text: str) -> str:
    """Return text without entities; some programs write every kanji as one.

    >>> unescaped("&apos;&#26085;&#x5831;&apos;!A1&amp;A2")
    "'日報'!A1&A2"
    """
    return _ENTITY.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    word = found[1]
    if not word.startswith("#"):
        return _NAMED[word]
    number = int(word[2:], 16) if word[1] == "x" else int(word[1:])
    return chr(number) if number < 0x110000 else ""


@lru_cache(maxsize=1024)
def cell_text(text: str) -> str:
    """Return text as SpreadsheetML stores it: what XML cannot hold becomes ``_xHHHH_``.

    >>> cell_text('a_x0041_&')
    'a_x005F_x0041_&amp;'
    """
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if not text.replace("\n", "").isprintable():  # nothing that is unfit for XML can be printed
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _UNFIT.sub(lambda bad: f"_x{ord(bad[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_tag(text: str, prefix: str = "") -> str:
    """Return the element that holds a text; blanks at its ends count only where that is said.

    >>> text_tag("a b"), text_tag(" a")
    ('<t>a b</t>', '<t xml:space="preserve"> a</t>')
    """
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<{prefix}t{space}>{cell_text(text)}</{prefix}t>"


def spoken_text(text: str) -> str:
    """Return what a person reads of a stored text, the inverse of :func:`cell_text`.

    >>> spoken_text('a_x005F_x0041_')
    'a_x0041_'
    """
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def spoken(node: Node) -> str:
    """Return the text a node shows: its runs together, without the readings of the kanji."""
    return spoken_text("".join(_runs(node)))


def _runs(node: Node) -> Iterable[str]:
    if node.local == "t":
        yield node.text
    for child in node.children:
        if child.local not in ("rPh", "phoneticPr"):
            yield from _runs(child)
