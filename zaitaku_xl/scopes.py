"""A log cut into what rules look at: a day, a week, a month, an approved term, a client, the book."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Generic, TypeVar

from zaitaku_xl.law import Readings
from zaitaku_xl.model import (
    Absence,
    Approval,
    CalendarDay,
    ClaimLine,
    Contact,
    Entry,
    Log,
    Method,
    Month,
    MonthReview,
    Office,
    Person,
    Place,
    Plan,
    RecordLine,
    WeekReview,
)

_GRACE = {"grace": timedelta(days=7)}  # how long after its week an evaluation may still be held
_NO_GRACE = timedelta()
# Home and 通所 on one date make a 通所 day (but A-14), 施設外 and 在宅 a 施設外 day.
_STANDS_FOR_THE_DAY = (Place.ATTEND, Place.OUTSIDE, Place.HOME, Place.VISIT, Place.ABSENT, Place.OFF)


_V = TypeVar("_V")
_Dated = TypeVar("_Dated", bound=Entry | Plan | RecordLine)


class lazy(Generic[_V]):  # noqa: N801 - reads as a decorator
    """A property computed once; as functools.cached_property, without its lock (a third of the time of a check)."""

    def __init__(self, compute: Callable[[Any], _V]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> _V:
        value = self._compute(instance)
        instance.__dict__[self._name] = value
        return value


@dataclass(frozen=True, slots=True)
class Calendar:
    """営業日 over 営業曜日: a date listed in 営業日 is what it says there, any other follows its weekday.

    What cannot be read is neither open nor closed: ``unsure`` dates by themselves, every date that is not listed where
    ``vague`` (a row without a readable date, unreadable 営業曜日).
    """

    listed: Mapping[date, bool]
    weekdays: frozenset[int] | None
    unsure: frozenset[date] = frozenset()
    vague: bool = False

    def is_open(self, day: date) -> bool | None:
        """None where neither the sheet nor 設定 says."""
        if self._is_unsure(day):
            return None
        known = self.listed.get(day)
        return known if known is not None or self.weekdays is None else day.weekday() in self.weekdays

    def open_days_between(self, first: date, last: date) -> int:
        """Count the opening days strictly between two dates, at most; without 営業曜日 Monday to Friday."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days))
        return sum(self._is_unsure(day) or self._is_open_or_usual(day) for day in days)

    def opening_days_before(self, day: date, count: int) -> date:
        """Return the day so many opening days before, the earliest it may be; looks back a month at most."""
        for back in range(1, 32):
            earlier = day - timedelta(days=back)
            count -= not self._is_unsure(earlier) and self._is_open_or_usual(earlier)
            if not count:
                return earlier
        return day - timedelta(days=31)

    def _is_unsure(self, day: date) -> bool:
        return day in self.unsure or (self.vague and day not in self.listed)

    def _is_open_or_usual(self, day: date) -> bool:
        known = self.is_open(day)
        return day.weekday() < 5 if known is None else known


@dataclass
class Day:
    """One client's date. ``place`` is None when no row of the date says readably where the day was spent."""

    person: Person
    date: date
    entries: tuple[Entry, ...]
    office: Office
    calendar: Calendar
    readings: Readings
    terms: tuple["Term", ...] = ()
    plans: tuple[Plan, ...] = ()
    record_lines: tuple[RecordLine, ...] = ()

    def __post_init__(self) -> None:
        if len(self.entries) == 1:  # nearly every day
            self.main = self.entries[0]  # the row that stands for the day
            self.place = self.main.place
            self.at_home = self.place is Place.HOME
            self.home_rows: tuple[Entry, ...] = self.entries if self.at_home else ()
        else:
            self.place = self._place()
            self.at_home = self.place is Place.HOME
            self.main = next((entry for entry in self.entries if entry.place == self.place), self.entries[0])
            self.home_rows = tuple([entry for entry in self.entries if entry.place is Place.HOME])

    def _place(self) -> Place | None:
        places = {entry.place for entry in self.entries}
        mixed_is_home = self.readings.mixed_day == "home"
        if None in places and (mixed_is_home or Place.ATTEND not in places):
            return None
        if mixed_is_home and Place.HOME in places and Place.OUTSIDE not in places:
            return Place.HOME
        return next(place for place in _STANDS_FOR_THE_DAY if place in places)

    @lazy
    def contacts(self) -> tuple[Contact, ...]:
        rows = self.home_rows
        return rows[0].contacts if len(rows) == 1 else tuple([c for entry in rows for c in entry.contacts])

    @lazy
    def support(self) -> tuple[Contact, ...]:
        """The contacts of a support kind, or of no kind at all."""
        return tuple([c for c in self.contacts if c.kind is None or c.kind.is_support])

    @lazy
    def has_record_sheet(self) -> bool:
        """True when the workbook holds the 実績記録票 of the day's month."""
        month = Month.of(self.date)
        return any(line.day in month for line in self.person.record_lines)


@dataclass
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
    settled: bool = False  # an evaluation here is held in a way its law allows, or in a way nobody wrote down

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
        return self._home_dates() < 2

    def _home_dates(self) -> int:
        """Count the week's days at home, judged or not."""
        places: dict[date, set[Place | None]] = {}
        for entry in self.person.entries:
            if entry.day and self.first <= entry.day <= self.last:
                places.setdefault(entry.day, set()).add(entry.place)
        other = {Place.OUTSIDE} if self.readings.mixed_day == "home" else {Place.OUTSIDE, Place.ATTEND}
        return sum(Place.HOME in there and not there & other for there in places.values())

    @property
    def words(self) -> str:
        return f"{self.first.month}月{self.first.day}日～{self.last.month}月{self.last.day}日の週"


@dataclass
class MonthOfUse:
    """A month with at least one judged home day, its evaluations and all its days of use."""

    person: Person
    month: Month
    home_days: tuple[Day, ...]
    reviews: tuple[MonthReview, ...]
    doubtful: tuple[MonthReview, ...]
    use_dates: frozenset[date]
    unsure_dates: frozenset[date]  # a row of the date cannot be read as use or no use
    terms: tuple["Term", ...]
    readings: Readings

    @property
    def waivers(self) -> tuple[MonthReview, ...]:
        """Rows with 例外理由, which softens a missing or unfit evaluation (「原則として」, A-6)."""
        return tuple(review for review in self.reviews if review.exception)

    @property
    def held(self) -> tuple[MonthReview, ...]:
        """Evaluations with a day; rows that are only a waiver left out."""
        return tuple(review for review in self.reviews if review.done_on)

    def on_a_day_of_use(self, review: MonthReview) -> bool:
        return review.done_on in self.month and review.done_on in self.use_dates

    def serves_week_too(self, review: MonthReview) -> bool:
        """True for a visit that is a week's evaluation as well (A-7)."""
        return review.method is Method.VISIT and any(
            week.done_on == review.done_on and week.method is Method.VISIT for week in self.person.week_reviews
        )

    def counts(self, review: MonthReview) -> bool:
        """True when this evaluation credits the month, whatever its method."""
        if not self.on_a_day_of_use(review):
            return False
        return self.readings.one_visit == "accepted" or not self.serves_week_too(review)


@dataclass
class Term:
    """One approved term (a row of 在宅承認) with the judged home days inside it."""

    person: Person
    approval: Approval
    office: Office
    start: date | None
    end: date | None  # lengthened where 経過措置 lets an ended approval run on
    home_days: tuple[Day, ...] = ()
    first_home_date: date | None = None

    def covers(self, day: date) -> bool:
        return self.start is not None and self.end is not None and self.start <= day <= self.end

    def might_cover(self, day: date) -> bool:
        """True when an unreadable start, end or 経過措置 leaves it open whether the day lies inside."""
        row = self.approval.row
        if row.clear_of("start", "end", "transition"):
            return False
        starts = self.start is None or self.start <= day
        ends = self.end is None or day <= self.end or not row.clear_of("transition")
        return starts and ends and not self.covers(day)


@dataclass
class Whole:
    """One client over all judged days."""

    person: Person
    office: Office
    days: tuple[Day, ...]
    home_days: tuple[Day, ...]
    weeks: tuple[Week, ...]
    months: tuple[MonthOfUse, ...]
    terms: tuple[Term, ...]
    town_typed: str | None
    town: str | None  # id of the text that serves the client; None: national
    readings: Readings
    uncovered: tuple[Day, ...] = ()  # home days for which no text is on record
    transition_ignored: bool = False
    claims: tuple[ClaimLine, ...] | None = None  # None: no claim file was given


@dataclass
class Missed:
    """A row of 欠席時対応 that claims the addition."""

    person: Person
    absence: Absence
    nth: int  # which of the month's claims it is
    earliest: date  # 前々営業日 of the absence
    planned: bool | None  # use was planned that day; None: no plans in the workbook, or they cannot be read
    used: Place | None = None  # how the log says the day was used


@dataclass
class Book:
    """The whole workbook."""

    log: Log
    people: tuple[Whole, ...]
    lacking: tuple[str, ...] = ()  # what the workbook lacks of what the rules need
    judged: tuple[Month, ...] = ()
    held: frozenset[Month] = frozenset()  # months with rows in 日報


Scope = Day | Week | MonthOfUse | Term | Whole | Missed | Book
Span = Week | MonthOfUse | Term | Whole


def limited(scope: Span, home_days: tuple[Day, ...]) -> Span:
    """Return the same span for some of its home days only (those under one law)."""
    return replace(scope, home_days=home_days)


def calendar_of(office: Office, listed: Iterable[CalendarDay]) -> Calendar:
    rows = tuple(listed)
    return Calendar(
        {row.day: row.open for row in rows if row.day and row.open is not None},
        office.open_weekdays,
        frozenset(row.day for row in rows if row.day and not row.row.clear_of("open")),
        any(row.day is None for row in rows) or not office.row.clear_of("open_weekdays"),
    )


def missed_of(person: Person, calendar: Calendar, plans_held: bool) -> tuple[Missed, ...]:
    """Return the claimed absences with a readable day, numbered within their month."""
    claims = [a for a in person.absences if a.claimed and a.day]
    claims.sort(key=lambda absence: (absence.day, absence.row.number))
    made: list[Missed] = []
    for absence in claims:
        assert absence.day is not None
        nth = 1 + sum(other.absence.day in Month.of(absence.day) for other in made)
        plans = [plan.place for plan in person.plans if plan.day == absence.day]
        loose = [plan.place for plan in person.plans if plan.day is None]  # may be of that day
        planned = None if not plans_held or None in plans else any(place and place.is_use for place in plans)
        if planned is False and any(place is None or place.is_use for place in loose):
            planned = None
        used = (entry.place for entry in person.entries if entry.day == absence.day)
        made.append(
            Missed(
                person,
                absence,
                nth,
                calendar.opening_days_before(absence.day, 2),
                planned,
                next((place for place in used if place and place.is_use), None),
            )
        )
    return tuple(made)


def days_of(
    person: Person, office: Office, calendar: Calendar, readings: Readings, terms: tuple[Term, ...]
) -> tuple[Day, ...]:
    rows, plans, lines = _by_date(person.entries), _by_date(person.plans), _by_date(person.record_lines)
    return tuple(
        [
            Day(person, day, rows[day], office, calendar, readings, terms, plans.get(day, ()), lines.get(day, ()))
            for day in sorted(rows)
        ]
    )


def _by_date(records: Iterable[_Dated]) -> dict[date, tuple[_Dated, ...]]:
    """The records of each date, in their order; those without a date left out."""
    found: dict[date, tuple[_Dated, ...]] = {}
    for record in records:
        day = record.day
        if day:
            found[day] = (*found[day], record) if day in found else (record,)
    return found


def terms_of(person: Person, office: Office, ran_out: date | None, runs_until: date | None) -> tuple[Term, ...]:
    """Return the approved terms; one that ended on *ran_out* runs on until *runs_until* (経過措置)."""
    terms = []
    for approval in person.approvals:
        end = approval.end
        if runs_until and end == ran_out:
            end = runs_until
        terms.append(Term(person, approval, office, approval.start, end))
    return tuple(terms)


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
    counts: dict[date, int] = {}
    for offset in range((last - first).days + 1):
        start = week_start_of(first + timedelta(days=offset), week_start)
        counts[start] = counts.get(start, 0) + 1
    held = review.done_on
    return max(counts, key=lambda start: (counts[start], bool(held and in_time(held, start, readings)), start))


def in_time(held: date, first: date, readings: Readings) -> bool:
    """True when an evaluation held then may credit the week that begins on *first*."""
    return first <= held <= first + timedelta(days=6) + _GRACE.get(readings.weekly_day, _NO_GRACE)


def weeks_of(person: Person, home_days: Iterable[Day], readings: Readings, held: frozenset[Month]) -> tuple[Week, ...]:
    """Cut judged home days into weeks. *held* are the months the workbook holds."""
    week_start = readings.week_start
    by_week: dict[date, list[Day]] = {}
    for day in home_days:
        by_week.setdefault(week_start_of(day.date, week_start), []).append(day)
    reviews: dict[date, list[WeekReview]] = {}
    undated: dict[date, list[WeekReview]] = {}
    doubtful: list[WeekReview] = []
    for review in person.week_reviews:
        if not review.row.clear_of("done_on", "period_from", "period_to"):
            doubtful.append(review)
            continue
        start = credited_week(review, readings)
        if start and review.done_on is None:
            undated.setdefault(start, []).append(review)
        elif start and review.done_on and in_time(review.done_on, start, readings):
            reviews.setdefault(start, []).append(review)
    return tuple(
        Week(
            person,
            first,
            first + timedelta(days=6),
            tuple(days),
            tuple(reviews.get(first, ())),
            tuple(review for review in doubtful if _might_credit(review, first, readings)),
            tuple(undated.get(first, ())),
            any(Month.of(day) not in held for day in (first, first + timedelta(days=6))),
            readings,
        )
        for first, days in sorted(by_week.items())
    )


def _might_credit(review: WeekReview, first: date, readings: Readings) -> bool:
    dated = review.period_from or review.period_to
    if "done_on" in review.row.unread and dated and readings.weekly_day != "done_on":
        return credited_week(review, readings) == first
    return review.done_on is None or in_time(review.done_on, first, readings)


def months_of(
    person: Person, home_days: Iterable[Day], readings: Readings, terms: tuple[Term, ...]
) -> tuple[MonthOfUse, ...]:
    by_month: dict[tuple[int, int], list[Day]] = {}
    for day in home_days:
        by_month.setdefault((day.date.year, day.date.month), []).append(day)
    used = frozenset([e.day for e in person.entries if e.day and e.place and e.place.is_use])
    unsure = frozenset([e.day for e in person.entries if e.day and e.place is None])
    made = []
    for key, home in sorted(by_month.items()):
        month = Month(*key)
        clear = [r for r in person.month_reviews if r.row.clear_of("done_on", "month")]
        made.append(
            MonthOfUse(
                person,
                month,
                tuple(home),
                tuple(r for r in clear if credited_month(r) == month),
                tuple(r for r in person.month_reviews if r not in clear and _might_be(r, month)),
                used,
                unsure,
                terms,
                readings,
            )
        )
    return tuple(made)


def credited_month(review: MonthReview) -> Month | None:
    """Return the month a row of 月評価 speaks of: 対象年月 where filled, else the month of 実施日."""
    return review.month or (Month.of(review.done_on) if review.done_on else None)


def _might_be(review: MonthReview, month: Month) -> bool:
    return credited_month(review) in (None, month)
