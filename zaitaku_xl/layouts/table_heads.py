"""Where the tables of a sheet begin: rows of words that people put over columns, in one row or up to three."""

from collections.abc import Iterator
from dataclasses import dataclass

from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.layouts.answers import key_of_heading
from zaitaku_xl.layouts.dating import day_in
from zaitaku_xl.layouts.headings import bare_part, composed, contact_part, meanings
from zaitaku_xl.layouts.pieces import Answers
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.layouts.witnesses import is_time

_TABLES = ("entries", "week_reviews", "month_reviews", "clients", "approvals", "absences", "services")
_MOST_ROWS = 3
_FEWEST = 2  # headings that are known, in the row that a table begins with


@dataclass(frozen=True, slots=True)
class Head:
    """The heading rows of a table: column -> its words, the group's before its own, and the cell they stand in."""

    first: int
    last: int
    words: dict[int, tuple[str, ...]]

    def heading(self, column: int) -> str:
        return composed(self.words[column])


def heads_of(sheet: Sheet, answers: Answers) -> Iterator[Head]:
    """Yield the heads of a sheet from top to bottom; a heading that the office has explained is known."""
    after = 0
    for row in sheet.rows:
        if row <= after or not _may_begin(sheet, row, answers):
            continue
        rows = [row]
        while len(rows) < _MOST_ROWS and _goes_on(sheet, rows):
            rows.append(rows[-1] + 1)
        head = Head(rows[0], rows[-1], _words(sheet, rows))
        headings = map(head.heading, head.words)
        if sum(is_known(heading) or key_of_heading(heading) in answers for heading in headings) >= _FEWEST:
            after = head.last
            yield head


def is_known(heading: str) -> bool:
    """Tell whether a heading says anything in any table."""
    if not heading or len(heading) > 40:
        return False
    return (
        contact_part(heading) is not None
        or bare_part(heading) is not None
        or any(meanings(heading, table) for table in _TABLES)
    )


def _may_begin(sheet: Sheet, row: int, answers: Answers) -> bool:
    cells = list(sheet.cells(row))
    if len(cells) < _FEWEST or any(_is_data(sheet, cell) for _, cell in cells):
        return False
    words = [sheet.words(row, column) for column, _ in cells]
    known = sum(is_known(each) or key_of_heading(each) in answers for each in words)
    return known >= _FEWEST and known * 2 >= len(cells) - 1


def _is_data(sheet: Sheet, cell: Cell) -> bool:
    """A date, a time or a number stands among records, not among headings."""
    if cell.kind is not Kind.TEXT:
        return True
    return is_time(cell) or (any(map(str.isdigit, str(cell.value))) and day_in(cell, None) is not None)


def _goes_on(sheet: Sheet, rows: list[int]) -> bool:
    """Tell whether the row below belongs to the headings: it names what groups above it hold, or they are merged over it."""
    below = rows[-1] + 1
    cells = list(sheet.cells(below))
    if any(_is_data(sheet, cell) for _, cell in cells):
        return False
    merged_over = [
        column for column, _ in sheet.cells(rows[0]) if sheet.carrier(below, column) == sheet.carrier(rows[0], column)
    ]
    if not cells:
        return False
    known = sum(is_known(sheet.words(below, column)) or _names_part(sheet, rows, below, column) for column, _ in cells)
    has_groups = any(sheet.width(rows[-1], column) > 1 for column, _ in sheet.cells(rows[-1]))
    return (bool(merged_over) or has_groups or known >= _FEWEST) and known * 3 >= len(cells) * 2


def _names_part(sheet: Sheet, rows: list[int], below: int, column: int) -> bool:
    group = _group(sheet, rows[-1], column)
    return is_known(f"{group}{sheet.words(below, column)}") if group else False


def _words(sheet: Sheet, rows: list[int]) -> dict[int, tuple[str, ...]]:
    columns = sorted({column for row in rows for column, _ in sheet.cells(row)} | _under_merged(sheet, rows))
    found: dict[int, tuple[str, ...]] = {}
    for column in columns:
        parts = [sheet.words(row, column) for row in rows]
        if len(rows) > 1 and parts[-1] and not parts[0]:
            parts[0] = _group(sheet, rows[0], column)
        words = tuple(dict.fromkeys(part for part in parts if part))
        if words and not _covers_columns(sheet, rows, column):
            found[column] = words
    return found


def _under_merged(sheet: Sheet, rows: list[int]) -> set[int]:
    """The columns under a group that has words of their own below it: each is a column."""
    return {column for column, _ in sheet.cells(rows[-1])}


def _covers_columns(sheet: Sheet, rows: list[int], column: int) -> bool:
    """A merged heading over several columns is that of its first."""
    return sheet.carrier(rows[-1], column)[1] != column


def _group(sheet: Sheet, row: int, column: int) -> str:
    """The heading at the left of a blank one that spans over it, written in its first column only."""
    if words := sheet.words(row, column):
        return words
    for left in range(column - 1, max(0, column - 8), -1):
        if words := sheet.words(row, left):
            return words if sheet.own(row + 1, left) is not None else ""
    return ""
