"""A worksheet's cells: an error, a formula without a stored value and a blank are three different things.

Two readers give the same answer. The fast one is asked first and says when it cannot be certain; the exact one is
asked then. Neither builds a tree, and nothing is unpacked to the disk.
"""

import gc
import re
from collections.abc import Callable

from zaitaku_xl.cells import Grid
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts import exact_cells
from zaitaku_xl.hosts.cell_values import LAST_COLUMN, Values
from zaitaku_xl.hosts.exact_cells import Rows
from zaitaku_xl.hosts.fast_cells import Tokens, Unsure
from zaitaku_xl.hosts.fast_cells import strings as fast_strings
from zaitaku_xl.hosts.number_formats import date_styles
from zaitaku_xl.hosts.package import Package, guards
from zaitaku_xl.hosts.package.nodes import Hole, Node, located
from zaitaku_xl.hosts.package.worksheet import rows_hole

_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_MAX_PART = 64 << 20
_MAX_FRAME = 1_000_000  # tags around the rows


def grids(package: Package, wanted: Callable[[str], bool], fast: bool = True) -> tuple[Grid, ...]:
    """Return the sheets whose name is *wanted*, in workbook order; cells with nothing in them are left out.

    Without *fast* the exact reader alone is asked: the answer is the same.
    """
    sheets = [sheet for sheet in package.sheets if wanted(sheet.name)]
    if not sheets:
        return ()
    styles = date_styles(package.part(package.styles_part)) if package.styles_part else frozenset()
    values = Values(_strings(package, fast), styles, package.date1904)
    tokens = Tokens(values) if fast else None
    resting = gc.isenabled()
    gc.disable()  # cells are many, small and never in circles: walking them again and again finds nothing
    try:
        return tuple(_grid(package, sheet.name, sheet.part, values, tokens) for sheet in sheets)
    finally:
        if resting:
            gc.enable()


def _strings(package: Package, fast: bool) -> list[str]:
    part = package.shared_strings_part
    if part is None:
        return []
    data = package.part(part)
    if fast and guards.is_utf8(data):
        try:
            return fast_strings(data.removeprefix(b"\xef\xbb\xbf"))
        except Unsure:
            pass
    return exact_cells.strings(data, part)


def _grid(package: Package, name: str, part: str, values: Values, tokens: Tokens | None) -> Grid:
    data = guards.as_utf8(part, package.part(part))
    if len(data) > _MAX_PART:
        raise exact_cells.too_large(name)
    found = _fast(data, part, tokens) if tokens else None
    frame, rows, hidden = found or _exact(data, name, part, values)
    return Grid(name, rows, package.date1904, hidden, _hidden_columns(frame), _merged(frame))


Read = tuple[Node, Rows, frozenset[int]]


def _exact(data: bytes, name: str, part: str, values: Values) -> Read:
    hole = rows_hole(data)
    _check_frame(data, name, hole)
    return located(data, part, 3, hole), *exact_cells.rows(data, name, values)


def _fast(data: bytes, part: str, tokens: Tokens) -> Read | None:
    """Read the rows without expat, which then proves that what lies around them is what it seems."""
    hole = Hole(data.find(b"<sheetData>") + len(b"<sheetData>"), data.rfind(b"</sheetData>"))
    if not len(b"<sheetData>") <= hole.start <= hole.end:
        return None
    try:
        rows, hidden = tokens.rows(data[hole.start : hole.end])
        _check_frame(data, part, hole)
        frame = located(data, part, 3, hole)
    except (Unsure, Unreadable):
        return None
    body = frame.child("sheetData")
    alone = data.count(b"sheetData", 0, hole.start) + data.count(b"sheetData", hole.end) == 2
    return (frame, rows, hidden) if alone and body and (body.inner, body.tail) == hole else None


def _check_frame(data: bytes, name: str, hole: Hole) -> None:
    if data.count(b"<", 0, hole.start) + data.count(b"<", hole.end) > _MAX_FRAME:
        raise exact_cells.too_large(name)


def _hidden_columns(frame: Node) -> tuple[tuple[int, int], ...]:
    listed = frame.child("cols")
    hidden = (column for column in (listed.children if listed else ()) if exact_cells.is_on(column.get("hidden")))
    spans = ((_whole(column.get("min")), _whole(column.get("max"))) for column in hidden)
    return tuple((first, last) for first, last in spans if 1 <= first <= last <= LAST_COLUMN)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _merged(frame: Node) -> tuple[tuple[int, int, int, int], ...]:
    listed = frame.child("mergeCells")
    found = (_AREA.fullmatch(area.get("ref")) for area in (listed.children if listed else ()))
    return tuple(_corners(area) for area in found if area and area[3])


def _corners(area: re.Match[str]) -> tuple[int, int, int, int]:
    first, last = exact_cells.column_number(area[1]), exact_cells.column_number(area[3])
    return int(area[2]), first or LAST_COLUMN, int(area[4]), last or LAST_COLUMN
