"""Judged home days cut into months, each with its evaluations."""

from collections.abc import Callable, Collection
from datetime import date
from itertools import groupby

from zaitaku_xl.law import Readings
from zaitaku_xl.model import Method, Month, MonthReview, Person, Place
from zaitaku_xl.scopes.approvals import Approved
from zaitaku_xl.scopes.days import Day, Shared
from zaitaku_xl.scopes.scope import scope
from zaitaku_xl.scopes.silence import is_ditto, is_no_evaluation, says_nothing


@scope
class MonthOfUse:
    """A month with at least one judged home day, its evaluations and all its days of use."""

    person: Person
    month: Month
    home_days: tuple[Day, ...]
    reviews: tuple[MonthReview, ...]
    held: tuple[MonthReview, ...]  # those with a day; rows that are only a waiver left out
    doubtful: tuple[MonthReview, ...]
    use_dates: frozenset[date]
    unsure_dates: frozenset[date]  # a row of the date cannot be read as use or no use
    has_undated_use: bool  # a row that may be of use has no date
    week_visits: frozenset[date | None]  # when a week was evaluated by a visit
    terms: tuple[Approved, ...]
    readings: Readings
    methods: Collection[str] | None  # those that its law allows for the evaluation; None: it does not say

    def allows(self, method: Method | None) -> bool:
        return self.methods is None or method in self.methods

    @property
    def waivers(self) -> tuple[MonthReview, ...]:
        """Rows with 例外理由, which softens a missing or unfit evaluation (「原則として」, A-6); 「なし」 is no reason."""
        return tuple(review for review in self.reviews if review.exception and not says_nothing(review.exception))

    @property
    def waivers_above(self) -> tuple[MonthReview, ...]:
        """Rows whose 例外理由 points at another cell (同上): nobody can say from them whether there is a reason."""
        return tuple(review for review in self.reviews if is_ditto(review.exception))

    def on_a_day_of_use(self, review: MonthReview) -> bool:
        return review.done_on in self.month and review.done_on in self.use_dates

    def serves_week_too(self, review: MonthReview) -> bool:
        """True for a visit that is a week's evaluation as well (A-7)."""
        return review.method is Method.VISIT and review.done_on in self.week_visits

    def says_nothing(self, review: MonthReview) -> bool:
        """True where 達成度 is 「なし」 or the like (A-34): nobody can say whether it was evaluated."""
        return is_no_evaluation(review.achievement)

    def counts(self, review: MonthReview) -> bool:
        """True when this evaluation credits the month, whatever its method."""
        if not self.on_a_day_of_use(review):
            return False
        return self.readings.one_visit == "accepted" or not self.serves_week_too(review)


def months_of(
    shared: Shared, home_days: tuple[Day, ...], methods_on: Callable[[date], Collection[str] | None]
) -> tuple[MonthOfUse, ...]:
    """Cut judged home days, which are in order, into months; *methods_on* says how the law of a day lets one evaluate."""
    person = shared.person
    used, unsure = _dates_of_use(person)
    undated = any(entry.day is None and entry.place not in _NO_USE for entry in person.entries)
    visits = frozenset([week.done_on for week in person.week_reviews if week.method is Method.VISIT])
    clear: dict[Month | None, list[MonthReview]] = {}
    doubtful: list[MonthReview] = []
    for review in person.month_reviews:
        if review.row.clear_of("done_on", "month"):
            clear.setdefault(credited_month(review), []).append(review)
        else:
            doubtful.append(review)
    might_be = _might_be_by_month(doubtful)
    made = []
    for month, home in _by_month(home_days):
        reviews = clear.get(month, [])
        made.append(
            MonthOfUse(
                person=person,
                month=month,
                home_days=home,
                reviews=tuple(reviews),
                held=tuple([r for r in reviews if r.done_on]),
                doubtful=might_be(month),
                use_dates=used,
                unsure_dates=unsure,
                has_undated_use=undated,
                week_visits=visits,
                terms=shared.terms,
                readings=shared.readings,
                methods=methods_on(home[0].date),
            )
        )
    return tuple(made)


def _dates_of_use(person: Person) -> tuple[frozenset[date], frozenset[date]]:
    """Return the dates with a row of use, and those with a row that cannot be read as use or no use."""
    entries = person.entries
    return (
        frozenset([entry.day for entry in entries if entry.place in _USES and entry.day]),
        frozenset([entry.day for entry in entries if entry.place is None and entry.day]),
    )


_NO_USE = (Place.ABSENT, Place.OFF)
_USES = frozenset(place for place in Place if place.is_use)


def _by_month(days: tuple[Day, ...]) -> list[tuple[Month, tuple[Day, ...]]]:
    if days and days[-1].date in (month := Month.of(days[0].date)):
        return [(month, days)]
    return [(month, tuple(its)) for month, its in groupby(days, lambda day: Month.of(day.date))]


def credited_month(review: MonthReview) -> Month | None:
    """Return the month a row of 月評価 speaks of: 対象年月 where filled, else the month of 実施日."""
    return review.month or (Month.of(review.done_on) if review.done_on else None)


def _might_be_by_month(doubtful: list[MonthReview]) -> Callable[[Month], tuple[MonthReview, ...]]:
    """Return the doubtful rows that may be of a month: its own, else those of any, which many months share."""
    by_month: dict[Month | None, list[MonthReview]] = {}
    for review in doubtful:
        by_month.setdefault(credited_month(review), []).append(review)
    of_any = tuple(by_month.pop(None, ()))
    return lambda month: tuple(by_month[month]) if month in by_month else of_any
