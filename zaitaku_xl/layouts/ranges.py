"""Two dates in one cell: 5/11～5/15, R7.4.1～R10.3.31, 12日から16日まで."""

import re

from zaitaku_xl.book.plain import shown
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.layouts.dating import cell_of, day_in
from zaitaku_xl.model import Month

_BETWEEN = re.compile(r"\s*(?:[～〜~－—→]|から|(?<=[\d日)）])[-‐](?=\s*(?:令和|R|H|\d)))\s*")
_WEEKDAY = re.compile(r"[(（][月火水木金土日][)）]")


def two_days(cell: Cell | None, month: Month | None) -> tuple[Cell, Cell] | None:
    """Return first and last day as cells of their own; None where the cell does not hold just two dates."""
    if cell is None or cell.kind is not Kind.TEXT:
        return None
    parts = _BETWEEN.split(_WEEKDAY.sub("", shown(cell)).strip().removesuffix("まで"))
    if len(parts) != 2 or not all(parts):
        return None
    first = day_in(Cell(Kind.TEXT, parts[0]), month)
    around = Month.of(first) if first else month
    last = day_in(Cell(Kind.TEXT, parts[1]), around)
    if first is None or last is None or last < first:
        return None
    return cell_of(first), cell_of(last)
