"""What the readers remember has an end, and no workbook is read by what another said."""

import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.month import workbook as month
from tests.reading.books import bases, book
from tests.reading.readers import both, only, read
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.hosts.reading import fast_cells, fast_pieces
from zaitaku_xl.hosts.reading.cell_values import Values
from zaitaku_xl.hosts.reading.row_kinds import RowKinds
from zaitaku_xl.ooxml.remembered import COUNT, LARGEST, remembered


def test_what_one_workbook_taught_is_not_believed_of_the_next() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46027</v></c></row>'
    plain = book(rows, strings="<sst><si><t>別</t></si></sst>")
    bare = bases.edited(plain, styles=lambda part: part.replace(b'numFmtId="14"', b'numFmtId="0"'))
    read_as = {
        name: [(cell.kind, cell.value) for cell in only(data).rows[1].values()]
        for name, data in (("first", book(rows)), ("other text", plain), ("no date", bare), ("again", book(rows)))
    }
    assert read_as["first"] == read_as["again"] == [(Kind.TEXT, "あ"), (Kind.DATE, 46027.0)]
    assert read_as["other text"] == [(Kind.TEXT, "別"), (Kind.DATE, 46027.0)]
    assert read_as["no date"] == [(Kind.TEXT, "別"), (Kind.NUMBER, 46027.0)]


def test_a_text_that_the_last_workbook_had_is_not_one_of_the_next() -> None:
    def numbered(texts: int) -> bytes:
        cells = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABC"))
        items = "".join(f"<si><t>{n}</t></si>" for n in range(texts))
        return book(f'<row r="1">{cells}</row>', strings=f"<sst>{items}</sst>")

    assert [isinstance(both(numbered(texts)), str) for texts in (3, 2, 0, 4, 1, 3)] == [
        False, True, True, False, True, False,
    ]  # fmt: skip


def test_workbooks_read_at_the_same_time_do_not_mix() -> None:
    def texts(word: str, count: int) -> bytes:
        cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, count + 1))
        return book(cells, strings=f"<sst>{''.join(f'<si><t>{word}{n}</t></si>' for n in range(count))}</sst>")

    made = [texts(word, count) for word, count in (("あ", 900), ("い", 30), ("う", 500))] * 20
    expected = [read(data, fast=False) for data in made[:3]] * 20
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as threads:
            assert list(threads.map(read, made)) == expected
    finally:
        sys.setswitchinterval(before)


_NUMBERED = st.sampled_from([0, 1, 30, 31, 32, 69])  # texts
_HOLDS = st.one_of(
    _NUMBERED.map(lambda number: f' t="s"><v>{number}</v></c>'),
    st.sampled_from(["/>", "><v>1.5</v></c>", ' t="e"><v>#N/A</v></c>', "><f>1+1</f></c>", ' t="b"><v>1</v></c>',
                     ' t="inlineStr"><is><t>あ</t></is></c>', "><v>0</v></c>", "><v>-0</v></c>", "><v>1e999</v></c>"]),
)  # fmt: skip
_CELL = st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", ' s="1"', ' s="2"']), _HOLDS)
_ROW = st.tuples(
    st.sampled_from(["", ' ht="21"', ' hidden="1"']), st.lists(_CELL, max_size=4, unique_by=lambda c: c[0])
)
_WORKBOOK = st.tuples(_NUMBERED, st.lists(_ROW, max_size=6))


@settings(max_examples=400, deadline=None)
@given(workbooks=st.lists(_WORKBOOK, min_size=2, max_size=4))
def test_whatever_was_read_before_both_readers_say_the_same(workbooks: list[tuple[int, list[Any]]]) -> None:
    for texts, rows in workbooks:
        items = "".join(f"<si><t>{'' if n == 31 else n}</t></si>" for n in range(texts))
        body = "".join(_written(number, *row) for number, row in enumerate(rows, 1))
        both(book(body, strings=f"<sst>{items}</sst>"))


def _written(number: int, own: str, cells: list[tuple[str, str, str]]) -> str:
    inside = [f'<c r="{column}{number}"{style}{holds}' for column, style, holds in sorted(cells)]
    return f'<row r="{number}"{own}>{"".join(inside)}</row>'


def test_a_shared_text_without_a_letter_is_a_blank(exact_asked: list[str]) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    grid = only(book(rows, strings="<sst><si><t>あ</t></si><si><t></t></si></sst>"))
    assert len(exact_asked) == 1  # by ``both``, and not by the fast reader
    assert grid.rows == {1: {1: Cell(Kind.TEXT, "あ")}}


def test_what_is_remembered_of_a_sheet_has_an_end_and_forgetting_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, exact_asked: list[str]
) -> None:
    begun: list[RowKinds] = []

    def beginning(values: Values) -> RowKinds:
        begun.append(RowKinds(values))
        return begun[-1]

    monkeypatch.setattr(fast_cells, "RowKinds", beginning)
    once = read(month(1))
    sheets = len(begun)
    monkeypatch.setattr(fast_cells, "MAX_REMEMBERED", 3)
    assert read(month(1)) == once
    assert len(begun) > 3 * sheets
    assert exact_asked == []
    both(month(1))


def test_what_bytes_say_in_every_workbook_is_remembered_of_so_many_and_no_long_ones() -> None:
    def cells(numbers: Iterable[int], style: str) -> bytes:
        rows = (f'<row r="{n}"><c r="A{n}" s="{style}{n}"><v>1</v></c></row>' for n in numbers)
        return book("".join(rows))

    remembered_tags = fast_pieces._type_and_style.cache_info
    read(cells(range(101, 5_101), ""))
    assert remembered_tags().currsize == remembered_tags().maxsize == 4_096
    asked = remembered_tags().misses
    both(cells(range(101, 201), "0" * fast_pieces.LONGEST))
    assert remembered_tags().misses == asked


@pytest.mark.parametrize("columns", [("A", "B"), ("C", "A", "XFD")])
def test_rows_that_differ_from_the_one_above_and_are_as_long_as_it_are_read_by_the_fast_reader(
    columns: tuple[str, ...], exact_asked: list[str]
) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="{columns[n % len(columns)]}{n}" t="s"><v>{n % 3}</v></c><c r="D{n}"><v>{n}</v></c></row>'
        for n in range(1, 200)
    )
    grid = read(book(rows, strings="<sst><si><t>あ</t></si><si><t></t></si><si><t>い</t></si></sst>"))[0]
    assert isinstance(grid, Grid)
    assert [len(cells) for cells in grid.rows.values()] == [1 + (n % 3 != 1) for n in range(1, 200)]
    assert exact_asked == []
    both(book(rows))


def test_small_parts_are_remembered_and_the_oldest_forgotten() -> None:
    asked: list[bytes] = []
    size = remembered(lambda data: asked.append(data) or len(data))
    parts = [bytes([n]) for n in range(COUNT + 1)]
    assert [size(part) for part in (*parts, parts[-1], parts[0])] == [1] * (COUNT + 3)
    assert asked == [*parts, parts[0]]
    assert [size(b" " * (LARGEST + 1)) for _ in range(2)] == [LARGEST + 1] * 2
    assert len(asked) == COUNT + 4
