"""M04 月1回の評価の記録もれ — goal, achievement or evaluator missing.

Asks      月1回の評価には、訓練目標とその達成度、評価した職員を書きます。
Reading   訓練目標や達成度が「なし」などだけなら、書かれていないのと同じです。
          ほかに評価のない月の達成度は、M01が見ます。例外理由だけの行（実施日なし）には求めません。
Limits    目標が個別支援計画と合うかどうかは見ません。
Passes    1月14日の月1回の評価に、訓練目標・達成度・評価者が書かれています。
Fails     1月14日の月1回の評価の達成度が空欄です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import MonthReview
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import MonthOfUse
from zaitaku_xl.scopes.silence import is_no_evaluation
from zaitaku_xl.sentence import Sentence, typed

_PARTS = {"goal": "訓練目標", "achievement": "達成度", "reviewer": "評価者"}


@rule(
    id="M04",
    title="月1回の評価の記録もれ",
    over=MonthOfUse,
    clause="monthly_content",
    needs=("month_reviews",),
    uses=("month_reviews.goal", "month_reviews.achievement", "month_reviews.reviewer"),
    remedy="評価の記録で確かめられることだけを入力してください。分からなければそのままにしてください。",
)
def monthly_content(months: Sequence[MonthOfUse], asked: bool) -> Iterator[Flaw]:
    for month in months:
        for review in month.held:
            for field, heading in _PARTS.items():
                there = field in review.row.columns and field not in review.row.unread
                if there and getattr(review, field) is None:
                    yield breach(month, f"月評価の{heading}が空欄です。", at=field, on=review, remedy=_blank(heading))
            yield from _saying_nothing(month, review)


def _blank(heading: str) -> str:
    return f"空欄の項目（{heading}）を、評価の記録で確かめて入力してください。分からなければ空欄のままにしてください。"


def _saying_nothing(month: MonthOfUse, review: MonthReview) -> Iterator[Flaw]:
    """A 達成度 that says nothing is M01's business, where the month has no other evaluation."""
    others = any(month.counts(other) and not month.says_nothing(other) for other in month.held)
    for field in ("goal", "achievement") if others else ("goal",):
        words = getattr(review, field)
        if is_no_evaluation(words):
            said = Sentence(f"月評価の{_PARTS[field]}が{{words}}です。", words=typed(words))
            yield breach(month, said, at=field, on=review)
