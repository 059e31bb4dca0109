"""Whether two workbooks are alike to a person: cells, looks, sizes, joined areas, rules of entry, filters, paper.

Files that say the same may differ in bytes: another printer, another order of styles. *described* tells a workbook as
openpyxl reads it, *differences* names what two of them do not have in common.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Told = dict[str, Any]  # what is told, by where it lies
_SIDES = ("left", "right", "top", "bottom")
_PAGE = ("paperSize", "orientation", "scale", "fitToWidth", "fitToHeight", "firstPageNumber", "pageOrder")
_GUARD = (
    "type", "operator", "formula1", "formula2", "errorStyle", "error", "errorTitle", "prompt", "promptTitle",
    "showErrorMessage", "showInputMessage", "allow_blank", "showDropDown",
)  # fmt: skip
_NOTHING = {
    "scale": 100,
    "fitToWidth": 1,
    "fitToHeight": 1,
    "pageOrder": "downThenOver",
}  # what a blank attribute means


def described(book: Path | bytes) -> dict[str, Told]:
    """Return what is told of each sheet."""
    opened = openpyxl.load_workbook(BytesIO(book) if isinstance(book, bytes) else book)
    return {sheet.title: dict(_sheet(sheet)) for sheet in opened}


def differences(one: dict[str, Told], other: dict[str, Told]) -> list[str]:
    """Name the sheets and places of which the two do not tell the same."""
    if list(one) != list(other):
        return [f"sheets: {list(one)} | {list(other)}"]
    return [
        f"{sheet} {where}: {one[sheet].get(where)!r} | {other[sheet].get(where)!r}"
        for sheet in one
        for where in sorted({*one[sheet], *other[sheet]})
        if one[sheet].get(where) != other[sheet].get(where)
    ]


def _sheet(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style:
                yield cell.coordinate, (cell.value, _link(cell), _look(cell))
    for letters, column in sheet.column_dimensions.items():
        yield f"column {letters}", (round(column.width, 2), column.hidden, _look(column))
    for number, line in sheet.row_dimensions.items():
        if line.height is not None:
            yield f"row {number}", (line.height, line.hidden)
    yield "joined", sorted(str(area) for area in sheet.merged_cells.ranges)
    yield "in sight", sheet.freeze_panes
    yield "filter", sheet.auto_filter.ref
    yield "lines of the grid", sheet.sheet_view.showGridLines is not False
    yield "tab", _colour(sheet.sheet_properties.tabColor)
    yield "charts", len(sheet._charts)
    yield "accepts", sorted(_guards(sheet))
    yield "looks by rule", sorted(_rules(sheet))
    yield from _paper(sheet)


def _link(cell: Any) -> str | None:
    if cell.hyperlink is None:
        return None
    return str(cell.hyperlink.location or cell.hyperlink.target)


def _look(styled: Any) -> tuple[Any, ...]:
    font, align = styled.font, styled.alignment
    fill = _colour(styled.fill.fgColor) if styled.fill.fill_type else None
    sides = tuple(_side(getattr(styled.border, side)) for side in _SIDES)
    letters = (font.name, font.sz, bool(font.b), font.u, _colour(font.color))
    place = (align.horizontal, align.vertical or "bottom", bool(align.wrap_text), align.indent, align.textRotation)
    return letters, fill, sides, place, bool(align.shrink_to_fit), styled.number_format


def _colour(colour: Any) -> str | None:
    """Return a colour told outright; one of a theme is nobody's choice."""
    return colour.rgb if colour is not None and isinstance(colour.rgb, str) else None


def _side(side: Any) -> tuple[str, str | None] | None:
    return (side.style, _colour(side.color)) if side is not None and side.style else None


def _guards(sheet: Worksheet) -> Iterator[str]:
    for guard in sheet.data_validations.dataValidation:
        yield f"{guard.sqref}: {[getattr(guard, name) for name in _GUARD]}"


def _rules(sheet: Worksheet) -> Iterator[str]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            border = rule.dxf.border if rule.dxf else None
            lines = [_side(getattr(border, side)) for side in _SIDES] if border else None
            yield f"{area.sqref}: {rule.type} {rule.formula} {lines}"


def _paper(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    for name in _PAGE:
        yield f"paper {name}", getattr(sheet.page_setup, name) or _NOTHING.get(name)
    yield "paper fitted", bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    margins = sheet.page_margins
    yield "paper margins", (margins.left, margins.right, margins.top, margins.bottom)
    yield "paper centred", bool(sheet.print_options.horizontalCentered)
    yield "paper above", [part.text for part in (sheet.oddHeader.left, sheet.oddHeader.center, sheet.oddHeader.right)]
    yield "paper below", [part.text for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)]
    yield "paper repeats", (sheet.print_title_rows, sheet.print_title_cols)
    yield "paper breaks", ([brk.id for brk in sheet.row_breaks.brk], [brk.id for brk in sheet.col_breaks.brk])
    yield "paper printed", sheet.print_area
