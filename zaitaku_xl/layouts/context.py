"""What stands above a table for all its rows: whose it is, which month, which day."""

import re
from dataclasses import dataclass

from zaitaku_xl.book.plain import shown
from zaitaku_xl.cells import Cell, Kind, Position
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.dating import cell_of, day_in
from zaitaku_xl.layouts.headings import meanings
from zaitaku_xl.layouts.pieces import Placed
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.model import Month

_NAME_IN_WORDS = re.compile(
    r"(?:利用者名?|対象者名?|氏\s*名|お名前|訓練生名?)\s*[:：]\s*(?P<labelled>[^\s:：]+(?:[\s　]+[^\s:：\d（(]+)?)"
    r"|[【\[〔](?P<bracketed>[^】\]〕]{2,20}?)(?:[\s　]*(?:様|さん|殿|氏))?[】\]〕]"
    r"|^[\s　]*(?:[（(]?[\d①-⑳]+[.)）]?[\s　]*)?(?P<polite>\S{1,8}(?:[\s　]\S{1,8})?)[\s　]*(?:様|さん|殿)(?:$|[\s　（(の])"
)
_NUMBER_IN_WORDS = re.compile(r"(?<!\d)(\d{10})(?!\d)")
_POLITE = re.compile(r"[\s　]*(?:様|さん|殿|さま)$")
_DAY_IN_WORDS = re.compile(
    r"((?:令和|平成|R|H)\.?(?:元|\d{1,2})[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?|\d{4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?|\d{1,2}月\d{1,2}日|(?<!\d)\d{1,2}/\d{1,2}(?!\d))"
)
_NAME_OF_SHEET = re.compile(r"^[\s　(（]*[\d①-⑳]*[)）.\s　_-]*|(?:令和|R)?\d*年?\d{1,2}月分?|[\s　_\-()（）①-⑳\d]+$")


@dataclass(slots=True, kw_only=True)
class Context:
    """What the rows of a table have in common, each beside its cell."""

    name: Placed | None = None
    number: Placed | None = None
    month: Month | None = None
    day: Placed | None = None


def context_of(sheet: Sheet, since: int, before: int, around: Around, used: set[Position]) -> Context:
    """Look at the rows from *since* to the one before *before*; the cells that serve are added to *used*."""
    context = Context(month=sheet.month_above(before, since) or sheet.month_above(before) or around.month)
    for row in sheet.between(since, before - 1):
        _look(sheet, row, context, around, used)
    if context.name is None:
        context.name = _name_of_sheet(sheet, around)
    if context.day is None:
        context.day = _day_of_sheet(sheet, context.month)
    return context


def _look(sheet: Sheet, row: int, context: Context, around: Around, used: set[Position]) -> None:
    cells = list(sheet.cells(row))
    for place, (column, cell) in enumerate(cells):
        words = sheet.words(row, column).rstrip(":：")
        labelled = meanings(words, "entries") if len(words) <= 12 else ()
        if labelled in (("name",), ("number",), ("day",)) and place + 1 < len(cells):
            beside = cells[place + 1][0]
            value = sheet.placed(row, beside)
            taken = _take(labelled[0], value, context, around)
            if taken:
                used |= {(row, column), (row, beside)}
                continue
        if cell.kind is Kind.TEXT:
            _look_into(sheet, row, column, str(cell.value), context, around, used)
        elif cell.kind is Kind.DATE and context.day is None:
            day = day_in(cell, context.month, sheet.grid.date1904)
            if day is not None and day.day != 1:  # the first of a month is how a title shows the month
                context.day = Placed(cell_of(day), (sheet.name, row, column))
                used.add((row, column))


def _take(field: str, value: Placed | None, context: Context, around: Around) -> bool:
    if value is None or value.cell is None or getattr(context, field) is not None:
        return False
    if field == "name":
        name = without_politeness(shown(value.cell))
        if len(name) < 2 or meanings(name, "entries"):
            return False
        value = Placed(Cell(Kind.TEXT, name), value.at)
    if field == "day":
        day = day_in(value.cell, context.month)
        if day is None:
            return False
        value = Placed(cell_of(day), value.at)
    setattr(context, field, value)
    return True


def _look_into(
    sheet: Sheet, row: int, column: int, words: str, context: Context, around: Around, used: set[Position]
) -> None:
    at = (sheet.name, row, column)
    match = _NAME_IN_WORDS.search(words)
    if match and context.name is None:
        name = next(filter(None, match.groups()))
        if match["labelled"] or around.is_client(name) or match["bracketed"]:
            context.name = Placed(Cell(Kind.TEXT, without_politeness(name)), at)
            used.add((row, column))
    number = _NUMBER_IN_WORDS.search(words) if "証" in words else None
    if context.number is None and number:
        context.number = Placed(Cell(Kind.TEXT, number[1]), at)
        used.add((row, column))
    if context.day is None and (found := _DAY_IN_WORDS.search(words)):
        day = day_in(Cell(Kind.TEXT, found[1]), context.month)
        if day is not None and not re.search("作成|提出|印刷|発行|現在", words):
            context.day = Placed(cell_of(day), at)
            used.add((row, column))


def without_politeness(name: str) -> str:
    return _POLITE.sub("", name.strip()).strip()


def _name_of_sheet(sheet: Sheet, around: Around) -> Placed | None:
    """The client whom the sheet is named after: only where a list of clients knows that name."""
    name = without_politeness(_NAME_OF_SHEET.sub("", sheet.name))
    if len(name) < 2 or not around.clients or not around.is_client(name):
        return None
    first = sheet.rows[0]
    return Placed(Cell(Kind.TEXT, name), (sheet.name, first, next(sheet.cells(first))[0]))


def _day_of_sheet(sheet: Sheet, month: Month | None) -> Placed | None:
    """The day that the sheet is named after: 5日, 1月5日, 0105, 5."""
    words = sheet.name.strip()
    found = _DAY_IN_WORDS.search(words)
    day = day_in(Cell(Kind.TEXT, found[1] if found else words), month)
    if day is None and month and re.fullmatch(r"\d{4}", words) and int(words[:2]) == month.month:
        day = day_in(Cell(Kind.TEXT, f"{int(words[2:])}日"), month)
    first = sheet.rows[0]
    return Placed(cell_of(day), (sheet.name, first, next(sheet.cells(first))[0])) if day else None
