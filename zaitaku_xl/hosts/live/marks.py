"""Marks on a sheet that is open: the same colour layer and the same notes as ``package`` lays into a closed file."""

from collections.abc import Iterable, Iterator, Sequence

import xlwings as xw

from zaitaku_xl.hosts.live import api as live_api
from zaitaku_xl.hosts.marking.colours import MARKER, condition, grouped, joined
from zaitaku_xl.hosts.marking.notes import AUTHOR, PREFIX
from zaitaku_xl.made import Mark

Position = tuple[int, int]
_LONGEST_ADDRESS = 250  # Excel takes 255 characters for an area


def lay(sheet: xw.Sheet, marks: Sequence[Mark]) -> list[Position]:
    """Colour and annotate; returns the cells that got no note because they carry somebody's words."""
    for mark, cells in reversed(grouped(marks)):  # the last one added lies on top
        for areas in addresses(cells):
            sheet.range(areas).conditional_formats.add_custom(f"={condition(mark.rule)}", fill_color=f"#{mark.colour}")
    theirs = {_cell_of(note) for note in sheet.notes} | live_api.threads(sheet)
    free = [mark for mark in marks if mark.note and (mark.row, mark.column) not in theirs]
    for mark in free:
        live_api.annotate(sheet.range((mark.row, mark.column)), mark.note)
    return sorted({(mark.row, mark.column) for mark in marks} & theirs)


def take_off(sheet: xw.Sheet) -> None:
    """Take our colours and notes off, and nobody else's."""
    rules = sheet.cells.conditional_formats
    ours = [rule for rule in rules if rule.type == "custom" and MARKER in (rule.formula or "")]
    for rule in reversed(ours):  # from the end: those before keep their number
        rule.delete()
    for note in [note for note in sheet.notes if _is_ours(note)]:
        note.delete()


def is_marked(sheet: xw.Sheet) -> bool:
    rules = sheet.cells.conditional_formats
    return any(rule.type == "custom" and MARKER in (rule.formula or "") for rule in rules) or any(
        _is_ours(note) for note in sheet.notes
    )


def addresses(cells: Iterable[Position]) -> Iterator[str]:
    """Yield areas as Excel takes them, each text no longer than it allows.

    >>> list(addresses([(1, 2), (2, 2), (4, 3)]))
    ['B1:B2,C4']
    """
    text = ""
    for area in (area for areas in joined(cells) for area in areas.split()):
        if text and len(text) + 1 + len(area) > _LONGEST_ADDRESS:
            yield text
            text = ""
        text = f"{text},{area}" if text else area
    if text:
        yield text


def _cell_of(note: xw.Note) -> Position:
    return note.location.row, note.location.column


def _is_ours(note: xw.Note) -> bool:
    return (note.text or "").lstrip().startswith(PREFIX) or note.author == AUTHOR
