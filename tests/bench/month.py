"""A month as an office of twenty clients has it: 620 rows of 日報 in a workbook of 7 sheets, with defects in it."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from zaitaku_xl.book import layout
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.sheets.blank import filled

CLIENTS, DAYS = 20, 31
FIRST = date(2026, 1, 1)
OFFICE = "ひかり作業所"
_TIME = {
    "開始": time(9, 30), "終了": time(15, 30), "休憩開始": time(12, 0), "休憩終了": time(13, 0), "連絡1時刻": time(9, 35),
    "連絡2時刻": time(15, 15),
}  # fmt: skip
_TASKS = ("データ入力", "封入作業", "画像の加工", "文書の校正", "在庫表の更新")
Row = dict[str, Any]


def workbook(clients: int = CLIENTS, *, planned: bool = False, shift: int = 0) -> bytes:
    """Return the workbook, on the template that offices fill; the same number of clients gives the same bytes.

    *planned* adds the sheet 予定, with a plan for each day that was mostly kept; *shift* moves the defects along.
    """
    names = [f"利用者 {n:02}" for n in range(1, clients + 1)]
    told = {
        "対象年月": FIRST, "事業所番号": "4210000001", "事業所名": OFFICE, "サービス種別": "就労継続支援B型", "指定権者": "長崎市",
        "週の始まり": "月", "営業曜日": "月火水木金土日", "運営規程の在宅記載日": date(2025, 4, 1), "緊急時対応手順の整備日": date(2025, 4, 1),
        "苦情受付窓口": "管理者", "第三者評価日": date(2025, 9, 1),
    }  # fmt: skip
    rows: dict[str, list[Row]] = {
        layout.CLIENTS.sheet: [_client(n, name) for n, name in enumerate(names)],
        layout.APPROVALS.sheet: [_approval(name) for name in names],
        layout.ENTRIES.sheet: [_entry(n, name, day, shift) for n, name in enumerate(names) for day in range(DAYS)],
        layout.WEEK_REVIEWS.sheet: [
            _weekly(name, week) for n, name in enumerate(names) for week in range(5) if (n + week) % 17
        ],
        layout.MONTH_REVIEWS.sheet: [_monthly(name) for name in names],
        layout.SERVICES.sheet: [_service(n, name) for n, name in enumerate(names)],
    }
    if planned:
        rows[layout.PLANS.sheet] = [_plan(n, row) for n, row in enumerate(rows[layout.ENTRIES.sheet])]
    book = filled(told, rows)
    sheets = tuple(sheet for sheet in book.sheets if sheet.name in rows or sheet.name == layout.SETTINGS_SHEET)
    return written(replace(book, sheets=sheets))


def _client(n: int, name: str) -> Row:
    return {"氏名": name, "受給者証番号": f"{n:010}", "支給決定市町村": "長崎市", "支給決定開始": date(2025, 4, 1),
            "支給決定終了": date(2027, 3, 31), "支給量": 31, "到達所要分": 20 + n % CLIENTS}  # fmt: skip


def _approval(name: str) -> Row:
    long_ago = date(2025, 4, 1)
    return {
        "氏名": name,
        "承認事業所": OFFICE,
        "承認開始": long_ago,
        "承認終了": date(2026, 12, 31),
        "同意署名日": long_ago,
        "計画記載日": long_ago,
    }


def _entry(n: int, name: str, offset: int, shift: int) -> Row:
    day = FIRST + timedelta(days=offset)
    row: Row = {"氏名": name, "日付": day, "曜日": "月火水木金土日"[day.weekday()]}
    if offset % 7 == 5:
        return row | {"提供区分": "通所", "開始": _TIME["開始"], "終了": _TIME["終了"], "訓練内容": _TASKS[n % 5]}
    k = n * DAYS + offset + shift
    row |= _TIME | {
        "提供区分": "在宅", "在宅場所": "居宅", "開始確認方法": "電話", "終了確認方法": "メール", "訓練内容": _TASKS[k % 5],
        "支援記録": f"{_TASKS[k % 5]}の進み具合を確かめ、{k + 10}件まで終えた",
        "心身の状況": "落ち着いている", "連絡1方法": "電話", "連絡1種別": "開始確認", "連絡1内容": f"体調と予定の確認（{k}）", "連絡1職員": "佐藤",
        "連絡2方法": "メール", "連絡2種別": "終了確認", "連絡2内容": f"作業の振り返り（{k}）", "連絡2職員": "田中", "記録者": "佐藤",
        "利用者確認": "済", "備考": "在宅支援",
    }  # fmt: skip
    if k % 23 == 0:  # the defects: each kind a few times over the month
        row = {heading: value for heading, value in row.items() if not heading.startswith("連絡2")}
    if k % 31 == 1:
        row["支援記録"] = None
    if k % 29 == 2:
        row["備考"] = "在宅"
    return row


def _plan(n: int, entry: Row) -> Row:
    place = "通所" if n % 37 == 3 else entry["提供区分"]
    return {"氏名": entry["氏名"], "日付": entry["日付"], "予定区分": place}


def _weekly(name: str, week: int) -> Row:
    held = FIRST + timedelta(days=week * 7)
    return {"氏名": name, "実施日": held, "方法": "電話", "内容": "作業の進み具合を評価した", "評価者": "佐藤"}


def _monthly(name: str) -> Row:
    return {"氏名": name, "対象年月": "2026-01", "実施日": date(2026, 1, 6), "方法": "通所", "場所": "事業所", "訓練目標": "正確な入力",
            "達成度": "おおむね達成", "評価者": "佐藤"}  # fmt: skip


def _service(n: int, name: str) -> Row:
    start = 14 if n % 5 == 0 else 16
    return {
        "氏名": name,
        "日付": FIRST + timedelta(days=n % 5),
        "種別": "居宅介護",
        "開始": time(start),
        "終了": time(start + 1),
        "費用負担": "給付",
    }
