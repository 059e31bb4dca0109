"""What days are cut into, on both sides of the line: calendar, approved times, weeks, absences, rows of nobody."""

from datetime import date, timedelta
from typing import Any

import pytest

from zaitaku_xl.law.readings import resolved
from zaitaku_xl.model import (
    Absence,
    Approval,
    CalendarDay,
    Client,
    Entry,
    Method,
    Month,
    MonthReview,
    Office,
    Person,
    Place,
    Plan,
    Record,
    RecordLine,
    Row,
    WeekReview,
)
from zaitaku_xl.scopes import (
    DOUBTFUL_OF_ANY,
    Approved,
    Calendar,
    Day,
    Days,
    LooseRows,
    Shared,
    Stretch,
    Times,
    Week,
    by_date,
    calendar_of,
    days_of,
    missed_of,
    time_of,
    weeks_of,
)
from zaitaku_xl.scopes.weeks import credited_week, in_time
from zaitaku_xl.sentence import Sentence

READINGS = resolved()
OFFICE = Office(Row("設定", 1, {}))
EVERY_DAY = Calendar({}, frozenset(range(7)))
HOME, ATTEND, OFF = Place.HOME, Place.ATTEND, Place.OFF


def jan(day: int) -> date:
    """A day of January 2026, of which the 5th is a Monday; 0 and less are of December."""
    return date(2025, 12, 31) + timedelta(days=day)


def row(number: int = 3, *unread: str) -> Row:
    return Row("シート", number, {}, unread=dict.fromkeys(unread, Sentence("読めません。")))


def shared(*entries: Entry, lines: tuple[RecordLine, ...] = (), **records: Any) -> Shared:
    person = Person("山田 花子", entries=list(entries), **records)
    return Shared(person=person, calendar=EVERY_DAY, readings=READINGS, terms=(), lines=by_date(list(lines)))


def entry(day: int, place: Place | None = HOME, number: int = 3, **fields: Any) -> Entry:
    return Entry(row(number), day=jan(day), place=place, **fields)


# ---- the calendar


def test_a_day_so_many_opening_days_before_is_looked_for_a_month_back() -> None:
    closed = Calendar({jan(-1): True}, frozenset())
    assert closed.opening_days_before(jan(30), 1) == jan(-1)
    assert closed.opening_days_before(jan(31), 1) == jan(0)  # the 32nd day back is not looked at
    assert EVERY_DAY.opening_days_before(jan(31), 2) == jan(29)


def test_without_weekdays_monday_to_friday_are_the_usual_ones() -> None:
    assert Calendar({}, None).open_days_between(jan(4), jan(12)) == 5
    assert Calendar({}, None).open_days_between(jan(8), jan(12)) == 1


def test_a_row_that_does_not_say_whether_the_office_was_open_lists_no_day() -> None:
    office = Office(row(), open_weekdays=frozenset(range(7)))
    rows = [CalendarDay(row(), day=jan(6)), CalendarDay(row())]  # and one that may be of any day
    assert calendar_of(office, rows).is_open(jan(6)) is None
    assert calendar_of(office, rows[:1]).is_open(jan(6))


# ---- approved times


@pytest.mark.parametrize(("day", "inside"), [(4, False), (5, True), (8, True), (9, False)])
def test_an_approved_time_covers_its_first_and_its_last_day(day: int, inside: bool) -> None:
    term = Approved(person=Person("山田 花子"), approval=Approval(row()), office=OFFICE, start=jan(5), end=jan(8))
    assert term.covers(jan(day)) == inside
    assert (jan(day) in Times.covered([term])) == inside


def test_times_taken_together_are_all_of_their_days_and_no_others() -> None:
    spans = [(5, 20), (6, 7), (20, 22), (24, 23), (25, 25), (27, 28)]
    times = Times((jan(start), jan(end)) for start, end in spans)
    inside = {day for start, end in spans for day in range(start, end + 1)}
    assert {day for day in range(1, 32) if jan(day) in times} == inside


def test_a_stretch_has_the_days_from_its_first_to_its_last() -> None:
    days = days_of(shared(*(entry(day) for day in range(5, 12))))
    stretch = Stretch.between(days, jan(6), jan(8))
    assert [day.date for day in stretch] == [jan(6), jan(7), jan(8)]
    assert [stretch[at].date for at in (0, 2, -1, -3)] == [jan(6), jan(8), jan(8), jan(6)]
    assert [day.date for day in stretch[1:]] == [jan(7), jan(8)]
    for at in (3, -4):
        with pytest.raises(IndexError):
            stretch[at]


# ---- days of several rows


def test_the_row_of_the_place_stands_for_the_day() -> None:
    several = (
        entry(6, HOME, 3, start=540, end=600),
        entry(6, ATTEND, 4, start=660, end=720),
        entry(6, ATTEND, 5, start=780, end=900),
    )
    [day] = days_of(shared(*several))
    assert (day.place, day.main.row.number) == (ATTEND, 4)
    assert [each.row.number for each in day.standing] == [4, 5]
    assert (day.begun_or_ended("start"), day.begun_or_ended("end")) == (660, 900)
    [two] = days_of(shared(*several[:2]))
    assert [each.row.number for each in two.standing] == [4]


def test_one_row_that_does_not_say_when_leaves_it_open_when_the_day_began() -> None:
    [day] = days_of(shared(entry(6, start=540), entry(6, number=4, end=900)))
    assert (day.begun_or_ended("start"), day.begun_or_ended("end")) == (None, None)


def test_days_elsewhere_are_those_known_not_to_be_at_home() -> None:
    days = Days(list(days_of(shared(entry(5), entry(6, ATTEND), entry(7, None)))))
    assert [day.date for day, _ in days.rows_elsewhere] == [jan(6)]
    assert days.of_several_rows == []


def test_lines_of_a_record_sheet_are_found_though_another_client_has_none() -> None:
    line = RecordLine(row(), day=jan(6))
    with_lines, without = shared(entry(6), lines=(line,)), shared(entry(6))
    days = Days([*days_of(without), *days_of(with_lines)])
    assert [each for _, each in days.record_lines] == [line]


def test_the_hours_of_two_rows_are_from_the_first_start_to_the_last_end() -> None:
    days = Days(list(days_of(shared(entry(6, start=540, end=600), entry(6, number=4, start=780, end=900)))))
    assert days.hours == [(540, 900)]


# ---- weeks


def review(done: int | None, begin: int | None = None, end: int | None = None, *unread: str) -> WeekReview:
    days = [jan(day) if day is not None else None for day in (done, begin, end)]
    return WeekReview(row(3, *unread), done_on=days[0], period_from=days[1], period_to=days[2], method=Method.PHONE)


@pytest.mark.parametrize(
    ("told", "week"),
    [
        (review(14), 12),
        (review(14, 5), 5),
        (review(14, None, 5), 5),  # one end alone is the day meant
        (review(14, 6, 6), 5),
        (review(14, 7, 6), 12),  # the wrong way round
        (review(None, 10, 12), 5),  # two days before Monday and one after
        (review(None, 10, 13), 12),  # of equal weeks the later one
        (review(10, 10, 13), 5),  # or the one in whose time it was held
        (review(None, 5, 371), 362),  # 366 days on
        (review(14, 5, 371), 12),
        (review(400, 5, 371), 362),
        (review(400, 5, 372), 397),  # no time that anybody means
        (review(None), None),
        (review(None, 7, 6), None),
    ],
)
def test_a_row_credits_the_week_that_has_most_of_its_days(told: WeekReview, week: int | None) -> None:
    assert credited_week(told, READINGS) == (None if week is None else jan(week))


@pytest.mark.parametrize(("held", "counts"), [(4, False), (5, True), (11, True), (18, True), (19, False)])
def test_an_evaluation_counts_up_to_seven_days_after_its_week(held: int, counts: bool) -> None:
    assert READINGS.weekly_day == "grace"
    assert in_time(jan(held), jan(5), READINGS) == counts


def weeks(reviews: list[WeekReview], *home: int, client: Client | None = None) -> tuple[Week, ...]:
    its = shared(*(entry(day) for day in home), week_reviews=reviews, client=client)
    days = days_of(its)
    ways = frozenset({Method.PHONE})
    return weeks_of(its, days, days, frozenset({Month(2026, 1)}), lambda each: (ways,))


def doubtful(reviews: list[WeekReview]) -> dict[int, list[int]]:
    """Of which rows it is open whether they credit the weeks of January, by the first day of the week."""
    numbers = {id(each): number for number, each in enumerate(reviews)}
    made = weeks(reviews, 6, 13, 20, 27)
    return {week.first.day: [numbers[id(each)] for each in week.doubtful] for week in made}


@pytest.mark.parametrize(
    ("told", "perhaps"),
    [
        (review(20, None, None, "period_from"), {12, 19}),  # its own week and the one before, but no later one
        (review(None, 12, None, "done_on"), {12}),
        (review(None, None, 12, "done_on"), {12}),
        (review(None, 12, None, "period_to"), {5, 12, 19, 26}),
        (review(None, None, None, "done_on"), {5, 12, 19, 26}),
        (review(None, 18, 12, "done_on"), set()),
    ],
)
def test_a_row_with_a_cell_that_cannot_be_read_may_credit_the_weeks_it_can_mean(
    told: WeekReview, perhaps: set[int]
) -> None:
    assert {first for first, its in doubtful([told]).items() if its} == perhaps


def test_rows_that_may_be_of_any_week_are_named_a_few_times_and_in_their_order() -> None:
    any_week = [review(None, None, None, "done_on") for _ in range(DOUBTFUL_OF_ANY + 1)]
    assert DOUBTFUL_OF_ANY == 5
    found = doubtful([any_week[0], review(20, None, None, "period_from"), *any_week[1:]])
    assert found[5] == [0, 2, 3, 4, 5]
    assert found[19] == [0, 1, 2, 3, 4, 5]


def test_a_week_is_settled_where_the_laws_of_all_its_days_allow_how_it_was_held() -> None:
    def settled(*ways: set[Method | str | None]) -> bool:
        its = shared(entry(6), week_reviews=[review(6)])
        days = days_of(its)
        return weeks_of(its, days, days, frozenset(), lambda each: ways)[0].settled

    assert settled({Method.PHONE}, {Method.PHONE, Method.VISIT})
    assert not settled({Method.PHONE}, {Method.VISIT})
    assert not settled({Method.VISIT}, {Method.PHONE})


@pytest.mark.parametrize(
    ("began", "ended", "short"),
    [(5, None, False), (6, None, True), (11, None, True), (12, None, False), (None, 4, False), (None, 5, True),
     (None, 10, True), (None, 11, False)],
)  # fmt: skip
def test_a_week_is_short_where_use_began_or_ended_within(began: int | None, ended: int | None, short: bool) -> None:
    client = Client(row(), used_from=jan(began) if began else None, used_to=jan(ended) if ended else None)
    assert weeks([], 6, 7, client=client)[0].is_short == short


# ---- absences


def missed(absence: Absence, *plans: Plan, missing: frozenset[str] = frozenset()) -> Any:
    person = Person("山田 花子", absences=[absence], plans=list(plans))
    [only] = missed_of(person, EVERY_DAY, missing, ())
    return only


def test_an_absence_is_of_its_day_or_of_that_of_the_call() -> None:
    dated = missed(Absence(row(), day=jan(9), told_on=jan(8), claimed=True))
    assert (dated.told, dated.nth, dated.earliest) == (jan(9), 1, jan(7))
    without_day = missed(Absence(row(), told_on=jan(8), claimed=True))
    assert (without_day.told, without_day.nth) == (jan(8), 0)


@pytest.mark.parametrize(
    ("plans", "planned"),
    [
        ([], None),
        ([Plan(row(), day=jan(9), place=HOME)], True),
        ([Plan(row(), day=jan(9), place=OFF)], False),
        ([Plan(row(), day=jan(8), place=HOME)], False),
        ([Plan(row(), day=jan(9))], None),
        ([Plan(row(), place=OFF)], False),  # of any day, but of no use
        ([Plan(row(), place=HOME)], None),
        ([Plan(row())], None),
    ],
)
def test_use_was_planned_where_a_plan_says_so(plans: list[Plan], planned: bool | None) -> None:
    absence = Absence(row(), day=jan(9), claimed=True)
    assert missed(absence, *plans).planned is planned
    assert missed(absence, *plans, missing=frozenset({"plans"})).planned is None


# ---- rows that nobody can place


def span(begin: int | None, end: int | None) -> Approval:
    return Approval(row(), start=None if begin is None else jan(begin), end=None if end is None else jan(end))


@pytest.mark.parametrize(
    ("record", "time"),
    [
        (span(5, 8), (jan(5), jan(8))),
        (Client(row()), (None, None)),
        (MonthReview(row(), month=Month(2026, 1), done_on=date(2026, 2, 5)), (jan(1), jan(31))),
        (MonthReview(row(), done_on=date(2026, 2, 5)), (date(2026, 2, 1), date(2026, 2, 28))),
        (MonthReview(row()), (None, None)),
        (entry(6), (jan(6), jan(6))),
        (Record(row()), (None, None)),
        (review(20), (jan(13), jan(20))),
        (review(20, 12, 18), (jan(5), jan(20))),
        (review(None), (None, None)),
        (review(20, None, None, "period_to"), (None, None)),
    ],
)
def test_a_row_may_speak_of_the_days_it_tells_and_of_any_where_it_tells_none(record: Record, time: Any) -> None:
    assert time_of(record) == time


@pytest.mark.parametrize(
    ("spans", "first", "last", "which"),
    [
        ([(5, 8)], 1, 4, None), ([(5, 8)], 1, 5, 0), ([(5, 8)], 8, 9, 0), ([(5, 8)], 9, 9, None),
        ([(None, 8)], 1, 1, 0), ([(None, 8)], 9, 9, None), ([(5, None)], 31, 31, 0), ([(5, None)], 4, 4, None),
        ([(20, 21), (5, 8)], 6, 6, 1), ([(5, 20), (6, 7), (8, 9)], 15, 15, 0), ([(5, 8), (6, 8)], 7, 7, 0),
        ([(5, 6), (8, 20)], 7, 7, None), ([(5, 6), (8, 20)], 20, 20, 1), ([], 1, 31, None),
        ([(6, 9), (5, 20)], 10, 10, 1), ([(9, 10), (8, 11), (5, 20)], 6, 6, 2),
    ],
)  # fmt: skip
def test_of_loose_rows_one_that_reaches_into_the_time_is_found(
    spans: list[tuple[int | None, int | None]], first: int, last: int, which: int | None
) -> None:
    rows = LooseRows(span(*each) for each in spans)
    found = rows.within(jan(first), jan(last))
    assert found is (None if which is None else rows[which])


def test_days_in_no_order_are_put_in_order() -> None:
    made: tuple[Day, ...] = days_of(shared(entry(7), entry(5), entry(6)))
    assert [day.date for day in made] == [jan(5), jan(6), jan(7)]
