"""The canonical workbook: blank for an office to fill, or with rows that somebody else supplies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from math import ceil

from zaitaku_xl.book import layout
from zaitaku_xl.made import THIN, Area, Edges, Guard, MadeBook, MadeCell, MadeSheet, Page, Ruling, Style
from zaitaku_xl.model import Month
from zaitaku_xl.paper import BarePaper
from zaitaku_xl.sheets.canonical import Canonical, ColumnLook, KindLook, SettingLook, SheetLook, Tint, canonical
from zaitaku_xl.sheets.guide import guide_sheet
from zaitaku_xl.sheets.printed import ON_ITS_SIDE, UPRIGHT, ink, made_book, ruled

TITLE_ROW, HINT_ROW, BAND_ROW, HEADING_ROW = 1, 2, 3, 4
FIRST_ROW = HEADING_ROW + 1
_TOWN = "支給決定市町村"
_SMALL = 9.5
_DAY_ZERO = date(1899, 12, 30)  # of the serials of a workbook, from March 1900 on
Value = str | int | float | date | time
Values = Mapping[str, Value | None]  # from heading to value
Tables = Mapping[str, Sequence[Values]]  # by sheet


def template(month: Month | None = None, town_name: str | None = None) -> MadeBook:
    """Return the workbook an office fills: no record in it, 対象年月 if it is known."""
    settings: dict[str, Value] = {"対象年月": month.first} if month else {}
    return filled(settings, {}, town_name=town_name)


def filled(
    settings: Mapping[str, Value | None], rows: Tables, *, town_name: str | None = None, note: Sequence[str] = ()
) -> MadeBook:
    """Return the workbook with these settings and rows; *note* is said first of all on the first sheet."""
    look = canonical()
    towns = _towns(rows.get(layout.CLIENTS.sheet, ()), town_name)
    tables = [_table(look, _offering(sheet, towns), rows.get(sheet.name, ())) for sheet in look.sheet]
    sheets = (guide_sheet(look, town_name, note), _settings(look, settings), *tables)
    return replace(made_book(look.book.title, *sheets), template=look.book.version)


def place(sheet: str, heading: str, index: int = 0) -> tuple[int, int]:
    """Return row and column of a heading's cell in the *index*-th row under the headings."""
    look = next(each for each in canonical().sheet if each.name == sheet)
    return FIRST_ROW + index, _numbers(look)[heading]


def _towns(clients: Sequence[Values], town_name: str | None) -> tuple[str, ...]:
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


def _table(look: Canonical, sheet: SheetLook, rows: Sequence[Values]) -> MadeSheet:
    numbers = _numbers(sheet)
    last = HEADING_ROW + max(look.book.rows, len(rows))
    styles = tuple(_column_style(look, look.kinds[column.kind]) for column in sheet.columns)
    paper = BarePaper([column.width for column in sheet.columns])
    _head(paper, look, sheet)
    for row, record in enumerate(rows, FIRST_ROW):
        for heading, value in record.items():
            if value is not None:
                number = numbers[heading]
                paper.put(row, number, _plain(value), styles[number - 1])
    return MadeSheet(
        name=sheet.name,
        rows=paper.rows,
        widths=tuple(paper.widths),
        heights=_heights(sheet, rows),
        frozen=(HEADING_ROW, sheet.frozen_columns),
        filter_area=Area(HEADING_ROW, 1, last, paper.width) if sheet.filter else None,
        page=_page(sheet, numbers),
        column_styles=styles,
        guards=tuple(_guards(look, sheet, last)),
        rulings=(Ruling(Area(FIRST_ROW, 1, last, paper.width), 1, look.book.line),),
        tab=sheet.tab,
        gridlines=True,
    )


def _plain(value: Value) -> str | int | float:
    """Return a day or a time of day as the number that a cell holds."""
    if isinstance(value, date):
        return (value - _DAY_ZERO).days
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return value


def _heights(sheet: SheetLook, rows: Sequence[Values]) -> dict[int, float]:
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


def _title(paper: BarePaper, look: Canonical, title: str, hint: str, hint_column: int = 1) -> None:
    paper.put(TITLE_ROW, 1, title, replace(ink(), bold=True, size=15))
    paper.put(HINT_ROW, hint_column, hint, replace(ink(), size=_SMALL, colour=look.book.quiet))


def _head(paper: BarePaper, look: Canonical, sheet: SheetLook) -> None:
    beside = sheet.frozen_columns + 1 if sheet.page_breaks else 1  # repeated columns would repeat half a sentence
    _title(paper=paper, look=look, title=sheet.name, hint=sheet.hint, hint_column=beside)
    bands = {group.from_heading: group for group in sheet.groups}
    tint = look.tints[sheet.tint]
    for number, column in enumerate(sheet.columns, 1):
        group = bands.get(column.heading)
        begins = group is not None and number > 1
        if group:
            tint = look.tints[group.tint]
        if sheet.groups:
            paper.put(BAND_ROW, number, group.title if group else None, _band(look, tint, begins))
        paper.put(HEADING_ROW, number, column.heading, _heading(look, tint, column.needed, begins))


def _band(look: Canonical, tint: Tint, begins: bool) -> Style:
    edges = Edges(left="medium", colour=look.book.edge) if begins else None
    return replace(ink(), bold=True, size=_SMALL, fill=tint.band, edges=edges, indent=1)


def _heading(look: Canonical, tint: Tint, needed: bool, begins: bool = False) -> Style:
    edges = replace(THIN, colour=look.book.gap)
    if begins:
        edges = replace(edges, left="medium", left_colour=look.book.edge)
    fill = tint.needed if needed else tint.plain
    return replace(ink(), bold=needed, fill=fill, edges=edges, wrap=True, align="center")


def _column_style(look: Canonical, kind: KindLook) -> Style:
    return replace(
        ink(),
        size=look.book.size,
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
            source = (layout.CLIENTS.sheet, names)
            yield Guard(area=area, kind="list", source=source, error=look.kinds[column.kind].says)
        else:
            yield from _guard(look, area, column)


def _guard(look: Canonical, area: Area, column: ColumnLook) -> Iterator[Guard]:
    kind = "list" if column.choices else column.kind
    if kind not in _GUARDED:
        if column.prompt:
            yield Guard(area=area, kind="any", prompt=column.prompt, title=column.heading)
        return
    yield Guard(
        area=area,
        kind="date" if kind == "month" else kind,
        words=column.choices,
        strict=column.strict,
        error=look.kinds[column.kind].says or look.kinds["word"].says,
        prompt=column.prompt,
        title=column.heading if column.prompt else "",
    )


_GUARDED = frozenset(("list", "date", "month", "time", "number", "digits"))


def _page(sheet: SheetLook, numbers: Mapping[str, int]) -> Page:
    return replace(
        UPRIGHT if sheet.portrait else ON_ITS_SIDE,
        scale=sheet.scale,
        column_breaks=tuple(numbers[heading] - 1 for heading in sheet.page_breaks),
        repeated=(BAND_ROW, HEADING_ROW) if sheet.groups else (HEADING_ROW, HEADING_ROW),
        repeated_columns=(1, sheet.frozen_columns) if sheet.page_breaks else None,
    )


# ---- 設定


def _settings(look: Canonical, values: Mapping[str, Value | None]) -> MadeSheet:
    settings = look.settings
    paper = BarePaper(settings.widths)
    _title(paper, look, settings.title, settings.hint)
    for number, heading in enumerate((*layout.SETTINGS_HEADINGS, settings.help), 1):
        paper.put(HEADING_ROW, number, heading, _heading(look, look.tints[settings.tint], number < 3))
    paper.heights |= {TITLE_ROW: 27, HINT_ROW: 18, BAND_ROW: 6, HEADING_ROW: 24}
    guards: list[Guard] = []
    for row, item in enumerate(settings.items, FIRST_ROW):
        for number, cell in enumerate(_item(look, item, values), 1):
            paper.cells[row, number] = cell
        paper.row = row
        paper.heights[row] = 23
        column = ColumnLook(item.heading, item.kind, 0, choices=item.choices, strict=item.strict)
        guards += _guard(look, Area(row, 2, row, 2), column)
    return MadeSheet(
        name=layout.SETTINGS_SHEET,
        rows=paper.rows,
        widths=tuple(paper.widths),
        heights=dict(paper.heights),
        frozen=(HEADING_ROW, 0),
        page=UPRIGHT,
        column_styles=(ink(),) * paper.width,
        guards=tuple(guards),
        tab=settings.tab,
    )


def _item(look: Canonical, item: SettingLook, values: Mapping[str, Value | None]) -> Iterator[MadeCell]:
    """項目, 値 and how to write it."""
    tint = look.tints[look.settings.tint]
    base = replace(ink(), size=look.book.size, edges=ruled(), indent=1)
    fill = tint.needed if item.needed else tint.plain
    yield MadeCell(item.heading, replace(base, bold=item.needed, fill=fill))
    value = values.get(item.heading, item.value)
    yield MadeCell("" if value is None else _plain(value), replace(base, shows=look.kinds[item.kind].shows))
    yield MadeCell(item.help, replace(base, size=_SMALL, colour=look.book.quiet, wrap=True))


def unknown(values: Mapping[str, object], sheet: str) -> list[str]:
    """Return the headings that the sheet does not have."""
    if sheet == layout.SETTINGS_SHEET:
        known = {item.heading for item in canonical().settings.items}
    else:
        known = set(_numbers(next(each for each in canonical().sheet if each.name == sheet)))
    return [heading for heading in values if heading not in known]
