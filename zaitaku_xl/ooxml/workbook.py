"""The workbook's list of sheets, the names that hang on it, and the titles in the document's properties."""

import re

from zaitaku_xl.measure import MAX_SHEET_NAME, cut, units
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import Node, appended, cell_text, escaped, place, ranks, related_id, removed, set_attribute
from zaitaku_xl.ooxml.opc import is_on
from zaitaku_xl.ooxml.splices import Splice

ORDER = ranks(
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences"
    " definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing"
    " fileRecoveryPr webPublishObjects extLst"
)
_MAX_SHEET_ID = 65_534
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")


def is_locked(edit: Edit) -> bool:
    """Tell whether the office protects the list of sheets, so that none may be added."""
    protection = edit.package.workbook.child("workbookProtection")
    return protection is not None and is_on(protection.get("lockStructure"))


def sheet_names(edit: Edit) -> list[str]:
    """Return the names of all sheets the office has, chart sheets too."""
    listed = edit.package.workbook.child("sheets")
    return [sheet.get("name") for sheet in (listed.children if listed else ())]


def free_sheet_name(wanted: str, taken: list[str]) -> str:
    """Return the name, or the name with 2, 3, … behind it; Excel does not tell capitals from small letters.

    >>> free_sheet_name("点検結果", ["日報", "点検結果"])
    '点検結果2'
    """
    if not wanted or _FORBIDDEN.search(wanted) or units(wanted) > MAX_SHEET_NAME:
        raise ValueError(f"not a sheet name: {wanted!r}")
    known = {name.casefold() for name in taken}
    name, number = wanted, 2
    while name.casefold() in known:
        name, number = cut(wanted, MAX_SHEET_NAME - len(str(number))) + str(number), number + 1
    return name


def quoted(name: str) -> str:
    """Return a sheet name as formulas write it.

    >>> quoted("A's")
    "'A''s'"
    """
    return "'" + name.replace("'", "''") + "'"


def add_sheet(edit: Edit, name: str, data: bytes, names: dict[str, str]) -> str:
    """Put a sheet last, with the defined names that belong to it, and return its part."""
    workbook = edit.package.workbook_part
    part = edit.free_name("xl/worksheets/sheet{}.xml")
    edit.add(part, data, _SHEET_TYPE)
    new_id = edit.relate(workbook, "worksheet", part)
    root = _root(edit)
    listed = root.child("sheets")
    if listed is None:
        raise ValueError("a workbook without sheets")
    new = _free_sheet_id([int(sheet.get("sheetId")) for sheet in listed.children if sheet.get("sheetId").isdecimal()])
    named = related_id(root, edit.package.relation_space, new_id)
    xml = f'<{listed.prefix}sheet name="{escaped(name)}" sheetId="{new}" {named}/>'
    splices = [appended(edit.part(workbook), listed, xml.encode())]
    if names:
        splices.append(_names_splice(edit.part(workbook), root, len(listed.children), names))
    edit.splice(workbook, splices)
    _add_title(edit, name, len(listed.children))
    return part


def _free_sheet_id(taken: list[int]) -> int:
    """Return the id after the last, or the first free one where Excel counts no further."""
    after = max(taken, default=0) + 1
    if after <= _MAX_SHEET_ID:
        return after
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _root(edit: Edit) -> Node:
    return edit.tree(edit.package.workbook_part)


def _names_splice(data: bytes, root: Node, position: int, names: dict[str, str]) -> Splice:
    p = root.prefix
    xml = "".join(
        f'<{p}definedName name="{name}" localSheetId="{position}"{_hidden(name)}>{escaped(formula)}</{p}definedName>'
        for name, formula in names.items()
    )
    listed = root.child("definedNames")
    if listed is not None:
        return appended(data, listed, xml.encode())
    at = place(root, "definedNames", ORDER)
    return Splice(at, at, f"<{p}definedNames>{xml}</{p}definedNames>".encode())


def _hidden(name: str) -> str:
    return ' hidden="1"' if name == "_xlnm._FilterDatabase" else ""


def remove_sheet(edit: Edit, name: str, part: str) -> None:
    """Take a sheet out as if it had never been there: later sheets move up, and so does what counts them."""
    workbook = edit.package.workbook_part
    data, root = edit.part(workbook), _root(edit)
    listed = root.child("sheets")
    sheet = next(s for s in (listed.children if listed else ()) if s.get("name") == name)
    position = listed.children.index(sheet) if listed else 0
    names = _names_without(data, root, position, name)
    edit.splice(workbook, [removed(sheet), *names, *_views_without(data, root, position)])
    edit.drop_whole(workbook, part)
    _remove_title(edit, name)


def is_named(text: str, sheet: str) -> bool:
    """Tell whether a formula names a sheet, with or without quotes.

    >>> is_named("SUM('A''s'!A1)", "A's"), is_named("前月日報!A1", "日報")
    (True, False)
    """
    bare, doubled = re.escape(sheet), re.escape(sheet.replace("'", "''"))
    return re.search(rf"[':]{doubled}'!|(?<![\w.'\]]){bare}!", text) is not None


def _names_without(data: bytes, root: Node, position: int, sheet: str) -> list[Splice]:
    listed = root.child("definedNames")
    names = listed.children if listed else []
    # A filter or a print title of a sheet is told by its formula too: openpyxl counts without chart sheets.
    gone = [name for name in names if is_scoped(name, position, sheet)]
    if listed and len(gone) == len(names):
        return [removed(listed)]
    rest = [(name, name.get("localSheetId")) for name in names if name not in gone]
    later = [(name, int(scope)) for name, scope in rest if scope.isdecimal() and int(scope) > position]
    return [removed(n) for n in gone] + [set_attribute(data, n, "localSheetId", str(w - 1)) for n, w in later]


def is_scoped(name: Node, position: int, sheet: str) -> bool:
    """Tell whether a defined name goes when its sheet goes."""
    here = name.get("localSheetId") == str(position)
    if not name.get("name").startswith("_xlnm."):
        return here
    return is_named(name.text, sheet) or (here and "!" not in name.text)  # Gnumeric writes a title as a name


def _views_without(data: bytes, root: Node, position: int) -> list[Splice]:
    views = root.child("bookViews")
    return [
        set_attribute(data, view, name, str(max(0, int(view.get(name)) - 1)))
        for view in (views.children if views else ())
        for name in ("firstSheet", "activeTab")
        if view.get(name).isdecimal() and int(view.get(name)) >= position
    ]


def _titles(edit: Edit) -> tuple[str, Node, Node] | None:
    """Return the properties part, the number of worksheets in it and the list of titles, if it has them."""
    part = edit.package.related("", "extended-properties")
    if part is None:
        return None
    root = edit.tree(part, 6)
    pairs, titles = root.child("HeadingPairs"), root.child("TitlesOfParts")
    if not pairs or not titles or not pairs.children or not titles.children:
        return None
    counts = [node for node in pairs.children[0].walk() if node.local in ("i4", "int")]
    vector = titles.children[0]
    if not counts or not counts[0].text.strip().isdecimal() or int(counts[0].text) > len(vector.children):
        return None
    return part, counts[0], vector


def _add_title(edit: Edit, name: str, sheets: int) -> None:
    found = _titles(edit)
    if found is None or int(found[1].text) > sheets:  # the first heading counts something else
        return
    part, count, vector = found
    data, number = edit.part(part), int(count.text)
    at = vector.children[number].start if number < len(vector.children) else vector.tail
    title = _title_like(vector.children[0], name)
    edit.splice(part, [Splice(at, at, title.encode()), *_sized(data, count, vector, 1)])


def _title_like(other: Node, name: str) -> str:
    """Return a title in the words of another: some programs put each into a variant of its own."""
    if other.children:
        return f"<{other.name}>{_title_like(other.children[0], name)}</{other.name}>"
    return f"<{other.name}>{cell_text(name)}</{other.name}>"


def _remove_title(edit: Edit, name: str) -> None:
    found = _titles(edit)
    if found is None:
        return
    part, count, vector = found
    title = next((node for node in vector.children[: int(count.text)] if _title_in(node) == name), None)
    if title is not None:
        edit.splice(part, [removed(title), *_sized(edit.part(part), count, vector, -1)])


def _title_in(node: Node) -> str:
    return _title_in(node.children[0]) if node.children else node.text


def _sized(data: bytes, count: Node, vector: Node, by: int) -> list[Splice]:
    number = str(int(count.text) + by).encode()
    return [
        Splice(count.inner, count.tail, number),
        set_attribute(data, vector, "size", str(len(vector.children) + by)),
    ]
