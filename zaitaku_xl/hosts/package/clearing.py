"""Our marks taken off again: exactly where the file is as we left it, by meaning where it was saved since."""

from collections.abc import Iterable
from dataclasses import dataclass

from zaitaku_xl.hosts.package import colours, content, guards, journal, notes, workbook
from zaitaku_xl.hosts.package.edit import Edit
from zaitaku_xl.hosts.package.nodes import unescaped
from zaitaku_xl.hosts.package.opc import Package, SheetPart

# Our first words as most programs write them, and as those begin that write only ASCII.
_OUR_WORDS = (notes.PREFIX.encode(), b"&#12304;", b"&#x3010;")


@dataclass(frozen=True, slots=True)
class Cleared:
    """A workbook without our marks. ``kept`` names sheets of ours that a person has edited since."""

    data: bytes
    exact: bool  # every part is what it was before we marked it
    kept: tuple[str, ...] = ()


def cleared(data: bytes) -> Cleared:
    """Return the workbook without our marks; a workbook that has none comes back as the same bytes."""
    package = Package.opened(data)
    part = journal.find(package)
    record = journal.read(package, part) if part else None
    before = journal.undone(package, record) if record else None
    if before is not None:
        guards.check_writable(package.archive.entries)
        return Cleared(before, exact=True)
    return _cleared_by_meaning(package, part)


def _cleared_by_meaning(package: Package, journal_part: str | None) -> Cleared:
    edit = Edit(package)
    ours = _made_sheets(edit)
    unedited = [sheet for sheet, as_made in ours if as_made]
    gone = [sheet for sheet in unedited if not _is_used(edit, sheet, unedited)]
    for sheet in gone:
        workbook.remove_sheet(edit, sheet.name, sheet.part)
    for sheet in package.sheets:
        if sheet not in gone:
            colours.uncolour(edit, sheet)
            notes.unannotate(edit, sheet)
    if journal_part:
        journal.detach(edit, journal_part)
    kept = tuple(sheet.name for sheet, _ in ours if sheet not in gone)
    if not edit.changed:
        return Cleared(package.archive.data, exact=not kept, kept=kept)
    guards.check_writable(package.archive.entries)
    return Cleared(edit.written(), exact=False, kept=kept)


def _made_sheets(edit: Edit) -> list[tuple[SheetPart, bool]]:
    """Return the sheets that say they are ours, and whether they still say what we wrote."""
    shared = content.shared_texts(edit) if _may_hold_our_words(edit.package) else []
    ours = (s for s in edit.package.sheets if content.first_text(edit, s.part, shared).startswith(notes.PREFIX))
    return [(sheet, _is_as_made(edit, sheet, shared)) for sheet in ours]


def _may_hold_our_words(package: Package) -> bool:
    part = package.shared_strings_part
    return part is not None and any(words in package.part(part) for words in _OUR_WORDS)


def _is_as_made(edit: Edit, sheet: SheetPart, shared: list[str]) -> bool:
    annotated = edit.package.related(sheet.part, "comments") is not None
    return not annotated and content.is_as_made(content.sheet_texts(edit, sheet.part, shared))


def _is_used(edit: Edit, sheet: SheetPart, unedited: Iterable[SheetPart]) -> bool:
    """Tell whether a formula, name, chart or pivot of the office rests on a sheet of ours: then it must stay."""
    package = edit.package
    words_only = {package.workbook_part, package.shared_strings_part, package.related("", "extended-properties")}
    skipped = {other.part for other in unedited} | words_only
    parts = (n for n in package.archive.entries if n.startswith("xl/") and n.endswith(".xml") and n not in skipped)
    if any(_names(package.part(part), sheet.name) for part in parts):
        return True
    listed = package.workbook.child("definedNames")
    return any(
        workbook.is_named(name.text, sheet.name) and not workbook.is_scoped(name, sheet.position, sheet.name)
        for name in (listed.children if listed else ())
    )


def _names(data: bytes, sheet: str) -> bool:
    if sheet.encode() not in data and b"&" not in data:
        return False
    text = unescaped(data.decode("utf-8", "replace"))
    return workbook.is_named(text, sheet) or f'sheet="{sheet}"' in text  # the latter is how a pivot names its source
