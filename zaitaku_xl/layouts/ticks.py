"""Which of several words a person ticked: 「□通所　☑訪問　□その他（電話）」 in one cell, or a tick in a cell before each word."""

import re
from collections.abc import Sequence

from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.cells import Cell, Kind

_TICKED = "☑☒✅✓✔■●◉◎レﾚ"
_EMPTY = "□☐○◯〇・"
_CHOICE = re.compile(rf"([{_TICKED}{_EMPTY}])\s*([^\s　{_TICKED}{_EMPTY}（(]+)[\s　]*(?:[（(]([^）)]*)[）)])?")
_TICK = frozenset((*_TICKED, "○", "◯", "〇", "1", "TRUE", "v", "V", "✔️", "☑️", "有", "済"))
_OTHER = re.compile(r"^その他")
_IN_BRACKETS = re.compile(r"^[（(][\s　]*(.*?)[\s　]*[）)]$")


def ticked_in(text: str) -> list[str] | None:
    """Return the words that are ticked in one cell; None where it is no list of boxes."""
    choices = _CHOICE.findall(text)
    boxes = [choice for choice in choices if choice[0] not in "・"]
    if len(boxes) < 2:
        return None
    ticks = [choice for choice in boxes if choice[0] in _TICKED]
    if not ticks and any(choice[0] in "○◯〇" for choice in boxes) and any(choice[0] in "□☐" for choice in boxes):
        ticks = [choice for choice in boxes if choice[0] in "○◯〇"]
    return [_meant(word, more) for _, word, more in ticks]


def ticked_before(cells: Sequence[Cell]) -> list[str] | None:
    """Return the words that have a tick in the cell before them; None where the cells are no such row."""
    words = [folded(shown(cell)) for cell in cells]
    options = [place for place, word in enumerate(words) if word not in _TICK and not _IN_BRACKETS.match(word)]
    if len(options) < 2 or any(cells[place].kind is not Kind.TEXT for place in options):
        return None
    found = []
    for place in options:
        if place and words[place - 1] in _TICK:
            more = _IN_BRACKETS.match(words[place + 1]) if place + 1 < len(words) else None
            found.append(_meant(words[place], more[1] if more else ""))
    return found


def _meant(word: str, more: str) -> str:
    """What stands behind その他 in brackets says more than その他."""
    inside = more.strip(" 　")
    return inside if _OTHER.match(word) and inside else word
