"""W01 週の評価なし — a week with days at home and no evaluation.

Asks      在宅の日がある週は、1回以上評価を行い記録します。
Reading   1週間は設定の「週の始まり」から7日間です。対象期間のある行は、その日数が最も多い週の評価と数えます。実施日がその週、または
          週の終わりから7日以内なら認めます（週が明けてからの実施には助言を付けます）。対象期間のない行は実施日の週の評価です。
          1行は1つの週だけの評価です。月をまたぐ週は両方の月を通して1回です。評価の記載があって実施日だけが空欄なら要確認です。
Limits    評価の中身が訓練目標に照らして十分かどうかは見ません。
Passes    1月5日から11日の週に在宅の日があり、8日に電話で評価しています。
Fails     1月5日から11日の週に在宅の日がありますが、その週の評価の行がありません。
"""

from collections.abc import Iterator, Sequence
from datetime import date

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.missed import left_open_in, missed_in, questions_of
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Week


@rule(
    id="W01",
    title="週の評価なし",
    over=Week,
    clause="weekly_review",
    needs=("week_reviews", "week_reviews.done_on"),
    looks_in=("week_reviews",),
    rests_on=("A-1", "A-4", "A-5"),
    may_rest_on=("A-2", "A-3", "A-25"),
    remedy="その週に行った評価があれば、実施日・方法・内容を週評価に記録してください。行っていない週の在宅の日は請求できません。",
)
def no_weekly_review(weeks: Sequence[Week], asked: int) -> Iterator[Flaw]:
    for week in weeks:
        held = [review.done_on or week.last for review in week.reviews]
        if len(held) < asked:
            if not week.doubtful and not week.beyond:  # else P01 and P02 speak
                yield _missing(week)
        elif (earliest := min(held)) > week.last:
            yield _late(week, earliest)


def _late(week: Week, held: date) -> Flaw:
    return advice(
        week,
        f"{week.words}の評価が、週が明けた{on(held)}に行われています",
        at="done_on",
        on=next(review for review in week.reviews if review.done_on == held),
        remedy="対象期間の週の評価として認めています。週のうちに行うと確実です。",
    )


def _missing(week: Week) -> Flaw:
    written = [review for review in week.undated if review.method or review.content]
    if not written:
        message = f"{week.words}に評価がありません（在宅{len(week.home_days)}日）"
        return missed_in(week)(week, message, rests_on=questions_of(week))
    return left_open_in(week)(
        week,
        f"{week.words}の評価の実施日が空欄です。いつ行ったか、記録からは決められません",
        at="done_on",
        on=written[0],
        remedy="行った日が記録から分かるときだけ、実施日を入力してください。",
        rests_on=questions_of(week),
    )
