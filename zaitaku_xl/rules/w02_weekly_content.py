"""W02 週1回の評価の記録もれ — day, method, content or evaluator missing.

Asks      週の評価には、実施日・方法・内容・評価した職員を書きます。
Reading   在宅の日がある週の評価の行に求めます。実施日が空欄の行は対象期間でどの週かを見ます。
          対象期間の終わりは始まりより前にはなりません。内容が「なし」などだけの行は、その週にほかの評価があればここで、なければW01で見ます。
          対象期間だけを先に書いた行は、まだ評価の記録ではないので問いません。
Limits    書かれた中身が訓練目標に照らして十分かどうかは見ません。
Passes    1月8日の週の評価に、方法・内容・評価者が書かれています。
Fails     1月8日の週の評価の内容が空欄です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import WeekReview
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Week
from zaitaku_xl.scopes.silence import is_no_evaluation
from zaitaku_xl.scopes.weeks import says_nothing_of_a_week
from zaitaku_xl.sentence import Sentence, own, typed

_COMPARE = "評価の記録で対象期間を確かめ、違うほうだけを直してください。"
_PARTS = {"done_on": "実施日", "method": "方法", "content": "内容", "reviewer": "評価者"}


@rule(
    id="W02",
    title="週1回の評価の記録もれ",
    over=Week,
    clause="weekly_content",
    needs=("week_reviews",),
    uses=("week_reviews.content", "week_reviews.reviewer"),
    remedy="評価の記録で確かめられることだけを入力してください。分からなければそのままにしてください。",
)
def weekly_content(weeks: Sequence[Week], asked: bool) -> Iterator[Flaw]:
    reviews = [(week, review) for week in weeks for review in (*week.reviews, *_begun(week))]
    for field, heading in _PARTS.items():
        for week, review in reviews:
            if getattr(review, field) is None and field in review.row.columns and field not in review.row.unread:
                yield breach(
                    week, f"{week.words}の評価の{heading}が空欄です。", at=field, on=review, remedy=_blank(heading)
                )
    for week, review in reviews:
        if review.period_from and review.period_to and review.period_to < review.period_from:
            message = f"対象期間の終わり（{on(review.period_to)}）が始まり（{on(review.period_from)}）より前です。"
            yield breach(week, message, at="period_to", on=review, remedy=_COMPARE)
        if is_no_evaluation(review.content) and (week.telling or not says_nothing_of_a_week(review)):  # else W01 speaks
            said = Sentence("{week}の評価の内容が{words}です。", week=own(week.words), words=typed(review.content))
            yield breach(week, said, at="content", on=review)


def _blank(heading: str) -> str:
    return f"空欄の項目（{heading}）を、評価の記録で確かめて入力してください。分からなければ空欄のままにしてください。"


def _begun(week: Week) -> list[WeekReview]:
    """Those without a day that hold more than a period."""
    return [r for r in week.undated if r.method or r.content or r.achievement or r.reviewer]
