"""The few COM members that ``hosts/live/api.py`` asks of Excel for Windows, answered by LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.engine.office import struct

if TYPE_CHECKING:
    from tests.engine import books, cells, marks, program


class Application:
    PrintCommunication = True

    def __init__(self, app: program.App) -> None:
        self._app = app

    def FileDialog(self, _: int) -> FileDialog:  # noqa: N802
        return FileDialog(self._app.folders)


class FileDialog:
    """Answers from a list; an empty one is a person who pressed キャンセル."""

    Title = InitialFileName = ""

    def __init__(self, answers: list[str]) -> None:
        self._chosen = answers.pop(0) if answers else None

    def Show(self) -> int:  # noqa: N802
        return 0 if self._chosen is None else -1

    def SelectedItems(self, _: int) -> str:  # noqa: N802
        assert self._chosen is not None, "asked before it was shown"
        return self._chosen


class Workbook:
    def __init__(self, book: books.Book) -> None:
        self._book = book

    @property
    def ProtectStructure(self) -> bool:  # noqa: N802
        return bool(self._book.uno.isProtected())

    @property
    def Date1904(self) -> bool:  # noqa: N802
        return bool(self._book.uno.NullDate.Year == 1904)


class Worksheet:
    def __init__(self, sheet: books.Sheet) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:  # noqa: N802
        return bool(self._sheet.uno.isProtected())

    @property
    def HPageBreaks(self) -> PageBreaks:  # noqa: N802
        return PageBreaks()

    @property
    def PageSetup(self) -> PageSetup:  # noqa: N802
        return PageSetup(self._sheet)


class PageBreaks:
    def Add(self, before: Cells) -> None:  # noqa: N802
        before.row.IsStartOfNewPage = True


class PageSetup:
    """A page style of the sheet's own."""

    _sheet: books.Sheet
    _page: Any

    def __init__(self, sheet: books.Sheet) -> None:
        object.__setattr__(self, "_sheet", sheet)
        object.__setattr__(self, "_page", self._style())

    def __setattr__(self, name: str, value: Any) -> None:
        sheet, style = self._sheet.uno, self._page
        if name == "Orientation" and (value == 2) != style.IsLandscape:
            style.IsLandscape = value == 2
            style.Width, style.Height = style.Height, style.Width
        elif name == "FitToPagesWide":
            style.ScaleToPagesX = value
        elif name == "FitToPagesTall":
            style.ScaleToPagesY = value or 0
        elif name == "CenterHorizontally":
            style.CenterHorizontally = value
        elif name == "PrintArea":
            sheet.setPrintAreas((sheet.getCellRangeByName(value).RangeAddress,))
        elif name.endswith("Margin"):
            setattr(style, name, round(value / 72 * 2540))
        elif name == "PrintTitleRows":
            rows = [int(row) - 1 for row in value.replace("$", "").split(":")]
            sheet.setTitleRows(struct("com.sun.star.table.CellRangeAddress", StartRow=rows[0], EndRow=rows[-1]))
            sheet.setPrintTitleRows(True)

    def _style(self) -> Any:
        sheet = self._sheet
        styles = sheet.book.uno.StyleFamilies.getByName("PageStyles")
        name = f"page of {sheet.name}"
        if not styles.hasByName(name):
            styles.insertByName(name, sheet.book.uno.createInstance("com.sun.star.style.PageStyle"))
            sheet.uno.PageStyle = name
            style = styles.getByName(name)
            style.Width, style.Height = 21_000, 29_700
            style.LeftMargin = style.RightMargin = style.TopMargin = style.BottomMargin = 1000
            style.HeaderIsOn = False
        return styles.getByName(name)


class Cells:
    def __init__(self, cells: cells.Range) -> None:
        object.__setattr__(self, "_cells", cells)

    def __setattr__(self, name: str, value: Any) -> None:
        assert (name, value) == ("ShrinkToFit", True)
        self._cells.uno.ShrinkToFit = True  # type: ignore[attr-defined]

    @property
    def row(self) -> Any:
        return self._cells.uno.Rows.getByIndex(0)

    @property
    def Borders(self) -> Borders:  # noqa: N802
        return Borders(self._cells)

    def AutoFilter(self, _: int) -> None:  # noqa: N802
        areas = self._cells.sheet.book.uno.DatabaseRanges
        name = f"filter_{self._cells.sheet.index}"
        if areas.hasByName(name):
            areas.removeByName(name)
        areas.addNewByName(name, self._cells.address_in_office)
        areas.getByName(name).AutoFilter = True


class Borders:
    """All four lines of every cell; the style comes last and draws."""

    def __init__(self, cells: cells.Range) -> None:
        object.__setattr__(self, "_cells", cells)

    def __setattr__(self, name: str, value: int) -> None:
        object.__setattr__(self, name, value)
        if name == "LineStyle":
            colour = self.Color & 255, self.Color >> 8 & 255, self.Color >> 16  # type: ignore[attr-defined]
            self._cells.borders.draw(("Left", "Right", "Top", "Bottom"), colour)  # type: ignore[attr-defined]


class Comment:
    def __init__(self, note: marks.Note) -> None:
        self._note = note

    @property
    def Shape(self) -> Shape:  # noqa: N802
        return Shape(self._note)


class Shape:
    """The box of a note; LibreOffice sizes it by its text, so that a size is only checked for being one."""

    def __init__(self, note: marks.Note) -> None:
        object.__setattr__(self, "_note", note)

    def __setattr__(self, name: str, value: float) -> None:
        assert name in ("Width", "Height")
        assert value > 0
