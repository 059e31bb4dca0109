"""更新期限一覧: when the approval, the decision and the standard period of each client end, and from when to prepare.

Every comparison is with the last day of the judged months; nothing here asks what today is.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from zaitaku_xl.forms.facts import ClientFacts, OfficeFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import AS_LONG_AS_IT_TAKES, CENTRE, LINK, SMALL, TEXT, UNREAD, Paper, wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeCell, MadeSheet
from zaitaku_xl.model import Approval, Record

HEADINGS = (
    "氏名",
    "受給者証番号",
    "支給決定市町村",
    "在宅承認の終了",
    "更新の準備を始める日",
    "更新書類提出日",
    "経過措置の次回更新日",
    "支給決定終了",
    "標準利用期間満了日",
    "延長満了日",
    "確かめること",
)
_WIDTHS = (16, 13, 14, 18, 18, 18, 18, 18, 18, 18, 34)
_STYLES = (TEXT, CENTRE, CENTRE, *(CENTRE,) * 7, TEXT)


def renewals(facts: OfficeFacts) -> Iterator[MadeSheet]:
    if not facts.months:
        return
    as_of = facts.months[-1].after.first - timedelta(days=1)
    paper = Paper(_WIDTHS)
    paper.head("在宅利用 更新期限一覧", standing(facts))
    paper.across(
        f"{wareki(as_of)}現在。準備を始める日は、在宅利用の期間の終わりから、市の取扱い（なければ在宅点検の目安）の日数をさかのぼった日です。",
        SMALL,
    )
    top = paper.headings(HEADINGS)
    for client in sorted(facts.clients, key=lambda each: _latest_end(each) or date.max):
        _row(paper, client, as_of)
    yield paper.sheet("更新期限一覧", landscape=True, page=AS_LONG_AS_IT_TAKES, heading_row=top)


def _row(paper: Paper, facts: ClientFacts, as_of: date) -> None:
    client, term = facts.client, _latest(facts)
    starts = _preparing(facts, term, as_of)
    paper.line(
        (
            facts.shown_name,
            facts.number,
            client.town if client else "",
            _dated(term, "end", linked=True),
            wareki(starts),
            _dated(term, "renewal_filed_on"),
            _dated(term, "next_renewal_on"),
            _dated(client, "decided_to", linked=True),
            _dated(client, "standard_until"),
            _dated(client, "extended_until"),
            "".join(_remarks(facts, term, starts, as_of)),
        ),
        _STYLES,
        22,
    )


def _latest(facts: ClientFacts) -> Approval | None:
    """The approval that ends last; one whose end cannot be read comes before all, for nobody knows."""
    return max(facts.person.approvals, key=lambda each: ("end" in each.row.unread, each.end or date.min), default=None)


def _latest_end(facts: ClientFacts) -> date | None:
    term = _latest(facts)
    return term.end if term else None


def _preparing(facts: ClientFacts, term: Approval | None, as_of: date) -> date | None:
    clause = facts.clause("renewal_notice_days", as_of)
    return term.end - timedelta(days=int(clause.asked)) if term and term.end and clause else None


def _dated(record: Record | None, field: str, *, linked: bool = False) -> MadeCell:
    """A date as the records have it, with a link to its cell where it is the one that counts."""
    if record is None:
        return MadeCell("", CENTRE)
    place = record.row.place(field)
    if field in record.row.unread:
        return MadeCell(UNREAD, LINK, place)
    words = wareki(getattr(record, field))
    return MadeCell(words, LINK, place) if linked and words and place else MadeCell(words, CENTRE)


def _remarks(facts: ClientFacts, term: Approval | None, starts: date | None, as_of: date) -> Iterator[str]:
    client = facts.client
    if term is None:
        yield "在宅承認の記載がありません。"
    elif term.end and term.end <= as_of:
        yield "承認の期限が来ています。"
    elif starts and starts <= as_of and term.renewal_filed_on is None:
        yield "更新の準備を始める日を過ぎています。"
    for field, words in (("decided_to", "支給決定"), ("standard_until", "標準利用期間")):
        ends = getattr(client, field) if client else None
        if ends and ends <= as_of and not (field == "standard_until" and client and client.extended_until):
            yield f"{words}の終わりの日が来ています。"


FORM = Form("renewals", "更新期限一覧", OfficeFacts, renewals)
