"""What stands around the records: titles, copies, examples, hidden rows. None is judged in silence, none passed over."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import logs
from zaitaku_xl.book.read import read_log
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.check import check
from zaitaku_xl.errors import LayoutError, NotALog
from zaitaku_xl.law import load_law
from zaitaku_xl.report import Report

HOME = {"日付": "2026-01-06", "提供区分": "在宅"}
BY_NUMBER = [{"日付": day, "曜日": "", "提供区分": place} for day, place in ((6, "在宅"), (28, "通所"))]
MONTH = {"対象年月": "2026-01"}
HELD: dict[str, Any] = {
    "予定": [{"日付": "2026-01-06", "予定区分": "在宅"}, {"日付": "2026-01-28", "予定区分": "通所"}],
    "週評価": [{"実施日": "2026-01-06"}],
    "月評価": [{"実施日": "2026-01-28"}],
}


def judged(grids: Sequence[Grid]) -> Report:
    return check(read_log(grids), load_law())


def told(report: Report) -> list[tuple[str, str]]:
    return [(f"{f.rule} {f.weight.value}", f.message) for f in report.findings if f.rule not in ("D07", "S11")]


def book(tables: Mapping[str, Any], **changed: Any) -> list[Grid]:
    """The workbook of a case; *changed* 日報: rows above or below, and what is hidden."""
    made = logs.grids(tables)
    (entries,) = [grid for grid in made if grid.name == "日報"]
    return [_changed(grid, **changed) if grid is entries else grid for grid in made]


def _changed(
    grid: Grid, above: Sequence[object] = (), below: Mapping[int, Mapping[int, object]] | None = None, **facts: Any
) -> Grid:
    rows = dict(grid.rows)
    if above:
        rows[1] = {n: _cell(value) for n, value in enumerate(above, 1) if value is not None}
    for number, cells in (below or {}).items():
        rows[number] = {n: _cell(value) for n, value in cells.items()}
    return replace(grid, rows=rows, **facts)


def _cell(value: object) -> Cell:
    if isinstance(value, date):
        return Cell(Kind.DATE, float((value - date(1899, 12, 30)).days))
    return Cell(Kind.NUMBER, float(value)) if isinstance(value, int) else Cell(Kind.TEXT, str(value))


# ---- the month that stands above a table

OTHER_TITLES = [
    ("R8", "年", 2, "月"),
    ("令和", 8, "年", 2, "月分"),
    (2026, "年", 2, "月"),
    ("令和8年2月分",),
    ("日報（2026年2月）",),
    ("R8.2",),
    ("対象年月", "2026-02"),
    (date(2026, 2, 1),),
    ("日報　2月分",),
]


@pytest.mark.parametrize("title", OTHER_TITLES, ids=str)
def test_days_under_another_month_than_the_one_of_the_settings_are_not_judged(title: Sequence[object]) -> None:
    report = judged(book({"日報": BY_NUMBER, "設定": MONTH, **HELD}, above=title))
    assert report.days == ()
    assert report.nothing is None
    mine = [finding for finding in told(report) if finding[0] in ("P02 undecided", "P01 undecided")]
    assert len(mine) == 1
    assert mine[0][0] == "P02 undecided"
    assert "2月とあり" in mine[0][1]
    assert "設定の対象年月は令和8年1月です" in mine[0][1]


SAME_TITLES = [
    ("R8", "年", 1, "月"),
    ("令和8年1月分",),
    (date(2026, 1, 1),),
    ("日報　1月分",),
    ("作成日", date(2026, 2, 3)),
    ("作成日：令和8年2月3日",),
    ("令和8年2月2日現在",),
    ("TEL", "095-2026-02"),
    ("令和7年度",),
    ("株式会社ひかり",),
]


@pytest.mark.parametrize("title", SAME_TITLES, ids=str)
def test_a_title_that_agrees_or_is_no_month_changes_nothing(title: Sequence[object]) -> None:
    report = judged(book({"日報": BY_NUMBER, "設定": MONTH, **HELD}, above=title))
    assert told(report) == []
    assert [day.verdict.value for day in report.days] == ["BILLABLE", "NOT_HOME"]


@pytest.mark.parametrize("title", OTHER_TITLES[:8], ids=str)
def test_a_title_is_enough_where_the_settings_say_no_month(title: Sequence[object]) -> None:
    report = judged(book({"日報": BY_NUMBER, "設定": {"対象年月": ""}}, above=title))
    assert {day.day for day in report.days} == {date(2026, 2, 6), date(2026, 2, 28)}


def test_whole_dates_under_another_title_are_judged_and_the_title_is_told() -> None:
    report = judged(book({"日報": [HOME], "設定": MONTH}, above=("令和8年2月分",)))
    assert told(report) == [("P02 advise", "日報の上に令和8年2月とありますが、日付は別の月です。")]
    assert report.days[0].verdict.value == "BILLABLE"


def test_days_alone_without_any_month_are_one_question() -> None:
    report = judged(book({"日報": BY_NUMBER, "設定": {"対象年月": ""}, **HELD}))
    assert ("P02 undecided", "日報の日付に年と月がなく、いつの記録か判断できません（2行）。") in told(report)
    assert not [finding for finding in report.findings if finding.rule == "P01"]


# ---- rows that are no records


@pytest.mark.parametrize("mark", ["（記入例）", "記入例　山田", "例", "サンプル", "山田（例）"])
def test_an_example_is_no_client(mark: str) -> None:
    grids = book({"日報": [HOME], "設定": MONTH}, below={20: {1: mark, 2: "2026-01-07", 4: "在宅"}})
    report = judged(grids)
    assert told(report) == [("P02 advise", "日報の記入例の行（1行）は、記録として数えていません。")]
    assert {client.client for client in report.clients} == {logs.NAME}


@pytest.mark.parametrize("name", ["例田 一郎", "山田 花子", "見本 一郎"])
def test_a_name_that_is_none_of_these_is_a_client(name: str) -> None:
    report = judged(book({"日報": [HOME], "設定": MONTH}, below={20: {1: name, 2: "2026-01-07", 4: "通所"}}))
    assert name in {client.client for client in report.clients}


def test_headings_once_more_are_no_records() -> None:
    grids = book({"日報": [HOME], "設定": MONTH})
    (entries,) = [grid for grid in grids if grid.name == "日報"]
    again = replace(entries, rows={**entries.rows, 20: entries.rows[2], 30: entries.rows[2]})
    report = judged([again if grid is entries else grid for grid in grids])
    assert told(report) == [("P02 advise", "日報の見出しと同じ行（2行）は、記録として数えていません。")]


def test_headings_in_another_order_are_refused() -> None:
    grids = book({"日報": [HOME], "設定": MONTH}, below={20: {1: "氏名", 2: "提供区分", 4: "日付"}})
    with pytest.raises(LayoutError, match="日報!B20"):
        read_log(grids)


# ---- copies


def test_a_copy_is_named_and_not_judged() -> None:
    grids = book({"日報": [HOME], "設定": MONTH})
    (entries,) = [grid for grid in grids if grid.name == "日報"]
    for name in ("日報 (2)", "日報のコピー", "1月日報"):
        report = judged([*grids, replace(entries, name=name)])
        assert told(report) == [("P02 advise", f"「{name}」は点検していません。点検したのは「日報」だけです。")]


def test_a_copy_with_more_days_leaves_the_question_open() -> None:
    grids = book({"日報": [HOME], "設定": MONTH})
    more = next(g for g in logs.grids({"日報": [HOME, HOME | {"日付": "2026-01-07"}]}) if g.name == "日報")
    report = judged([*grids, replace(more, name="日報 (2)")])
    assert told(report)[0][0] == "P02 undecided"
    assert "1行あります" in told(report)[0][1]


def test_where_only_the_copy_is_there_it_is_named() -> None:
    grids = [replace(g, name="日報 (2)") if g.name == "日報" else g for g in logs.grids({"日報": [HOME]})]
    with pytest.raises(NotALog, match=r"「日報 \(2\)」が日報なら"):
        read_log(grids)


def test_another_sheet_of_that_name_is_left_alone() -> None:
    note = Grid("日報の書き方", {1: {1: Cell(Kind.TEXT, "氏名"), 2: Cell(Kind.TEXT, "日付の書き方")}})
    assert told(judged([*book({"日報": [HOME], "設定": MONTH}), note])) == []


# ---- what nobody sees


def test_hidden_rows_of_a_month_that_is_over_are_not_told_but_those_of_other_sheets_are() -> None:
    both = [{"日付": "2025-12-02", "提供区分": "通所"}, HOME]
    hidden = {"hidden_rows": frozenset((3,))}
    over = told(judged(book({**HELD, "日報": both, "設定": MONTH}, **hidden)))
    assert not any("表示されていない" in message for _, message in over)
    made = [
        replace(grid, **hidden) if grid.name == "週評価" else grid for grid in book({"日報": [HOME], "設定": MONTH})
    ]
    assert told(judged(made)) == [("P02 advise", "週評価の表示されていない行（1行）も点検しました。")]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"hidden_rows": frozenset((3,))}, "日報の表示されていない行（1行）も点検しました。"),
        ({"hidden_rows": frozenset((3, 4, 90))}, "日報の表示されていない行（2行）も点検しました。"),
        ({"hidden_columns": ((4, 4),)}, "日報の表示されていない列（D）も点検しました。"),
        ({"hidden": True}, "日報のシートは非表示ですが、記録があるため点検しました。"),
        ({"hidden_rows": frozenset((90,))}, None),
        ({"hidden_columns": ((80, 90),)}, None),
    ],
)
def test_hidden_records_are_judged_and_called_hidden(facts: dict[str, Any], message: str | None) -> None:
    report = judged(book({"日報": [HOME], "設定": MONTH}, **facts))
    assert told(report) == ([("P02 advise", message)] if message else [])
    assert report.days[0].verdict.value == "BILLABLE"


# ---- headings


def _renamed(tables: Mapping[str, Any], headings: Mapping[str, str], sheet: str = "日報") -> list[Grid]:
    made = []
    for grid in logs.grids(tables):
        rows = dict(grid.rows)
        if grid.name == sheet:
            rows[2] = {n: replace_cell(cell, headings) for n, cell in rows[2].items()}
        made.append(replace(grid, rows=rows))
    return made


def replace_cell(cell: Cell, headings: Mapping[str, str]) -> Cell:
    return Cell(Kind.TEXT, headings.get(str(cell.value), str(cell.value)))


WEEK = {"日報": [HOME | {"まで": "2026-01-08"}], "設定": MONTH}


@pytest.mark.parametrize(
    ("headings", "weight", "message"),
    [
        (
            {"連絡1時刻": "連絡１時間"},
            "undecided",
            "日報に「連絡1時刻」の列がないため、在宅の日を判断できません。「連絡１時間」は「連絡1時刻」のことですか。",
        ),
        (
            {"訓練内容": "訓練の内容"},
            "undecided",
            "日報に「訓練内容」の列がないため、在宅の日を判断できません。「訓練の内容」は「訓練内容」のことですか。",
        ),
        (
            {"連絡1時刻": "午前の電話"},
            "undecided",
            "日報に「連絡1時刻」の列がないため、在宅の日を判断できません。「午前の電話」は「連絡1時刻」のことですか。",
        ),
        (
            {"備考": "備考欄"},
            "advise",
            "日報に「備考」の列がないため、これを使う点検は行っていません。「備考欄」は「備考」のことですか。",
        ),
        (
            {"訓練内容": "メニュー", "心身の状況": "体のようす"},
            "undecided",
            "日報に「訓練内容」の列がないため、在宅の日を判断できません。ほかに「心身の状況」の列もありません。分からない見出し：「メニュー」「体のようす」。",
        ),
    ],
)
def test_a_heading_nobody_knows_is_shown_once_beside_what_is_missing(
    headings: dict[str, str], weight: str, message: str
) -> None:
    report = judged(_renamed(WEEK, headings))
    assert told(report) == [(f"P02 {weight}", message)]


def test_headings_of_the_offices_own_are_left_alone_where_nothing_is_missing() -> None:
    grids = book(WEEK, below={2: {}})
    (entries,) = [grid for grid in logs.grids(WEEK) if grid.name == "日報"]
    own = {2: {**entries.rows[2], 90: _cell("天気")}, 3: {**entries.rows[3], 90: _cell("晴れ")}}
    more = replace(entries, rows={**entries.rows, **own})
    assert told(judged([more if grid.name == "日報" else grid for grid in grids])) == []


def test_all_optional_columns_that_are_missing_are_one_advice() -> None:
    missing = ["日報.備考", "日報.心身の状況", "日報.記録者", "日報.食事", "日報.送迎往"]
    report = judged(logs.grids(WEEK | {"列なし": missing}))
    assert [rule for rule, _ in told(report)] == ["P02 advise"]


def test_an_unused_plan_is_one_advice_for_a_whole_month() -> None:
    report = judged(logs.grids({"日報": [HOME | {"まで": "2026-01-23"}], "設定": MONTH, "予定": []}))
    assert [rule for rule, _ in told(report)] == ["P02 advise"]


def test_a_part_that_one_contact_lacks_is_told_once() -> None:
    report = judged(logs.grids(WEEK | {"列なし": ["日報.連絡1種別"]}))
    assert told(report) == [("P02 advise", "日報に「連絡1種別」の列がないため、これを使う点検は行っていません。")]
    report = judged(logs.grids(WEEK | {"列なし": ["日報.連絡1職員"]}))
    assert told(report) == [("D02 fix", "連絡の職員の列がなく、対応した職員が分かりません。")]


def test_an_item_of_the_settings_that_nobody_knows_is_shown_beside_the_missing_one() -> None:
    tables = {"日報": [HOME], "設定": MONTH}
    report = judged(
        [
            replace(
                grid,
                rows={
                    n: {c: replace_cell(v, {"営業曜日": "営業日曜"}) for c, v in row.items()}
                    for n, row in grid.rows.items()
                },
            )
            if grid.name == "設定"
            else grid
            for grid in logs.grids(tables)
        ]
    )
    message = (
        "設定に「営業曜日」の項目がないため、これを使う点検は行っていません。「営業日曜」は「営業曜日」のことですか。"
    )
    assert told(report) == [("P02 advise", message)]


def test_a_sheet_without_a_row_of_headings_is_not_called_missing() -> None:
    grids = [
        Grid("他サービス", {1: {1: _cell("メモ")}}) if grid.name == "他サービス" else grid
        for grid in logs.grids({"日報": [HOME], "設定": MONTH})
    ]
    message = "「他サービス」に見出しの行が見つからないため、これを使う点検は行っていません。"
    assert told(judged(grids)) == [("P02 advise", message)]


def test_an_item_like_one_that_is_there_is_told_as_unknown() -> None:
    report = judged(logs.grids({"日報": [HOME], "設定": MONTH | {"営業日曜": "月火水木金", "天気": "晴れ"}}))
    assert told(report) == [("P02 advise", "設定の「営業日曜」は分からない項目のため、使っていません。")]


def test_words_beside_the_table_are_told_once() -> None:
    grids = logs.grids({"日報": [HOME], "設定": MONTH})
    (entries,) = [grid for grid in grids if grid.name == "日報"]
    noted = {3: {**entries.rows[3], 100: _cell("この日は病院")}, 90: {100: _cell("覚え書き")}}
    more = replace(entries, rows={**entries.rows, **noted})
    report = judged([more if grid is entries else grid for grid in grids])
    assert told(report) == [("P02 advise", "日報の見出しのない列（CV）の記載（1行）は点検していません。")]
