"""An office's own sheets are read as they are: the days, and the cells a finding points at. Each book is made here, by hand.

What the reader understands is tried on books of many outlines elsewhere; these are the smallest of each kind.
"""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.shape import as_json
from tests.tools import libreoffice
from zaitaku_xl.jobs import Asked, check_file

Rows = list[list[object]]
DONE = "封入の練習をした。落ち着いていた。"
FACTS: dict[str, Rows] = {
    "設定": [["項目", "値"], ["対象年月", "2026-01"], ["指定権者", "長崎市"], ["サービス種別", "就労継続支援B型"]],
    "利用者台帳": [["氏名", "支給決定市町村"], ["山田 花子", "長崎市"], ["佐藤 次郎", "長崎市"]],
}


def laid(sheet: Worksheet, rows: Rows) -> None:
    for row in rows:
        sheet.append(row)


def long_table(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("支援日誌")
    rows: Rows = [
        ["支援日誌 令和8年1月分"],
        ["お名前", "日にち", "本日の利用", "時間帯", None, "その１", None, None, "その２", None, None, "作業内容", "様子", "健康"],
        [None, None, None, "から", "まで", "時刻", "手段", "話した内容", "時刻", "手段", "話した内容"],
        ["山田 花子", date(2026, 1, 5), "家", time(10), time(15), time(10, 5), "電話", "体調の確認", time(14), "チャット", "進み具合", "封入", DONE, "良い"],
        [None, date(2026, 1, 6), "センター", time(10), time(15), None, None, None, None, None, None, "封入", DONE, "良い"],
        [None, date(2026, 1, 7), "家", time(10), time(15), time(10, 5), "電話", "体調の確認", None, None, None, None, DONE, "良い"],
    ]  # fmt: skip
    laid(sheet, rows)
    for area in ("D2:E2", "F2:H2", "I2:K2"):
        sheet.merge_cells(area)


def client_sheets(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("山田")
    rows: Rows = [
        ["令和", 8, "年", 1, "月分", None, "利用者名", "山田花子　様"],
        ["日", "曜日", "利用の種類", "始", "終", "１回目時刻", "１回目内容", "２回目時刻", "２回目内容", "訓練内容", "支援の様子"],
        [5, "月", "ご自宅", "10:00", "15:00", "10時5分", "体調の確認", "１４：００", "進み具合", "封入", DONE],
        [6, "火", "通所", "10:00", "15:00", None, None, None, None, "封入", DONE],
        [7, "水", "ご自宅", "10:00", "15:00", "10時5分", "体調の確認", None, None, None, DONE],
    ]  # fmt: skip
    laid(sheet, rows)


def stacked_forms(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("①山田")
    for day, training, calls in (
        (5, "封入", "・10:05 電話で体調の確認\n・14:00 電話で進み具合"),
        (7, None, "・10:05 電話で体調の確認"),
    ):
        rows: Rows = [
            ["在宅における就労支援記録"],
            ["対象者名", "山田 花子"],
            ["実施日", f"令和8年1月{day}日"],
            ["実施時間", "10:00～15:00"],
            ["作業・訓練内容", training],
            ["支援内容（1日2回以上）", calls],
            ["心身の状況", "良い"],
            [],
        ]
        laid(sheet, rows)


def matrix(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("出席簿")
    laid(sheet, [["出席簿 令和8年1月分"], ["利用者", *range(1, 32)], ["山田 花子", *[None] * 31], ["●＝在宅　▲＝通所"]])
    sheet["F3"], sheet["G3"], sheet["H3"] = "●", "▲", "●"
    rows: Rows = [
        ["月日", "時間", "利用者名", "手段", "内容", "対応者"],
        [date(2026, 1, 5), time(10, 5), "山田 花子", "電話", "体調の確認", "川上"],
        [date(2026, 1, 5), time(14), "山田 花子", "電話", "進み具合の確認", "川上"],
        [date(2026, 1, 7), time(10, 5), "山田 花子", "電話", "体調の確認", "川上"],
    ]
    laid(book.create_sheet("連絡簿"), rows)
    works: Rows = [
        ["日付", "氏名", "作業内容", "支援記録"],
        [date(2026, 1, 5), "山田 花子", "封入", DONE],
        [date(2026, 1, 7), "山田 花子", None, DONE],
    ]
    laid(book.create_sheet("作業の記録"), works)


BOOKS: dict[str, tuple[Callable[[openpyxl.Workbook], None], dict[str, str]]] = {
    "1行に1日の表": (long_table, {"D01": "支援日誌!F6", "D03": "支援日誌!L6"}),
    "1人に1シート": (client_sheets, {"D01": "山田!A5", "D03": "山田!J5"}),
    "縦に並べた様式": (stacked_forms, {"D01": "①山田!B11", "D03": "①山田!B13"}),
    "出席簿と連絡簿": (matrix, {"D01": "出席簿!H3", "D03": "作業の記録!C3"}),
}


def book_of(outline: str, path: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    BOOKS[outline][0](book)
    for name, rows in FACTS.items():
        laid(book.create_sheet(name), rows)
    book.save(path)
    return path


@pytest.fixture(params=BOOKS, ids=str)
def told(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, Any]]:
    path = book_of(request.param, tmp_path / "事業所.xlsx")
    return request.param, as_json(check_file(path, path.name, Asked(), tmp_path / "印.xlsx"))


def test_the_days_are_those_of_the_office(told: tuple[str, dict[str, Any]]) -> None:
    days = {day["date"]: day["place"] for day in told[1]["days"]}
    assert {day: place for day, place in days.items() if place == "在宅"} == {
        "2026-01-05": "在宅",
        "2026-01-07": "在宅",
    }
    assert days.get("2026-01-06") == (None if told[0] == "縦に並べた様式" else "通所")


def test_what_is_short_is_told_at_the_offices_own_cell(told: tuple[str, dict[str, Any]]) -> None:
    found = {
        f["rule"]: f"{f['sheet']}!{f['cell']}"
        for f in told[1]["findings"]
        if f["date"] == "2026-01-07" and f["weight"] == "block"
    }
    wanted = BOOKS[told[0]][1]
    assert {rule: cell for rule, cell in found.items() if rule in wanted}.keys() == wanted.keys()
    assert found["D03"] == wanted["D03"]
    whole = [f for f in told[1]["findings"] if f["date"] == "2026-01-05" and f["rule"] in wanted]
    assert whole == []


def test_as_what_a_sheet_was_read_is_told(told: tuple[str, dict[str, Any]]) -> None:
    assert any("として読みました" in finding["message"] for finding in told[1]["findings"])


def two_columns_that_may_be_one(path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    rows: Rows = [
        ["お名前", "日にち", "本日の利用", "作業内容", "訓練内容", "様子"],
        ["山田 花子", date(2026, 1, 5), "家", "封入の練習をした。", "封入の訓練をした。", DONE],
    ]
    laid(book.create_sheet("支援日誌"), rows)
    for name, facts in FACTS.items():
        laid(book.create_sheet(name), facts)
    book.save(path)


def test_two_columns_that_may_be_one_field_are_asked_about(tmp_path: Path) -> None:
    two_columns_that_may_be_one(tmp_path / "二つ.xlsx")
    body = as_json(check_file(tmp_path / "二つ.xlsx", "二つ.xlsx", Asked()))
    asked = [(question["cell"], question["heading"]) for question in body["questions"]]
    assert asked == [("D1", "作業内容"), ("E1", "訓練内容")]
    assert [day["verdict"] for day in body["days"]] == ["CHECK"]


@pytest.mark.parametrize("ending", ["ods", "xls"])
@pytest.mark.parametrize("outline", BOOKS, ids=str)
def test_saved_in_another_format_it_is_read_the_same(outline: str, ending: str, tmp_path: Path) -> None:
    path = book_of(outline, tmp_path / "事業所.xlsx")
    other = libreoffice(path, ending, tmp_path / "別の形式")
    days = [as_json(check_file(each, each.name, Asked()))["days"] for each in (path, other)]
    assert [(day["date"], day["verdict"], day["rules"]) for day in days[0]] == [
        (day["date"], day["verdict"], day["rules"]) for day in days[1]
    ]
