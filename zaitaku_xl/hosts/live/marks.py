"""Marks on a sheet that is open: the same colour layer and the same notes as ``package`` lays into a closed file."""

from collections.abc import Iterable, Iterator, Sequence

import xlwings as xw

from zaitaku_xl.a1 import Position, areas_of
from zaitaku_xl.hosts.live import api as live_api
from zaitaku_xl.hosts.marking.colours import condition, is_condition
from zaitaku_xl.made import is_note_of_ours, numbered
from zaitaku_xl.plan import Colour, Note

_LONGEST_ADDRESS = 250  # Excel takes 255 characters for an area


def lay(sheet: xw.Sheet, colours: Sequence[Colour], notes: Sequence[Note]) -> list[Position]:
    """Colour and annotate; returns the cells that got no note because they carry somebody's words."""
    for colour in reversed(colours):  # the last one added lies on top
        for areas in _together(colour.areas):
            formats = sheet.range(areas).conditional_formats
            formats.add_custom(f"={condition(colour.rule)}", fill_color=f"#{colour.colour}")
    theirs = {_cell_of(note) for note in sheet.notes} | live_api.threads(sheet)
    for note in notes:
        if (note.row, note.column) not in theirs:
            live_api.annotate(sheet.range((note.row, note.column)), numbered(note.text))
    return sorted({(note.row, note.column) for note in notes} & theirs)


def take_off(sheet: xw.Sheet) -> None:
    """Take our colours and notes off, and nobody else's."""
    rules = sheet.cells.conditional_formats
    ours = [rule for rule in rules if rule.type == "custom" and is_condition(rule.formula or "")]
    for rule in reversed(ours):  # from the end: those before keep their number
        rule.delete()
    for note in [note for note in sheet.notes if _is_ours(note)]:
        note.delete()


def is_marked(sheet: xw.Sheet) -> bool:
    rules = sheet.cells.conditional_formats
    return any(rule.type == "custom" and is_condition(rule.formula or "") for rule in rules) or any(
        _is_ours(note) for note in sheet.notes
    )


def addresses(cells: Iterable[Position]) -> Iterator[str]:
    """Return cells as areas that Excel takes at once, each text no longer than it allows.

    >>> list(addresses([(1, 2), (2, 2), (4, 3)]))
    ['B1:B2,C4']
    """
    return _together(areas_of(cells))


def _together(areas: Iterable[str]) -> Iterator[str]:
    text = ""
    for area in areas:
        if text and len(text) + 1 + len(area) > _LONGEST_ADDRESS:
            yield text
            text = ""
        text = f"{text},{area}" if text else area
    if text:
        yield text


def _cell_of(note: xw.Note) -> Position:
    return note.location.row, note.location.column


def _is_ours(note: xw.Note) -> bool:
    return is_note_of_ours(note.text or "")
