"""M05 週と月を兼ねた評価 — one day's evaluation serves both the week and the month.

Asks      週1回の評価を通所で行い、あわせて月1回の評価もしたときは、月の通所に代えられます。
Reading   同じ日の行が週評価と月評価の両方にあるときだけ兼ねたとみなします。片方の行だけで他方を満たしたことにはしません。
          訪問で兼ねた日も両方と数えますが、通知は通所だけを挙げているので助言を付けます。
Limits    この点検項目が算定を止めることはありません。
Passes    1月14日の通所で、週評価と月評価の両方に行があります。
Fails     1月14日の訪問を週評価と月評価の両方に書いたため、助言が付きます。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import MonthOfUse


@rule(
    id="M05",
    title="週と月を兼ねた評価",
    over=MonthOfUse,
    clause="one_review_for_both",
    needs=("week_reviews", "month_reviews"),
    rests_on=("A-7",),
    remedy="兼ねてよいかを{town}に確かめておくと安心です。",
)
def one_review_for_both(months: Sequence[MonthOfUse], asked: str) -> Iterator[Flaw]:
    for month in months:
        for review in month.held:
            if review.done_on and month.serves_week_too(review):
                message = f"{on(review.done_on)}の訪問で、週1回と月1回の評価を兼ねています。通知に書かれているのは{asked}の場合です。"
                yield advice(month, message, at="method", on=review)
