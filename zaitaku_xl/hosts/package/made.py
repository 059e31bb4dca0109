"""A sheet of ours as XML: text is always text, and the looks come from the workbook's own style sheet."""

import math
from collections.abc import Callable, Iterator

from zaitaku_xl.cells import MadeCell, MadeSheet, Style, address, column_letters
from zaitaku_xl.hosts.package.content import plain, stamp
from zaitaku_xl.hosts.package.edit import XML
from zaitaku_xl.hosts.package.nodes import cell_text, escaped
from zaitaku_xl.hosts.package.notes import PREFIX
from zaitaku_xl.hosts.package.styles import Styles
from zaitaku_xl.hosts.package.workbook import quoted
from zaitaku_xl.measure import LINE, lines

MAX_TEXT = 32_767  # characters Excel holds in a cell
_FORMULA_LIKE = ("=", "+", "-", "@")
_A4 = 9
_ROW_POINTS = 15.0  # a row without a height of its own; Excel grows rows by itself, others do not
_WIDTH = 8.43
_STAMP_STYLE = Style(size=8, colour="999999")

Row = tuple[MadeCell | None, ...]
Rows = tuple[Row, ...]
Rename = Callable[[str], str]


def with_stamp(sheet: MadeSheet) -> Rows:
    """Return the rows with the number by which the sheet is known again; a blank row keeps it out of the filter."""
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    if first is None or not str(first.value).startswith(PREFIX):
        raise ValueError(f"A1 of a sheet of ours begins with {PREFIX}: {sheet.name}")
    texts = {
        (row, column): _shown(cell.value)
        for row, cells in enumerate(sheet.rows, 1)
        for column, cell in enumerate(cells, 1)
        if cell is not None
    }
    return (*sheet.rows, (), (MadeCell(stamp(texts), _STAMP_STYLE),))


def _shown(value: str | float) -> str:
    return plain(value[:MAX_TEXT]) if isinstance(value, str) else plain(value)


def worksheet(sheet: MadeSheet, space: str, styles: Styles, rename: Rename) -> bytes:
    """Return the worksheet part; *rename* gives the name under which a linked sheet really stands."""
    rows = with_stamp(sheet)
    parts = (
        f'{XML}<worksheet xmlns="{space}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="A1:{address(len(rows), _width(rows))}"/>',
        _view(sheet.heading_row),
        '<sheetFormatPr defaultRowHeight="15"/>',
        _columns(sheet.widths),
        f"<sheetData>{''.join(_rows(sheet, rows, styles))}</sheetData>",
        f'<autoFilter ref="{filtered(sheet)}"/>' if sheet.heading_row else "",
        _merges(sheet.merges),
        _links(rows, rename),
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
        f'<pageSetup paperSize="{_A4}" fitToWidth="1" fitToHeight="0"',
        f' orientation="{"landscape" if sheet.landscape else "portrait"}"/>',
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>",
    )
    return "".join(parts).encode()


def sheet_scoped_names(sheet: MadeSheet, name: str) -> dict[str, str]:
    """Return the defined names Excel expects beside a filter and a repeated heading row."""
    if not sheet.heading_row:
        return {}
    first, last = (f"${_letters(corner)}${_digits(corner)}" for corner in filtered(sheet).split(":"))
    row = sheet.heading_row
    return {
        "_xlnm._FilterDatabase": f"{quoted(name)}!{first}:{last}",
        "_xlnm.Print_Titles": f"{quoted(name)}!${row}:${row}",
    }


def filtered(sheet: MadeSheet) -> str:
    """Return the area of the filter: the heading row and everything below it, our last row not."""
    width = max(1, len(sheet.rows[sheet.heading_row - 1]))
    last = max(sheet.heading_row, len(sheet.rows))
    return f"A{sheet.heading_row}:{address(last, width)}"


def _letters(corner: str) -> str:
    return corner.rstrip("0123456789")


def _digits(corner: str) -> str:
    return corner[len(_letters(corner)) :]


def _width(rows: Rows) -> int:
    return max(1, *(len(row) for row in rows))


def _view(heading: int) -> str:
    if not heading:
        return '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
    cell = address(heading + 1, 1)
    return (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{heading}" topLeftCell="{cell}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{cell}" sqref="{cell}"/></sheetView></sheetViews>'
    )


def _columns(widths: tuple[float, ...]) -> str:
    columns = (f'<col min="{n}" max="{n}" width="{w:g}" customWidth="1"/>' for n, w in enumerate(widths, 1))
    return f"<cols>{''.join(columns)}</cols>" if widths else ""


def _rows(sheet: MadeSheet, rows: Rows, styles: Styles) -> Iterator[str]:
    for number, cells in enumerate(rows, 1):
        inside = (_cell(address(number, n), cell, styles) for n, cell in enumerate(cells, 1) if cell is not None)
        yield f'<row r="{number}"{_height(sheet, number, cells)}>{"".join(inside)}</row>'


def _height(sheet: MadeSheet, number: int, cells: Row) -> str:
    if number in sheet.heights:
        return f' ht="{sheet.heights[number]:g}" customHeight="1"'
    widths = (*sheet.widths, *(_WIDTH for _ in cells))
    needed = max((_points(cell, width) for cell, width in zip(cells, widths, strict=False) if cell), default=0.0)
    return f' ht="{needed:g}"' if needed > _ROW_POINTS else ""


def _points(cell: MadeCell, width: float) -> float:
    count = lines(str(cell.value), width * 10 / cell.style.size) if cell.style.wrap else 1
    return round(count * cell.style.size * LINE + 2, 1)


def _cell(where: str, cell: MadeCell, styles: Styles) -> str:
    value = cell.value
    literal = isinstance(value, str) and value.startswith(_FORMULA_LIKE)
    style = styles.cell(cell.style, literal)
    if value == "":
        return f'<c r="{where}" s="{style}"/>'
    if isinstance(value, str):
        text = cell_text(value[:MAX_TEXT])
        return f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if not math.isfinite(value):
        raise ValueError(f"a cell cannot hold {value}: {where}")
    return f'<c r="{where}" s="{style}"><v>{value + 0!r}</v></c>'


def _merges(merges: tuple[tuple[int, int, int, int], ...]) -> str:
    areas = (f'<mergeCell ref="{address(r1, c1)}:{address(r2, c2)}"/>' for r1, c1, r2, c2 in merges)
    return f'<mergeCells count="{len(merges)}">{"".join(areas)}</mergeCells>' if merges else ""


def _links(rows: Rows, rename: Rename) -> str:
    links = [
        f'<hyperlink ref="{address(r, c)}" location="{escaped(_location(cell.link, rename))}"/>'
        for r, cells in enumerate(rows, 1)
        for c, cell in enumerate(cells, 1)
        if cell is not None and cell.link and cell.value != ""
    ]
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _location(link: tuple[str, int, int], rename: Rename) -> str:
    sheet, row, column = link
    return f"{quoted(rename(sheet))}!{column_letters(column)}{row}"
