"""What a row has from the rows above it: merged cells, 〃, and a name that is written once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.test_read import ROW, entries, log, reasons, sheet
from zaitaku_xl.book import layout
from zaitaku_xl.book.filling_down import fills_down
from zaitaku_xl.book.read import read_log
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.model import Log, Place

HEADINGS = (
    "氏名",
    "日付",
    "提供区分",
    "開始",
    "終了",
    "訓練内容",
    "連絡1時刻",
    "連絡1方法",
    "連絡1職員",
    "連絡1内容",
    "記録者",
)
FULL = ("山田 花子", "2026/1/5", "在宅", "9:30", "15:30", "データ入力", "9:35", "電話", "佐藤", "体調の確認", "田中")


def days(made: Log) -> dict[str, list[int]]:
    return {person.name: [entry.day.day for entry in person.entries if entry.day] for person in made.people}


def rows_of(name: str | None, *dates: int) -> list[Sequence[object]]:
    """Rows of which the first alone carries the name."""
    return [(name if n == 0 else None, f"2026/1/{day}", *ROW[2:]) for n, day in enumerate(dates)]


# ---- 〃


@pytest.mark.parametrize("mark", ["〃", "々", "同上", "”", '"', "″", " 〃 "])
def test_a_mark_repeats_every_cell_that_may_be_repeated(mark: str) -> None:
    [first, second] = entries(
        log(FULL, (mark, *[mark] * 4, "清掃", mark, mark, mark, "作業の確認", mark), headings=HEADINGS)
    )
    assert (second.day, second.place, second.start, second.end) == (first.day, Place.HOME, 570, 930)
    assert second.recorder == "田中"
    [contact] = second.contacts
    assert (contact.time, contact.method, contact.staff, contact.content) == (
        575,
        first.contacts[0].method,
        "佐藤",
        "作業の確認",
    )


def test_a_mark_under_a_mark_repeats_what_both_stand_for_and_points_there() -> None:
    made = entries(log(FULL, *[("〃", f"2026/1/{day}", "〃", *FULL[3:]) for day in (6, 7, 8)], headings=HEADINGS))
    assert [entry.place for entry in made] == [Place.HOME] * 4
    assert [entry.row.at("place") for entry in made] == [(2, 3)] * 4
    assert [entry.row.at("day") for entry in made] == [(2, 2), (3, 2), (4, 2), (5, 2)]


def test_a_mark_in_the_words_of_a_record_repeats_nothing() -> None:
    second = entries(
        log(FULL, ("〃", "2026/1/6", "〃", "〃", "〃", "〃", "9:35", "〃", "〃", "〃", "〃"), headings=HEADINGS)
    )[1]
    assert (second.training, second.contacts[0].content) == ("〃", "〃")


@pytest.mark.parametrize("above", [None, Cell(Kind.ERROR, "#N/A"), "9.3"])
def test_a_mark_under_nothing_certain_is_not_certain(above: object) -> None:
    second = entries(log((*FULL[:3], above, *FULL[4:]), ("〃", "2026/1/6", "〃", "〃", *FULL[4:]), headings=HEADINGS))[
        1
    ]
    assert second.start is None
    assert "start" in second.row.unread


def test_only_the_columns_of_the_decision_are_repeated() -> None:
    repeated = {column.heading for table in layout.TABLES for column in table.columns if fills_down(column)}
    assert {
        "氏名",
        "日付",
        "提供区分",
        "予定区分",
        "方法",
        "開始",
        "連絡1時刻",
        "連絡9職員",
        "記録者",
        "開始確認方法",
    } <= repeated
    assert repeated.isdisjoint(
        {"訓練内容", "支援記録", "心身の状況", "連絡1内容", "内容", "達成度", "備考", "変更理由", "実施日", "承認開始"}
    )


# ---- merged cells


def merged(*areas: tuple[int, int, int, int]) -> Log:
    table = sheet("日報", HEADINGS, FULL, (None, "2026/1/6", None, *FULL[3:]), (None, "2026/1/7", None, *FULL[3:]))
    return read_log([replace(table, merged=areas)])


def test_a_merged_cell_is_of_every_row_it_covers_and_findings_point_at_it() -> None:
    made = entries(merged((2, 1, 4, 1), (2, 3, 4, 3)))
    assert [entry.day for entry in made] == [date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7)]
    assert [entry.place for entry in made] == [Place.HOME] * 3
    assert {entry.row.at("name") for entry in made} == {(2, 1)}
    assert {entry.row.at("place") for entry in made} == {(2, 3)}
    assert [entry.row.at("start") for entry in made] == [(2, 4), (3, 4), (4, 4)]


def test_a_merged_cell_is_not_of_the_row_below_it() -> None:
    made = entries(merged((2, 3, 3, 3)))
    assert [entry.place for entry in made] == [Place.HOME, Place.HOME, None]


def test_a_record_merged_over_two_rows_is_open_in_the_second() -> None:
    table = sheet("日報", HEADINGS, FULL, (FULL[0], "2026/1/6", *FULL[2:5], None, *FULL[6:]))
    first, second = entries(read_log([replace(table, merged=((2, 6, 3, 6),))]))
    assert (first.training, second.training) == ("データ入力", None)
    assert reasons(second) == {"training": "訓練内容が上の行と結合されていて、この行の記録か判断できません"}


def test_a_blank_record_that_is_not_merged_is_blank() -> None:
    table = sheet("日報", HEADINGS, FULL, (FULL[0], "2026/1/6", *FULL[2:5], None, *FULL[6:]))
    assert reasons(entries(read_log([table]))[1]) == {}


# ---- a name written once


def test_a_name_in_the_first_row_of_a_block_is_of_the_rows_below() -> None:
    made = log(*rows_of("山田 花子", 5, 6, 7), *rows_of("鈴木 一郎", 5, 7), *rows_of("青木 さくら", 6, 8, 9))
    assert days(made) == {"山田 花子": [5, 6, 7], "鈴木 一郎": [5, 7], "青木 さくら": [6, 8, 9]}
    assert not made.strays
    assert entries(made)[1].row.at("name") == (2, 1)


def test_a_name_in_a_row_of_its_own_is_of_the_rows_below() -> None:
    made = log(("山田 花子",), *rows_of(None, 5, 6), ("鈴木 一郎",), *rows_of(None, 5, 6))
    assert days(made) == {"山田 花子": [5, 6], "鈴木 一郎": [5, 6]}


def test_a_name_left_out_between_rows_of_one_client_is_theirs() -> None:
    made = log(
        *rows_of("山田 花子", 5),
        *rows_of(None, 6),
        *rows_of("山田 花子", 7),
        *rows_of("鈴木 一郎", 5),
        *rows_of("鈴木 一郎", 6),
    )
    assert days(made) == {"山田 花子": [5, 6, 7], "鈴木 一郎": [5, 6]}


@pytest.mark.parametrize(
    "below",
    [
        rows_of(None, 5),  # the date once more
        rows_of(None, 2),  # dates begin again
        [(None, None, *ROW[2:])],  # no date
        [(None, Cell(Kind.ERROR, "#N/A"), *ROW[2:])],
    ],
)
def test_where_anything_contradicts_it_stays_open_whose_the_row_is(below: list[Sequence[object]]) -> None:
    made = log(*rows_of("山田 花子", 5), *below, *rows_of(None, 9))
    assert days(made) == {"山田 花子": [5]}
    assert len(made.strays) == 2, "nor is the row below that one anybody's"


def test_a_name_left_out_before_another_client_is_nobodys_where_every_row_has_a_name() -> None:
    made = log(*rows_of("山田 花子", 5), *rows_of("山田 花子", 6), *rows_of(None, 7), *rows_of("鈴木 一郎", 8))
    assert days(made) == {"山田 花子": [5, 6], "鈴木 一郎": [8]}
    assert len(made.strays) == 1


def test_a_row_of_another_number_is_not_theirs() -> None:
    numbered = [(*row, number) for row, number in zip(rows_of("山田 花子", 5, 6, 7), ("1", None, "2"), strict=True)]
    made = log(*numbered, headings=("氏名", "日付", "提供区分", "開始", "終了", "備考", "受給者証番号"))
    assert days(made) == {"山田 花子": [5, 6]}
    assert len(made.strays) == 1


def test_names_written_once_give_the_month_that_names_in_every_row_give() -> None:
    dates = [date(2026, 1, 5) + timedelta(days=n) for n in range(5)]
    once = [
        (name if n == 0 else None, day.isoformat(), *ROW[2:])
        for name in ("山田 花子", "鈴木 一郎")
        for n, day in enumerate(dates)
    ]
    always = [(name, day.isoformat(), *ROW[2:]) for name in ("山田 花子", "鈴木 一郎") for day in dates]
    assert days(log(*once)) == days(log(*always))


def test_an_evaluation_without_a_name_in_a_list_by_client_is_nobodys() -> None:
    reviews = sheet(
        "月評価", ("氏名", "対象年月", "実施日"), ("山田 花子", "2026-01", "2026/1/6"), (None, "2026-01", "2026/1/7")
    )
    made = log(ROW, ("鈴木 一郎", *ROW[1:]), others=[reviews])
    assert [table for table, _ in made.strays] == ["month_reviews"]
