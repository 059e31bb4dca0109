"""P02: a client without a row in 予定 in a month in which others have some has no plan on record (A-27)."""

from collections.abc import Iterator
from datetime import date

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Month, Person
from zaitaku_xl.scopes import Book, MonthOfUse, Whole

_ASKED = "予定か個別支援計画で、在宅の日の位置付けを確かめてください。計画をさかのぼって作らないでください。"
_HOPED = "予定を使うときは、この利用者の予定も入力しておくと安心です。"


def unplanned_clients(book: Book) -> Iterator[Flaw]:
    if book.log.lacks(("plans", "plans.day", "plans.place")):
        return
    unplanned = [each for whole in book.people for each in _without_plans(whole)]
    planned = Month.all_of(_plan_days(book)) if unplanned else ()
    for whole, month in unplanned:
        if month.month in planned:
            days = [day.date for day in month.home_days]
            message = f"{month.month.words}の予定の行が見つかりません（ほかの利用者の予定はあります）。"
            say = breach if whole.asks_plan else advice
            remedy = _ASKED if whole.asks_plan else _HOPED
            yield say(whole, message, days=days, remedy=remedy)


def _plan_days(book: Book) -> Iterator[date | None]:
    return (plan.day for whole in book.people for plan in whole.person.plans)


def _may_be_elsewhere(person: Person) -> bool:
    """True where rows of 予定 that nobody can place may be theirs: of those is spoken already."""
    return bool(person.likely or person.loose.get("plans"))


def _without_plans(whole: Whole) -> Iterator[tuple[Whole, MonthOfUse]]:
    """Yield the client's months of which 予定 says nothing; a row without a readable date may be of any."""
    days = [plan.day for plan in whole.person.plans]
    if None in days or _may_be_elsewhere(whole.person):
        return
    planned = Month.all_of(days)
    for month in whole.months:
        if month.month not in planned:
            yield whole, month
