"""Two other programs on a package before and while it is marked: what the Open XML SDK minds anew, and what Gnumeric shows."""

import csv
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from tests import tools

SECONDS = 120
Cells = dict[tuple[int, int], str]


class NoAnswer(Exception):
    """The program could not read the file before we came either."""


def new_errors(before: bytes, after: bytes) -> list[str]:
    """Return what the Open XML SDK minds of *after* and did not mind of *before*; numbers are left out."""
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        found = []
        for name, data in (("before.xlsx", before), ("after.xlsx", after)):
            path = Path(room) / name
            path.write_bytes(data)
            try:
                found.append(Counter(re.sub(r"\d+", "#", error) for error in tools.validate(path)))
            except (RuntimeError, ValueError, subprocess.TimeoutExpired) as error:
                if not found:
                    raise NoAnswer from error
                return [f"it can no longer be opened: {str(error)[:120]}"]
    return list((found[1] - found[0]).elements())


def other_cells(before: bytes, after: bytes) -> list[str]:
    """Return the sheets that Gnumeric shows with other cells than before, each sheet as its CSV."""
    sheets = []
    for data in (before, after):
        try:
            sheets.append(_as_lists(data))
        except (subprocess.SubprocessError, OSError) as error:
            if not sheets:
                raise NoAnswer from error
            return [f"it can no longer be opened: {str(error)[:120]}"]
    old, new = sheets
    if not old:
        raise NoAnswer
    return [f"{name} is another" for name, cells in old.items() if new.get(name) != cells]


def _as_lists(data: bytes) -> dict[str, Cells]:
    """Return the cells of each sheet by its name, as Gnumeric shows them."""
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        path = Path(room) / "book.xlsx"
        path.write_bytes(data)
        command = [tools.needs("ssconvert"), "-S", str(path), str(Path(room) / "sheet-%s.csv")]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return {made.stem: _cells(made) for made in Path(room).glob("sheet-*.csv")}


def _cells(path: Path) -> Cells:
    """The cells as they stand to each other: a list begins and ends where the first and the last cell, format or note lies."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = enumerate(csv.reader(file))
        cells = {(row, column): text for row, cells in rows for column, text in enumerate(cells) if text}
    top, left = (min((place[side] for place in cells), default=0) for side in (0, 1))
    return {(row - top, column - left): text for (row, column), text in cells.items()}
