"""What a sheet says, cell by cell, whatever program saved it."""

import re
from collections.abc import Iterator

from zaitaku_xl.a1 import Position, position
from zaitaku_xl.made import plain
from zaitaku_xl.ooxml.nodes import Node, located, located_before, spoken, spoken_text, tag_end
from zaitaku_xl.ooxml.opc import Package

_FIRST_CELL = re.compile(rb"<((?:[\w.\-]+:)?)c[\s>]")
_DEEP = 9  # worksheet > sheetData > row > c > is > r > t


def sheet_texts(package: Package, part: str, shared: list[str]) -> dict[Position, str]:
    """Return the texts of the cells that are not blank; a formula counts with its text, for we write none."""
    found = ((where, _cell_text(cell, shared)) for where, cell in cells(located(package.part(part), part, _DEEP)))
    return {where: text for where, text in found if text}


def cells(root: Node) -> Iterator[tuple[Position, Node]]:
    """Yield the cells of a worksheet with their places, told or counted."""
    body, row = root.child("sheetData"), 0
    for line in body.all("row") if body else ():
        row = int(line.get("r")) if line.get("r").isdecimal() else row + 1
        column = 0
        for cell in line.all("c"):
            column = position(cell.get("r"))[1] or column + 1
            yield (row, column), cell


def first_text(package: Package, part: str, shared: list[str]) -> str:
    """Return the text of A1 alone: most sheets are not ours, and need not be read to see that."""
    data = package.part(part)
    first = _FIRST_CELL.search(data)
    end = data.find(b"</" + first[1] + b"c>", first.end()) if first else -1
    if first is None or end < 0 or data.startswith(b"/>", tag_end(data, first.start()) - 2):
        return ""
    cell = located_before(data[first.start() : end] + b"</" + first[1] + b"c>", part, _DEEP)
    return _cell_text(cell, shared) if position(cell.get("r", "A1")) == (1, 1) else ""


def shared_texts(package: Package) -> list[str]:
    """Return the shared strings of the workbook."""
    part = package.shared_strings_part
    return [spoken(item) for item in package.tree(part, _DEEP).all("si")] if part else []


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
