"""A02 事業所名の違い — the approval names another office.

Asks      市町村が認めた事業所が、請求する事業所と同じであることを求めます。
Reading   在宅承認の承認事業所と、設定の事業所名・事業所の別名を比べます。空白、全角半角、異体字の違いと、法人の種類（株式会社など）、
          空白で区切った法人名、サービスの種別は除きます。「在宅利用／（事業所名）」の形でもかまいません。一方が他方を含むだけのとき、
          1文字違いのときと、承認事業所が空欄のときは要確認です。この事業所の承認の期間にもある日は、ほかの事業所の期間が重なっていても問いません。
Limits    事業所番号の違いは見ません。
Passes    1月6日に在宅で利用し、承認事業所が設定の事業所名と同じです。
Fails     1月6日に在宅で利用していますが、承認事業所が前にいた事業所のままです。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.model import Office
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Term, Times
from zaitaku_xl.sentence import Sentence, typed
from zaitaku_xl.spelling.offices import Sameness, sameness


@rule(
    id="A02",
    title="事業所名の違い",
    over=Term,
    clause="approval_office",
    needs=("approvals", "approvals.office", "office.office_name"),
    looks_in=("approvals",),
    remedy="{proof}を確かめてください。別の事業所なら、{town}に手続を確かめるまで請求を控えます。",
)
def other_office_approved(terms: Sequence[Term], asked: bool) -> Iterator[Flaw]:
    here: dict[int, Times] = {}
    for term in terms:
        if "office" not in term.approval.row.unread and "office_name" not in term.office.row.unread:
            client = id(term.person)
            if client not in here:
                here[client] = _approved_here(term)
            yield from _named_otherwise(term, here[client])


def _named_otherwise(term: Term, here: Times) -> Iterator[Flaw]:
    approval, ours = term.approval, term.office.office_name
    if ours is None:
        remedy = "事業所名を入力してください。"
        yield undecided(term, "設定の事業所名が空欄です。", at="office_name", on=term.office, remedy=remedy)
    elif approval.office is None:
        remedy = "{proof}を見て、そのとおり入力してください。確かめるまで請求を控えます。"
        yield undecided(term, "承認事業所が空欄です。", at="office", on=approval, remedy=remedy)
    else:
        yield from _compared(term, approval.office, here)


def _compared(term: Term, approved: str, here: Times) -> Iterator[Flaw]:
    same = _sameness(approved, term.office)
    if same is Sameness.SAME:
        return
    days = [day.date for day in term.home_days if day.date not in here]
    if not days:
        return
    names = {"approved": typed(approved), "ours": typed(term.office.office_name)}
    if same is Sameness.OTHER:
        message = Sentence("在宅承認の事業所名{approved}が、設定の{ours}と違います。", **names)
        yield breach(term, message, at="office", on=term.approval, days=days)
        return
    yield undecided(
        term,
        Sentence("承認事業所{approved}が、この事業所{ours}と同じか判断できません。", **names),
        at="office",
        on=term.approval,
        days=days,
        remedy="{proof}を確かめてください。同じ事業所なら、設定の「事業所の別名」に入力しておくと次から尋ねません。",
    )


def _sameness(approved: str, office: Office) -> Sameness:
    """The best that holds of any name the office has."""
    names = (office.office_name, *office.aliases)
    found = {sameness(approved, name) for name in names if name}
    return next((same for same in Sameness if same in found), Sameness.OTHER)


def _approved_here(any_of_the_client: Term) -> Times:
    """The times of the client's terms that name this office: a day may lie in one of them as well."""
    if not any_of_the_client.home_days:
        return Times(())
    office, terms = any_of_the_client.office, any_of_the_client.home_days[0].terms
    here = [term for term in terms if _sameness(term.approval.office or "", office) is Sameness.SAME]
    return Times.covered(here)
