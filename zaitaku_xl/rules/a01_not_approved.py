"""A01 承認期間の外 — a day at home outside every approved term.

Asks      市町村が在宅利用を認めた期間の日だけを請求します。
Reading   在宅承認の承認開始から承認終了まで（両端を含む）です。承認がいつから数えるかは、事業所が書いた承認開始によります。
          経過措置に当たる人は、終わった承認が経過措置の間は続くと読みます。承認終了が空欄なら要確認です。
Limits    受給者証や決定通知そのものは見ません。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.rules.rule import rule
from zaitaku_xl.rules.words import on
from zaitaku_xl.scopes import Day


@rule(
    id="A01",
    title="承認期間の外",
    over=Day,
    clause="approval",
    needs=("approvals", "approvals.start", "approvals.end"),
    remedy="受給者証を見て、承認の期間を在宅承認に入力してください。承認の前や期限の後の日は請求できません。",
)
def not_approved(day: Day, asked: bool) -> Iterator[Flaw]:
    if not day.at_home or any(term.covers(day.date) for term in day.terms):
        return
    if any(term.might_cover(day.date) for term in day.terms):
        return  # P01 speaks
    for term in day.terms:
        if term.start and term.start <= day.date and term.end is None:
            yield undecided(
                f"承認終了が空欄のため、{on(day.date)}が承認期間の中か決められません", at="end", on=term.approval,
                remedy="受給者証を見て承認終了を入力してください。",
            )  # fmt: skip
            return
    yield breach(f"{on(day.date)}は在宅の承認期間の外です{_nearest(day)}")


def _nearest(day: Day) -> str:
    """Say the term a clerk would look at first."""
    known = [term for term in day.terms if term.start and term.end]
    if not known:
        return "（在宅承認に期間の記録がありません）"
    term = min(known, key=lambda t: min(abs(t.start - day.date), abs(t.end - day.date)))  # type: ignore[operator]
    return f"（承認 {term.start:%Y-%m-%d}～{term.end:%Y-%m-%d}）"
