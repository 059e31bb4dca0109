"""Judged home days cut into weeks, each with the evaluations that credit it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Set
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter, itemgetter

from zaitaku_xl.law import Readings
from zaitaku_xl.model import Method, Month, Person, WeekReview
from zaitaku_xl.scopes.days import Day, Shared
from zaitaku_xl.scopes.scope import scope
from zaitaku_xl.scopes.silence import is_no_evaluation

_date_of = attrgetter("date")
_place_of = itemgetter(0)
_GRACE = {"grace": timedelta(days=7)}  # how long after its week an evaluation may still be held
_NO_GRACE = timedelta()
_SIX_DAYS = timedelta(days=6)
_WEEK = timedelta(days=7)
DOUBTFUL_OF_ANY = 5  # thousands of rows beside thousands of weeks would be millions
_WEEKDAYS = "月火水木金土日"
# How a law lets an evaluation be held; None among them: the way nobody wrote down, which is W03's business.
Ways = Set[Method | str | None]


@scope
class Week:
    """A week with at least one judged home day.

    ``reviews`` are the evaluations that credit it; ``doubtful`` rows might, but a cell cannot be read; ``beyond`` is
    True when part of the week lies in a month that the workbook does not hold.
    """

    person: Person
    first: date
    last: date
    home_days: tuple[Day, ...]
    reviews: tuple[WeekReview, ...]
    doubtful: tuple[WeekReview, ...]
    undated: tuple[WeekReview, ...]  # rows of this week whose 実施日 is blank
    beyond: bool
    readings: Readings
    every: tuple[Day, ...]  # the client's days, judged or not
    ways: tuple[Ways, ...]  # under each of the laws of its home days

    @property
    def settled(self) -> bool:
        """True when an evaluation here is held in a way that the law of each day allows, or in one nobody wrote down."""
        held = [review.method for review in self.reviews]
        return bool(held) and not any(ways.isdisjoint(held) for ways in self.ways)

    @property
    def telling(self) -> tuple[WeekReview, ...]:
        """The evaluations that are more than words that say nothing (A-34)."""
        return tuple([review for review in self.reviews if not says_nothing_of_a_week(review)])

    @property
    def is_lenient(self) -> bool:
        """True for a short week where its evaluation is only advised (A-3)."""
        return self.readings.partial_week == "advise" and self.is_short

    @property
    def is_short(self) -> bool:
        """One day at home, or a week in which the client's use began or ended."""
        client = self.person.client
        began = client.used_from if client else None
        ended = client.used_to if client else None
        if (began and self.first < began <= self.last) or (ended and self.first <= ended < self.last):
            return True
        return sum(day.at_home for day in self._days()) < 2

    @property
    def may_be_longer(self) -> bool:
        """True where a day that nobody can place may be a second one at home."""
        return any(day.place is None for day in self._days())

    def _days(self) -> tuple[Day, ...]:
        """The client's days of the week, judged or not."""
        begin = bisect_left(self.every, self.first, key=_date_of)
        end = bisect_right(self.every, self.last, begin, key=_date_of)
        return self.every[begin:end]

    @property
    def words(self) -> str:
        """1月5日（月）～11日（日）の週; the month is said again where it is another."""
        month = "" if self.first.month == self.last.month else f"{self.last.month}月"
        begin, end = (_WEEKDAYS[day.weekday()] for day in (self.first, self.last))
        return f"{self.first.month}月{self.first.day}日（{begin}）～{month}{self.last.day}日（{end}）の週"


def says_nothing_of_a_week(review: WeekReview) -> bool:
    """True where 内容 or 達成度 is 「なし」 or the like and neither tells anything; two blanks are W02's business."""
    typed = [words for words in (review.content, review.achievement) if words]
    return bool(typed) and all(map(is_no_evaluation, typed))


@lru_cache(maxsize=4096)  # the clients of an office share their days
def week_start_of(day: date, week_start: int) -> date:
    """Return the first day of the week of *day*.

    >>> week_start_of(date(2026, 1, 1), 0)
    datetime.date(2025, 12, 29)
    """
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def credited_week(review: WeekReview, readings: Readings) -> date | None:
    """Return the first day of the one week a row credits: where 対象期間 has most of its days, else the week of 実施日.

    Between equal weeks the one in whose time the evaluation was held wins, then the later one.
    """
    week_start = readings.week_start
    if readings.weekly_day == "done_on":
        return week_start_of(review.done_on, week_start) if review.done_on else None
    first, last = review.period_from or review.period_to, review.period_to or review.period_from
    if first is None or last is None or last < first or (last - first).days > 366:
        return week_start_of(review.done_on, week_start) if review.done_on else None
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    counts = Counter(week_start_of(day, week_start) for day in days)
    held = review.done_on
    return max(counts, key=lambda start: (counts[start], bool(held and in_time(held, start, readings)), start))


def in_time(held: date, first: date, readings: Readings) -> bool:
    """True when an evaluation held then may credit the week that begins on *first*."""
    return first <= held <= first + _SIX_DAYS + _GRACE.get(readings.weekly_day, _NO_GRACE)


def weeks_of(
    shared: Shared,
    every: tuple[Day, ...],
    home_days: tuple[Day, ...],
    held: frozenset[Month],
    ways_of: Callable[[tuple[Day, ...]], tuple[Ways, ...]],
) -> tuple[Week, ...]:
    """Cut judged home days, which are in order, into weeks.

    *every* day of the client, judged or not; *held*: the months the workbook holds; *ways_of* days: how their laws let
    an evaluation be held.
    """
    person, readings = shared.person, shared.readings
    reviews, undated, doubtful = _credited(person, readings)
    might_credit = _might_credit_by_week(doubtful, readings)
    weeks: list[Week] = []
    for first, last, begin, end in _cut(tuple([day.date for day in home_days]), readings.week_start):
        home = home_days[begin:end]
        weeks.append(
            Week(
                person=person,
                first=first,
                last=last,
                home_days=home,
                reviews=tuple(reviews.get(first, ())),
                doubtful=might_credit(first),
                undated=tuple(undated.get(first, ())),
                beyond=_reaches_beyond(first, held),
                readings=readings,
                every=every,
                ways=ways_of(home),
            )
        )
    return tuple(weeks)


@lru_cache(maxsize=256)  # many clients of an office share their days
def _cut(dates: tuple[date, ...], week_start: int) -> tuple[tuple[date, date, int, int], ...]:
    """Return first and last day of each week in which some of the dates lie, and which of them."""
    weeks, n = [], 0
    while n < len(dates):
        first = week_start_of(dates[n], week_start)
        end = bisect_left(dates, first + _WEEK, n)
        weeks.append((first, first + _SIX_DAYS, n, end))
        n = end
    return tuple(weeks)


@lru_cache(maxsize=256)  # and their weeks
def _reaches_beyond(first: date, held: frozenset[Month]) -> bool:
    return Month.of(first) not in held or Month.of(first + _SIX_DAYS) not in held


_ByWeek = dict[date, list[WeekReview]]


def _credited(person: Person, readings: Readings) -> tuple[_ByWeek, _ByWeek, list[WeekReview]]:
    """Return the evaluations held in time for a week, those without a day, and those of which a cell cannot be read."""
    reviews: _ByWeek = {}
    undated: _ByWeek = {}
    doubtful: list[WeekReview] = []
    week_start = readings.week_start
    for review in person.week_reviews:
        if review.done_on and not (review.row.unread or review.period_from or review.period_to):  # nearly every one
            reviews.setdefault(week_start_of(review.done_on, week_start), []).append(review)
            continue
        if not review.row.clear_of("done_on", "period_from", "period_to"):
            doubtful.append(review)
            continue
        start = credited_week(review, readings)
        if start and review.done_on is None:
            undated.setdefault(start, []).append(review)
        elif start and review.done_on and in_time(review.done_on, start, readings):
            reviews.setdefault(start, []).append(review)
    return reviews, undated, doubtful


def _might_credit_by_week(doubtful: list[WeekReview], readings: Readings) -> Callable[[date], tuple[WeekReview, ...]]:
    """Return the doubtful rows that may credit the week of a first day, in their order; of those that may be of any, a few."""
    of_any: list[tuple[int, WeekReview]] = []
    by_week: dict[date, list[tuple[int, WeekReview]]] = {}
    for place, review in enumerate(doubtful):
        starts = _starts_near(review, readings)
        if starts is None:
            of_any.append((place, review))
            continue
        for start in starts:
            by_week.setdefault(start, []).append((place, review))
    few = of_any[:DOUBTFUL_OF_ANY]
    few_of_any = tuple([review for _, review in few])

    def of(first: date) -> tuple[WeekReview, ...]:
        own = by_week.get(first)
        return tuple([review for _, review in sorted([*few, *own], key=_place_of)]) if own else few_of_any

    return of


def _starts_near(review: WeekReview, readings: Readings) -> list[date] | None:
    """The weeks a doubtful row may credit; None where it may be any."""
    dated = review.period_from or review.period_to
    if "done_on" in review.row.unread and dated and readings.weekly_day != "done_on":
        credited = credited_week(review, readings)
        return [credited] if credited else []
    if review.done_on is None:
        return None
    held = week_start_of(review.done_on, readings.week_start)
    return [start for start in (held, held - _WEEK) if in_time(review.done_on, start, readings)]
