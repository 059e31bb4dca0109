"""Marks laid over somebody's workbook: colours, notes and sheets of ours, with the way back inside."""

from collections.abc import Callable, Iterable, Sequence

from zaitaku_xl.errors import Unwritten
from zaitaku_xl.hosts.book import Marked
from zaitaku_xl.hosts.marking import colours, journal, notes
from zaitaku_xl.hosts.marking import sheet_xml as made
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.ooxml import drawing, workbook
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.opc import Package, SheetPart
from zaitaku_xl.ooxml.styles import Styles
from zaitaku_xl.ooxml.vml import Box, ShapeIds
from zaitaku_xl.plan import Colour, Note, Plan


def marked(data: bytes, plan: Plan) -> Marked:
    """Return the workbook with our marks on it. It must carry none of ours: clear it first."""
    package = Package.opened(data)
    package.check_writable()
    if journal.find(package):
        raise ValueError("already marked: clear the workbook first")
    edit = Edit(package)
    locked = workbook.is_locked(edit)
    unmade = tuple(sheet.name for sheet in plan.sheets) if locked else ()
    sheets = () if locked else plan.sheets
    if not (plan.colours or plan.notes or sheets):
        return Marked(data=data, unmade=unmade)
    styles = Styles(edit)
    unnoted = _lay(edit, plan, styles)
    add(edit, sheets, styles)
    styles.flush()
    journal.attach(edit)
    return Marked(data=edit.written(), unnoted=unnoted, unmade=unmade)


def given(data: bytes, make: Callable[[Sequence[str]], Sequence[MadeSheet]]) -> bytes:
    """Return the workbook with sheets that are the office's from birth: nothing of ours is under or in them.

    They are made knowing the names that are taken. Raises Unwritten where the list of sheets is protected.
    """
    package = Package.opened(data)
    package.check_writable()
    edit = Edit(package)
    if workbook.is_locked(edit):
        raise Unwritten("シートの追加が保護されているブックです。ブックの保護を外してから指定してください。")
    sheets = make(workbook.sheet_names(edit))
    if not all(sheet.of_the_office for sheet in sheets):
        raise ValueError("what is given to an office bears no number of ours")
    styles = Styles(edit)
    add(edit, sheets, styles)
    styles.flush()
    return edit.written()


def _lay(edit: Edit, plan: Plan, styles: Styles) -> tuple[tuple[str, int, int], ...]:
    laid = plan.by_sheet()
    sheets = {sheet.name: sheet for sheet in edit.package.sheets}
    unknown = laid.keys() - sheets.keys()
    if unknown:
        raise ValueError(f"no such sheets: {sorted(unknown)}")
    ids = ShapeIds(edit)
    unnoted: list[tuple[str, int, int]] = []
    for name, sheet in sheets.items():
        if name in laid:
            cells = _lay_on(edit, sheet, *laid[name], styles, ids)
            unnoted += ((name, row, column) for row, column in cells)
    return tuple(unnoted)


def _lay_on(
    edit: Edit, sheet: SheetPart, own: Iterable[Colour], own_notes: Iterable[Note], styles: Styles, ids: ShapeIds
) -> list[tuple[int, int]]:
    data, root = edit.part(sheet.part), edit.skeleton(sheet.part)
    drawn = notes.Drawn(data, root, colours.colour(edit, sheet, root, own, styles))
    boxes = [Box(note.row, note.column, note.text) for note in own_notes]
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
