"""A macro project and a ribbon put into a workbook that has neither; nothing else in it is touched.

A macro project knows each sheet by its code name, and a workbook names the sheets it has one for: those names are all
that is spliced into the office's own parts, beside the relations and the content types.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.marking import journal
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import Node, appended, escaped, place, set_attribute
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.ooxml.splices import Splice
from zaitaku_xl.ooxml.workbook import ORDER as WORKBOOK_ORDER

MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_TYPE = "application/xml"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_PROJECT_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_RIBBON = re.compile(r"relationships/(ui/extensibility|ui/userCustomization)$")
_KINDS = {"worksheet": "Sheet", "chartsheet": "Chart"}
_PROJECT, _RIBBON_FOLDER = "xl/vbaProject.bin", "customui/"
_CODE_NAME = re.compile(r"[^\W\d_]\w{0,30}")
_USE_THE_ADDIN = "どのブックでも使えるアドイン（zaitaku-xl addin install）をお使いください。"


@dataclass(frozen=True, slots=True)
class Document:
    """What a macro project calls the workbook or one of its sheets."""

    name: str
    kind: str  # Workbook, Sheet, Chart


@dataclass(frozen=True, slots=True)
class RibbonPart:
    """A ribbon as a part of the package, and the relation by which Excel finds it."""

    part: str
    relation: str
    data: bytes


def check_attachable(package: Package) -> None:
    """Refuse a workbook whose own macros or ribbon ours would have to share, or that must not be written."""
    package.check_writable()
    if package.related(package.workbook_part, "vbaProject") or package.find(_PROJECT):
        raise Unreadable(f"このブックにはすでにマクロがあります。混ぜるとどちらかが動かなくなります。{_USE_THE_ADDIN}")
    left = any(name.lower().startswith(_RIBBON_FOLDER) for name in package.archive.entries)
    if left or any(_RIBBON.search(relation.type) for relation in package.relations("")):
        raise Unreadable(f"このブックにはすでに独自のリボンがあります。{_USE_THE_ADDIN}")
    if journal.find(package):
        raise Unreadable("点検の色とメモが付いています。zaitaku-xl clear で消してから、もう一度実行してください。")


def name_documents(edit: Edit) -> tuple[Document, ...]:
    """Give the workbook and every sheet a code name where it has none, and return all of them, the workbook first."""
    package = edit.package
    properties = package.workbook.child("workbookPr")
    sheets = [(part, kind, _sheet_properties(edit, part)) for part, kind in _sheets(package)]
    own = properties.get("codeName") if properties else ""
    taken = {name.casefold() for _, _, node in sheets if node and (name := node.get("codeName"))}
    book = Document(own or _free("ThisWorkbook", taken), "Workbook")
    taken.add(book.name.casefold())
    if not own:
        edit.splice(package.workbook_part, [_workbook_name(edit, properties, book.name)])
    found = [book]
    for place_, (part, kind, node) in enumerate(sheets, 1):
        name = node.get("codeName") if node else ""
        if not name:
            name = _free(f"{kind}{place_}", taken)
            taken.add(name.casefold())
            edit.splice(part, [_sheet_name(edit, part, node, name)])
        found.append(Document(name, kind))
    _check_names(found)
    return tuple(found)


def put_project(edit: Edit, project: bytes, ribbons: tuple[RibbonPart, ...], main_type: str) -> None:
    """Put the project and the ribbons in, and make the workbook one that may hold them."""
    workbook = edit.package.workbook_part
    edit.add(_PROJECT, project, _PROJECT_TYPE)
    edit.relate(workbook, _PROJECT_RELATION, _PROJECT)
    for ribbon in ribbons:
        edit.add(ribbon.part, ribbon.data, _RIBBON_TYPE, by_extension=True)
        edit.relate("", ribbon.relation, ribbon.part)
    listed = edit.package.types_part
    edit.splice(listed, [_main_type(edit, listed, workbook, main_type)])


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    relations = {relation.id: relation for relation in package.relations(package.workbook_part)}
    listed = package.workbook.child("sheets")
    for sheet in listed.children if listed else ():
        relation = relations.get(sheet.get("id"))
        kind = _KINDS.get(relation.kind) if relation else None
        if relation is None or kind is None or relation.part is None:
            raise Unreadable(
                f"シート「{sheet.get('name')}」は古い形式（ダイアログやExcel 4.0マクロ）です。{_USE_THE_ADDIN}"
            )
        yield relation.part, kind


def _sheet_properties(edit: Edit, part: str) -> Node | None:
    return edit.skeleton(part, 2).child("sheetPr")


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name.casefold() in taken:
        name, number = f"{wanted}_{number}", number + 1
    return name


def _workbook_name(edit: Edit, properties: Node | None, name: str) -> Splice:
    data, root = edit.part(edit.package.workbook_part), edit.package.workbook
    if properties is not None:
        return set_attribute(data, properties, "codeName", name)
    at = place(root, "workbookPr", WORKBOOK_ORDER)
    return Splice(at, at, f'<{root.prefix}workbookPr codeName="{escaped(name)}"/>'.encode())


def _sheet_name(edit: Edit, part: str, properties: Node | None, name: str) -> Splice:
    data = edit.part(part)
    if properties is not None:
        return set_attribute(data, properties, "codeName", name)
    root = edit.skeleton(part, 2)
    return Splice(root.inner, root.inner, f'<{root.prefix}sheetPr codeName="{escaped(name)}"/>'.encode())


def _check_names(documents: list[Document]) -> None:
    for document in documents:
        try:
            document.name.encode("cp932")
        except UnicodeEncodeError:
            fits = False
        else:
            fits = _CODE_NAME.fullmatch(document.name) is not None
        if not fits:
            raise Unreadable(f"シートのコード名「{document.name}」を日本語のマクロで扱えません。{_USE_THE_ADDIN}")


def _main_type(edit: Edit, listed: str, workbook: str, main_type: str) -> Splice:
    data, root, wanted = edit.part(listed), edit.tree(listed, 2), f"/{workbook}".lower()
    for line in root.all("Override"):
        if line.get("PartName").lower() == wanted:
            return set_attribute(data, line, "ContentType", main_type)
    override = f'<{root.prefix}Override PartName="/{escaped(workbook)}" ContentType="{main_type}"/>'
    return appended(data, root, override.encode())
