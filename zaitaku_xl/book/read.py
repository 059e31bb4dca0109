"""Grids in, a log out: sheets and headings found, cells read, rows gathered by client."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zaitaku_xl import model
from zaitaku_xl.book import contacts, layout
from zaitaku_xl.book.clocks import Span
from zaitaku_xl.book.dates import month_in
from zaitaku_xl.book.layout import Column, Table
from zaitaku_xl.book.one_cell import read_cell, said
from zaitaku_xl.book.people import gathered
from zaitaku_xl.book.plain import plain
from zaitaku_xl.book.record_sheets import record_lines
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context, folded, shown
from zaitaku_xl.cells import Cell, Grid, Kind, address
from zaitaku_xl.errors import LayoutError, NotALog

HEADING_ROWS = 15
_SAME_AS_ABOVE = frozenset(("〃", "″", "同上", "々"))
_NOT_CONTENT = frozenset(("name", "number", "kana", "day", "weekday"))


Memo = dict[int, object]
Reader = tuple[Memo, str, tuple[int, str] | None, Column]
"""What a column's cells were read as (by their identity: most cells of a sheet are the same few), its field, its 連絡
slot and part, and the column itself."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose heading row was found: which column fills which field."""

    grid: Grid
    heading_row: int
    columns: Mapping[str, int]  # field -> column
    readers: Mapping[int, "Reader"]  # column -> how it is read
    context: Context
    kept: tuple[str, int] | None  # a column whose words are kept as typed beside what they mean, and the field for them


def read_log(grids: Sequence[Grid]) -> model.Log:
    """Return the records of a workbook.

    Raises NotALog where there is no daily log, LayoutError where a heading could be two things.
    """
    by_name = _by_name(grids)
    office, settings_missing = _office(by_name.get(folded(layout.SETTINGS_SHEET)))
    sheets = {table.key: _sheet(table, by_name.get(folded(table.sheet)), office.month) for table in layout.TABLES}
    entries = _required(sheets["entries"], by_name)
    records = {table.key: list(_records(table, sheets[table.key])) for table in layout.TABLES}
    records["record_lines"] = [line for grid in grids for line in record_lines(grid, office.month)]
    calendar = tuple(r for r in records.pop("calendar") if isinstance(r, model.CalendarDay))
    people, strays = gathered(records)
    return model.Log(
        office,
        people,
        calendar,
        strays,
        frozenset(settings_missing | _missing(sheets) | _missing_contacts(entries)),
        _filled(sheets, records["entries"]),
        layout.words(),
    )


def _by_name(grids: Iterable[Grid]) -> dict[str, Grid]:
    found: dict[str, Grid] = {}
    for grid in grids:
        name = folded(grid.name)
        if name in found:
            raise LayoutError(
                f"シート「{found[name].name}」と「{grid.name}」の名前が同じに読めます。どちらかの名前を変えてください。"
            )
        found[name] = grid
    return found


# ---- headings


def _sheet(table: Table, grid: Grid | None, month: model.Month | None) -> Sheet | None:
    if grid is None:
        return None
    known = {folded(column.heading): column for column in (*table.columns, layout.NUMBER)}  # every sheet may carry it
    row = _heading_row(grid, known)
    if row is None:
        return None
    columns: dict[str, int] = {}
    readers: dict[int, Reader] = {}
    for number, cell in sorted(grid.rows[row].items()):
        column = known.get(_heading(cell))
        if column is None:
            continue
        if column.field in columns:
            first, second = address(row, columns[column.field]), address(row, number)
            raise LayoutError(
                f"{grid.name}!{first} と {second}: 見出し「{column.heading}」が2つあります。どちらかの名前を変えてください。"
            )
        columns[column.field] = number
        spot = contacts.SPOTS.get(column.field) if table is layout.ENTRIES else None
        readers[number] = {}, column.field, spot, column
    kept = [(f"{field}_typed", columns[field]) for field in table.kept if field in columns]
    context = Context(_month_of(grid, row, month), grid.date1904)
    return Sheet(grid, row, columns, readers, context, kept[0] if kept else None)


def _heading(cell: Cell) -> str:
    return folded(str(cell.value)) if cell.kind is Kind.TEXT else ""


def _heading_row(grid: Grid, known: Mapping[str, Column]) -> int | None:
    """The row among the first 15 with most known headings; at least two, so that a title is not taken for one."""
    best, count = None, 1
    for row in sorted(number for number in grid.rows if number <= HEADING_ROWS):
        hits = len({_heading(cell) for cell in grid.rows[row].values()} & known.keys())
        if hits > count:
            best, count = row, hits
    return best


def _month_of(grid: Grid, heading_row: int, month: model.Month | None) -> model.Month | None:
    """The month that completes 5日: of the title or the sheet's name, else of 設定. Where they differ, none."""
    titles = [
        str(c.value) for n in sorted(grid.rows) if n < heading_row for c in grid.rows[n].values() if c.kind is Kind.TEXT
    ]
    named = {str(found): found for text in (*titles, grid.name) if (found := month_in(text))}
    if month:
        named[str(month)] = month
    return next(iter(named.values())) if len(named) == 1 else None


def _required(sheet: Sheet | None, by_name: Mapping[str, Grid]) -> Sheet:
    table = layout.ENTRIES
    grid = by_name.get(folded(table.sheet))
    if grid is None:
        raise NotALog(f"「{table.sheet}」のシートがありません。点検するには日報のあるブックを選んでください。")
    if sheet is None:
        raise NotALog(
            f"{table.sheet}: 見出しの行が見つかりません。"
            f"はじめの{HEADING_ROWS}行のどこかに「{'」「'.join(table.vital)}」の見出しを置いてください。"
        )
    for column in table.columns:
        if column.heading in table.vital and column.field not in sheet.columns:
            raise NotALog(_no_heading(sheet, column.heading))
    return sheet


def _no_heading(sheet: Sheet, heading: str) -> str:
    there = {_heading(cell): (number, str(cell.value)) for number, cell in sheet.grid.rows[sheet.heading_row].items()
             if number not in sheet.readers and _heading(cell)}  # fmt: skip
    close = difflib.get_close_matches(folded(heading), there, n=1, cutoff=0.3)
    number, typed = there[close[0]] if close else (1, "")
    hint = f"「{typed}」のことですか。" if close else "見出しを加えてください。"
    return f"{sheet.grid.name}!{address(sheet.heading_row, number)}: 見出し「{heading}」がありません。{hint}"


def _missing(sheets: Mapping[str, Sheet | None]) -> set[str]:
    missing: set[str] = set()
    for table in layout.TABLES:
        sheet = sheets[table.key]
        if sheet is None:
            missing.add(table.key)
        else:
            missing |= {f"{table.key}.{c.field}" for c in table.columns if c.field not in sheet.columns}
    return missing


def _filled(sheets: Mapping[str, Sheet | None], entries: Iterable[model.Record]) -> frozenset[str]:
    """The columns ("entries.meal") that hold anything below their heading, and the kinds of 連絡 ("kind 欠席連絡")."""
    filled = {f"kind {c.kind}" for e in entries if isinstance(e, model.Entry) for c in e.contacts if c.kind}
    for key, sheet in sheets.items():
        if sheet is not None:
            below = (cells for row, cells in sheet.grid.rows.items() if row > sheet.heading_row)
            used: set[int] = set().union(*below)
            filled |= {f"{key}.{field}" for field, column in sheet.columns.items() if column in used}
    return frozenset(filled)


def _missing_contacts(entries: Sheet) -> set[str]:
    """「entries.contact.time」 where no 連絡 has a 時刻 column; 「entries.contacts」 where there is no 連絡 column at all."""
    parts = {field.partition(".")[2] for field in entries.columns if field.startswith("contact")}
    parts.discard("")
    wanted = {column.field.partition(".")[2] for column in layout.contact_columns(1)}
    return {f"entries.contact.{part}" for part in wanted - parts} | (set() if parts else {"entries.contacts"})


# ---- rows


def _records(table: Table, sheet: Sheet | None) -> Iterator[model.Record]:
    if sheet is None:
        return
    above: str | None = None
    for number in sorted(sheet.grid.rows):
        if number <= sheet.heading_row:
            continue
        values, unread, slots = _values(sheet, sheet.grid.rows[number])
        name = values.get("name")
        if isinstance(name, str) and name in _SAME_AS_ABOVE:
            name = _ditto(values, unread, above)
        above = None if "name" in unread else name or above  # type: ignore[assignment]
        if not slots and not _has_content(table, values, unread):
            continue
        _need(table, values, unread)
        row = model.Row(sheet.grid.name, number, sheet.columns, unread)
        yield contacts.entry(row, values, slots) if table is layout.ENTRIES else table.record(row=row, **values)


def _ditto(values: dict[str, object], unread: dict[str, str], above: str | None) -> str | None:
    """「〃」 is the name above; under nothing, or under a name that cannot be read, it names nobody."""
    if above is None:
        unread["name"] = f"氏名「{values.pop('name')}」の上に読める氏名がありません"
    else:
        values["name"] = above
    return above


def _values(sheet: Sheet, cells: Mapping[int, Cell]) -> tuple[dict[str, object], dict[str, str], contacts.Slots]:
    """Read one row: the values by field, for what could not be read the sentence that says so, and 連絡 by slot."""
    values: dict[str, object] = {}
    unread: dict[str, str] = {}
    slots: contacts.Slots = {}
    spans = False
    readers = sheet.readers
    for number, cell in cells.items():
        reader = readers.get(number)
        if reader is None:
            continue
        memo, field, spot, column = reader
        value = memo.get(id(cell), memo)
        if value is memo:  # not met before
            value = read_cell(column, cell, sheet.context)
            if isinstance(value, Unread):
                unread[field] = said(column.heading, cell, value)
                continue
            if isinstance(value, Span):
                spans = True
                _place_span(column, value, values, unread)
                continue
            memo[id(cell)] = value
        if value is None:
            continue
        if spot is None:
            values[field] = value
        elif (slot := slots.get(spot[0])) is None:
            slots[spot[0]] = {spot[1]: value}
        else:
            slot[spot[1]] = value
    if spans:
        _settle_spans(values, unread)
    if sheet.kept and sheet.kept[1] in cells and (typed := plain(shown(cells[sheet.kept[1]]))):
        values[sheet.kept[0]] = typed
    return values, unread, slots


_PAIRS = {"start": "end", "break_start": "break_end"}


def _place_span(column: Column, span: Span, values: dict[str, object], unread: dict[str, str]) -> None:
    """「9:30～15:00」 under 開始 fills 開始 and 終了; anywhere else it is two times where one is wanted."""
    other = _PAIRS.get(column.field)
    if other is None:
        unread[column.field] = f"{column.heading}に2つの時刻があります"
        return
    values[column.field] = span.start
    values[f"{other} typed as range"] = span.end


def _settle_spans(values: dict[str, object], unread: dict[str, str]) -> None:
    for field in _PAIRS.values():
        end = values.pop(f"{field} typed as range", None)
        if end is not None and values.setdefault(field, end) != end:
            unread[field] = "開始の範囲と終了の時刻が合いません"
            values.pop(field)


def _has_content(table: Table, values: Mapping[str, object], unread: Mapping[str, str]) -> bool:
    """A row of a template that only carries a name and dates says nothing yet; a name alone in 利用者台帳 is a client."""
    filled = values.keys() | unread.keys()
    if table is layout.CLIENTS:
        return bool(filled)
    if table is layout.CALENDAR:
        return "open" in filled
    return bool(filled - _NOT_CONTENT)


def _need(table: Table, values: Mapping[str, object], unread: dict[str, str]) -> None:
    """What every row must say for itself: whose it is, in 他サービス when, in 日報 when and where."""
    if table is layout.CALENDAR:
        return
    if "name" not in values and "name" not in unread:
        unread["name"] = "氏名が空欄です"
    for field, heading in table.vital_fields:
        if field not in values and field not in unread:
            unread[field] = f"{heading}が空欄です"


# ---- 設定

_BLANK = Cell(Kind.TEXT, "")  # an item whose value is not filled in


_Item = tuple[Column, int, int, Cell]  # how it is read, row, column and cell of its value


def _office(grid: Grid | None) -> tuple[model.Office, set[str]]:
    found = _settings(grid) if grid is not None else {}
    context = Context(None, grid.date1904 if grid else False)
    values: dict[str, object] = {}
    unread: dict[str, str] = {}
    for column, _, _, cell in found.values():
        value = read_cell(column, cell, context)
        if isinstance(value, (Unread, Span)):
            unread[column.field] = said(
                column.heading, cell, value if isinstance(value, Unread) else Unread("は2つの時刻です")
            )
        elif value is not None:
            values[column.field] = value
    row = model.Row(
        grid.name if grid else layout.SETTINGS_SHEET,
        0,
        {field: column for field, (_, _, column, _) in found.items()},
        unread,
        {field: number for field, (_, number, _, _) in found.items()},
    )
    missing = {f"office.{column.field}" for column in layout.SETTINGS if column.field not in found}
    office = model.Office(row=row, readings=_readings(values, unread))
    return replace(office, **values) if values else office, missing  # type: ignore[arg-type]


def _readings(values: dict[str, object], unread: dict[str, str]) -> dict[str, str]:
    """Take the choices made for open questions out of *values*; 週の始まり is one of them by another name (A-1)."""
    chosen = {field: str(values.pop(field)) for field in list(values) if layout.reading_item(field)}
    if "week_start" in values:
        week = layout.WEEKS[values["week_start"]]
        if chosen.setdefault("A-1", week) != week:
            unread["A-1"] = "A-1と「週の始まり」が違う曜日です。どちらか1つにしてください"
    return chosen


def _settings(grid: Grid) -> dict[str, _Item]:
    """Return field -> item of the two columns 項目 and 値; an item stands once."""
    fields = {folded(column.heading): column for column in layout.SETTINGS}
    item_column, value_column = _item_columns(grid)
    found: dict[str, _Item] = {}
    for number in sorted(grid.rows):
        cells = grid.rows[number]
        typed = _heading(cells[item_column]) if item_column in cells else ""
        column = fields.get(typed) or layout.reading_item(typed)
        if column is None:
            continue
        if column.field in found:
            raise LayoutError(
                f"{grid.name}!{address(number, item_column)}: 項目「{column.heading}」が2つあります。1つにしてください。"
            )
        found[column.field] = (column, number, value_column, cells.get(value_column, _BLANK))
    return found


def _item_columns(grid: Grid) -> tuple[int, int]:
    item, value = (folded(heading) for heading in layout.SETTINGS_HEADINGS)
    for row in sorted(number for number in grid.rows if number <= HEADING_ROWS):
        headings = {_heading(cell): number for number, cell in grid.rows[row].items()}
        if item in headings and value in headings:
            return headings[item], headings[value]
    return 1, 2
