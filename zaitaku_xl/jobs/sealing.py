"""A sealed workbook looked at again: is it still what was checked?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl import time_limit
from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Grid
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.jobs.opening import grids_of, opened, stored
from zaitaku_xl.sheets import result_sheet, seal


@dataclass(frozen=True, slots=True)
class Verified:
    """What a seal says: how and under which texts it was made, whether it is whole, which cells changed since."""

    law: str
    program: str
    scheme: int
    digest: str
    whole: bool
    changed: tuple[str, ...]
    rows: Mapping[int, seal.Rows]  # of the workbook as it is now, by scheme

    @property
    def by_an_older_version(self) -> bool:
        return self.scheme < seal.SCHEME


def verify_file(path: Path) -> Verified:
    """Compare a sealed workbook with its seal; raises Unreadable where there is none."""
    with time_limit.within():
        return _verified(path)


def _verified(path: Path) -> Verified:
    book = opened(path)
    ours = {folded(seal.SHEET), folded(result_sheet.SHEET)}
    made = {folded(grid.name): grid for grid in book.grids(lambda name: folded(name) in ours)}
    grid = made.get(folded(seal.SHEET))
    there = seal.read_seal(grid) if grid else None
    if there is None:
        raise Unreadable("点検時の控えがありません。--seal を付けて点検したコピーを指定してください。")
    if there.scheme > seal.SCHEME:
        raise Unreadable("新しい版で控えを入れたものです。新しい zaitaku-xl で確かめてください。")
    rows = {1: seal.rows_of_scheme_1(grids_of(book)), seal.SCHEME: stored(book)}
    return Verified(
        law=there.law,
        program=there.program,
        scheme=there.scheme,
        digest=there.digest,
        whole=there.scheme > 0 and _told(made.get(folded(result_sheet.SHEET))) == there.words,
        changed=tuple(seal.changed(there.rows, rows.get(there.scheme, {}))),
        rows=rows,
    )


def _told(grid: Grid | None) -> str | None:
    """The line of the seal on the result sheet."""
    values = (row[1].value for _, row in sorted(grid.rows.items()) if 1 in row) if grid else ()
    return next((str(value) for value in values if str(value).startswith(seal.SAYS)), None)
