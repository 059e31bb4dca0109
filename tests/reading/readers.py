"""A workbook read by either reader, and by both."""

from collections.abc import Sequence

from zaitaku_xl.cells import Cell, Grid
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.ooxml.opc import Package

COLUMNS = (3, 1, 16_384, 2, 28)


def read(data: bytes, fast: bool = True) -> tuple[Grid, ...] | str:
    """Return the sheets, or the words of the refusal."""
    try:
        return reading.grids(Package.opened(data), lambda _: True, fast)
    except Unreadable as error:
        return str(error)


def both(data: bytes) -> tuple[Grid, ...] | str:
    """Return what both readers say."""
    exact, fast = read(data, fast=False), read(data)
    assert fast == exact
    if isinstance(exact, str) or isinstance(fast, str):
        return exact
    assert list(map(by_column, fast)) == list(map(by_column, exact))
    assert list(map(words, fast)) == list(map(words, exact))
    return exact


def by_column(grid: Grid) -> list[Sequence[Cell | None]]:
    return [list(cells) for cells in grid.columns(sorted(grid.rows), COLUMNS)]


def words(grid: Grid) -> dict[int, list[str]]:
    return {row: sorted(grid.words(row)) for row in grid.rows}


def only(data: bytes) -> Grid:
    found = both(data)
    assert not isinstance(found, str), found
    return found[0]
