"""欠席時対応の記録: a block for each absence, with what the addition asks to be recorded.

What is printed   the absence as recorded, whether or not 欠席時対応加算 is claimed for it, and how many of the month are.
What is not       確認欄 is to be signed on paper.
"""

from collections.abc import Iterator
from datetime import date

from zaitaku_xl.forms.blocks import (
    BOX,
    SIGNED,
    Part,
    begun,
    dated,
    label,
    labelled,
    method_line,
    pages,
    row,
    said,
)
from zaitaku_xl.forms.facts import MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import UNREAD, Paper, hhmm, month_wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Absence

SHEET = "欠席時対応記録"


def absence(facts: MonthFacts) -> Iterator[MadeSheet]:
    """Yield the sheet of one client's month; none where no absence is recorded."""
    found = sorted(
        (a for a in facts.person.absences if a.day and a.day in facts.month), key=lambda a: a.day or date.max
    )
    if not found:
        return
    state = standing(facts)
    paper = begun(facts.of, "欠席時対応の記録", state)
    claimed = [each for each in found if each.claimed]
    labelled(
        paper,
        (2, "対象年月", 4, month_wareki(facts.month.first)),
        (2, "加算する欠席", 4, _counted(facts, len(claimed))),
    )
    starts: list[int] = []
    for each in found:
        paper.gap(10)
        starts.append(paper.row)
        _block(paper, each, claimed)
    yield paper.sheet(f"{SHEET}_{facts.label}", page=pages(paper, state, starts))


def _counted(facts: MonthFacts, count: int) -> str:
    clause = facts.of.clause("absence_additions", facts.month.first)
    return f"{count}回（月{clause.asked}回まで）" if clause else f"{count}回"


def _block(paper: Paper, absence: Absence, claimed: list[Absence]) -> None:
    labelled(paper, (2, "欠席日", 4, said(absence, "day", dated)), (2, "加算の算定", 4, _claim(absence, claimed)))
    labelled(
        paper, (2, "連絡のあった日", 4, said(absence, "told_on", dated)), (2, "時刻", 4, said(absence, "told_at", hhmm))
    )
    labelled(paper, (2, "連絡者", 4, said(absence, "told_by")), (2, "受けた職員", 4, said(absence, "staff")))
    labelled(paper, (2, "連絡の方法", 10, method_line(absence, absence.method)))
    row(paper, label(2, "欠席の理由・様子"), Part(10, said(absence, "reason"), BOX), least=36)
    row(paper, label(2, "相談援助の内容"), Part(10, said(absence, "advice"), BOX), least=48)
    labelled(paper, (2, "次回の予定日", 4, said(absence, "next_on", dated)), (2, "確認欄", 4, None), least=SIGNED)


def _claim(absence: Absence, claimed: list[Absence]) -> str:
    if "claimed" in absence.row.unread:
        return UNREAD
    nth = next((n for n, each in enumerate(claimed, 1) if each is absence), 0)
    return f"算定する（月{nth}回目）" if nth else "算定しない"


FORM = Form("absence", "欠席時対応の記録", MonthFacts, absence)
