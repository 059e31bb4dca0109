"""What `explain`, `rules`, the rule book and the clause table say; all of it comes from the same words."""

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.command import Run
from tests.tools import lint, validate
from zaitaku_xl import jobs
from zaitaku_xl.entry.columns import side_by_side, wrap
from zaitaku_xl.finding import Weight
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.law import load_law
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.law.clauses import load_clauses
from zaitaku_xl.measure import halves_of
from zaitaku_xl.rule_texts.differences import Side, differences
from zaitaku_xl.rule_texts.explained import explained
from zaitaku_xl.rules import RULES as REGISTRY
from zaitaku_xl.rules import Rule
from zaitaku_xl.sheets.clause_sheets import HEADINGS, clause_sheets
from zaitaku_xl.sheets.printed import page_breaks
from zaitaku_xl.sheets.rule_book import LIMITS, LIST, RULES, rule_book

LAW = load_law()
DAY = date(2026, 11, 22)
TOWNS: Sequence[str | None] = (None, *LAW.towns)
a_rule = pytest.mark.parametrize("rule", REGISTRY, ids=lambda rule: rule.id)


def book_of(town: str | None, day: date = DAY) -> bytes:
    return written(
        rule_book(jobs.explain_all(town, day), jobs.limits(town, day), LAW.towns[town].name if town else None, day)
    )


def table() -> bytes:
    return written(clause_sheets(load_clauses(), REGISTRY, LAW))


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def texts(sheet: Worksheet) -> list[tuple[str, ...]]:
    rows = [tuple(str(value) for value in row if value is not None) for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if row]


# ---- examples


@a_rule
def test_a_rule_tells_a_day_that_passes_and_one_that_does_not(rule: Rule) -> None:
    for said in (rule.passes, rule.fails):
        assert re.search(r"(?:です|ます|ません|ました|でした|せん)。$", said), said
        assert re.search(r"\d月", said), f"{said} names no day"
    assert rule.passes != rule.fails


# ---- explain


@pytest.mark.parametrize("town", TOWNS)
def test_an_explanation_says_all_of_it(town: str | None) -> None:
    for rule in REGISTRY:
        answer = explained(rule, LAW, town, DAY)
        said = dict(answer.parts())
        assert all(said.values())
        weight = Weight(answer.clause.weight) if answer.clause else Weight.BLOCK
        remedy = answer.local.filled(rule.remedy_under(weight))
        for words in (rule.asks, rule.reading, rule.limits, rule.passes, rule.fails, remedy):
            assert any(words in text for text in said.values())
        if answer.clause:
            assert answer.clause.source.gist in said.values()
            assert answer.clause.source.clause in said["根拠"]
            assert f"{japanese_day(answer.clause.since)}から" in said["根拠"]
            assert answer.clause.source.clause in answer.where
        else:
            assert (answer.where, answer.weight) == ("", "定めなし")


def test_what_one_service_is_asked_is_explained_with_its_name() -> None:
    said = dict(explained(next(rule for rule in REGISTRY if rule.id == "S10"), LAW, None, DAY).parts())
    assert said["対象のサービス"] == "就労移行支援"


def test_where_it_stands_says_whose_words_they_are() -> None:
    def where(rule: str, town: str | None) -> str:
        return jobs.explain(rule, town, DAY).where

    assert where("D01", "nagasaki_shi") == "長崎市 2(2)、令和8年1月1日から"
    assert where("D01", "hino_shi") == "国 2(3)①イ、令和3年4月1日から"
    assert where("A05", "hino_shi").startswith("在宅点検の目安 ")
    assert where("D10", None).startswith("ハンドブック ")
    assert where("S05", None).startswith("根拠の条文は未確認 ")


def test_explain_prints_the_examples_and_what_the_town_asks_beside(run: Run) -> None:
    out = run("explain", "A04", "--city", "袖ヶ浦市", "--on", "2026-11-22").out
    for words in ("そろっている例：", "見直しになる例：", "新規・変更・更新のつどの届出書は見ません。"):
        assert words in out


# ---- two sides


@pytest.mark.parametrize("left", TOWNS)
def test_only_what_differs_is_shown_and_never_two_like_cells(left: str | None) -> None:
    for right in TOWNS:
        found = differences(REGISTRY, LAW, Side(left, DAY), Side(right, DAY))
        assert left != right or not (found.asked or found.limits or found.elsewhere)
        for row in (*found.asked, *found.limits):
            assert row.left != row.right
        for row in found.asked:
            assert re.sub("（[^（]*から）$", "", row.left) != re.sub("（[^（]*から）$", "", row.right)


def test_the_two_sides_change_places() -> None:
    one, other = Side("hino_shi", DAY), Side("nagasaki_shi", DAY)
    there, back = differences(REGISTRY, LAW, one, other), differences(REGISTRY, LAW, other, one)
    assert [(row.right, row.left) for row in there.asked] == [(row.left, row.right) for row in back.asked]


def test_hino_wants_a_commute_and_nagasaki_an_hour() -> None:
    found = differences(REGISTRY, LAW, Side("hino_shi", DAY), Side("nagasaki_shi", DAY))
    shown = {row.rules[0].id: (row.left[:4], row.right[:4]) for row in found.asked}
    assert shown["W05"] == ("助言。在", "定めなし")
    assert shown["A05"] == ("助言。緊", "算定不可")
    assert "D01" not in shown
    assert "D01" in {rule.id for rule in found.elsewhere}


def test_a_town_before_and_on_its_first_day() -> None:
    first = date(2025, 10, 8)
    found = differences(REGISTRY, LAW, Side("hino_shi", date(2025, 10, 7)), Side("hino_shi", first))
    assert [row.rules[0].id for row in found.asked] == ["W05", "A01"]
    assert {row.left for row in found.limits} == {""}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--city", "hino_shi", "--diff", "nagasaki_shi"],
        ["--city", "長崎市", "--on", "2025-12-31", "--diff", "2026-01-01"],
        ["--diff", "2021-03-31"],
        ["--city", "八代市", "--diff", "日田市", "--on", "2024-05-01"],
    ],
)
def test_two_sides_fit_on_a_screen(arguments: list[str], run: Run) -> None:
    ran = run("rules", *arguments)
    assert ran.status == 0
    assert max(halves_of(line) for line in ran.out.splitlines()) == 100
    assert "違いはありません" not in ran.out


def test_the_same_town_twice_differs_in_nothing(run: Run) -> None:
    out = run("rules", "--city", "日野市", "--diff", "日野市").out
    assert "求めの違いはありません。" in out
    assert "規則では確かめられない" not in out


@given(st.text("在宅の日は、二回（2026-01-01）。「」 abc", max_size=60), st.integers(6, 40))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text
    assert all(halves_of(line) <= width for line in lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    lines = wrap("市が認めて、受給者証に「在宅利用」と印字した後でなければ、請求できません。" * 3, 12)
    assert not [line for line in lines if line[0] in "、。」" or line[-1] in "「"]


def test_columns_stand_under_each_other() -> None:
    lines = list(side_by_side(("A01", "在宅の日です", "なし"), (6, 6, 6)))
    assert lines == ["A01     在宅の  なし", "        日です"]


# ---- the book


@pytest.mark.parametrize("town", [None, "nagasaki_shi", "hino_shi"])
def test_the_book_holds_every_rule_in_full(town: str | None) -> None:
    book = opened(book_of(town))
    assert book.sheetnames == [LIST, LIMITS, RULES]
    listed = [row[0] for row in texts(book[LIST])]
    assert [name for name in listed if re.fullmatch(r"[A-Z]\d\d", name)] == [rule.id for rule in REGISTRY]
    rows = texts(book[RULES])
    for answer in jobs.explain_all(town, DAY):
        at = rows.index((answer.rule.id, answer.rule.title))
        parts = list(answer.parts())
        assert rows[at + 1 : at + 1 + len(parts)] == parts
    limits = [row for row in texts(book[LIMITS]) if len(row) == 3][1:]
    assert [row[1] for row in limits] == [limit.what for limit in jobs.limits(town, DAY)]


def test_a_page_begins_with_a_rule_and_its_gap() -> None:
    sheet = opened(book_of("nagasaki_shi"))[RULES]
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    broken = [each.id for each in sheet.row_breaks.brk]
    assert len(broken) > 10
    for last in broken:
        gap, head = rows[last], rows[last + 1]
        assert gap == (None, None)
        assert re.fullmatch(r"[A-Z]\d\d", str(head[0]))


def test_a_block_that_is_higher_than_a_page_has_one_of_its_own() -> None:
    assert page_breaks([(1, 10.0), (2, 500.0), (9, 10.0)], 100) == (1, 8)


def test_a_day_before_any_limit_needs_no_sheet_for_them() -> None:
    assert opened(book_of(None, date(2016, 1, 1))).sheetnames == [LIST, RULES]


# ---- the clause table


def test_the_table_has_a_row_for_each_clause_and_no_empty_answer() -> None:
    book = opened(table())
    documents = load_clauses().documents
    assert book.sheetnames == [document.sheet for document in documents]
    for document in documents:
        rows = [tuple(row) for row in book[document.sheet].iter_rows(values_only=True)]
        top = rows.index(HEADINGS)
        body = rows[top + 1 :]
        assert [str(row[0]).replace("\n", " ") for row in body] == [row.name for row in document.rows]
        assert all(row[1] and any(row[2:]) for row in body)


def test_the_table_prints_what_the_town_says_of_a_clause() -> None:
    cells = [row for row in opened(table())["長崎市の通知"].iter_rows(values_only=True) if row[0] == "3(3)\n保管と提出"]
    assert [row[4] for row in cells] == ["記録を事業所で保管しているか、市の求めにすぐ出せるかは点検しません。"]


# ---- as files


@pytest.mark.parametrize("made", [lambda: book_of("nagasaki_shi"), table], ids=["book", "table"])
def test_the_made_workbook_is_sound_and_the_same_each_time(made, tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(made())
    assert path.read_bytes() == made()
    assert lint(path) == []
    assert validate(path) == []


def test_the_command_makes_both_and_writes_nothing_over(run: Run, tmp_path: Path) -> None:
    book, made = tmp_path / "new" / "規則集.xlsx", tmp_path / "new" / "対応表.xlsx"
    assert run("rules", "--book", book, "--city", "長崎市", "--on", "2026-01-05").status == 0
    assert run("rules", "--table", made).status == 0
    assert book.read_bytes() == book_of("nagasaki_shi", date(2026, 1, 5))
    assert made.read_bytes() == table()
    for option, path in (("--book", book), ("--table", made)):
        again = run("rules", option, path)
        assert again.status == 2
        assert "すでにあります" in again.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--book", "x.pdf"], "--book には .xlsx"),
        (["--table", "x"], "--table には .xlsx"),
        (["--table", "x.xlsx", "--city", "長崎市"], "--city と --on は付けない"),
        (["--table", "x.xlsx", "--book", "y.xlsx"], "どれか1つ"),
        (["--book", "x.xlsx", "--diff", "長崎市"], "どれか1つ"),
        (["--diff", "佐世保市"], "取扱いは収録していません"),
    ],
)
def test_an_option_is_never_ignored(arguments: list[str], says: str, run: Run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("rules", *arguments)
    assert ran.status == 2
    assert says in ran.err
    assert list(tmp_path.iterdir()) == []
