"""What the office wrote beside the lines of 点検結果, carried from the lists that are there to the findings of now.

A finding is known by its rule, client, date or period and field; one without a date by its words as well. The number
of each stands below the list, in the order of its lines, with a + where the office has ever written beside it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from zaitaku_xl.book import values
from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.book.values import Context
from zaitaku_xl.cells import Cell, Grid, Kind, serial_day
from zaitaku_xl.finding import HEADINGS, Finding
from zaitaku_xl.made import KEY, LIST, OF_THE_OFFICE
from zaitaku_xl.report import Jotting, Jottings, Line, Report, Telling, telling

_TOLD = HEADINGS[1 : -len(OF_THE_OFFICE)]
_WRITTEN = "+"
_AT_ONCE = 3_000  # numbers in a cell
_NOT_YET = ("未", "まだ", "要", "?", "確認中", "保留", "あとで", "後で")
_NO_CELLS = ("",) * len(_TOLD)
_UNCALCULATED = "（計算されていない数式）"


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderList:
    """A list of ours as it is found; ``stays``: a person edited it, so it is not made anew."""

    generation: int
    stays: bool
    grid: Grid


def number_of(finding: Finding, report: Report) -> str:
    """Return what the finding is known by the next time."""
    return _number(finding) + (_WRITTEN if telling(finding) in report.jottings.beside else "")


def key_of(generation: int, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return what stands below a list: which of the lists it is, and the numbers of its lines."""
    told = list(numbers)
    cells = (" ".join(told[at : at + _AT_ONCE]) for at in range(0, len(told), _AT_ONCE))
    return (LIST, str(generation), *list(cells)[: len(_TOLD) - 2])


def generation_of(key: Sequence[str]) -> int:
    return int(key[1]) if len(key) > 1 and key[1].isdecimal() else 0


def jottings_for(report: Report, lists: Sequence[OlderList]) -> Jottings:
    """Return what of these lists, the newest first, stands beside which finding of the report, and what beside none."""
    beside: dict[Telling, Jotting] = {}
    left: dict[Line, None] = {}
    for place, each in enumerate(lists):
        lines = _lines(each.grid)
        for line, finding in _paired(lines, report.findings):
            lines.remove(line)
            if line.jotting or line.number.endswith(_WRITTEN):
                beside.setdefault(telling(finding), line.jotting)
        if place == 0 or not each.stays:  # what an older one still says stays where it is
            left |= dict.fromkeys(line for line in lines if line.jotting)
    return Jottings(beside, tuple(left))


def confirms(cell: Cell | None) -> bool:
    """Tell whether a cell of 確認済み says so: anything but a no, or a word for not yet.

    >>> confirms(Cell(Kind.TEXT, "済")), confirms(Cell(Kind.TEXT, "×")), confirms(Cell(Kind.TEXT, "未確認"))
    (True, False, False)
    """
    words = folded(shown(cell)) if cell else ""
    if cell is None or not words or words.startswith(_NOT_YET):
        return False
    return values.flag(cell, Context(None, False)) is not False


def _paired(lines: Sequence[Line], findings: Sequence[Finding]) -> Iterator[tuple[Line, Finding]]:
    """Pair what has the same number; where several have, what says the same."""
    by_number: dict[str, list[Line]] = {}
    for line in lines:
        by_number.setdefault(line.number.removesuffix(_WRITTEN), []).append(line)
    known: dict[str, list[Finding]] = {}
    for finding in findings:
        known.setdefault(_number(finding), []).append(finding)
    for number, its in by_number.items():
        now = known.get(number, [])
        if len(its) == len(now) == 1:
            yield its[0], now[0]
        else:
            yield from _alike(its, now)


def _alike(lines: list[Line], findings: Iterable[Finding]) -> Iterator[tuple[Line, Finding]]:
    left = list(lines)
    for finding in findings:
        same = next((line for line in left if line.cells[_TOLD.index("内容")] == finding.message), None)
        if same is not None:
            left.remove(same)
            yield same, finding


def _number(finding: Finding) -> str:
    said = (finding.rule, finding.client or "", finding.when, finding.field or "")
    told = "\0".join(said if finding.when else (*said, finding.message))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:8]


# ---- a list as it is found


def _lines(grid: Grid) -> list[Line]:
    """Return each line of a list, and each row into which the office wrote."""
    top = _heading_row(grid)
    if top is None:
        return []
    at = {str(cell.value): column for column, cell in grid.rows[top].items()}
    numbers = _numbers(grid)
    return list(filter(None, (_line(grid, row, at, numbers) for row in sorted(grid.rows) if row > top)))


def _heading_row(grid: Grid) -> int | None:
    wanted = set(OF_THE_OFFICE)
    return next((row for row in sorted(grid.rows) if wanted <= set(grid.words(row))), None)


def _line(grid: Grid, row: int, at: dict[str, int], numbers: Sequence[str]) -> Line | None:
    cells = grid.rows[row]
    ticked, words = (cells.get(at[heading]) for heading in OF_THE_OFFICE)
    jotting = Jotting(_words(ticked, grid), _words(words, grid), confirms(ticked))
    first = cells.get(at.get("No.", 0))
    counted = first is not None and first.kind is Kind.NUMBER
    if not counted:
        return Line("", _NO_CELLS, jotting) if jotting else None
    place = int(first.value) - 1 if first else -1
    number = numbers[place] if 0 <= place < len(numbers) else ""
    return Line(number, tuple(_words(cells.get(at.get(heading, 0)), grid) for heading in _TOLD), jotting)


def _words(cell: Cell | None, grid: Grid) -> str:
    """A cell of the list as the person saw it; a box that is not ticked says nothing."""
    if cell is None or cell.value is False:
        return ""
    if cell.kind is Kind.UNCALCULATED:
        return _UNCALCULATED
    if cell.kind is Kind.DATE:
        day = serial_day(float(cell.value), grid.date1904)
        return f"{day.year}/{day.month}/{day.day}" if day else shown(cell)
    return shown(cell).strip()


def _numbers(grid: Grid) -> list[str]:
    keys = [row for row in sorted(grid.rows) if (cell := grid.rows[row].get(1)) and cell.value == KEY]
    told = [shown(cell) for column, cell in sorted(grid.rows[keys[-1]].items()) if column >= 4] if keys else []
    return list(chain.from_iterable(map(str.split, told)))
