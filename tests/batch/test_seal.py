"""The seal: what was judged is known again, and what changed since is named."""

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.conftest import BAD
from tests.command import Run
from tests.tools import lint, same_parts, validate
from tests.workbooks import saved
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.sheets.seal import changed, read_seal, sealed_rows


@pytest.fixture
def sealed(run: Run, tmp_path: Path) -> Path:
    saved(tmp_path / "in" / "a.xlsx", BAD)
    run("check", tmp_path / "in", "--out", tmp_path / "out", "--seal")
    return tmp_path / "out" / "a.xlsx"


def test_a_sealed_copy_is_unchanged_until_somebody_changes_it(run: Run, sealed: Path) -> None:
    told = run("verify", sealed)
    assert told.status == 0
    assert "点検のあとに変わっていません" in told.out
    assert "事実であることは証明しません" in told.out


def test_another_program_that_saves_it_changes_no_value(run: Run, sealed: Path) -> None:
    openpyxl.load_workbook(sealed).save(sealed)
    assert run("verify", sealed).status == 0


def test_the_changed_cells_are_named_and_nothing_else(run: Run, sealed: Path) -> None:
    book = openpyxl.load_workbook(sealed)
    book["日報"]["E3"].value = "8:00"
    book["週評価"]["A9"].value = "山田 花子"
    book.save(sealed)
    told = run("verify", sealed)
    assert told.status == 1
    assert "変わったところが2か所" in told.out
    assert "　日報!E3\n　週評価!A9\n" in told.out


@pytest.mark.parametrize(("sheet", "row", "column"), [("点検の封", 7, 3), ("点検の封", 4, 1), ("点検結果", 0, 1)])
def test_a_seal_that_was_rewritten_proves_nothing(sheet: str, row: int, column: int, run: Run, sealed: Path) -> None:
    book = openpyxl.load_workbook(sealed)
    row = row or next(r for r in range(1, 12) if str(book[sheet].cell(r, column).value).startswith("封"))
    cell = book[sheet].cell(row, column)
    assert cell.value
    cell.value = str(cell.value)[:-1] + ("0" if str(cell.value)[-1] != "0" else "1")
    book.save(sealed)
    told = run("verify", sealed)
    assert told.status == 1
    assert "点検時の控えが変わっている" in told.err


def test_without_a_seal_there_is_nothing_to_verify(run: Run, tmp_path: Path) -> None:
    told = run("verify", saved(tmp_path / "a.xlsx", BAD))
    assert told.status == 2
    assert "点検時の控えがありません" in told.err


def test_a_seal_needs_a_copy_to_lie_in(run: Run, tmp_path: Path) -> None:
    assert run("check", saved(tmp_path / "a.xlsx", BAD), "--seal").status == 2


def test_clearing_takes_the_seal_off_too(run: Run, sealed: Path, tmp_path: Path) -> None:
    run("clear", sealed, "--in-place")
    assert same_parts((tmp_path / "in" / "a.xlsx").read_bytes(), sealed.read_bytes()) == []


def test_a_sealed_copy_is_valid(sealed: Path) -> None:
    assert lint(sealed) == []
    assert not [error for error in validate(sealed) if "sheet1.xml" not in error and "点検" in error]


CELLS = st.dictionaries(
    st.integers(1, 8),
    st.builds(Cell, st.sampled_from([Kind.TEXT, Kind.NUMBER]), st.integers(0, 3).map(float), st.just(0)),
    min_size=1,
)


@given(st.dictionaries(st.integers(1, 5), CELLS), st.dictionaries(st.integers(1, 5), CELLS))
def test_rows_differ_exactly_where_their_cells_do(before: dict, after: dict) -> None:
    old, new = (sealed_rows([Grid("日報", rows)]) for rows in (before, after))
    rows = {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)}
    named = {int("".join(filter(str.isdigit, place.partition("!")[2] or place))) for place in changed(old, new)}
    assert named == rows


def _one_cell(cell: Cell | None, formula: str | None = None, *, date1904: bool = False) -> dict:
    grid = Grid("日報", {1: {1: cell}} if cell else {}, date1904)
    return sealed_rows([grid], {"日報": {(1, 1): formula}} if formula is not None else None)


STORED = {
    "数": (Cell(Kind.NUMBER, 46027.0),),
    "数の文字": (Cell(Kind.TEXT, "46027.0"),),
    "日付": (Cell(Kind.DATE, 46027.0),),
    "1904年からの日付": (Cell(Kind.DATE, 46027.0), None, True),
    "数式の値": (Cell(Kind.NUMBER, 46027.0), "1+1"),
    "ほかの数式の値": (Cell(Kind.NUMBER, 46027.0), "1+2"),
    "空の数式": (Cell(Kind.NUMBER, 46027.0), ""),
    "何もない数式": (None, "1+1"),
    "計算していない数式": (Cell(Kind.UNCALCULATED, ""), "1+1"),
    "真": (Cell(Kind.BOOLEAN, True),),
    "真の文字": (Cell(Kind.TEXT, "True"),),
    "誤り": (Cell(Kind.ERROR, "#N/A"),),
    "誤りの文字": (Cell(Kind.TEXT, "#N/A"),),
    "数式に見える文字": (Cell(Kind.TEXT, "46027.0=3:1+1"),),
}


@pytest.mark.parametrize("one", STORED)
def test_what_is_stored_or_shown_otherwise_has_another_seal(one: str) -> None:
    rows = {name: _rows_of(*stored) for name, stored in STORED.items()}
    assert [name for name, other in rows.items() if changed(rows[one], other) == []] == [one]


def _rows_of(cell: Cell | None, formula: str | None = None, date1904: bool = False) -> dict:
    return _one_cell(cell, formula, date1904=date1904)


def test_a_day_is_the_same_in_both_date_systems_and_a_time_too() -> None:
    for usual, other in ((46027.0, 44565.0), (0.4, 0.4)):
        before = _one_cell(Cell(Kind.DATE, usual))
        assert changed(before, _one_cell(Cell(Kind.DATE, other), date1904=True)) == []


def _edited(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = next(name for name in parts if name.endswith(part) and old in parts[name])
    parts[name] = parts[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for each, data in parts.items():
            archive.writestr(each, data)


def test_another_date_system_is_seen(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "in" / "a.xlsx", BAD)
    book = openpyxl.load_workbook(tmp_path / "in" / "a.xlsx")
    book["日報"]["B3"].value = date(2026, 1, 6)
    book.save(tmp_path / "in" / "a.xlsx")
    run("check", tmp_path / "in", "--out", tmp_path / "out", "--seal")
    sealed = tmp_path / "out" / "a.xlsx"
    _edited(sealed, "workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"')
    told = run("verify", sealed)
    assert told.status == 1
    assert "日報!B3" in told.out


@pytest.mark.parametrize("behind", [b"<f>1+1</f>", b'<f t="shared" ref="C2:C3" si="0">A1</f>', b"<f></f>"])
def test_a_formula_put_behind_the_same_value_is_seen(behind: bytes, run: Run, sealed: Path) -> None:
    with zipfile.ZipFile(sealed) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    cell = next(found for data in sheets if (found := re.search(rb'<c r="[A-Z]+2"[^>]*>(?=<v>|<is>)', data)))[0]
    _edited(sealed, ".xml", cell, cell + behind)
    told = run("verify", sealed)
    assert told.status == 1
    assert "か所あります" in told.out


def _digest_in(words: str) -> str:
    found = re.search("[0-9a-f]{64}", words)
    assert found
    return found[0]


def test_the_seal_that_was_noted_is_known_and_one_made_anew_is_not(run: Run, sealed: Path, tmp_path: Path) -> None:
    noted = _digest_in(run("verify", sealed).out)
    assert run("verify", sealed, "--is", noted.upper()).status == 0
    forged = openpyxl.load_workbook(tmp_path / "in" / "a.xlsx")
    forged["日報"]["E3"].value = "8:00"
    forged.save(tmp_path / "in" / "a.xlsx")
    run("check", tmp_path / "in", "--out", tmp_path / "anew", "--seal")
    anew = tmp_path / "anew" / "a.xlsx"
    assert run("verify", anew).status == 0
    told = run("verify", anew, "--is", noted)
    assert told.status == 1
    assert "書き留めた番号と違う控え" in told.err
    assert run("verify", anew, "--is", noted[:10]).status == 2


def test_a_copy_is_compared_with_what_was_received(run: Run, sealed: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    run("check", tmp_path / "in", "--ledger", ledger)
    assert "控えた中身と同じ" in run("verify", sealed, "--ledger", ledger).out
    book = openpyxl.load_workbook(sealed)
    book["日報"]["E3"].value = "8:00"
    book.save(sealed)
    told = run("verify", sealed, "--ledger", ledger)
    assert told.status == 1
    assert "控えがありません" in told.err
    assert run("verify", sealed, "--ledger", tmp_path / "none").status == 2


OLD = Path(__file__).parent.parent / "books" / "sealed_by_0_1.xlsx"


def test_a_seal_of_an_older_version_is_verified_as_before(run: Run, tmp_path: Path) -> None:
    told = run("verify", OLD)
    assert told.status == 0
    assert "以前の版で控えを入れたものです" in told.out
    book = openpyxl.load_workbook(OLD)
    book["日報"]["E3"].value = "8:00"
    book.save(tmp_path / "a.xlsx")
    told = run("verify", tmp_path / "a.xlsx")
    assert told.status == 1
    assert "　日報!E3\n" in told.out


def test_a_sheet_that_is_no_seal_is_none() -> None:
    assert read_seal(Grid("点検の封", {1: {1: Cell(Kind.TEXT, "メモ")}})) is None
