"""Hours over midnight, breaks taken off, one end missing: what holds for all of them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zaitaku_xl.scopes.intervals import DAY, Interval, hours_of_log, hours_of_service, in_order, training_of

MONDAY = date(2026, 1, 5)
MINUTES = st.integers(0, DAY - 1)
PERHAPS = st.none() | MINUTES
SPANS = st.tuples(MINUTES, MINUTES).filter(lambda both: both[0] < both[1]).map(lambda both: Interval.of(MONDAY, *both))


@given(PERHAPS, PERHAPS)
def test_no_hours_are_ever_empty(start: int | None, end: int | None) -> None:
    assert hours_of_service(MONDAY, start, end).at_most.first < hours_of_service(MONDAY, start, end).at_most.last
    log = hours_of_log(MONDAY, start, end)
    assert log.at_most.first < log.at_most.last
    assert log.told == (start is not None and end is not None and start < end)


@given(MINUTES, MINUTES)
def test_a_service_is_as_long_as_a_clock_says(start: int, end: int) -> None:
    hours = hours_of_service(MONDAY, start, end).at_most
    assert hours.last - hours.first == ((end - start) % DAY or DAY)
    assert next(iter(hours.dates)) == MONDAY
    assert (MONDAY + timedelta(days=1) in hours.dates) == (not in_order(start, end) and end > 0)


@given(SPANS, st.lists(SPANS, max_size=4))
def test_what_is_left_and_what_is_taken_away_make_the_whole(hours: Interval, breaks: list[Interval]) -> None:
    left = hours.without(breaks)
    minutes = {minute for span in left for minute in range(*span)}
    taken = {minute for span in breaks for minute in range(*span)}
    assert minutes == set(range(*hours)) - taken
    assert list(left) == sorted(left)
    assert all(span.first < span.last for span in left)


@given(SPANS, PERHAPS, PERHAPS)
def test_only_a_break_inside_the_hours_that_leaves_some_is_sound(
    hours: Interval, start: int | None, end: int | None
) -> None:
    training = training_of(MONDAY, hours, start, end)
    if training.pause and training.is_sound:
        assert sum(span.last - span.first for span in training.outside_pause) == (
            hours.last - hours.first - (training.pause.last - training.pause.first)
        )
        assert training.outside_pause
    else:
        assert training.outside_pause == (hours,)


@given(SPANS, SPANS)
def test_what_only_touches_shares_nothing(one: Interval, two: Interval) -> None:
    both = one.shared_with(two)
    assert (both is None) == (not set(range(*one)) & set(range(*two)))
    assert one.shared_with(two) == two.shared_with(one)


@given(MINUTES, MINUTES)
def test_a_time_that_cannot_be_read_leaves_all_hours_open_that_it_may_have_told(start: int, end: int) -> None:
    told = hours_of_service(MONDAY, start, end).at_most
    for known in ((start, None), (None, end), (None, None)):
        assert hours_of_service(MONDAY, *known, unread=True).at_most.holds(told)


@given(MINUTES, MINUTES)
def test_hours_of_a_log_that_are_not_told_are_all_that_they_can_be(start: int, end: int) -> None:
    assert hours_of_log(MONDAY, None, end or None).at_most == Interval.of(MONDAY, 0, end or DAY)
    assert hours_of_log(MONDAY, start, None).at_most == Interval.of(MONDAY, start, DAY)
    if start >= end:
        assert hours_of_log(MONDAY, start, end).at_most == Interval.of(MONDAY, 0, DAY)


@given(SPANS, MINUTES)
def test_a_break_of_which_one_end_is_missing_reaches_to_the_end_of_the_hours(hours: Interval, minute: int) -> None:
    told = Interval.of(MONDAY, minute, minute).first
    assert training_of(MONDAY, hours, minute, None).pause == (told, hours.last)
    assert training_of(MONDAY, hours, None, minute).pause == (hours.first, told)


@given(SPANS, PERHAPS)
def test_a_break_of_no_length_is_none_and_leaves_the_hours_as_they_are(hours: Interval, minute: int | None) -> None:
    assert training_of(MONDAY, hours, minute, minute) == (hours, None, True)
