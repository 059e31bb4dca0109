"""The few things the xlwings core does not offer, asked of Excel itself: the only module that touches ``.api``.

| asked                        | Windows (COM)                      | macOS (AppleScript)                          |
| ---------------------------- | ---------------------------------- | -------------------------------------------- |
| is the sheet protected       | ProtectContents                    | protect_contents                             |
| is the list of sheets        | ProtectStructure                   | protect_structure                            |
| days counted from 1904       | Date1904                           | date_1904                                    |
| cells with a thread          | CommentsThreaded; none before 2019 | not offered: a thread is met when a note is laid |
| size of a note               | Shape.Width, .Height               | not offered: Excel's own size                |
| lines around every cell      | Borders                            | the outline of each area                     |
| print set-up, filter arrows  | PageSetup, AutoFilter, HPageBreaks | not offered: Excel's own                     |
| letters that shrink to fit   | ShrinkToFit                        | not offered: they stay as large as they are  |
| ask for a folder             | FileDialog                         | not offered: the workbook's own folder       |
"""

import logging
import sys
from collections.abc import Iterable
from pathlib import Path

import xlwings as xw

from zaitaku_xl.made import MadeSheet
from zaitaku_xl.ooxml.vml import BOX_POINTS, height

log = logging.getLogger(__name__)
_MAC = sys.platform == "darwin"
_FOLDER_PICKER = 4
_LANDSCAPE, _PORTRAIT, _A4 = 2, 1, 9
_THIN, _CONTINUOUS = 2, 1
_INCH = 72  # points


def apps_of_window(window: int) -> Iterable[xw.App]:
    """Return the one Excel this window is of, on Windows; elsewhere all, as windows have no number there."""
    if sys.platform != "win32":
        return xw.apps
    return [xw.App(impl=xw._xlwindows.App(xl=window))]


def is_protected(sheet: xw.Sheet) -> bool:
    return bool(sheet.api.protect_contents.get() if _MAC else sheet.api.ProtectContents)


def is_structure_protected(book: xw.Book) -> bool:
    return bool(book.api.protect_structure.get() if _MAC else book.api.ProtectStructure)


def counts_from_1904(book: xw.Book) -> bool:
    return bool(book.api.date_1904.get() if _MAC else book.api.Date1904)


def threads(sheet: xw.Sheet) -> set[tuple[int, int]]:
    """Return the cells with a threaded comment; none where this Excel does not know them."""
    try:
        found = list(sheet.impl.comments)
    except (AttributeError, NotImplementedError):
        return set()
    return {(comment.location.row, comment.location.column) for comment in found}


def annotate(cell: xw.Range, text: str) -> None:
    """Lay a note where none is, its box large enough to read: Excel's own cuts all but four lines.

    ``Range.add_note`` would first ask Excel twice whether the cell has a note; here the caller has asked for all at once.
    """
    note = cell.impl.add_note(text)
    if not _MAC:
        box = note.api.Shape
        box.Width, box.Height = BOX_POINTS, height(text)


def shrink(area: xw.Range) -> None:
    """Let the letters become smaller until they fit."""
    if not _MAC:
        area.api.ShrinkToFit = True


def frame(area: xw.Range, colour: str) -> None:
    """Draw thin lines around every cell at once; side by side, lines inside would be asked of cells that have no inside."""
    if _MAC:
        area.borders.set("outside", line_style="continuous", weight="thin", color=colour)
        return
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    borders = area.api.Borders
    borders.Color = red | green << 8 | blue << 16
    borders.Weight, borders.LineStyle = _THIN, _CONTINUOUS


def set_up_print(sheet: xw.Sheet, made: MadeSheet) -> None:
    """A4 as the sheet asks for it. A PC without a printer refuses, and that is no reason to stop."""
    if _MAC:
        return
    program = sheet.book.app.api
    try:
        program.PrintCommunication = False  # or each line asks the printer
        try:
            _set_up(sheet, made)
        finally:
            program.PrintCommunication = True
    except Exception:
        log.exception("print set-up failed")


def _set_up(sheet: xw.Sheet, made: MadeSheet) -> None:
    page = sheet.api.PageSetup
    page.Orientation = _LANDSCAPE if made.page.landscape else _PORTRAIT
    page.PaperSize = _A4
    page.Zoom = False
    page.FitToPagesWide, page.FitToPagesTall = made.page.wide, made.page.tall or False
    page.CenterHorizontally = made.page.centred
    if made.repeated:
        first, last = made.repeated
        page.PrintTitleRows = f"${first}:${last}"
    if made.key:
        printed = made.printed
        page.PrintArea = sheet.range((1, 1), (printed.last_row, printed.last_column)).get_address()
    page.LeftMargin, page.RightMargin = made.page.left * _INCH, made.page.right * _INCH
    page.TopMargin, page.BottomMargin = made.page.top * _INCH, made.page.bottom * _INCH
    page.CenterFooter = made.page.below.removeprefix("&C")
    for row in made.page.breaks:
        sheet.api.HPageBreaks.Add(sheet.range((row + 1, 1)).api)


def show_filter(area: xw.Range) -> None:
    """Put the arrows of a filter on the first row of an area."""
    if not _MAC:
        area.api.AutoFilter(1)


def folder_of(book: xw.Book) -> Path | None:
    """Return where the workbook lies; None where it was never saved, or lies on the net with no copy on this PC."""
    try:
        folder = Path(book.fullname).parent
    except xw.XlwingsError:
        return None
    return folder if folder.is_absolute() and folder.is_dir() else None


def chosen_folder(book: xw.Book, title: str) -> Path | None:
    """Let the person choose a folder, None where he would not; without a dialog it is the workbook's own."""
    own = folder_of(book)
    if _MAC:
        return own if own and book.app.alert(f"{title}\n\n{own}", "在宅点検", "yes_no") == "yes" else None
    dialog = book.app.api.FileDialog(_FOLDER_PICKER)
    dialog.Title = title
    if own:
        dialog.InitialFileName = f"{own}\\"
    return Path(dialog.SelectedItems(1)) if dialog.Show() == -1 else None
