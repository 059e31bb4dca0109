"""The month as many offices send it back: one template, and nothing a program could remember from file to file.

Every file has strings of its own in an order of its own, other times of day, and every sheet left at another zoom.
What is the same in each is what one template gives: styles, validations, widths and most of the words.
"""

import io
import random
import re
import zipfile

_ITEM = re.compile(rb"<si>.*?</si>", re.S)
_SHARED = re.compile(rb't="s"><v>([0-9]+)</v>')
_TIME = re.compile(rb"<v>0\.[0-9]+</v>")
_CHANGED = 0.03  # of the strings and of the times of day


def returned(month: bytes, number: int) -> bytes:
    """Return the month as office *number* filled it."""
    chance = random.Random(number)
    with zipfile.ZipFile(io.BytesIO(month)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"], places = _other_strings(parts["xl/sharedStrings.xml"], number, chance)
    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = _other_sheet(part, places, number, chance)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'xWindow="', b'xWindow="%d' % (number + 1))
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _other_strings(table: bytes, number: int, chance: random.Random) -> tuple[bytes, list[int]]:
    """Return the table in another order with some other words in it, and where each string went."""
    items = [item.decode() for item in _ITEM.findall(table)]
    order = list(range(len(items)))
    chance.shuffle(order)
    told = [
        items[old].replace("終えた</t>", f"終えた（{number}）</t>") if chance.random() < _CHANGED else items[old]
        for old in order
    ]
    places = [0] * len(order)
    for new, old in enumerate(order):
        places[old] = new
    return table[: table.index(b"<si>")] + "".join(told).encode() + b"</sst>", places


def _other_sheet(part: bytes, places: list[int], number: int, chance: random.Random) -> bytes:
    part = _SHARED.sub(lambda cell: b't="s"><v>%d</v>' % places[int(cell[1])], part)
    part = part.replace(b"<sheetView ", b'<sheetView zoomScale="%d" ' % (10 + number % 390), 1)
    return _TIME.sub(lambda cell: _other_time(chance) if chance.random() < _CHANGED else cell[0], part)


def _other_time(chance: random.Random) -> bytes:
    return f"<v>{chance.randrange(1, 1440) / 1440!r}</v>".encode()
