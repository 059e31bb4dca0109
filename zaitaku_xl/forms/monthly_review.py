"""在宅における就労達成度評価シート: a page for each evaluation of the month.

What is printed   the evaluation as recorded, and the day of the one before it.
What is not       what offices' sheets ask and the records have no column for (時刻, 取組内容, 改善方針, 健康・体調面) stays an empty
                  box; 署名欄 and 確認欄 are to be signed on paper.
Not certain       no official layout exists; the fields are those of a sheet in use.
"""

from collections.abc import Iterator

from zaitaku_xl.forms.blocks import (
    BOX,
    Part,
    begun,
    dated,
    label,
    labelled,
    method_line,
    note,
    one_page,
    row,
    said,
    to_sign,
)
from zaitaku_xl.forms.facts import MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import Paper, month_wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Month, MonthReview
from zaitaku_xl.scopes.months import credited_month

SHEET = "達成度評価"


def monthly_review(facts: MonthFacts) -> Iterator[MadeSheet]:
    """Yield a sheet for each evaluation that speaks of the month; none where there is none."""
    state = standing(facts)
    for review in facts.person.month_reviews:
        if credited_month(review) == facts.month:
            paper = begun(facts.of, "在宅における就労達成度評価シート", state)
            _evaluation(paper, facts, review)
            yield paper.sheet(f"{SHEET}_{facts.label}", page=one_page(paper, state))


def _evaluation(paper: Paper, facts: MonthFacts, review: MonthReview) -> None:
    month = said(review, "month", _month) or month_wareki(facts.month.first)
    labelled(paper, (2, "対象年月", 4, month), (2, "前回の評価日", 4, _earlier(facts, review)))
    labelled(paper, (2, "実施日", 4, said(review, "done_on", dated)), (2, "実施した時刻", 4, None))
    labelled(paper, (2, "方法", 10, method_line(review, review.method, review.method_typed)))
    labelled(paper, (2, "場所", 10, said(review, "place")))
    for name, words, least in (
        ("訓練目標", said(review, "goal"), 44),
        ("取組内容", None, 60),
        ("達成度", said(review, "achievement"), 60),
        ("課題", said(review, "issue"), 52),
        ("改善方針", None, 52),
        ("健康・体調面", None, 44),
        ("継続の妥当性", said(review, "continuing"), 52),
        ("その他特記事項", None, 40),
    ):
        row(paper, label(2, name), Part(10, words, BOX), least=least)
    if why := said(review, "exception"):
        labelled(paper, (2, "例外の理由", 10, why))
    labelled(
        paper, (2, "評価者", 4, said(review, "reviewer")), (2, "本人確認の記録", 4, said(review, "client_confirmed"))
    )
    to_sign(paper, "評価者の確認欄", "利用者署名欄")
    note(paper, "空欄の欄は記録に列がないものです。行ったこと、確かめたことだけを書いてください。")


def _earlier(facts: MonthFacts, review: MonthReview) -> str:
    held = [each.done_on for each in facts.person.month_reviews if each.done_on]
    before = [day for day in held if review.done_on and day < review.done_on]
    return dated(max(before)) if before else ""


def _month(month: Month) -> str:
    return month_wareki(month.first)


FORM = Form("monthly_review", "在宅における就労達成度評価シート", MonthFacts, monthly_review)
