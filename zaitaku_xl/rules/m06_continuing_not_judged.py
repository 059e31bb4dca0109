"""M06 在宅継続の妥当性の記録もれ — whether going on at home is right was not written down.

Asks      月1回の評価では、在宅を続けることが妥当かを書いておきます。
Reading   例外理由だけの行（実施日なし）には求めません。
Limits    国や市の通知の定めではなく、様式の慣例による在宅点検の目安です。
Passes    1月14日の月1回の評価に、在宅を続ける理由が書かれています。
Fails     1月14日の月1回の評価の継続の妥当性が空欄です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import MonthOfUse


@rule(
    id="M06",
    title="在宅継続の妥当性の記録もれ",
    over=MonthOfUse,
    clause="continuing_judged",
    needs=("month_reviews", "month_reviews.continuing"),
    remedy="在宅を続ける理由と見直しの要否を入力しておくと、更新のときに役立ちます。",
)
def continuing_not_judged(months: Sequence[MonthOfUse], asked: bool) -> Iterator[Flaw]:
    for month in months:
        for review in month.held:
            if review.continuing is None and "continuing" not in review.row.unread:
                yield advice(month, "継続の妥当性が空欄です（法令の定めではありません）。", at="continuing", on=review)
