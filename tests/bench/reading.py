"""python -m tests.bench.reading [FILES]: files per second, every sheet of every file, ours beside other readers.

200 files of 620 rows and 6 further sheets, and a mixed set in which one in ten holds an error cell or a formula
without a stored value. No two files are alike (see returned.py): strings in an order of their own, other times of day
and words, every sheet and the workbook's window left in another state; what stays is what one template gives. The
readers take turns after every 20 files in one process, and its processor time counts, so that a busy machine is fair to all.
"""

import gc
import io
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any
from xml.parsers import expat

from tests.bench.month import workbook
from tests.bench.returned import returned, zipped
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.ooxml.opc import Package

FILES, BATCH, COLUMNS = 200, 20, 45
FEW = 32  # cells that tell a check whether a column has a text of its own in each
_TEXT = Kind.TEXT
ODD = ('<c r="A{row}" t="e"><v>#N/A</v></c>', '<c r="A{row}"><f>1+1</f></c>')


def ours(path: Path, fast: bool = True) -> Counter[str]:
    grids = reading.grids(Package.opened(path.read_bytes()), lambda _: True, fast)
    return Counter(cell.kind.value for grid in grids for cells in grid.rows.values() for cell in cells.values())


def _ours(path: Path, fast: bool = True) -> None:
    for grid in reading.grids(Package.opened(path.read_bytes()), lambda _: True, fast):
        for cells in grid.columns(list(grid.rows), range(1, COLUMNS + 1)):  # as a check asks for them
            if any(cells) and (len(set(cells[:FEW])) <= FEW // 2 or _texts(cells) is None):
                set(cells)


def _texts(cells: Sequence[Cell | None]) -> list[Any] | None:
    words = [cell[1] if cell else "" for cell in cells if cell is None or cell[0] is _TEXT]
    return words if len(words) == len(cells) else None


def _exact(path: Path) -> None:
    _ours(path, fast=False)


def _openpyxl(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def _pandas(path: Path) -> None:
    import pandas as pd

    pd.read_excel(path, sheet_name=None, header=None, engine="calamine")


def _calamine(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _floor(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "worksheets/sheet" in name or "sharedStrings" in name:
                expat.ParserCreate().Parse(archive.read(name), True)


READERS: dict[str, Callable[[Path], None]] = {
    "ours": _ours,
    "ours, exact reader alone": _exact,
    "openpyxl read-only": _openpyxl,
    "pandas + calamine": _pandas,
    "python-calamine": _calamine,
    "unzip + expat, no handlers": _floor,
}


def odd(data: bytes, number: int) -> bytes:
    """Return the workbook with one odd cell in the middle of its log."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    log = parts["xl/worksheets/sheet4.xml"]
    start = log.index(b'<c r="A300"')
    cell = ODD[number % 2].format(row=300).encode()
    parts["xl/worksheets/sheet4.xml"] = log[:start] + cell + log[log.index(b"</c>", start) + 4 :]
    return zipped(parts)


def measured(files: list[Path]) -> dict[str, float]:
    """Return files per second of processor time by reader."""
    spent: Counter[str] = Counter()
    for reader in READERS.values():
        reader(files[0])
    gc.collect()
    gc.freeze()  # what the libraries brought along is nobody's work
    gc.disable()  # it rests in a check of a file; between two turns it is called
    for start in range(0, len(files), BATCH):
        for name, reader in READERS.items():
            started = process_time()
            for path in files[start : start + BATCH]:
                reader(path)
            spent[name] += process_time() - started  # type: ignore[assignment]
            gc.collect()
    gc.enable()
    return {name: len(files) / seconds for name, seconds in spent.items()}


def main(count: int) -> int:
    month = workbook()
    with tempfile.TemporaryDirectory() as folder:
        harmless, mixed = [], []
        for number in range(count):
            data = returned(month, number)
            harmless.append(Path(folder) / f"{number}.xlsx")
            harmless[-1].write_bytes(data)
            mixed.append(harmless[-1] if number % 10 else Path(folder) / f"{number}-odd.xlsx")
            if not number % 10:
                mixed[-1].write_bytes(odd(data, number // 10))
        results = {"harmless": measured(harmless), "mixed": measured(mixed)}
        kinds = sum((ours(path) for path in mixed), Counter())
        alike = all(ours(path) == ours(path, fast=False) for path in mixed[:20])
    print(f"{count} files of {len(month) / 1024:.0f} kB, 7 sheets, 620 rows: files per second, and times openpyxl")
    for name in READERS:
        rates = [(rate[name], rate[name] / rate["openpyxl read-only"]) for rate in results.values()]
        print(f"{name:28}" + "".join(f"{rate:10.1f} {times:6.1f} x" for rate, times in rates))
    print("kinds in the mixed set:", dict(kinds), "- both readers alike:", alike)
    return 0 if alike and kinds["error"] and kinds["uncalculated"] else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else FILES))
