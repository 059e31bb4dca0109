"""One cell, one reading: what is certain reads back as itself, and what could be two things is never a value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaitaku_xl.book import clocks, dates, layout, values
from zaitaku_xl.book.clocks import Span
from zaitaku_xl.book.one_cell import read_cell
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.model import Method, Month, Place, Service

JANUARY = Month(2026, 1)
FIFTH = date(2026, 1, 5)  # a Monday; serial 46027
FULL_WIDTH = str.maketrans("0123456789/:-", "０１２３４５６７８９／：－")
EVERY_COLUMN = [column for table in layout.TABLES for column in table.columns] + list(layout.SETTINGS)


def text(typed: str) -> Cell:
    return Cell(Kind.TEXT, typed)


def number(value: float) -> Cell:
    return Cell(Kind.NUMBER, float(value))


def shown_as_date(serial: float) -> Cell:
    return Cell(Kind.DATE, float(serial))


def day(cell: Cell, month: Month | None = JANUARY, date1904: bool = False) -> object:
    return dates.day(cell, month, date1904)


# ---- dates

CERTAIN_DAYS = [
    "令和8年1月5日", "R8.1.5", "R08/01/05", "令8.1.5", "Ｒ８．１．５", "R8年1月5日", "2026/1/5", "2026-01-05", "2026.1.5",
    "2026年1月5日", "２０２６／１／５", "20260105", "1/5", "1月5日", "1月5日(月)", "1月5日（月）", "1月5日㈪", "1月5日月曜日", "5日", "5",
    "５日", "05", "5日(月)", "5㈪", "2026/1/5 0:00:00", "2026-01-05T00:00:00", " 2026/1/5　", "令和 8年 1月 5日", "2026/1/5\u200b",
    "\ufeff1/5",
]  # fmt: skip
AMBIGUOUS_DAYS = [
    "8.1.5", "26/1/5", "8/1/5", "08-01-05", "26-1-5", "1.5", "1-5", "260105", "80105", "0105", "105", "1/5/2026", "2026",
    "2026/1", "令和8年1月", "32", "5/", "1月", "12/30", "1月5日と6日", "5,6", "1/5～1/6", "未定", "先週の月曜", "月",
]  # fmt: skip
DAYS_THAT_ARE_NOT = [
    "2026/2/29", "2026/1/32", "1/32", "31.4", "令和8年13月1日", "令和元年4月30日", "平成31年5月1日", "昭和64年1月8日", "令和0年1月5日",
    "1月5日(火)", "2026/1/5（日）", "5日㈫", "20260230",
]  # fmt: skip


@pytest.mark.parametrize("typed", CERTAIN_DAYS)
def test_a_day_that_can_only_be_one_is_read(typed: str) -> None:
    assert day(text(typed)) == FIFTH


@pytest.mark.parametrize("typed", AMBIGUOUS_DAYS + DAYS_THAT_ARE_NOT)
def test_a_day_that_could_be_another_or_none_is_not_read(typed: str) -> None:
    assert isinstance(day(text(typed)), Unread)


@pytest.mark.parametrize("typed", ["5日", "5", "1/5", "1月5日", "5日(月)"])
def test_a_part_of_a_date_needs_the_month_of_its_sheet(typed: str) -> None:
    assert isinstance(day(text(typed), month=None), Unread)


def test_a_full_date_does_not_care_for_the_month_of_its_sheet() -> None:
    assert day(text("令和元年5月1日")) == date(2019, 5, 1)
    assert day(text("平成31年4月30日"), month=None) == date(2019, 4, 30)
    assert day(text("H元.1.8"), month=None) == date(1989, 1, 8)
    assert day(text("昭和64年1月7日"), month=None) == date(1989, 1, 7)


def test_month_and_day_of_a_neighbour_month_keep_the_year_of_the_sheet() -> None:
    assert day(text("2/1")) == date(2026, 2, 1)
    assert isinstance(day(text("12/31")), Unread), "December under January may be of either year"


def test_numbers_are_days_serials_or_eight_digits() -> None:
    assert day(number(5)) == FIFTH
    assert day(number(46027)) == FIFTH
    assert day(number(20260105)) == FIFTH
    assert day(shown_as_date(46027)) == FIFTH
    assert day(shown_as_date(46027.4)) == FIFTH, "a date with a time of day"
    assert day(shown_as_date(46027 - 1462), date1904=True) == FIFTH
    assert day(number(46027 - 1462), date1904=True) == FIFTH


@pytest.mark.parametrize("value", [-1, 32, 2026, 260105, 80105, 71231, 1.5, 8.1, 20260230, 999999999])
def test_other_numbers_are_no_day(value: float) -> None:
    assert isinstance(day(number(value)), Unread)


def test_the_day_that_never_was_is_not_read() -> None:
    assert isinstance(day(shown_as_date(60)), Unread), "Excel's 29 February 1900"


@pytest.mark.parametrize("nothing", [number(0), shown_as_date(0), text("0"), Cell(Kind.BOOLEAN, False), text("FALSE")])
def test_the_0_of_a_formula_that_found_nothing_is_no_day(nothing: Cell) -> None:
    assert day(nothing) is None


@pytest.mark.parametrize("typed", ["", " ", "　", "\u200b", "\ufeff　"])
def test_blanks_that_only_look_like_content_are_blank(typed: str) -> None:
    for column in EVERY_COLUMN:
        assert read_cell(column, text(typed), Context(JANUARY)) is None, column.heading


def _forms(d: date) -> list[str]:
    y, m, n = d.year, d.month, d.day
    forms = [f"{y}/{m}/{n}", f"{y}-{m:02}-{n:02}", f"{y}.{m}.{n}", f"{y}年{m}月{n}日", f"{y}{m:02}{n:02}"]
    forms += [f"{y}年{m}月{n}日({'月火水木金土日'[d.weekday()]})", f"{y}/{m}/{n} 00:00:00"]
    for era, long, first, last in (
        ("R", "令和", date(2019, 5, 1), date.max),
        ("H", "平成", date(1989, 1, 8), date(2019, 4, 30)),
    ):
        year = y - first.year + 1
        if first <= d <= last and year < 100:
            forms += [f"{era}{year}.{m}.{n}", f"{era}{year:02}/{m:02}/{n:02}", f"{long}{year}年{m}月{n}日"]
            forms += [f"{long}元年{m}月{n}日"] if year == 1 else []
    return [*forms, *(form.translate(FULL_WIDTH) for form in forms)]


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)), st.one_of(st.none(), st.just(JANUARY)))
def test_every_day_in_every_full_form_reads_back(d: date, month: Month | None) -> None:
    for form in _forms(d):
        assert day(text(form), month) == d, form


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_every_day_in_every_part_form_reads_back_under_its_month(d: date) -> None:
    month = Month.of(d)
    weekday = "月火水木金土日"[d.weekday()]
    for form in (f"{d.day}", f"{d.day}日", f"{d.day}日({weekday})", f"{d.month}/{d.day}", f"{d.month}月{d.day}日"):
        assert day(text(form), month) == d, form
    assert day(number(d.day), month) == d


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.booleans())
def test_every_serial_reads_back_in_both_calendars(d: date, date1904: bool) -> None:
    serial = (d - date(1899, 12, 30)).days - (1462 if date1904 else 0)
    assert day(shown_as_date(serial), None, date1904) == d


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 31), st.sampled_from("./-"), st.booleans())
def test_a_year_of_two_digits_without_an_era_is_never_read(year: int, m: int, n: int, mark: str, padded: bool) -> None:
    typed = f"{year:02}{mark}{m:02}{mark}{n:02}" if padded else f"{year}{mark}{m}{mark}{n}"
    assert isinstance(day(text(typed)), Unread)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 6))
def test_a_date_beside_a_wrong_weekday_is_never_read(d: date, off: int) -> None:
    wrong = "月火水木金土日"[(d.weekday() + off) % 7]
    assert isinstance(day(text(f"{d.year}/{d.month}/{d.day}({wrong})")), Unread)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01",
        "2026/1",
        "2026年1月",
        "令和8年1月",
        "令和8年1月分",
        "R8.1",
        "R08/01",
        "202601",
        "2026/1/5",
        "Ｒ８．１",
    ],
)
def test_a_month_that_can_only_be_one_is_read(typed: str) -> None:
    assert dates.month(text(typed), False) == JANUARY


@pytest.mark.parametrize("typed", ["8.1", "1月", "1", "26/1", "8/1", "2026", "13", "2026-13", "令和元年4月"])
def test_a_month_that_could_be_another_is_not_read(typed: str) -> None:
    assert isinstance(dates.month(text(typed), False), Unread)


def test_a_month_cell_may_hold_a_date_or_a_number() -> None:
    assert dates.month(shown_as_date(46023), False) == JANUARY
    assert dates.month(number(202601), False) == JANUARY
    assert isinstance(dates.month(number(8.1), False), Unread)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (shown_as_date(46023), JANUARY),
        (number(46023), JANUARY),  # a day without a date format, as a formula hands it over
        (number(202601), JANUARY),
        (number(46023.5), JANUARY),  # with a time of day
        (number(1), None),
    ],
)
def test_a_month_as_a_number_is_read_where_it_can_be_only_one(cell: Cell, read: Month | None) -> None:
    found = values.month(cell, Context())
    assert (found if isinstance(found, Month) else None) == read


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("日報（令和8年1月分）", JANUARY), ("2026年1月 日報", JANUARY), ("R8.1", JANUARY), ("日報", None), ("1月分", None),
        ("令和7年12月～令和8年1月", None), ("令和8年1月分（作成 令和8年1月31日）", JANUARY),
    ],
)  # fmt: skip
def test_a_title_names_one_month_or_none(title: str, month: Month | None) -> None:
    assert dates.month_in(title) == month


# ---- times


@pytest.mark.parametrize(
    "typed",
    [
        "9:30", "09:30", "９：３０", "930", "0930", "９３０", "9時30分", "9時半", "９時３０分", "午前9時30分", "午前9:30", "AM9:30", "9:30AM",
        "am 9:30", "9:30:00", " 9:30　", "9:30\u200b", "9 : 30",
    ],
)  # fmt: skip
def test_a_time_that_can_only_be_one_is_read(typed: str) -> None:
    assert clocks.time(text(typed)) == 9 * 60 + 30


@pytest.mark.parametrize(
    "typed",
    [
        "9.3", "9.30", "9.5", "13.5", "9", "09", "24:00", "25:30", "9:60", "9:3", "930分", "12960", "午後12時", "午前12:00", "午後13時", "9時60分",
        "朝", "9時ごろ", "9:30頃", "-", "9:30/15:00", "0.31",
    ],
)  # fmt: skip
def test_a_time_that_could_be_another_or_none_is_not_read(typed: str) -> None:
    assert isinstance(clocks.time(text(typed)), Unread)


def test_hours_alone_and_the_afternoon() -> None:
    assert clocks.time(text("10時")) == 600
    assert clocks.time(text("午後1時半")) == 13 * 60 + 30
    assert clocks.time(text("PM1:05")) == 13 * 60 + 5
    assert clocks.time(text("0:00")) == 0


def test_numbers_are_parts_of_a_day_or_hours_and_minutes() -> None:
    assert clocks.time(number(930)) == 570
    assert clocks.time(number(1530)) == 930
    assert clocks.time(number(0.395833333333333)) == 570
    assert clocks.time(shown_as_date(0.395833333333333)) == 570
    assert clocks.time(shown_as_date(46027.395833333333)) == 570, "a date with a time"


@pytest.mark.parametrize("value", [9, 9.3, 9.5, 13.5, 24, 99, 960, 2400, -0.5, 93000])
def test_other_numbers_are_no_time(value: float) -> None:
    assert isinstance(clocks.time(number(value)), Unread)


@pytest.mark.parametrize("value", [1.0625, 9.5, 930.0, 9.0])
def test_a_time_format_does_not_make_a_time_of_what_is_none(value: float) -> None:
    assert isinstance(clocks.time(shown_as_date(value)), Unread)


@pytest.mark.parametrize("mark", ["～", "〜", "~", "-", "－", "–", "—", "ー", "→", "から", " ～ "])
def test_a_range_in_one_cell_is_two_times(mark: str) -> None:
    assert clocks.time(text(f"9:30{mark}15:00")) == Span(570, 900)
    assert clocks.time(text(f"９時半{mark}１５時")) == Span(570, 900)


@pytest.mark.parametrize(
    "typed", ["15:00～9:30", "9:30～9:30", "9.3～15:00", "9:30～13.5", "9:00～12:00～15:00", "9～15"]
)
def test_a_range_that_does_not_go_forward_or_is_unclear_is_not_read(typed: str) -> None:
    assert isinstance(clocks.time(text(typed)), Unread)


@given(st.integers(0, 1439))
def test_every_minute_of_the_day_in_every_form_reads_back(minute: int) -> None:
    h, m = divmod(minute, 60)
    forms = [f"{h}:{m:02}", f"{h:02}:{m:02}", f"{h}:{m:02}:00", f"{h}時{m}分", f"{h:02}{m:02}"]
    forms += [f"{h}時"] if m == 0 else []
    forms += [f"{h}時半"] if m == 30 else []
    if h % 12 > 0:
        half, short, hour = ("午前", "AM", h) if h < 12 else ("午後", "PM", h - 12)
        forms += [f"{half}{hour}時{m}分", f"{half}{hour}:{m:02}", f"{short}{hour}:{m:02}", f"{hour}:{m:02}{short}"]
    for form in [*forms, *(form.translate(FULL_WIDTH) for form in forms)]:
        assert clocks.time(text(form)) == minute, form
    assert clocks.time(shown_as_date(minute / 1440)) == minute
    assert clocks.time(shown_as_date(46027 + minute / 1440)) == minute or minute == 0
    assert clocks.time(number(minute / 1440)) == minute
    if h:
        assert clocks.time(number(h * 100 + m)) == minute


@given(st.integers(0, 1438), st.integers(1, 1439))
def test_every_range_reads_back(start: int, length: int) -> None:
    end = min(start + length, 1439)
    typed = f"{start // 60}:{start % 60:02}～{end // 60}:{end % 60:02}"
    assert clocks.time(text(typed)) == Span(start, end)


@given(st.integers(1, 99), st.integers(0, 99), st.sampled_from([".", "．", ",", "。"]))
def test_a_time_with_a_point_is_never_read(hour: int, rest: int, point: str) -> None:
    assert isinstance(clocks.time(text(f"{hour}{point}{rest}")), Unread)
    assert isinstance(clocks.time(number(float(f"{hour}.{rest:02}"))), Unread)


@given(st.floats(0.00001, 0.99999))
def test_a_part_of_a_day_is_read_alike_as_number_and_as_text(part: float) -> None:
    shown = f"{part:.10g}"
    assert clocks.time(number(part)) == clocks.time(text(shown)) or "e" in shown


@given(st.floats(0, 100_000))
def test_a_number_and_its_text_are_the_same_day(value: float) -> None:
    shown = f"{value:.10g}"
    assert day(number(float(shown))) == day(text(shown)) or "e" in shown


# ---- the other columns


@given(
    st.sampled_from(EVERY_COLUMN),
    st.sampled_from(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "9:30", "2026/1/5", ""]),
)
def test_an_error_or_a_formula_never_calculated_is_neither_a_value_nor_blank(column: layout.Column, shown: str) -> None:
    for kind in (Kind.ERROR, Kind.UNCALCULATED):
        assert isinstance(read_cell(column, Cell(kind, shown), Context(JANUARY)), Unread)


@pytest.mark.parametrize(
    "typed",
    [
        "○",
        "◯",
        "〇",
        "⭕",
        "⭕️",
        "✓",
        "✔",
        "✔️",
        "☑",
        "☑️",
        "✅",
        "レ",
        "ﾚ",
        "有",
        "1",
        "１",
        "TRUE",
        "true",
        "あり",
        "済",
        "済み",
    ],
)
def test_the_usual_marks_say_yes(typed: str) -> None:
    assert values.flag(text(typed), Context()) is True


@pytest.mark.parametrize("typed", ["×", "✕", "❌", "❌️", "☐", "無", "なし", "0", "-", "―", "−", "FALSE"])
def test_the_usual_marks_say_no(typed: str) -> None:
    assert values.flag(text(typed), Context()) is False


@pytest.mark.parametrize("typed", ["？", "△", "有？", "2", "未確認", "☒"])
def test_other_marks_say_neither(typed: str) -> None:
    assert isinstance(values.flag(text(typed), Context()), Unread)


def test_a_flag_may_be_a_number_or_a_tick() -> None:
    assert values.flag(number(1), Context()) is True
    assert values.flag(number(0), Context()) is False
    assert values.flag(Cell(Kind.BOOLEAN, True), Context()) is True
    assert isinstance(values.flag(number(2), Context()), Unread)


@pytest.mark.parametrize("typed", ["メール", "チャット", "ビデオ", "ICT", "Zoom", "ｚｏｏｍ", "オンライン"])
def test_mail_chat_and_video_are_ict(typed: str) -> None:
    assert values.method(text(typed), Context()) is Method.ICT


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("通所", Place.ATTEND),
        ("在宅", Place.HOME),
        (" 在 宅 ", Place.HOME),
        ("訪問", Place.VISIT),
        ("施設外", Place.OUTSIDE),
        ("休", Place.OFF),
        ("施設外就労", Place.OUTSIDE_WORK),
        ("施設外支援", Place.OUTSIDE),
        *(
            (word, Place.HOME)
            for word in ("在", "自宅", "家", "利用者宅", "在宅支援", "リモート", "Z", "ｚ", "在\u00ad宅")
        ),
        *((word, Place.ATTEND) for word in ("通", "来所", "出", "センター", "ｾﾝﾀｰ", "事業所")),
    ],
)
def test_a_known_word_is_read_whatever_the_blanks(typed: str, read: Place) -> None:
    assert values.place(text(typed), Context()) is read


@pytest.mark.parametrize("typed", ["在宅・通所", "在宅?", "△", "1"])
def test_a_word_that_is_none_of_the_known_is_not_read(typed: str) -> None:
    assert isinstance(values.place(text(typed), Context()), Unread)


def test_services_are_known_by_their_usual_names() -> None:
    assert values.service(text("就労継続支援Ｂ型"), Context()) is Service.TYPE_B
    assert values.service(text("就労移行"), Context()) is Service.TRANSITION
    assert isinstance(values.service(text("就労継続支援"), Context()), Unread)


def test_an_allowance_is_a_number_of_days_or_the_rule() -> None:
    assert values.allowance(text("原則の日数"), Context()) is None
    assert values.allowance(text("当該月の日数から8日を控除した日数"), Context()) is None
    assert values.allowance(number(20), Context()) == 20
    assert values.allowance(text("20日"), Context()) == 20
    assert isinstance(values.allowance(text("二十日"), Context()), Unread)


def test_a_number_that_is_a_name_keeps_its_zeros_where_excel_left_them() -> None:
    assert values.digits(text("0000000001"), Context()) == "0000000001"
    assert values.digits(text("００１"), Context()) == "001"
    assert values.digits(number(1), Context()) == "1"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("月", 0), ("（月）", 0), ("㈪", 0), ("月曜", 0), ("月曜日", 0), ("日", 6), ("日曜日", 6), ("祝", "祝")],
)
def test_a_weekday_is_read_and_another_word_stays_as_typed(typed: str, read: object) -> None:
    assert values.weekday(text(typed), Context()) == read


def test_weekdays_are_a_set() -> None:
    assert values.weekdays(text("月火水木金"), Context()) == frozenset(range(5))
    assert values.weekdays(text("月・水・金"), Context()) == frozenset((0, 2, 4))
    assert isinstance(values.weekdays(text("平日"), Context()), Unread)
