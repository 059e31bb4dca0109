"""The seal: what was judged is known again, and what changed since is named."""

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


@pytest.mark.parametrize(("sheet", "row", "column"), [("点検の封", 7, 3), ("点検の封", 4, 1), ("点検結果", 5, 1)])
def test_a_seal_that_was_rewritten_proves_nothing(sheet: str, row: int, column: int, run: Run, sealed: Path) -> None:
    book = openpyxl.load_workbook(sealed)
    cell = book[sheet].cell(row, column)
    assert cell.value
    cell.value = str(cell.value)[:-1] + ("0" if str(cell.value)[-1] != "0" else "1")
    book.save(sealed)
    told = run("verify", sealed)
    assert told.status == 1
    assert "封そのものが書き換えられています" in told.err


def test_without_a_seal_there_is_nothing_to_verify(run: Run, tmp_path: Path) -> None:
    told = run("verify", saved(tmp_path / "a.xlsx", BAD))
    assert told.status == 2
    assert "封がありません" in told.err


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


def test_a_date_is_the_same_value_under_any_format() -> None:
    one, other = (Grid("日報", {1: {1: Cell(kind, 46027.0)}}) for kind in (Kind.DATE, Kind.NUMBER))
    assert changed(sealed_rows([one]), sealed_rows([other])) == []


def test_a_sheet_that_is_no_seal_is_none() -> None:
    assert read_seal(Grid("点検の封", {1: {1: Cell(Kind.TEXT, "メモ")}})) is None
