"""What holds of whose the rows are, of rows that are taken away and of cells that nobody can read, in every month."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.logs import NAME, Row, grids, judged
from tests.months import month_of
from tests.test_properties import (
    JANUARY,
    SERVICES,
    Draw,
    _planned,
    _with_a_second_client,
    quick,
    verdicts,
    written,
)
from zaitaku_xl.book import layout
from zaitaku_xl.book.read import read_log
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.finding import Verdict, Weight
from zaitaku_xl.law import load_law
from zaitaku_xl.model import Log
from zaitaku_xl.report import Report

NONE = {"D01", "W01", "M01", "A01", "S13"}
OTHER_NAMES = ("髙橋 齋", "渡邊 神一", "ジョン スミス", "柳 葉")
WAYS = ("{}", "{} 様", "{}さん", "{}\u200e", "\u00ad{}", "{}\ufe0f", "　{}")
OLD = {"髙": "高", "齋": "斎", "邊": "辺", "柳": "栁", "葉": "葉"}


def full_month(town: str = "長崎市") -> dict[str, Any]:
    """A clean month of two clients in which every personal sheet has rows."""
    tables = month_of(town, SERVICES[2], JANUARY)
    tables["予定"] = [_planned(row, 1) for row in tables["日報"]]
    tables = _with_a_second_client(tables)
    names = [client["氏名"] for client in tables["利用者台帳"]]
    tables["他サービス"] = [
        {"氏名": name, "日付": "2026-01-07", "種別": "居宅介護", "開始": "17:00", "終了": "18:00"} for name in names
    ]
    tables["欠席時対応"] = [
        {
            "氏名": name,
            "欠席日": "2026-01-12",
            "連絡日": "2026-01-09",
            "理由": "通院",
            "相談援助内容": "次の予定を話した",
            "加算算定": "",
        }
        for name in names
    ]
    tables["貸与機器"] = [{"氏名": name, "品名": "ノートPC", "貸与日": "2025-12-01"} for name in names]
    return tables


def log_of(tables: dict[str, Any]) -> Log:
    return read_log(grids(tables))


def report_of(sheets: list[Grid]) -> Report:
    return judged(read_log(sheets), {}, load_law())


def blocks(made: Report) -> set[tuple[str, str, date]]:
    return {(f.rule, *day) for f in made.findings if f.weight is Weight.BLOCK for day in f.touches}


def billable(made: Report) -> set[tuple[str, date]]:
    return {key for key, verdict in verdicts(made).items() if verdict is Verdict.BILLABLE}


# ---- names


def _renamed(tables: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    renamed = deepcopy(tables)
    for rows in renamed.values():
        for row in rows if isinstance(rows, list) else ():
            if row.get("氏名"):
                row["氏名"] = names.get(row["氏名"], row["氏名"])
    return renamed


def _told(made: Report, names: dict[str, str]) -> list[object]:
    """Everything that is said, under the names that stand for those here."""

    def told(text: str | None) -> str:
        for here, there in names.items():
            text = (text or "").replace(here, there)
        return text or ""

    said = [
        (f.rule, f.weight, told(f.client), told(f.message), f.remedy, f.when, f.sheet, f.cell) for f in made.findings
    ]
    return [
        *sorted(said, key=str),
        *sorted((told(who), day, verdict) for (who, day), verdict in verdicts(made).items()),
    ]


@quick(60)
@given(tables=written(), name=st.sampled_from(OTHER_NAMES))
def test_another_name_changes_nothing(tables: dict[str, Any], name: str) -> None:
    named = _renamed(_with_names(tables), {NAME: name})
    before, after = judged(log_of(_with_names(tables)), tables, load_law()), judged(log_of(named), tables, load_law())
    assert _told(after, {name: NAME}) == _told(before, {})


def _with_names(tables: dict[str, Any]) -> dict[str, Any]:
    """The harness' client stands in every row."""
    named = deepcopy(tables)
    for sheet, rows in named.items():
        for row in rows if isinstance(rows, list) and sheet != "営業日" else ():
            row.setdefault("氏名", NAME)
    return named


@quick(60)
@given(tables=written(), name=st.sampled_from(OTHER_NAMES), ways=st.randoms(use_true_random=False))
def test_ways_of_writing_one_name_change_no_verdict(tables: dict[str, Any], name: str, ways: Any) -> None:
    named = _renamed(_with_names(tables), {NAME: name})
    before = judged(log_of(named), tables, load_law())
    for sheet, rows in named.items():
        for row in rows if isinstance(rows, list) and sheet not in ("営業日", "利用者台帳") else ():
            written_so = "".join(ways.choice((letter, OLD.get(letter, letter))) for letter in row["氏名"])
            row["氏名"] = ways.choice(WAYS).format(written_so)
    after = judged(log_of(named), tables, load_law())
    assert verdicts(after) == verdicts(before)
    assert sum("同じ方として" in finding.message for finding in after.findings) <= 1


# ---- rows


def _rows_of(log: Log) -> set[tuple[str, int]]:
    """Sheet and row of every record that somebody can find again."""
    records = [record for person in log.people for _, rows in person.tables() for record in rows]
    records += [row for person in log.people for row in person.clients]
    return {(r.row.sheet, r.row.number) for r in [*records, *log.calendar, *(stray for _, stray in log.strays)]}


@quick(80)
@given(draw=st.data())
def test_no_row_that_says_anything_is_unaccounted_for(draw: st.DataObject) -> None:
    tables = full_month()
    names = (None, "", "〃", "山田 華子", "山田", "だれか", "#N/A", "=?", "鈴木 一郎さん", 5)
    for sheet in draw.draw(
        st.lists(
            st.sampled_from([s for s in tables if s not in ("設定", "営業日", "利用者台帳")]), min_size=1, max_size=6
        )
    ):
        draw.draw(st.sampled_from(tables[sheet]))["氏名"] = draw.draw(st.sampled_from(names))
    sheets = grids(tables)
    found = _rows_of(read_log(sheets))
    wanted = {(grid.name, number) for grid in sheets for number in _speaking_rows(grid)}
    assert wanted <= found


def _speaking_rows(grid: Grid) -> Iterator[int]:
    if grid.name == layout.SETTINGS_SHEET:
        return
    quiet = {
        n for n, cell in grid.rows[2].items() if cell.value in ("氏名", "日付", "曜日", "受給者証番号", "フリガナ")
    }
    yield from (number for number, row in grid.rows.items() if number > 2 and not row.keys() <= quiet)


@pytest.mark.parametrize("sheet", ["週評価", "月評価", "在宅承認", "利用者台帳"])
def test_a_row_of_evidence_taken_away_makes_no_day_better_and_blocks_only_what_says_none(sheet: str) -> None:
    @quick(40)
    @given(draw=st.data(), odd=st.booleans(), minutes=st.sampled_from([75, 30]))  # 75 blocks in Nagasaki alone
    def holds(draw: st.DataObject, odd: bool, minutes: int) -> None:
        tables = _with_names(_with_a_second_client(draw.draw(written()))) if odd else full_month()
        tables["利用者台帳"][0]["到達所要分"] = minutes
        assume(tables.get(sheet))
        gone = draw.draw(st.sampled_from(range(len(tables[sheet]))))
        without = tables | {sheet: [row for n, row in enumerate(tables[sheet]) if n != gone]}
        before, after = judged(log_of(tables), tables, load_law()), judged(log_of(without), tables, load_law())
        assert billable(after) <= billable(before)
        assert {rule for rule, *_ in blocks(after) - blocks(before)} <= NONE

    holds()


@quick(60)
@given(draw=st.data())
def test_a_contact_taken_away_never_makes_a_day_better(draw: st.DataObject) -> None:
    tables = _with_names(draw.draw(written(evaluations=False)))
    told = [row for row in tables["日報"] if row.get("連絡") and not any("休" in contact for contact in row["連絡"])]
    assume(told)
    row: Row = draw.draw(st.sampled_from(told))
    before = judged(log_of(tables), tables, load_law())
    gone = draw.draw(st.sampled_from(range(len(row["連絡"]))))
    row["連絡"] = [contact for n, contact in enumerate(row["連絡"]) if n != gone]
    after = judged(log_of(tables), tables, load_law())
    assert billable(after) <= billable(before)
    assert {rule for rule, *_ in blocks(after) - blocks(before)} <= NONE | {"D04"}


# ---- cells


@st.composite
def with_an_unreadable_cell(draw: Draw) -> tuple[list[Grid], list[Grid], str]:
    odd = draw(st.booleans())
    sheets = grids(_with_names(_with_a_second_client(draw(written()))) if odd else full_month())
    at = draw(
        st.sampled_from(
            [n for n, grid in enumerate(sheets) if grid.name != layout.SETTINGS_SHEET and len(grid.rows) > 1]
        )
    )
    grid = sheets[at]
    row = draw(st.sampled_from(sorted(number for number in grid.rows if number > 2)))
    column = draw(st.sampled_from(sorted(grid.rows[row])))
    bad = draw(st.sampled_from([Cell(Kind.ERROR, "#N/A"), Cell(Kind.UNCALCULATED, "")]))
    spoilt = {**grid.rows, row: {**grid.rows[row], column: bad}}
    heading = str(grid.rows[2][column].value)
    return sheets, [*sheets[:at], replace(grid, rows=spoilt), *sheets[at + 1 :]], f"{grid.name} {heading}"


@quick(250)
@given(books=with_an_unreadable_cell())
def test_a_cell_that_nobody_can_read_makes_no_day_better_and_blocks_nothing(
    books: tuple[list[Grid], list[Grid], str],
) -> None:
    clear, spoilt, where = books
    before, after = report_of(clear), report_of(spoilt)
    assert billable(after) <= billable(before), where
    assert blocks(after) <= blocks(before), where
