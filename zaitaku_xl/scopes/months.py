"""Judged home days cut into months, each with its evaluations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.law import Readings
from zaitaku_xl.model import Method, Month, MonthReview, Person
from zaitaku_xl.scopes.days import Day
from zaitaku_xl.scopes.terms import Term


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
