"""What is said twice is said once: notes that fit a screen, a terminal that groups what one rule found."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import Run
from tests.logs import report
from tests.workbooks import saved
from zaitaku_xl.finding import WORDS, Finding
from zaitaku_xl.measure import lines
from zaitaku_xl.ooxml.vml import LINE_CHARS
from zaitaku_xl.sheets.marks import marks
from zaitaku_xl.sheets.result_sheet import result_sheet

HIGHEST = 24  # lines of a note, with its head and the number that proves it ours
NOTHING: dict[str, Any] = {
    "開始": None,
    "訓練内容": None,
    "支援記録": None,
    "心身の状況": None,
    "記録者": None,
    "連絡": [],
}
DAYS = [f"2026-01-{day:02}" for day in (5, 6, 7, 8, 9, 13, 14, 15, 16)]
WORST = {
    "日報": [{"日付": day, "提供区分": "在宅", **NOTHING} for day in DAYS],
    "週評価": [],
    "月評価": [],
    "在宅承認": [],
    "設定": {"運営規程の在宅記載日": None, "緊急時対応手順の整備日": None},
    "利用者台帳": [{"到達所要分": 90, "支給決定終了": "2025-12-31", "標準利用期間満了日": "2025-12-31"}],
}


def test_no_note_is_higher_than_a_screen() -> None:
    notes = [mark.note for mark in marks(report(WORST))]
    assert len(notes) > 20
    assert max(lines(note, 2 * LINE_CHARS) for note in notes) <= HIGHEST


def test_each_finding_stands_in_full_at_its_own_cell_alone_and_elsewhere_by_its_number() -> None:
    judged = report(WORST)
    laid = {(mark.sheet, mark.row, mark.column): mark.note for mark in marks(judged)}
    places: dict[str, set[Any]] = {}
    for finding in judged.findings:
        places.setdefault(full(finding), set()).add((finding.sheet, finding.row, finding.column))
    for words, own in places.items():
        assert {where for where, note in laid.items() if words in note} <= own
    for number, finding in enumerate(judged.findings, 1):
        if finding.sheet:
            note = laid[finding.sheet, finding.row, finding.column]
            assert full(finding) in note or number in numbers_in(note) or "ほか" in note


def test_a_day_names_what_blocks_it_by_the_number_on_the_result_sheet() -> None:
    judged = report({"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "訓練内容": None}]})
    listed = result_sheet(judged)
    (day,) = (mark.note for mark in marks(judged) if "この日は算定不可です" in mark.note)
    (number,) = numbers_in(day)
    row = [cell and cell.value for cell in listed.rows[listed.heading_row + number - 1]]
    assert row[0] == number
    assert "D03" in row
    assert "訓練内容" not in day


def full(finding: Finding) -> str:
    return f"■{finding.rule}（{WORDS[finding.weight]}）{finding.message}\n直し方: {finding.remedy}"


def numbers_in(note: str) -> list[int]:
    return [int(n) for listed in re.findall(r"点検結果 No\.([\d・]+)", note) for n in listed.split("・")]


@pytest.fixture
def worst(tmp_path: Path) -> Path:
    return saved(tmp_path / "a.xlsx", WORST)


def test_the_screen_shows_the_first_of_each_rule_and_counts_the_others(run: Run, worst: Path) -> None:
    told = run("check", worst).out
    told_all = run("check", worst, "--all").out
    heads = re.compile(r"^　(?:算定不可|要確認|加算不可|要修正|助言) ([A-Z]\d\d) ", re.M)
    assert len(heads.findall(told)) < len(heads.findall(told_all))
    assert set(heads.findall(told)) == set(heads.findall(told_all))
    others = sum(map(int, re.findall(r"が、ほかに(\d+)件", told)))
    assert len(heads.findall(told)) + others == len(heads.findall(told_all))
    assert "--all で、すべてを" in told
    assert "ほかに" not in told_all


def test_of_several_files_all_shows_everything(run: Run, worst: Path) -> None:
    saved(worst.with_name("b.xlsx"), {"日報": [{"日付": "2026-02-03", "提供区分": "在宅"}]})
    told = run("check", worst.parent).out
    assert "訓練内容が空欄" not in told
    assert run("check", worst.parent, "--all").out.count("訓練内容が空欄") == len(DAYS)
