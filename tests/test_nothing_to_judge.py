"""A log in which nothing is recorded of the month: no door calls it clean."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import logs
from tests.command import Run
from tests.forms import made
from zaitaku_xl import jobs
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.jobs import formulas
from zaitaku_xl.jobs.checking import check_file
from zaitaku_xl.report import NOTHING, Status
from zaitaku_xl.sheets.result_sheet import result_sheet

DAY = {"日付": "2026-01-06", "提供区分": "在宅"}


def _template(run: Run, folder: Path) -> Path:
    path = folder / "blank.xlsx"
    assert run("template", "--month", "2026-01", "--out", str(path)).status == 0
    return path


@pytest.mark.parametrize(
    ("tables", "empty"),
    [
        ({"日報": []}, True),
        ({"日報": [{"日付": "2026-01-06"}]}, True),  # a name and a date say nothing yet
        ({"日報": [DAY], "設定": {"対象年月": "2026-02"}}, True),
        ({"日報": [DAY], "点検月": ["2026-03"]}, True),
        ({"日報": [DAY]}, False),
        ({"日報": [{"日付": "2026-01-06", "提供区分": "通所"}]}, False),
        ({"日報": [{"日付": "いつか", "提供区分": "在宅"}]}, False),  # it may be of the month: P01 speaks
        ({"日報": [{"氏名": "", "日付": "2026-01-06", "提供区分": "在宅"}]}, False),
    ],
)
def test_a_month_without_a_row_is_nothing_to_judge(tables: dict[str, Any], empty: bool) -> None:
    report = logs.report(tables)
    assert (report.nothing is not None) is empty
    if empty:
        assert not report.clean
        assert "P02" in {finding.rule for finding in report.findings}


def test_the_command_says_so_and_ends_with_two(run: Run, tmp_path: Path) -> None:
    path = _template(run, tmp_path)
    ended = run("check", path, "--json", "-")
    (file,) = json.loads(ended.out)["files"]
    assert ended.status == 2
    assert file["status"] == "empty"
    assert file["reason"].startswith(NOTHING)
    assert {finding["rule"] for finding in file["findings"]} == {"P02"}  # besides, 予定 has no row
    assert file["days"] == []
    assert file["clients"] == []


def test_a_batch_and_the_ledger_do_not_count_it(run: Run, tmp_path: Path) -> None:
    path = _template(run, tmp_path)
    ended = run("check", path, jobs.write_demo(tmp_path / "demo").path, "--ledger", tmp_path / "ledger.sqlite")
    assert "点検する記録がありません 1件" in ended.out
    assert "点検できたもの 1件" in ended.out
    receipts = run("ledger", tmp_path / "ledger.sqlite", "--month", "2026-01").out
    assert "受付 1件" in receipts or "受付 0件" in receipts
    assert "blank.xlsx" in receipts


def test_the_forms_and_the_list_do_not_call_it_clean() -> None:
    tables = {"日報": [DAY], "設定": {"対象年月": "2026-02"}}
    for form in ("self_check", "findings"):
        (sheet,) = made.sheets(tables, form)
        words = "\n".join(map(str, made.lines(sheet)))
        assert NOTHING in words
        assert "指摘はありません" not in words
        assert "指摘なし" not in words
    listed = [str(cell.value) for row in result_sheet(logs.report(tables)).rows for cell in row if cell]
    assert any(NOTHING in words for words in listed)


def test_forms_of_nothing_end_with_two(run: Run, tmp_path: Path) -> None:
    ended = run("forms", _template(run, tmp_path), "--form", "self_check", "--out", tmp_path / "out")
    assert ended.status == 2
    assert NOTHING in ended.err


def test_a_formula_says_so() -> None:
    with pytest.raises(WrongUse, match=NOTHING):
        formulas.findings([[["氏名", "日付", "提供区分"], ["山田 花子", "2026/1/6", None]]])


def test_a_file_of_nothing_is_not_judged(run: Run, tmp_path: Path) -> None:
    outcome = check_file(_template(run, tmp_path), "blank.xlsx", jobs.Asked())
    assert outcome.status is Status.EMPTY
    assert outcome.exit_status == 2
