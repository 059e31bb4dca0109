"""A01 承認期間の外 — a day at home outside every approved term.

Asks      市町村が在宅利用を認めた期間の日だけを請求します。
Reading   在宅承認の承認開始から承認終了まで（両端を含む）です。承認がいつから数えるかは、事業所が書いた承認開始によります。
          経過措置に当たる人は、終わった承認が経過措置の間は続くと読みます。承認開始か承認終了の片方が空欄なら要確認、
          両方とも空欄の行はまだ承認ではありません。
Limits    受給者証や決定通知そのものは見ません。
Passes    承認が1月15日からで、在宅の日は1月16日です。
Fails     承認が1月15日からですが、1月13日が在宅です。
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.approved import uncovered
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Approved, Day, Days, Times

_WORDS = {"start": "承認開始", "end": "承認終了"}


@rule(
    id="A01",
    title="承認期間の外",
    over=Day,
    clause="approval",
    needs=("approvals", "approvals.start", "approvals.end"),
    looks_in=("approvals",),
    rests_on=("A-24",),
    may_rest_on=("A-11",),
    remedy="受給者証を見て、承認の期間を在宅承認に入力してください。承認の前や期限の後の日は請求できません。",
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
                f"{_WORDS[blank]}が空欄のため、{on(day.date)}が承認期間の中か決められません",
                at=blank,
                on=term.approval,
                remedy=f"受給者証を見て{_WORDS[blank]}を入力してください。",
            )
    deferred = ("A-11",) if nearest.transition else ()
    return breach(day, f"{on(day.date)}は在宅の承認期間の外です{nearest.words(day.date)}", rests_on=deferred)


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
        """Say the term one edge of which lies next to the day; of two as near the one that is written first."""
        if not self._whole:
            return "（在宅承認に期間の記録がありません）"
        after = bisect_left(self._edges, day)
        near = self._edges[max(after - 1, 0) : after + 1]
        edge = min(near, key=lambda edge: (abs(edge - day), self._first_at[edge]))
        start, end = self._whole[self._first_at[edge]]
        return f"（承認 {start:%Y-%m-%d}～{end:%Y-%m-%d}）"
