"""Sheets as offices keep them: headings found wherever they stand, rows read, and what is not certain refused or named."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaitaku_xl.book import layout
from zaitaku_xl.book.read import HEADING_ROWS, read_log
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.errors import LayoutError, NotALog
from zaitaku_xl.model import Entry, Log, Month, Place, Record

HEADINGS = ("氏名", "日付", "提供区分", "開始", "終了", "備考")
ROW = ("山田 花子", "2026/1/5", "在宅", "9:30", "15:30", "在宅支援")
FIFTH = date(2026, 1, 5)


def cell(value: object) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(Kind.NUMBER, float(value)) if isinstance(value, int | float) else Cell(Kind.TEXT, str(value))


def sheet(name: str, *rows: Sequence[object], first: int = 1) -> Grid:
    """A sheet of rows from row *first* on; None is a blank cell."""
    return Grid(name, {
        number: {column: cell(value) for column, value in enumerate(row, 1) if value is not None}
        for number, row in enumerate(rows, first)
    })  # fmt: skip


def log(*rows: Sequence[object], headings: Sequence[object] = HEADINGS, others: Sequence[Grid] = ()) -> Log:
    return read_log([sheet("日報", headings, *rows), *others])


def entries(made: Log) -> list[Entry]:
    return [entry for person in made.people for entry in person.entries]


def reasons(record: Record) -> dict[str, str]:
    """Why cells of a row could not be read, as it is said."""
    return {field: str(why) for field, why in record.row.unread.items()}


def only(made: Log) -> Entry:
    [entry] = entries(made)
    return entry


def settings(**items: object) -> Grid:
    return sheet("設定", ("項目", "値"), *items.items())


# ---- where the headings stand


@given(st.integers(1, HEADING_ROWS))
def test_the_headings_may_stand_in_any_of_the_first_rows(first: int) -> None:
    titles = [("日報",), ("事業所名", "ひかり作業所")][: first - 1]
    grid = sheet("日報", HEADINGS, ROW, first=first)
    above = sheet("日報", *titles)
    entry = only(read_log([Grid("日報", {**above.rows, **grid.rows})]))
    assert (entry.day, entry.place, entry.row.number) == (FIFTH, Place.HOME, first + 1)


def test_headings_below_the_first_rows_are_not_found() -> None:
    with pytest.raises(NotALog, match=f"はじめの{HEADING_ROWS}行"):
        read_log([sheet("日報", HEADINGS, ROW, first=HEADING_ROWS + 1)])


@given(st.permutations(range(len(HEADINGS))))
def test_the_order_of_columns_is_free(order: list[int]) -> None:
    entry = only(log([ROW[n] for n in order], headings=[HEADINGS[n] for n in order]))
    assert (entry.name, entry.day, entry.start, entry.end, entry.remark) == ("山田 花子", FIFTH, 570, 930, "在宅支援")
    assert entry.row.at("remark") == (2, order.index(5) + 1)


def test_a_title_with_one_known_word_is_no_heading_row() -> None:
    entry = only(read_log([sheet("日報", ("日報", None, "備考"), HEADINGS, ROW)]))
    assert entry.row.number == 3


def test_columns_nobody_knows_are_left_alone() -> None:
    entry = only(log((*ROW, "36.5", Cell(Kind.ERROR, "#N/A")), headings=(*HEADINGS, "体温", "血圧")))
    assert not entry.row.unread


@pytest.mark.parametrize("heading", [" 日付 ", "日　付", "日\n付", "日付\u200b"])
def test_a_heading_is_known_whatever_its_blanks(heading: str) -> None:
    assert only(log(ROW, headings=("氏名", heading, *HEADINGS[2:]))).day == FIFTH


def test_a_heading_in_half_width_letters_is_known() -> None:
    made = log((*ROW, "9:35"), headings=(*HEADINGS, "連絡１時刻"))
    assert only(made).contacts[0].time == 575


def test_a_heading_that_stands_twice_is_refused_and_both_cells_are_named() -> None:
    with pytest.raises(LayoutError, match=r"日報!F1 と G1: 見出し「備考」が2つあります"):
        log((*ROW, "在宅"), headings=(*HEADINGS, "備考"))


def test_two_sheets_of_one_name_are_refused() -> None:
    with pytest.raises(LayoutError, match="名前が同じに読めます"):
        read_log([sheet("日報", HEADINGS, ROW), sheet("日報　", HEADINGS, ROW)])


# ---- what makes a log


def test_a_workbook_without_a_daily_log_is_not_a_log() -> None:
    with pytest.raises(NotALog, match="「日報」のシートがありません"):
        read_log([sheet("予定", ("氏名", "日付"))])


@pytest.mark.parametrize(
    ("wanted", "typed", "message"),
    [
        ("氏名", "利用者氏名", "日報!A1: 見出し「氏名」がありません。「利用者氏名」のことですか。"),
        ("日付", "日", "日報!B1: 見出し「日付」がありません。「日」のことですか。"),
        ("提供区分", "区分", "日報!C1: 見出し「提供区分」がありません。「区分」のことですか。"),
    ],
)
def test_a_log_without_a_vital_heading_is_refused_with_the_cell_and_a_hint(
    wanted: str, typed: str, message: str
) -> None:
    headings = [typed if heading == wanted else heading for heading in HEADINGS]
    with pytest.raises(NotALog) as refused:
        log(ROW, headings=headings)
    assert str(refused.value) == message


def test_without_a_likeness_the_hint_is_to_add_the_heading() -> None:
    with pytest.raises(NotALog, match=r"日報!A1: 見出し「提供区分」がありません。見出しを加えてください。"):
        log(("山田 花子", "2026/1/5"), headings=("氏名", "日付"))


def test_what_is_missing_is_known_by_table_and_by_column() -> None:
    made = log(ROW, others=[sheet("週評価", ("氏名", "実施日"))])
    assert {"approvals", "month_reviews", "week_reviews.method", "entries.training", "entries.contacts"} <= made.missing
    assert not {"week_reviews", "week_reviews.done_on", "entries.remark"} & made.missing


def test_a_sheet_without_rows_is_there() -> None:
    assert "services" not in log(ROW, others=[sheet("他サービス", ("氏名", "日付", "種別"))]).missing


# ---- the month that completes a day


@pytest.mark.parametrize("typed", ["5日", "5", 5, "1/5", "1月5日(月)"])
def test_the_title_completes_a_day(typed: object) -> None:
    made = read_log([sheet("日報", ("日報（令和8年1月分）",), HEADINGS, ("山田 花子", typed, *ROW[2:]))])
    assert only(made).day == FIFTH


def test_the_target_month_completes_a_day() -> None:
    assert only(log(("山田 花子", 5, *ROW[2:]), others=[settings(対象年月="R8.1")])).day == FIFTH


def test_a_title_and_a_target_month_that_agree_complete_a_day() -> None:
    made = read_log([
        sheet("日報", ("令和8年1月分",), HEADINGS, ("山田 花子", "5日", *ROW[2:])), settings(対象年月="2026-01"),
    ])  # fmt: skip
    assert only(made).day == FIFTH


def test_a_title_and_a_target_month_that_differ_complete_nothing() -> None:
    made = read_log([
        sheet("日報", ("令和7年12月分",), HEADINGS, ("山田 花子", "5日", *ROW[2:])), settings(対象年月="2026-01"),
    ])  # fmt: skip
    entry = only(made)
    assert entry.day is None
    assert "年と月が分かりません" in str(entry.row.unread["day"])


def test_without_any_month_a_day_alone_is_unreadable() -> None:
    assert "day" in only(log(("山田 花子", "5日", *ROW[2:]))).row.unread


def test_the_calendar_of_1904_is_the_sheets_own() -> None:
    serial = (FIFTH - date(1904, 1, 1)).days
    grid = sheet("日報", HEADINGS, ("山田 花子", Cell(Kind.DATE, float(serial)), *ROW[2:]))
    assert only(read_log([Grid("日報", grid.rows, date1904=True)])).day == FIFTH


# ---- a column of many cells


FORTY = range(40)


@pytest.mark.parametrize(
    "odd", ["\u200b入力", "\u00ad入力", "  入力 ", " ", "改\n行", "0", "FALSE", 0, 12, None, Cell(Kind.BOOLEAN, True)]
)
@pytest.mark.parametrize("words", ["入力", "入力{}件"], ids=["one text", "a text each"])
def test_a_text_is_read_the_same_whatever_stands_in_its_column(words: str, odd: object) -> None:
    headings = (*HEADINGS[:-1], "訓練内容")
    alone = only(log((*ROW[:-1], odd), headings=headings)).training
    rows = [(*ROW[:-1], words.format(n)) for n in FORTY] + [(*ROW[:-1], odd)]
    assert [e.training for e in entries(log(*rows, headings=headings))] == [*(words.format(n) for n in FORTY), alone]


def test_an_error_among_forty_texts_is_named() -> None:
    rows = [(*ROW[:-1], f"入力{n}件") for n in FORTY] + [(*ROW[:-1], Cell(Kind.ERROR, "#N/A"))]
    *others, last = entries(log(*rows, headings=(*HEADINGS[:-1], "訓練内容")))
    assert last.training is None
    assert "#N/A" in str(last.row.unread["training"])
    assert not any(entry.row.unread for entry in others)


def test_cells_that_are_equal_to_python_stay_apart() -> None:
    values = (0.0, -0.0, Cell(Kind.NUMBER, 1.0), Cell(Kind.BOOLEAN, True), Cell(Kind.DATE, 61.0), 61)
    made = entries(log(*((*ROW[:-1], value) for value in values)))
    assert [entry.remark for entry in made] == [None, None, "1", "TRUE", "1900-03-01", "61"]


def test_a_range_beside_a_column_without_any_end_fills_it() -> None:
    first, second = entries(log((*ROW[:3], "9:30～15:00", None, None), (*ROW[:3], "9:30", None, None)))
    assert (first.start, first.end, second.start, second.end) == (570, 900, 570, None)


# ---- rows


def test_prefilled_rows_that_say_nothing_are_no_rows() -> None:
    made = log(ROW, ("山田 花子", "2026/1/6"), ("山田 花子", None, None), (None, "2026/1/7"), ("　", " ", "\u200b"))
    assert [entry.day for entry in entries(made)] == [FIFTH]
    assert not made.strays


def test_blank_rows_between_and_after_do_not_end_the_sheet() -> None:
    grid = sheet("日報", HEADINGS, ROW, (), (), ROW, (None,) * 6)
    assert [entry.row.number for entry in entries(read_log([grid]))] == [2, 5]


def test_a_row_with_content_but_without_a_name_is_kept_and_named() -> None:
    made = log((None, *ROW[1:]))
    assert not made.people
    [(table, stray)] = made.strays
    assert (table, reasons(stray)) == ("entries", {"name": "氏名が空欄です"})


def test_a_row_with_content_but_without_a_day_or_a_place_says_so() -> None:
    entry = only(log(("山田 花子", None, None, *ROW[3:])))
    assert reasons(entry) == {"day": "日付が空欄です", "place": "提供区分が空欄です"}


def test_a_blank_cell_is_not_an_unreadable_one() -> None:
    blank, unreadable = entries(log((*ROW[:3], None, *ROW[4:]), (*ROW[:3], Cell(Kind.ERROR, "#N/A"), *ROW[4:])))
    assert (blank.start, "start" in blank.row.unread) == (None, False)
    assert (unreadable.start, reasons(unreadable)) == (None, {"start": "開始「#N/A」はエラーの値です"})


@pytest.mark.parametrize("mark", ["〃", "同上", "″", " 〃 "])
def test_a_ditto_mark_is_the_name_above(mark: str) -> None:
    made = log(ROW, (mark, "2026/1/6", *ROW[2:]), (mark, "2026/1/7", *ROW[2:]))
    [person] = made.people
    assert [entry.day for entry in person.entries] == [FIFTH, date(2026, 1, 6), date(2026, 1, 7)]


def test_a_ditto_mark_under_nothing_names_nobody() -> None:
    made = log(("〃", *ROW[1:]))
    assert not made.people
    assert reasons(made.strays[0][1]) == {"name": "氏名「〃」の上に読める氏名がありません"}


def test_a_ditto_mark_under_an_unreadable_name_is_not_given_to_the_person_further_up() -> None:
    made = log(ROW, (Cell(Kind.ERROR, "#N/A"), "2026/1/6", *ROW[2:]), ("〃", "2026/1/7", *ROW[2:]))
    assert [entry.day for entry in entries(made)] == [FIFTH]
    assert len(made.strays) == 2


@pytest.mark.parametrize("typed", ["山田花子", "山田　花子", " 山田 花子　", "山田 花子\u200b", "山田\u00a0花子"])
def test_a_name_is_one_person_whatever_its_blanks(typed: str) -> None:
    [person] = log(ROW, (typed, "2026/1/6", *ROW[2:])).people
    assert len(person.entries) == 2


def test_invisible_characters_are_no_content() -> None:
    entry = only(log((*ROW[:3], "9:30\u200b", "\ufeff15:30", "\u200b")))
    assert (entry.start, entry.end, entry.remark) == (570, 930, None)


def test_a_range_in_the_first_cell_fills_both() -> None:
    entry = only(log((*ROW[:3], "9:30～15:30", None, "在宅支援")))
    assert (entry.start, entry.end, entry.row.unread) == (570, 930, {})


def test_a_range_that_disagrees_with_the_end_leaves_the_end_open() -> None:
    entry = only(log((*ROW[:3], "9:30～15:30", "16:00", "在宅支援")))
    assert (entry.start, entry.end) == (570, None)
    assert "end" in entry.row.unread


def test_a_range_where_one_time_is_wanted_is_not_read() -> None:
    entry = only(log((*ROW[:4], "9:30～15:30", "在宅支援")))
    assert entry.end is None
    assert "2つの時刻" in str(entry.row.unread["end"])


def test_rows_of_other_sheets_come_to_their_person() -> None:
    others = [
        sheet("利用者台帳", ("氏名", "支給決定市町村"), ("山田　花子", "長崎市")),
        sheet("在宅承認", ("氏名", "承認開始"), ("山田花子", "R8.1.1")),
    ]
    [person] = log(ROW, others=others).people
    assert person.name == "山田　花子", "as 利用者台帳 spells it"
    assert person.client is not None
    assert [approval.start for approval in person.approvals] == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    "table", [table for table in layout.TABLES if table is not layout.CALENDAR], ids=lambda table: table.sheet
)
def test_every_sheet_may_carry_the_number(table: layout.Table) -> None:
    """Two clients of one name are told apart by it, zeros lost or not."""
    first = next(c.heading for c in table.columns if c.parse is layout.values.text and c.field != "name")
    here = sheet(
        table.sheet, ("氏名", "日付", "提供区分", "受給者証番号", first), ("山田 花子", "2026/1/5", "在宅", 2, "x")
    )
    register = sheet("利用者台帳", ("氏名", "受給者証番号"), ("山田 花子", "0000000001"), ("山田 花子", "0000000002"))
    day = sheet("日報", ("受給者証番号", *HEADINGS), ("0000000002", *ROW))
    grids = (
        {grid.name: grid for grid in (register, day, here)}
        if table is not layout.CLIENTS
        else {g.name: g for g in (register, day)}
    )
    people = {person.name: person for person in read_log(list(grids.values())).people}
    mine = next(person for name, person in people.items() if name.endswith("2）"))
    assert not mine.ambiguous
    assert any(kind == table.key for kind, _ in mine.tables())


# ---- 設定


def test_settings_are_items_and_values() -> None:
    made = log(
        ROW, others=[settings(対象年月="令和8年1月", 事業所名="ひかり作業所", 週の始まり="日", 営業曜日="月火水木金土")]
    )
    assert made.office.month == Month(2026, 1)
    assert (made.office.office_name, made.office.week_start) == ("ひかり作業所", 6)
    assert made.office.open_weekdays == frozenset(range(6))


def test_a_setting_that_cannot_be_read_is_known_with_its_cell() -> None:
    made = log(ROW, others=[settings(事業所名="ひかり作業所", 週の始まり="水")])
    assert "week_start" in made.office.row.unread
    assert made.office.row.at("week_start") == (3, 2)


def test_a_setting_that_stands_twice_is_refused() -> None:
    with pytest.raises(LayoutError, match="設定!A3: 項目「事業所名」が2つあります"):
        log(ROW, others=[sheet("設定", ("項目", "値"), ("事業所名", "ひかり"), ("事業所名", "あかり"))])


# ---- words for a day off, and the month that somebody asked about


@pytest.mark.parametrize(
    ("word", "others", "place"),
    [
        ("お休み", (), Place.OFF),
        ("休み", (), Place.OFF),
        ("休み", (("予定", ("氏名", "日付", "予定区分"), ("山田 花子", "2026/1/5", "通所")),), Place.ABSENT),
        ("休み", (("予定", ("氏名", "日付", "予定区分"), ("山田 花子", "2026/1/6", "通所")),), Place.OFF),
        ("休み", (("予定", ("氏名", "日付", "予定区分"), ("山田 花子", "2026/1/5", "休")),), Place.OFF),
        (
            "お休み",
            (("欠席時対応", ("氏名", "欠席日", "連絡日"), ("山田 花子", "2026/1/5", "2026/1/5")),),
            Place.ABSENT,
        ),
        ("休", (("予定", ("氏名", "日付", "予定区分"), ("山田 花子", "2026/1/5", "通所")),), Place.OFF),
    ],
)
def test_a_day_off_is_an_absence_where_the_day_was_planned_or_an_absence_was_told(
    word: str, others: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]], place: Place
) -> None:
    made = log(("山田 花子", "2026/1/5", word, None, None, None), others=[sheet(*other) for other in others])
    assert only(made).place is place


def test_a_day_off_with_a_call_that_tells_the_absence_is_an_absence() -> None:
    row = ("山田 花子", "2026/1/5", "お休み", "9:00", "欠席連絡", "発熱")
    made = log(row, headings=("氏名", "日付", "提供区分", "連絡1時刻", "連絡1種別", "連絡1内容"))
    assert only(made).place is Place.ABSENT


@pytest.mark.parametrize(
    ("others", "title", "read"),
    [
        ((), None, FIFTH),
        ((settings(対象年月="2026-02"),), None, date(2026, 2, 5)),  # what the workbook says itself stands first
        ((), "日報（令和8年2月分）", date(2026, 2, 5)),
        ((), "日報（1月分）", FIFTH),
        ((), "日報（2月分）", None),
    ],
)
def test_the_month_asked_about_completes_a_day_where_the_workbook_states_none(
    others: Sequence[Grid], title: str | None, read: date | None
) -> None:
    rows = [HEADINGS, ("山田 花子", "5日", *ROW[2:])]
    made = read_log([sheet("日報", *([(title,)] if title else []), *rows), *others], Month(2026, 1))
    assert only(made).day == read


def test_the_month_asked_about_completes_the_month_of_an_evaluation() -> None:
    reviews = sheet("月評価", ("氏名", "対象年月", "実施日"), ("山田 花子", "1月", "1月5日"))
    (person,) = read_log([sheet("日報", HEADINGS, ROW), reviews], Month(2026, 1)).people
    assert [(review.month, review.done_on) for review in person.month_reviews] == [(Month(2026, 1), FIFTH)]
