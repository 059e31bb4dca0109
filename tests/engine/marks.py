"""Conditional formats and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.engine import com
from tests.engine.office import uno
from tests.engine.words import LAST_COLUMN, LAST_ROW, number_of, rgb

if TYPE_CHECKING:
    from tests.engine.books import Book, Sheet
    from tests.engine.cells import Range


class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that touch a range; of all cells, those of the sheet."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    api = property(lambda self: None)

    def _rules(self) -> list[ConditionalFormat]:
        whole = self._cells.shape == (LAST_ROW, LAST_COLUMN)
        formats = self._cells.sheet.uno.ConditionalFormats.getConditionalFormats()
        mine = (each for each in formats if whole or each.Range.queryIntersection(self._cells.address_in_office).Count)
        return [ConditionalFormat(self._cells.sheet, each, n) for each in mine for n in range(each.Count)]

    def __len__(self) -> int:
        return len(self._rules())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._rules())

    def __call__(self, number: int) -> ConditionalFormat:
        return self._rules()[number - 1]

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        sheet = self._cells.sheet
        if sheet.uno.isProtected():
            raise RuntimeError("the sheet is protected")  # as Excel does
        below = [rule for rule in self._overlapped() if rule.getByIndex(0).getType() == 0]
        made = _created(sheet, self._cells.ranges)
        made.createEntry(0, 0)
        entry = made.getByIndex(0)
        entry.Operator = uno().getConstantByName("com.sun.star.sheet.ConditionFormatOperator.EXPRESSION")
        entry.Formula1 = spec["formula"].removeprefix("=")
        entry.StyleName = _style(sheet.book, spec["fill_color"])
        for rule in below:
            _put_last(sheet, rule)
        return ConditionalFormat(sheet, made, 0)

    def _overlapped(self) -> list[Any]:
        """The formats that touch any of the areas."""
        mine = [(area.row - 1, area.column - 1, *area.shape) for area in self._cells.areas]
        formats = self._cells.sheet.uno.ConditionalFormats.getConditionalFormats()
        return [
            each for each in formats if any(_meet(one, other) for other in each.Range.RangeAddresses for one in mine)
        ]


def _meet(one: tuple[int, int, int, int], other: Any) -> bool:
    row, column, rows, columns = one
    return (
        row <= other.EndRow
        and other.StartRow < row + rows
        and column <= other.EndColumn
        and other.StartColumn < column + columns
    )


def _created(sheet: Sheet, ranges: Any) -> Any:
    number = sheet.uno.ConditionalFormats.createByRange(ranges)
    return next(each for each in sheet.uno.ConditionalFormats.getConditionalFormats() if number == each.ID)


def _put_last(sheet: Sheet, rule: Any) -> None:
    """Make a format anew: where two meet in a cell LibreOffice shows the older one, and Excel the one put first."""
    made = _created(sheet, rule.Range)
    for number in range(rule.Count):
        made.createEntry(0, number)
        for name in ("Operator", "Formula1", "Formula2", "StyleName"):
            setattr(made.getByIndex(number), name, getattr(rule.getByIndex(number), name))
    sheet.uno.ConditionalFormats.removeByID(rule.ID)


def _style(book: Book, colour: Any) -> str:
    styles = book.uno.StyleFamilies.getByName("CellStyles")
    name = f"fill {number_of(colour):06X}"
    if not styles.hasByName(name):
        styles.insertByName(name, book.uno.createInstance("com.sun.star.style.CellStyle"))
        styles.getByName(name).CellBackColor = number_of(colour)
    return name


class ConditionalFormat(base_classes.ConditionalFormat):
    def __init__(self, sheet: Sheet, found: Any, number: int) -> None:
        self._sheet, self.uno, self._number = sheet, found, number
        self._entry = found.getByIndex(number)

    api = property(lambda self: None)

    @property
    def type(self) -> str:
        if self._entry.getType() != 0:
            return {1: "color_scale", 2: "data_bar", 3: "icon_set"}.get(self._entry.getType(), "unknown")
        expression = uno().getConstantByName("com.sun.star.sheet.ConditionFormatOperator.EXPRESSION")
        return "custom" if self._entry.Operator == expression else "cell_value"

    @property
    def formula(self) -> str | None:
        return f"={self._entry.Formula1}" if self.type == "custom" else None

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        style = self._sheet.book.uno.StyleFamilies.getByName("CellStyles").getByName(self._entry.StyleName)
        return None if style.CellBackColor < 0 else rgb(style.CellBackColor)

    @property
    def areas(self) -> list[str]:
        found = [
            self._sheet.uno.getCellRangeByPosition(a.StartColumn, a.StartRow, a.EndColumn, a.EndRow).AbsoluteName
            for a in self.uno.Range.RangeAddresses
        ]
        return [name.rpartition(".")[2].replace("$", "") for name in found]

    def delete(self) -> None:
        if self.uno.Count > 1:
            self.uno.removeByIndex(self._number)
        else:
            self._sheet.uno.ConditionalFormats.removeByID(self.uno.ID)


THREADS: list[tuple[str, int, int]] = []  # sheet, row, column: where a test says somebody began a thread


class Thread:
    def __init__(self, sheet: Sheet, row: int, column: int) -> None:
        self.row, self.column = row, column
        self.location = sheet.range((row, column))


class Note(base_classes.Note):
    def __init__(self, sheet: Sheet, found: Any) -> None:
        self._sheet, self.uno = sheet, found

    api = property(lambda self: com.Comment(self))
    text = property(lambda self: self.uno.String, lambda self, value: self.uno.setString(value))
    author = property(lambda self: self.uno.Author)

    @property
    def location(self) -> Range:
        at = self.uno.Position
        return self._sheet.range((at.Row + 1, at.Column + 1))

    def delete(self) -> None:
        at = self.uno.Position
        notes = self._sheet.uno.Annotations
        for number in range(notes.Count):
            other = notes.getByIndex(number).Position
            if (other.Row, other.Column) == (at.Row, at.Column):
                notes.removeByIndex(number)
                return
