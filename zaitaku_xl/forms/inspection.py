"""提出書類一式: what an inspection asks for of one client and month, in order, with a list of contents in front.

``PARTS`` are printed one behind the other; the pages are numbered through, so the list tells where each begins. The list of
evidence comes last: only its length is not known before it is printed.
"""

from collections.abc import Iterator

from zaitaku_xl.forms import daily_record, evidence, monthly_review, service_record, weekly_review
from zaitaku_xl.forms.facts import MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import DIGITS, LABEL, LINK, NUMBER, ONE_PAGE, TEXT, Paper, month_wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet

PARTS = (service_record.FORM, daily_record.FORM, weekly_review.FORM, monthly_review.FORM, evidence.FORM)
NAME = "inspection"
_WIDTHS = (6, 34, 40, 10)


def contents(facts: MonthFacts) -> Iterator[MadeSheet]:
    """Yield the list of contents; none where there is nothing to list."""
    made = [(form, tuple(form.make(facts))) for form in PARTS]
    if not any(sheets for _, sheets in made):
        return
    paper = Paper(_WIDTHS)
    paper.head(f"提出書類一式　目次　{month_wareki(facts.month.first)}", standing(facts))
    for label, value, style in (
        ("事業所", facts.office.office_name or "", TEXT),
        ("利用者", facts.of.shown_name, TEXT),
        ("受給者証番号", facts.of.number, DIGITS),
    ):
        row = paper.row + 1
        paper.put(row, 1, label, LABEL, to=(row, 2))
        paper.put(row, 3, value, style, to=(row, 4))
        paper.heights[row] = 24
    paper.gap()
    paper.headings(("No.", "書類", "シート", "ページ"))
    page = 2
    for number, (form, sheet) in enumerate(((form, sheet) for form, sheets in made for sheet in sheets), 1):
        paper.line((number, form.title, "", page), (NUMBER, TEXT, TEXT, NUMBER), 24)
        paper.put(paper.row, 3, sheet.name, LINK, link=(sheet.name, 1, 1))
        page += pages(sheet)
    yield paper.sheet(f"目次_{facts.label}", page=ONE_PAGE)


def pages(sheet: MadeSheet) -> int:
    """Return how many pages a sheet takes: what it is fitted to, else one more than its breaks."""
    return sheet.page.tall or len(sheet.page.breaks) + 1


FORM = Form(
    name="contents",
    title="目次",
    over=MonthFacts,
    make=contents,
    unasked="一式の目次です。条項に答えるのは、並べた様式のそれぞれです。",
)
