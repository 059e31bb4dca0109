"""受付簿: who sent what, what was mended when it came again, who has not returned."""

import sqlite3
from pathlib import Path

import openpyxl
import pytest

from tests.batch.conftest import BAD, GOOD
from tests.command import Run
from tests.workbooks import saved

FEBRUARY = {"日報": [{"日付": "2026-02-03", "提供区分": "在宅"}]}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "受付簿.sqlite"


def _office(number: int) -> dict:
    return {"設定": {"事業所番号": f"421000000{number}", "事業所名": f"作業所{number}"},
            "在宅承認": [{"承認事業所": f"作業所{number}"}]}  # fmt: skip


def test_a_file_that_comes_again_is_compared_with_the_one_before(run: Run, ledger: Path, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    assert "出し直し" not in run("check", book, "--ledger", ledger).out
    opened = openpyxl.load_workbook(book)
    sheet = opened["日報"]
    headings = {cell.value: cell.column for cell in sheet[1] if cell.value} | {
        cell.value: cell.column for cell in sheet[2] if cell.value
    }
    row = sheet.max_row
    while sheet.cell(row, headings["提供区分"]).value != "在宅":
        row -= 1
    for part, value in (
        ("時刻", "15:20"),
        ("方法", "電話"),
        ("種別", "終了確認"),
        ("内容", "作業の振り返り"),
        ("職員", "佐藤"),
    ):
        sheet.cell(row, headings[f"連絡2{part}"]).value = value
    sheet.cell(row, headings["備考"]).value = "在宅"
    opened.save(book)
    told = run("check", book, "--ledger", ledger).out
    assert "出し直し:" in told
    assert "直ったこと 1件: D01 山田 花子 2026-01-06" in told
    assert "新しい指摘 1件: R01 山田 花子 2026-01-06" in told
    assert "点検のあとに変わったセル 6件: 日報!" in told


def test_the_marked_copy_that_comes_back_unchanged_has_no_changed_cell(run: Run, ledger: Path, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    run("check", book, "--ledger", ledger, "--out", tmp_path / "out")
    told = run("check", tmp_path / "out" / "a.xlsx", "--ledger", ledger).out
    assert "直ったこと 0件" in told
    assert "点検のあとに変わったセル 0件" in told


def test_the_same_file_is_entered_once(run: Run, ledger: Path, returned: Path) -> None:
    run("check", returned, "--ledger", ledger)
    again = run("check", returned, "--ledger", ledger).out
    assert "（6件は、すでに受け付けた同じファイルです）" in again
    with sqlite3.connect(ledger) as store:
        assert store.execute("SELECT count(*) FROM receipt").fetchone() == (6,)


def test_who_has_not_returned_yet_is_known_from_earlier_months(run: Run, ledger: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        saved(tmp_path / "1" / f"{number}.xlsx", GOOD | _office(number))
    saved(tmp_path / "2" / "1.xlsx", FEBRUARY | _office(1))
    run("check", tmp_path / "1", "--ledger", ledger)
    run("check", tmp_path / "2", "--ledger", ledger)
    told = run("ledger", ledger)
    assert told.status == 1
    assert "2026-02 の受付 1件" in told.out
    assert "未提出の事業所 1件\n　4210000002   作業所2" in told.out
    january = run("ledger", ledger, "--month", "2026-01")
    assert (january.status, "未提出の事業所 0件" in january.out) == (0, True)


def test_a_list_says_who_should_return(run: Run, ledger: Path, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", GOOD | _office(1))
    run("check", tmp_path / "a.xlsx", "--ledger", ledger)
    offices = tmp_path / "事業所.csv"
    offices.write_bytes("事業所番号,名前\r\n4210000001,作業所1\r\n4210000009,作業所9\r\n".encode("cp932"))
    told = run("ledger", ledger, "--offices", offices).out
    assert "未提出の事業所 1件\n　4210000009   作業所9" in told


def test_a_file_nobody_can_read_is_not_forgotten(run: Run, ledger: Path, returned: Path) -> None:
    run("check", returned, "--ledger", ledger)
    told = run("ledger", ledger).out
    assert "点検できなかったか、点検する記録がないファイル 3件" in told
    assert "cut.xlsx" in told


def test_a_file_of_two_months_is_received_for_both(run: Run, ledger: Path, tmp_path: Path) -> None:
    rows = [{"日付": "2026-01-06", "提供区分": "在宅"}, {"日付": "2026-02-03", "提供区分": "在宅", "連絡": []}]
    saved(tmp_path / "a.xlsx", {"日報": rows, "設定": {"対象年月": None}})
    run("check", tmp_path / "a.xlsx", "--ledger", ledger)
    assert "算定可 1日、算定不可 0日" in run("ledger", ledger, "--month", "2026-01").out
    assert "算定可 0日、算定不可 1日" in run("ledger", ledger, "--month", "2026-02").out


@pytest.mark.parametrize(("content", "says"), [(None, "がありません"), (b"x" * 5000, "受付簿ではありません")])
def test_what_is_no_ledger_is_refused(content: bytes | None, says: str, run: Run, ledger: Path) -> None:
    if content:
        ledger.write_bytes(content)
    told = run("ledger", ledger)
    assert told.status == 2
    assert says in told.err
