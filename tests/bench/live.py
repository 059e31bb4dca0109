"""python -m tests.bench.live: 点検 on an open workbook beside a plain xlwings script, and the formulas in process.

The plain script does the same to the same 620-row, 7-sheet month as scripts usually do it: it reads every cell, colours
every cell and writes every line of the list one cell at a time. It judges by our own check, so that only the way the
workbook is spoken to differs. Both speak to the same LibreOffice through the same engine; a cell read alone costs some
nine calls there, in Excel three or four, and a block hardly more in both.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import xlwings as xw

from tests.bench.month import workbook

ROUNDS = 3
Rows = list[tuple[object, ...]]


def ours(book: xw.Book) -> None:
    from zaitaku_xl.hosts.live.book import LiveBook
    from zaitaku_xl.jobs import live

    live.check_book(LiveBook(book))


def plain(book: xw.Book) -> None:
    from zaitaku_xl.book.read import read_log
    from zaitaku_xl.check import check
    from zaitaku_xl.hosts.live.values import grid_of
    from zaitaku_xl.law import load_law
    from zaitaku_xl.sheets.marks import marks
    from zaitaku_xl.sheets.result_sheet import result_sheet

    grids = [grid_of(sheet.name, _cell_by_cell(sheet)) for sheet in book.sheets]
    report = check(read_log(grids), load_law())
    for mark in marks(report):
        cell = book.sheets[mark.sheet].range((mark.row, mark.column))
        cell.color = f"#{mark.colour}"
        cell.add_note(mark.note)
    sheet = book.sheets.add("点検結果", after=book.sheets[-1])
    for number, row in enumerate(result_sheet(report).rows, 1):
        for column, made in enumerate(row, 1):
            if made is not None:
                cell = sheet.range((number, column))
                cell.value = f"'{made.value}"
                cell.font.bold, cell.font.size, cell.wrap_text = made.style.bold, made.style.size, made.style.wrap
                cell.font.color, cell.horizontal_alignment = f"#{made.style.colour}", made.style.align
                if made.style.fill:
                    cell.color = f"#{made.style.fill}"
                if made.style.border:
                    cell.borders.set("outside", line_style="continuous", weight="thin", color="#999999")
                if made.link:
                    cell.add_hyperlink(f"#'{made.link[0]}'!A1", str(made.value), "")


def _cell_by_cell(sheet: xw.Sheet) -> Rows:
    end = sheet.used_range.last_cell
    return [
        tuple(sheet.range((row, column)).value for column in range(1, end.column + 1)) for row in range(1, end.row + 1)
    ]


def clicks() -> None:
    from tests import engine

    app = engine.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "month.xlsx"
            path.write_bytes(workbook())
            seconds: dict[str, list[float]] = {"ours": [], "plain": []}
            for method, rounds in ((ours, ROUNDS), (plain, 1), (ours, ROUNDS)):
                for _ in range(rounds):
                    book = app.books.open(path)
                    started = _spent(app.pid)
                    method(book)
                    seconds[method.__name__].append(_spent(app.pid) - started)
                    noted = len(list(book.sheets["日報"].notes))
                    book.close()
                print(f"{method.__name__:6} {median(seconds[method.__name__]):8.2f} s  {noted} notes on 日報")
            print(f"ratio  {median(seconds['plain']) / median(seconds['ours']):8.1f} x faster")
    finally:
        app.quit()


def _spent(pid: int) -> float:
    """Seconds of processor that LibreOffice and this process have used: the same however busy the machine is."""
    words = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK") + process_time()


def formulas() -> None:
    from tests.test_formulas import as_excel_gives_it
    from zaitaku_xl.entry import udfs
    from zaitaku_xl.hosts.closed_book import ClosedBook
    from zaitaku_xl.jobs import formulas as job
    from zaitaku_xl.jobs.opening import grids_of

    grids = grids_of(ClosedBook(Path("month.xlsx"), workbook()))
    fresh = [
        [as_excel_gives_it(grid) for grid in grids] for _ in range(5)
    ]  # every call gets values of its own, as in Excel
    rows = [row for row in next(grid for grid in fresh[0] if len(grid) > 600) if row[3] in ("在宅", "通所")]
    udfs.ZAITAKU_VERDICTS(*fresh[0])  # the law is read once a process

    def verdicts() -> object:
        job._memo = job.Memo(job._judge)
        return len(udfs.ZAITAKU_VERDICTS(*fresh[1]))

    def billable() -> object:
        return Counter(udfs.ZAITAKU_BILLABLE(row[0], row[1], *fresh[n % 5]) for n, row in enumerate(rows))

    for name, call in (("VERDICTS, judged anew", verdicts), (f"{len(rows)} BILLABLE", billable)):
        print(f"{name:22} {_cpu(call) * 1000:8.1f} ms")


def _cpu(call: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        started = process_time()
        call()
        times.append(process_time() - started)
    return median(times)


if __name__ == "__main__":
    formulas()
    if "formulas" not in sys.argv:
        clicks()
