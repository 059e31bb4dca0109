"""Results as a pandas frame, for people who analyse."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zaitaku_xl.batch.files import find_files, with_targets
from zaitaku_xl.batch.running import run
from zaitaku_xl.batch.tables import HEADS, rows_of
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.frames import frame
from zaitaku_xl.jobs import Asked, claims_of, months_of, town_id

if TYPE_CHECKING:
    import pandas as pd


def check_files(
    paths: str | Path | Sequence[str | Path],
    table: str = "days",
    *,
    month: str | None = None,
    city: str | None = None,
    jobs: int = 1,
    j611: Sequence[str | Path] = (),
) -> "pd.DataFrame":
    """Judge files, folders and patterns and return a frame: a row a client's day, or another *table*.

    *table* is days, findings, clients or files. A file that could not be judged has one row, with its status and
    reason. Nothing is written.
    """
    if table not in HEADS:
        raise WrongUse(f"table は {'、'.join(HEADS)} のどれかです（{table}）。")
    asked = Asked(
        months_of([month]) if month else None,
        town_id(city) if city else None,
        claims_of(*map(Path, j611)) if j611 else None,
    )
    named = [paths] if isinstance(paths, (str, Path)) else paths
    files = with_targets(find_files([str(path) for path in named]), None, in_place=False)
    with run(files, asked, jobs) as done:
        return frame(HEADS[table], (row for result in done.results(whole=True) for row in rows_of(table, result)))
