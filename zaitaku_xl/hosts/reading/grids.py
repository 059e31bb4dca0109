"""A worksheet's cells: an error, a formula without a stored value and a blank are three different things.

Two readers give the same answer. The fast one is asked first and says when it cannot be certain; the exact one is
asked then. Neither builds a tree, and nothing is unpacked to the disk.
"""

import gc
from collections.abc import Callable, Mapping
from threading import Lock

from zaitaku_xl.cells import Cell, Grid
from zaitaku_xl.hosts.reading import exact_cells, surroundings
from zaitaku_xl.hosts.reading.cell_values import Values
from zaitaku_xl.hosts.reading.fast_cells import Tokens
from zaitaku_xl.hosts.reading.fast_strings import Unsure
from zaitaku_xl.hosts.reading.fast_strings import strings as fast_strings
from zaitaku_xl.hosts.reading.number_formats import date_styles
from zaitaku_xl.hosts.reading.surroundings import Surroundings
from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.ooxml.worksheet import rows_hole

_MAX_PART = 64 << 20
_ONE_WORKBOOK = Lock()  # what is remembered of the last workbook is fitted to the next: not while another thread reads


def grids(package: Package, wanted: Callable[[str], bool], fast: bool = True) -> tuple[Grid, ...]:
    """Return the sheets whose name is *wanted*, in workbook order; cells with nothing in them are left out.

    Without *fast* the exact reader alone is asked: the answer is the same.
    """
    sheets = [sheet for sheet in package.sheets if wanted(sheet.name)]
    if not sheets:
        return ()
    styles = date_styles(package.part(package.styles_part)) if package.styles_part else frozenset()
    values = Values(_strings(package, fast), styles, package.date1904)
    resting = gc.isenabled()
    gc.disable()  # cells are many, small and never in circles: walking them again and again finds nothing
    try:
        with _ONE_WORKBOOK:
            tokens = Tokens(values) if fast else None
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
    found = _fast(data, tokens) if tokens else None
    around, rows, hidden = found or _exact(data, name, part, values)
    return Grid(name, rows, package.date1904, hidden, around.hidden, around.merged)


Read = tuple[Surroundings, Mapping[int, Mapping[int, Cell]], frozenset[int]]


def _exact(data: bytes, name: str, part: str, values: Values) -> Read:
    return surroundings.exact(data, part, name, rows_hole(data)), *exact_cells.rows(data, name, values)


def _fast(data: bytes, tokens: Tokens) -> Read | None:
    """Read the rows without expat, which only proves that what lies around them is what it seems."""
    hole = surroundings.rows_between(data)
    around = surroundings.proven(data, hole) if hole else None
    if hole is None or around is None:
        return None
    try:
        return around, *tokens.rows(data, hole.start, hole.end)
    except Unsure:
        return None
