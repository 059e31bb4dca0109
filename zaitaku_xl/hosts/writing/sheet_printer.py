"""A sheet of ours printed by XlsxWriter, into a new file or the summary.

This printer draws bars and doughnuts, no lines; and what it makes is no sheet to know again in somebody's workbook: it
refuses a key.
"""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from zaitaku_xl.a1 import address
from zaitaku_xl.made import Area, Chart, Edges, Guard, MadeCell, MadeSheet, Page, Ruling, Style
from zaitaku_xl.measure import cut
from zaitaku_xl.ooxml.workbook import quoted

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.chart import Chart as DrawnChart  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_A4 = 9
_ERROR_TITLE = "入力の確認"
_LINES = {"thin": 1, "medium": 2, "double": 6, "hair": 7}
_SIDES = ("left", "right", "top", "bottom")
_UPRIGHT = 270
_PART, _OUTLINE, _SCALE_LINE = "#94A9C3", "#5B6770", "#C9D1D8"  # of a chart


def _absolute(*corners: int) -> str:
    from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]  # noqa: PLC0415

    return str(xl_range_abs(*corners))


class Looks:
    """The formats of one workbook; each style is one format."""

    def __init__(self, book: "Workbook", font: str) -> None:
        self._book, self.font = book, font
        self._formats: dict[Style, Format] = {}

    def __getitem__(self, style: Style) -> "Format":
        if style not in self._formats:
            self._formats[style] = self._book.add_format(_properties(style, self.font))
        return self._formats[style]

    def number(self, style: Style) -> int:
        """Return the number under which a cell of raw XML names the style.

        XlsxWriter tells it nobody: the one place where a name of its own is used. ``SummaryBook`` stops where it is another
        number than the rows were made with.
        """
        return int(self[style]._get_xf_index())

    def chart(self, kind: str) -> "DrawnChart":
        return self._book.add_chart({"type": kind})

    def line(self, colour: str) -> "Format":
        """Thin lines and nothing else, for a conditional format."""
        return self._book.add_format({"border": 1, "border_color": f"#{colour}"})


def _properties(style: Style, font: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "font_name": font,
        "font_size": style.size,
        "font_color": f"#{style.colour}",
        "bold": style.bold,
        "text_wrap": style.wrap,
        "valign": {"center": "vcenter"}.get(style.vertical, style.vertical),
        "num_format": style.shows,
    }
    if style.align != "general":
        properties["align"] = style.align
    if style.indent:
        properties["indent"] = style.indent
    if style.underline:
        properties["underline"] = 1
    if style.shrink:
        properties["shrink"] = True
    if style.upright:
        properties["rotation"] = _UPRIGHT
    if style.fill:
        properties |= {"pattern": 1, "bg_color": f"#{style.fill}"}
    if style.edges:
        properties |= _lines_round(style.edges)
    return properties


def _lines_round(edges: Edges) -> dict[str, Any]:
    lines: dict[str, Any] = {}
    for side in _SIDES:
        line = getattr(edges, side)
        if line:
            lines |= {side: _LINES[line], f"{side}_color": f"#{edges.colour}"}
    if edges.left_colour:
        lines["left_color"] = f"#{edges.left_colour}"
    return lines


def print_sheet(page: "Worksheet", sheet: MadeSheet, looks: Looks) -> None:
    """Print the whole sheet."""
    if sheet.key or any(chart.kind not in _DRAWN for chart in sheet.charts):
        raise ValueError(f"a new file has no lines in charts and no key: {sheet.name}")
    for number, width in enumerate(sheet.widths):
        style = sheet.column_styles[number] if sheet.column_styles else None
        page.set_column(number, number, width, looks[style] if style else None)
    for row, height in sorted(sheet.heights.items()):
        page.set_row(row - 1, height)
    for area in sheet.merges:
        first = sheet.rows[area.first_row - 1][area.first_column - 1] or MadeCell("")
        page.merge_range(*_zero(area), "", looks[first.style])
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                _put(page, row, column, cell, looks[cell.style])
    for guard in sheet.guards:
        page.data_validation(*_zero(guard.area), _guard(guard))
    for ruling in sheet.rulings:
        _rule(page, ruling, looks)
    for chart in sheet.charts:
        _draw(page, chart, looks)
    _show(page, sheet)
    _set_up_print(page, sheet.page, sheet.repeated)


def _zero(area: Area) -> tuple[int, int, int, int]:
    return area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1


def _put(page: "Worksheet", row: int, column: int, cell: MadeCell, look: "Format") -> None:
    value = cell.value
    if value == "":
        page.write_blank(row, column, None, look)
    elif cell.link is not None:
        sheet, *place = cell.link
        page.write_url(row, column, f"internal:{quoted(sheet)}!{address(*place)}", look, cut(str(value)))
    elif isinstance(value, str):
        page.write_string(row, column, cut(value), look)
    else:
        page.write_number(row, column, value, look)


def _show(page: "Worksheet", sheet: MadeSheet) -> None:
    """Set what a person sees of a sheet besides its cells."""
    if any(sheet.in_sight):
        page.freeze_panes(*sheet.in_sight)
    if sheet.filtered:
        page.autofilter(*_zero(sheet.filtered))
    if sheet.tab:
        page.set_tab_color(f"#{sheet.tab}")
    if not sheet.gridlines:
        page.hide_gridlines(2)


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
    between: dict[str, tuple[str, Any, Any]] = {
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


def _rule(page: "Worksheet", ruling: Ruling, looks: Looks) -> None:
    key = _absolute(ruling.area.first_row - 1, ruling.key_column - 1, ruling.area.first_row - 1, ruling.key_column - 1)
    column, row = key.rsplit("$", 1)  # "$A$5": the row moves along, the column stays
    formula = f'={column}{row}<>""'
    page.conditional_format(
        *_zero(ruling.area), {"type": "formula", "criteria": formula, "format": looks.line(ruling.colour)}
    )


# ---- charts

_DRAWN = ("bar", "doughnut")


def _draw(page: "Worksheet", chart: Chart, looks: Looks) -> None:
    drawn = looks.chart(chart.kind)
    for series in chart.series:
        drawn.add_series(_series(page.get_name(), chart, series.values))
    font = {"name": looks.font, "size": 9}
    drawn.set_title({"name": chart.title, "name_font": {"name": looks.font, "size": 11}, "overlay": False})
    if chart.kind == "doughnut":
        drawn.set_legend({"position": "bottom", "font": font})
    else:
        drawn.set_legend({"none": True})
        drawn.set_y_axis({"reverse": True, "num_font": font})
        drawn.set_x_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": _SCALE_LINE}}})
    if chart.size:
        width, height = chart.size
        drawn.set_size({"width": width, "height": height})
    page.insert_chart(chart.area.first_row - 1, chart.area.first_column - 1, drawn)


def _series(sheet: str, chart: Chart, values: Area) -> dict[str, Any]:
    series: dict[str, Any] = {
        "categories": [sheet, *_zero(chart.categories)],
        "values": [sheet, *_zero(values)],
        "data_labels": {"value": True},
        "gap": 60,
        "fill": {"color": _PART},
        "border": {"color": _OUTLINE},
    }
    if chart.colours:
        series["points"] = [
            {"fill": {"color": f"#{colour}"}, "border": {"color": _OUTLINE}} for colour in chart.colours
        ]
    return series


# ---- on paper


def _set_up_print(paper: "Worksheet", page: Page, repeated: tuple[int, int] | None) -> None:
    paper.set_paper(_A4)
    if page.landscape:
        paper.set_landscape()
    paper.set_margins(left=page.left, right=page.right, top=page.top, bottom=page.bottom)
    if page.above:
        paper.set_header(page.above, {"margin": 0.3})
    if page.below:
        paper.set_footer(page.below, {"margin": 0.3})
    if page.centred:
        paper.center_horizontally()
    if page.first:
        paper.set_start_page(page.first)
    if page.scale is None:
        paper.fit_to_pages(page.wide, page.tall)
    else:
        paper.set_print_scale(page.scale)
        paper.print_across()
    paper.set_h_pagebreaks(page.breaks)
    paper.set_v_pagebreaks(page.column_breaks)
    if repeated:
        paper.repeat_rows(repeated[0] - 1, repeated[1] - 1)
    if page.repeated_columns:
        paper.repeat_columns(page.repeated_columns[0] - 1, page.repeated_columns[1] - 1)
