"""W04 評価と日報の食い違い — an evaluation by visit or at the office that the day's log does not bear out.

Asks      訪問や通所で行った週の評価は、その日の日報と合っていなければなりません。
Reading   通所の評価ならその日の日報に通所、訪問の評価なら在宅か訪問の行があることを求めます。日報がブックにない月の日は見ません。
Limits    時刻までは比べません。
Passes    1月8日に通所で評価したとあり、日報の1月8日も通所です。
Fails     1月8日に通所で評価したとありますが、日報の1月8日は在宅です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Method, Month, Place, WeekReview
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Week

_FITS = {Method.ATTEND: (Place.ATTEND,), Method.VISIT: (Place.HOME, Place.VISIT)}


@rule(
    id="W04",
    title="評価と日報の食い違い",
    over=Week,
    clause="review_agrees_with_log",
    needs=("week_reviews", "week_reviews.done_on", "week_reviews.method"),
    remedy="評価の日と方法、日報の提供区分を記録で確かめ、違っている方を直してください。",
)
def review_and_log_differ(weeks: Sequence[Week], asked: bool) -> Iterator[Flaw]:
    for week in weeks:
        for review in week.reviews:
            if review.method in _FITS and review.done_on and not _is_borne_out(week, review):
                there = _there(week, review)
                message = f"{on(review.done_on)}に{review.method}で評価したとありますが、日報のその日は{there}です"
                yield breach(week, message, at="done_on", on=review)


def _entries(week: Week, review: WeekReview) -> list[Place | None]:
    return [entry.place for entry in week.person.entries if entry.day == review.done_on]


def _is_borne_out(week: Week, review: WeekReview) -> bool:
    held = {Month.of(entry.day) for entry in week.person.entries if entry.day}
    if review.done_on and Month.of(review.done_on) not in held:
        return True  # the log of that month is not here
    fitting = (None, *(_FITS[review.method] if review.method else ()))  # an unreadable 提供区分 is P01's
    places = _entries(week, review)
    places += [entry.place for entry in week.person.entries if entry.day is None]  # may be of that day
    return any(place in fitting for place in places)


def _there(week: Week, review: WeekReview) -> str:
    places = [str(place) for place in _entries(week, review) if place]
    return "・".join(dict.fromkeys(places)) or "行なし"
