"""サービス提供実績記録票 sheets that the workbook already holds, read for their 備考 and times."""

from collections.abc import Iterator

from zaitaku_xl import model
from zaitaku_xl.book import layout
from zaitaku_xl.book.clocks import Span
from zaitaku_xl.book.dates import month_in
from zaitaku_xl.book.one_cell import read_cell, said
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context, folded, shown
from zaitaku_xl.cells import Grid, Kind
from zaitaku_xl.sentence import Sentence

_NAME_LABELS = ("支給決定障害者氏名", "支給決定障害者等氏名", "利用者氏名", "氏名")
_NUMBER_LABELS = ("受給者証番号",)
_LABELS = frozenset(
    (*_NAME_LABELS, *_NUMBER_LABELS, "事業所番号", "事業者及びその事業所", "契約支給量", "サービス提供年月")
)
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
        line = _line(grid=grid, number=row_number, by_column=by_column, fields=fields, context=context)
        if line:
            line.name, line.number = name, number
            yield line


def _line(
    grid: Grid, number: int, by_column: dict[int, layout.Column], fields: dict[str, int], context: Context
) -> model.RecordLine | None:
    values: dict[str, object] = {}
    unread: dict[str, Sentence] = {}
    for column_number, cell in grid.rows[number].items():
        if column := by_column.get(column_number):
            value = read_cell(column, cell, context)
            if isinstance(value, (Unread, Span)):
                why = value if isinstance(value, Unread) else Unread("は2つの時刻です")
                unread[column.field] = said(column.heading, cell, why)
            elif value is not None:
                values[column.field] = value
    if not _is_a_day(values, unread):
        return None
    return model.RecordLine(row=model.Row(grid.name, number, fields, unread), **values)  # type: ignore[arg-type]


def _is_a_day(values: dict[str, object], unread: dict[str, Sentence]) -> bool:
    """False for totals, signatures and days without service; a date that cannot be read has times beside it."""
    filled = (values.keys() | unread.keys()) - {"day"}
    return bool(filled) if "day" in values else "day" in unread and {"start", "end"} <= filled


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
                following = str(cells[index + 1][1].value).strip()
                return following if following and folded(following) not in _LABELS else None
    return None


def _name_of_sheet(grid: Grid) -> str | None:
    rest = grid.name.strip()[len(layout.RECORD_SHEETS) :].strip("_-＿－（）() 　・")
    return rest or None


def _month(grid: Grid, heading_row: int) -> model.Month | None:
    titles = ["".join(shown(c) for _, c in sorted(grid.rows[n].items())) for n in sorted(grid.rows) if n < heading_row]
    return next((month for title in titles if (month := month_in(title))), None)
