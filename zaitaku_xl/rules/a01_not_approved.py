"""A01 在宅利用の期間外 — a day at home outside every approved term.

Asks      市町村が在宅利用を認めた期間の日だけを請求します。
Reading   在宅承認の承認開始から承認終了まで（両端を含む）です。いつから数えるかは、事業所が入力した承認開始によります。
          経過措置に当たる利用者は、終わった期間が経過措置の間は続くとみます。承認開始か承認終了の片方が空欄なら要確認、
          両方とも空欄の行は、まだ期間の記録ではありません。
Limits    受給者証や決定通知そのものは見ません。
Passes    在宅利用の期間が1月15日からで、在宅の日は1月16日です。
Fails     在宅利用の期間が1月15日からですが、1月13日が在宅です。
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.approved import uncovered
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import lasting, on
from zaitaku_xl.scopes import Approved, Day, Days, Times

_WORDS = {"start": "承認開始", "end": "承認終了"}


@rule(
    id="A01",
    title="在宅利用の期間外",
    over=Day,
    clause="approval",
    needs=("approvals", "approvals.start", "approvals.end"),
    looks_in=("approvals",),
    rests_on=("A-24",),
    may_rest_on=("A-11",),
    remedy="{proof}で期間を確かめてください。期間の外の日は請求しません。"
    "{decision}がまだのときは、{decision}まで請求を控えます。",
)
def not_approved(days: Days, asked: bool) -> Iterator[Flaw]:
    for client, its in days.at_home_by_client:
        outside = uncovered(its, client.terms)
        if not outside:
            continue
        perhaps = Times.perhaps_covered(client.terms)
        nearest = _Nearest(client.terms)
        for day in outside:
            if day.date not in perhaps:  # else P01 speaks
                yield _not_in(day, nearest)


def _not_in(day: Day, nearest: "_Nearest") -> Flaw:
    for term in nearest.half_blank:
        blank = _deciding_blank(term, day.date)
        if blank:
            return undecided(
                day,
                f"{_WORDS[blank]}が空欄のため、{on(day.date)}が在宅利用の期間の中か判断できません。",
                at=blank,
                on=term.approval,
                remedy=f"{{proof}}で確かめて、{_WORDS[blank]}を入力してください。確かめるまで請求を控えます。",
            )
    deferred = ("A-11",) if nearest.transition else ()
    return breach(day, nearest.words(day.date), rests_on=deferred)


def _deciding_blank(term: Approved, day: date) -> str | None:
    """The one blank cell of a term on which it hangs whether the day lies inside."""
    if term.start and term.start <= day and term.end is None:
        return "end"
    return "start" if term.end and day <= term.end and term.start is None else None


class _Nearest:
    """The terms of a client as a clerk would look for one: prepared once for all days outside of them."""

    def __init__(self, terms: Sequence[Approved]) -> None:
        self.half_blank = [term for term in terms if (term.start is None) is not (term.end is None)]
        self.transition = any(term.approval.transition for term in terms)
        self._whole = [(term.start, term.end) for term in terms if term.start and term.end]
        self._first_at: dict[date, int] = {}
        for place, both in enumerate(self._whole):
            for edge in both:
                self._first_at.setdefault(edge, place)
        self._edges = sorted(self._first_at)

    def words(self, day: date) -> str:
        """Say that the day lies outside, beside the term with the nearest edge; of two as near the one written first."""
        if not self._whole:
            return f"{on(day)}の在宅利用の期間が、在宅承認に入力されていません。"
        after = bisect_left(self._edges, day)
        near = self._edges[max(after - 1, 0) : after + 1]
        edge = min(near, key=lambda edge: (abs(edge - day), self._first_at[edge]))
        start, end = self._whole[self._first_at[edge]]
        return f"{on(day)}は、在宅利用の期間（{lasting(start, end)}）の外です。"
