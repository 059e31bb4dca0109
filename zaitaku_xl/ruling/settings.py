"""An item of 設定 that cannot be read leaves open what rests on it, and nothing else. Not a rule itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from zaitaku_xl.finding import Flaw, undecided
from zaitaku_xl.law.readings import load_questions, reading_id
from zaitaku_xl.model import WeekReview
from zaitaku_xl.scopes import Book, Day, Times, Whole, limited

_Rests = Callable[[Whole], Callable[[Day], bool]]


def of_settings(book: Book) -> Iterator[Flaw]:
    """Yield a flaw for each unreadable item, over the days at home that rest on it."""
    office = book.log.office
    for field, why in office.row.unread.items():
        rests = _RESTS.get(field) or (_always if _is_a_choice(field) else None)
        people = tuple(_resting(book, rests)) if rests else ()
        dates = {day.date for whole in people for day in whole.home_days}
        yield undecided(replace(book, people=people), why, at=field, on=office, days=dates)


def _resting(book: Book, rests: _Rests) -> Iterator[Whole]:
    for whole in book.people:
        days = tuple(filter(rests(whole), whole.home_days))
        if days:
            narrowed = limited(whole, days)
            assert isinstance(narrowed, Whole)
            yield narrowed


def _always(whole: Whole) -> Callable[[Day], bool]:
    return lambda day: True


def _is_compared(whole: Whole) -> Callable[[Day], bool]:
    """事業所名: a term of the day names an office."""
    named = [term for term in whole.terms if term.approval.office]
    covered, perhaps = Times.covered(named), Times.perhaps_covered(named)
    return lambda day: day.date in covered or day.date in perhaps


def _has_none_of_its_own(whole: Whole) -> Callable[[Day], bool]:
    """サービス種別: the office's stands for the client's; a word nobody knows may be a service of which no text speaks."""

    def has_none(day: Day) -> bool:
        client = whole.person.client_on(day.date)
        return client is None or client.service is None

    return has_none


def _week_is_open(whole: Whole) -> Callable[[Day], bool]:
    """週の始まり: no evaluation lies in the week of the day, be it from Monday or from Sunday."""
    middles = [middle for review in whole.person.week_reviews if (middle := _middle(review))]
    settled = {_both_weeks(middle) for middle in middles}
    return lambda day: _both_weeks(day.date) not in settled


def _middle(review: WeekReview) -> date | None:
    if review.done_on is None or not review.row.clear_of("done_on", "period_from", "period_to"):
        return None
    if review.period_from and review.period_to:
        return review.period_from + (review.period_to - review.period_from) // 2
    return review.done_on


def _both_weeks(day: date) -> tuple[date, date]:
    """The first days of its week from Monday and of that from Sunday."""
    return day - timedelta(days=day.weekday()), day - timedelta(days=(day.weekday() + 1) % 7)


_RESTS: Mapping[str, _Rests] = {
    "month": _always,  # which days are to be judged at all
    "office_name": _is_compared,
    "service": _has_none_of_its_own,
    "week_start": _week_is_open,
    "A-1": _week_is_open,
}


def _is_a_choice(field: str) -> bool:
    """True for a reading (A-3) that verdicts may hang on; a number we do not know may stand for one."""
    if reading_id(field) is None:
        return False
    question = load_questions().get(field)
    return question is None or question.field not in (None, "spacing")
