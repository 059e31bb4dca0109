"""python -m tests.bench.forms: 実績記録票 of 40 clients into their workbook, beside a plain openpyxl script; then all in one PDF.

Both read the same month from a file and write a copy with 40 sheets of the same values, lines, fonts, widths, joined areas and
page set-up; ours judges every day besides and says so on each sheet. Rounds alternate in one process, CPU time is compared.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.bench.month import workbook
from zaitaku_xl.forms.paper import weekday
from zaitaku_xl.hosts.marking import alone
from zaitaku_xl.hosts.writing.pdf import pdf_of
from zaitaku_xl.jobs import Asked
from zaitaku_xl.jobs.forms import Wanted, make_forms

CLIENTS, ROUNDS = 40, 5
MONTH = date(2026, 1, 1)
ADDITIONS = ("送迎加算", "送迎加算", "訪問支援特別加算", "食事提供体制加算", "医療連携体制加算", "体験利用支援加算", "地域協働加算",
             "緊急時受入加算", "集中的支援加算", "施設外支援")  # fmt: skip
WIDTHS = (4, 4, 8, 8, 8, 4.5, 4.5, 6, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5, 10, 19)


def ours(source: Path, target: Path) -> None:
    made = make_forms(source, Asked(), Wanted("service_record"), target)
    assert len(made.sheets) == CLIENTS


# ---- the same by openpyxl, as one writes it in an afternoon

_THIN = Side("thin", color="FF000000")
_BOX = Border(_THIN, _THIN, _THIN, _THIN)
_TOTAL = Border(_THIN, _THIN, Side("double", color="FF000000"), _THIN)
_GREY = PatternFill("solid", fgColor="FFF2F2F2")
_MIDDLE, _LEFT = Alignment("center", "center", wrap_text=True), Alignment("left", "center", wrap_text=True, indent=1)
_SMALL, _USUAL, _BOLD, _HEAD = (
    Font("Yu Gothic", size, bold=bold) for size, bold in ((8, False), (10, False), (10, True), (15, True))
)


def plain(source: Path, target: Path) -> None:
    book = openpyxl.load_workbook(source)
    clients, entries = _rows(book["利用者台帳"]), defaultdict(dict)
    office = {row["項目"]: row["値"] for row in _rows(book["設定"], "項目")}
    for row in _rows(book["日報"]):
        entries[row["氏名"]][row["日付"].day] = row
    for client in clients:
        _sheet(book.create_sheet(f"実績記録票_{client['氏名']}"), client, office, entries[client["氏名"]])
    book.save(target)


def _rows(sheet: Worksheet, heading: str = "氏名") -> list[dict[str, Any]]:
    lines = list(sheet.iter_rows(values_only=True))
    top = next(n for n, line in enumerate(lines) if heading in line)
    return [
        dict(zip(lines[top], line, strict=True))
        for line in lines[top + 1 :]
        if any(value is not None for value in line)
    ]


def _sheet(sheet: Worksheet, client: dict[str, Any], office: dict[str, Any], days: dict[int, dict[str, Any]]) -> None:
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = width
    _put(sheet, 3, 1, "令和8年1月分", _USUAL, _LEFT, None, 3, 5)
    _put(sheet, 3, 6, "就労継続支援提供実績記録票", _HEAD, _MIDDLE, None, 3, 15)
    pairs = (
        "受給者証番号",
        client["受給者証番号"],
        "支給決定障害者氏名",
        client["氏名"],
        "事業所番号",
        office["事業所番号"],
    )
    for (first, last), text in zip(((1, 4), (5, 7), (8, 10), (11, 13), (14, 15), (16, 17)), pairs, strict=True):
        _put(sheet, 5, first, text, _USUAL, _MIDDLE, _BOX, 5, last)
    for (first, last), text in zip(
        ((1, 4), (5, 10), (11, 14), (15, 17)),
        ("契約支給量", "", "事業者及びその事業所", office["事業所名"]),
        strict=True,
    ):
        _put(sheet, 6, first, text, _USUAL, _MIDDLE, _BOX, 6, last)
    _headings(sheet)
    for day in range(1, 32):
        _day(sheet, 10 + day, day, days.get(day))
    _put(sheet, 42, 1, "合計", _BOLD, _MIDDLE, _TOTAL, 42, 5)
    for column in range(6, 18):
        _put(sheet, 42, column, None, _BOLD, _MIDDLE, _TOTAL)
    for row in (44, 45):
        for column in range(1, 18):
            _put(sheet, row, column, "初期加算" if (row, column) == (45, 1) else None, _SMALL, _MIDDLE, _BOX)
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = 9, 1
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True


def _headings(sheet: Worksheet) -> None:
    for column, text, last in ((1, "日付", 1), (2, "曜日", 2), (16, "利用者確認欄", 16), (17, "備考", 17)):
        _put(sheet, 8, column, text, _SMALL, _MIDDLE, _BOX, 10, last, _GREY)
    _put(sheet, 8, 3, "サービス提供実績", _SMALL, _MIDDLE, _BOX, 8, 15, _GREY)
    for column, text in enumerate(("サービス提供の状況", "開始時間", "終了時間", *ADDITIONS), 3):
        bottom = 9 if column in (6, 7, 8) else 10
        if column != 7:
            _put(sheet, 9, column, text, _SMALL, _MIDDLE, _BOX, bottom, 7 if column == 6 else column, _GREY)
    for column, text in ((6, "往"), (7, "復"), (8, "時間数")):
        _put(sheet, 10, column, text, _SMALL, _MIDDLE, _BOX, 10, column, _GREY)


def _day(sheet: Worksheet, row: int, day: int, entry: dict[str, Any] | None) -> None:
    used = entry is not None and entry["提供区分"] in ("通所", "在宅")
    values: list[Any] = [day, weekday(MONTH.replace(day=day))] + [None] * 15
    if entry is not None and used:
        values[3], values[4] = _clock(entry["開始"]), _clock(entry["終了"])
        typed = entry["備考"] or ""
        home = entry["提供区分"] == "在宅" and "在宅支援" not in typed
        values[16] = f"在宅支援　{typed}".strip() if home else typed or None
    for column, value in enumerate(values, 1):
        _put(sheet, row, column, value, _USUAL, _MIDDLE if column < 16 else _LEFT, _BOX)
    sheet.row_dimensions[row].height = 23


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def _put(
    sheet: Worksheet, row: int, column: int, value: Any, font: Font, alignment: Alignment, border: Border | None = None,
    last_row: int = 0, last_column: int = 0, fill: PatternFill | None = None,
) -> None:  # fmt: skip
    for r in range(row, (last_row or row) + 1):
        for c in range(column, (last_column or column) + 1):
            cell = sheet.cell(r, c)
            cell.font, cell.alignment = font, alignment
            if border:
                cell.border = border
            if fill:
                cell.fill = fill
    sheet.cell(row, column).value = value
    if (last_row or row, last_column or column) != (row, column):
        sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)


# ---- both


def same_days(one: Path, other: Path) -> int:
    """Compare the 31 rows of every sheet in both; return how many cells hold something."""
    ours_book, plain_book = openpyxl.load_workbook(one), openpyxl.load_workbook(other)
    names = [name for name in plain_book.sheetnames if name.startswith("実績記録票")]
    count = 0
    for name in names:
        for row in range(11, 42):
            left, right = (
                [book[name].cell(row, column).value or None for column in range(1, 18)]
                for book in (ours_book, plain_book)
            )
            assert left == right, (name, row, left, right)
            count += sum(value is not None for value in left)
    assert len(names) == CLIENTS
    return count


METHODS: dict[str, Callable[[Path, Path], None]] = {"ours": ours, "plain": plain}


def main() -> None:
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        source = folder / "month.xlsx"
        source.write_bytes(workbook(CLIENTS))
        spent: dict[str, list[float]] = {name: [] for name in METHODS}
        for _ in range(ROUNDS):
            for name, method in METHODS.items():
                started = process_time()
                method(source, folder / f"{name}.xlsx")
                spent[name].append(process_time() - started)
        cells = same_days(folder / "ours.xlsx", folder / "plain.xlsx")
        print(f"{CLIENTS} sheets, the same {cells} filled cells in their days, median CPU time of {ROUNDS} rounds")
        for name, seconds in spent.items():
            print(f"{name:6} {median(seconds) * 1000:8.0f} ms")
        print(f"ratio  {median(spent['plain']) / median(spent['ours']):8.1f} x faster")
        made = make_forms(source, Asked(), Wanted("service_record"), folder / "printed.xlsx")
        started = perf_counter()
        pdf = pdf_of(alone(made.sheets))
        print(f"PDF    {perf_counter() - started:8.1f} s for {CLIENTS} pages in one run, {len(pdf) / 1024:.0f} kB")


if __name__ == "__main__":
    main()
