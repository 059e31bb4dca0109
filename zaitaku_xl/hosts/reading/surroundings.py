"""What stands around the rows of a worksheet: which columns are hidden, which cells are merged."""

import re
from typing import NamedTuple

from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.reading.cell_values import LAST_COLUMN
from zaitaku_xl.hosts.reading.exact_cells import column_number, is_on, too_large
from zaitaku_xl.ooxml.nodes import Hole, Node, check_well_formed, located
from zaitaku_xl.ooxml.remembered import remembered

_OPENING, _CLOSING = b"<sheetData>", b"</sheetData>"
_ABOVE, _BELOW = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_MAX_TAGS = 1_000_000
_DEPTH = 3  # worksheet > cols > col

Spans = tuple[tuple[int, int], ...]
Areas = tuple[tuple[int, int, int, int], ...]


class Surroundings(NamedTuple):
    """``hidden`` columns, first and last; ``merged`` areas, first row, first column, last row, last column."""

    hidden: Spans
    merged: Areas


def exact(data: bytes, part: str, name: str, hole: Hole) -> Surroundings:
    """Return what stands around the rows of any worksheet that is well-formed."""
    if _tags(data, hole) > _MAX_TAGS:
        raise too_large(name)
    root = located(data, part, _DEPTH, hole)
    return Surroundings(_hidden(root), _merged(root))


def rows_between(data: bytes) -> Hole | None:
    """Return the bytes between the tags of sheetData, or None where they are not written as most programs do."""
    start, end = data.find(_OPENING) + len(_OPENING), data.rfind(_CLOSING)
    if not len(_OPENING) <= start <= end:
        return None
    once = data.count(b"sheetData", 0, start) == data.count(b"sheetData", end) == 1
    return Hole(start, end) if once else None


def proven(data: bytes, hole: Hole) -> Surroundings | None:
    """Return the same as ``exact``, or None where the bytes around the hole do not show a worksheet in the usual order.

    What is above the rows and what is below is looked at apart, each with the tags of the other: in the files of one
    template the validations below are the same bytes every time.
    """
    if (
        data.find(b"cols", hole.end) >= 0
        or data.find(b"mergeCells", 0, hole.start) >= 0
        or _tags(data, hole) > _MAX_TAGS
    ):
        return None
    try:
        return Surroundings(_hidden_above(data[: hole.start] + _BELOW), _merged_below(_ABOVE + data[hole.end :]))
    except Unreadable:
        return None


@remembered
def _hidden_above(data: bytes) -> Spans:
    if b"hidden" in data:
        return _hidden(located(data, "", _DEPTH))
    check_well_formed(data, "")
    return ()


@remembered
def _merged_below(data: bytes) -> Areas:
    if b"mergeCells" in data:
        return _merged(located(data, "", _DEPTH))
    check_well_formed(data, "")
    return ()


def _tags(data: bytes, hole: Hole) -> int:
    return data.count(b"<", 0, hole.start) + data.count(b"<", hole.end)


def _hidden(root: Node) -> Spans:
    listed = root.child("cols")
    hidden = (column for column in (listed.children if listed else ()) if is_on(column.get("hidden")))
    spans = ((_whole(column.get("min")), _whole(column.get("max"))) for column in hidden)
    return tuple((first, last) for first, last in spans if 1 <= first <= last <= LAST_COLUMN)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _merged(root: Node) -> Areas:
    listed = root.child("mergeCells")
    found = (_AREA.fullmatch(area.get("ref")) for area in (listed.children if listed else ()))
    return tuple(_corners(area) for area in found if area and area[3])


def _corners(area: re.Match[str]) -> tuple[int, int, int, int]:
    first, last = column_number(area[1]), column_number(area[3])
    return int(area[2]), first or LAST_COLUMN, int(area[4]), last or LAST_COLUMN
