"""The month that a sheet states of itself: above its table, in one cell or in cells of their own, and in its name."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zaitaku_xl.book.dates import month_in
from zaitaku_xl.book.values import shown
from zaitaku_xl.cells import Cell, Grid, Kind, serial_day
from zaitaku_xl.model import Month

_PAPER = "作成|記入|提出|印刷|更新|発行|出力|改定|改訂|制定|施行|確認|受付|入力"
_DATE = r"(?:[^\d\s]{0,2}\d{1,4}|元)[年./\-]\d{1,2}[月./\-]\d{1,2}日?"
# 「作成日 令和8年2月3日」「令和8年2月3日現在」: no month of the records.
_OF_THE_PAPER = re.compile(rf"(?:{_PAPER})(?:年月)?日?[:：]?{_DATE}|{_DATE}(?:{_PAPER}|現在|版)")
_MONTH_ALONE = re.compile(r"(?<![\d年./\-])(1[0-2]|0?[1-9])月(?:分|度|の|日報|予定|$)")
_LONG_NUMBER = re.compile(r"\d{7,}|(?<!\d)0\d{1,4}-[\d\-]+")  # of a telephone or an office


@dataclass(frozen=True, slots=True)
class Stated:
    """The months a sheet states, and where the first of them stands."""

    months: tuple[Month, ...]
    row: int
    column: int
    alone: frozenset[int] = frozenset()  # 「2月分」: months without a year

    def month_beside(self, month: Month | None) -> Month | None:
        """Return the month that completes 5日: the one stated, or *month* of 設定. Where they differ, none."""
        known = {*self.months, *([month] if month else ())}
        if len(known) != 1:
            return None
        only = known.pop()
        return only if self.alone <= {only.month} else None

    @property
    def words(self) -> str:
        """As a person reads it."""
        return "、".join((*(month.words for month in self.months), *(f"{number}月" for number in sorted(self.alone))))


def stated(grid: Grid, heading_row: int) -> Stated:
    """Return what stands above the heading row and in the sheet's name."""
    months: dict[str, Month] = {}
    alone: set[int] = set()
    place = (0, 0)
    for row, column, words in _titles(grid, heading_row):
        found, number = _month_said(words)
        if found:
            months[str(found)] = found
        elif number:
            alone.add(number)
        if (found or number) and place == (0, 0):
            place = row, column
    return Stated(tuple(months.values()), *(place if place[0] else (heading_row, 1)), frozenset(alone))


@lru_cache(maxsize=1024)  # the sheets of a template have the same titles
def _month_said(words: str) -> tuple[Month | None, int | None]:
    """Return the month of a title, or the number of one without a year."""
    found = month_in(words)
    alone = None if found else _MONTH_ALONE.search(words)
    return found, int(alone[1]) if alone else None


def _titles(grid: Grid, heading_row: int) -> Iterator[tuple[int, int, str]]:
    for row in sorted(number for number in grid.rows if number < heading_row):
        words = joined(grid.rows[row], grid.date1904)
        yield row, min(grid.rows[row], default=1), words
    yield 0, 0, _plain(grid.name)


def joined(cells: Mapping[int, Cell], date1904: bool) -> str:
    """Return what a row shows, cell after cell: 「R8」「年」「2」「月」 are one title; the paper's own dates are left out."""
    return _without_the_papers_own("".join(_shown(cell, date1904) for _, cell in sorted(cells.items())))


@lru_cache(maxsize=1024)
def _without_the_papers_own(title: str) -> str:
    words = _plain(title)
    return _LONG_NUMBER.sub("#", _OF_THE_PAPER.sub("", words)) if words else ""


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def _shown(cell: Cell, date1904: bool) -> str:
    """A date cell on the first of a month names the month; any other is a day."""
    if cell.kind is not Kind.DATE:
        return str(shown(cell))
    day: date | None = serial_day(float(cell.value), date1904)
    if day is None:
        return ""
    return f"{day.year}年{day.month}月" if day.day == 1 else f"{day.year}-{day.month}-{day.day} "
