"""Worksheet functions: the same answers as the JSON, a sentence for whatever a clerk typed, one judgement for 620 cells."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from tests.shape import as_json
from zaitaku_xl import jobs
from zaitaku_xl.cells import Grid, Kind
from zaitaku_xl.entry import udfs
from zaitaku_xl.errors import BrokenRule
from zaitaku_xl.finding import Verdict
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.live.values import ERROR_CODES, Row, cell_of
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.jobs import formulas, grids_of
from zaitaku_xl.sheets import demo as demo_book

_EPOCH = datetime(1899, 12, 30)


def as_excel_gives_it(grid: Grid) -> tuple[Row, ...]:
    """The sheet as one range: blank cells are None, days datetimes, times of day and numbers floats, errors codes."""
    width = max(column for row in grid.rows.values() for column in row)
    return tuple(
        tuple(_value(grid, row, column) for column in range(1, width + 1)) for row in range(1, max(grid.rows) + 1)
    )


def _value(grid: Grid, row: int, column: int) -> object:
    cell = grid.rows.get(row, {}).get(column)
    if cell is None:
        return None
    if cell.kind is Kind.DATE and float(cell.value) >= 1:
        return _EPOCH + timedelta(days=float(cell.value))
    if cell.kind is Kind.ERROR:
        return ERROR_CODES[str(cell.value)]
    return str(cell.value).encode().decode() if cell.kind is Kind.TEXT else cell.value  # a text of its own, as from COM


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> ClosedBook:
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    path.write_bytes(written(demo_book.demo()))
    return ClosedBook.opened(path)


@pytest.fixture(scope="module")
def tables(demo: ClosedBook) -> list[tuple[Row, ...]]:
    return [as_excel_gives_it(grid) for grid in grids_of(demo) if not grid.name.startswith("実績記録票")]


@pytest.fixture(scope="module")
def judged(demo: ClosedBook) -> list[dict[str, object]]:
    return as_json(jobs.judged(grids_of(demo)).report)["days"]


def test_billable_says_of_each_day_what_the_json_says(tables, judged):
    said = [udfs.ZAITAKU_BILLABLE(day["client"], day["date"], *tables) for day in judged]
    assert said == [Verdict(day["verdict"]).word for day in judged]
    assert set(said) >= {"算定可", "算定不可"}


def test_verdicts_is_one_column_as_high_as_the_range_with_the_word_beside_each_row(tables, judged):
    entries = next(table for table in tables if any("提供区分" in row for row in table))
    others = [table for table in tables if table is not entries]
    column = udfs.ZAITAKU_VERDICTS(entries, *others)
    assert len(column) == len(entries)
    assert all(len(row) == 1 for row in column)
    heading = next(number for number, row in enumerate(entries) if "提供区分" in row)
    assert column[heading] == ["判定"]
    for day in judged:
        assert column[day["row"] - 1] == [Verdict(day["verdict"]).word]
    assert sum(Counter(row[0] for row in column[heading + 1 :])[v.word] for v in Verdict) >= len(judged)


def test_why_gives_rule_sentence_and_clause_of_every_finding_of_the_day(tables, judged):
    day = next(day for day in judged if day["verdict"] == "NOT_BILLABLE")
    said = udfs.ZAITAKU_WHY(day["client"], day["date"], *tables)
    assert said.startswith("算定不可です。\n")
    assert {line.split()[0] for line in said.splitlines()[1:]} == set(day["rules"])
    clean = next(day for day in judged if day["verdict"] == "BILLABLE" and not day["rules"])
    assert udfs.ZAITAKU_WHY(clean["client"], clean["date"], *tables) == "算定可です。見直す箇所は見つかりませんでした。"


def test_findings_are_a_table_with_headings_and_a_row_each(tables):
    made = udfs.ZAITAKU_FINDINGS(*tables)
    assert made[0][:4] == ["No.", "区分", "氏名", "日付・期間"]
    assert [row[0] for row in made[1:]] == list(range(1, len(made)))
    assert {len(row) for row in made} == {len(made[0])}
    assert not any(isinstance(value, str) and value.startswith("=") for row in made for value in row)


def test_a_rule_is_said_in_a_sentence_with_its_source():
    said = udfs.ZAITAKU_RULE("d01", "長崎市", datetime(2026, 1, 5))
    assert said.startswith("D01 連絡の回数不足：")
    assert "2(2)" in said
    assert udfs.ZAITAKU_RULE("D01") == udfs.ZAITAKU_RULE("D01", None, date.today().isoformat())


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (datetime(2026, 1, 5), "令和8年1月5日"),
        (46027.0, "令和8年1月5日"),
        ("2019/5/1", "令和元年5月1日"),
        ("R8.1.5", "令和8年1月5日"),
        (None, ""),
        ("あした", "「あした」は日付として読み取れません。2026/1/5 の形で入れてください。"),
    ],
)
def test_wareki_of(day, said):
    assert udfs.ZAITAKU_WAREKI(day) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("山田", 46027.0), "表がありません。日報などの表を、見出しの行から範囲に入れてください。"),
        ((None, 46027.0, "x"), "氏名が空欄です。"),
        (("山田", None, "x"), "日付が空欄です。"),
        (((("山田",), ("佐藤",)), 46027.0, "x"), "氏名には1つのセルを指定してください。"),
        (("山田", 46027.0, "x"), "1番目の表の見出しが分かりません。見出しの行から範囲に入れてください。"),
        (
            ("山田", 46027.0, (("氏名", "フリガナ", "支給量"), ("山田", "ヤマダ", 20.0))),
            "日報の表がありません。日報を、見出しの行から範囲に入れてください。",
        ),
    ],
)
def test_what_a_clerk_typed_wrong_comes_back_as_a_sentence(typed, said):
    assert udfs.ZAITAKU_BILLABLE(*typed) == said


def test_a_name_may_be_written_otherwise_than_in_the_tables(tables, judged):
    for other in ("{} 様", "{}さん", "\u200e{}", "　{}　"):
        name = other.format(judged[0]["client"])
        assert udfs.ZAITAKU_BILLABLE(name, judged[0]["date"], *tables) == Verdict[judged[0]["verdict"]].word


def test_a_name_or_a_day_that_is_not_in_the_tables_is_said_so(tables, judged):
    assert udfs.ZAITAKU_BILLABLE("だれでもない", 46027.0, *tables).startswith("この氏名の行が日報にありません")
    assert "日報の行がないか" in udfs.ZAITAKU_BILLABLE(judged[0]["client"], "2031/1/5", *tables)
    assert udfs.ZAITAKU_BILLABLE("山田", 46027.0, *tables, tables[0]).endswith("の表が2つあります。1つにしてください。")


def test_a_fault_of_ours_is_a_sentence_too_and_no_mark_against_the_office(tables, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def broken(_: object) -> formulas.Answers:
        raise KeyError("山田 花子")

    monkeypatch.setattr(formulas, "_memo", formulas.Memo(broken))
    said = udfs.ZAITAKU_BILLABLE("山田", 46027.0, *tables)
    assert said == "プログラムの不具合で答えられません（KeyError）。記録に問題があるわけではありません。"
    log = (tmp_path / "zaitaku_xl/zaitaku_xl.log").read_text("utf-8")
    assert "ZAITAKU_BILLABLE failed\n  KeyError\n" in log
    assert "山田" not in log


def test_a_broken_rule_says_that_the_fault_is_ours(tables, monkeypatch):
    def broken(_: object) -> formulas.Answers:
        raise BrokenRule("規則 D01 が動きません")

    monkeypatch.setattr(formulas, "_memo", formulas.Memo(broken))
    assert "記録に問題があるわけではありません" in udfs.ZAITAKU_BILLABLE("山田", 46027.0, *tables)


def test_the_same_tables_are_judged_once_however_many_cells_ask(tables, judged, monkeypatch):
    asked: list[object] = []

    def counted(blocks):
        asked.append(blocks)
        return formulas._judge(blocks)

    monkeypatch.setattr(formulas, "_memo", formulas.Memo(counted))
    for day in judged[:40]:
        copies = [tuple(tuple(row) for row in table) for table in tables]
        udfs.ZAITAKU_BILLABLE(day["client"], day["date"], *copies)
    assert len(asked) == 1


@pytest.mark.parametrize(("before", "after"), [(True, 1.0), ("1", 1.0), (None, "○")])
def test_a_changed_cell_is_judged_anew_even_where_both_values_count_as_equal(before, after):
    seen: list[object] = []
    memo = formulas.Memo(seen.append)
    memo.of([(("氏名", before),)])
    memo.of([(("氏名", after),)])
    assert seen == [[(("氏名", before),)], [(("氏名", after),)]]


def test_no_more_than_a_few_answers_are_kept():
    seen: list[object] = []
    memo = formulas.Memo(seen.append)
    for number in range(10):
        memo.of([((number,),)])
    assert len(memo._kept) == formulas.KEPT
    memo.of([((9,),)])
    memo.of([((0,),)])
    assert len(seen) == 11


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("氏名", Kind.TEXT, "氏名"),
        (0.395833333333333, Kind.NUMBER, 0.395833333333333),
        (True, Kind.BOOLEAN, True),
        (datetime(2026, 1, 5), Kind.DATE, 46027.0),
        (datetime(2026, 1, 5, 12), Kind.DATE, 46027.5),
        (-2146826246, Kind.ERROR, "#N/A"),
        (-2146826243, Kind.ERROR, "#SPILL!"),
        (-2146826200, Kind.ERROR, "#N/A"),
        ("#REF!", Kind.ERROR, "#REF!"),
        (5, Kind.NUMBER, 5.0),
    ],
)
def test_a_value_from_excel_becomes(value, kind, read):
    cell = cell_of(value)
    assert cell is not None
    assert (cell.kind, cell.value) == (kind, read)


def test_a_day_of_a_workbook_of_1904_counts_from_its_own_first_day():
    cell = cell_of(datetime(2026, 1, 5), date1904=True)
    assert cell is not None
    assert cell.value == 46027.0 - 1462


@pytest.mark.parametrize("blank", [None, ""])
def test_a_blank_is_no_cell(blank):
    assert cell_of(blank) is None
