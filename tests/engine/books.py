"""A workbook, its sheets and its names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes, utils

from tests.engine import com
from tests.engine.cells import Range
from tests.engine.marks import THREADS, Note, Thread
from tests.engine.office import properties, uno
from tests.engine.words import LAST_COLUMN, LAST_ROW, TYPES, in_excel

if TYPE_CHECKING:
    from tests.engine.program import App

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".xlam": "Calc MS Excel 2007 VBA XML",
    ".pdf": "calc_pdf_Export",
}  # fmt: skip
FORMATS: dict[tuple[str, int], Callable[[float], object] | None] = {}


class Book(base_classes.Book):
    def __init__(self, app: App, document: Any) -> None:
        self._app, self.uno = app, document

    app = property(lambda self: self._app)
    api = property(lambda self: com.Workbook(self))
    sheets = property(lambda self: Sheets(self))
    names = property(lambda self: Names(self))
    name = property(lambda self: Path(self.fullname).name)

    @property
    def fullname(self) -> str:
        url = self.uno.URL
        return str(uno().fileUrlToSystemPath(url)) if url else str(self.uno.Title)

    def hold_still(self, still: bool) -> None:
        (self.uno.lockControllers if still else self.uno.unlockControllers)()

    def type_of(self, number_format: int) -> Callable[[float], object] | None:
        """Return what Excel makes of a number under this format, None where it stays one: a time of day does."""
        key = self.uno.RuntimeUID, number_format
        if key not in FORMATS:
            kind = self.uno.NumberFormats.getByKey(number_format).Type
            FORMATS[key] = next((typed for bit, typed in TYPES.items() if kind & bit), None)
        return FORMATS[key]

    def activate(self) -> None:
        self.uno.CurrentController.Frame.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        target = Path(path or self.fullname)
        self.uno.storeToURL(target.absolute().as_uri(), properties(FilterName=FILTERS[target.suffix], Overwrite=True))

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self.uno.storeToURL(Path(path).as_uri(), properties(FilterName="calc_pdf_Export", Overwrite=True))

    def close(self) -> None:
        self.uno.close(True)


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    api = property(lambda self: None)

    def __len__(self) -> int:
        return int(self.book.uno.Sheets.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.book.uno.Sheets.getByIndex(n)) for n in range(len(self)))

    def __call__(self, key: int | str) -> Sheet:
        if isinstance(key, int):
            return Sheet(self.book, self.book.uno.Sheets.getByIndex(key - 1))
        for name in self.book.uno.Sheets.ElementNames:
            if name.lower() == key.lower():
                return Sheet(self.book, self.book.uno.Sheets.getByName(name))
        raise KeyError(key)

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.uno.CurrentController.ActiveSheet)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        if com.Workbook(self.book).ProtectStructure:
            raise RuntimeError("the structure is protected")
        at = before.index - 1 if before else after.index if after else self.active.index - 1
        chosen = name or f"Sheet{len(self) + 1}"
        self.book.uno.Sheets.insertNewByName(chosen, at)
        sheet = self(chosen)
        sheet.activate()
        return sheet


class Sheet(base_classes.Sheet):
    def __init__(self, book: Book, found: Any) -> None:
        self._book, self.uno = book, found

    book = property(lambda self: self._book)
    api = property(lambda self: com.Worksheet(self))
    name = property(lambda self: self.uno.Name, lambda self, value: setattr(self.uno, "Name", value))
    index = property(lambda self: self.uno.RangeAddress.Sheet + 1)
    visible = property(lambda self: self.uno.IsVisible, lambda self, value: setattr(self.uno, "IsVisible", value))
    cells = property(lambda self: Range(self, 1, 1, LAST_ROW, LAST_COLUMN))
    notes = property(lambda self: [Note(self, note) for note in self.uno.Annotations])
    freeze_panes = property(lambda self: FreezePanes(self))

    @property
    def comments(self) -> list[Thread]:
        return [Thread(self, row, column) for name, row, column in THREADS if name == self.name]

    @property
    def used_range(self) -> Range:
        cursor = self.uno.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        cursor.gotoStartOfUsedArea(False)
        start = cursor.RangeAddress
        return Range(
            self, start.StartRow + 1, start.StartColumn + 1, end.EndRow - start.StartRow + 1,
            end.EndColumn - start.StartColumn + 1,
        )  # fmt: skip

    def activate(self) -> None:
        self.book.uno.CurrentController.setActiveSheet(self.uno)

    select = activate

    def delete(self) -> None:
        self.book.uno.Sheets.removeByName(self.name)

    @property
    def show_gridlines(self) -> bool:
        return bool(self.book.uno.CurrentController.ShowGrid)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        active = self.book.sheets.active
        self.activate()
        self.book.uno.CurrentController.ShowGrid = value
        active.activate()

    def range(self, first: Any, second: Any = None) -> Range:
        if isinstance(first, str) and "," in first:
            return Range.of_areas(self, [self._one(area) for area in first.split(",")])
        start = self._one(first)
        if second is None:
            return start
        end = self._one(second)
        last = end.row + end.shape[0], end.column + end.shape[1]
        return Range(self, start.row, start.column, last[0] - start.row, last[1] - start.column)

    def _one(self, where: Any) -> Range:
        if isinstance(where, Range):
            return where
        if isinstance(where, tuple):
            return Range(self, *where, *(() if len(where) == 4 else (1, 1)))
        rows = re.fullmatch(r"\$?(\d+):\$?(\d+)", where)
        if rows:
            return Range(self, int(rows[1]), 1, int(rows[2]) - int(rows[1]) + 1, LAST_COLUMN)
        start, end = utils.a1_to_tuples(where)
        return self.range(start, end) if end else self._one(start)


class FreezePanes(base_classes.FreezePanes):
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        frozen = self._sheet.range(frozen_range)
        self._sheet.activate()
        columns = 0 if frozen.shape[1] == LAST_COLUMN else frozen.column + frozen.shape[1] - 1
        self._sheet.book.uno.CurrentController.freezeAtPosition(columns, frozen.row + frozen.shape[0] - 1)


class Names(base_classes.Names):
    def __init__(self, book: Book) -> None:
        self._book = book

    api = property(lambda self: None)

    def _all(self) -> list[Name]:
        named = self._book.uno.NamedRanges
        return [Name(named.getByName(name)) for name in named.ElementNames]

    def __iter__(self) -> Iterator[Name]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


class Name(base_classes.Name):
    def __init__(self, found: Any) -> None:
        self.uno = found

    api = property(lambda self: None)
    name = property(lambda self: self.uno.Name)

    @property
    def refers_to(self) -> str:
        return in_excel(f"={self.uno.Content}")
