"""Marks laid over somebody's workbook: colours, notes and sheets of ours, with the way back inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from zaitaku_xl.hosts.marking import colours, journal, notes
from zaitaku_xl.hosts.marking import sheet_xml as made
from zaitaku_xl.made import MadeSheet, Mark
from zaitaku_xl.ooxml import drawing, workbook
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.opc import Package, SheetPart
from zaitaku_xl.ooxml.styles import Styles
from zaitaku_xl.ooxml.vml import Box, ShapeIds


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked workbook, and what could not be laid."""

    data: bytes
    unnoted: tuple[tuple[str, int, int], ...] = ()  # coloured without a note: the cell has somebody's own
    unmade: tuple[str, ...] = ()  # sheets not added: the office protects the list of sheets


def marked(data: bytes, marks: Sequence[Mark], made_sheets: Sequence[MadeSheet]) -> Marked:
    """Return the workbook with our marks on it. It must carry none of ours: clear it first."""
    package = Package.opened(data)
    package.check_writable()
    if journal.find(package):
        raise ValueError("already marked: clear the workbook first")
    edit = Edit(package)
    locked = workbook.is_locked(edit)
    unmade = tuple(sheet.name for sheet in made_sheets) if locked else ()
    wanted = () if locked else made_sheets
    if not marks and not wanted:
        return Marked(data, unmade=unmade)
    styles = Styles(edit)
    unnoted = _lay(edit, marks, styles)
    add(edit, wanted, styles)
    styles.flush()
    journal.attach(edit)
    return Marked(edit.written(), unnoted, unmade)


def _lay(edit: Edit, marks: Sequence[Mark], styles: Styles) -> tuple[tuple[str, int, int], ...]:
    sheets = {sheet.name: sheet for sheet in edit.package.sheets}
    by_sheet: dict[str, list[Mark]] = {}
    for mark in marks:
        by_sheet.setdefault(mark.sheet, []).append(mark)
    unknown = by_sheet.keys() - sheets.keys()
    if unknown:
        raise ValueError(f"no such sheets: {sorted(unknown)}")
    ids = ShapeIds(edit)
    ordered = [(sheet, by_sheet[sheet.name]) for sheet in sheets.values() if sheet.name in by_sheet]
    return tuple(
        (sheet.name, row, column) for sheet, own in ordered for row, column in _lay_on(edit, sheet, own, styles, ids)
    )


def _lay_on(
    edit: Edit, sheet: SheetPart, marks: Sequence[Mark], styles: Styles, ids: ShapeIds
) -> list[tuple[int, int]]:
    data, root = edit.part(sheet.part), edit.skeleton(sheet.part)
    drawn = notes.Drawn(data, root, colours.colour(edit, sheet, root, marks, styles))
    texts: dict[tuple[int, int], list[str]] = {}
    for mark in marks:
        said = texts.setdefault((mark.row, mark.column), [])
        if mark.note and mark.note not in said:
            said.append(mark.note)
    boxes = [Box(row, column, "\n".join(said)) for (row, column), said in texts.items() if said]
    unnoted = notes.annotate(edit, sheet, drawn, boxes, ids)
    edit.splice(sheet.part, drawn.changes)
    return unnoted


def add(edit: Edit, sheets: Sequence[MadeSheet], styles: Styles) -> None:
    """Put sheets of ours behind all others; a name that is taken gets a number."""
    names: dict[str, str] = {}
    taken = workbook.sheet_names(edit)
    for sheet in sheets:
        names[sheet.name] = workbook.free_sheet_name(sheet.name, taken)
        taken.append(names[sheet.name])
    for sheet in sheets:
        name = names[sheet.name]
        spaces = edit.package.main_space, edit.package.relation_space
        data = made.worksheet(sheet, *spaces, styles, lambda linked: names.get(linked, linked))
        part = workbook.add_sheet(edit, name, data, made.sheet_scoped_names(sheet, name))
        if sheet.charts:
            drawing.draw(edit, part, name, sheet.charts)
