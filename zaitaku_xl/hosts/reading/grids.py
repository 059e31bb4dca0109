"""A worksheet's cells: an error, a formula without a stored value and a blank are three different things.

Two readers give the same answer. The fast one is asked first and says when it cannot be certain; the exact one is
asked then. Neither builds a tree, and nothing is unpacked to the disk.
"""

import gc
from collections.abc import Callable

from zaitaku_xl.cells import Grid
from zaitaku_xl.hosts.reading import exact_cells, fast_cells, surroundings
from zaitaku_xl.hosts.reading.cell_values import Values
from zaitaku_xl.hosts.reading.fast_strings import Unsure
from zaitaku_xl.hosts.reading.fast_strings import strings as fast_strings
from zaitaku_xl.hosts.reading.format_codes import NO_STYLES
from zaitaku_xl.hosts.reading.lines import GridOfLines
from zaitaku_xl.hosts.reading.number_formats import styles_of
from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.opc import Package, SheetPart
from zaitaku_xl.ooxml.worksheet import rows_hole

_MAX_PART = 64 << 20


def grids(package: Package, wanted: Callable[[str], bool], fast: bool = True) -> tuple[Grid, ...]:
    """Return the sheets whose name is *wanted*, in workbook order; cells with nothing in them are left out.

    Without *fast* the exact reader alone is asked: the answer is the same.
    """
    sheets = [sheet for sheet in package.sheets if wanted(sheet.name)]
    if not sheets:
        return ()
    styles = styles_of(package.part(package.styles_part)) if package.styles_part else NO_STYLES
    values = Values(_strings(package, fast), styles, package.date1904)
    resting = gc.isenabled()
    gc.disable()  # cells are many, small and never in circles: walking them again and again finds nothing
    try:
        return tuple(_grid(package, sheet, values, fast) for sheet in sheets)
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


def _grid(package: Package, sheet: SheetPart, values: Values, fast: bool) -> Grid:
    data = guards.as_utf8(sheet.part, package.part(sheet.part))
    if len(data) > _MAX_PART:
        raise exact_cells.too_large(sheet.name)
    grid = _fast(data, sheet, package.date1904, values) if fast else None
    return grid or _exact(data, sheet, package.date1904, values)


def _exact(data: bytes, sheet: SheetPart, date1904: bool, values: Values) -> Grid:
    around = surroundings.exact(data, sheet.part, sheet.name, rows_hole(data))
    rows, hidden = exact_cells.rows(data, sheet.name, values)
    return Grid(sheet.name, rows, date1904, hidden, around.hidden, around.merged, sheet.hidden)


def _fast(data: bytes, sheet: SheetPart, date1904: bool, values: Values) -> Grid | None:
    """Read the rows without expat, which only proves that what lies around them is what it seems."""
    hole = surroundings.rows_between(data)
    around = surroundings.proven(data, hole) if hole else None
    if hole is None or around is None:
        return None
    try:
        lines, hidden = fast_cells.rows(data, hole.start, hole.end, values)
    except Unsure:
        return None
    return GridOfLines(sheet.name, lines, date1904, hidden, around.hidden, around.merged, sheet.hidden)
