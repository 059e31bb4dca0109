"""What the signs of a sheet stand for: its legend says so, 「Z…在宅　T…通所」, else the words that offices use."""

import re
from collections.abc import Iterable, Mapping

from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context
from zaitaku_xl.book.values import place as read_place
from zaitaku_xl.cells import Cell, Kind, Position
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.model import Place

_SIGN = r"[^\s　…‥:：=＝、,。（()）「」『』【】]{1,3}"
_STANDS_FOR = r"(?:…+|‥+|\.{2,}|・・+|[:：=＝→]|は|－|ー(?=[^ー]))"
_PAIR = re.compile(rf"[「『【(（]?({_SIGN})[」』】)）]?\s*{_STANDS_FOR}\s*([^\s　、,。;；/／（()）・…]+)")
_BESIDE = re.compile(r"([○◯〇●◎△▲×✕■□◇◆☆★])\s*[=＝:：…]*\s*([^\s　、,。○◯〇●◎△▲×✕■□◇◆☆★（()）/／]{1,8})")


def place_of(words: str) -> Place | None:
    """Return the place that words mean, None where they mean none for certain."""
    if not words:
        return None
    found = read_place(Cell(Kind.TEXT, words), Context())
    return None if isinstance(found, Unread) else found  # type: ignore[return-value]


def legend_of(sheet: Sheet, outside: Iterable[Position]) -> tuple[Mapping[str, Place], set[Position]]:
    """Return what the legend of a sheet explains, and the cells in which it stands: those *outside* its table."""
    found: dict[str, Place] = {}
    cells: set[Position] = set()
    places = sorted(outside)
    for row, column in places:
        cell = sheet.own(row, column)
        if cell is None or cell.kind is not Kind.TEXT:
            continue
        text = shown(cell)
        pairs = [*_PAIR.findall(text), *_BESIDE.findall(text)]
        for sign, words in pairs:
            if (place := place_of(_first_word(words))) is not None:
                found.setdefault(folded(sign), place)
                cells.add((row, column))
        beside = sheet.own(row, column + 1)
        sign = folded(text)
        if not pairs and len(sign) <= 2 and beside is not None and (place := place_of(_first_word(shown(beside)))):
            found.setdefault(sign, place)
            cells |= {(row, column), (row, column + 1)}
    return found, cells


def _first_word(words: str) -> str:
    return re.split(r"[（(・、/／]", folded(words))[0].removesuffix("の日").removesuffix("日")
