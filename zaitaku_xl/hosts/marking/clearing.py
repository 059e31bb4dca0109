"""Our marks taken off again: exactly where the file is as we left it, by meaning where it was saved since."""

from collections.abc import Collection, Iterable
from weakref import WeakKeyDictionary

from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.book import Cleared, Ours
from zaitaku_xl.hosts.marking import colours, journal, leftovers, notes
from zaitaku_xl.hosts.marking.undoing import takes_only_ours
from zaitaku_xl.hosts.marking.untouched import is_untouched
from zaitaku_xl.made import OURS, is_as_made, key_in, told_apart
from zaitaku_xl.ooxml import content, workbook
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import unescaped
from zaitaku_xl.ooxml.opc import Package, SheetPart

# Our first words as most programs write them, and as those begin that write only ASCII.
_OUR_WORDS, _OUR_WORDS_IN_ASCII = OURS.encode(), (b"&#12304;", b"&#x3010;")

_Found = tuple[tuple[SheetPart, Ours], ...]
# A workbook is asked for the forms to make anew, and then cleared; the answer goes when the workbook goes.
_found: WeakKeyDictionary[Package, _Found] = WeakKeyDictionary()


def cleared(data: bytes, also: Collection[str] = ()) -> Cleared:
    """Return the workbook without our marks; a workbook that has none comes back as the same bytes.

    A sheet of ours that somebody has edited, or into whose columns the office wrote, stays, unless its name is in *also*.
    """
    package = Package.opened(data)
    part = journal.find(package)
    record = journal.read(package, part) if part else None
    if record is not None and part not in record.added:  # one that would stay itself is no way back
        record = None
    before = journal.undone(package, record) if record else None
    spared = _spared(package, also)
    held = record is not None and any(sheet.part in record.added for sheet in spared)
    if record is not None and before is not None and not held and takes_only_ours(package, before, record.added):
        package.check_writable()
        clean = package.archive.rebuilt(before, set(record.added), {})
        return Cleared(data=clean, exact=True, kept=_older(package, record))
    return _cleared_by_meaning(package, part, also, spared)


def _spared(package: Package, also: Collection[str]) -> list[SheetPart]:
    """Return the sheets into whose columns the office wrote; where none can be made anew, they stay for good."""
    ours = [(sheet, its) for sheet, its in _made_sheets(package) if its.written_in]
    if not ours:
        return []
    locked = workbook.is_locked(Edit(package))
    return [sheet for sheet, its in ours if its.as_made and (locked or sheet.name not in also)]


def sheets_of_ours(data: bytes) -> tuple[Ours, ...]:
    """Return the sheets we made, in the order of the workbook."""
    return tuple(ours for _, ours in _made_sheets(Package.opened(data)))


def _cleared_by_meaning(
    package: Package, journal_part: str | None, also: Collection[str], spared: Collection[SheetPart]
) -> Cleared:
    edit = Edit(package)
    ours = _made_sheets(package)
    unedited = [sheet for sheet, its in ours if (its.as_made or sheet.name in also) and sheet not in spared]
    words = _words_of_the_office(package, unedited) if unedited else []
    gone = [sheet for sheet in unedited if not _is_used(package, sheet, words)]
    if gone and len(gone) == len(workbook.sheet_names(edit)):
        raise Unreadable(
            "様式だけのブックです。外すとシートが1枚も残らないため、外しません。要らなければファイルを削除してください。"
        )
    leftovers.empty_texts(edit, gone)
    for sheet in gone:
        workbook.remove_sheet(edit, sheet.name, sheet.part)
    written_into: list[tuple[str, int, int]] = []
    worn: set[int] = set()
    for sheet in package.sheets:
        if sheet not in gone:
            worn |= colours.uncolour(edit, sheet)
            written_into += [(sheet.name, *cell) for cell in notes.unannotate(edit, sheet)]
    if edit.changed:  # of a workbook without anything of ours nothing is anybody's but the office's
        leftovers.plain_looks(edit, gone, worn)
    if journal_part:
        journal.detach(edit, journal_part)
    kept = tuple(sheet.name for sheet, _ in ours if sheet not in gone and sheet not in spared)
    written_in = tuple(sheet.name for sheet in spared)
    if not edit.changed:
        return Cleared(
            data=package.archive.data,
            exact=not (kept or written_in),
            kept=kept,
            written_into=tuple(written_into),
            written_in=written_in,
        )
    package.check_writable()
    return Cleared(data=edit.written(), exact=False, kept=kept, written_into=tuple(written_into), written_in=written_in)


def _older(package: Package, record: journal.Journal) -> tuple[str, ...]:
    """Return the sheets of ours that were there, edited, before the marks of the journal were laid."""
    shared = content.shared_texts(package) if _may_hold_our_words(package) else []
    older = (sheet for sheet in package.sheets if sheet.part not in record.added)
    return tuple(sheet.name for sheet in older if content.first_text(package, sheet.part, shared).startswith(OURS))


def _made_sheets(package: Package) -> _Found:
    """Return the sheets that say they are ours, as they are found."""
    if package not in _found:
        shared = content.shared_texts(package) if _may_hold_our_words(package) else []
        ours = [s for s in package.sheets if content.first_text(package, s.part, shared).startswith(OURS)]
        if ours and not shared:  # some programs share only the texts that come twice
            shared = _texts_if_sound(package)
        _found[package] = tuple((sheet, _as_found(package, sheet, shared)) for sheet in ours)
    return _found[package]


def _texts_if_sound(package: Package) -> list[str]:
    """A list of texts that is spoilt holds nothing of ours: we would not have written into such a workbook's list."""
    try:
        return content.shared_texts(package)
    except Unreadable:
        return []


def _as_found(package: Package, sheet: SheetPart, shared: list[str]) -> Ours:
    texts = content.sheet_texts(package, sheet.part, shared)
    told = told_apart(texts)
    as_made = is_as_made(texts) and is_untouched(package, sheet, texts)
    return Ours(sheet.name, key_in(told.ours), as_made, bool(told.office))


def _may_hold_our_words(package: Package) -> bool:
    part = package.shared_strings_part
    texts = package.part(part) if part else b""
    return _OUR_WORDS in texts or (b"&" in texts and any(words in texts for words in _OUR_WORDS_IN_ASCII))


def _words_of_the_office(package: Package, ours: Iterable[SheetPart]) -> list[str]:
    """Return the text of every part in which a formula, chart or pivot of the office may stand."""
    words_only = {package.workbook_part, package.shared_strings_part, package.related("", "extended-properties")}
    skipped = {part for sheet in ours for part in (sheet.part, *_drawn_on(package, sheet.part))} | words_only
    parts = (n for n in package.archive.entries if n.startswith("xl/") and n.endswith(".xml") and n not in skipped)
    return [unescaped(package.part(part).decode("utf-8", "replace")) for part in parts]


def _is_used(package: Package, sheet: SheetPart, words: Iterable[str]) -> bool:
    """Tell whether a formula, name, chart or pivot of the office rests on a sheet of ours: then it must stay."""
    if any(_names(text, sheet.name) for text in words):
        return True
    listed = package.workbook.child("definedNames")
    return any(
        workbook.is_named(name.text, sheet.name) and not workbook.is_scoped(name, sheet.position, sheet.name)
        for name in (listed.children if listed else ())
    )


def _drawn_on(package: Package, sheet: str) -> set[str]:
    """Return the drawings of a sheet and their charts."""
    drawings = {r.part for r in package.relations(sheet) if r.part and r.kind == "drawing"}
    return drawings | {r.part for drawing in drawings for r in package.relations(drawing) if r.part}


def _names(text: str, sheet: str) -> bool:
    if (
        sheet not in text and sheet.replace("'", "''") not in text
    ):  # nearly always, and far quicker than to look closely
        return False
    return workbook.is_named(text, sheet) or f'sheet="{sheet}"' in text  # the latter is how a pivot names its source
