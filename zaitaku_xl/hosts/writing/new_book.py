"""A draft becomes an .xlsx file, made by XlsxWriter: the same draft makes the same bytes."""

from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.draft import (
    Area,
    Draft,
    DraftCell,
    DraftSheet,
    Guard,
    Look,
    PrintSetup,
    Ruling,
    Value,
)
from zaitaku_xl.made import TEMPLATE_PROPERTY

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_A4 = 9
_MARGIN, _FOOT = 0.4, 0.6  # inches
_ERROR_TITLE = "入力の確認"


def written(draft: Draft) -> bytes:
    """Return the workbook file."""
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": draft.font, "font_size": draft.size},
    }
    book = _workbook(out, options)
    book.set_properties({"title": draft.title, "created": datetime.combine(draft.dated, time())})
    if draft.template:
        book.set_custom_property(TEMPLATE_PROPERTY, draft.template, "text")
    book.set_size(2400, 1500)
    looks = _Looks(book, draft.font)
    for sheet in draft.sheets:
        _write(book.add_worksheet(sheet.name), sheet, looks)
    book.close()
    return out.getvalue()


def _workbook(out: BytesIO, options: dict[str, Any]) -> "Workbook":
    from xlsxwriter import Workbook  # noqa: PLC0415  (a click that makes no workbook does not wait for it)

    return Workbook(out, options)


def _absolute(*corners: int) -> str:
    from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]  # noqa: PLC0415

    return str(xl_range_abs(*corners))


class _Looks:
    """The formats of one workbook; each look is one format."""

    def __init__(self, book: "Workbook", font: str) -> None:
        self._book, self._font = book, font
        self._made: dict[Look, Format] = {}

    def __getitem__(self, look: Look) -> "Format":
        if look not in self._made:
            self._made[look] = self._book.add_format(_properties(look, self._font))
        return self._made[look]

    def line(self, colour: str) -> "Format":
        """Thin lines and nothing else, for a conditional format."""
        return self._book.add_format({"border": 1, "border_color": f"#{colour}"})


def _properties(look: Look, font: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "font_name": font, "font_size": look.size, "font_color": f"#{look.colour}", "bold": look.bold,
        "text_wrap": look.wrap, "align": look.align, "valign": {"center": "vcenter"}.get(look.vertical, look.vertical),
        "num_format": look.shows,
    }  # fmt: skip
    if look.indent:
        made["indent"] = look.indent
    if look.underline:
        made["underline"] = 1
    if look.fill:
        made |= {"pattern": 1, "bg_color": f"#{look.fill}"}
    if look.line:
        made |= {"border": 1, "border_color": f"#{look.line}"}
    if look.edge:
        made |= {"left": 2, "left_color": f"#{look.edge}"}
    return made


def _write(page: "Worksheet", sheet: DraftSheet, looks: _Looks) -> None:
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, looks[column.look])
    for row, height in sorted(sheet.heights.items()):
        page.set_row(row - 1, height)
    for area in sheet.merges:
        first = sheet.cells[area.first_row, area.first_column]
        page.merge_range(*_zero(area), "", looks[first.look])
    for (row, column_number), cell in sorted(sheet.cells.items()):
        _put(page, row - 1, column_number - 1, cell, looks[cell.look])
    for guard in sheet.guards:
        page.data_validation(*_zero(guard.area), _guard(guard))
    for ruling in sheet.rulings:
        _rule(page, ruling, looks)
    if any(sheet.frozen):
        page.freeze_panes(*sheet.frozen)
    if sheet.filtered:
        page.autofilter(*_zero(sheet.filtered))
    if sheet.tab:
        page.set_tab_color(f"#{sheet.tab}")
    if not sheet.gridlines:
        page.hide_gridlines(2)
    _print(page, sheet.printing)


def _zero(area: Area) -> tuple[int, int, int, int]:
    return area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1


def _put(page: "Worksheet", row: int, column: int, cell: DraftCell, look: "Format") -> None:
    value = cell.value
    if value is None or value == "":
        page.write_blank(row, column, None, look)
    elif cell.link is not None:
        page.write_url(row, column, f"internal:'{cell.link}'!A1", look, str(value))
    elif isinstance(value, str):
        page.write_string(row, column, value, look)
    elif isinstance(value, (date, time)):
        page.write_datetime(row, column, value, look)
    else:
        page.write_number(row, column, value, look)


# ---- what a cell accepts


def _guard(guard: Guard) -> dict[str, Any]:
    made: dict[str, Any] = {"error_type": "stop" if guard.strict else "warning"} | _accepts(guard)
    if guard.error:
        made |= {"error_title": _ERROR_TITLE, "error_message": guard.error}
    if guard.prompt:
        made |= {"input_title": guard.title, "input_message": guard.prompt}
    return made


def _accepts(guard: Guard) -> dict[str, Any]:
    if guard.source:
        sheet, area = guard.source
        return {"validate": "list", "source": f"='{sheet}'!{_absolute(*_zero(area))}"}
    between: dict[str, tuple[str, Value, Value]] = {
        "date": ("date", date(1901, 1, 1), date(2199, 12, 31)),
        "time": ("time", time(0, 0), time(23, 59, 59)),
        "number": ("decimal", 0, 99_999_999),
    }
    if guard.kind in between:
        name, low, high = between[guard.kind]
        return {"validate": name, "criteria": "between", "minimum": low, "maximum": high}
    if guard.kind == "digits":
        return {"validate": "length", "criteria": "==", "value": 10}
    return {"validate": "list", "source": list(guard.words)} if guard.kind == "list" else {"validate": "any"}


def _rule(page: "Worksheet", ruling: Ruling, looks: _Looks) -> None:
    key = _absolute(ruling.area.first_row - 1, ruling.key_column - 1, ruling.area.first_row - 1, ruling.key_column - 1)
    column, row = key.rsplit("$", 1)  # "$A$5": the row moves along, the column stays
    formula = f'={column}{row}<>""'
    page.conditional_format(
        *_zero(ruling.area), {"type": "formula", "criteria": formula, "format": looks.line(ruling.line)}
    )


# ---- on paper


def _print(page: "Worksheet", setup: PrintSetup) -> None:
    page.set_paper(_A4)
    if setup.landscape:
        page.set_landscape()
    page.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=_FOOT)
    page.set_footer("&L&9&A&R&9&P / &N", {"margin": 0.3})
    if setup.scale is None:
        page.fit_to_pages(1, 0)
    else:
        page.set_print_scale(setup.scale)
        page.set_v_pagebreaks([column - 1 for column in setup.breaks])
        page.set_h_pagebreaks([row - 1 for row in setup.row_breaks])
        page.print_across()
    if setup.repeat_rows:
        page.repeat_rows(setup.repeat_rows[0] - 1, setup.repeat_rows[1] - 1)
    if setup.repeat_columns:
        page.repeat_columns(setup.repeat_columns[0] - 1, setup.repeat_columns[1] - 1)


# ---- a copy of what was read


def copied(grids: Iterable[Grid]) -> bytes:
    """Return a workbook that shows what was read, cell by cell at the same addresses; text is always text."""
    out = BytesIO()
    book = _workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1)})
    shown = {"day": book.add_format({"num_format": "yyyy/m/d"}), "time": book.add_format({"num_format": "[h]:mm"}),
             "both": book.add_format({"num_format": "yyyy/m/d h:mm"})}  # fmt: skip
    for grid in grids:
        page = book.add_worksheet(grid.name)
        page.set_column(0, 60, 14)
        for row, cells in grid.rows.items():
            for column, cell in cells.items():
                _copy(page, row - 1, column - 1, cell, shown)
    book.close()
    return out.getvalue()


def _copy(page: "Worksheet", row: int, column: int, cell: Cell, shown: "dict[str, Format]") -> None:
    if isinstance(cell.value, str):
        page.write_string(row, column, cell.value[:32_767])
    elif cell.kind is Kind.BOOLEAN:
        page.write_boolean(row, column, cell.value)
    elif cell.kind is Kind.DATE:
        look = "time" if cell.value < 61 else "day" if cell.value == int(cell.value) else "both"
        page.write_number(row, column, cell.value, shown[look])
    else:
        page.write_number(row, column, cell.value)
