"""W03 週1回の評価の方法 — the week's evaluation was held in a way that does not count.

Asks      週の評価は、定められた方法（訪問・通所・電話・ICTなど）で行います。
Reading   メール・チャット・ビデオはICTです。同じ週に通知の挙げる方法の評価があれば、ほかの行は問いません。方法が空欄なら要確認です。
          ほかの方法の行も、そばに方法の分からない行があるうちは要確認にとどめます。
          ブックにない月にかかる週は、そこで行われたかもしれないので算定不可とは言いません（P02）。
Limits    その方法で実際に行われたかどうかは見ません。
Passes    1月8日の週の評価を、事業所への通所で行っています。
Fails     1月5日から11日の週の評価が1つだけで、方法が「その他」です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw
from zaitaku_xl.ruling.missed import left_open_in, missed_in, questions_of
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import any_of
from zaitaku_xl.scopes import Week
from zaitaku_xl.sentence import Sentence, own, typed


@rule(
    id="W03",
    title="週1回の評価の方法",
    over=Week,
    clause="weekly_methods",
    needs=("week_reviews", "week_reviews.method", "week_reviews.done_on"),
    looks_in=("week_reviews",),
    rests_on=("A-1", "A-4", "A-5"),
    may_rest_on=("A-2", "A-3"),
    remedy="実際の方法が通知の挙げるどれかなら、記録で確かめて直してください。どれでもなければ、この週の在宅の日は請求しません。",
    when_open="実際の方法を、評価の記録で確かめて入力してください。確かめるまで請求を控えます。",
    when_advised="実際の方法を、評価の記録で確かめておくと安心です。",
)
def weekly_method_not_allowed(weeks: Sequence[Week], asked: list[str]) -> Iterator[Flaw]:
    allowed = set(asked)
    for week in weeks:
        methods = [review.method for review in week.reviews]
        if not week.doubtful and allowed.isdisjoint(methods) and (None in methods or not week.beyond):
            yield from _held_otherwise(week, asked)  # a week beyond may have a valid one in a month not here: P02


def _held_otherwise(week: Week, asked: list[str]) -> Iterator[Flaw]:
    open_in, rests_on = left_open_in(week), questions_of(week)
    say = open_in if any(review.method is None for review in week.reviews) else missed_in(week)
    for review in week.reviews:
        if "method" in review.row.unread:
            continue
        if review.method is None:
            blank = f"{week.words}の評価の方法が空欄です。"
            yield open_in(week, blank, at="method", on=review, rests_on=rests_on)
        else:
            message = Sentence(
                "{week}の評価の方法が{method}です。通知が挙げる方法は、{allowed}です。",
                week=own(week.words),
                method=typed(review.method_typed),
                allowed=own(any_of(asked)),
            )
            yield say(week, message, at="method", on=review, rests_on=rests_on)
