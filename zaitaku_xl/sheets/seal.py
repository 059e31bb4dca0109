"""封: a digest of the judged cells, so that anybody can see whether one changed after the check. It proves no truth.

Scheme 2, in use: each cell as the book stores and shows it. Its kind; its value, a date by the date system of the book;
the formula behind it. Scheme 1, of version 0.1, had the bare numbers and no formulas; it is still read.

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
SCHEME = 2
PROVES_NOTHING = "値と数式が点検のあとに変わっていないことだけを示します。記録が事実であることは証明しません。"
_SCHEME_WORD = "方式"
_HEADINGS = ("シート", "行", "行と各セルの印")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BLANK = "."
_TITLE, _SMALL = Style(bold=True, size=14), Style(size=9, colour="555555")
_HEAD = Style(bold=True, fill="E7ECF2", edges=GREY, align="center")
_BODY, _FINE = Style(edges=GREY), Style(edges=GREY, size=8, wrap=True, colour="555555")

_BETWEEN = 1462  # days from one date system to the other

Place = tuple[str, int]  # sheet and row
Rows = Mapping[Place, str]
Formulas = Mapping[str, Mapping[tuple[int, int], str]]  # by sheet, row and column
_NO_FORMULAS: Mapping[tuple[int, int], str] = {}


@dataclass(frozen=True, slots=True)
class Seal:
    """What the judged cells were, under which texts and by which program."""

    law: str
    program: str
    rows: Rows
    scheme: int = SCHEME

    @property
    def digest(self) -> str:
        named = "" if self.scheme == 1 else f"{_SCHEME_WORD}{self.scheme}\n"
        made = sha256(f"{named}{self.law}\n{self.program}\n".encode())
        for (sheet, row), text in self.rows.items():
            made.update(f"{sheet}\t{row}\t{text}\n".encode())
        return made.hexdigest()

    @property
    def words(self) -> str:
        """The line for the result sheet."""
        named = "" if self.scheme == 1 else f"{_SCHEME_WORD}{self.scheme}、"
        return f"{SAYS}{self.digest}（{named}本文 {self.law}、zaitaku-xl {self.program}）"


def sealed_rows(grids: Iterable[Grid], formulas: Formulas | None = None) -> dict[Place, str]:
    """Return the text of every row that holds anything, in the order of the sheets."""
    texts: dict[Place, str] = {}
    for grid in grids:
        behind: dict[int, dict[int, str]] = {}
        for (row, column), formula in (formulas or {}).get(grid.name, _NO_FORMULAS).items():
            behind.setdefault(row, {})[column] = formula
        for row in sorted(grid.rows.keys() | behind.keys()):
            cells, its = grid.rows.get(row, {}), behind.get(row, {})
            if cells or its:
                values = {
                    n: _stored(cells.get(n), its.get(n), grid.date1904) for n in sorted(cells.keys() | its.keys())
                }
                texts[grid.name, row] = _row(values)
    return texts


def rows_of_scheme_1(grids: Iterable[Grid]) -> dict[Place, str]:
    """Return the same as version 0.1 did."""
    return {
        (grid.name, row): _row({column: _value(cell) for column, cell in sorted(cells.items())})
        for grid in grids
        for row in sorted(grid.rows)
        if (cells := grid.rows[row])
    }


def _row(values: Mapping[int, str]) -> str:
    whole = blake2b("\x1f".join(f"{column}={value}" for column, value in values.items()).encode(), digest_size=8)
    letters = (_letter(values[column]) if column in values else _BLANK for column in range(1, max(values) + 1))
    return f"{whole.hexdigest()}:{''.join(letters)}"


def _stored(cell: Cell | None, formula: str | None, date1904: bool) -> str:
    """A cell as it is stored and shown; lengths stand before words, so that none can pass for another."""
    behind = "" if formula is None else f"={len(formula)}:{formula}"
    if cell is None:
        return f"blank:{behind}"
    if cell.kind is Kind.DATE:
        return f"{cell.kind.value}:{_shown(float(cell.value), date1904)!r}{behind}"
    value = repr(float(cell.value) + 0) if cell.kind is Kind.NUMBER else str(cell.value)
    return f"{cell.kind.value}:{len(value)}:{value}{behind}"


def _shown(serial: float, date1904: bool) -> float:
    """The serial a date would have in the usual system; less than a day is a time, which both systems share."""
    return serial + _BETWEEN if date1904 and serial >= 1 else serial + 0


def _value(cell: Cell) -> str:
    """A value in scheme 1: a number is the same number under any format."""
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
        (MadeCell(seal.law, _SMALL), MadeCell(f"{_SCHEME_WORD}{seal.scheme}", _SMALL), MadeCell(seal.program, _SMALL)),
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
    named = str(versions.get(2, f"{_SCHEME_WORD}1")).removeprefix(_SCHEME_WORD)
    scheme = int(named) if named.isascii() and named.isdecimal() else 0
    return Seal(law=str(versions.get(1)), program=str(versions.get(3)), rows=rows, scheme=scheme)
