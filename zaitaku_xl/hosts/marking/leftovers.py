"""What another program leaves of us when our sheets and colours are gone: words in the shared list, looks nobody wears.

Both are known by their place, so nothing is taken out of its list: a text is emptied, a look is made plain.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from zaitaku_xl.finding import COLOURS
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import located
from zaitaku_xl.ooxml.opc import SheetPart
from zaitaku_xl.ooxml.splices import Splice

_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
_SHARED_CELL = re.compile(rb"""<(?:[\w.\-]+:)?c\b[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?:[\w.\-]+:)?v>\s*(\d+)\s*<""")
_ANY_VALUE = re.compile(rb"<(?:[\w.\-]+:)?v>\s*(\d+)\s*<")
_DIFFERENTIAL = re.compile(rb"""[dD]xfId\s*=\s*["'](\d+)["']""")
_FILL_OF_OURS = re.compile(
    rb'<dxf>\s*<fill>\s*<patternFill[^>]*>\s*<(?:fg|bg)Color rgb="FF(?:%s)"/>\s*</patternFill>\s*</fill>\s*</dxf>'
    % "|".join(sorted(set(COLOURS.values()))).encode()
)
_DEEP = 9


def empty_texts(edit: Edit, gone: Collection[SheetPart]) -> None:
    """Empty the shared texts that only the sheets that go have used."""
    part = edit.package.shared_strings_part
    if part is None or not gone:
        return
    ours = _texts_of(edit, gone)
    if not ours:
        return
    unused = ours - _texts_of(edit, [sheet for sheet in edit.package.sheets if sheet not in gone])
    root = edit.tree(part, 2)
    items = [(number, item) for number, item in enumerate(root.all("si")) if number in unused and not item.empty]
    blank = f"<{root.prefix}t></{root.prefix}t>".encode()
    edit.splice(part, [Splice(item.inner, item.tail, blank) for _, item in items])


def _texts_of(edit: Edit, sheets: Iterable[SheetPart]) -> set[int]:
    """Return the places of the shared texts that sheets use; where that is not told for certain, too many of them."""
    places: set[int] = set()
    for sheet in sheets:
        data = edit.package.part(sheet.part)
        found = _SHARED_CELL.findall(data)
        if len(found) != len(_SHARED.findall(data)):
            found = _ANY_VALUE.findall(data)
        places.update(map(int, found))
    return places


def plain_differentials(edit: Edit, places: Collection[int]) -> None:
    """Make plain the looks of our colours, as far as no rule, table or filter that stays wears them.

    Beside those at the *places* of our rules, the bare fills that LibreOffice makes of the colours on our sheets.
    """
    part = edit.package.styles_part
    listed = located(edit.part(part), part, 3).child("dxfs") if part else None
    if part is None or listed is None:
        return
    data = edit.part(part)
    fills = [
        number for number, look in enumerate(listed.children) if _FILL_OF_OURS.fullmatch(data, look.start, look.end)
    ]
    ours = {*places, *fills}
    if not ours:
        return
    worn = set(_worn(edit, part))
    looks = [look for number, look in enumerate(listed.children) if number in ours and number not in worn]
    edit.splice(part, [Splice(look.start, look.end, f"<{look.name}/>".encode()) for look in looks])


def _worn(edit: Edit, styles: str) -> Iterator[int]:
    for name in edit.package.archive.entries:
        if name.endswith(".xml") and name not in edit.dropped and (name.startswith("xl/") or name == styles):
            yield from map(int, _DIFFERENTIAL.findall(edit.part(name)))
