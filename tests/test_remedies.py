"""The remedy fits the weight a finding ends with; sentences call the client's town and its papers by their names."""

from dataclasses import replace

import pytest

from tests.logs import grids
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check.placing import finding_of
from zaitaku_xl.finding import Finding, Flaw, Weight, advice, breach, undecided
from zaitaku_xl.law import Clause, load_law
from zaitaku_xl.law.clause import Source
from zaitaku_xl.rules import RULES
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, typed

LAW = load_law()
NAGASAKI = LAW.towns["nagasaki_shi"]
CLAUSE = next(iter(NAGASAKI.clauses["contacts_per_day"]))
RULE = replace(
    next(rule for rule in RULES if rule.over is Book),
    remedy="請求しません。",
    when_open="{town}に確かめるまで請求を控えます。",
    when_advised="{proof}を見ておくと安心です。",
)
BOOK = Book(read_log(grids({"日報": []})), (), (), (), frozenset())


def found(flaw: Flaw, clause: Clause = CLAUSE) -> Finding:
    return finding_of(RULE, clause, flaw, None, NAGASAKI.local)


@pytest.mark.parametrize(
    ("say", "weight", "remedy"),
    [
        (breach, Weight.BLOCK, "請求しません。"),
        (undecided, Weight.UNDECIDED, "長崎市に確かめるまで請求を控えます。"),
        (advice, Weight.ADVISE, f"{NAGASAKI.local.proof}を見ておくと安心です。"),
    ],
)
def test_the_remedy_is_that_of_the_weight(say: type[Flaw], weight: Weight, remedy: str) -> None:
    finding = found(say(BOOK, "記録がありません。", days=()))
    assert (finding.weight, finding.remedy) == (weight, remedy)


def test_where_the_clause_only_advises_the_remedy_is_that_of_an_advice() -> None:
    finding = found(undecided(BOOK, "記録がありません。", days=()), replace(CLAUSE, weight="advise"))
    assert finding.remedy == f"{NAGASAKI.local.proof}を見ておくと安心です。"


def test_a_flaws_own_remedy_stands() -> None:
    assert found(breach(BOOK, "空欄です。", days=(), remedy="{town}に聞きます。")).remedy == "長崎市に聞きます。"


def test_a_sentence_says_who_asks_and_what_was_typed_stays_as_it_was() -> None:
    said = Sentence("{asker}は求めています。入力は{words}です。", words=typed("{town}"))
    assert found(breach(BOOK, said, days=())).message == "長崎市は求めています。入力は「{town}」です。"


def test_a_clause_that_nobody_read_is_told_inside_the_sentence() -> None:
    unread = replace(CLAUSE, source=replace(CLAUSE.source, basis="general", seen_on=None))
    assert found(breach(BOOK, "記録があります。", days=()), unread).message == "記録があります（根拠の条文は未確認）。"
    assert found(breach(BOOK, "記録があります。", days=())).message == "記録があります。"


def test_a_source_that_was_read_in_other_papers_says_so_where_it_is_named() -> None:
    source = Source("算定基準", "別表13", "月4回まで", basis="secondary")
    assert source.cited == "算定基準 別表13 ※原文未確認"
    assert CLAUSE.source.cited == f"{CLAUSE.source.document} {CLAUSE.source.clause}"
