"""実績記録票: every cell beside what the records say, told here a second time."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import logs
from tests.forms import made
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check
from zaitaku_xl.hosts.marking import alone
from zaitaku_xl.jobs import Asked
from zaitaku_xl.jobs.forms import Wanted, make_forms
from zaitaku_xl.law import load_law
from zaitaku_xl.made import MadeSheet

FIRST_DAY = 11  # the row of the month's first day
TOTAL = FIRST_DAY + 31
START, END, RIDE_TO, RIDE_BACK, VISIT, MEAL, MEDICAL, TRIAL = 4, 5, 6, 7, 8, 9, 10, 11
EMERGENCY, OUTSIDE, CONFIRMED, REMARK = 13, 15, 16, 17
CONTINUED = (
    "訪問支援特別加算",
    "食事提供体制加算",
    "医療連携体制加算",
    "体験利用支援加算",
    "地域協働加算",
    "緊急時受入加算",
    "集中的支援加算",
    "施設外支援",
)
TRANSITION = ("訪問支援特別加算", "食事提供体制加算", "医療連携体制加算", "通勤訓練加算", "体験利用支援加算", "地域連携会議実施加算",
              "緊急時受入加算", "集中的支援加算", "移行準備支援体制加算")  # fmt: skip
INFERRED = "様式16（案・要確認: 列は公表資料からの推定です。提出の前に公式の様式と見比べてください）"


def headings(additions: tuple[str, ...]) -> made.Cells:
    """The three rows of headings, with these after 送迎加算."""
    last = 8 + len(additions)
    told = {
        (8, 1): "日付",
        (8, 2): "曜日",
        (8, 3): "サービス提供実績",
        (8, last): "利用者確認欄",
        (8, last + 1): "備考",
    }
    told |= {(9, 3): "サービス提供の状況", (9, 4): "開始時間", (9, 5): "終了時間", (9, 6): "送迎加算"}
    told |= {(9, column): heading for column, heading in enumerate(additions, 8)}
    return told | {(10, 6): "往", (10, 7): "復", (10, 8): "時間数"}


def a_month(*rows: dict[str, Any], **tables: Any) -> dict[str, Any]:
    return {"日報": list(rows), "設定": {"対象年月": "2026-01"}, **tables}


def record(tables: dict[str, Any], **asked: Any) -> MadeSheet:
    (sheet,) = made.sheets(tables, "service_record", **asked)
    return sheet


def on(day: int) -> str:
    return f"2026-01-{day:02}"


def line(sheet: MadeSheet, day: int) -> dict[int, Any]:
    """The cells of one day, 日付 and 曜日 left out."""
    cells = made.cells(sheet)
    return {column: value for (row, column), value in cells.items() if row == FIRST_DAY + day - 1 and column > 2}


# ---- the demo, cell by cell


def expected(path: Path, client: str, standing: str) -> made.Cells:
    """Tell every cell of a client's sheet from the office's own rows, as openpyxl reads them."""
    (person,) = [row for row in made.rows_of(path, "利用者台帳") if row["氏名"] == client]
    office = {row["項目"]: row["値"] for row in made.rows_of(path, "設定", "項目")}
    entries = {r["日付"].date(): r for r in made.rows_of(path, "日報") if r["氏名"] == client and r["日付"]}
    absences = [r for r in made.rows_of(path, "欠席時対応") if r["氏名"] == client and r["加算算定"]]
    transition = person["サービス種別"] == "就労移行支援"
    additions = TRANSITION if transition else CONTINUED
    cells: made.Cells = {
        (1, 1): "【在宅点検】記録から作成した様式です。最終判断は支給決定市町村・指定権者が行います。",
        (2, 1): standing, (3, 1): "令和8年1月分", (4, 1): INFERRED if transition else "様式17",
        (3, 6): f"就労{'移行' if transition else '継続'}支援提供実績記録票", (TOTAL, 1): "合計",
    } | headings(additions)  # fmt: skip
    for row, text in (
        (5, ["受給者証番号", person["受給者証番号"], "支給決定障害者氏名", client, "事業所番号", office["事業所番号"]]),
        (
            6,
            [
                "契約支給量",
                f"{person['サービス種別']}　{person['契約支給量']}",
                "事業者及びその事業所",
                office["事業所名"],
            ],
        ),
        (TOTAL + 2, [additions[-1], "当月", "0日", "累計", "0日／180日", "集中的支援加算", "支援開始日"]),
        (TOTAL + 3, ["初期加算", "利用開始日", "30日目", "当月算定日数"]),
        (TOTAL + 4, ["1枚中　1枚目"]),
    ):
        cells |= {(row, -n): value for n, value in enumerate(text)}  # columns of the boxes: their order is what counts
    for n in range(31):
        day = date(2026, 1, 1) + timedelta(days=n)
        cells |= {(FIRST_DAY + n, 1): n + 1, (FIRST_DAY + n, 2): made.WEEKDAYS[day.weekday()]}
        cells |= {
            (FIRST_DAY + n, column): value for column, value in _a_day(entries.get(day), len(additions) + 9).items()
        }
    cells |= {(FIRST_DAY + r["欠席日"].day - 1, 3): "欠席" for r in absences}
    rides = sum(bool(r["送迎往"]) + bool(r["送迎復"]) for r in entries.values() if r["提供区分"] in ("通所", "在宅"))
    meals = sum(bool(r["食事"]) for r in entries.values() if r["提供区分"] in ("通所", "在宅"))
    cells |= {(TOTAL, column): count for column, count in ((RIDE_TO, rides), (MEAL, meals)) if count}
    return cells


def _a_day(entry: dict[str, Any] | None, remark_column: int) -> dict[int, Any]:
    if entry is None or entry["提供区分"] not in ("通所", "在宅"):
        return {}
    told = {column: _clock(entry[heading]) for column, heading in ((START, "開始"), (END, "終了"))}
    marks = {RIDE_TO: "送迎往", RIDE_BACK: "送迎復", MEAL: "食事"}
    told |= {column: 1 for column, heading in marks.items() if entry[heading]}
    typed = entry["備考"] or ""
    remark = typed if entry["提供区分"] == "通所" or "在宅支援" in typed else f"在宅支援　{typed}".strip()
    return told | ({remark_column: remark} if remark else {})


def _clock(typed: Any) -> str:
    """The demo types most times as times; one row of the log says 9.3, which is no time."""
    return f"{typed.hour}:{typed.minute:02}" if hasattr(typed, "hour") else "要確認"


def in_order(cells: made.Cells) -> made.Cells:
    """Number the cells of the boxes above and below the table by their order, as ``expected`` does."""
    boxes = (5, 6, TOTAL + 2, TOTAL + 3, TOTAL + 4)
    told = {where: value for where, value in cells.items() if where[0] not in boxes}
    for box in boxes:
        values = [value for (row, _), value in sorted(cells.items()) if row == box]
        told |= {(box, -n): value for n, value in enumerate(values)}
    return told


@pytest.fixture(scope="module")
def clean_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("demo")
    path = made.demo_book(folder, clean=True)
    return path, _made(path, folder / "out")


@pytest.fixture(scope="module")
def planted_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("demo")
    path = made.demo_book(folder)
    return path, _made(path, folder / "out")


def _made(path: Path, folder: Path) -> Path:
    target = folder / path.name
    make_forms(path, Asked(), Wanted("service_record"), target)
    return target


CLIENTS = ("青木 さくら", "岩永 拓海", "浦川 美和", "江口 誠", "川上 ひなた", "松尾 悠人")
CLEAN = "点検：請求を止める箇所は見つかりませんでした。"


@pytest.mark.parametrize("client", CLIENTS)
def test_every_cell_is_what_the_clean_records_say(clean_demo: tuple[Path, Path], client: str) -> None:
    path, target = clean_demo
    found = made.cells_in(openpyxl.load_workbook(target)[f"実績記録票_{client}"])
    assert in_order(found) == expected(path, client, CLEAN)


@pytest.mark.parametrize("client", CLIENTS)
def test_what_may_not_be_claimed_is_neither_left_out_nor_kept_quiet(
    planted_demo: tuple[Path, Path], client: str
) -> None:
    path, target = planted_demo
    found = made.cells_in(openpyxl.load_workbook(target)[f"実績記録票_{client}"])
    standing = found[2, 1]
    days = {
        k: v for k, v in expected(path, client, standing).items() if FIRST_DAY <= k[0] < TOTAL and k[1] in (1, 2, START)
    }
    assert {k: v for k, v in found.items() if FIRST_DAY <= k[0] < TOTAL and k[1] in (1, 2, START)} == days
    assert str(standing).startswith("見直し未了　")


def test_the_sheets_read_back_differ_in_nothing_from_the_log(clean_demo: tuple[Path, Path]) -> None:
    source = made.source({"日報": [{"日付": on(d), "提供区分": "在宅"} for d in (5, 6, 7)]})
    (sheet,) = made.sheets({"日報": [{"日付": on(d), "提供区分": "在宅"} for d in (5, 6, 7)]}, "service_record")
    log = read_log([*logs.grids({"日報": [{"日付": on(d), "提供区分": "在宅"} for d in (5, 6, 7)]}), made.grid(sheet)])
    assert len(log.people[0].record_lines) == 4  # the harness adds a 通所 day
    report = check(log, load_law())
    assert [f.rule for f in report.findings if f.rule in ("R01", "R02", "R03")] == []
    assert source.report.verdicts == report.verdicts


PLACES = st.sampled_from(["在宅", "通所", "訪問", "施設外", "欠席", "休"])
CLOCKS = st.integers(0, 23 * 60).map(lambda m: f"{m // 60}:{m % 60:02}")


@given(
    rows=st.lists(
        st.builds(
            lambda day, place, start, remark: {"日付": on(day), "提供区分": place, "開始": start, "終了": "23:30", "備考": remark},
            st.integers(1, 31), PLACES, CLOCKS, st.sampled_from(["", "在宅支援", "面談あり", "=1+1", "在宅支援　午後休"]),
        ),
        min_size=1, max_size=31, unique_by=lambda row: row["日付"],
    )
)  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_month_held_our_own_sheet_agrees_with_the_log(rows: list[dict[str, Any]]) -> None:
    tables = a_month(*rows)
    sheets = made.sheets(tables, "service_record")
    report = check(read_log([*logs.grids(tables), *map(made.grid, sheets)]), load_law())
    assert [f.message for f in report.findings if f.rule == "R03"] == []


# ---- one fact at a time


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"提供区分": "在宅"}, {START: "9:30", END: "15:30", REMARK: "在宅支援"}),
        ({"提供区分": "在宅", "備考": "面談あり"}, {START: "9:30", END: "15:30", REMARK: "在宅支援　面談あり"}),
        ({"提供区分": "在宅", "備考": "在宅支援（午後）"}, {START: "9:30", END: "15:30", REMARK: "在宅支援（午後）"}),
        ({"提供区分": "通所", "備考": "通院のため遅れ"}, {START: "9:30", END: "15:30", REMARK: "通院のため遅れ"}),
        ({"提供区分": "訪問"}, {START: "9:30", END: "15:30"}),
        ({"提供区分": "施設外"}, {START: "9:30", END: "15:30", OUTSIDE: 1}),
        ({"提供区分": "通所", "送迎往": "○", "食事": "○", "医療連携": "○"},
         {START: "9:30", END: "15:30", RIDE_TO: 1, MEAL: 1, MEDICAL: 1}),
        ({"提供区分": "通所", "訪問支援特別": "1.5", "体験利用": "○", "緊急時受入": "○"},
         {START: "9:30", END: "15:30", VISIT: "1.5", TRIAL: 1, EMERGENCY: 1}),
        ({"提供区分": "欠席", "備考": "発熱"}, {}),
        ({"提供区分": "休"}, {}),
        ({"提供区分": "通所", "開始": "9.3"}, {START: "要確認", END: "15:30"}),
        ({"提供区分": "どこか", "開始": "9:30", "終了": "15:30"}, {3: "要確認", START: "9:30", END: "15:30"}),
        ({"提供区分": "通所", "食事": "たぶん"}, {START: "9:30", END: "15:30", MEAL: "要確認"}),
    ],
)  # fmt: skip
def test_a_day_is_printed_as_it_was(row: dict[str, Any], told: dict[int, Any]) -> None:
    sheet = record(a_month({"日付": on(6), **row}, {"日付": on(30), "提供区分": "通所"}))
    assert line(sheet, 6) == told


def test_the_place_for_the_client_to_sign_is_never_filled() -> None:
    sheet = record(a_month({"日付": on(6), "提供区分": "在宅", "利用者確認": "山田 花子"}))
    assert not [
        value for (row, column), value in made.cells(sheet).items() if FIRST_DAY <= row < TOTAL and column == CONFIRMED
    ]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("2026-01-05", ["令和8年1月5日", "令和8年2月3日", "3日"]),
        ("2025-12-08", ["令和7年12月8日", "令和8年1月6日", "2日"]),
        ("2025-12-02", []),  # its thirtieth day was 31 December
        ("2026-02-01", []),
        ("", []),
    ],
)
def test_the_first_thirty_days_are_counted_within_the_month(start: str, told: list[str]) -> None:
    rows = [{"日付": on(day), "提供区分": "通所"} for day in (5, 6, 7)]
    sheet = record(a_month(*rows, 利用者台帳=[{"利用開始日": start}]))
    values = [value for (row, _), value in sorted(made.cells(sheet).items()) if row == TOTAL + 3]
    assert [v for v in values if v not in ("初期加算", "利用開始日", "30日目", "当月算定日数")] == told


def test_the_days_outside_are_counted_and_their_total_is_the_register_s() -> None:
    rows = [{"日付": on(5), "提供区分": "施設外"}, {"日付": on(6), "提供区分": "通所", "施設外支援": "○"}]
    sheet = record(a_month(*rows, 利用者台帳=[{"施設外支援累計": 42}]))
    values = [value for (row, _), value in sorted(made.cells(sheet).items()) if row == TOTAL + 2]
    assert values[:5] == ["施設外支援", "当月", "2日", "累計", "42日／180日"]


def test_an_absence_is_printed_only_where_its_addition_is_claimed() -> None:
    rows = [
        {"日付": on(8), "提供区分": "欠席"},
        {"日付": on(9), "提供区分": "欠席"},
        {"日付": on(6), "提供区分": "通所"},
    ]
    absent = [{"欠席日": on(8), "加算算定": "有"}, {"欠席日": on(9), "加算算定": ""}]
    sheet = record(a_month(*rows, 欠席時対応=absent))
    assert (line(sheet, 8), line(sheet, 9)) == ({3: "欠席"}, {})


def test_a_client_of_transition_support_gets_the_inferred_sheet_and_is_told_so() -> None:
    rows = [{"日付": on(6), "提供区分": "通所", "移行準備支援体制": "○", "通勤訓練": "○"}]
    sheet = record(a_month(*rows, 利用者台帳=[{"サービス種別": "就労移行支援"}]))
    assert "就労移行支援提供実績記録票" in made.texts(sheet)
    assert "様式16（案・要確認" in made.texts(sheet)
    (training, _), (preparing, _) = made.find(sheet, "通勤訓練加算"), made.find(sheet, "地域連携会議実施加算")
    assert training == preparing
    assert [line(sheet, 6)[n] for n in (11, 16)] == [1, 1]


def test_a_month_of_february_leaves_its_last_rows_blank() -> None:
    rows = [{"日付": "2026-02-27", "提供区分": "通所"}]
    sheet = record({"日報": rows, "設定": {"対象年月": "2026-02"}})
    days = [
        value for (row, column), value in sorted(made.cells(sheet).items()) if column == 1 and FIRST_DAY <= row < TOTAL
    ]
    assert days == list(range(1, 29))
    assert made.find(sheet, "合計") == (TOTAL, 1)


def test_a_reason_takes_the_place_of_the_warning_and_is_printed() -> None:
    rows = [{"日付": on(6), "提供区分": "在宅", "連絡": []}]
    assert made.cells(record(a_month(*rows)))[2, 1] == "見直し未了　請求できないおそれのある在宅の日：6日（D01）"
    told = made.cells(record(a_month(*rows), reason="市の確認待ち"))[2, 1]
    assert told == "見直しを残して作成（理由：市の確認待ち）　請求できないおそれのある在宅の日：6日（D01）"


def test_names_and_numbers_come_out_as_they_were_typed(tmp_path: Path) -> None:
    name = "=髙﨑 𠮷子"
    people = [{"氏名": name, "受給者証番号": "0012345678"}]
    sheets = made.sheets(
        a_month({"氏名": name, "日付": on(6), "提供区分": "在宅"}, 利用者台帳=people), "service_record"
    )
    path = tmp_path / "record.xlsx"
    path.write_bytes(alone(sheets))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    told = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert told[name].data_type == "s"
    assert told[name].quotePrefix
    assert told["0012345678"].number_format == "@"


def test_the_hours_of_all_rows_at_home_are_on_the_record() -> None:
    morning = {"日付": "2026-01-06", "提供区分": "在宅", "開始": "9:00", "終了": "11:00"}
    afternoon = {"日付": "2026-01-06", "提供区分": "在宅", "開始": "13:00", "終了": "15:00"}
    printed = made.cells(record(a_month(morning, afternoon)))
    assert (printed[FIRST_DAY + 5, START], printed[FIRST_DAY + 5, END]) == ("9:00", "15:00")
    printed = made.cells(record(a_month(morning, afternoon | {"終了": ""})))
    assert printed[FIRST_DAY + 5, START] == "9:00"
    assert (FIRST_DAY + 5, END) not in printed
