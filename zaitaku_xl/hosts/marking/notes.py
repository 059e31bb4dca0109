"""Notes of ours: a comment, the box it is drawn in, and the element by which the sheet names the drawing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zaitaku_xl.a1 import Position, address, position
from zaitaku_xl.made import OURS, is_note_of_ours, numbered
from zaitaku_xl.ooxml import guards, vml
from zaitaku_xl.ooxml.edit import XML, Edit
from zaitaku_xl.ooxml.nodes import Node, appended, related_id, removed, spoken, spoken_text, text_tag
from zaitaku_xl.ooxml.opc import SheetPart
from zaitaku_xl.ooxml.splices import Splice
from zaitaku_xl.ooxml.vml import Box
from zaitaku_xl.ooxml.worksheet import insertion, legacy_drawing

AUTHOR = "在宅点検(zaitaku_xl)"
PREFIX = OURS
FONT = "Yu Gothic"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_DEEP = 9  # comments > commentList > comment > text > r > t, with room for AlternateContent


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet as it was read, its skeleton, and what is to be changed of it, all at one go: a large one takes time."""

    data: bytes
    root: Node
    changes: list[Splice]


def annotate(edit: Edit, sheet: SheetPart, drawn: Drawn, boxes: Iterable[Box], ids: vml.ShapeIds) -> list[Position]:
    """Lay the notes of one sheet and return the cells that got none: they already carry somebody's words."""
    numbers = (Box(box.row, box.column, numbered(box.text)) for box in boxes)
    wanted = sorted(numbers, key=lambda box: (box.row, box.column))
    theirs = _annotated(edit, sheet)
    free = [box for box in wanted if (box.row, box.column) not in theirs]
    if free and not _draw(edit, sheet, drawn, free, ids):
        free = []
    if free:
        _write(edit, sheet, free)
    laid = {(box.row, box.column) for box in free}
    return [(box.row, box.column) for box in wanted if (box.row, box.column) not in laid]


def _annotated(edit: Edit, sheet: SheetPart) -> set[Position]:
    """Return the cells with a note or a thread; a note on an area belongs to its first cell."""
    cells: set[Position] = set()
    for relation in edit.package.relations(sheet.part):
        if relation.part and relation.kind in ("comments", "threadedComment"):
            nodes = edit.tree(relation.part, 3).walk()
            cells |= {position(n.get("ref")) for n in nodes if n.local in ("comment", "threadedComment")}
    return cells


def _draw(edit: Edit, sheet: SheetPart, drawn: Drawn, boxes: list[Box], ids: vml.ShapeIds) -> bool:
    page = vml.Page(drawn.data, drawn.root)
    element = legacy_drawing(drawn.root)
    named = [r for r in edit.package.relations(sheet.part) if element and r.id == element.get("id")]
    if element is None or all(relation.dangles for relation in named):
        _add_drawing(edit, sheet, drawn, element, vml.drawing(boxes, page, ids))
        return True
    part = next((relation.part for relation in named if relation.part), None)
    splices = vml.added(edit.part(part), boxes, page, ids) if part else None
    if part is None or splices is None:
        return False
    edit.splice(part, splices)
    return True


def _add_drawing(edit: Edit, sheet: SheetPart, drawn: Drawn, element: Node | None, data: bytes) -> None:
    """Add a drawing, and the element that names it unless there is one already, which names nothing."""
    part = edit.free_name("xl/drawings/vmlDrawing{}.vml")
    edit.add(part, data, _VML_TYPE, by_extension=True)
    new_id = edit.relate(sheet.part, "vmlDrawing", part, element.get("id") if element else None)
    if element is not None:
        return
    root = drawn.root
    at = insertion(root, "legacyDrawing")
    named = related_id(root, edit.package.relation_space, new_id)
    drawn.changes.append(Splice(at, at, f"<{root.prefix}legacyDrawing {named}/>".encode()))


def _write(edit: Edit, sheet: SheetPart, boxes: Sequence[Box]) -> None:
    part = edit.package.related(sheet.part, "comments")
    if part is None:
        _write_first(edit, sheet, boxes)
        return
    data, root = edit.part(part), edit.tree(part, _DEEP)
    authors, listed = root.child("authors"), root.child("commentList")
    if authors is None or listed is None:
        raise guards.damaged(part)
    names = [spoken_text(author.text) for author in authors.all("author")]
    splices = []
    if AUTHOR not in names:
        names.append(AUTHOR)
        splices.append(appended(data, authors, f"<{root.prefix}author>{AUTHOR}</{root.prefix}author>".encode()))
    xml = "".join(_comments(root.prefix, boxes, names.index(AUTHOR)))
    edit.splice(part, [*splices, appended(data, listed, xml.encode())])


def _write_first(edit: Edit, sheet: SheetPart, boxes: Sequence[Box]) -> None:
    part = edit.free_name("xl/comments{}.xml")
    xml = (
        f'{XML}<comments xmlns="{edit.package.main_space}"><authors><author>{AUTHOR}</author></authors>'
        f"<commentList>{''.join(_comments('', boxes, 0))}</commentList></comments>"
    )
    edit.add(part, xml.encode(), _COMMENTS_TYPE)
    edit.relate(sheet.part, "comments", part)


def _comments(p: str, boxes: Sequence[Box], author: int) -> Iterator[str]:
    before = (
        f'" authorId="{author}" shapeId="0"><{p}text><{p}r><{p}rPr><{p}sz val="9"/><{p}color indexed="81"/>'
        f'<{p}rFont val="{FONT}"/><{p}family val="3"/><{p}charset val="128"/></{p}rPr>'
    )
    after = f"</{p}r></{p}text></{p}comment>"
    for box in boxes:
        yield f'<{p}comment ref="{address(box.row, box.column)}{before}{text_tag(box.text, p)}{after}'


def unannotate(edit: Edit, sheet: SheetPart) -> list[Position]:
    """Take our notes off a sheet; return the cells where a person wrote into a note of ours, which stays with its words."""
    part = edit.package.related(sheet.part, "comments")
    if part is None:
        return []
    root = edit.tree(part, _DEEP)
    authors, listed = root.child("authors"), root.child("commentList")
    names = [spoken_text(author.text) for author in authors.all("author")] if authors else []
    comments = listed.all("comment") if listed else []
    ours = [comment for comment in comments if is_ours(comment)]
    written_into = [position(c.get("ref")) for c in comments if c not in ours and _was_ours(c, names)]
    if not ours:
        return written_into
    if len(ours) == len(comments):
        edit.drop(sheet.part, part)
    else:
        rest = {comment.get("authorId") for comment in comments if comment not in ours}
        edit.splice(part, [removed(node) for node in (*ours, *_last_author(authors, names, rest))])
    _undraw(edit, sheet, [position(comment.get("ref")) for comment in ours])
    return written_into


def is_ours(comment: Node) -> bool:
    """Tell by its whole text whether a comment is ours and holds nobody's words: who is named as its author may lie."""
    return is_note_of_ours(spoken(comment))


def _was_ours(comment: Node, names: Sequence[str]) -> bool:
    author = comment.get("authorId")
    name = names[int(author)] if author.isdecimal() and int(author) < len(names) else ""
    return name == AUTHOR or spoken(comment).lstrip().startswith(PREFIX)


def _last_author(authors: Node | None, names: Sequence[str], needed: set[str]) -> list[Node]:
    # Only the last author can go: comments name their authors by number.
    if authors is None or not names or names[-1] != AUTHOR or str(len(names) - 1) in needed:
        return []
    return authors.all("author")[-1:]


def _undraw(edit: Edit, sheet: SheetPart, cells: Sequence[Position]) -> None:
    for relation in edit.package.relations(sheet.part):
        if relation.kind != "vmlDrawing" or relation.part is None:
            continue
        edit.splice(relation.part, vml.without(edit.part(relation.part), cells))
        if vml.has_shapes(edit.part(relation.part)) or edit.is_shared(relation.part):
            continue
        element = legacy_drawing(edit.skeleton(sheet.part))
        if element is not None and element.get("id") == relation.id:
            edit.splice(sheet.part, [removed(element)])
            edit.drop_whole(sheet.part, relation.part)
