"""What a person should know of a sheet beside its records: the month it states, rows and columns nobody sees."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from zaitaku_xl.a1 import column_letters
from zaitaku_xl.book.asides import remark
from zaitaku_xl.book.plain import plain
from zaitaku_xl.book.titles import Stated
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.model import Month, Record, Remark

_SELDOM_SHOWN = frozenset(("name", "number", "kana"))


def month_remark(
    sheet: str, stated: Stated, month: Month | None, monthless: Mapping[int, Collection[str]]
) -> Remark | None:
    """Return what months stand above the table, and the rows whose dates no month completes; None where neither is so."""
    if not monthless and not stated.words:
        return None
    return remark(
        sheet,
        stated.row,
        stated.column,
        "month",
        count=len(monthless),
        months=(*stated.months, *([month] if month else ())),
        rows=frozenset(monthless),
        fields=frozenset(field for fields in monthless.values() for field in fields),
        words=(stated.words, month.words if month else ""),
    )


def beside_the_table(grid: Grid, heading_row: int, records: Sequence[Record]) -> Iterator[Remark]:
    """Yield the words that stand in rows of records under no heading at all: nothing reads them."""
    rows = [record.row.number for record in records if record.row.sheet == grid.name]
    unheaded = sorted(grid.used_columns(rows) - grid.rows[heading_row].keys()) if rows else []
    told: list[tuple[int, int]] = []
    for column, cells in zip(unheaded, grid.columns(rows, unheaded), strict=True):
        told += [(n, column) for n, cell in zip(rows, cells, strict=True) if cell and _is_text(cell)]
    if told:
        row, column = min(told)
        words = tuple(column_letters(each) for each in sorted({column for _, column in told}))
        yield remark(grid.name, row, column, "beside", count=len({row for row, _ in told}), words=words)


def _is_text(cell: Cell) -> bool:
    return cell.kind is Kind.TEXT and bool(plain(str(cell.value)))


def hidden_parts(
    grid: Grid, columns: Mapping[str, int], filled: Collection[str], records: Sequence[Record]
) -> Iterator[Remark]:
    """Yield what holds records and is not seen by a person who opens the sheet."""
    if not records:
        return
    first = records[0].row.number
    if grid.hidden:
        yield remark(grid.name, first, min(columns.values()), "hidden_sheet", count=len(records))
    elif grid.hidden_rows:
        rows = [record.row.number for record in records if record.row.number in grid.hidden_rows]
        if rows:
            yield remark(
                grid.name, rows[0], min(columns.values()), "hidden_rows", count=len(rows), rows=frozenset(rows)
            )
    told = [n for field, n in columns.items() if field in filled and field not in _SELDOM_SHOWN]
    hidden = sorted(column for column in told if any(first <= column <= last for first, last in grid.hidden_columns))
    if hidden and not grid.hidden:
        words = tuple(column_letters(column) for column in hidden)
        yield remark(grid.name, first, hidden[0], "hidden_columns", count=len(hidden), words=words)
