"""A01 承認期間の外 — a day at home outside every approved term.

Asks      市町村が在宅利用を認めた期間の日だけを請求します。
Reading   在宅承認の承認開始から承認終了まで（両端を含む）です。承認がいつから数えるかは、事業所が書いた承認開始によります。
          経過措置に当たる人は、終わった承認が経過措置の間は続くと読みます。承認開始か承認終了の片方が空欄なら要確認、
          両方とも空欄の行はまだ承認ではありません。
Limits    受給者証や決定通知そのものは見ません。
Passes    承認が1月15日からで、在宅の日は1月16日です。
Fails     承認が1月15日からですが、1月13日が在宅です。
"""

from collections.abc import Iterator
from datetime import date

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Approved, Day, Days

_WORDS = {"start": "承認開始", "end": "承認終了"}


def _outside(days: Days, asked: bool) -> Iterator[Day]:
    """The days of every client whose first and last day at home do not lie in one term."""
    for shared, its in days.home_by_client:
        if not any(term.covers(its[0].date) and term.covers(its[-1].date) for term in shared.terms):
            yield from its


@rule(
    id="A01",
    title="承認期間の外",
    over=Day,
    clause="approval",
    needs=("approvals", "approvals.start", "approvals.end"),
    rests_on=("A-24",),
    may_rest_on=("A-11",),
    where=_outside,
    remedy="受給者証を見て、承認の期間を在宅承認に入力してください。承認の前や期限の後の日は請求できません。",
)
def not_approved(day: Day, asked: bool) -> Iterator[Flaw]:
    if not day.at_home or any(term.covers(day.date) for term in day.terms):
        return
    if any(term.might_cover(day.date) for term in day.terms):
        return  # P01 speaks
    for term in day.terms:
        blank = _deciding_blank(term, day.date)
        if blank:
            yield undecided(
                f"{_WORDS[blank]}が空欄のため、{on(day.date)}が承認期間の中か決められません", at=blank, on=term.approval,
                remedy=f"受給者証を見て{_WORDS[blank]}を入力してください。",
            )  # fmt: skip
            return
    deferred = ("A-11",) if any(term.approval.transition for term in day.terms) else ()
    yield breach(f"{on(day.date)}は在宅の承認期間の外です{_nearest(day)}", rests_on=deferred)


def _deciding_blank(term: Approved, day: date) -> str | None:
    """The one blank cell of a term on which it hangs whether the day lies inside."""
    if term.start and term.start <= day and term.end is None:
        return "end"
    return "start" if term.end and day <= term.end and term.start is None else None


def _nearest(day: Day) -> str:
    """Say the term a clerk would look at first."""
    known = [term for term in day.terms if term.start and term.end]
    if not known:
        return "（在宅承認に期間の記録がありません）"
    term = min(known, key=lambda t: min(abs(t.start - day.date), abs(t.end - day.date)))  # type: ignore[operator]
    return f"（承認 {term.start:%Y-%m-%d}～{term.end:%Y-%m-%d}）"
