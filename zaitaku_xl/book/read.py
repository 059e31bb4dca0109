"""Grids in, a log out: sheets and headings found, cells read, rows gathered by client."""

import dataclasses
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress, repeat
from typing import Any

from zaitaku_xl import model
from zaitaku_xl.a1 import address
from zaitaku_xl.book import contacts, layout
from zaitaku_xl.book.asides import remark, set_aside
from zaitaku_xl.book.clocks import Span
from zaitaku_xl.book.columns import Columns, read_columns, settle
from zaitaku_xl.book.contradictions import doubt_dates
from zaitaku_xl.book.dates import NO_MONTH
from zaitaku_xl.book.days_off import tell_days_off
from zaitaku_xl.book.filling_down import DITTOS, Filled, filled_down, fills_down, is_ditto, names_below
from zaitaku_xl.book.layout import Column, Table
from zaitaku_xl.book.one_cell import read_cell, said
from zaitaku_xl.book.people import gathered
from zaitaku_xl.book.record_sheets import record_lines
from zaitaku_xl.book.saying import all_say_something, any_says_something
from zaitaku_xl.book.sheet_remarks import beside_the_table, hidden_parts, month_remark
from zaitaku_xl.book.titles import Stated, stated
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context, folded
from zaitaku_xl.book.words_read import words_read
from zaitaku_xl.cells import Cell, Grid, Kind, Origin, Position
from zaitaku_xl.errors import LayoutError, NotALog
from zaitaku_xl.sentence import Sentence, own, typed
from zaitaku_xl.sentence import place as sheet_named

HEADING_ROWS = 15
_KINDS = frozenset(f"contact{slot}.kind" for slot in model.SLOTS)
_NOT_CONTENT = frozenset(("name", "number", "kana", "day", "weekday"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose heading row was found: which column fills which field."""

    grid: Grid
    heading_row: int
    columns: Mapping[str, int]  # field -> column
    numbers: Sequence[int]  # of the rows below the heading
    read: Columns  # what they hold
    stated: Stated  # the months it states of itself
    month: model.Month | None  # what completes 5日 in it
    remarks: tuple[model.Remark, ...]
    filled: Filled | None = None  # where rows have something from those above
    named_above: list[int] = dataclasses.field(default_factory=list)  # rows whose name is that of a row above


def read_log(grids: Sequence[Grid], asked: model.Month | None = None, told: Sequence[model.Remark] = ()) -> model.Log:
    """Return the records of a workbook; the month *asked* about completes 1月5日 where the workbook states none.

    *told* is what there is to say of how an office's own sheets were made into these tables.

    Raises NotALog where there is no daily log, LayoutError where a heading could be two things.
    """
    by_name = _by_name(grids)
    settings = by_name.get(folded(layout.SETTINGS_SHEET))
    items = _settings(settings) if settings else {}
    office, settings_missing = _office(settings, items)
    sheets = {
        table.key: _sheet(table, by_name.get(folded(table.sheet)), office.month, asked) for table in layout.TABLES
    }
    entries = _required(sheets["entries"], by_name)
    records = {table.key: _records(table, sheets[table.key]) for table in layout.TABLES}
    doubt_dates(records)
    unused = {"plans"} if sheets["plans"] and not records["plans"] else set()  # as missing
    headings = [
        _relocated(its, sheet.grid) for key, sheet in sheets.items() if sheet and (its := _unknown_headings(key, sheet))
    ]
    misspelt = {"entries.contacts"} if any(_MISSPELT & its.fields for its in headings) else set()
    remarks = [
        *told,
        *([_relocated(its, settings) for its in _unknown_items(settings, items)] if settings else []),
        *headings,
        *_remarks(sheets, records, office.month),
        *_copies(grids, records, office.month),
    ]
    records["record_lines"] = [line for grid in grids for line in record_lines(grid, office.month or asked)]
    calendar = tuple(r for r in records.pop("calendar") if isinstance(r, model.CalendarDay))
    found = gathered(records)
    tell_days_off(found.people)
    return model.Log(
        office=office,
        people=found.people,
        calendar=calendar,
        strays=found.strays,
        respelt=found.respelt,
        orphans=found.orphans,
        named_above=_named_above(sheets, records),
        missing=frozenset(settings_missing | _missing(sheets) | _missing_contacts(entries) | misspelt | unused),
        unused=frozenset(unused),
        headless=frozenset(
            t.key for t in layout.TABLES if sheets[t.key] is None and (g := by_name.get(folded(t.sheet))) and g.rows
        ),
        filled=_filled(sheets),
        remarks=tuple(remarks),
        names=layout.words(),
    )


def _named_above(
    sheets: Mapping[str, Sheet | None], records: Mapping[str, Sequence[model.Record]]
) -> tuple[tuple[str, int, model.Record], ...]:
    """Of each table how many rows have the name of a row above, and the first of them."""
    found = []
    for key, sheet in sheets.items():
        numbers = set(sheet.named_above) if sheet and sheet.grid.origins is None else ()
        rows = [record for record in records.get(key, ()) if record.row.number in numbers] if numbers else []
        found += [(key, len(rows), rows[0])] if rows else []
    return tuple(found)


def _by_name(grids: Iterable[Grid]) -> dict[str, Grid]:
    found: dict[str, Grid] = {}
    for grid in grids:
        name = folded(grid.name)
        if name in found:
            said = Sentence(
                "シート{one}と{other}の名前が同じに読めます。どちらかの名前を変えてください。",
                one=sheet_named(found[name].name, in_brackets=True),
                other=sheet_named(grid.name, in_brackets=True),
            )
            raise LayoutError(said)
        found[name] = grid
    return found


# ---- headings


def _sheet(
    table: Table, grid: Grid | None, month: model.Month | None, asked: model.Month | None = None
) -> Sheet | None:
    if grid is None:
        return None
    known = {_folded(column.heading): column for column in (*table.columns, layout.NUMBER)}  # every sheet may carry it
    row = _heading_row(grid, known)
    if row is None:
        return None
    columns: dict[str, int] = {}
    readers: dict[int, Column] = {}
    for number, cell in sorted(grid.rows[row].items()):
        column = known.get(_heading(cell))
        if column is None:
            continue
        if column.field in columns:
            first, second = address(row, columns[column.field]), address(row, number)
            twice = f"!{first} と {second}: 見出し「{column.heading}」が2つあります。どちらかの名前を変えてください。"
            raise LayoutError(Sentence("{sheet}{twice}", sheet=sheet_named(grid.name), twice=own(twice)))
        columns[column.field] = number
        readers[number] = column
    numbers = [number for number in sorted(grid.rows) if number > row]
    cells = grid.columns(numbers, tuple(readers))
    rows, remarks = set_aside(grid, row, columns, numbers, dict(zip(readers, cells, strict=True)))
    if len(rows) < len(numbers):
        cells = grid.columns(rows, tuple(readers))
    said = stated(grid, row)
    completing = said.month_beside(month)
    if month is None and not said.months:
        completing = said.month_beside(asked)
    context = Context(completing, grid.date1904)
    read = read_columns(cells, readers.values(), context, table.kept)
    marked = _with_dittos(read, readers.values())
    filled = filled_down(cells, readers, rows, grid.merged, marked) if marked or grid.merged else None
    if filled and filled.sources:
        read = read_columns(filled.cells, readers.values(), context, table.kept)
    return Sheet(
        grid=grid,
        heading_row=row,
        columns=columns,
        numbers=rows,
        read=read,
        stated=said,
        month=completing,
        remarks=(*remarks, *words_read(grid.name, rows, filled.cells if filled else cells, readers)),
        filled=filled,
    )


def _with_dittos(read: Columns, readers: Iterable[Column]) -> list[int]:
    """The places of the columns that hold 〃 where it stands for the cell above: seldom any."""
    doubtful = {column.field for doubts in read.doubts.values() for column, cell, _ in doubts if is_ditto(cell)}
    return [
        place
        for place, column in enumerate(readers)
        if fills_down(column) and (column.field in doubtful or not DITTOS.isdisjoint(read.values.get(column.field, ())))
    ]


def _heading(cell: Cell) -> str:
    return _folded(str(cell.value)) if cell.kind is Kind.TEXT else ""


folded_heading = lru_cache(maxsize=4096)(folded)  # the same headings stand in every workbook
_folded = folded_heading


def _heading_row(grid: Grid, known: Mapping[str, Column]) -> int | None:
    """The row among the first 15 with most known headings; at least two, so that a title is not taken for one."""
    best, count = None, 1
    for row in sorted(number for number in grid.rows if number <= HEADING_ROWS):
        words = grid.words(row)
        hits = len({_folded(word) for word in words} & known.keys()) if len(words) > count else 0
        if hits > count:
            best, count = row, hits
    return best


def _required(sheet: Sheet | None, by_name: Mapping[str, Grid]) -> Sheet:
    table = layout.ENTRIES
    grid = by_name.get(folded(table.sheet))
    if grid is None:
        raise NotALog(_no_log(by_name.values()))
    if sheet is None:
        raise NotALog(
            f"{table.sheet}: 見出しの行が見つかりません。"
            f"はじめの{HEADING_ROWS}行のどこかに「{'」「'.join(table.vital)}」の見出しを置いてください。"
        )
    for column in table.columns:
        if column.heading in table.vital and column.field not in sheet.columns:
            raise NotALog(_no_heading(sheet, column.heading))
    return sheet


def _no_log(grids: Iterable[Grid]) -> Sentence:
    sheet = layout.ENTRIES.sheet
    there = next((grid.name for grid in grids if _looks_like(grid, layout.ENTRIES)), None)
    if there is None:
        return Sentence(f"「{sheet}」のシートがありません。点検するには日報のあるブックを選んでください。")
    return Sentence(
        f"「{sheet}」のシートがありません。{{there}}が日報なら、シートの名前を「{sheet}」にしてください。",
        there=sheet_named(there, in_brackets=True),
    )


def _no_heading(sheet: Sheet, heading: str) -> Sentence:
    there = {
        _heading(cell): (number, str(cell.value))
        for number, cell in sheet.grid.rows[sheet.heading_row].items()
        if number not in sheet.columns.values() and _heading(cell)
    }
    close = difflib.get_close_matches(folded(heading), there, n=1, cutoff=0.3)
    number, similar = there[close[0]] if close else (1, "")
    hint = "{similar}のことですか。" if close else "見出しを加えてください。"
    return Sentence(
        "{sheet}!{cell}: 見出し「{heading}」がありません。" + hint,
        sheet=sheet_named(sheet.grid.name),
        cell=own(address(sheet.heading_row, number)),
        heading=own(heading),
        similar=typed(similar),
    )


def _missing(sheets: Mapping[str, Sheet | None]) -> set[str]:
    missing: set[str] = set()
    for table in layout.TABLES:
        sheet = sheets[table.key]
        if sheet is None:
            missing.add(table.key)
        else:
            missing |= {f"{table.key}.{c.field}" for c in table.columns if c.field not in sheet.columns}
    return missing


def _filled(sheets: Mapping[str, Sheet | None]) -> frozenset[str]:
    """The columns ("entries.meal") that hold anything below their heading, and the kinds of 連絡 ("kind 欠席連絡")."""
    filled: set[str] = set()
    for key, sheet in sheets.items():
        if sheet is not None:
            filled |= {f"{key}.{field}" for field in sheet.columns if field in sheet.read.values}
    entries = sheets["entries"]
    typed = [values for field, values in entries.read.values.items() if field in _KINDS] if entries else ()
    return frozenset(filled | {f"kind {kind}" for kind in set().union(*typed) if kind})


_MISSPELT = frozenset(f"contact{slot}.{part}" for slot in model.SLOTS for part in ("time", "content"))


def _unknown_headings(key: str, sheet: Sheet) -> model.Remark | None:
    """The headings nobody knows over columns that hold something, each with the missing one that it may be."""
    there = set(sheet.columns.values())
    row = sheet.grid.rows[sheet.heading_row]
    unknown = {
        column: str(cell.value) for column, cell in sorted(row.items()) if column not in there and _heading(cell)
    }
    if not unknown:
        return None
    cells = sheet.grid.columns(sheet.numbers, tuple(unknown))
    filled = [column for column, held in zip(unknown, cells, strict=True) if any(held)]
    table = next(table for table in layout.TABLES if table.key == key)
    missing = {_folded(column.heading): column for column in table.columns if column.field not in sheet.columns}
    meant = {column: _likely(unknown[column], missing) for column in filled}
    if not meant:
        return None
    for part in _lacking_parts(sheet) if key == "entries" else ():  # of a 連絡: nothing else can be meant
        free = next((column for column, likely in meant.items() if likely is None), None)
        if free is not None and missing[_folded(part.heading)] not in meant.values():
            meant[free] = part
    first = next((column for column, likely in meant.items() if likely), filled[0])
    return remark(
        sheet.grid.name,
        sheet.heading_row,
        first,
        "headings",
        table=key,
        count=len(meant),
        fields=frozenset(likely.field for likely in meant.values() if likely),
        words=tuple(
            word for column, likely in meant.items() for word in (unknown[column], likely.heading if likely else "")
        ),
    )


def _lacking_parts(sheet: Sheet) -> list[Column]:
    """The 時刻 and 内容 of a 連絡 that has other columns, but not these."""
    slots = {field.partition(".")[0] for field in sheet.columns if field.startswith("contact")}
    return [
        column
        for column in layout.ENTRIES.columns
        if column.field in _MISSPELT and column.field.partition(".")[0] in slots and column.field not in sheet.columns
    ]


_CONTACT = re.compile(r"連絡\d*")


def _likely(heading: str, missing: Mapping[str, Column]) -> Column | None:
    """The missing heading that this may be: of a 連絡 only one of the same number."""
    typed = _folded(heading)
    number = _CONTACT.match(typed)
    same = [
        each for each in missing if (found := _CONTACT.match(each)) is None or number is None or found[0] == number[0]
    ]
    close = difflib.get_close_matches(typed, same, n=1, cutoff=_ALIKE)
    return missing[close[0]] if close else None


_ALIKE = 0.6


def _missing_contacts(entries: Sheet) -> set[str]:
    """「entries.contact.time」 where no 連絡 has a 時刻 column; 「entries.contacts」 where there is no 連絡 column at all."""
    parts = {field.partition(".")[2] for field in entries.columns if field.startswith("contact")}
    parts.discard("")
    wanted = {column.field.partition(".")[2] for column in layout.contact_columns(1)}
    return {f"entries.contact.{part}" for part in wanted - parts} | (set() if parts else {"entries.contacts"})


# ---- rows


def _records(table: Table, sheet: Sheet | None) -> Sequence[model.Record]:
    """Return the rows that say something, made column by column: a month has hundreds of them."""
    if sheet is None:
        return ()
    columns, doubts = dict(sheet.read.values), sheet.read.doubts
    unread: list[dict[str, Sentence]] = [{} for _ in sheet.numbers]
    for place, doubtful in doubts.items():
        settle(doubtful, place, columns, unread[place])
    spoken = _spoken(table, columns, unread)
    _dittos(columns.get("name", []), unread)
    carriers = _carriers(table, sheet, columns, spoken, unread)
    numbers = sheet.numbers
    if not all(spoken):
        numbers, unread = list(compress(numbers, spoken)), list(compress(unread, spoken))
        columns = {field: list(compress(values, spoken)) for field, values in columns.items()}
        carriers = list(compress(carriers, spoken))
    blank = [None] * len(numbers)
    if table is not layout.CALENDAR:
        for field, heading in (("name", layout.NAME.heading), *table.vital_fields):
            _need(field, heading, columns.get(field, blank), unread)
    rows = list(map(model.Row, repeat(sheet.grid.name), numbers, repeat(sheet.columns), unread, carriers))
    if sheet.grid.origins is not None:
        rows = [_as_it_stands(row, sheet.grid.origins) for row in rows]
    if table is layout.ENTRIES:
        columns["contacts"], columns["plain_times"] = contacts.of_rows(rows, columns)
    return list(map(table.record, rows, *[columns.get(field, blank) for field in table.record_fields]))


def _as_it_stands(row: model.Row, origins: Mapping[Position, Origin]) -> model.Row:
    """A row of a table put together: it stands where its date does, and each field in the office's own cell."""
    above = row.numbers or {}
    places = {
        field: place
        for field, column in row.columns.items()
        if (place := origins.get((above.get(field, row.number), column))) is not None
    }
    sheet, number, _ = places.get("day") or next(iter(places.values()))
    return replace(row, sheet=sheet, number=number, numbers=None, places=places)


def _spoken(
    table: Table, columns: Mapping[str, Sequence[object]], unread: Sequence[Mapping[str, Sentence]]
) -> list[bool]:
    """Tell of each row whether it says anything."""
    if table is layout.CALENDAR:  # 休業 is False, and says something
        is_open = columns.get("open") or [None] * len(unread)
        return [day is not None or "open" in doubtful for day, doubtful in zip(is_open, unread, strict=True)]
    telling = [values for field, values in columns.items() if _is_content(table, field)]
    if any(map(all_say_something, telling)):
        return [True] * len(unread)
    told = zip(*telling, strict=True) if telling else repeat((), len(unread))
    return [
        any_says_something(cells) or any(_is_content(table, field) for field in doubtful)
        for cells, doubtful in zip(told, unread, strict=True)
    ]


def _is_content(table: Table, field: str) -> bool:
    """A row of a template that only carries a name and dates says nothing yet; a name alone in 利用者台帳 is a client."""
    return table is layout.CLIENTS or field not in _NOT_CONTENT


def _dittos(names: Sequence[str | None], unread: Sequence[dict[str, Sentence]]) -> None:
    """「〃」 under nothing, or under a name that cannot be read, names nobody."""
    if DITTOS.isdisjoint(names):
        return
    for place, name in enumerate(names):
        if name in DITTOS:
            names[place] = None  # type: ignore[index]
            unread[place]["name"] = Sentence("氏名{name}の上に読める氏名がありません", name=typed(name))


def _carriers(
    table: Table,
    sheet: Sheet,
    columns: dict[str, list[Any]],
    spoken: Sequence[bool],
    unread: Sequence[dict[str, Sentence]],
) -> list[dict[str, int] | None]:
    """Of each row in which row a value stands that it has from above; names written once go down here."""
    filled = sheet.filled or Filled([])
    below = names_below(table.key, columns, spoken, unread)
    sheet.named_above.extend(sheet.numbers[place] for place in below)
    for place, above in below.items():
        for field in ("name", "number"):
            if field in columns and columns[field][place] is None:
                columns[field][place] = columns[field][above]
                filled.sources.setdefault(place, {})[field] = sheet.numbers[above]
    headings = {column.field: column.heading for column in table.columns} if filled.covered else {}
    for place, covered in filled.covered.items():
        for field in covered:
            unread[place][field] = Sentence(f"{headings[field]}が上の行と結合されていて、この行の記録か判断できません")
    return [filled.sources.get(place) for place in range(len(unread))]


def _need(field: str, heading: str, values: Sequence[object], unread: Sequence[dict[str, Sentence]]) -> None:
    """What every row must say for itself: whose it is, in 他サービス when, in 日報 when and where."""
    if None in values:
        for value, doubtful in zip(values, unread, strict=True):
            if value is None:
                doubtful.setdefault(field, Sentence(f"{heading}が空欄です"))


def _remarks(
    sheets: Mapping[str, Sheet | None], records: Mapping[str, Sequence[model.Record]], month: model.Month | None
) -> Iterable[model.Remark]:
    """What is to be said of how each sheet was read."""
    for key, sheet in sheets.items():
        if sheet is not None:
            its = [*sheet.remarks]
            if sheet.grid.origins is None:  # of an office's own sheets whoever put them together tells
                its += beside_the_table(sheet.grid, sheet.heading_row, records[key])
                its += hidden_parts(sheet.grid, sheet.columns, sheet.read.values, records[key])
            lacks_month = sheet.read.doubts and sheet.month is None
            monthless = _without_month(sheet) if lacks_month else {}
            told = (
                month_remark(sheet.grid.name, sheet.stated, month, monthless) if key in _BY_MONTH or monthless else None
            )
            for each in (*its, *([told] if told else ())):
                yield _relocated(replace(each, table=key), sheet.grid)


def _relocated(told: model.Remark, grid: Grid) -> model.Remark:
    """A remark on a table put together stands at the office's own cell."""
    if grid.origins is None:
        return told
    place = grid.origins.get((told.row.number, told.row.columns["day"])) or next(iter(grid.origins.values()))
    return replace(told, row=model.Row(place[0], place[1], {"day": place[2]}))


def _copies(
    grids: Iterable[Grid], records: Mapping[str, Sequence[model.Record]], month: model.Month | None
) -> Iterable[model.Remark]:
    """Sheets that look like one of ours under another name (日報 (2)), with the rows that the judged one lacks."""
    for grid in grids:
        table = next((table for table in layout.TABLES if _looks_like(grid, table)), None)
        if table is not None:
            rows = _rows_of_copy(table, grid, month)
            known = {_who_and_when(record) for record in records[table.key]}
            more = [record for record in rows if _who_and_when(record) not in known]
            row = more[0].row.number if more else min(grid.rows)
            days = [day for record in more if (day := getattr(record, "day", None))]
            facts = {"table": table.key, "count": len(more), "months": tuple(sorted(model.Month.all_of(days)))}
            yield remark(grid.name, row, min(grid.rows[row]), "copy", **facts)


def _looks_like(grid: Grid, table: Table) -> bool:
    name, sheet = folded(grid.name), folded(table.sheet)
    if sheet not in name or name == sheet or name.startswith(layout.RECORD_SHEETS):
        return False
    known = {_folded(column.heading): column for column in table.columns}
    row = _heading_row(grid, known)
    if row is None:
        return False
    headings = {_folded(word) for word in grid.words(row)}
    return len(headings & known.keys()) > 2 and headings.issuperset(map(_folded, table.vital))


def _rows_of_copy(table: Table, grid: Grid, month: model.Month | None) -> Sequence[model.Record]:
    try:
        return _records(table, _sheet(table, grid, month))
    except LayoutError:
        return ()


def _who_and_when(record: model.Record) -> tuple[str, object]:
    return folded(record.name or ""), getattr(record, "day", None) or getattr(record, "done_on", None)


_BY_MONTH = frozenset(("entries", "plans", "week_reviews", "month_reviews", "absences", "services"))


def _without_month(sheet: Sheet) -> dict[int, set[str]]:
    """The fields of each row that a month would have completed."""
    found: dict[int, set[str]] = {}
    for place, doubts in sheet.read.doubts.items():
        fields = {
            column.field for column, _, doubt in doubts if isinstance(doubt, Unread) and doubt.why == NO_MONTH
        } - {"born"}
        if fields:
            found[sheet.numbers[place]] = fields
    return found


# ---- 設定

_BLANK = Cell(Kind.TEXT, "")  # an item whose value is not filled in


_Item = tuple[Column, int, int, Cell]  # how it is read, row, column and cell of its value


def _office(grid: Grid | None, items: Mapping[str, _Item]) -> tuple[model.Office, set[str]]:
    context = Context(None, grid.date1904 if grid else False)
    values: dict[str, object] = {}
    unread: dict[str, Sentence] = {}
    aliases: list[str] = []
    for column, _, _, cell in items.values():
        value = read_cell(column, cell, context)
        if column.field == layout.ALIASES:
            aliases += str(value or "").replace("、", "\n").splitlines()
            continue
        if isinstance(value, (Unread, Span)):
            unread[column.field] = said(
                column.heading, cell, value if isinstance(value, Unread) else Unread("は2つの時刻です")
            )
        elif value is not None:
            values[column.field] = value
    row = model.Row(
        grid.name if grid else layout.SETTINGS_SHEET,
        0,
        {field: column for field, (_, _, column, _) in items.items()},
        unread,
        {field: number for field, (_, number, _, _) in items.items()},
    )
    if grid and grid.origins is not None:
        row = _as_it_stands(row, grid.origins)
    missing = {f"office.{column.field}" for column in layout.SETTINGS if column.field not in items}
    office = model.Office(row=row, readings=_readings(values, unread), aliases=tuple(filter(None, aliases)))
    return replace(office, **values) if values else office, missing  # type: ignore[arg-type]


def _readings(values: dict[str, object], unread: dict[str, Sentence]) -> dict[str, str]:
    """Take the choices made for open questions out of *values*; 週の始まり is one of them by another name (A-1)."""
    chosen = {field: str(values.pop(field)) for field in list(values) if layout.reading_item(field)}
    if "week_start" in values:
        week = layout.WEEKS[values["week_start"]]
        if chosen.setdefault("A-1", week) != week:
            unread["A-1"] = Sentence("A-1と「週の始まり」が違う曜日です。どちらか1つにしてください")
    return chosen


def _settings(grid: Grid) -> dict[str, _Item]:
    """Return field -> item of the two columns 項目 and 値; an item stands once."""
    fields = {_folded(column.heading): column for column in layout.SETTINGS}
    item_column, value_column = _item_columns(grid)
    found: dict[str, _Item] = {}
    for number in sorted(grid.rows):
        cells = grid.rows[number]
        typed = _heading(cells[item_column]) if item_column in cells else ""
        column = fields.get(typed) or layout.reading_item(typed)
        if column is None:
            continue
        field = column.field
        if field == layout.ALIASES and field in found:
            field = f"{field}{number}"  # each in a row of its own
        if field in found:
            twice = f"!{address(number, item_column)}: 項目「{column.heading}」が2つあります。1つにしてください。"
            raise LayoutError(Sentence("{sheet}{twice}", sheet=sheet_named(grid.name), twice=own(twice)))
        found[field] = (column, number, value_column, cells.get(value_column, _BLANK))
    return found


def _unknown_items(grid: Grid, items: Mapping[str, _Item]) -> Iterable[model.Remark]:
    """The items of 設定 nobody knows that may be one that is missing there."""
    there = {column.field for column, *_ in items.values()}
    missing = {_folded(column.heading): column for column in layout.SETTINGS if column.field not in there}
    known = {_folded(column.heading) for column in layout.SETTINGS}
    item, value = _item_columns(grid)
    found: list[tuple[str, str, int]] = []
    for number in sorted(grid.rows):
        cells = grid.rows[number]
        typed = _heading(cells[item]) if item in cells and value in cells else ""
        if not typed or typed in known or layout.reading_item(typed):
            continue
        likely = _likely(typed, missing)
        if likely or difflib.get_close_matches(typed, known, n=1, cutoff=_ALIKE):
            found.append((str(cells[item].value), likely.heading if likely else "", number))
    if found:
        words = tuple(word for typed, heading, _ in found for word in (typed, heading))
        yield remark(grid.name, found[0][2], item, "headings", table="office", count=len(found), words=words)


def _item_columns(grid: Grid) -> tuple[int, int]:
    item, value = (folded(heading) for heading in layout.SETTINGS_HEADINGS)
    for row in sorted(number for number in grid.rows if number <= HEADING_ROWS):
        headings = {_heading(cell): number for number, cell in grid.rows[row].items()}
        if item in headings and value in headings:
            return headings[item], headings[value]
    return 1, 2
