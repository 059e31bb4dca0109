"""サービス提供実績記録票 sheets that the workbook already holds, read for their 備考 and times."""

from collections.abc import Iterator

from zaitaku_xl import model
from zaitaku_xl.book import layout
from zaitaku_xl.book.clocks import Span
from zaitaku_xl.book.dates import month_in
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context, folded
from zaitaku_xl.cells import Cell, Grid, Kind

_NAME_LABELS = ("支給決定障害者氏名", "支給決定障害者等氏名", "利用者氏名", "氏名")
_NUMBER_LABELS = ("受給者証番号",)
_HEADING_ROWS = 15


def record_lines(grid: Grid, month: model.Month | None) -> Iterator[model.RecordLine]:
    """Yield the days of one sheet; nothing where it is no 実績記録票 or names nobody."""
    if not folded(grid.name).startswith(layout.RECORD_SHEETS):
        return
    heading_row, columns = _headings(grid)
    name = _labelled(grid, _NAME_LABELS, heading_row) or _name_of_sheet(grid)
    if not heading_row or not name:
        return
    number = _labelled(grid, _NUMBER_LABELS, heading_row)
    context = Context(_month(grid, heading_row) or month, grid.date1904)
    by_column = {number_: column for column, number_ in columns.items()}
    fields = {column.field: number_ for column, number_ in columns.items()}
    for row_number in sorted(n for n in grid.rows if n > heading_row):
        line = _line(grid, row_number, by_column, fields, context)
        if line:
            line.name, line.number = name, number
            yield line


def _line(
    grid: Grid, number: int, by_column: dict[int, layout.Column], fields: dict[str, int], context: Context
) -> model.RecordLine | None:
    values: dict[str, object] = {}
    for column_number, cell in grid.rows[number].items():
        column = by_column.get(column_number)
        if column and cell.kind not in (Kind.ERROR, Kind.UNCALCULATED):
            value = column.parse(cell, context)
            if value is not None and not isinstance(value, (Unread, Span)):
                values[column.field] = value
    if "day" not in values or not values.keys() - {"day"}:
        return None  # totals, signatures and days without service
    row = model.Row(grid.name, number, fields)
    return model.RecordLine(row=row, **values)  # type: ignore[arg-type]


def _headings(grid: Grid) -> tuple[int, dict[layout.Column, int]]:
    """The official form spreads its headings over several rows: gather each heading once, the last row is the border."""
    known = {folded(column.heading): column for column in layout.RECORD_LINES.columns}
    found: dict[layout.Column, int] = {}
    last = 0
    for row in sorted(n for n in grid.rows if n <= _HEADING_ROWS):
        for number, cell in grid.rows[row].items():
            column = known.get(folded(str(cell.value))) if cell.kind is Kind.TEXT else None
            if column and column not in found:
                found[column] = number
                last = row
    complete = {column.field for column in found} >= {"day", "remark"}
    return (last, found) if complete else (0, {})


def _labelled(grid: Grid, labels: tuple[str, ...], before: int) -> str | None:
    """The first text to the right of a label above the table."""
    for row in sorted(n for n in grid.rows if n < before):
        cells = sorted(grid.rows[row].items())
        for index, (_, cell) in enumerate(cells[:-1]):
            if folded(str(cell.value)) in labels:
                following: Cell = cells[index + 1][1]
                return str(following.value).strip() or None
    return None


def _name_of_sheet(grid: Grid) -> str | None:
    rest = grid.name.strip()[len(layout.RECORD_SHEETS) :].strip("_-＿－（）() 　・")
    return rest or None


def _month(grid: Grid, heading_row: int) -> model.Month | None:
    titles = [
        "".join(str(c.value) for _, c in sorted(grid.rows[n].items())) for n in sorted(grid.rows) if n < heading_row
    ]
    return next((month for title in titles if (month := month_in(title))), None)
