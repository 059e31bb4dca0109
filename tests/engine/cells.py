"""Cells: their values, their looks, and what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes, utils

from tests.engine import com
from tests.engine.marks import THREADS, ConditionalFormats, Note
from tests.engine.office import struct, uno
from tests.engine.words import in_excel, number_of, rgb
from zaitaku_xl.hosts.live.values import ERROR_CODES

if TYPE_CHECKING:
    from tests.engine.books import Sheet


class Range(base_classes.Range):
    """Cells side by side, or several such areas: Excel then tells row, column and shape of the first."""

    def __init__(
        self, sheet: Sheet, row: int, column: int, rows: int, columns: int, areas: Sequence[Range] = ()
    ) -> None:
        self._sheet, self._row, self._column, self._shape = sheet, row, column, (rows, columns)
        self.areas: Sequence[Range] = areas or (self,)
        self.options: dict[str, Any] = {}
        self._uno: Any = None

    @classmethod
    def of(cls, sheet: Sheet, found: Any) -> Range:
        rows, columns = found.EndRow - found.StartRow + 1, found.EndColumn - found.StartColumn + 1
        return cls(sheet, found.StartRow + 1, found.StartColumn + 1, rows, columns)

    @classmethod
    def of_areas(cls, sheet: Sheet, areas: list[Range]) -> Range:
        return cls(sheet, areas[0].row, areas[0].column, *areas[0].shape, areas)  # type: ignore[call-arg]

    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self._row)
    column = property(lambda self: self._column)
    shape = property(lambda self: self._shape)
    coords = property(lambda self: (self.sheet.name, self.row, self.column, *self.shape))
    api = property(lambda self: com.Cells(self))

    @property
    def address_in_office(self) -> Any:
        return struct(
            "com.sun.star.table.CellRangeAddress", Sheet=self.sheet.index - 1, StartRow=self.row - 1,
            StartColumn=self.column - 1, EndRow=self.row + self.shape[0] - 2, EndColumn=self.column + self.shape[1] - 2,
        )  # fmt: skip

    @property
    def ranges(self) -> Any:
        """All areas as LibreOffice holds several."""
        made = self.sheet.book.uno.createInstance("com.sun.star.sheet.SheetCellRanges")
        made.addRangeAddresses(tuple(area.address_in_office for area in self.areas), False)
        return made

    @property
    def uno(self) -> Any:
        if self._uno is None:
            row, column = self.row - 1, self.column - 1
            if len(self.areas) > 1:
                self._uno = self.ranges
            else:
                end = column + self.shape[1] - 1, row + self.shape[0] - 1
                self._uno = self.sheet.uno.getCellRangeByPosition(column, row, *end)
        return self._uno

    @property
    def first(self) -> Any:
        """The first cell, asked of its sheet at once."""
        return self.sheet.uno.getCellByPosition(self.column - 1, self.row - 1)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, first: int, second: int | None = None) -> Range:
        if second is None:
            first, second = (first - 1) // self.shape[1] + 1, (first - 1) % self.shape[1] + 1
        return Range(self.sheet, self.row + first - 1, self.column + second - 1, 1, 1)

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        corners = [(self.row, self.column)]
        if len(self) > 1:
            corners.append((self.row + self.shape[0] - 1, self.column + self.shape[1] - 1))
        dollars = "$" * col_absolute, "$" * row_absolute
        return ":".join(f"{dollars[0]}{utils.col_name(column)}{dollars[1]}{row}" for row, column in corners)

    address = property(lambda self: self.get_address())

    # ---- values

    @property
    def raw_value(self) -> Any:
        """As COM gives it: rows of tuples, one cell bare; dates, errors and money each in their own type."""
        rows = [list(row) for row in self.uno.getDataArray()]
        self._type(rows)
        for row, column in self._positions(self.uno.queryFormulaCells(4)):
            rows[row][column] = ERROR_CODES.get(self.uno.getCellByPosition(column, row).String, ERROR_CODES["#N/A"])
        if self.shape == (1, 1):
            return None if rows[0][0] == "" else rows[0][0]
        return tuple(tuple(None if value == "" else value for value in row) for row in rows)

    def _type(self, rows: list[list[Any]]) -> None:
        formats = self.uno.getUniqueCellFormatRanges()
        for number in range(formats.Count):
            group = formats.getByIndex(number)
            typed = self.sheet.book.type_of(group.NumberFormat)
            if typed is not None:
                for row, column in self._positions(group):
                    if isinstance(rows[row][column], float):
                        rows[row][column] = typed(rows[row][column])

    def _positions(self, group: Any) -> Iterator[tuple[int, int]]:
        for area in group.RangeAddresses:
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    yield row - self.row + 1, column - self.column + 1

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        block = data if isinstance(data, (list, tuple)) else [[data] * self.shape[1]] * self.shape[0]
        target = Range(self.sheet, self.row, self.column, len(block), len(block[0]))
        target.uno.setDataArray(tuple(tuple(_taken(value) for value in row) for row in block))

    @property
    def formula(self) -> Any:
        texts, values = self.uno.getFormulaArray(), self.uno.getDataArray()
        rows = [
            [text[1:] if text == f"'{value}" else in_excel(text) for text, value in zip(*row, strict=True)]
            for row in zip(texts, values, strict=True)
        ]
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, data: str) -> None:
        self.first.setFormula(data)

    @property
    def formula_array(self) -> str:
        return str(self.uno.ArrayFormula)

    @formula_array.setter
    def formula_array(self, data: str) -> None:
        self.uno.setArrayFormula(data)

    # ---- looks

    @property
    def color(self) -> tuple[int, int, int] | None:
        return None if self.uno.CellBackColor < 0 else rgb(self.uno.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        if value is None:
            self.uno.setPropertyToDefault("CellBackColor")
        else:
            self.uno.CellBackColor = number_of(value)

    font = property(lambda self: Font(self))
    borders = property(lambda self: Borders(self))
    conditional_formats = property(lambda self: ConditionalFormats(self))
    wrap_text = property(
        lambda self: self.uno.IsTextWrapped, lambda self, value: setattr(self.uno, "IsTextWrapped", value)
    )

    @property
    def number_format(self) -> str:
        return str(self.sheet.book.uno.NumberFormats.getByKey(self.uno.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        formats, here = self.sheet.book.uno.NumberFormats, struct("com.sun.star.lang.Locale")
        key = formats.queryKey(value, here, False)
        self.uno.NumberFormat = formats.addNew(value, here) if key < 0 else key

    @property
    def horizontal_alignment(self) -> str:
        return str(self.uno.HoriJustify.value).lower()

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.uno.HoriJustify = uno().Enum("com.sun.star.table.CellHoriJustify", value.upper())

    @property
    def vertical_alignment(self) -> str:
        return {0: "bottom", 1: "top", 2: "center", 3: "bottom"}[self.uno.VertJustify]

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.uno.VertJustify = {"top": 1, "center": 2, "bottom": 3}[value]

    @property
    def column_width(self) -> float:
        return round((self.uno.Columns.getByIndex(0).Width / 2540 * 96 - 5) / 7, 2)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.uno.Columns.Width = round((value * 7 + 5) / 96 * 2540)

    @property
    def row_height(self) -> float:
        return round(self.uno.Rows.getByIndex(0).Height / 2540 * 72, 2)

    @row_height.setter
    def row_height(self, value: float) -> None:
        for area in self.areas:
            area.uno.Rows.Height = round(value / 72 * 2540)

    def merge(self, across: bool) -> None:
        self.uno.merge(True)

    def select(self) -> None:
        self.sheet.book.uno.CurrentController.select(self.uno)

    # ---- notes and links

    @property
    def note(self) -> Note | None:
        found = self.first.Annotation
        return Note(self.sheet, found) if found.String else None

    def add_note(self, text: str) -> Note:
        if THREADS and (self.sheet.name, self.row, self.column) in THREADS:
            raise RuntimeError("the cell has a thread")  # as Excel does
        cell = self.first
        self.sheet.uno.Annotations.insertNew(cell.CellAddress, text)
        return Note(self.sheet, cell.Annotation)

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        cell = self.first
        field = self.sheet.book.uno.createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = re.sub(r"^#'(.*)'!", _as_office_links, address), text_to_display
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)


def _as_office_links(match: re.Match[str]) -> str:
    return "#" + match[1].replace("''", "'") + "."


_READ_BY_EXCEL = re.compile(r"[=+\-@].*|[\d./:年月日\-,% ]+")


def _taken(value: Any) -> str | float:
    """What LibreOffice is given for what Excel would be given; a None ends the whole program there."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value.startswith("'"):
            return value[1:]
        if _READ_BY_EXCEL.fullmatch(value):
            raise ValueError(f"Excel would read a number, a date or a formula into {value!r}")
        return value
    return float(value)


class Font(base_classes.Font):
    def __init__(self, cells: Range) -> None:
        self._cells = cells

    api = property(lambda self: None)

    def _set(self, name: str, value: object) -> None:
        for script in ("", "Asian"):  # Japanese takes the second of each pair
            setattr(self._cells.uno, name + script, value)

    bold = property(
        lambda self: self._cells.uno.CharWeight > 110, lambda self, on: self._set("CharWeight", 150.0 if on else 100.0)
    )
    size = property(lambda self: self._cells.uno.CharHeight, lambda self, size: self._set("CharHeight", float(size)))
    color = property(
        lambda self: rgb(max(0, self._cells.uno.CharColor)),
        lambda self, value: setattr(self._cells.uno, "CharColor", number_of(value)),
    )


class Borders(base_classes.Borders):
    def __init__(self, cells: Range) -> None:
        self._cells = cells

    api = property(lambda self: None)

    def set(self, which: Any = "all", *, line_style: Any = None, weight: Any = None, color: Any = None) -> None:
        for area in self._cells.areas:
            for side, size in (("inside_horizontal", area.shape[0]), ("inside_vertical", area.shape[1])):
                if side in which and size == 1:
                    raise RuntimeError("Unable to set the LineStyle property of the Border class")  # as Excel does
        sides = [
            side.removeprefix("edge_").title() for side in which if side.startswith("edge_")
        ]  # no lines inside here
        self.draw(sides, color, line_style, weight)

    def draw(self, sides: Sequence[str], color: Any, line_style: str = "continuous", weight: str = "thin") -> None:
        width = 53 if weight == "medium" else 18
        line = struct("com.sun.star.table.BorderLine2", Color=number_of(color), OuterLineWidth=width, LineWidth=width)
        if line_style == "double":
            line.InnerLineWidth, line.LineDistance, line.LineStyle = 18, 36, 3
        for side in sides:
            setattr(self._cells.uno, f"{side}Border2", line)
