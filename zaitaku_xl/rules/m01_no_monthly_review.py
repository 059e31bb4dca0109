"""M01 月1回の評価の記録なし — a month with days at home and no evaluation on a day of use.

Asks      在宅の日がある月は、利用日のうち1日で訓練目標の達成度を評価します。
Reading   実施日の日報に利用（通所・在宅・訪問・施設外）があることを求めます。その日自体が請求できるかどうかは問いません。
          「原則として」とあるので、例外理由の記録があれば算定不可とせず助言にとどめます（「なし」は理由ではなく、「同上」は要確認です）。
          達成度が「なし」「未実施」だけなら、評価を行ったか判断できないので要確認です。評価の記載があって実施日だけが空欄のとき、
          評価の日の日報が読み取れないときは要確認です。
Limits    例外に当たるかどうかは市町村の判断です。
Passes    1月に在宅の日があり、通所した14日に月1回の評価をしています。
Fails     1月に在宅の日がありますが、1月の月評価の行がありません。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, advice, undecided
from zaitaku_xl.model import MonthReview
from zaitaku_xl.ruling.missed import missed, waived
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import MonthOfUse, Times, open_row
from zaitaku_xl.sentence import Sentence, own, typed

_COMPARE = "実施日と日報を当日の記録で確かめ、違うほうだけを直してください。どちらも正しければ、請求の前に{town}に相談してください。"


@rule(
    id="M01",
    title="月1回の評価の記録なし",
    over=MonthOfUse,
    clause="monthly_review",
    needs=("month_reviews", "month_reviews.done_on"),
    looks_in=("month_reviews",),
    rests_on=("A-5",),
    may_rest_on=("A-6", "A-7", "A-8"),
    remedy="その月の利用日に行った評価があれば、記録で確かめて月評価に入力してください。"
    "行えなかったときは、請求の前に{town}に相談し、回答を例外理由に残してください。",
    when_open="その月の利用日に行った評価の記録があれば、確かめて月評価に入力してください。確かめるまで請求を控えます。",
)
def no_monthly_review(months: Sequence[MonthOfUse], asked: int) -> Iterator[Flaw]:
    for month in months:
        counted = [review for review in month.held if month.counts(review)]
        telling = [review for review in counted if not month.says_nothing(review)]
        if len(telling) >= asked:
            yield from _before_approval(month, telling)
        elif len(counted) >= asked and not month.waivers:
            yield _says_nothing(month, counted[0])
        elif not month.doubtful:  # else P01 speaks
            yield _missing(month)


def _says_nothing(month: MonthOfUse, review: MonthReview) -> Flaw:
    name = f"{month.month.month}月分"
    said = Sentence(
        f"{name}の評価の達成度が{{words}}です。評価を行ったか判断できません。", words=typed(review.achievement)
    )
    return undecided(month, said, at="achievement", on=review)


def _missing(month: MonthOfUse) -> Flaw:
    message, at = _what_is_missing(month)
    where = month.held[0] if month.held else None
    written = [review for review in month.reviews if not review.done_on and (review.method or review.achievement)]
    if month.waivers:
        waiver = month.waivers[0]
        return waived(month.readings)(
            month,
            Sentence("{missing}例外理由に{reason}とあります。", missing=own(message), reason=typed(waiver.exception)),
            at="exception",
            on=waiver,
            remedy="「原則として」の例外に当たるかは{town}が判断します。回答の日と課名を残してください。",
            rests_on=("A-6",),
        )
    if any(_may_be_a_day_of_use(month, review) for review in month.held):
        held = where.done_on if where else None
        day = f"（{on(held)}）" if held else ""
        open_day = f"月評価の実施日{day}が利用日か、日報から読み取れません。"
        return undecided(month, open_day, at=at, on=where, remedy="日報のその日の行を先に確かめて直してください。")
    if month.waivers_above:
        row = month.waivers_above[0]
        said = Sentence("例外理由が{words}です。理由の記録か判断できません。", words=typed(row.exception))
        remedy = "指している理由を、市町村の回答の記録で確かめて入力してください。確かめるまで請求を控えます。"
        return undecided(month, said, at="exception", on=row, remedy=remedy, rests_on=("A-6",))
    if written:
        return undecided(
            month,
            f"{month.month.month}月分の評価の実施日が空欄のため、いつ行ったか判断できません。",
            at="done_on",
            on=written[0],
            remedy="行った日が記録から分かるときだけ、実施日を入力してください。",
        )
    compare = _COMPARE if at == "done_on" else None
    return missed(month.readings)(month, message, at=at, on=where, remedy=compare, rests_on=_questions(month))


def _questions(month: MonthOfUse) -> tuple[str, ...]:
    """A-7 where a visit was not counted for serving the week too, A-8 where the day was no day of use."""
    return tuple(dict.fromkeys("A-7" if month.on_a_day_of_use(review) else "A-8" for review in month.held))


def _may_be_a_day_of_use(month: MonthOfUse, review: MonthReview) -> bool:
    """The log's row of that day cannot be read as use or no use, or a row may be of that day, or this client's."""
    held = review.done_on
    if held is None or held not in month.month or month.on_a_day_of_use(review):
        return False
    return (
        held in month.unsure_dates or month.has_undated_use or open_row(month.person, "entries", held, held) is not None
    )


def _what_is_missing(month: MonthOfUse) -> tuple[str, str | None]:
    name = f"{month.month.month}月"
    held = month.held[0].done_on if month.held else None
    if held is None:
        return f"{name}分の評価（月1回）の記録が見つかりません（在宅の日は{len(month.home_days)}日）。", None
    if held not in month.month:
        return f"月評価の実施日（{on(held)}）が、{name}の日ではありません。", "done_on"
    if month.on_a_day_of_use(month.held[0]):
        return f"{on(held)}の訪問は週1回の評価を兼ねているため、{name}分の評価（月1回）と数えていません。", "method"
    return f"月評価の実施日（{on(held)}）は、日報に利用の記録がない日です。", "done_on"


def _before_approval(month: MonthOfUse, counted: list[MonthReview]) -> Iterator[Flaw]:
    approved, perhaps = Times.covered(month.terms), Times.perhaps_covered(month.terms)
    for review in counted:
        day = review.done_on
        if day and month.terms and day not in approved and day not in perhaps:
            yield advice(
                month,
                f"月評価の実施日（{on(day)}）は、在宅利用の期間の外です。この点検では{month.month.month}月分の評価として数えました。",
                at="done_on",
                on=review,
                remedy="在宅承認の期間の入力が正しいか、確かめておくと安心です。",
            )
