"""W01 週1回の評価の記録なし — a week with days at home and no evaluation.

Asks      在宅の日がある週は、1回以上評価を行い記録します。
Reading   1週間は設定の「週の始まり」から7日間です。対象期間のある行は、その日数が最も多い週の評価と数えます。実施日がその週、または
          週の終わりから7日以内なら、その週の評価と数えます（週が明けてからの実施には助言を付けます）。対象期間のない行は実施日の週の評価です。
          「なし」「未実施」だけの評価は、行ったか判断できないので要確認です。遅れた評価への助言は、利用者とひと月に1度です。
          1行は1つの週だけの評価です。月をまたぐ週は両方の月を通して1回です。評価の記載があって実施日だけが空欄なら要確認です。
Limits    評価の中身が訓練目標に照らして十分かどうかは見ません。
Passes    1月5日から11日の週に在宅の日があり、8日に電話で評価しています。
Fails     1月5日から11日の週に在宅の日がありますが、その週の評価の行がありません。
"""

from collections.abc import Iterator, Sequence
from datetime import date

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.model import Month, WeekReview
from zaitaku_xl.ruling.missed import left_open_in, missed_in, questions_of
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Week
from zaitaku_xl.sentence import Sentence, own, typed


@rule(
    id="W01",
    title="週1回の評価の記録なし",
    over=Week,
    clause="weekly_review",
    needs=("week_reviews", "week_reviews.done_on"),
    looks_in=("week_reviews",),
    rests_on=("A-1", "A-4", "A-5"),
    may_rest_on=("A-2", "A-3", "A-25"),
    remedy="その週に評価を行っていれば、記録で確かめて週評価に入力してください。行っていなければ、この週の在宅の日は請求しません。"
    "後から行った評価を、この週の日付にしないでください。",
    when_open="その週に評価を行った記録があれば、それで確かめて入力してください。確かめるまで請求を控えます。"
    "後から行った評価を、この週の日付にしないでください。",
    when_advised="その週に評価を行った記録があれば、入力しておくと安心です。後から行った評価を、この週の日付にしないでください。",
)
def no_weekly_review(weeks: Sequence[Week], asked: int) -> Iterator[Flaw]:
    late: dict[tuple[str, Month], list[Week]] = {}
    for week in weeks:
        telling = week.telling
        if len(telling) >= asked:
            if (_earliest(telling).done_on or week.last) > week.last:
                late.setdefault((week.person.name, Month.of(week.home_days[0].date)), []).append(week)
        elif len(week.reviews) >= asked:
            yield _says_nothing(week)
        elif not week.doubtful and not week.beyond:  # else P01 and P02 speak
            yield _missing(week)
    for those in late.values():
        yield _late(those)


def _earliest(reviews: Sequence[WeekReview]) -> WeekReview:
    return min(reviews, key=lambda review: review.done_on or date.max)


def _late(weeks: Sequence[Week]) -> Flaw:
    """Said once for a client and month, of the first week, with the days of all."""
    held = [_earliest(week.telling) for week in weeks]
    how_often = f"（{len(weeks)}週）" if len(weeks) > 1 else ""
    lines = [
        Sentence(f"{week.words}：{on(review.done_on)}")
        for week, review in zip(weeks, held, strict=True)
        if review.done_on
    ]
    return advice(
        weeks[0],
        Sentence(f"週1回の評価が、翌週に行われています{how_often}。").resting_on(lines),
        at="done_on",
        on=held[0],
        days=[day.date for week in weeks for day in week.home_days],
        remedy="この点検では、その週の評価として数えました（日限の定めは通知にありません）。週のうちに行うと安心です。",
    )


def _says_nothing(week: Week) -> Flaw:
    review = week.reviews[0]
    at = "content" if review.content else "achievement"
    words = typed(review.content or review.achievement)
    return left_open_in(week)(
        week,
        Sentence("{week}の評価の記録が{words}です。評価を行ったか判断できません。", week=own(week.words), words=words),
        at=at,
        on=review,
        rests_on=questions_of(week),
    )


def _missing(week: Week) -> Flaw:
    written = [review for review in week.undated if review.method or review.content]
    if not written:
        message = f"{week.words}1回の評価の記録が見つかりません（在宅の日は{len(week.home_days)}日）。"
        return missed_in(week)(week, message, rests_on=questions_of(week))
    return left_open_in(week)(
        week,
        f"{week.words}の評価の実施日が空欄のため、この週に行ったか判断できません。",
        at="done_on",
        on=written[0],
        remedy="行った日が記録から分かるときだけ、実施日を入力してください。",
        rests_on=questions_of(week),
    )
