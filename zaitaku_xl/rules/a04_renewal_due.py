"""A04 更新の時期 — the approval ends soon and no later one is there.

Asks      在宅利用の期間の終わりが近づいたら、更新の書類を用意して市町村へ出します。
Reading   点検した月の末日から承認終了までが60日以内で、後に続く期間がなく、更新書類提出日も空欄のときに助言します。
          経過措置で続いている期間は、その続く最後の日で見ます。
Limits    書類の中身は見ません。
Passes    在宅利用の期間は1月31日までですが、更新書類提出日に1月10日と入力されています。
Fails     在宅利用の期間が1月31日で終わり、次の期間も更新書類提出日もありません。
"""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.model import Approval, Month, Person
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import dated
from zaitaku_xl.scopes import Term


@rule(
    id="A04",
    title="更新の時期",
    over=Term,
    clause="renewal_notice_days",
    needs=("approvals", "approvals.end"),
    uses=("approvals.renewal_filed_on",),
    remedy="{papers}を、期限の前に{town}へ出しておくと安心です。出した日を更新書類提出日に入力してください。",
)
def renewal_due(terms: Sequence[Term], asked: int) -> Iterator[Flaw]:
    ends = {id(person): _Ends(person) for person in {id(term.person): term.person for term in terms}.values()}
    for term in terms:
        approval = term.approval
        filed = approval.renewal_filed_on or not approval.row.clear_of("renewal_filed_on")
        if (
            term.end
            and not filed
            and not ends[id(term.person)].is_followed(approval, term.end)
            and _days_left(term, term.end) <= asked
        ):
            message = f"在宅利用の期間が{dated(term.end)}で終わります。更新書類提出日が入力されていません。"
            yield advice(term, message, at="end", on=approval)


class _Ends:
    """The ends of a client's approvals, looked at once for all of them."""

    def __init__(self, person: Person) -> None:
        approvals = person.approvals
        self._open = [approval for approval in approvals if not approval.end and not approval.row.clear_of("end")]
        self._last_two = sorted((approval for approval in approvals if approval.end), key=attrgetter("end"))[-2:]

    def is_followed(self, approval: Approval, end: date) -> bool:
        """Another approval ends later, or may."""
        others = (other for other in (*self._open[:2], *self._last_two) if other is not approval)
        return any(other.end is None or other.end > end for other in others)


def _days_left(term: Term, end: date) -> int:
    """Count from the last day of the month of the term's last day at home."""
    after = Month.of(term.home_days[-1].date).after.first
    return (end - after).days + 1
