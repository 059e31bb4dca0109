"""スケジュール申請（図4）: a page for a client's month of 予定, to be applied for before the month begins.

What is printed   予定 as recorded, day by day; where a reason for a change is recorded, the reason and how the day was used.
What is not       申請日, 訓練予定 and 評価予定 have no column in the records; the boxes to sign are signed on paper.
Not certain       the picture of 図4 is not in the handbook as published; the columns are ours.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zaitaku_xl.forms.blocks import Part, begun, label, labelled, note, one_page, row, said, to_sign
from zaitaku_xl.forms.facts import ClientFacts, MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import CENTRE, NUMBER, TEXT, UNREAD, Paper, month_wareki, weekday
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Place, Plan

SHEET = "スケジュール申請"
_WIDTHS = (5, 5, 9, 10, 8, 8, 8, 10, 9, 9, 9, 12)
_COLUMNS = (
    ("日付", 1),
    ("曜日", 1),
    ("予定区分", 1),
    ("時間帯", 1),
    ("訓練予定", 3),
    ("評価予定", 1),
    ("変更後", 1),
    ("変更の理由", 2),
    ("申出者・承認者", 1),
)
_FIT = replace(CENTRE, wrap=False, shrink=True)
_REVIEWS = "☐週　☐月"


def schedule(facts: ClientFacts) -> Iterator[MadeSheet]:
    """Yield a sheet for each judged month with a plan, whether or not the month has begun."""
    for month in facts.whole.months:
        plans = [plan for plan in facts.person.plans if plan.day in month]
        if plans:
            yield _sheet(MonthFacts(facts, month), plans)


def _sheet(facts: MonthFacts, plans: list[Plan]) -> MadeSheet:
    state = standing(facts)
    paper = begun(facts.of, "在宅利用・通所スケジュール申請", state, _WIDTHS)
    labelled(paper, (2, "対象年月", 4, month_wareki(facts.month.first)), (2, "申請日", 4, None))
    labelled(paper, (2, "予定の日数", 10, _counted(plans)))
    paper.gap(6)
    row(paper, *(label(columns, heading) for heading, columns in _COLUMNS), least=20)
    for on in facts.dates:
        _day(paper, facts, on, [plan for plan in plans if plan.day == on])
    paper.gap(6)
    to_sign(paper, "利用者署名欄", "事業所の確認欄")
    note(paper, "在宅と通所の予定は、前もって利用者が申し出るものです。計画をさかのぼって直さないでください。")
    return paper.sheet(f"{SHEET}_{facts.label}", page=one_page(paper, state))


def _day(paper: Paper, facts: MonthFacts, on: date, plans: list[Plan]) -> None:
    values = (
        on.day,
        weekday(on),
        _each(plans, "place"),
        _each(plans, "slot"),
        None,
        _REVIEWS if plans else None,
        *_change(facts, on, plans),
        None,
    )
    styles = (NUMBER, *(_FIT,) * 3, TEXT, _FIT, _FIT, TEXT, CENTRE)
    columns = (columns for _, columns in _COLUMNS)
    row(paper, *map(Part, columns, values, styles), least=19)


def _each(plans: list[Plan], field: str) -> str:
    return "・".join(dict.fromkeys(words for plan in plans if (words := said(plan, field))))


def _change(facts: MonthFacts, on: date, plans: list[Plan]) -> tuple[str, str]:
    """How the day was used instead and why; nothing where nobody recorded a reason."""
    day = facts.day(on)
    why = "・".join(dict.fromkeys(words for each in (*plans, *day.entries) if (words := said(each, "reason"))))
    if not why or not plans or not day.entries:
        return "", why
    used = str(day.place or UNREAD)
    return "" if any(plan.place == used for plan in plans) else used, why


def _counted(plans: list[Plan]) -> str:
    days = {place: len({plan.day for plan in plans if plan.place is place}) for place in Place}
    return "　".join(f"{place} {count}日" for place, count in days.items() if count)


FORM = Form("schedule", "スケジュール申請", ClientFacts, schedule)
