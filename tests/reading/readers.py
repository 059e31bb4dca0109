"""A workbook read by either reader, and by both."""

from zaitaku_xl.cells import Cell, Grid, in_columns
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.ooxml.opc import Package


def read(data: bytes, fast: bool = True) -> tuple[Grid, ...] | str:
    """Return the sheets, or the words of the refusal."""
    try:
        return reading.grids(Package.opened(data), lambda _: True, fast)
    except Unreadable as error:
        return str(error)


def both(data: bytes) -> tuple[Grid, ...] | str:
    exact, fast = read(data, fast=False), read(data)
    assert fast == exact
    if not isinstance(fast, str):
        assert [by_column(grid) for grid in fast] == [by_column(grid) for grid in exact if isinstance(grid, Grid)]
    return exact


def by_column(grid: Grid) -> list[list[Cell | None]]:
    return [strip.cells() for strip in in_columns(grid, sorted(grid.rows), (3, 1, 16_384, 2, 28))]


def only(data: bytes) -> Grid:
    found = both(data)
    assert not isinstance(found, str), found
    return found[0]
