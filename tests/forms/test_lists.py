"""Lists and tables of the office and of a month: every cell beside what the records say, told here a second time."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.forms import made
from tests.shape import as_json
from zaitaku_xl.forms import FORMS
from zaitaku_xl.forms.blocks import NOT_OF_A_CLAIM
from zaitaku_xl.jobs import Asked, check_file
from zaitaku_xl.made import MadeSheet

FIRST_LINE = "【在宅点検】記録から作成した様式です。最終判断は支給決定市町村・指定権者が行います。"
WEIGHTS = {"block": "算定不可", "undecided": "要確認", "addition": "加算不可", "fix": "要修正", "advise": "助言"}


def on(day: int, month: int = 1) -> str:
    return f"2026-{month:02}-{day:02}"


def only(tables: dict[str, Any], form: str, **asked: Any) -> MadeSheet:
    (sheet,) = made.sheets(tables, form, **asked)
    return sheet


def table(sheet: MadeSheet) -> list[dict[str, Any]]:
    """The rows below the heading row, by heading."""
    lines = [[cell.value if cell else "" for cell in row] for row in sheet.rows]
    headings = lines[sheet.heading_row - 1]
    return [dict(zip(headings, line, strict=True)) for line in lines[sheet.heading_row :] if any(v != "" for v in line)]


def link(sheet: MadeSheet, row: int, heading: str) -> tuple[str, int, int] | None:
    headings = [cell.value if cell else "" for cell in sheet.rows[sheet.heading_row - 1]]
    cell = sheet.rows[sheet.heading_row + row][headings.index(heading)]
    return cell.link if cell else None


def wareki(day: date) -> str:
    return f"令和{day.year - 2018}年{day.month}月{day.day}日"


def short(iso: str) -> str:
    day = date.fromisoformat(iso)
    year = "" if day.year == 2026 else f"{day.year}/"
    return f"{year}{day.month}/{day.day}（{'月火水木金土日'[day.weekday()]}）"


# ---- 点検結果一覧


def test_the_list_of_findings_is_what_the_json_says(tmp_path: Path) -> None:
    path = made.demo_book(tmp_path)
    found = as_json(check_file(path, path.name, Asked()))["findings"]
    source = _source_of(path)
    (sheet,) = _made(source, "findings")
    assert [
        {
            "No.": number, "氏名": f["client"] or "（事業所）", "番号": f["rule"], "区分": WEIGHTS[f["weight"]], "内容": f["message"],
            "該当箇所": f"{f['sheet']}!{f['cell']}" if f["cell"] else "―", "対応": f["remedy"], "確認済み": "", "事業所の記入": "",
            "日付・期間": "～\n".join(map(short, f.get("period") or filter(None, [f["date"]]))) or "―",
            "根拠": f"{f['source']['document']} {f['source']['clause']}",
        }
        for number, f in enumerate(found, 1)
    ] == [row | {"根拠": re.sub("（解釈.*| ※[^（]*", "", row["根拠"])} for row in table(sheet)]  # fmt: skip
    for number, finding in enumerate(found):
        if finding["cell"]:
            place = openpyxl.utils.cell.coordinate_from_string(finding["cell"])
            assert link(sheet, number, "該当箇所") == (
                finding["sheet"], place[1], openpyxl.utils.column_index_from_string(place[0]),
            )  # fmt: skip


def _source_of(path: Path) -> Any:
    from zaitaku_xl.book.read import read_log
    from zaitaku_xl.check import check
    from zaitaku_xl.forms.plan import Source
    from zaitaku_xl.hosts.closed_book import ClosedBook
    from zaitaku_xl.law import load_law

    log = read_log(ClosedBook.opened(path).grids(lambda _: True))
    return Source(log, check(log, load_law()), load_law())


def _made(source: Any, form: str) -> tuple[MadeSheet, ...]:
    from zaitaku_xl.forms import plan

    return plan.sheets(source, plan.keys(source, plan.forms_named(form)))


def test_a_month_without_findings_says_so() -> None:
    sheet = only({"日報": [{"日付": on(6), "提供区分": "通所"}]}, "findings")
    assert [row["内容"] for row in table(sheet)] == ["見直す箇所は見つかりませんでした。"]


# ---- 利用日数管理表


@pytest.mark.parametrize(
    ("client", "days", "told"),
    [
        ({}, {"通所": 3, "在宅": 2}, {"原則の日数": 23, "支給量": "原則", "利用計": 5, "残": 18, "確かめること": ""}),
        ({"支給量": 4}, {"通所": 5}, {"支給量": 4, "利用計": 5, "残": -1, "確かめること": "1日多く利用しています。"}),
        ({"他事業所利用日数": 6}, {"通所": 2, "訪問": 1, "施設外": 1}, {"他事業所": 6, "利用計": 10, "残": 13}),
        ({"支給量": "たくさん"}, {"通所": 1}, {"支給量": "要確認", "残": "―"}),
        ({"特例開始": "2025-12-01", "特例終了": "2026-02-28", "特例日数": 68}, {"通所": 1}, {"残": "―"}),
        ({}, {"欠席": 2, "休": 2, "通所": 1}, {"利用計": 1, "残": 22}),
    ],
)  # fmt: skip
def test_the_days_are_counted_and_what_is_left_is_told(
    client: dict[str, Any], days: dict[str, int], told: dict[str, Any]
) -> None:
    places = [place for place, count in days.items() for _ in range(count)]
    tables = {
        "日報": [{"日付": on(n), "提供区分": place} for n, place in enumerate(places, 5)],
        "利用者台帳": [client],
        "月評価": [{"対象年月": "2026-01", "実施日": on(5)}],
    }
    (row, _) = table(only(tables, "day_count"))
    assert {key: row[key] for key in told} == told
    assert [row[place] or 0 for place in ("通所", "在宅", "訪問", "施設外")] == [
        days.get(place, 0) for place in ("通所", "在宅", "訪問", "施設外")
    ]
    assert (row["年月"], row["氏名"], row["受給者証番号"]) == ("令和8年1月", "山田 花子", "0000000001")


# ---- 更新期限一覧


def test_the_deadlines_are_those_of_the_records_the_nearest_first() -> None:
    people = [
        {"氏名": "一番", "支給決定終了": "2026-06-30", "標準利用期間満了日": "2026-01-15"},
        {"氏名": "二番", "支給決定終了": "2027-03-31", "標準利用期間満了日": ""},
        {"氏名": "三番", "支給決定終了": "2027-03-31", "標準利用期間満了日": ""},
    ]
    approvals = [
        {"氏名": "二番", "承認開始": "2025-01-01", "承認終了": "2026-03-31"},
        {"氏名": "一番", "承認開始": "2025-01-01", "承認終了": "2025-06-30"},
        {"氏名": "一番", "承認開始": "2025-07-01", "承認終了": "2026-12-31", "更新書類提出日": "2025-05-01"},
    ]
    rows = [{"氏名": p["氏名"], "日付": on(6), "提供区分": "通所"} for p in people]
    sheet = only({"日報": rows, "利用者台帳": people, "在宅承認": approvals}, "renewals")
    told = table(sheet)
    assert [row["氏名"] for row in told] == ["二番", "一番", "三番"]
    assert [row["在宅承認の終了"] for row in told] == ["令和8年3月31日", "令和8年12月31日", ""]
    begins = [wareki(date(2026, 3, 31) - timedelta(60)), wareki(date(2026, 12, 31) - timedelta(60)), ""]
    assert [row["更新の準備を始める日"] for row in told] == begins
    assert [row["確かめること"] for row in told] == [
        "更新の準備を始める日を過ぎています。", "標準利用期間の終わりの日が来ています。", "在宅承認の記載がありません。",
    ]  # fmt: skip
    assert link(sheet, 0, "在宅承認の終了")[0] == "在宅承認"
    assert "令和8年1月31日現在" in made.texts(sheet)


def test_an_end_that_cannot_be_read_is_not_taken_for_none() -> None:
    approvals = [{"承認終了": "来年の春"}, {"承認終了": "2025-12-31"}]
    sheet = only({"日報": [{"日付": on(6), "提供区分": "通所"}], "在宅承認": approvals}, "renewals")
    assert [row["在宅承認の終了"] for row in table(sheet)] == ["要確認"]


# ---- 自己点検シート


def test_the_self_check_counts_each_condition_and_leaves_the_office_its_boxes() -> None:
    tables = {
        "日報": [{"日付": on(6), "提供区分": "在宅", "連絡": []}, {"日付": on(7), "提供区分": "在宅", "備考": ""}],
        "設定": {"運営規程の在宅記載日": ""},
    }
    sheet = only(tables, "self_check")
    rows = [row for row in table(sheet) if row["通知の要旨"]]
    told = {row["要件"]: row["点検の結果"] for row in rows}
    assert told["(2)イ 1日2回の連絡と日報"] == "算定不可 1件（D01）"
    assert told["(5)オ 週1回の評価"] == told["(6)カ 月1回の評価"] == "見直す箇所なし（記録から分かる範囲）"
    assert told["運営規程"] == "要修正 1件（A06）"
    assert told["実績記録票"] == "要修正 1件（R01）"
    assert len(rows) == 14 + ("そのほか（読み取れないセル、足りない記録など）" in told)
    assert {row["事業所の確認"] for row in rows} == {"□ はい\n□ いいえ"}
    assert {row["確かめた記録・気付いたこと（記入欄）"] for row in rows} == {""}
    gists = rows[1]["通知の要旨"]
    assert "在宅の日は1日2回、連絡や助言などの支援をし、その日の日報を作る" in gists
    assert "2(2)" in rows[1]["根拠"]


def test_what_belongs_to_no_condition_and_what_could_not_be_read_is_not_called_met() -> None:
    rows = [
        {"日付": on(6), "提供区分": "在宅", "曜日": "金"},
        {"日付": on(7), "提供区分": "在宅", "開始": "9.3", "支援記録": "面談をした"},
    ]
    told = {row["要件"]: row["点検の結果"] for row in table(only({"日報": rows}, "self_check"))}
    assert told["そのほか（読み取れないセル、足りない記録など）"] == "要確認 1件、要修正 1件（P01・R06）"
    assert told["(4)エ 随時の支援"] == "見直す箇所なし（「そのほか」の要確認を除く）"


def test_a_row_that_is_nobodys_stands_in_the_head_of_every_form() -> None:
    rows = [{"日付": on(6), "提供区分": "在宅"}, {"氏名": "#N/A", "日付": on(7), "提供区分": "在宅"}]
    for form in ("service_record", "monthly_summary", "evidence"):
        assert re.search("要確認(が|：).*P01", made.texts(only({"日報": rows}, form))), form


# ---- 根拠一覧


@pytest.mark.parametrize(
    ("tables", "column"),
    [
        ({"日報": [{"日付": on(6), "提供区分": "在宅", "訓練内容": "#N/A"}]}, "日報（訓練内容）"),
        ({"日報": [{"日付": on(6), "提供区分": "在宅", "支援記録": "#N/A"}]}, "日報（支援記録）"),
        ({"日報": [{"日付": on(6), "提供区分": "在宅"}], "週評価": [{"実施日": "#N/A"}]}, "週の評価"),
        ({"日報": [{"日付": on(6), "提供区分": "在宅"}], "月評価": [{"実施日": "#N/A"}]}, "月の評価"),
        ({"日報": [{"日付": on(6), "提供区分": "在宅"}], "在宅承認": [{"承認終了": "#N/A"}]}, "市町村の承認"),
    ],
)
def test_a_cell_that_cannot_be_read_is_not_called_missing(tables: dict, column: str) -> None:
    (row,) = table(only(tables, "evidence"))
    assert row[column] == "要確認"


def test_each_day_at_home_is_led_back_to_the_cells_that_prove_it() -> None:
    contacts = ["9:35 電話 開始確認 体調 佐藤", "13:00 メール 相談 質問 佐藤", "14:00 電話 欠席連絡 - 佐藤", "15:20 電話 終了確認 振り返り 佐藤",
                "15:25 電話 助言 次の日のこと 佐藤"]  # fmt: skip
    tables = {
        "日報": [{"日付": on(6), "提供区分": "在宅", "連絡": contacts}, {"日付": on(8), "提供区分": "在宅", "連絡": []}]
    }
    sheet = only(tables, "evidence")
    (sixth, eighth) = table(sheet)
    assert [sixth[h] for h in ("日", "曜日", "判定")] == [6, "火", "算定可"]
    assert [re.sub(r"日報!\w+\n", "", sixth[f"連絡{n}"]) for n in (1, 2, 3)] == [
        "9:35 電話 開始確認", "13:00 ICT 相談", "15:20 電話 終了確認 ほか1回",
    ]  # fmt: skip
    assert sixth["週の評価"].endswith("1月8日(木) 電話")
    assert sixth["月の評価"].endswith("1月28日(水) 通所")
    assert sixth["市町村の承認"].endswith("令和7年4月1日～\n令和8年12月31日")
    assert [link(sheet, 0, h)[0] for h in ("連絡1", "日報（訓練内容）", "週の評価", "月の評価", "市町村の承認")] == [
        "日報", "日報", "週評価", "月評価", "在宅承認",
    ]  # fmt: skip
    assert eighth["判定"] == "算定不可\nD01"
    assert [eighth["連絡1"], eighth["連絡2"], eighth["連絡3"]] == ["記録なし", "記録なし", ""]


def test_every_link_of_the_evidence_leads_to_a_cell_that_says_so(tmp_path: Path) -> None:
    path = made.demo_book(tmp_path, clean=True)
    book = openpyxl.load_workbook(path)
    checked = 0
    for sheet in _made(_source_of(path), "evidence"):
        for row in sheet.rows[sheet.heading_row :]:
            for cell in row:
                if cell is None or cell.link is None:
                    continue
                target = book[cell.link[0]].cell(*cell.link[1:]).value
                words = str(cell.value).partition("\n")[2]
                checked += 1
                assert str(cell.value).startswith(cell.link[0] + "!")
                assert target is not None
                if hasattr(target, "hour") and not hasattr(target, "year"):
                    assert words.startswith(f"{target.hour}:{target.minute:02} ")
                elif hasattr(target, "year") and cell.link[0] != "在宅承認":
                    assert words.startswith(f"{target.month}月{target.day}日(")
    assert checked > 400


def test_each_day_is_proven_by_the_evaluation_of_its_own_week() -> None:
    sheet = only({"日報": [{"日付": on(day), "提供区分": "在宅"} for day in (6, 13, 20)]}, "evidence")
    assert [row["週の評価"].partition("\n")[2] for row in table(sheet)] == [
        "1月6日(火) 電話", "1月13日(火) 電話", "1月20日(火) 電話",
    ]  # fmt: skip


def test_a_month_at_the_office_only_has_no_list_of_evidence() -> None:
    assert made.sheets({"日報": [{"日付": on(6), "提供区分": "通所"}]}, "evidence") == []


# ---- 月次まとめ


def test_the_monthly_summary_tells_each_day_of_use_in_the_log_s_own_words() -> None:
    tables = {
        "日報": [
            {"日付": on(6), "提供区分": "在宅", "訓練内容": "データ入力\n30件"}, {"日付": on(7), "提供区分": "通所", "開始": "9.3"},
            {"日付": on(8), "提供区分": "欠席"}, {"日付": on(9), "提供区分": "在宅", "連絡": ["9:35 電話 開始確認 体調 佐藤"]},
        ],
        "月評価": [{"対象年月": "2026-01", "実施日": on(7), "達成度": "おおむね達成"}],
    }  # fmt: skip
    sheet = only(tables, "monthly_summary")
    lines = [[cell.value if cell else "" for cell in row] for row in sheet.rows]
    top = next(n for n, line in enumerate(lines) if line[0] == "日")
    assert lines[top + 1 : top + 4] == [
        [6, "火", "在宅", "9:30", "15:30", "9:35 電話 開始確認", "15:20 電話 終了確認", "データ入力\n30件", "算定可"],
        [7, "水", "通所", "要確認", "15:30", "", "", "軽作業", ""],
        [9, "金", "在宅", "9:30", "15:30", "9:35 電話 開始確認", "", "データ入力", "算定不可\nD01"],
    ]  # fmt: skip
    said = made.texts(sheet)
    assert "在宅 2日　通所 1日" in said
    assert "1月9日(金)　電話　進み具合を評価した" in said
    assert "1月7日(水)　通所　事業所　達成度: おおむね達成" in said
    assert "算定不可 D01　1/9（金）　支援の連絡の記録は1回分です。在宅の日は1日2回必要です。" in said
    row, column = made.find(sheet, "作成者")
    assert (row, column + 1) not in made.cells(sheet)


# ---- 一式


def test_the_set_for_an_inspection_begins_with_a_list_of_where_each_page_is() -> None:
    tables = {
        "日報": [{"日付": on(day), "提供区分": "在宅"} for day in range(5, 24)]
    }  # the daily records take several pages
    contents, record, *rest = made.sheets(tables, "inspection", client="山田花子")
    assert contents.name == "目次_山田 花子"
    lines = [[cell.value if cell else "" for cell in row] for row in contents.rows]
    listed = [line for line in lines if isinstance(line[0], int)]
    assert listed[0] == [1, "サービス提供実績記録票", record.name, 2]
    assert [line[2] for line in listed] == [sheet.name for sheet in (record, *rest)]
    pages = [sheet.page.tall or len(sheet.page.breaks) + 1 for sheet in (contents, record, *rest)]
    assert max(pages) > 2
    assert [line[3] for line in listed] == [1 + sum(pages[: n + 1]) for n in range(len(listed))]
    assert rest[-1].name == "根拠一覧_山田 花子"


# ---- what a form says of the check


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"送迎往": "○"}], "見直し未了　加算できないおそれのある記録：6日（S06）"),
        (
            [{"連絡": []}, {"食事": "○"}],
            "見直し未了　請求できないおそれのある在宅の日：6日（D01）　加算できないおそれのある記録：7日（S05）",
        ),
        ([{"連絡": []}, {"訓練内容": ""}], "見直し未了　請求できないおそれのある在宅の日：6日・7日（D01・D03）"),
        (
            [{"連絡": []}, {"訓練内容": "#N/A"}],
            "見直し未了　請求できないおそれのある在宅の日：6日（D01）　要確認：7日（P01）",
        ),
        ([{"訓練内容": "#N/A"}], "点検：要確認が1件あります（P01）。確かめるまで請求を控えます。"),
        ([{"備考": ""}], "点検：請求を止める箇所は見つかりませんでした。"),
    ],
)
def test_the_head_of_a_form_names_the_days_and_rules_that_stand_in_the_way(
    rows: list[dict[str, Any]], said: str
) -> None:
    days = [{"日付": on(day), "提供区分": "在宅", **row} for day, row in enumerate(rows, 6)]
    assert made.cells(only({"日報": days}, "service_record"))[2, 1] == said


# ---- all of them

EVERY_SHEET = {  # something for each form to print
    "予定": [{"日付": on(6), "予定区分": "在宅"}, {"日付": on(7), "予定区分": "通所"}],
    "欠席時対応": [{
        "欠席日": on(7), "連絡日": on(7), "連絡者": "本人", "受けた職員": "佐藤", "理由": "発熱", "相談援助内容": "受診を勧めた",
        "次回予定日": on(8), "加算算定": "有",
    }],
    "チェックリスト": [{"評価日": on(6), "領域": "日常生活", "項目": "起床", "評価": 3, "評価者": "佐藤"}],
    "週評価": [{"実施日": on(9), "対象開始": on(5), "対象終了": on(11)}],
    "貸与機器": [{"品名": "ノートPC", "貸与日": on(5)}],
}  # fmt: skip
each_form = pytest.mark.parametrize("form", [form.name for form in FORMS])


@each_form
def test_every_sheet_says_whose_last_word_it_is_and_that_the_check_is_not_done(form: str) -> None:
    for rows, words in (
        ([], "点検：請求を止める箇所は見つかりませんでした。"),
        (["9:35 電話 開始確認 体調 佐藤"], "見直し未了　"),
    ):
        contacts = {"連絡": rows} if rows else {}
        entries = [{"日付": on(6), "提供区分": "在宅", **contacts}, {"日付": on(7), "提供区分": "欠席"}]
        sheets = made.sheets(EVERY_SHEET | {"日報": entries}, form)
        assert sheets
        for sheet in sheets:
            cells = made.cells(sheet)
            assert cells[1, 1] == FIRST_LINE
            assert str(cells[2, 1]).startswith((words, NOT_OF_A_CLAIM.words))
            assert sheet.key == (form, sheet.key[1], "2026-01", "")


@each_form
def test_no_form_carries_a_name_into_a_place_to_sign(form: str) -> None:
    names = {"利用者確認": "署名 太郎", "記録者": "署名 太郎"}
    for sheet in made.sheets(EVERY_SHEET | {"日報": [{"日付": on(6), "提供区分": "在宅", **names}]}, form):
        to_sign = [spot for spot, words in made.cells(sheet).items() if re.search("署名欄?$", str(words))]
        assert [beside(sheet, *spot) for spot in to_sign] == [""] * len(to_sign)
        if form != "daily_record":  # which prints who recorded the day
            assert "署名 太郎" not in made.texts(sheet)


def beside(sheet: MadeSheet, row: int, column: int) -> Any:
    """What stands right of a label, behind the cells it is joined over; nothing at the edge."""
    last = next((merge[3] for merge in sheet.merges if merge[:2] == (row, column)), column)
    right = sheet.rows[row - 1][last] if last < len(sheet.rows[row - 1]) else None
    return right.value if right else ""
