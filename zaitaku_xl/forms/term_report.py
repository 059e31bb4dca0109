"""在宅利用の報告書: for each approved term with records in the workbook, how it was used and how it was evaluated.

What is printed   the approval, the days of the term as the log has them, month by month, and the monthly evaluations.
What is not       a judgement of the whole term, why the client cannot attend, and whether to continue stand in no record:
                  empty boxes. A month without records in the workbook is not counted, and the sheet says which there are.
Not certain       no layout of 忠岡町 was found; the fields follow what the town's page asks for.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from zaitaku_xl.forms.blocks import BOX, Part, begun, dated, label, labelled, note, row, said, span, ticked, to_sign
from zaitaku_xl.forms.facts import ClientFacts, DayFacts, MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import CENTRE, LABEL, NUMBER, UNREAD, Paper, month_wareki, wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet, Page
from zaitaku_xl.model import Approval, Month, MonthReview, Place, Review
from zaitaku_xl.paper import Value

SHEET = "在宅利用報告書"
_Held = TypeVar("_Held", bound=Review)
_USES = (Place.HOME, Place.ATTEND, Place.VISIT, Place.OUTSIDE, Place.ABSENT)
_COLUMNS = (("年月", 2), *((str(place), 1) for place in _USES), ("利用日数", 1), ("週の評価", 1), ("月の評価", 3))
_BY_HAND = (
    ("通所が困難な理由", 48),
    ("期間全体の評価（支援目標に対して）", 70),
    ("在宅で行った支援の効果", 56),
    ("今後の支援の方針", 56),
)


def term_report(facts: ClientFacts) -> Iterator[MadeSheet]:
    """Yield a sheet for each approved term of which the workbook holds a day."""
    for approval in facts.person.approvals:
        months = [(month, days) for month in _months(facts) if (days := _days(MonthFacts(facts, month), approval))]
        if months:
            yield _sheet(facts, approval, months)


def _months(facts: ClientFacts) -> list[Month]:
    return sorted(Month.all_of(entry.day for entry in facts.person.entries))


def _days(facts: MonthFacts, approval: Approval) -> list[DayFacts]:
    return [day for day in facts.days if day.entries and _inside(day.date, approval)]


def _inside(day: date, approval: Approval) -> bool:
    first, last = approval.start or date.min, approval.end or date.max
    return (approval.start is not None or approval.end is not None) and first <= day <= last


def _sheet(facts: ClientFacts, approval: Approval, months: list[tuple[Month, list[DayFacts]]]) -> MadeSheet:
    paper = begun(facts, "在宅利用の報告書", standing(facts))
    labelled(paper, (2, "承認期間", 10, span(approval, "start", "end", wareki)))
    labelled(
        paper, (2, "承認事業所", 4, said(approval, "office")), (2, "決定日", 4, said(approval, "decided_on", wareki))
    )
    labelled(paper, (2, "集計した記録", 10, "・".join(month_wareki(month.first) for month, _ in months)))
    paper.gap()
    _use(paper, facts, approval, months)
    paper.gap()
    row(paper, Part(12, "月の評価の経過", LABEL))
    reviews = _held(facts.person.month_reviews, approval)
    for review in reviews:
        _review(paper, review)
    if not reviews:
        row(paper, Part(12, "この期間の月の評価の記録はありません。"))
    paper.gap()
    for name, least in _BY_HAND:
        row(paper, label(2, name), Part(10, None, BOX), least=least)
    labelled(paper, (2, "継続の要否", 10, ticked(("継続する", "継続しない"), "")), least=24)
    row(paper, label(2, "その理由"), Part(10, None, BOX), least=44)
    labelled(paper, (2, "作成日", 4, None), (2, "作成者", 4, None), least=26)
    to_sign(paper, "管理者の確認欄", "利用者署名欄")
    note(
        paper,
        "空欄は記録から分からないものです。事業所で書いてください。提出の時期と様式は支給決定市町村に確かめてください。",
    )
    start = approval.start or approval.end
    return paper.sheet(f"{SHEET}_{facts.person.name}_{start.year if start else ''}", page=Page(centred=True))


def _use(paper: Paper, facts: ClientFacts, approval: Approval, months: list[tuple[Month, list[DayFacts]]]) -> None:
    row(paper, Part(12, "利用状況（日報による日数）", LABEL))
    row(paper, *(label(columns, heading) for heading, columns in _COLUMNS))
    for month, days in months:
        weekly = sum(review.done_on in month for review in _held(facts.person.week_reviews, approval))
        monthly = [review for review in _held(facts.person.month_reviews, approval) if review.done_on in month]
        words = "　".join(f"{said(each, 'done_on', wareki)} {said(each, 'method')}" for each in monthly)
        _line(paper=paper, words=month_wareki(month.first).removesuffix("分"), days=days, weekly=weekly, monthly=words)
    every = [day for _, days in months for day in days]
    if len(months) > 1:
        held = len(_held(facts.person.month_reviews, approval))
        _line(
            paper=paper,
            words="合計",
            days=every,
            weekly=len(_held(facts.person.week_reviews, approval)),
            monthly=f"{held}回",
        )
    if unplaced := sum(day.unplaced for day in every):
        note(paper, f"{UNREAD}: 提供区分の読めない日が{unplaced}日あります。どの列にも数えていません。")


def _line(paper: Paper, words: str, days: list[DayFacts], weekly: int, monthly: str) -> None:
    places: list[Place | None] = [Place.ATTEND if day.place is Place.OUTSIDE_WORK else day.place for day in days]
    counts = [places.count(place) for place in _USES]
    used = sum(day.place is not None and day.place.is_use for day in days)
    values: tuple[Value, ...] = (words, *counts, used, weekly, monthly)
    styles = (CENTRE, *(NUMBER,) * (len(counts) + 2), CENTRE)
    row(paper, *(Part(c, v, s) for (_, c), v, s in zip(_COLUMNS, values, styles, strict=True)), least=20)


def _held(reviews: Iterable[_Held], approval: Approval) -> list[_Held]:
    """The evaluations held in the term, in their order."""
    held = [review for review in reviews if review.done_on and _inside(review.done_on, approval)]
    return sorted(held, key=lambda review: review.done_on or date.max)


def _review(paper: Paper, review: MonthReview) -> None:
    labelled(
        paper,
        (2, "実施日", 4, said(review, "done_on", dated)),
        (1, "方法", 2, said(review, "method")),
        (1, "場所", 2, said(review, "place")),
    )
    for name, field in (
        ("訓練目標", "goal"),
        ("達成度", "achievement"),
        ("課題", "issue"),
        ("継続の妥当性", "continuing"),
    ):
        labelled(paper, (2, name, 10, said(review, field)))


FORM = Form(
    name="term_report",
    title="在宅利用の報告書",
    over=ClientFacts,
    make=term_report,
    unasked="忠岡町の案内が求める報告書で、対応表の通知とハンドブックには条項がありません。",
)
