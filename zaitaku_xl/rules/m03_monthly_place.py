"""M03 月1回の評価の場所 — the month's evaluation was held elsewhere, or the place does not fit the method.

Asks      月1回の評価は、居宅または事業所の中で行います。
Reading   訪問なら居宅、通所なら事業所です。「自宅」「事業所内」などの言い方も同じに読みます。事業所だけを挙げる市町村では、
          訪問して居宅で行った評価も伝え、市町村に確かめるよう勧めます。
Limits    通知の挙げない方法で行った評価（M02）の場所は問いません。
Passes    1月14日の月1回の評価は、方法が通所、場所が事業所です。
Fails     1月14日の月1回の評価は、方法が通所、場所が居宅です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Method, MonthReview
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import any_of
from zaitaku_xl.scopes import MonthOfUse
from zaitaku_xl.sentence import Sentence, own, typed

_BLANK = "行った場所を評価の記録で確かめて入力してください。分からなければ空欄のままにしてください。"
_FITS = {Method.VISIT: "居宅", Method.ATTEND: "事業所"}


@rule(
    id="M03",
    title="月1回の評価の場所",
    over=MonthOfUse,
    clause="monthly_place",
    needs=("month_reviews", "month_reviews.place", "month_reviews.method"),
    remedy="行った方法と場所を評価の記録で確かめ、違うほうだけを直してください。",
)
def monthly_place(months: Sequence[MonthOfUse], asked: list[str]) -> Iterator[Flaw]:
    for month in months:
        for review in month.held:
            fits = _FITS.get(review.method) if review.method else None
            if fits and month.allows(review.method) and "place" not in review.row.unread:
                yield from _elsewhere(month, review, fits, asked)


def _elsewhere(month: MonthOfUse, review: MonthReview, fits: str, asked: list[str]) -> Iterator[Flaw]:
    if review.place is None:
        yield breach(month, "月評価の場所が空欄です。", at="place", on=review, remedy=_BLANK)
    elif review.place == fits and fits not in asked:
        message = Sentence(f"月評価の場所が{fits}です。{{asker}}が挙げるのは{any_of(asked)}です。")
        remedy = f"{fits}での評価でよいかを{{town}}に確かめ、回答の日と課名を残してください。"
        yield breach(month, message, at="place", on=review, remedy=remedy)
    elif review.place not in asked:
        yield breach(
            month,
            Sentence(
                "月評価の場所が{place}です。{asker}が挙げるのは{places}です。",
                place=typed(review.place),
                places=own(any_of(asked)),
            ),
            at="place",
            on=review,
        )
    elif review.place != fits:
        message = Sentence(
            "月評価の方法は「{method}」、場所は{place}です。", method=own(str(review.method)), place=typed(review.place)
        )
        yield breach(month, message, at="place", on=review)
