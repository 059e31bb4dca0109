"""Text in columns on a terminal: a full-width character takes two, and no line begins with a closing mark."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from zaitaku_xl.measure import halves_of

_NOT_FIRST = "、。）」』，．・ー"
_NOT_LAST = "（「『"


def pad(words: str, width: int) -> str:
    """Pad to so many half-width columns.

    >>> pad("在宅", 6) + "|"
    '在宅  |'
    """
    return words + " " * max(0, width - halves_of(words))


def wrap(text: str, width: int) -> list[str]:
    """Cut a text into lines no wider than *width*; a word of ASCII stays whole where it fits.

    >>> wrap("在宅の日は、二回。", 10)
    ['在宅の日', 'は、二回。']
    """
    made: list[str] = []
    for line in text.split("\n"):
        made += _wrapped_line(line, width)
    return made


def _wrapped_line(line: str, width: int) -> list[str]:
    made, held = [], ""
    for piece in _pieces(line, width):
        if held and halves_of(held + piece) > width:
            made.append(held)
            held = ""
        held += piece
    return [*made, held]


def _pieces(line: str, width: int) -> list[str]:
    """Cut into what may not be cut further: a word of ASCII, or a character with the marks that cling to it."""
    clinging = rf"[{_NOT_LAST}]*(?:[!-~]+|[^{_NOT_FIRST}{_NOT_LAST}])[{_NOT_FIRST}]*|."
    return [part for piece in re.findall(clinging, line) for part in ([piece] if halves_of(piece) <= width else piece)]


def side_by_side(cells: Sequence[str], widths: Sequence[int], gap: int = 2) -> Iterator[str]:
    """Yield the lines of one row of a table."""
    columns = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*columns, fillvalue=""):
        yield (" " * gap).join(pad(part, width) for part, width in zip(parts, widths, strict=True)).rstrip()
