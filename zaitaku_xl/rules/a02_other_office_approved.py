"""A02 承認された事業所 — the approval names another office.

Asks      市町村が認めた事業所が、請求する事業所と同じであることを求めます。
Reading   在宅承認の承認事業所と設定の事業所名を、空白と全角半角の違いを除いて比べます。「在宅利用／（事業所名）」の形でもかまいません。
          承認事業所が空欄なら要確認です。この事業所の承認の期間にもある日は、ほかの事業所の期間が重なっていても問いません。
Limits    事業所番号や法人名の違いは見ません。
Passes    1月6日に在宅で利用し、承認事業所が設定の事業所名と同じです。
Fails     1月6日に在宅で利用していますが、承認事業所が前にいた事業所のままです。
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Term, Times
from zaitaku_xl.sentence import Sentence, typed


@rule(
    id="A02",
    title="承認された事業所",
    over=Term,
    clause="approval_office",
    needs=("approvals", "approvals.office", "office.office_name"),
    looks_in=("approvals",),
    remedy="受給者証の印字を確かめてください。事業所が変わったときは、市町村の承認を取り直す必要があります。",
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
        yield undecided(term, "設定の事業所名が空欄です", at="office_name", on=term.office, remedy=remedy)
    elif approval.office is None:
        remedy = "受給者証の印字のとおり入力してください。"
        yield undecided(term, "承認事業所が空欄です", at="office", on=approval, remedy=remedy)
    elif _plain(approval.office) != _plain(ours):
        days = [day.date for day in term.home_days if day.date not in here]
        message = Sentence(
            "承認された事業所は{approved}で、この事業所{ours}ではありません",
            approved=typed(approval.office),
            ours=typed(ours),
        )
        if days:
            yield breach(term, message, at="office", on=approval, days=days)


def _approved_here(any_of_the_client: Term) -> Times:
    """The times of the client's terms that name this office: a day may lie in one of them as well."""
    if not any_of_the_client.home_days:
        return Times(())
    ours = _plain(any_of_the_client.office.office_name or "")
    terms = any_of_the_client.home_days[0].terms
    return Times.covered([term for term in terms if _plain(term.approval.office or "") == ours])


@lru_cache(maxsize=256)
def _plain(name: str) -> str:
    name = "".join(unicodedata.normalize("NFKC", name).split())
    name = name.removeprefix("在宅利用/")
    return re.sub(r"^\((.*)\)$", r"\1", name)
