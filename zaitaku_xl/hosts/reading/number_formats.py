"""Which cell styles show a number as a date or time: without the style a date is only a number."""

import re
from xml.parsers import expat

from zaitaku_xl.hosts.reading.exact_cells import parse
from zaitaku_xl.ooxml.remembered import remembered

# Built-in formats that are dates or times, the Japanese ones (27-36, 50-58) among them; other readers forget those.
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|e[+-]|general|g/標準', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhsaeg]", re.IGNORECASE)


def is_date_code(code: str) -> bool:
    """Tell whether a format code shows a date or time.

    >>> is_date_code('[$-411]ggge"年"m"月"d"日"'), is_date_code('0.00E+00'), is_date_code('[Red]0')
    (True, False, False)
    """
    return bool(_DATE_LETTERS.search(_NOT_A_CODE.sub("", code.partition(";")[0])))


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


@remembered
def date_styles(styles: bytes) -> frozenset[int]:
    """Return the cell style numbers (``s=`` of a cell) that show a date or time."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = name.rpartition(":")[2]
        if local == "cellXfs":
            inside = True
        elif local == "numFmt" and _is_whole(attributes.get("numFmtId", "")):
            codes.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", ""))
        elif local == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            formats.append(int(number) if _is_whole(number) else 0)

    def end(name: str) -> None:
        nonlocal inside
        if name.rpartition(":")[2] == "cellXfs":
            inside = False

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parse(parser, styles, "書式")
    return frozenset(
        style
        for style, number in enumerate(formats)
        if (is_date_code(codes[number]) if number in codes else number in _BUILT_IN)
    )
