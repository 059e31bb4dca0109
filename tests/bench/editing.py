"""python -m tests.bench.editing: colour, note and new sheet by us, openpyxl and wolfxl: milliseconds and parts kept.

The same 120 cells are coloured, 60 of them annotated and a sheet of 60 rows is added to a month of 620 rows (7 sheets);
and a few of each to the kitchen workbook, which has every feature we know. Methods take turns; medians are compared.
A part is kept if its bytes are what they were before.
"""

import io
import sys
import warnings
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.month import workbook
from tests.books.kitchen import kitchen
from zaitaku_xl.a1 import address
from zaitaku_xl.hosts.marking import marked
from zaitaku_xl.made import MadeCell, MadeSheet, Mark
from zaitaku_xl.ooxml import opc
from zaitaku_xl.plan import Plan

ROUNDS = 9
RED = "F8CBCB"
NOTE = "【在宅点検】D01 支援の連絡が1回です（2回必要）\n行った支援は時刻と内容を追記してください。"
Cells = list[tuple[int, int]]
Method = Callable[[bytes, Cells, int, int], bytes]


def _rows(count: int) -> list[list[str]]:
    return [["【在宅点検】点検結果", ""], *([f"利用者{n}", "支援の連絡が1回です"] for n in range(count))]


def ours(data: bytes, cells: Cells, notes: int, rows: int) -> bytes:
    opc._opened.cache_clear()  # every round opens the file anew
    marks = [Mark("日報", *cell, f"D0{n % 6}", RED, NOTE if n < notes else "") for n, cell in enumerate(cells)]
    made = tuple(tuple(MadeCell(words) for words in row) for row in _rows(rows))
    return marked(
        data, Plan.of_marks(marks, [MadeSheet(name="点検結果", rows=made, widths=(20, 40), heading_row=1)])
    ).data


def by_openpyxl(data: bytes, cells: Cells, notes: int, rows: int) -> bytes:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=True, rich_text=True)
    for n, (row, column) in enumerate(cells):
        cell = book["日報"].cell(row, column)
        cell.fill = PatternFill("solid", fgColor=RED)
        if n < notes:
            cell.comment = Comment(NOTE, "点検")
    page = book.create_sheet("点検結果")
    for row_of_words in _rows(rows):
        page.append(row_of_words)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def by_wolfxl(data: bytes, cells: Cells, notes: int, rows: int) -> bytes:
    import wolfxl
    from wolfxl.comments import Comment
    from wolfxl.styles import PatternFill

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsm"
        path.write_bytes(data)
        book = wolfxl.load_workbook(str(path), modify=True)
        sheet = book["日報"]
        for n, (row, column) in enumerate(cells):
            cell = sheet[address(row, column)]
            cell.fill = PatternFill(patternType="solid", fgColor=RED)
            if n < notes:
                cell.comment = Comment(NOTE, "点検")
        page = book.create_sheet("点検結果")
        for number, words in enumerate(_rows(rows), 1):
            for column, word in enumerate(words, 1):
                page[address(number, column)] = word
        book.save(str(path))
        return path.read_bytes()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def kept(before: bytes, after: bytes) -> tuple[int, int, int]:
    """Return how many parts are as they were, how many are gone, and how many there were."""
    old, new = parts(before), parts(after)
    return sum(new.get(name) == data for name, data in old.items()), len(old.keys() - new.keys()), len(old)


def main() -> int:
    methods: dict[str, Method] = {"ours": ours, "openpyxl": by_openpyxl}
    if find_spec("wolfxl"):
        methods["wolfxl"] = by_wolfxl
    else:
        print("wolfxl is not installed: left out")
    faster = 0.0
    month = [(row, column) for row in range(2, 62) for column in (2, 19)]
    for title, data, cells, notes, rows in (
        ("month, 620 rows, 7 sheets: 120 colours, 60 notes, a sheet of 60 rows", workbook(), month, 60, 60),
        ("kitchen, every feature: 6 colours, 4 notes, a sheet of 10 rows", kitchen(), month[:6], 4, 10),
    ):
        times: dict[str, list[float]] = {name: [] for name in methods}
        results: dict[str, bytes | str] = {}
        for _ in range(ROUNDS):
            for name, method in methods.items():
                started = perf_counter()
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        results[name] = method(data, cells, notes, rows)
                except Exception as error:  # noqa: BLE001 - a library that fails is shown as one that fails
                    results[name] = f"{type(error).__name__}: {error}"
                times[name].append(perf_counter() - started)
        print(title)
        for name, result in results.items():
            spent = median(times[name])
            if isinstance(result, str):
                print(f"  {name:9} failed: {result}")
                continue
            same, gone, before = kept(data, result)
            ratio = spent / median(times["ours"])
            print(
                f"  {name:9}{spent * 1000:9.1f} ms {ratio:6.1f} x ours   parts as they were {same:3} of {before} ({same / before:4.0%}), gone {gone}"
            )
        faster = faster or median(times["openpyxl"]) / median(times["ours"])
    return 0 if faster >= 10 else 1


if __name__ == "__main__":
    sys.exit(main())
