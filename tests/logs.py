"""A month's workbook made from the few facts a test states; whatever is not said is filled with what passes.

`grids(tables)` takes rows under their Japanese headings, as the cases write them. One client, 山田 花子 of 長崎市,
January 2026, unless the rows say otherwise. For a 在宅 row: two contacts, a log, the remark. Where a table is not
mentioned: a plan that was kept, an approval for all of 2026 for each client, an evaluation by telephone on the last
day of use of each week with a day at home, one by 通所 on the first 通所 day of each month (a 通所 row is added where a
month has none). 「まで」 in a row of 日報 repeats it for every day up to that one. Rows of 実績記録票 become one sheet a
client and 年月 (令和8年1月分), laid out as the official form.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from zaitaku_xl.book import layout
from zaitaku_xl.book.clocks import time_in
from zaitaku_xl.book.dates import day as read_day
from zaitaku_xl.book.read import read_log
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.check import check
from zaitaku_xl.law import Law, load_law
from zaitaku_xl.model import ClaimLine, Log, Month, Place
from zaitaku_xl.report import Report

NAME, OFFICE = "山田 花子", "ひかり作業所"
WEEKDAYS = "月火水木金土日"
TWO_CONTACTS = ["9:35 電話 開始確認 体調の確認 佐藤", "15:20 電話 終了確認 作業の振り返り 佐藤"]
_PARTS = ("時刻", "方法", "種別", "内容", "職員")
Row = dict[str, Any]
Tables = Mapping[str, Any]

_HOME: Row = {
    "開始": "9:30", "終了": "15:30", "訓練内容": "データ入力", "支援記録": "入力の進み具合を確かめた",
    "心身の状況": "落ち着いている", "連絡": TWO_CONTACTS, "記録者": "佐藤", "利用者確認": "済", "備考": "在宅支援",
}  # fmt: skip
_SETTINGS: Row = {
    "事業所番号": "4210000001", "事業所名": OFFICE, "サービス種別": "就労継続支援B型", "指定権者": "長崎市", "定員": 20,
    "週の始まり": "月", "営業曜日": "月火水木金", "運営規程の在宅記載日": "2015-04-01", "緊急時対応手順の整備日": "2015-04-01",
    "サービス提供開始": "9:30", "サービス提供終了": "15:30", "苦情受付窓口": "佐藤", "第三者評価日": "2015-04-01",
}  # fmt: skip
_CLIENT: Row = {
    "氏名": NAME, "受給者証番号": "0000000001", "支給決定市町村": "長崎市", "支給決定開始": "2015-04-01",
    "支給決定終了": "2030-03-31", "支給量": "原則の日数", "到達所要分": 30, "標準利用期間満了日": "2030-03-31",
}  # fmt: skip
_APPROVAL: Row = {
    "氏名": NAME, "承認事業所": OFFICE, "承認開始": "2025-04-01", "承認終了": "2026-12-31", "同意署名日": "2025-03-10",
    "計画記載日": "2025-03-10",
}  # fmt: skip
_WEEKLY: Row = {"氏名": NAME, "方法": "電話", "内容": "進み具合を評価した", "評価者": "佐藤"}
_MONTHLY: Row = {
    "氏名": NAME, "方法": "通所", "場所": "事業所", "訓練目標": "入力の正確さ", "達成度": "おおむね達成", "継続の妥当性": "妥当",
    "評価者": "佐藤",
}  # fmt: skip
_MONTH_SHEET = ("日付", "曜日", "サービス提供の状況", "開始時間", "終了時間", "送迎加算", "", "訪問支援特別加算", "食事提供体制加算",
                "施設外支援", "利用者確認欄", "備考")  # fmt: skip
_EMPTY = ("他サービス", "予定", "欠席時対応", "営業日", "チェックリスト", "貸与機器")
_DEFAULTS = {"在宅承認": _APPROVAL, "週評価": _WEEKLY, "月評価": _MONTHLY, "利用者台帳": _CLIENT}


def report(tables: Tables) -> Report:
    """Judge the workbook that *tables* describe; 「点検月」 and 「市町村指定」 stand for --month and --city."""
    return judged(read_log(grids(tables)), tables, load_law())


def judged(log: Log, tables: Tables, law: Law) -> Report:
    months = [Month(*map(int, month.split("-"))) for month in tables.get("点検月", [])]
    return check(
        log,
        law,
        months=months or None,
        city=tables.get("市町村指定"),
        claims=_claims(tables.get("請求データ")),
    )


def _claims(rows: list[Row] | None) -> list[ClaimLine] | None:
    """Claim lines as the harness' client has them; None where the case has no claim file."""
    if rows is None:
        return None
    number = _CLIENT["受給者証番号"].lstrip("0")
    return [
        ClaimLine(
            row.get("受給者証番号", number),
            date.fromisoformat(row["日付"]),
            time_in(row["開始"]) if "開始" in row else None,
            time_in(row["終了"]) if "終了" in row else None,
            row.get("備考"),
            row.get("状況") == "8",
        )
        for row in rows
    ]


def grids(tables: Tables) -> list[Grid]:
    """Return the sheets of the workbook. A table given as false is left out altogether."""
    entries = [_entry(row) for typed in tables.get("日報") or [] for row in _each_day(typed)]
    entries += [] if "月評価" in tables else _attending(entries)
    clients = [_CLIENT | row for row in tables.get("利用者台帳") or [{}]]
    filled: dict[str, list[Row]] = {
        "設定": [],
        "利用者台帳": clients,
        "在宅承認": _rows(tables, "在宅承認", [{"氏名": client["氏名"]} for client in clients]),
        "日報": entries,
        "週評価": _rows(tables, "週評価", _weekly(entries)),
        "月評価": _rows(tables, "月評価", [] if "月評価" in tables else _monthly(entries)),
        **{sheet: _rows(tables, sheet, _planned(entries) if sheet == "予定" else []) for sheet in _EMPTY},
    }
    settings = _SETTINGS | _target_month(entries) | tables.get("設定", {})
    made = [_grid("設定", ["項目", "値"], [{"項目": k, "値": v} for k, v in settings.items()])]
    for sheet, rows in filled.items():
        if sheet != "設定" and tables.get(sheet) is not False:
            made.append(_grid(sheet, _headings(sheet, rows, tables.get("列なし", [])), rows))
    return [*made, *_record_sheets(tables)]


def _record_sheets(tables: Tables) -> list[Grid]:
    """実績記録票_氏名: a block of labels, headings over two rows, days as whole numbers, totals below."""
    sheets: dict[tuple[str, str], list[Row]] = {}
    for row in tables.get("実績記録票", []):
        sheets.setdefault((row.get("氏名", NAME), row.get("年月", "令和8年1月分")), []).append(row)
    left_out = [name.partition(".")[2] for name in tables.get("列なし", []) if name.startswith("実績記録票.")]
    headings = {number: heading for number, heading in enumerate(_MONTH_SHEET, 1) if heading not in left_out}
    made: list[Grid] = []
    for (name, month), rows in sheets.items():
        lines: dict[int, Row] = {
            1: _month_cells(month) | {"利用者確認欄": "就労継続支援提供実績記録票"},
            2: {"日付": "受給者証番号", "開始時間": rows[0].get("受給者証番号"), "食事提供体制加算": "事業所番号"},
            3: {"日付": "支給決定障害者氏名", "開始時間": name, "食事提供体制加算": "事業者及びその事業所"},
            4: {"日付": "契約支給量", "開始時間": "原則の日数"},
            5: {heading: heading for heading in headings.values()},
            6: {"送迎加算": "往", "訪問支援特別加算": "時間数"},
        }
        lines |= dict(enumerate([*rows, {"日付": "合計", "食事提供体制加算": "0回"}], 7))
        cells = {
            number: {n: _cell(line[h]) for n, h in headings.items() if h and line.get(h) not in (None, "")}
            for number, line in lines.items()
        }
        made.append(Grid(f"実績記録票_{name}" + (f"_{len(made) + 1}" if made else ""), cells))
    return made


def _month_cells(month: str) -> Row:
    """「令和|8|年|1|月分」 stands in cells of its own, as in many offices' files."""
    return dict(zip(_MONTH_SHEET, (float(part) if part.isdigit() else part for part in month.split("|")), strict=False))


def _rows(tables: Tables, sheet: str, otherwise: list[Row]) -> list[Row]:
    rows = tables.get(sheet, otherwise)
    return [_DEFAULTS.get(sheet, {"氏名": NAME}) | row for row in rows or []]


def _headings(sheet: str, rows: Iterable[Row], left_out: Iterable[str]) -> list[str]:
    """What a case may speak of comes first, the template's other headings after it."""
    known = dict.fromkeys(_DEFAULTS.get(sheet, {}))
    if sheet == "日報":
        known = dict.fromkeys(["氏名", "日付", "曜日", "提供区分", *[h for h in _HOME if h != "連絡"]])
        known |= dict.fromkeys(f"連絡{n}{part}" for n in (1, 2, 3) for part in _PARTS)
    if sheet == "週評価":
        known |= dict.fromkeys(("対象開始", "対象終了", "実施日"))
    if sheet == "月評価":
        known |= dict.fromkeys(("対象年月", "実施日", "例外理由"))
    known |= dict.fromkeys(heading for row in rows for heading in row)
    table = next(table for table in layout.TABLES if table.sheet == sheet)
    known |= dict.fromkeys(column.heading for column in layout.template_columns(table))
    return [heading for heading in known if f"{sheet}.{heading}" not in left_out]


def _each_day(row: Row) -> list[Row]:
    """「まで」 repeats a row for every day from 日付 to that day."""
    first, last = _date(row.get("日付")), _date(row.get("まで"))
    if not first or not last:
        return [row]
    rest = {heading: value for heading, value in row.items() if heading != "まで"}
    return [rest | {"日付": (first + timedelta(days=n)).isoformat()} for n in range((last - first).days + 1)]


def _entry(row: Row) -> Row:
    day = _date(row.get("日付"))
    filled: Row = {"氏名": NAME}
    if day:
        filled["曜日"] = WEEKDAYS[day.weekday()]
    if row.get("提供区分") == "在宅":
        filled |= _HOME
    elif row.get("提供区分") in ("通所", "訪問", "施設外"):
        filled |= {"開始": "9:30", "終了": "15:30", "訓練内容": "軽作業", "支援記録": "作業の様子を見た"}
    filled |= row
    for number, contact in enumerate(filled.pop("連絡", []), 1):
        for part, word in zip(_PARTS, contact.split(), strict=False):
            if word != "-":
                filled.setdefault(f"連絡{number}{part}", word)
    return filled


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    found = read_day(Cell(Kind.TEXT, str(value)), Month(2026, 1), False) if value else None
    return found if isinstance(found, date) else None


def _home_days(entries: Iterable[Row]) -> list[tuple[str, date]]:
    return [(e["氏名"], d) for e in entries if e.get("提供区分") == "在宅" and (d := _date(e.get("日付")))]


def _attending(entries: list[Row]) -> list[Row]:
    """A 通所 row on the 28th for each client and month that has a day at home and no 通所 row."""
    months = dict.fromkeys((name, day.year, day.month) for name, day in _home_days(entries))
    have = {
        (e["氏名"], d.year, d.month) for e in entries if e.get("提供区分") == "通所" and (d := _date(e.get("日付")))
    }
    return [
        _entry({"氏名": name, "日付": f"{year}-{month:02}-28", "提供区分": "通所"})
        for name, year, month in months
        if (name, year, month) not in have
    ]


def _planned(entries: list[Row]) -> list[Row]:
    """A plan that every day kept."""
    return [
        {"氏名": e["氏名"], "受給者証番号": e.get("受給者証番号"), "日付": e["日付"], "予定区分": e["提供区分"]}
        for e in entries
        if e.get("氏名") and _date(e.get("日付")) and e.get("提供区分") in list(Place)
    ]


def _weekly(entries: list[Row]) -> list[Row]:
    last: dict[tuple[str, date], date] = {}
    for name, day in _home_days(entries):
        key = name, day - timedelta(days=day.weekday())
        last[key] = max(day, last.get(key, day))
    return [{"氏名": name, "実施日": day.isoformat()} for (name, _), day in last.items()]


def _monthly(entries: list[Row]) -> list[Row]:
    rows = []
    for name, year, month in dict.fromkeys((n, d.year, d.month) for n, d in _home_days(entries)):
        held = min(d for e in entries if e["氏名"] == name and e.get("提供区分") == "通所"
                   and (d := _date(e.get("日付"))) and (d.year, d.month) == (year, month))  # fmt: skip
        rows.append({"氏名": name, "対象年月": f"{year}-{month:02}", "実施日": held.isoformat()})
    return rows


def _target_month(entries: list[Row]) -> Row:
    months = {d.isoformat()[:7] for e in entries if (d := _date(e.get("日付")))}
    return {"対象年月": next(iter(months))} if len(months) == 1 else {}


def _grid(sheet: str, headings: list[str], rows: list[Row]) -> Grid:
    cells = {2: {n: Cell(Kind.TEXT, heading) for n, heading in enumerate(headings, 1)}}
    for number, row in enumerate(rows, 3):
        filled = {n: _cell(row[h]) for n, h in enumerate(headings, 1) if row.get(h) not in (None, "")}
        if filled:
            cells[number] = filled
    return Grid(sheet, cells)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Cell(Kind.BOOLEAN, value)
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, float(value))
    if isinstance(value, date):
        return Cell(Kind.DATE, float((value - date(1899, 12, 30)).days))
    words = str(value)
    if words.startswith("#"):
        return Cell(Kind.ERROR, words)
    return Cell(Kind.UNCALCULATED, "") if words == "=?" else Cell(Kind.TEXT, words)
