"""P01 読み取れないセル — a cell that cannot be read for certain.

Asks      日付・時刻・○・区分は、確かに読み取れる形で入力します。
Reading   2通りに読み取れる値、エラーの値、計算結果のない数式は推測しません。空欄とは別に扱い、その行に関わる日を要確認とします。
          評価や承認の行は、ほかに確かな記録がある日には影響しません。
Limits    読み取れた値が事実かどうかは分かりません。
Passes    1月6日の開始が「9:30」です。
Fails     1月6日の開始が「9.3」です。9時3分とも9時30分とも読めます。
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice

from zaitaku_xl.finding import Flaw, undecided
from zaitaku_xl.model import Approval, Client, Record
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.settings import of_settings
from zaitaku_xl.ruling.unread import remedy_for
from zaitaku_xl.scopes import DOUBTFUL_OF_ANY, Book, Several, Term, Whole
from zaitaku_xl.sentence import Kind

# Kept for the office's own use: no day hangs on them (a フリガナ is often a formula that was never calculated).
_KEPT_ONLY = frozenset(
    [(Client, field) for field in ("kana", "born", "contracted", "arrival_means", "arrival_checked_on")]
    + [(Approval, field) for field in ("decided_on", "stamp", "assessed_on", "applied_on", "renewal_filed_on", "menu")]
)


_EACH = DOUBTFUL_OF_ANY  # rows of a table that one day hangs on


@rule(
    id="P01",
    title="読み取れないセル",
    over=Book,
    clause="readable",
    remedy="記録で確かめて、セルの値を入力し直してください。",
)
def unreadable_cell(book: Book, asked: bool) -> Iterator[Flaw]:
    yield from map(_finished, of_settings(book))
    asking: dict[_Question, list[Flaw]] = {}
    for flaw in map(_finished, _cells(book)):
        question = _question(flaw)
        if question is None:
            yield flaw
        else:
            asking.setdefault(question, []).append(flaw)
    for flaws in asking.values():
        yield _at_once(book, flaws)


def _finished(flaw: Flaw) -> Flaw:
    """The flaw as a whole sentence, with the remedy of its kind of fault."""
    said = flaw.sentence
    ours = [said.template, *(piece.text for _, piece in said.pieces if piece.kind is Kind.OWN)]
    ended = said.template.endswith("。")
    return flaw._replace(sentence=said if ended else said.followed_by("。"), remedy=remedy_for("\n".join(ours)))


_Question = tuple[str, str, str]  # sheet, word, which words would be known


def _question(flaw: Flaw) -> _Question | None:
    """A word that is none of the few is one question, in however many cells of a sheet it stands."""
    pieces = dict(flaw.sentence.pieces)
    if "word" not in pieces or flaw.on is None:
        return None
    return flaw.on.row.sheet, pieces["word"].text.strip(), pieces["why"].text


def _at_once(book: Book, flaws: list[Flaw]) -> Flaw:
    if len(flaws) == 1:
        return flaws[0]
    first = min(flaws, key=_row)
    judged = {(whole.person.name, day.date) for whole in book.people for day in whole.days}
    touched = {
        (flaw.scope.person.name, date_) for flaw in flaws if isinstance(flaw.scope, Whole) for date_ in flaw.days or ()
    }
    message = first.sentence.followed_by(f"同じことばが、ほかに{len(flaws) - 1}か所にあります。")
    return undecided(Several(frozenset(touched & judged)), message, at=first.at, on=first.on, remedy=first.remedy)


def _row(flaw: Flaw) -> int:
    """The cells of one row are in order already."""
    return flaw.on.row.number if flaw.on else 0


def _cells(book: Book) -> Iterator[Flaw]:
    told = _told_of_the_sheet(book)
    for _, record in book.log.strays:
        yield from _of(book, record, (), told)
    for record in book.log.calendar:
        yield from _of(book, record, ())
    for whole in book.people:
        touching = _Touching(whole)
        for table, record in whole.person.unread:
            if touching.matters(table, record):
                yield from _of(whole, record, touching.days(table, record), told)


_Told = frozenset[tuple[str, int, str]]


def _told_of_the_sheet(book: Book) -> _Told:
    """The cells that P02 speaks of at one go: dates that no month completes."""
    return frozenset(
        (remark.row.sheet, row, field)
        for remark in book.log.remarks
        if remark.kind == "month"
        for row in remark.rows
        for field in remark.fields
    )


def _of(scope: Book | Whole, record: Record, days: Iterable[date], told: _Told = frozenset()) -> Iterator[Flaw]:
    touched = frozenset(days)
    for field, why in record.row.unread.items():
        if told and (record.row.sheet, record.row.number, field) in told:
            continue
        mine = frozenset[date]() if (type(record), field) in _KEPT_ONLY else touched
        yield undecided(scope, why, at=field, on=record, days=mine)


class _Touching:
    """Which days of a client hang on a row that cannot be read: what is asked of many rows is looked up once.

    Where many rows of a table leave the same day open it hangs on a few of them; every row is told.
    """

    def __init__(self, whole: Whole) -> None:
        self._whole = whole

    def matters(self, table: str, record: Record) -> bool:
        """A log row of a month that is not judged is evidence only; a row without a readable date may be of any month."""
        day = _day(record)
        return table != "entries" or day is None or day in self._judged

    def days(self, table: str, record: Record) -> Collection[date]:
        day = _day(record)
        match table:
            case "clients":
                return self._of_row(record)
            case "approvals":
                return self._of_term(record)
            case "week_reviews":
                return self._of_weeks.get(id(record), ())
            case "month_reviews":
                return self._of_months.get(id(record), ())
            case "services" if day is None:  # it may stand beside any of them
                return self._home if id(record) in self._undated else ()
            case "checklist":
                return ()  # no day hangs on a rating
        return {day} if day else ()  # of a day that is not judged nothing is said

    @cached_property
    def _judged(self) -> frozenset[date]:
        return frozenset([day.date for day in self._whole.days])

    @cached_property
    def _home(self) -> frozenset[date]:
        return frozenset([day.date for day in self._whole.home_days])

    @cached_property
    def _undated(self) -> set[int]:
        """The first rows of 他サービス that may be of any day."""
        rows = (id(record) for table, record in self._whole.person.unread if table == "services" and not _day(record))
        return set(islice(rows, _EACH))

    def _of_row(self, record: Record) -> Collection[date]:
        """Of several rows of 利用者台帳 for one client, those that this one may hold."""
        if len(self._whole.person.clients) < 2 or not isinstance(record, Client):
            return self._home
        return {day for day in self._home if record.holds(day)}

    @cached_property
    def _terms(self) -> dict[int, Term]:
        return {id(term.approval.row): term for term in self._whole.terms}

    @cached_property
    def _in_one_term(self) -> dict[date, Term | None]:
        """The term of each home day that lies in one alone; None for those that lie in several."""
        found: dict[date, Term | None] = {}
        for term in self._whole.terms:
            for day in term.home_days:
                found[day.date] = None if day.date in found else term
        return found

    def _of_term(self, record: Record) -> set[date]:
        """The days that this term may cover and no other does; each of them hangs on one term."""
        mine = self._terms[id(record.row)]
        alone = self._in_one_term
        inside = {day.date for day in mine.home_days if alone[day.date] is mine}
        return inside | self._left_open.get(id(record.row), set())

    @cached_property
    def _left_open(self) -> dict[int, set[date]]:
        """The days that no term covers, by those that may: of many the last to begin, which are the nearest."""
        found: dict[int, set[date]] = {}
        waiting = deque(sorted((term for term in self._whole.terms if term.is_unsure), key=_begins))
        begun: list[Term] = []
        for day in sorted(self._home - self._in_one_term.keys()):
            while waiting and _begins(waiting[0]) <= day:
                begun.append(waiting.popleft())
            for term in _nearest(begun, day):
                found.setdefault(id(term.approval.row), set()).add(day)
        return found

    @cached_property
    def _of_weeks(self) -> dict[int, set[date]]:
        """The days of the weeks that no evaluation settles which is read completely, by the rows that may credit them."""
        found: dict[int, set[date]] = {}
        for week in self._whole.weeks:
            if not week.is_lenient and all(review.row.unread for review in week.reviews):
                for review in (*week.doubtful[:_EACH], *week.reviews):
                    found.setdefault(id(review), set()).update([day.date for day in week.home_days])
        return found

    @cached_property
    def _of_months(self) -> dict[int, set[date]]:
        found: dict[int, set[date]] = {}
        for month in self._whole.months:
            if not any(not review.row.unread and month.counts(review) for review in month.held):
                for review in (*month.doubtful[:_EACH], *month.reviews):
                    found.setdefault(id(review), set()).update([day.date for day in month.home_days])
        return found


def _day(record: Record) -> date | None:
    return getattr(record, "day", None)


def _begins(term: Term) -> date:
    return term.at_most[0]


def _nearest(begun: list[Term], day: date) -> list[Term]:
    """Return a few of the last that may still cover the day; those before them that have ended are taken off."""
    near: list[Term] = []
    while begun and len(near) < _EACH:
        term = begun.pop()
        if day <= term.at_most[1]:
            near.append(term)
    begun.extend(reversed(near))
    return near
