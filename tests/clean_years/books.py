"""A workbook as an office keeps it: sheets of rows under Japanese headings, written as a real .xlsx."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, time
from io import BytesIO
from typing import Any

import xlsxwriter

Row = dict[str, Any]

_CONTACT = ("時刻", "方法", "種別", "内容", "職員")
_ENTRY_HEAD = (
    "氏名", "日付", "曜日", "提供区分", "在宅場所", "開始", "終了", "休憩開始", "休憩終了", "開始確認方法", "終了確認方法",
    "訓練内容", "支援記録", "心身の状況",
)  # fmt: skip
_ENTRY_TAIL = (
    "記録者", "利用者確認", "送迎往", "送迎復", "食事", "訪問支援特別", "施設外支援", "移行準備支援体制", "通勤訓練",
    "医療連携", "体験利用", "緊急時受入", "照会", "照会対応", "変更理由", "備考",
)  # fmt: skip
HEADINGS = {
    "設定": ("項目", "値"),
    "利用者台帳": (
        "氏名", "フリガナ", "受給者証番号", "生年月日", "支給決定市町村", "サービス種別", "支給決定開始", "支給決定終了",
        "契約支給量", "支給量", "特例開始", "特例終了", "特例日数", "他事業所利用日数", "利用開始日", "利用終了日",
        "標準利用期間満了日", "延長満了日", "到達所要分", "到達手段", "到達確認日", "施設外支援累計",
    ),
    "在宅承認": (
        "氏名", "承認事業所", "承認開始", "承認終了", "決定日", "受給者証印字", "アセスメント日", "申出書日", "同意署名日",
        "計画記載日", "計画メニュー", "更新書類提出日", "経過措置", "次回更新日",
    ),
    "予定": ("氏名", "日付", "予定区分", "時間帯", "変更理由"),
    "日報": (*_ENTRY_HEAD, *(f"連絡{n}{part}" for n in (1, 2, 3) for part in _CONTACT), *_ENTRY_TAIL),
    "週評価": ("氏名", "対象開始", "対象終了", "実施日", "方法", "内容", "達成度", "評価者", "確認者"),
    "月評価": (
        "氏名", "対象年月", "実施日", "方法", "場所", "訓練目標", "達成度", "課題", "継続の妥当性", "評価者", "本人確認",
        "例外理由",
    ),
    "欠席時対応": (
        "氏名", "欠席日", "連絡日", "連絡時刻", "連絡者", "受けた職員", "理由", "相談援助内容", "方法", "次回予定日", "加算算定",
    ),
    "他サービス": ("氏名", "日付", "種別", "開始", "終了", "費用負担"),
    "営業日": ("日付", "区分", "理由"),
    "勤務表": ("職員", "日付", "開始", "終了", "休憩開始", "休憩終了", "区分"),
    "チェックリスト": ("氏名", "評価日", "領域", "項目", "評価", "補足", "評価者"),
    "貸与機器": ("氏名", "品名", "管理番号", "貸与日", "返却日", "備考"),
}  # fmt: skip


@dataclass
class Sheet:
    """Rows under headings. ``hidden`` holds rows themselves; a heading in ``merged`` has its equal neighbours merged."""

    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    above: list[list[Any]] = field(default_factory=list)  # lines above the headings
    hidden: list[Row] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)

    def number(self, row: Row) -> int:
        """The row of the sheet in which *row* itself, not one that is equal, stands."""
        return len(self.above) + 2 + next(n for n, one in enumerate(self.rows) if one is row)

    def headed_by(self, heading: str) -> None:
        if heading not in self.headings:
            self.headings.append(heading)


@dataclass
class Book:
    """The sheets of one office and month, in order."""

    sheets: dict[str, Sheet]
    date1904: bool = False
    hidden_sheets: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tables: dict[str, list[Row]]) -> "Book":
        """Lay the rows under the headings of the canonical workbook, those it does not draw behind them."""
        sheets = {}
        for name, rows in tables.items():
            headings = dict.fromkeys(HEADINGS.get(name, ()))
            headings |= dict.fromkeys(heading for row in rows for heading in row)
            sheets[name] = Sheet(_in_order(headings), rows)
        return cls(sheets)

    def copy(self) -> "Book":
        return deepcopy(self)

    def __getitem__(self, sheet: str) -> list[Row]:
        return self.sheets[sheet].rows

    def of_client(self, sheet: str, name: str) -> list[Row]:
        return [row for row in self[sheet] if row.get("氏名") == name]

    def setting(self, item: str) -> Row:
        return next(row for row in self["設定"] if row["項目"] == item)


def _in_order(headings: Iterable[str]) -> list[str]:
    """連絡4 and later stand behind 連絡3, not at the end of the row."""
    known = list(headings)
    late = [heading for heading in known if heading[:2] == "連絡" and heading[2:3].isdigit() and heading[2] > "3"]
    if not late:
        return known
    rest = [heading for heading in known if heading not in late]
    place = rest.index("連絡3職員") + 1
    return rest[:place] + late + rest[place:]


def as_xlsx(book: Book) -> bytes:
    """Return the workbook as a spreadsheet program would store it: dates and times as numbers under a format."""
    file = BytesIO()
    options = {"in_memory": True, "date_1904": book.date1904, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as made:
        looks = {date: made.add_format({"num_format": "yyyy/m/d"}), time: made.add_format({"num_format": "h:mm"})}
        for name, sheet in book.sheets.items():
            page = made.add_worksheet(name)
            _write(page, sheet, looks)
            if name in book.hidden_sheets:
                page.hide()
    return file.getvalue()


def _write(page: Any, sheet: Sheet, looks: dict[type, Any]) -> None:
    for number, line in enumerate(sheet.above):
        for column, value in enumerate(line):
            _put(page, number, column, value, looks)
    top = len(sheet.above)
    page.write_row(top, 0, sheet.headings)
    for number, row in enumerate(sheet.rows, top + 1):
        for column, heading in enumerate(sheet.headings):
            _put(page, number, column, row.get(heading), looks)
    for row in sheet.hidden:
        page.set_row(sheet.number(row) - 1, None, None, {"hidden": True})
    for heading in sheet.merged:
        column = sheet.headings.index(heading)
        for first, last, value in _runs(sheet.rows, heading):
            page.merge_range(top + 1 + first, column, top + 1 + last, column, value)


def _runs(rows: list[Row], heading: str) -> list[tuple[int, int, Any]]:
    """First and last of the neighbours that hold the same, where there are several."""
    runs: list[tuple[int, int, Any]] = []
    for number, row in enumerate(rows):
        value = row.get(heading)
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == value:
            runs[-1] = (runs[-1][0], number, value)
        elif value is not None:
            runs.append((number, number, value))
    return [run for run in runs if run[0] < run[1]]


@dataclass(frozen=True)
class Formula:
    """A formula with the value that a spreadsheet program stored beside it."""

    text: str
    value: object


def _put(page: Any, row: int, column: int, value: object, looks: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif isinstance(value, date | time):
        page.write_datetime(row, column, value, looks[date if isinstance(value, date) else time])
    elif isinstance(value, Formula):
        day = isinstance(value.value, date)
        stored = (value.value - date(1899, 12, 30)).days if isinstance(value.value, date) else value.value
        page.write_formula(row, column, value.text, looks[date] if day else None, stored)
    else:
        page.write_string(row, column, str(value))
