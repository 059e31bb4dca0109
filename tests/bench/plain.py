"""The same five checks as a careful clerk would script them: pandas to read, openpyxl to fill and annotate."""

from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

HEADING_ROW = 4  # titles stand above
RED = PatternFill("solid", fgColor="F8CBCB")


def check_and_mark(source: Path, target: Path) -> int:
    """D01, D03, R01, W01 and S04 by vectors and groups; returns the number of cells filled."""
    sheets = pd.read_excel(source, sheet_name=None, header=HEADING_ROW - 1)
    log = sheets["日報"]
    home = log[log["提供区分"] == "在宅"].copy()
    faults: list[tuple[int, str, str]] = []
    made = sum((home[f"連絡{n}時刻"].notna() & home[f"連絡{n}内容"].notna()).astype(int) for n in (1, 2, 3))
    faults += [(row, "連絡2時刻", "D01 連絡が2回ありません") for row in home.index[made < 2]]
    for column in ("訓練内容", "支援記録"):
        faults += [(row, column, f"D03 {column}が空欄です") for row in home.index[home[column].isna()]]
    remark = home["備考"].fillna("").astype(str).str.contains("在宅支援")
    faults += [(row, "備考", "R01 備考に在宅支援がありません") for row in home.index[~remark]]
    faults += _weeks(home, sheets["週評価"]) + _overlaps(home, sheets["他サービス"])
    return _fill(source, target, log, faults)


def _weeks(home: pd.DataFrame, reviews: pd.DataFrame) -> list[tuple[int, str, str]]:
    weeks = pd.to_datetime(home["日付"]).dt.to_period("W-SUN")
    held = set(zip(reviews["氏名"], pd.to_datetime(reviews["実施日"]).dt.to_period("W-SUN"), strict=True))
    lacking = [key not in held for key in zip(home["氏名"], weeks, strict=True)]
    return [(row, "日付", "W01 週の評価がありません") for row in home.index[lacking]]


def _overlaps(home: pd.DataFrame, services: pd.DataFrame) -> list[tuple[int, str, str]]:
    both = home.reset_index().merge(services, on=["氏名", "日付"], suffixes=("", "_他"))
    start, end = both["開始"].astype(str), both["終了"].astype(str)
    overlap = (start < both["終了_他"].astype(str)) & (both["開始_他"].astype(str) < end)
    return [(row, "日付", "S04 他のサービスと重なります") for row in both["index"][overlap]]


def _fill(source: Path, target: Path, log: pd.DataFrame, faults: list[tuple[int, str, str]]) -> int:
    book = openpyxl.load_workbook(source)
    sheet = book["日報"]
    columns = {heading: get_column_letter(n) for n, heading in enumerate(log.columns, 1)}
    result = book.create_sheet("結果")
    result.append(["セル", "氏名", "日付", "指摘"])
    for row, heading, words in faults:
        cell = sheet[f"{columns[heading]}{row + HEADING_ROW + 1}"]
        cell.fill = RED
        cell.comment = Comment(words, "点検")
        result.append([cell.coordinate, log.at[row, "氏名"], log.at[row, "日付"], words])
    book.save(target)
    return len({(row, heading) for row, heading, _ in faults})
