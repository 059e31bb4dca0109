"""P01 読み取れないセル — a cell that cannot be read for certain.

Asks      日付・時刻・印・区分は、確かに読める形で入力します。
Reading   2通りに読める値、エラーの値、計算結果のない数式は推測しません。空欄とは別に扱い、その行に関わる日を要確認とします。
          評価や承認の行は、ほかに確かな記録がある日には影響しません。
Limits    読めた値が事実かどうかは分かりません。
Passes    1月6日の開始が「9:30」です。
Fails     1月6日の開始が「9.3」です。9時3分とも9時30分とも読めます。
"""

from collections.abc import Iterable, Iterator
from datetime import date

from zaitaku_xl.finding import Flaw, undecided
from zaitaku_xl.law.readings import load_questions, reading_id
from zaitaku_xl.model import Approval, Client, Record
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Book, Whole

# Kept for the office's own use: no day hangs on them (a フリガナ is often a formula that was never calculated).
_KEPT_ONLY = frozenset(
    [(Client, field) for field in ("kana", "born", "contracted", "arrival_means", "arrival_checked_on")]
    + [(Approval, field) for field in ("decided_on", "stamp", "assessed_on", "applied_on", "renewal_filed_on", "menu")]
)
_FROM_THE_OFFICE = {"week_start", "office_name", "month", "service"}  # unreadable, these leave every day open


@rule(
    id="P01",
    title="読み取れないセル",
    over=Book,
    clause="readable",
    remedy="セルの値を入力し直してください（日付は 2026/1/5、時刻は 9:30 の形）。数式のときはExcelで開いて保存し直してください。",
)
def unreadable_cell(book: Book, asked: bool) -> Iterator[Flaw]:
    yield from _of(book, book.log.office, _touched_by_office(book))
    for _, record in book.log.strays:
        yield from _of(book, record, ())
    for record in book.log.calendar:
        yield from _of(book, record, ())
    for whole in book.people:
        for table, record in whole.person.unread:
            if _matters(whole, table, record):
                yield from _of(whole, record, _touched(whole, table, record))


def _of(scope: Book | Whole, record: Record, days: Iterable[date]) -> Iterator[Flaw]:
    touched = frozenset(days)
    for field, why in record.row.unread.items():
        mine = frozenset[date]() if (type(record), field) in _KEPT_ONLY else touched
        yield undecided(scope, why, at=field, on=record, days=mine)


def _touched_by_office(book: Book) -> set[date]:
    if not any(field in _FROM_THE_OFFICE or _is_a_choice(field) for field in book.log.office.row.unread):
        return set()
    return {day.date for whole in book.people for day in whole.home_days}


def _is_a_choice(field: str) -> bool:
    """True for a reading (A-3) that verdicts may hang on; a number we do not know may stand for one."""
    if reading_id(field) is None:
        return False
    question = load_questions().get(field)
    return question is None or question.field not in (None, "spacing")


def _matters(whole: Whole, table: str, record: Record) -> bool:
    """A log row of a month that is not judged is evidence only; a row without a readable date may be of any month."""
    day = getattr(record, "day", None)
    return table != "entries" or day is None or any(day == judged.date for judged in whole.days)


def _touched(whole: Whole, table: str, record: Record) -> set[date]:
    home = {day.date for day in whole.home_days}
    if table == "clients":
        return home
    if table == "approvals":
        terms = [term for term in whole.terms if term.approval.row is not record.row]
        mine = next(term for term in whole.terms if term.approval.row is record.row)
        inside = {d for d in home if mine.covers(d) or mine.might_cover(d)}
        return {d for d in inside if not any(term.covers(d) for term in terms)}
    if table == "week_reviews":
        return _days_of_weeks(whole, record)
    if table == "month_reviews":
        return _days_of_months(whole, record)
    day = getattr(record, "day", None)
    if table == "services" and day is None:
        return home  # it may stand beside any of them
    if table == "checklist":
        return set()  # no day hangs on a rating
    return {day} if day else set()  # of a day that is not judged nothing is said


def _days_of_weeks(whole: Whole, record: Record) -> set[date]:
    days: set[date] = set()
    for week in whole.weeks:
        mine = any(review is record for review in (*week.doubtful, *week.reviews))
        settled = week.is_lenient or any(review is not record and not review.row.unread for review in week.reviews)
        if mine and not settled:
            days |= {day.date for day in week.home_days}
    return days


def _days_of_months(whole: Whole, record: Record) -> set[date]:
    days: set[date] = set()
    for month in whole.months:
        mine = any(review is record for review in (*month.doubtful, *month.reviews))
        if mine and not any(r is not record and not r.row.unread and month.counts(r) for r in month.held):
            days |= {day.date for day in month.home_days}
    return days
