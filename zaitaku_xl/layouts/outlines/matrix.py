"""People by days with signs in the cells, and a legend somewhere around."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.book.filling_down import is_ditto
from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.cells import Cell, Kind, Position
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.context import without_politeness
from zaitaku_xl.layouts.dating import cell_of, day_in
from zaitaku_xl.layouts.headings import meanings, titled
from zaitaku_xl.layouts.legends import legend_of, place_of
from zaitaku_xl.layouts.pieces import FieldRead, Piece, Placed, SheetRead
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.model import Month, Place

_FEWEST_DAYS = 10


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Where the days stand, and along which line the people do."""

    line: int  # the row of the days, or their column where they run down
    days: Mapping[int, date]  # column (or row) -> day
    down: bool  # the days run down


def read(sheet: Sheet, around: Around) -> SheetRead | None:
    """Return what a matrix of people and days says; None where the sheet is none, or the people are no clients."""
    title = " ".join([sheet.name, *(sheet.title(row) for row in sheet.rows[:2])])
    if "unrelated" in titled(title):
        return None
    month = sheet.month_above(sheet.rows[0] + 5) or around.month
    matrix = _days_across(sheet, month) or _days_down(sheet, month)
    if matrix is None:
        return None
    people = dict(_people(sheet, matrix, around))
    if not people:
        return None
    return _read(sheet, matrix, people)


def _days_across(sheet: Sheet, month: Month | None) -> _Matrix | None:
    for row in sheet.rows[:12]:
        days = _days([(column, cell) for column, cell in sheet.cells(row)], month, sheet.grid.date1904)
        if days:
            return _Matrix(row, days, down=False)
    return None


def _days_down(sheet: Sheet, month: Month | None) -> _Matrix | None:
    for column in sorted({column for row in sheet.rows[:12] for column, _ in sheet.cells(row)})[:3]:
        cells = [(row, cell) for row in sheet.rows if (cell := sheet.own(row, column)) is not None]
        if days := _days(cells, month, sheet.grid.date1904):
            return _Matrix(column, days, down=True)
    return None


def _days(cells: list[tuple[int, Cell]], month: Month | None, date1904: bool) -> dict[int, date]:
    """The days of a line, where it holds one after the other, each later than the one before."""
    found: dict[int, date] = {}
    for place, cell in cells:
        day = day_in(cell, month, date1904)
        if day is None:
            if found and len(found) >= _FEWEST_DAYS:
                break
            continue
        if found and day <= max(found.values()):
            break
        found[place] = day
    return found if len(found) >= _FEWEST_DAYS else {}


def _people(sheet: Sheet, matrix: _Matrix, around: Around) -> Iterator[tuple[int, Position]]:
    """Yield each row (or column) of signs with the cell that names whose they are."""
    if matrix.down:
        first = min(matrix.days)
        for row in [row for row in sheet.rows if row < first][-2:]:
            for column, cell in sheet.cells(row):
                if column != matrix.line and _is_client(cell, around) and around.clients:
                    yield column, (row, column)
        return
    first = min(matrix.days)
    for row in sheet.rows:
        if row <= matrix.line:
            continue
        names = [(column, cell) for column, cell in sheet.cells(row) if column < first and cell.kind is Kind.TEXT]
        for column, cell in names:
            if _is_client(cell, around) and not _is_label(cell):
                yield row, (row, column)
                break


def _is_client(cell: Cell, around: Around) -> bool:
    name = without_politeness(shown(cell))
    return cell.kind is Kind.TEXT and 2 <= len(folded(name)) <= 12 and around.is_client(name)


def _is_label(cell: Cell) -> bool:
    words = folded(shown(cell))
    return bool(meanings(words, "entries")) or bool(meanings(words, "ignored")) or place_of(words) is not None


def _read(sheet: Sheet, matrix: _Matrix, people: Mapping[int, Position]) -> SheetRead | None:
    signs: dict[Position, tuple[Position, date]] = {}
    for line, name in people.items():
        for place, day in matrix.days.items():
            at = (place, line) if matrix.down else (line, place)
            if sheet.own(*at) is not None:
                signs[at] = (name, day)
    heads = {(place, matrix.line) if matrix.down else (matrix.line, place) for place in matrix.days}
    names = set(people.values())
    outside = set(sheet.all_cells()) - signs.keys() - heads - names
    legend, explained = legend_of(sheet, outside)
    meant = {at: _meant(sheet, at, legend) for at in signs}
    read_ones = sum(isinstance(place, Place) for place in meant.values())
    if not signs or read_ones * 2 < len(signs):
        return None  # a matrix of something else: meals, rides, wages
    told = "、".join(f"{sign}は{place}" for sign, place in legend.items())
    result = SheetRead(sheet=sheet.name, outline=f"出欠の表（{told}）" if told else "出欠の表")
    for at, (name, day) in signs.items():
        words = without_politeness(shown(sheet.own(*name)))  # type: ignore[arg-type]
        sign = meant[at]
        cell = Cell(Kind.TEXT, str(sign)) if isinstance(sign, Place) else sheet.own(*at)
        here = (sheet.name, *at)
        fields = {
            "name": Placed(Cell(Kind.TEXT, words), (sheet.name, *name)),
            "day": Placed(cell_of(day), here),
            "place": Placed(cell, here),
        }
        result.pieces.append(Piece("entries", fields))
    result.used = signs.keys() | heads | names | explained
    result.decoration = set(sheet.all_cells()) - result.used
    first = min(names)
    result.fields = [
        FieldRead(table="entries", field="name", words="（名前の並び）", at=(sheet.name, *first), witness="内容")
    ]
    return result


def _meant(sheet: Sheet, at: Position, legend: Mapping[str, Place]) -> Place | Cell | None:
    cell = sheet.own(*at)
    if cell is None or is_ditto(cell):
        return cell
    words = folded(shown(cell))
    return legend.get(words) or place_of(words) or cell
