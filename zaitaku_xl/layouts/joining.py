"""Pieces put together into the tables of the contract: what several sheets say of one client's day is one row of 日報."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zaitaku_xl.book import layout
from zaitaku_xl.book.layout import Table
from zaitaku_xl.book.plain import shown
from zaitaku_xl.book.values import Context
from zaitaku_xl.cells import Cell, Grid, Kind, Origin, Position
from zaitaku_xl.layouts.dating import day_in
from zaitaku_xl.layouts.pieces import CONTACT, CONTACT_FIELDS, Piece, Placed, SheetRead
from zaitaku_xl.model import CONTACT_SLOTS
from zaitaku_xl.spelling import of_person

_HEADING_ROW = 1
_OFFICE = "office"
_Whose = tuple[str, date]
_BETWEEN = "・"
_WHO_AND_WHEN = {"name", "number", "day", "weekday", "recorder"}


@dataclass(slots=True)
class Joined:
    """The tables put together, and what found no place in them."""

    grids: list[Grid] = field(default_factory=list)
    homeless: list[Piece] = field(default_factory=list)  # contacts of a day on which the log has no row


def joined(sheets: Sequence[SheetRead]) -> Joined:
    """Return the tables that *sheets* make together."""
    result = Joined()
    _note_what_is_lacking(sheets)
    by_table: dict[str, list[tuple[str, Piece]]] = {}
    for sheet in sheets:
        for piece in sheet.pieces:
            by_table.setdefault(piece.table, []).append((sheet.sheet, piece))
    full_names = _full_names(by_table)
    for pieces in by_table.values():
        for _, piece in pieces:
            _write_in_full(piece, full_names)
    if office := by_table.pop(_OFFICE, None):
        result.grids.append(_settings(piece for _, piece in office))
    contacts = [piece for _, piece in by_table.pop(CONTACT, ())]
    entries = by_table.get("entries", [])
    if entries or contacts:
        rows, result.homeless = _days(entries, contacts)
        by_table["entries"] = [("", row) for row in rows]
    tables = {table.key: table for table in layout.TABLES}
    for key, pieces in by_table.items():
        rows = [piece for _, piece in pieces]
        if rows and key in tables:
            result.grids.append(_grid(tables[key], rows))
    return result


_ASKED_FOR = {  # what a rule would call missing where the heading alone is
    "entries": frozenset(
        ("place", "training", "support", *(f"contact{n}.{part}" for n in (1, 2) for part in ("time", "content")))
    ),
    "week_reviews": frozenset(("done_on", "method", "content")),
    "month_reviews": frozenset(("done_on", "method", "achievement")),
}
_BY_KIND = "種別"  # a record in which each row says one thing lacks all others by its nature


def _note_what_is_lacking(sheets: Sequence[SheetRead]) -> None:
    """A field that others of the same outline have, and that one block or form has no heading for, is not empty there."""
    known: dict[tuple[str, str], set[str]] = {}
    for sheet in sheets:
        for piece in sheet.pieces:
            known.setdefault((sheet.kind, piece.table), set()).update(piece.fields)
    for sheet in sheets:
        if sheet.kind.startswith(_BY_KIND):
            continue
        for piece in sheet.pieces:
            asked = _ASKED_FOR.get(piece.table, frozenset())
            piece.lacking = frozenset(asked & known[sheet.kind, piece.table] - piece.fields.keys())


# ---- names


def _full_names(pieces: Mapping[str, Sequence[tuple[str, Piece]]]) -> Mapping[str, Cell]:
    """Return for the surname that only one client has that client's name in full."""
    names: dict[str, Cell] = {}
    for table in ("clients", "approvals", "entries", "month_reviews", "week_reviews", CONTACT):
        for _, piece in pieces.get(table, ()):
            cell = piece.fields["name"].cell if "name" in piece.fields else None
            if cell is not None and cell.kind is Kind.TEXT:
                names.setdefault(of_person(str(cell.value)), cell)
    parts: dict[str, list[Cell]] = {}
    for key, cell in names.items():
        words = str(cell.value).split()
        if len(words) > 1 and (surname := of_person(words[0])) != key:
            parts.setdefault(surname, []).append(cell)
    return {surname: cells[0] for surname, cells in parts.items() if len(cells) == 1 and surname not in names}


def _write_in_full(piece: Piece, full_names: Mapping[str, Cell]) -> None:
    placed = piece.fields.get("name")
    if placed and placed.cell and placed.cell.kind is Kind.TEXT:
        full = full_names.get(of_person(str(placed.cell.value)))
        if full is not None:
            piece.fields["name"] = Placed(full, placed.at)


# ---- days


def _days(entries: Sequence[tuple[str, Piece]], contacts: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return one piece for each row of 日報, and the contacts of days that have none."""
    rows: list[Piece] = []
    by_day: dict[_Whose, dict[str, list[Piece]]] = {}
    order: list[tuple[_Whose | None, Piece]] = []
    for sheet, piece in entries:
        whose = _whose(piece)
        if whose is None:
            order.append((None, piece))
            continue
        if whose not in by_day:
            order.append((whose, piece))
        by_day.setdefault(whose, {}).setdefault(sheet, []).append(piece)
    told: dict[_Whose, list[Piece]] = {}
    homeless: list[Piece] = []
    for contact in contacts:
        whose = _whose(contact)
        if whose is None or whose not in by_day:
            homeless.append(contact)
        else:
            told.setdefault(whose, []).append(contact)
    for whose, piece in order:
        if whose is None:
            rows.append(piece)
            continue
        its = _one_day(by_day[whose])
        for contact in told.get(whose, ()):
            _take_contact(its[0], contact)
        rows += its
    return rows, homeless


def _whose(piece: Piece) -> _Whose | None:
    name, day = piece.fields.get("name"), piece.fields.get("day")
    if not name or not day or name.cell is None:
        return None
    found = day_in(day.cell, None)
    return (of_person(shown(name.cell)), found) if found else None


def _one_day(by_sheet: Mapping[str, list[Piece]]) -> list[Piece]:
    """The rows of one client's day: a sheet's own rows stay apart, what other sheets say goes into the first."""
    groups = sorted(
        map(_together, by_sheet.values()), key=lambda its: (-len(its), -max(len(piece.fields) for piece in its))
    )
    first, *others = groups
    for its in others:
        for piece in its:
            _take(first[0], piece)
    return first


def _together(pieces: Sequence[Piece]) -> list[Piece]:
    """Rows of one sheet that say different things of a day are one; two that say the same thing twice stay two."""
    kept: list[Piece] = []
    for piece in pieces:
        into = next((each for each in kept if not _content(each) & _content(piece)), None)
        if into is None:
            kept.append(piece)
        else:
            _take(into, piece)
    return kept


def _content(piece: Piece) -> set[str]:
    return {name for name, placed in piece.fields.items() if placed.cell is not None} - _WHO_AND_WHEN


def _take(into: Piece, other: Piece) -> None:
    if "place" in other.fields and "place" not in into.fields:  # a day stands where it is said to be one
        into.fields["day"] = other.fields["day"]
    into.lacking |= other.lacking
    for name, placed in other.fields.items():
        mine = into.fields.get(name)
        if mine is None or (mine.cell is None and placed.cell is not None):
            into.fields[name] = placed
        elif name == "place" and placed.cell is not None and _differ(mine, placed):
            both = f"{shown(mine.cell)}{_BETWEEN}{shown(placed.cell)}" if mine.cell else ""
            into.fields[name] = Placed(Cell(Kind.TEXT, both), mine.at)


def _differ(one: Placed, other: Placed) -> bool:
    parse = next(column.parse for column in layout.ENTRIES.columns if column.field == "place")
    meanings = {repr(parse(placed.cell, Context())) for placed in (one, other) if placed.cell}
    return len(meanings) > 1


def _take_contact(into: Piece, contact: Piece) -> None:
    for slot in range(1, CONTACT_SLOTS + 1):
        if not any(f"contact{slot}.{part}" in into.fields for part in CONTACT_FIELDS):
            for part in CONTACT_FIELDS:
                if part in contact.fields:
                    into.fields[f"contact{slot}.{part}"] = contact.fields[part]
            return


# ---- tables


def _grid(table: Table, pieces: Sequence[Piece]) -> Grid:
    """Return the pieces as a table under its canonical headings; each cell tells where it comes from."""
    headings = {column.field: column.heading for column in (*table.columns, layout.NUMBER)}
    order = {name: place for place, name in enumerate(headings)}
    names = sorted({name for piece in pieces for name in piece.fields}, key=lambda name: order.get(name, len(order)))
    columns = {name: number for number, name in enumerate(names, 1)}
    rows: dict[int, dict[int, Cell]] = {
        _HEADING_ROW: {number: Cell(Kind.TEXT, headings.get(name, name)) for name, number in columns.items()}
    }
    origins: dict[Position, Origin] = {}
    for row, piece in enumerate(pieces, _HEADING_ROW + 1):
        rows[row] = {columns[name]: placed.cell for name, placed in piece.fields.items() if placed.cell is not None}
        origins |= {(row, columns[name]): placed.at for name, placed in piece.fields.items()}
        for name in piece.lacking & columns.keys():
            if name not in piece.fields or piece.fields[name].cell is None:
                rows[row][columns[name]] = Cell(Kind.UNPLACED, "")
                origins[row, columns[name]] = _where(piece)
        for name, number in columns.items():
            if name in piece.fields:
                origins.setdefault((_HEADING_ROW, number), piece.fields[name].at)
    return Grid(name=table.sheet, rows=rows, origins=origins)


def _where(piece: Piece) -> Origin:
    placed = piece.fields.get("day") or piece.fields.get("done_on") or next(iter(piece.fields.values()))
    return placed.at


def _settings(pieces: Iterable[Piece]) -> Grid:
    """Return 設定 of the items that an office keeps in a sheet of its own."""
    item, value = layout.SETTINGS_HEADINGS
    headings = {column.field: column.heading for column in layout.SETTINGS}
    rows = {_HEADING_ROW: {1: Cell(Kind.TEXT, item), 2: Cell(Kind.TEXT, value)}}
    origins: dict[Position, Origin] = {}
    items = {name: placed for piece in pieces for name, placed in piece.fields.items() if name in headings}
    for row, (name, placed) in enumerate(items.items(), _HEADING_ROW + 1):
        rows[row] = {1: Cell(Kind.TEXT, headings[name])} | ({2: placed.cell} if placed.cell else {})
        origins |= {(row, 1): placed.at, (row, 2): placed.at}
    return Grid(name=layout.SETTINGS_SHEET, rows=rows, origins=origins)
