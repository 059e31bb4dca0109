"""The canonical workbook as a draft: blank for an office to fill, or with rows that somebody else supplies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil

from zaitaku_xl.book import layout
from zaitaku_xl.draft import (
    Area,
    Draft,
    DraftCell,
    DraftColumn,
    DraftSheet,
    Guard,
    Look,
    PrintSetup,
    Ruling,
    Value,
)
from zaitaku_xl.model import Month
from zaitaku_xl.sheets.canonical import Canonical, ColumnLook, KindLook, SettingLook, SheetLook, Tint, canonical
from zaitaku_xl.sheets.guide import guide_sheet

TITLE_ROW, HINT_ROW, BAND_ROW, HEADING_ROW = 1, 2, 3, 4
FIRST_ROW = HEADING_ROW + 1
_TOWN = "支給決定市町村"
_SMALL = 9.5
Rows = Mapping[str, Sequence[Mapping[str, Value | None]]]
"""Rows by sheet, each a mapping from heading to value."""


def template(month: Month | None = None, town_name: str | None = None) -> Draft:
    """Return the workbook an office fills: no record in it, 対象年月 if it is known."""
    settings: dict[str, Value] = {"対象年月": month.first} if month else {}
    return filled(settings, {}, town_name=town_name)


def filled(
    settings: Mapping[str, Value], rows: Rows, *, town_name: str | None = None, note: Sequence[str] = ()
) -> Draft:
    """Return the workbook with these settings and rows; *note* is said first of all on the first sheet."""
    look = canonical()
    towns = _towns(rows.get(layout.CLIENTS.sheet, ()), town_name)
    tables = [_table(look, _offering(sheet, towns), rows.get(sheet.name, ())) for sheet in look.sheet]
    sheets = (guide_sheet(look, town_name, note), _settings(look, settings), *tables)
    return Draft(look.book.title, look.book.font, look.book.size, look.book.dated, sheets, look.book.version)


def place(sheet: str, heading: str, index: int = 0) -> tuple[int, int]:
    """Return row and column of a heading's cell in the *index*-th row under the headings."""
    look = next(each for each in canonical().sheet if each.name == sheet)
    return FIRST_ROW + index, _numbers(look)[heading]


def _towns(clients: Sequence[Mapping[str, Value | None]], town_name: str | None) -> tuple[str, ...]:
    """The towns worth offering in the list of 支給決定市町村: the one asked for and those already written."""
    written = [client.get(_TOWN) for client in clients]
    return tuple(dict.fromkeys(str(town) for town in (town_name, *written) if town))


def _offering(sheet: SheetLook, towns: tuple[str, ...]) -> SheetLook:
    if sheet.name != layout.CLIENTS.sheet:
        return sheet
    return replace(sheet, columns=tuple(replace(c, choices=towns) if c.heading == _TOWN else c for c in sheet.columns))


def _numbers(sheet: SheetLook) -> dict[str, int]:
    return {column.heading: number for number, column in enumerate(sheet.columns, 1)}


# ---- a sheet with a heading row


def _table(look: Canonical, sheet: SheetLook, rows: Sequence[Mapping[str, Value | None]]) -> DraftSheet:
    numbers = _numbers(sheet)
    width = len(sheet.columns)
    last = HEADING_ROW + max(look.book.rows, len(rows))
    starts = {numbers[group.from_heading] for group in sheet.groups} - {1}
    columns = tuple(DraftColumn(column.width, _cell_look(look, look.kinds[column.kind])) for column in sheet.columns)
    cells = dict(_head(look, sheet, starts))
    for row, record in enumerate(rows, FIRST_ROW):
        for heading, value in record.items():
            number = numbers[heading]
            if value is not None:
                cells[row, number] = DraftCell(value, columns[number - 1].look)
    return DraftSheet(
        sheet.name,
        cells,
        columns,
        heights=_heights(sheet, rows),
        frozen=(HEADING_ROW, sheet.frozen_columns),
        filtered=Area(HEADING_ROW, 1, last, width) if sheet.filter else None,
        guards=tuple(_guards(look, sheet, last)),
        rulings=(Ruling(Area(FIRST_ROW, 1, last, width), 1, look.book.line),),
        printing=_printing(sheet, numbers),
        tab=sheet.tab,
    )


def _heights(sheet: SheetLook, rows: Sequence[Mapping[str, Value | None]]) -> dict[int, float]:
    """Rows that come filled are as high as their text; blank ones are left to grow as somebody types."""
    heights: dict[int, float] = {TITLE_ROW: 27, HINT_ROW: 18, BAND_ROW: 18 if sheet.groups else 6, HEADING_ROW: 34}
    widths = {column.heading: column.width for column in sheet.columns}
    for row, record in enumerate(rows, FIRST_ROW):
        lines = max(_lines(value, widths[heading]) for heading, value in record.items())
        heights[row] = max(_LOWEST, lines * _LINE + _AIR)
    return heights


def _lines(value: Value | None, width: int) -> int:
    if not isinstance(value, str):
        return 1
    long = sum(1 if ord(letter) > 0xFF else 0.5 for letter in value)
    return max(1, ceil(long / (width * _LETTERS - 1)))


_LINE, _AIR, _LOWEST = 15.5, 5, 21  # points
_LETTERS = 0.57  # full-width letters of size 10 in one unit of width, a little less than fit; the indent takes one


def _title(look: Canonical, title: str, hint: str, hint_column: int = 1) -> Iterator[tuple[tuple[int, int], DraftCell]]:
    yield (TITLE_ROW, 1), DraftCell(title, Look(bold=True, size=15, colour=look.book.ink))
    yield (HINT_ROW, hint_column), DraftCell(hint, Look(size=_SMALL, colour=look.book.quiet))


def _head(look: Canonical, sheet: SheetLook, starts: set[int]) -> Iterator[tuple[tuple[int, int], DraftCell]]:
    beside = sheet.frozen_columns + 1 if sheet.page_breaks else 1  # repeated columns would repeat half a sentence
    yield from _title(look, sheet.name, sheet.hint, beside)
    bands = {group.from_heading: group for group in sheet.groups}
    tint = look.tints[sheet.tint]
    for number, column in enumerate(sheet.columns, 1):
        edge = look.book.edge if number in starts else None
        group = bands.get(column.heading)
        if group:
            tint = look.tints[group.tint]
        if sheet.groups:
            yield (BAND_ROW, number), DraftCell(group.title if group else None, _band(look, tint, edge))
        yield (HEADING_ROW, number), DraftCell(column.heading, _heading(look, tint, column.needed, edge))


def _band(look: Canonical, tint: Tint, edge: str | None) -> Look:
    return Look(bold=True, size=_SMALL, colour=look.book.ink, fill=tint.band, edge=edge, indent=1)


def _heading(look: Canonical, tint: Tint, needed: bool, edge: str | None = None) -> Look:
    fill = tint.needed if needed else tint.plain
    return Look(
        bold=needed, colour=look.book.ink, fill=fill, line=look.book.gap, edge=edge, wrap=True, align="center"
    )  # fmt: skip


def _cell_look(look: Canonical, kind: KindLook) -> Look:
    return Look(
        size=look.book.size,
        colour=look.book.ink,
        wrap=kind.wrap,
        align=kind.align,
        indent=kind.indent,
        shows=kind.shows,
    )


def _guards(look: Canonical, sheet: SheetLook, last: int) -> Iterator[Guard]:
    for number, column in enumerate(sheet.columns, 1):
        area = Area(FIRST_ROW, number, last, number)
        if column.kind == "name" and sheet.name != layout.CLIENTS.sheet:
            names = Area(FIRST_ROW, 1, HEADING_ROW + look.book.rows, 1)
            yield Guard(area, "list", source=(layout.CLIENTS.sheet, names), error=look.kinds[column.kind].says)
        else:
            yield from _guard(look, area, column)


def _guard(look: Canonical, area: Area, column: ColumnLook) -> Iterator[Guard]:
    kind = "list" if column.choices else column.kind
    if kind not in _GUARDED:
        if column.prompt:
            yield Guard(area, "any", prompt=column.prompt, title=column.heading)
        return
    says = look.kinds[column.kind].says or look.kinds["word"].says
    yield Guard(
        area, "date" if kind == "month" else kind, column.choices, None, column.strict, says, column.prompt,
        column.heading if column.prompt else "",
    )  # fmt: skip


_GUARDED = frozenset(("list", "date", "month", "time", "number", "digits"))


def _printing(sheet: SheetLook, numbers: Mapping[str, int]) -> PrintSetup:
    return PrintSetup(
        landscape=not sheet.portrait,
        scale=sheet.scale,
        breaks=tuple(numbers[heading] for heading in sheet.page_breaks),
        repeat_rows=(BAND_ROW, HEADING_ROW) if sheet.groups else (HEADING_ROW, HEADING_ROW),
        repeat_columns=(1, sheet.frozen_columns) if sheet.page_breaks else None,
    )


# ---- 設定


def _settings(look: Canonical, values: Mapping[str, Value]) -> DraftSheet:
    settings = look.settings
    cells = dict(_title(look, settings.title, settings.hint))
    for number, heading in enumerate((*layout.SETTINGS_HEADINGS, settings.help), 1):
        cells[HEADING_ROW, number] = DraftCell(heading, _heading(look, look.tints[settings.tint], number < 3))
    guards: list[Guard] = []
    heights: dict[int, float] = {TITLE_ROW: 27, HINT_ROW: 18, BAND_ROW: 6, HEADING_ROW: 24}
    for row, item in enumerate(settings.items, FIRST_ROW):
        for number, cell in enumerate(_item(look, item, values), 1):
            cells[row, number] = cell
        column = ColumnLook(item.heading, item.kind, 0, choices=item.choices, strict=item.strict)
        guards += _guard(look, Area(row, 2, row, 2), column)
        heights[row] = 23
    return DraftSheet(
        layout.SETTINGS_SHEET, cells, tuple(DraftColumn(width) for width in settings.widths), heights,
        frozen=(HEADING_ROW, 0), guards=tuple(guards), printing=PrintSetup(landscape=False), tab=settings.tab,
        gridlines=False,
    )  # fmt: skip


def _item(look: Canonical, item: SettingLook, values: Mapping[str, Value]) -> Iterator[DraftCell]:
    """項目, 値 and how to write it."""
    tint = look.tints[look.settings.tint]
    fill = tint.needed if item.needed else tint.plain
    base = Look(size=look.book.size, colour=look.book.ink, line=look.book.line, indent=1)
    yield DraftCell(item.heading, replace(base, bold=item.needed, fill=fill))
    yield DraftCell(values.get(item.heading, item.value or None), replace(base, shows=look.kinds[item.kind].shows))
    yield DraftCell(item.help, replace(base, size=_SMALL, colour=look.book.quiet, wrap=True))


def unknown(values: Mapping[str, object], sheet: str) -> list[str]:
    """Return the headings that the sheet does not have."""
    if sheet == layout.SETTINGS_SHEET:
        known = {item.heading for item in canonical().settings.items}
    else:
        known = set(_numbers(next(each for each in canonical().sheet if each.name == sheet)))
    return [heading for heading in values if heading not in known]
