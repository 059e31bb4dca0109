"""M02 月1回の評価の方法 — the month's evaluation was not face to face.

Asks      月1回の評価は、原則として定められた方法（訪問または通所）で行います。
Reading   通知の挙げる方法の評価が同じ月に1つあれば足り、電話やビデオの評価が別にあっても問いません。例外理由があれば助言にとどめます。
          方法が空欄なら要確認です。ほかの方法の行も、そばに方法の分からない行があるうちは要確認にとどめます。
Limits    例外に当たるかどうかは市町村の判断です。
Passes    1月14日の月1回の評価を、事業所への通所で行っています。
Fails     1月分の評価が14日のビデオ会議だけです。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, undecided
from zaitaku_xl.model import MonthReview
from zaitaku_xl.ruling.missed import missed, waived
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import MonthOfUse
from zaitaku_xl.sentence import Sentence, own, typed


@rule(
    id="M02",
    title="月1回の評価の方法",
    over=MonthOfUse,
    clause="monthly_methods",
    needs=("month_reviews", "month_reviews.method", "month_reviews.done_on"),
    looks_in=("month_reviews",),
    rests_on=("A-5",),
    may_rest_on=("A-6", "A-7"),
    remedy="同じ月に通知の挙げる方法で行った評価があれば、月評価に入力してください。なければ、この月の在宅の日は請求しません。"
    "方法を書き替えないでください。",
    when_open="実際の方法を評価の記録で確かめ、原則の例外に当たるかを{town}に確かめるまで請求を控えます。方法を書き替えないでください。",
    when_advised="原則の例外に当たるかを{town}に確かめ、回答の日と課名を残しておくと安心です。",
)
def monthly_method_not_allowed(months: Sequence[MonthOfUse], asked: list[str]) -> Iterator[Flaw]:
    for month in months:
        if not month.doubtful and not any(r.method in asked and month.counts(r) for r in month.held):
            yield from _held_otherwise(month, asked)


def _held_otherwise(month: MonthOfUse, asked: list[str]) -> Iterator[Flaw]:
    unclear = month.waivers_above or any(review.method is None for review in month.held)
    say = undecided if unclear else missed(month.readings)
    for review in month.held:
        if "method" in review.row.unread or review.method in asked:
            continue
        if month.waivers:
            yield _waived(month, review)
        elif review.method is None:
            remedy = "評価の記録で確かめて、行った方法を入力してください。確かめるまで請求を控えます。"
            blank = f"{month.month.month}月分の評価の方法が空欄です。"
            yield undecided(month, blank, at="method", on=review, remedy=remedy)
        else:
            message = Sentence(
                f"{month.month.month}月分の評価の方法が{{method}}です。原則として{{allowed}}で行うことになっています。",
                method=typed(review.method_typed),
                allowed=own("か".join(asked)),
            )
            yield say(month, message, at="method", on=review)


def _waived(month: MonthOfUse, review: MonthReview) -> Flaw:
    message = Sentence(
        f"{month.month.month}月分の評価の方法は{{method}}です。例外理由に{{reason}}とあります。",
        method=typed(review.method_typed) if review.method_typed else own("空欄"),
        reason=typed(month.waivers[0].exception),
    )
    return waived(month.readings)(month, message, at="method", on=review, rests_on=("A-6",))
