"""How much room a text takes: an estimate, for nobody asks the font; and how much of it Excel holds, which is exact.

Excel counts UTF-16 units: a rare kanji or a picture is two. Whatever puts foreign text into a workbook cuts it here.
"""

from functools import lru_cache

LINE = 1.35  # of the font's size, from one line to the next: as close as a form needs it to keep to its pages
LEADING = 1.7  # the same in a sheet to read, where Yu Gothic has all the room it asks for

MAX_TEXT = 32_767  # units of a cell
MAX_NOTE = 32_000  # of a note, with room for what is added to prove that it is ours
MAX_SHEET_NAME = 31
MAX_IN_FORMULA = 250  # of a text inside a formula; Excel holds 255


def units(text: str) -> int:
    """Return how long Excel finds a text.

    >>> units("あ"), units("𠮷")
    (1, 2)
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int = MAX_TEXT, end: str = "") -> str:
    """Return as much of a text as fits, with *end* where something is left out; no sign is torn.

    >>> cut("𠮷野家", 3), cut("支援の連絡", 4, "…"), cut("支援", 4, "…")
    ('𠮷野', '支援の…', '支援')
    """
    if 2 * len(text) <= most or units(text) <= most:
        return text
    room = most - units(end)
    kept = text[:room]
    while (over := units(kept) - room) > 0:
        kept = kept[: -(-over // 2) * -1]
    return kept + end


@lru_cache(maxsize=8192)
def lines(text: str, halves: float) -> int:
    """Return the lines a text fills where *halves* half-width characters fit in one.

    >>> lines("支援の連絡", 6), lines("a\\nb", 6)
    (2, 2)
    """
    return sum(max(1, -int(-halves_of(line) // max(1.0, halves))) for line in text.split("\n"))


def halves_of(line: str) -> int:
    """Return how many half-width characters a line is wide."""
    return 2 * len(line) - len(line.encode("latin-1", "ignore"))
