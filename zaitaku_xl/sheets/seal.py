"""封: a digest of the judged cells, so that anybody can see whether a value changed after the check. It proves no truth.

Of each row a digest is kept and of each cell in it one letter: a change is known for certain by the row, and its place
is told by the letters.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import zip_longest
from zlib import crc32

from zaitaku_xl.a1 import address
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.made import GREY, MadeCell, MadeRow, MadeSheet, Style
from zaitaku_xl.sheets.marks import PREFIX

SHEET = "点検の封"
SAYS = "封: "  # begins the line on the result sheet
PROVES_NOTHING = "値が点検のあとに変わっていないことだけを示します。記録が事実であることは証明しません。"
_HEADINGS = ("シート", "行", "行と各セルの印")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BLANK = "."
_TITLE, _SMALL = Style(bold=True, size=14), Style(size=9, colour="555555")
_HEAD = Style(bold=True, fill="E7ECF2", edges=GREY, align="center")
_BODY, _FINE = Style(edges=GREY), Style(edges=GREY, size=8, wrap=True, colour="555555")

Place = tuple[str, int]  # sheet and row
Rows = Mapping[Place, str]


@dataclass(frozen=True, slots=True)
class Seal:
    """What the judged cells were, under which texts and by which program."""

    law: str
    program: str
    rows: Rows

    @property
    def digest(self) -> str:
        made = sha256(f"{self.law}\n{self.program}\n".encode())
        for (sheet, row), text in self.rows.items():
            made.update(f"{sheet}\t{row}\t{text}\n".encode())
        return made.hexdigest()

    @property
    def words(self) -> str:
        """The line for the result sheet."""
        return f"{SAYS}{self.digest}（本文 {self.law}、zaitaku-xl {self.program}）"


def sealed_rows(grids: Iterable[Grid]) -> dict[Place, str]:
    """Return the text of every row that holds anything, in the order of the sheets."""
    return {(grid.name, row): _row(grid.rows[row]) for grid in grids for row in sorted(grid.rows) if grid.rows[row]}


def _row(cells: Mapping[int, Cell]) -> str:
    values = {column: _value(cell) for column, cell in sorted(cells.items())}
    whole = blake2b("\x1f".join(f"{column}={value}" for column, value in values.items()).encode(), digest_size=8)
    letters = (_letter(values[column]) if column in values else _BLANK for column in range(1, max(values) + 1))
    return f"{whole.hexdigest()}:{''.join(letters)}"


def _value(cell: Cell) -> str:
    """A number is the same number under any format: how a cell looks is not what it says."""
    kind = Kind.NUMBER if cell.kind is Kind.DATE else cell.kind
    value = float(cell.value) + 0 if kind is Kind.NUMBER else cell.value
    return f"{kind.value}:{value}"


def _letter(value: str) -> str:
    return _LETTERS[crc32(value.encode()) & 63]


def shifted(row: str, by: bytes, whole: Callable[[str], str]) -> str:
    """Return the text of a row with its digest put otherwise and each letter moved on *by* a byte of its column."""
    digest, _, letters = row.partition(":")
    moved = (_moved(letter, by[column % len(by)]) for column, letter in enumerate(letters))
    return f"{whole(digest)}:{''.join(moved)}"


def _moved(letter: str, by: int) -> str:
    return letter if letter == _BLANK else _LETTERS[(_LETTERS.index(letter) + by) & 63]


def changed(before: Rows, after: Rows) -> list[str]:
    """Name what differs, in sheet order: the cells, or the row where no letter tells which."""
    places = [*after, *(place for place in before if place not in after)]
    order = {sheet: n for n, sheet in enumerate(dict.fromkeys(sheet for sheet, _ in places))}
    places.sort(key=lambda place: (order[place[0]], place[1]))
    return [
        said for place in places if before.get(place) != after.get(place) for said in _differing(place, before, after)
    ]


def _differing(place: Place, before: Rows, after: Rows) -> Iterator[str]:
    sheet, row = place
    pairs = zip_longest(*(rows.get(place, ":").partition(":")[2] for rows in (before, after)), fillvalue=_BLANK)
    columns = [column for column, (old, new) in enumerate(pairs, 1) if old != new]
    yield from (f"{sheet}!{address(row, column)}" for column in columns)
    if not columns:
        yield f"{sheet}の{row}行目"


# ---- the sheet


def seal_sheet(seal: Seal) -> MadeSheet:
    """Return the sheet that lets each changed cell be named."""
    top: list[MadeRow] = [
        (MadeCell(f"{PREFIX}{SHEET}", _TITLE),),
        (MadeCell(seal.words, _SMALL),),
        (MadeCell(f"{PROVES_NOTHING}「zaitaku-xl verify ファイル」で確かめます。", _SMALL),),
        (MadeCell(seal.law, _SMALL), None, MadeCell(seal.program, _SMALL)),
        (),
        tuple(MadeCell(heading, _HEAD) for heading in _HEADINGS),
    ]
    body = [
        (MadeCell(sheet, _BODY), MadeCell(row, _BODY), MadeCell(text, _FINE))
        for (sheet, row), text in seal.rows.items()
    ]
    return MadeSheet(name=SHEET, rows=(*top, *body), widths=(16, 8, 100), heading_row=len(top))


def read_seal(grid: Grid) -> Seal | None:
    """Return the seal as the sheet has it; None where it is no longer whole."""
    lines = [{column: cell.value for column, cell in grid.rows[row].items()} for row in sorted(grid.rows)]
    heading = next((n for n, line in enumerate(lines) if tuple(line.get(c) for c in (1, 2, 3)) == _HEADINGS), 0)
    if heading < 2:
        return None
    versions = lines[heading - 1]
    rows = {
        (str(line[1]), int(line[2])): str(line[3])
        for line in lines[heading + 1 :]
        if isinstance(line.get(2), float) and line.keys() >= {1, 2, 3}
    }
    return Seal(str(versions.get(1)), str(versions.get(3)), rows)
