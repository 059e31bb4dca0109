"""A03 同意・計画の日付 — consent or plan dated after the first day at home, or missing.

Asks      在宅を始める前に、本人の同意の署名と個別支援計画への記載をすませます。
Reading   在宅利用の期間ごとに、ブックにある最初の在宅の日と比べます。同じ日ならよいとします。
          承認開始から後でも、決定日より前の在宅の日があれば、期間ごとに1度助言します（さかのぼるかどうかは市町村が決めます）。
Limits    署名そのもの、計画の中身は見ません。
Passes    同意署名日と計画記載日が12月20日で、最初の在宅の日は1月6日です。
Fails     最初の在宅の日は1月6日ですが、同意署名日が1月9日です。
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import dated, on
from zaitaku_xl.scopes import Term

_DOES_IT_REACH_BACK = (
    "決定が承認開始までさかのぼるかを、{town}に確かめておくと安心です。日付は記録のままにしてください。"
)
_BLANK = {
    "consented_on": "同意の署名の日を見て入力してください。署名がまだなら空欄のままにし、先に利用者への説明と署名をお願いします。",
    "planned_on": "個別支援計画を見て入力してください。記載がまだなら空欄のままにし、先に在宅利用を計画に記載してください。",
}
_PARTS = {"consented_on": "同意署名日", "planned_on": "計画記載日"}


@rule(
    id="A03",
    title="同意・計画の日付",
    over=Term,
    clause="consent_and_plan",
    needs=("approvals", "approvals.consented_on", "approvals.planned_on"),
    remedy="入力の誤りなら直してください。実際に後だったときは日付を変えずに、請求の前に{town}に相談してください。",
    when_advised="入力の誤りなら直してください。実際に後だったときは日付を変えずに、{town}に確かめておくと安心です。",
)
def consent_or_plan_late(terms: Sequence[Term], asked: bool) -> Iterator[Flaw]:
    for term in terms:
        if term.first_home_date:
            yield from _not_before(term, term.first_home_date)
        yield from _decided_later(term)


def _not_before(term: Term, first: date) -> Iterator[Flaw]:
    for field, heading in _PARTS.items():
        if field in term.approval.row.unread:
            continue
        day = getattr(term.approval, field)
        if day is None:
            yield breach(term, f"{heading}が空欄です。", at=field, on=term.approval, remedy=_BLANK[field])
        elif day > first:
            message = f"{heading}（{on(day)}）が、最初の在宅の日（{on(first)}）より後です。"
            yield breach(term, message, at=field, on=term.approval)


def _decided_later(term: Term) -> Iterator[Flaw]:
    decided = term.approval.decided_on
    if decided is None:
        return
    days = [day.date for day in takewhile(lambda day: day.date < decided, term.home_days)]
    if days:
        message = f"決定日（{dated(decided)}）より前に、在宅の日が{len(days)}日あります。"
        yield advice(term, message, at="decided_on", on=term.approval, days=days, remedy=_DOES_IT_REACH_BACK)
