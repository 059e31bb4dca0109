"""W04 評価と日報の食い違い — an evaluation by visit or at the office that the day's log does not bear out.

Asks      訪問や通所で行った週1回・月1回の評価は、その日の日報と合っていなければなりません。
Reading   通所の評価なら、その日の日報に通所の行があることを求めます。居宅への訪問の評価の日が、日報では通所だけのときも直します
          （週評価に場所の欄はないので、居宅への訪問とみます）。訪問の評価の日に、訪問の行も訪問の連絡も見つからなければ助言です。
          日報がブックにない月の日は見ません。週評価と月評価に同じ日の同じ方法があれば、1度だけ言います。
Limits    時刻までは比べません。
Passes    1月8日に通所で評価したとあり、日報の1月8日も通所です。
Fails     1月8日に通所で評価したとありますが、日報の1月8日は在宅です。
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import ContactKind, Entry, Method, Month, MonthReview, Place, WeekReview
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import MonthOfUse, Week, Whole, by_date

_AT_OFFICE = "事業所"
_COMPARE = "評価の日・方法と日報の提供区分を当日の記録で確かめ、違うほうだけを直してください。"
_SHOW = "訪問したことが分かる記録があれば、日報の連絡に書き足しておくと安心です（書いた日と氏名を添えます）。"
_FACE_TO_FACE = (Method.ATTEND, Method.VISIT)
_Log = dict[date, tuple[Entry, ...]]


class _Claim(NamedTuple):
    """An evaluation that says somebody was there, with the week or month that it is of."""

    span: Week | MonthOfUse
    review: WeekReview | MonthReview


@rule(
    id="W04",
    title="評価と日報の食い違い",
    over=Whole,
    clause="review_agrees_with_log",
    remedy=_COMPARE,
)
def review_and_log_differ(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        claims = [
            _Claim(week, review) for week in whole.weeks for review in week.reviews if review.method in _FACE_TO_FACE
        ]
        claims += [_Claim(month, held) for month in whole.months for held in month.held if held.method in _FACE_TO_FACE]
        if claims and all(entry.day for entry in whole.person.entries):  # else a row may be of any day: P01 speaks
            yield from _compared(claims, by_date(whole.person.entries))


def _compared(claims: Sequence[_Claim], log: _Log) -> Iterator[Flaw]:
    held = Month.all_of(log)
    told: set[tuple[date, Method | None]] = set()
    for span, review in claims:
        day = review.done_on
        if day is None or Month.of(day) not in held or (day, review.method) in told:
            continue
        flaw = _differing(span, review, day, log.get(day, ()))
        if flaw:
            told.add((day, review.method))
            yield flaw


def _differing(
    span: Week | MonthOfUse, review: WeekReview | MonthReview, day: date, rows: tuple[Entry, ...]
) -> Flaw | None:
    places = {row.place for row in rows}
    if None in places:
        return None  # P01 speaks
    if review.method is Method.ATTEND:
        return None if Place.ATTEND in places else breach(span, _said(review, day, rows), at="done_on", on=review)
    if places == {Place.ATTEND} and _at_home(review):
        return breach(span, _said(review, day, rows), at="done_on", on=review)
    if _visited(rows) or places == {Place.ATTEND}:
        return None  # at the office, as both say
    message = f"{on(day)}は訪問で評価したと記録されていますが、日報に訪問の記録が見つかりません。"
    return advice(span, message, at="done_on", on=review, remedy=_SHOW)


def _at_home(review: WeekReview | MonthReview) -> bool:
    """A visit is one to the home, unless the row says that it was held at the office (M03's business)."""
    place = review.place if isinstance(review, MonthReview) else None
    return place is None or _AT_OFFICE not in place


def _visited(rows: tuple[Entry, ...]) -> bool:
    """A row of 訪問, or a contact that was a visit; behind a cell that is unread or not there may be one."""
    if any("contact1.time" not in row.row.columns and "contact1.content" not in row.row.columns for row in rows):
        return True
    contacts = [contact for row in rows for contact in row.contacts]
    return any(row.place is Place.VISIT for row in rows) or any(
        contact.unread or contact.method is Method.VISIT or contact.kind is ContactKind.VISIT for contact in contacts
    )


def _said(review: WeekReview | MonthReview, day: date, rows: tuple[Entry, ...]) -> str:
    claimed = f"{on(day)}は{review.method}で評価したと記録されていますが、"
    there = "・".join(dict.fromkeys(str(row.place) for row in rows if row.place))
    return f"{claimed}日報は{there}です。" if there else f"{claimed}日報にその日の行がありません。"
