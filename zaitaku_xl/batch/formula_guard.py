"""Text for a file that a spreadsheet may open as cells: nothing in it is taken for a formula."""

import unicodedata
from functools import lru_cache

_BEGINS_A_FORMULA = frozenset("=+-@")
_LOOKS_EMPTY = (
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Mn",
    "Me",
    "Zs",
    "Zl",
    "Zp",
)  # categories that show nothing by themselves
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters by category, blank to the eye
_MINUS = frozenset("\u2010\u2011\u2012\u2212\ufe63\uff0d")  # read as a minus where somebody tidies the text up


@lru_cache(maxsize=8192)
def harmless(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet could take it for a formula.

    Programs skip different signs before they look: line ends, blanks of all widths, marks of direction, whatever shows
    nothing. All of them are looked past; so is the apostrophe of quotes that a cell had already.

    >>> harmless("=1+1"), harmless("\\n\u200f＝1+1"), harmless("1=1")
    ("'=1+1", "'\\n\u200f＝1+1", '1=1')
    """
    if text[:1] in ("\t", "\r", "\n"):
        return f"'{text}"
    first = next((sign for sign in text if not _is_skipped(sign)), "")
    return f"'{text}" if first in _MINUS or unicodedata.normalize("NFKC", first)[:1] in _BEGINS_A_FORMULA else text


def _is_skipped(sign: str) -> bool:
    return sign in _FILLERS or unicodedata.category(sign) in _LOOKS_EMPTY
