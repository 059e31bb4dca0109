"""週の評価の記録: a block for each evaluation of a week that reaches into the month.

What is printed   the evaluation as recorded, the evaluation before it, and how the days of its time were used.
What is not       確認欄 and 署名欄 are to be signed on paper. An evaluation that nobody recorded is not made up.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from zaitaku_xl.forms.blocks import begun, dated, labelled, method_line, pages, said, span, to_sign
from zaitaku_xl.forms.facts import MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import UNREAD, Paper, month_wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Month, Place, WeekReview

SHEET = "週評価記録"
_USES = tuple(place for place in Place if place.is_use)
_LONGEST = 31  # days of a 対象期間 whose use is told; a longer one is a mistake in typing


def weekly_review(facts: MonthFacts) -> Iterator[MadeSheet]:
    """Yield the sheet of one client's month; none where no evaluation of a week reaches into it."""
    reviews = sorted(facts.person.week_reviews, key=_when)
    each_after_another = zip([None, *reviews], reviews, strict=False)
    wanted = [(earlier, review) for earlier, review in each_after_another if _reaches(review, facts.month)]
    if not wanted:
        return
    state = standing(facts)
    paper = begun(facts.of, "週の評価の記録", state)
    labelled(paper, (2, "対象年月", 4, month_wareki(facts.month.first)), (2, "評価の記録", 4, f"{len(wanted)}件"))
    starts: list[int] = []
    for earlier, review in wanted:
        paper.gap(10)
        starts.append(paper.row)
        _block(paper, facts, review, earlier)
    yield paper.sheet(f"{SHEET}_{facts.label}", page=pages(paper, state, starts))


def _block(paper: Paper, facts: MonthFacts, review: WeekReview, earlier: WeekReview | None) -> None:
    labelled(paper, (2, "対象期間", 10, span(review, "period_from", "period_to", dated)))
    labelled(paper, (2, "期間中の利用", 10, _used(facts, review)))
    labelled(
        paper,
        (2, "評価実施日", 4, said(review, "done_on", dated)),
        (2, "前回の評価日", 4, said(earlier, "done_on", dated) if earlier else ""),
    )
    labelled(paper, (2, "方法", 10, method_line(review, review.method, review.method_typed)))
    labelled(paper, (2, "評価の内容", 10, said(review, "content")), least=36)
    labelled(paper, (2, "達成度", 10, said(review, "achievement")), least=26)
    labelled(
        paper,
        (2, "評価者", 4, said(review, "reviewer")),
        (3, "確認者\n（サービス管理責任者）", 3, said(review, "confirmer")),
        least=26,
    )
    to_sign(paper, "確認者の確認欄", "利用者署名欄")


def _when(review: WeekReview) -> date:
    return review.period_from or review.done_on or review.period_to or date.max


def _reaches(review: WeekReview, month: Month) -> bool:
    first, last = review.period_from or review.period_to, review.period_to or review.period_from
    if first is None or last is None:
        return review.done_on in month
    return first < month.after.first and month.first <= last


def _used(facts: MonthFacts, review: WeekReview) -> str:
    """「在宅 2日（6・8日）　通所 3日（…）」 of the days of 対象期間, as they were judged."""
    first, last = review.period_from, review.period_to
    if first is None or last is None or not timedelta() <= last - first < timedelta(days=_LONGEST):
        return ""
    by_place: dict[Place | None, list[date]] = {}
    for day in facts.of.judged.every:
        if first <= day.date <= last:
            by_place.setdefault(day.place, []).append(day.date)
    told = []
    for place in (*_USES, None):
        days = by_place.get(place)
        told += [f"{place or UNREAD} {len(days)}日（{_listed(days)}）"] if days else []
    return "　".join(told) or "利用した日の記録なし"


def _listed(days: list[date]) -> str:
    return "・".join(f"{day.month}/{day.day}" for day in days)


FORM = Form("weekly_review", "週の評価の記録", MonthFacts, weekly_review)
