"""A sheet of ours as XML: text is always text, and the looks come from the workbook's own style sheet.

This printer draws lines, no other charts. It refuses rulings; guards stand only on a sheet that is the office's from
birth, which bears no number.
"""

import math
from collections.abc import Callable, Iterator
from functools import lru_cache

from zaitaku_xl.a1 import address, column_letters
from zaitaku_xl.hosts.marking import looks
from zaitaku_xl.hosts.marking.notes import PREFIX
from zaitaku_xl.made import KEY, Area, Guard, MadeCell, MadeRow, MadeSheet, Page, Style, stamp_of
from zaitaku_xl.measure import LINE, cut, lines
from zaitaku_xl.ooxml.edit import XML
from zaitaku_xl.ooxml.nodes import cell_text, escaped, text_tag
from zaitaku_xl.ooxml.styles import Styles
from zaitaku_xl.ooxml.workbook import quoted

_FORMULA_LIKE = ("=", "+", "-", "@")
_A4 = 9
_ROW_POINTS = 15.0  # a row without a height of its own; Excel grows rows by itself, others do not
_WIDTH = 8.43
_STAMP_STYLE = Style(size=8, colour="999999")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383  # from 0
_PANES = {  # where the cursor is, by whether rows and whether columns stay in sight
    (True, False): "bottomLeft",
    (False, True): "topRight",
    (True, True): "bottomRight",
}
DRAWING = "rId1"  # a new sheet's one relation: where its charts are drawn

MadeRows = tuple[MadeRow, ...]
Rename = Callable[[str], str]


def with_stamp(sheet: MadeSheet, *, closed: bool = True) -> MadeRows:
    """Return the rows with the key and the number by which it is known again; a blank row keeps them apart.

    A program that holds the workbook open does not leave all as it was told.
    """
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    if first is None or not str(first.value).startswith(PREFIX):
        raise ValueError(f"A1 of a sheet of ours begins with {PREFIX}: {sheet.name}")
    keyed: MadeRows = (_key_row(sheet.key),) if sheet.key else ()
    rows: MadeRows = (*sheet.rows, (), *keyed)
    number = f"{stamp_of(rows, sheet.lent)} {looks.told(sheet, rows, closed=closed)}"
    return (*rows, (MadeCell(number, _STAMP_STYLE),))


def _key_row(key: tuple[str, ...]) -> MadeRow:
    return tuple(MadeCell(part, _STAMP_STYLE) if part else None for part in (KEY, *key))


def worksheet(sheet: MadeSheet, space: str, relations: str, styles: Styles, rename: Rename) -> bytes:
    """Return the worksheet part; *rename* gives the name under which a linked sheet really stands.

    *space* and *relations* are the two namespaces of the workbook's dialect.
    """
    if sheet.rulings or (sheet.guards and not sheet.of_the_office):
        raise ValueError(f"a sheet of ours in somebody's workbook has no guards and no rulings: {sheet.name}")
    if any(chart.kind != "line" for chart in sheet.charts):
        raise ValueError(f"a sheet put into somebody's workbook has no charts but lines: {sheet.name}")
    rows = sheet.rows if sheet.of_the_office else with_stamp(sheet)
    parts = (
        f'{XML}<worksheet xmlns="{space}"{_namespace(sheet, relations)}>{_properties(sheet)}',
        f'<dimension ref="A1:{address(len(rows), _width(rows))}"/>',
        _view(sheet),
        '<sheetFormatPr defaultRowHeight="15"/>',
        _columns(sheet, styles),
        f"<sheetData>{''.join(_rows(sheet, rows, styles))}</sheetData>",
        f'<autoFilter ref="{_reference(sheet.filtered)}"/>' if sheet.filtered else "",
        _merges(sheet.merges),
        _validations(sheet.guards),
        _links(rows, rename),
        *_printing(sheet),
        f'<drawing r:id="{DRAWING}"/>' if sheet.charts else "",
        "</worksheet>",
    )
    return "".join(parts).encode()


def sheet_scoped_names(sheet: MadeSheet, name: str) -> dict[str, str]:
    """Return the defined names Excel expects beside a filter, repeated rows and an area of print."""
    names: dict[str, str] = {}
    if sheet.filtered:
        names["_xlnm._FilterDatabase"] = f"{quoted(name)}!{_absolute(sheet.filtered)}"
    if sheet.key or sheet.page.area:
        names["_xlnm.Print_Area"] = f"{quoted(name)}!{_absolute(sheet.page.area or sheet.printed)}"
    titles = []
    if sheet.page.repeated_columns:
        left, right = map(column_letters, sheet.page.repeated_columns)
        titles.append(f"{quoted(name)}!${left}:${right}")
    if sheet.repeated:
        first, last = sheet.repeated
        titles.append(f"{quoted(name)}!${first}:${last}")
    if titles:
        names["_xlnm.Print_Titles"] = ",".join(titles)
    return names


def _reference(area: Area) -> str:
    return f"{address(area.first_row, area.first_column)}:{address(area.last_row, area.last_column)}"


def _absolute(area: Area) -> str:
    first, last = column_letters(area.first_column), column_letters(area.last_column)
    return f"${first}${area.first_row}:${last}${area.last_row}"


def _namespace(sheet: MadeSheet, relations: str) -> str:
    return f' xmlns:r="{relations}"' if sheet.charts else ""


def _properties(sheet: MadeSheet) -> str:
    # No codeName, also beside macros: Excel gives the sheet a module when it loads the project, and a name made up here
    # may be one that the project has for something else.
    tab = f'<tabColor rgb="FF{sheet.tab}"/>' if sheet.tab else ""
    fitted = '<pageSetUpPr fitToPage="1"/>' if sheet.page.scale is None else ""
    return f"<sheetPr>{tab}{fitted}</sheetPr>"


def _printing(sheet: MadeSheet) -> tuple[str, ...]:
    page = sheet.page
    fitted = f'fitToWidth="{page.wide}" fitToHeight="{page.tall}"'
    sized = fitted if page.scale is None else f'scale="{page.scale}" pageOrder="overThenDown"'
    first = f' firstPageNumber="{page.first}"' if page.first else ""
    used = ' useFirstPageNumber="1"' if page.first else ""
    return (
        '<printOptions horizontalCentered="1"/>' if page.centred else "",
        _margins(page),
        f'<pageSetup paperSize="{_A4}"{first} {sized}',
        f' orientation="{"landscape" if page.landscape else "portrait"}"{used}/>',
        _above_and_below(page),
        _breaks("rowBreaks", page.breaks, _LAST_COLUMN),
        _breaks("colBreaks", page.column_breaks, _LAST_ROW),
    )


def _margins(page: Page) -> str:
    sides = " ".join(f'{side}="{getattr(page, side):g}"' for side in ("left", "right", "top", "bottom"))
    return f'<pageMargins {sides} header="0.3" footer="0.3"/>'


def _above_and_below(page: Page) -> str:
    above = f"<oddHeader>{cell_text(page.above)}</oddHeader>" if page.above else ""
    below = f"<oddFooter>{cell_text(page.below)}</oddFooter>" if page.below else ""
    return f"<headerFooter>{above}{below}</headerFooter>" if above or below else ""


def _breaks(name: str, after: tuple[int, ...], last: int) -> str:
    if not after:
        return ""
    count = len(after)
    breaks = "".join(f'<brk id="{number}" max="{last}" man="1"/>' for number in after)
    return f'<{name} count="{count}" manualBreakCount="{count}">{breaks}</{name}>'


def _width(rows: MadeRows) -> int:
    return max(1, *(len(row) for row in rows))


def _view(sheet: MadeSheet) -> str:
    lines = "" if sheet.gridlines else ' showGridLines="0"'
    opening = f'<sheetViews><sheetView{lines} workbookViewId="0"'
    if not any(sheet.in_sight):
        return f"{opening}/></sheetViews>"
    rows, columns = sheet.in_sight
    cell = address(rows + 1, columns + 1)
    split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
    pane = _PANES[bool(rows), bool(columns)]
    return (
        f'{opening}><pane{split} topLeftCell="{cell}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}" activeCell="{cell}" sqref="{cell}"/></sheetView></sheetViews>'
    )


def _columns(sheet: MadeSheet, styles: Styles) -> str:
    if not sheet.widths:
        return ""
    columns = []
    for number, width in enumerate(sheet.widths, 1):
        style = sheet.column_styles[number - 1] if sheet.column_styles else None
        look = f' style="{styles.cell(style, literal=False)}"' if style else ""
        columns.append(f'<col min="{number}" max="{number}" width="{width:g}"{look} customWidth="1"/>')
    return f"<cols>{''.join(columns)}</cols>"


def _rows(sheet: MadeSheet, rows: MadeRows, styles: Styles) -> Iterator[str]:
    openings = [f'<c r="{column_letters(n)}' for n in range(1, _width(rows) + 1)]
    said = _each_said(rows, styles)
    for number, cells in enumerate(rows, 1):
        inside = [
            f'{opening}{number}" {said[id(cell)]}'
            for opening, cell in zip(openings, cells, strict=False)
            if cell is not None
        ]
        yield f'<row r="{number}"{_height(sheet, number, cells)}>{"".join(inside)}</row>'


def _each_said(rows: MadeRows, styles: Styles) -> dict[int, str]:
    """Return what each cell says; a table has one cell in many rows."""
    cells = {id(cell): cell for row in rows for cell in row if cell is not None}
    return {key: _said(cell.value, styles.cell(cell.style, _is_literal(cell.value))) for key, cell in cells.items()}


def _is_literal(value: str | float) -> bool:
    return isinstance(value, str) and value.startswith(_FORMULA_LIKE)


def _height(sheet: MadeSheet, number: int, cells: MadeRow) -> str:
    if number in sheet.heights:
        return f' ht="{sheet.heights[number]:g}" customHeight="1"'
    widths = (*sheet.widths, *(_WIDTH for _ in cells))
    needed = max((_points(cell, width) for cell, width in zip(cells, widths, strict=False) if cell), default=0.0)
    return f' ht="{needed:g}"' if needed > _ROW_POINTS else ""


def _points(cell: MadeCell, width: float) -> float:
    count = lines(str(cell.value), width * 10 / cell.style.size) if cell.style.wrap else 1
    return round(count * cell.style.size * LINE + 2, 1)


@lru_cache(maxsize=4096, typed=True)  # the same words stand in the sheets of many workbooks
def _said(value: str | float, style: int) -> str:
    if value == "":
        return f's="{style}"/>'
    if isinstance(value, str):
        return f's="{style}" t="inlineStr"><is>{text_tag(cut(value))}</is></c>'
    if not math.isfinite(value):
        raise ValueError(f"a cell cannot hold {value}")
    return f's="{style}"><v>{value + 0!r}</v></c>'


def _merges(merges: tuple[Area, ...]) -> str:
    areas = (f'<mergeCell ref="{_reference(area)}"/>' for area in merges)
    return f'<mergeCells count="{len(merges)}">{"".join(areas)}</mergeCells>' if merges else ""


_BETWEEN = {
    "date": ("date", "367", "109574"),
    "time": ("time", "0", "0.9999884"),
    "number": ("decimal", "0", "99999999"),
}


def _validations(guards: tuple[Guard, ...]) -> str:
    if not guards:
        return ""
    return f'<dataValidations count="{len(guards)}">{"".join(map(_validation, guards))}</dataValidations>'


def _validation(guard: Guard) -> str:
    kind, formulas = _accepts(guard)
    style = "" if guard.strict else ' errorStyle="warning"'
    error = f' errorTitle="入力の確認" error="{escaped(guard.error)}"' if guard.error else ""
    prompt = f' promptTitle="{escaped(guard.title)}" prompt="{escaped(guard.prompt)}"' if guard.prompt else ""
    shown = ' allowBlank="1" showInputMessage="1" showErrorMessage="1"'
    return f'<dataValidation{kind}{style}{shown}{error}{prompt} sqref="{_reference(guard.area)}">{formulas}</dataValidation>'


def _accepts(guard: Guard) -> tuple[str, str]:
    """Return the type of a guard and what it compares with."""
    if guard.source:
        sheet, area = guard.source
        return ' type="list"', f"<formula1>{escaped(quoted(sheet))}!{_absolute(area)}</formula1>"
    if guard.kind == "list":
        words = ",".join(guard.words).replace('"', '""')
        return ' type="list"', f'<formula1>"{escaped(words)}"</formula1>'
    if guard.kind in _BETWEEN:
        kind, low, high = _BETWEEN[guard.kind]
        return f' type="{kind}"', f"<formula1>{low}</formula1><formula2>{high}</formula2>"
    if guard.kind == "digits":
        return ' type="textLength" operator="equal"', "<formula1>10</formula1>"
    return "", ""


def _links(rows: MadeRows, rename: Rename) -> str:
    found = [
        (address(row, column), *cell.link)
        for row, cells in enumerate(rows, 1)
        for column, cell in enumerate(cells, 1)
        if cell is not None and cell.link and cell.value != ""
    ]
    names = {sheet: escaped(quoted(rename(sheet))) for _, sheet, _, _ in found}
    links = [
        f'<hyperlink ref="{where}" location="{names[sheet]}!{address(row, column)}"/>'
        for where, sheet, row, column in found
    ]
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
