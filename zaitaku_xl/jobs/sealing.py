"""A sealed workbook looked at again: is it still what was checked?"""

from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Grid
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.jobs.opening import grids_of, opened
from zaitaku_xl.sheets import result_sheet, seal


@dataclass(frozen=True, slots=True)
class Verified:
    """What a seal says: under which texts it was made, whether it is whole, which cells changed since."""

    law: str
    program: str
    whole: bool
    changed: tuple[str, ...]


def verify_file(path: Path) -> Verified:
    """Compare a sealed workbook with its seal; raises Unreadable where there is none."""
    book = opened(path)
    ours = {folded(seal.SHEET), folded(result_sheet.SHEET)}
    made = {folded(grid.name): grid for grid in book.grids(lambda name: folded(name) in ours)}
    grid = made.get(folded(seal.SHEET))
    found = seal.read_seal(grid) if grid else None
    if found is None:
        raise Unreadable("封がありません。check --seal --out DIR で作った写しを指定してください。")
    told = _told(made.get(folded(result_sheet.SHEET)))
    changed = seal.changed(found.rows, seal.sealed_rows(grids_of(book)))
    return Verified(found.law, found.program, told == found.words, tuple(changed))


def _told(grid: Grid | None) -> str | None:
    """The line of the seal on the result sheet."""
    values = (row[1].value for _, row in sorted(grid.rows.items()) if 1 in row) if grid else ()
    return next((str(value) for value in values if str(value).startswith(seal.SAYS)), None)
