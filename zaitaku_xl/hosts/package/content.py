"""What a sheet says, cell by cell, and the number by which a sheet of ours is known again after any save."""

import hashlib
import re
from collections.abc import Mapping

from zaitaku_xl.hosts.package.edit import Edit
from zaitaku_xl.hosts.package.nodes import Node, located, spoken, spoken_text, tag_end
from zaitaku_xl.hosts.package.notes import Position, position

LABEL = "照合番号"
_FIRST_CELL = re.compile(rb"<((?:[\w.\-]+:)?)c[\s>]")
_DEEP = 9  # worksheet > sheetData > row > c > is > r > t


def stamp(cells: Mapping[Position, str]) -> str:
    """Return the text of the last row of a sheet we make: a digest of everything above it."""
    lines = "".join(f"{row} {column} {cells[row, column]}\0" for row, column in sorted(cells) if cells[row, column])
    return f"{LABEL} {hashlib.sha256(lines.encode('utf-8', 'replace')).hexdigest()[:16]}"


def plain(value: str | float) -> str:
    """Return a value as the digest sees it: programs disagree about 1 and 1.0, 0 and -0 and about line ends.

    >>> plain(1.0), plain(-0.0), plain("a\\r\\nb")
    ('1', '0', 'a\\nb')
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return f"{float(value) + 0.0:.12g}"


def is_as_made(cells: Mapping[Position, str]) -> bool:
    """Tell whether the last row of a sheet still fits what stands above it."""
    last = max(cells, default=(0, 0))
    return last[1] == 1 and cells[last] == stamp({where: text for where, text in cells.items() if where != last})


def sheet_texts(edit: Edit, part: str, shared: list[str]) -> dict[Position, str]:
    """Return the texts of the cells that are not blank; a formula counts with its text, for we write none."""
    body = located(edit.part(part), part, _DEEP).child("sheetData")
    texts: dict[Position, str] = {}
    row = 0
    for line in body.all("row") if body else ():
        row = int(line.get("r")) if line.get("r").isdecimal() else row + 1
        column = 0
        for cell in line.all("c"):
            column = position(cell.get("r"))[1] or column + 1
            text = _cell_text(cell, shared)
            if text:
                texts[row, column] = text
    return texts


def first_text(edit: Edit, part: str, shared: list[str]) -> str:
    """Return the text of A1 alone: most sheets are not ours, and need not be read to see that."""
    data = edit.part(part)
    first = _FIRST_CELL.search(data)
    end = data.find(b"</" + first[1] + b"c>", first.end()) if first else -1
    if first is None or end < 0 or data[tag_end(data, first.start()) - 2 :].startswith(b"/>"):
        return ""
    cell = located(data[first.start() : end] + b"</" + first[1] + b"c>", part, _DEEP)
    return _cell_text(cell, shared) if position(cell.get("r", "A1")) == (1, 1) else ""


def shared_texts(edit: Edit) -> list[str]:
    """Return the shared strings of the workbook."""
    part = edit.package.shared_strings_part
    return [spoken(item) for item in edit.tree(part, _DEEP).all("si")] if part else []


def _cell_text(cell: Node, shared: list[str]) -> str:
    formula, value, inline = cell.child("f"), cell.child("v"), cell.child("is")
    if formula is not None:
        return f"={formula.text}"
    if inline is not None:
        return plain(spoken(inline))
    text = value.text if value else ""
    kind = cell.get("t", "n")
    if kind == "s":
        return plain(shared[int(text)]) if text.isdecimal() and int(text) < len(shared) else ""
    if kind == "n":
        return _number(text)
    return plain(spoken_text(text))


def _number(text: str) -> str:
    try:
        return plain(float(text)) if text else ""
    except ValueError:
        return text
