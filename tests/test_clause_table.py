"""The clause table is complete: every clause has an answer, every answer exists, every rule that cites a clause stands at it."""

import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from zaitaku_xl.errors import LawError
from zaitaku_xl.forms import FORMS
from zaitaku_xl.law import load_law
from zaitaku_xl.law.clauses import TABLE, Document, load_clauses
from zaitaku_xl.law.library import TEXTS
from zaitaku_xl.law.loading import load_text
from zaitaku_xl.rules import RULES

NOTICE, HANDBOOK = load_clauses().documents
NAMES = {form.name for form in FORMS}
ROWS = [(document, row) for document in (NOTICE, HANDBOOK) for row in document.rows]
each_document = pytest.mark.parametrize("document", [NOTICE, HANDBOOK], ids=lambda document: document.sheet)


def plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


@pytest.mark.parametrize(("document", "row"), ROWS, ids=[row.name for _, row in ROWS])
def test_a_clause_has_an_answer_and_the_answer_exists(document: Document, row) -> None:
    assert row.rules or row.forms or row.says or document.limits(load_law(), row)
    assert set(row.rules) <= {rule.id for rule in RULES}
    assert set(row.forms) <= NAMES
    assert not row.says or row.says.endswith("。")
    assert row.gist
    assert not row.gist.endswith("。")


def test_the_names_of_forms_are_those_of_the_command() -> None:
    assert set(load_clauses().forms) <= NAMES  # tests/forms/test_manners.py asks every form for its clause


@each_document
def test_no_clause_stands_twice(document: Document) -> None:
    assert max(Counter(row.name for row in document.rows).values()) == 1


def test_every_clause_of_the_notice_is_there() -> None:
    wanted = {"1": 1, "2": 2, "2(1)": 1, "2(2)": 2, "2(3)": 2, "2(4)": 1, "2(5)": 1, "2(6)": 1, "2(7)": 1}
    wanted |= {"3": 1, "3(1)": 3, "3(2)": 6, "3(3)": 5, "4": 4, "5": 2}
    assert Counter(row.clause for row in NOTICE.rows) == wanted


def test_every_clause_of_the_handbook_is_there() -> None:
    wanted = {f"Q{n}" for n in range(1, 12)} | {f"Q10{n}" for n in range(1, 7)} | {f"表{n}" for n in range(1, 5)}
    assert {plain(row.clause) for row in HANDBOOK.rows} == wanted | {"図4"}
    assert Counter(plain(row.clause) for row in HANDBOOK.rows)["Q5"] == 5
    assert any(row.name == "Ｑ10 苦情と第三者評価" for row in HANDBOOK.rows)


@each_document
def test_a_rule_that_cites_a_clause_stands_at_it(document: Document) -> None:
    cited = 0
    for path in TEXTS.glob("*.toml"):
        for clauses in load_text(path).clauses.values():
            for clause in clauses:
                if clause.source.document != document.title or clause.asked is False:
                    continue
                for place in clause.source.clause.split("・"):
                    rows = [row for row in document.rows if plain(row.clause) == plain(place)]
                    for rule in (rule for rule in RULES if rule.clause == clause.requirement):
                        cited += 1
                        assert any(rule.id in row.rules for row in rows), f"{rule.id} {place}"
    assert cited > 20


@each_document
def test_a_limit_that_cites_a_clause_stands_at_it(document: Document) -> None:
    law = load_law()
    stated = {limit for town in law.towns.values() for limit in town.limits if limit.source.document == document.title}
    assert stated == {limit for row in document.rows for limit in document.limits(law, row)}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('document = "notice"\nclause = "1"', 'document = "notices"\nclause = "1"', "知らない文書「notices」"),
        ('"self_check", "findings"', '"self_check", "finding"', "知らない様式「finding」"),
        ('clause = "2(1)"', 'claus = "2(1)"', "知らない項目「claus」"),
        ('clause = "2(1)"', "clause = 2", "「clause」の型が違います"),
    ],
)
def test_the_table_is_read_strictly(right: str, wrong: str, says: str, tmp_path: Path) -> None:
    raw = TABLE.read_text(encoding="utf-8")
    assert right in raw
    path = tmp_path / "clauses.toml"
    path.write_text(raw.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(LawError, match=says):
        load_clauses(path)


def test_what_was_in_force_is_cited_from_its_first_day() -> None:
    """The notice begins when its table says so."""
    law = load_law()
    own = [c for c in law.on("nagasaki_shi", None, date(2026, 1, 1)).values() if c.text == "nagasaki_shi"]
    assert own
    assert {clause.since for clause in own} == {date(2026, 1, 1)}
    assert "令和8年1月1日" in NOTICE.about
