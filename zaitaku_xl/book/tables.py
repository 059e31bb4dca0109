"""Which canonical table a range or a file without sheet names holds: its headings say so."""

from zaitaku_xl.book import layout
from zaitaku_xl.book.read import HEADING_ROWS
from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Grid

_HEADINGS = {
    table.sheet: frozenset(folded(column.heading) for column in table.columns)
    for table in (*layout.TABLES, layout.RECORD_LINES)
} | {layout.SETTINGS_SHEET: frozenset(folded(heading) for heading in layout.SETTINGS_HEADINGS)}


def table_in(grid: Grid) -> str | None:
    """Return the name of the sheet this table belongs to, None where fewer than two headings are known."""
    top = sorted(grid.rows)[:HEADING_ROWS]
    rows = [{folded(str(cell.value)) for cell in grid.rows[row].values()} for row in top]
    hits = {sheet: max((len(row & known) for row in rows), default=0) for sheet, known in _HEADINGS.items()}
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] > 1 else None
