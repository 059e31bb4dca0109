"""How much room a text takes: an estimate, for nobody asks the font."""

from functools import lru_cache

LINE = 1.35  # of the font's size, from one line to the next: as close as a form needs it to keep to its pages
LEADING = 1.7  # the same in a sheet to read, where Yu Gothic has all the room it asks for


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
