"""Which cell styles show a number as a date or time, or a 0 not at all: without its style a date is only a number."""

from xml.parsers import expat

from zaitaku_xl.hosts.reading.exact_cells import parse
from zaitaku_xl.hosts.reading.format_codes import Styles, sections_of
from zaitaku_xl.ooxml.remembered import remembered

# Built-in formats that are dates or times, the Japanese ones (27-36, 50-58) among them; other readers forget those.
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


@remembered
def styles_of(styles: bytes) -> Styles:
    """Return what the cell styles of a workbook make of numbers."""
    codes, formats = _formats(styles)
    sections = {number: sections_of(code) for number, code in codes.items()}
    plain = {number for number, parts in sections.items() if len({part[1:] for part in parts}) == 1}
    dates = {number for number in plain if sections[number][0].is_date} | (_BUILT_IN - codes.keys())
    return Styles(
        dates=frozenset(style for style, number in enumerate(formats) if number in dates),
        mixed={
            style: sections[number]
            for style, number in enumerate(formats)
            if number in sections and number not in plain
        },
    )


def _formats(styles: bytes) -> tuple[dict[int, str], list[int]]:
    """Return the format codes by number, and the number of each cell style's."""
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
    return codes, formats
