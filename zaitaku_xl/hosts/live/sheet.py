"""A sheet of ours in a workbook that is open: written as one block, dressed by areas, known again by its own words.

This printer refuses what only a template has. Charts, upright letters, indents and what stands above a page it leaves out.
"""

from collections.abc import Mapping

import xlwings as xw

from zaitaku_xl.hosts.book import Ours
from zaitaku_xl.hosts.live import api as live_api
from zaitaku_xl.hosts.live.marks import addresses
from zaitaku_xl.hosts.live.values import block_of
from zaitaku_xl.hosts.marking.notes import PREFIX
from zaitaku_xl.hosts.marking.sheet_xml import MadeRows, with_stamp
from zaitaku_xl.made import GREY, Area, Edges, MadeSheet, Style, is_as_made, key_in, plain, told_apart
from zaitaku_xl.measure import cut
from zaitaku_xl.ooxml.workbook import free_sheet_name, is_named, quoted

Position = tuple[int, int]


def add(book: xw.Book, made: MadeSheet) -> xw.Sheet:
    """Add the sheet behind the others; where its name is taken it gets a number."""
    _refuse_a_template(made)
    name = free_sheet_name(made.name, [sheet.name for sheet in book.sheets])
    sheet = book.sheets.add(name, after=book.sheets[-1])
    rows = with_stamp(made, closed=False)
    width = max(len(row) for row in rows)
    block = [[_written(row[n].value) if n < len(row) and row[n] else None for n in range(width)] for row in rows]  # type: ignore[union-attr]
    sheet.range((1, 1), (len(rows), width)).value = block
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell is not None and cell.link and cell.value != "":
                target, at_row, at_column = cell.link
                address = f"#{quoted(target)}!{sheet.range((at_row, at_column)).get_address(False, False)}"
                sheet.range((number, column)).add_hyperlink(address, str(cell.value), str(cell.value))
    _lay_out(sheet, made, len(rows))
    _dress(sheet, rows, width)
    return sheet


def _refuse_a_template(made: MadeSheet) -> None:
    page = made.page
    of_cells = made.guards or made.rulings or made.column_styles or made.tab
    of_columns = made.in_sight[1] or page.column_breaks or page.repeated_columns
    if of_cells or of_columns or page.scale:
        raise ValueError(f"a sheet put into an open workbook has nothing that only a template has: {made.name}")


def _written(value: str | float) -> str | float | None:
    """Text with the apostrophe that keeps Excel from reading a date, a number or a formula into it."""
    if isinstance(value, str):
        return f"'{cut(value)}" if value else None
    return value


def _dress(sheet: xw.Sheet, rows: MadeRows, width: int) -> None:
    """Give the plain look to all, then what is special to all cells that have it at once: each step is a call."""
    _dress_area(sheet.range((1, 1), (len(rows), width)), Style(), None)
    looks: dict[Style, list[Position]] = {}
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell is not None and cell.style != Style():
                looks.setdefault(cell.style, []).append((number, column))
    for style, cells in looks.items():
        for areas in addresses(cells):
            _dress_area(sheet.range(areas), style, Style())
        if style.edges and style.edges != GREY:
            _draw(sheet, cells, style.edges)


def _dress_area(area: xw.Range, style: Style, known: Style | None) -> None:
    """Set what differs from the look that is *known* to be there."""
    if known is None or style.size != known.size:
        area.font.size = style.size
    if known is None or style.colour != known.colour:
        area.font.color = f"#{style.colour}"
    if known is None or style.align != known.align:
        area.horizontal_alignment = style.align  # type: ignore[assignment]
    if known is None or style.vertical != known.vertical:
        area.vertical_alignment = style.vertical  # type: ignore[assignment]
    if style.bold:
        area.font.bold = True
    if style.fill:
        area.color = f"#{style.fill}"
    if style.wrap:
        area.wrap_text = True
    if style.edges == GREY:
        live_api.frame(area, f"#{GREY.colour}")
    if style.shows != "General":
        area.number_format = style.shows
    if style.shrink:
        live_api.shrink(area)


def _draw(sheet: xw.Sheet, cells: list[Position], edges: Edges) -> None:
    """Draw the lines of each cell; a heavier or double one lies on that edge of each run of cells.

    A run is one column wide, and Excel refuses a line inside where there is no inside.
    """
    colour = f"#{edges.colour}"
    drawn = {f"edge_{side}": line for side in ("left", "right", "top", "bottom") if (line := getattr(edges, side))}
    known = set(cells)
    tall = [(row, column) for row, column in cells if {(row - 1, column), (row + 1, column)} & known]
    for areas in addresses(cells):
        borders = sheet.range(areas).borders
        borders.set(list(drawn), line_style="continuous", weight="thin", color=colour)
        for side, line in drawn.items():
            if line == "double":
                borders.set(side, line_style="double", color=colour)
            elif line == "medium":
                borders.set(side, line_style="continuous", weight="medium", color=colour)
    if {"edge_top", "edge_bottom"} <= drawn.keys():
        for areas in addresses(tall):
            sheet.range(areas).borders.set("inside_horizontal", line_style="continuous", weight="thin", color=colour)


def _lay_out(sheet: xw.Sheet, made: MadeSheet, last: int) -> None:
    for column, width in enumerate(made.widths, 1):
        sheet.range((1, column), (last, column)).column_width = width
    for height, rows in _by_height(made.heights).items():
        for areas in addresses((row, 1) for row in rows):
            sheet.range(areas).row_height = height
    for area in made.merges:
        _range(sheet, area).merge()
    if any(made.in_sight):
        sheet.freeze_panes.freeze_at(f"1:{made.in_sight[0]}")
    if made.filtered:
        live_api.show_filter(_range(sheet, made.filtered))
    sheet.show_gridlines = made.gridlines
    live_api.set_up_print(sheet, made)


def _range(sheet: xw.Sheet, area: Area) -> xw.Range:
    return sheet.range((area.first_row, area.first_column), (area.last_row, area.last_column))


def _by_height(heights: Mapping[int, float]) -> dict[float, list[int]]:
    rows: dict[float, list[int]] = {}
    for row, height in heights.items():
        rows.setdefault(height, []).append(row)
    return rows


# ---- known again


def ours(book: xw.Book) -> list[xw.Sheet]:
    """Return the sheets that say they are ours."""
    return [sheet for sheet in book.sheets if str(sheet.range("A1").value or "").startswith(PREFIX)]


def found(sheet: xw.Sheet) -> Ours:
    """Return what a sheet of ours is, and whether it still says what we wrote and nobody annotated it."""
    texts = _texts(sheet)
    told = told_apart(texts)
    as_made = not list(sheet.notes) and is_as_made(texts)
    return Ours(sheet.name, key_in(told.ours), as_made, bool(told.office))


def _texts(sheet: xw.Sheet) -> dict[Position, str]:
    used = sheet.used_range
    rows = block_of(used.formula)
    return {
        (row, column): plain(str(text))
        for row, cells in enumerate(rows, used.row)
        for column, text in enumerate(cells, used.column)
        if text not in (None, "")
    }


def is_used(book: xw.Book, sheet: xw.Sheet, others: list[xw.Sheet]) -> bool:
    """Tell whether a formula or a name of the office rests on a sheet of ours: then it must stay."""
    skipped = {other.name for other in others} | {sheet.name}
    formulas = (
        text
        for other in book.sheets
        if other.name not in skipped
        for cells in block_of(other.used_range.formula)
        for text in cells
        if isinstance(text, str) and text.startswith("=") and sheet.name in text
    )
    names = (
        name.refers_to or "" for name in book.names if "_FilterDatabase" not in name.name and "Print_" not in name.name
    )
    return any(is_named(text, sheet.name) for text in (*formulas, *names))
