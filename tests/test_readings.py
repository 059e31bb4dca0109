"""What the documents leave open: the register, who decides a reading, and a month judged otherwise."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import Run
from tests.logs import grids
from tests.shape import as_json
from tests.test_cases import CASES
from tests.workbooks import saved
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check
from zaitaku_xl.errors import LawError
from zaitaku_xl.law import Answer, Law, Source, load_draft, load_law, load_questions
from zaitaku_xl.law.library import BASE, TEXTS
from zaitaku_xl.law.library import load_law as law_of
from zaitaku_xl.law.loading import load_text
from zaitaku_xl.law.readings import Readings, resolved
from zaitaku_xl.report import Report, changes
from zaitaku_xl.rule_texts.explained import explained
from zaitaku_xl.rules import RULES
from zaitaku_xl.sheets.result_sheet import result_sheet

LAW = load_law()
QUESTIONS = load_questions()
OPEN = [question for question in QUESTIONS.values() if question.is_open_to_choice]
SOURCE = Source("電話の記録", "1", "問いへの回答", seen_on=date(2026, 11, 22))
# A single day at home on a Friday, and no evaluation that week.
SHORT = {"日報": [{"日付": "2026-01-09", "提供区分": "在宅"}], "週評価": []}
TEXT = """name = "見本市"
prefecture = "見本県"

[[reading]]
id = "A-3"
choice = "advise"
answered_by = "見本市 見本課"
answered_on = 2026-11-20
[reading.source]
document = "電話の記録"
clause   = "1"
gist     = "短い週には求めない"
seen_on  = 2026-11-22
"""
DRAFT = """name = "長崎市"
prefecture = "長崎県"

[[contacts_per_day]]
since  = 2030-04-01
asked  = 3
weight = "block"
[contacts_per_day.source]
document = "通知（案）"
clause   = "2(2)"
gist     = "一日に三回"
seen_on  = 2026-11-22
"""


def law_where(town: str, **answers: str) -> Law:
    """The law in force, with what a town has answered (A_3="advise")."""
    said = tuple(
        Answer(id.replace("_", "-"), choice, "見本課", date(2026, 11, 20), SOURCE) for id, choice in answers.items()
    )
    towns = (replace(each, answers=said) if each.id == town else each for each in LAW.towns.values())
    return Law(LAW.files, towns)


def judged(tables: Mapping[str, Any], law: Law = LAW, tried: Mapping[str, str] | None = None) -> Report:
    return check(read_log(grids(tables)), law, tried=tried)


def verdict(tables: Mapping[str, Any], law: Law = LAW, tried: Mapping[str, str] | None = None) -> str:
    return judged(tables, law, tried).days[0].verdict.value


# ---- the register


def test_the_register_holds_every_open_question_in_order() -> None:
    assert list(QUESTIONS) == [f"A-{number}" for number in range(1, 38)]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.id)
def test_a_question_has_manners(question: Any) -> None:
    assert re.search(r"(か|ません|です)。$", question.question)
    assert question.topic
    assert question.sources
    for choice in question.choices:
        assert choice.says.endswith("。")
        assert choice.words
    said = [word for choice in question.choices for word in (choice.key, *choice.words)]
    assert len(set(said)) == len(said), "two readings by one word"


def test_every_choice_is_followed_by_a_rule_and_every_rule_asks_a_question_of_the_register() -> None:
    resting = {id for rule in RULES for id in rule.questions}
    assert resting <= set(QUESTIONS)
    elsewhere = {"A-14"}  # which days are at home is settled before any rule; R06 says so
    assert {question.id for question in OPEN} - elsewhere <= resting
    assert {question.field for question in OPEN} == set(Readings.__slots__) - {"answered", "overruled", "local"}


def test_every_choice_has_a_case_that_makes_it() -> None:
    cases = tomllib.loads((CASES / "readings.toml").read_text(encoding="utf-8"))["case"]
    chosen = {(item, str(value)) for case in cases for item, value in case.get("設定", {}).items()}
    for question in OPEN:
        for choice in question.choices[1:]:
            assert any((question.id, word) in chosen for word in (choice.key, *choice.words)), choice


def test_a_town_answers_what_is_open_and_the_answer_was_seen_after_it_was_given() -> None:
    for town in LAW.towns.values():
        for answer in town.answers:
            assert answer.reading in QUESTIONS
            assert answer.source.seen_on is not None
            assert answer.answered_on <= answer.source.seen_on


# ---- who decides


def test_a_town_comes_before_the_office_and_the_office_before_the_default() -> None:
    office = SHORT | {"設定": {"A-3": "助言"}}
    strict, mild = law_where("nagasaki_shi", A_3="required"), law_where("nagasaki_shi", A_3="advise")
    assert verdict(SHORT) == "NOT_BILLABLE"
    assert verdict(office) == "BILLABLE"
    assert verdict(office, strict) == "NOT_BILLABLE"
    assert verdict(SHORT, mild) == "BILLABLE"


def test_a_town_answers_for_its_own_clients_only() -> None:
    other = SHORT | {"利用者台帳": [{"支給決定市町村": "日野市"}]}
    assert verdict(other, law_where("nagasaki_shi", A_3="advise")) == "NOT_BILLABLE"
    assert verdict(other, law_where("hino_shi", A_3="advise")) == "BILLABLE"


def test_an_office_that_reads_otherwise_than_its_town_is_told() -> None:
    made = judged(SHORT | {"設定": {"A-3": "助言"}}, law_where("nagasaki_shi", A_3="required"))
    [told] = [finding for finding in made.findings if finding.rule == "P02"]
    assert told.message == "設定のA-3の解釈は、長崎市の利用者には使いません。市町村の回答によります。"
    assert (told.weight.value, told.sheet, told.touches) == ("advise", "設定", frozenset())
    same = judged(SHORT | {"設定": {"A-3": "助言"}}, law_where("nagasaki_shi", A_3="advise"))
    assert not [finding for finding in same.findings if finding.rule == "P02"]


def test_a_town_may_settle_the_week_against_the_offices_own_week() -> None:
    saturday = {"日報": [{"日付": "2026-01-10", "提供区分": "在宅"}], "週評価": [{"実施日": "2026-01-04"}]}
    assert verdict(saturday) == "NOT_BILLABLE"
    assert verdict(saturday, law_where("nagasaki_shi", A_1="sunday")) == "BILLABLE"


def test_trying_a_reading_never_overrules_a_town() -> None:
    strict = law_where("nagasaki_shi", A_3="required")
    assert verdict(SHORT, tried={"A-3": "advise"}) == "BILLABLE"
    assert verdict(SHORT, strict, {"A-3": "advise"}) == "NOT_BILLABLE"
    assert verdict(SHORT | {"設定": {"A-3": "助言"}}, tried={"A-3": "required"}) == "NOT_BILLABLE"


def test_the_defaults_are_the_first_choices() -> None:
    plain = resolved()
    for question in OPEN:
        assert question.field
        assert getattr(plain, question.field) == question.choices[0].key


# ---- what a finding rests on


def _readings(report: Report, rule: str) -> tuple[str, ...]:
    return next(finding.readings for finding in report.findings if finding.rule == rule)


def test_a_finding_names_the_questions_it_rests_on_until_the_town_has_answered() -> None:
    assert _readings(judged(SHORT), "W01") == ("A-1", "A-4", "A-5", "A-3")
    assert _readings(judged(SHORT, law_where("nagasaki_shi", A_3="required", A_5="block")), "W01") == ("A-1", "A-4")


def test_a_week_of_two_days_does_not_rest_on_the_short_week() -> None:
    two = SHORT | {"日報": [{"日付": "2026-01-08", "提供区分": "在宅"}, {"日付": "2026-01-09", "提供区分": "在宅"}]}
    assert "A-3" not in _readings(judged(two), "W01")


def test_the_result_sheet_says_so_beside_the_source_and_the_message_does_not() -> None:
    made = judged(SHORT)
    rows = [[str(cell.value) if cell else "" for cell in row] for row in result_sheet(made).rows]
    [row] = [row for row in rows if len(row) > 5 and row[5] == "W01"]
    assert row[8].endswith("2(5)（解釈 A-1・A-3・A-4・A-5 による）")
    assert "読み方" not in row[6]
    assert "読み方" not in json.dumps(as_json(made), ensure_ascii=False)


def test_an_explanation_tells_how_an_open_question_is_read_and_by_whose_word() -> None:
    rule = next(rule for rule in RULES if rule.id == "W01")
    day = date(2026, 11, 22)
    plain = dict(explained(rule, LAW, "nagasaki_shi", day).parts())["解釈の分かれる点"]
    assert "A-3 短い週：必要とします。評価の記録がない短い週の在宅の日は、算定不可と示します。（ふだんの解釈）" in plain
    told = dict(explained(rule, law_where("nagasaki_shi", A_3="advise"), "nagasaki_shi", day).parts())
    assert "（長崎市 見本課の回答 令和8年11月20日）" in told["解釈の分かれる点"]
    none = next(rule for rule in RULES if not rule.questions)
    assert "解釈の分かれる点" not in dict(explained(none, LAW, None, day).parts())


# ---- strict reading


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "mihon_shi.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_towns_answer_is_read(write: Callable[[str], Path]) -> None:
    [answer] = load_text(write(TEXT)).answers
    assert (answer.reading, answer.choice, answer.answered_by) == ("A-3", "advise", "見本市 見本課")
    assert (answer.answered_on, answer.source.clause) == (date(2026, 11, 20), "1")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"A-3"', '"A-99"', "5行目: 解釈の一覧に「A-99」はありません"),
        ('"advise"', '"助言"', "6行目: A-3に「助言」という解釈はありません（required、advise）"),
        ("choice =", "chioce =", "6行目: 知らない項目「chioce」です"),
        ("answered_on = 2026-11-20\n", "", "5行目: 「answered_on」がありません|4行目: 「answered_on」がありません"),
        ("2026-11-20", '"2026-11-20"', "8行目: 「answered_on」の型が違います"),
        ('"見本市 見本課"', '" "', "7行目: answered_by に回答した課や係を書いてください"),
        ('gist     = "短い週には求めない"\n', "", "「gist」がありません"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_its_line(
    write: Callable[[str], Path], old: str, new: str, says: str
) -> None:
    with pytest.raises(LawError, match=says):
        load_text(write(TEXT.replace(old, new, 1)))


def test_a_question_is_answered_once(write: Callable[[str], Path]) -> None:
    again = TEXT + TEXT[TEXT.index("[[reading]]") :]
    with pytest.raises(LawError, match="「A-3」の回答が2つあります"):
        load_text(write(again))


def test_a_question_with_nothing_to_choose_is_answered_by_its_default_only(write: Callable[[str], Path]) -> None:
    fixed = TEXT.replace('"A-3"', '"A-22"')
    with pytest.raises(LawError, match="A-22に「advise」という解釈はありません（fix）"):
        load_text(write(fixed))
    assert load_text(write(fixed.replace('"advise"', '"fix"'))).answers


def test_only_a_town_answers(tmp_path: Path) -> None:
    for name in BASE:
        (tmp_path / f"{name}.toml").write_bytes((TEXTS / f"{name}.toml").read_bytes())
    with (tmp_path / "house.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + TEXT[TEXT.index("[[reading]]") :])
    with pytest.raises(LawError, match="は市町村の通知のファイルにだけ書けます"):
        law_of(tmp_path)


# ---- the commands


def test_a_question_is_explained(run: Run) -> None:
    said = run("explain", "A-3")
    assert said.status == 0
    assert said.out.startswith("A-3 短い週\n")
    for words in (
        "問い：",
        "「評価が必要」",
        "「助言」",
        "項目「A-3」",
        "まだありません。",
        "W01 週1回の評価の記録なし",
    ):
        assert words in said.out
    assert run("explain", "ａ－３").out == said.out


def test_a_question_with_nothing_to_choose_says_so(run: Run) -> None:
    assert "ほかの解釈：この版では、ほかの解釈を選べません。" in run("explain", "A-22").out


def test_a_rule_and_a_question_of_like_number_are_two_things(run: Run) -> None:
    assert run("explain", "A03").out.startswith("A03 ")
    said = run("explain", "A-99")
    assert said.status == 2
    assert "解釈「A-99」は解釈の一覧にありません" in said.err


def test_the_register_is_printed(run: Run) -> None:
    said = run("rules", "--readings")
    assert [line.split()[0] for line in said.out.splitlines()] == list(QUESTIONS)
    assert "評価が必要（ふだん）・助言" in said.out
    assert run("rules", "--readings", "--diff", "日野市").status == 2


def test_check_readings_shows_the_days_that_another_reading_changes(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", SHORT)
    said = run("check", path, "--readings")
    assert said.status == run("check", path).status == 1
    assert "A-3 短い週 「助言」: 1日の判定が変わります" in said.out
    assert "2026-01-09  算定不可 → 算定可（W01）" in said.out
    assert "A-5 評価のない週と月 「要確認」: 1日の判定が変わります" in said.out
    assert "合わせて1日です" in said.out


def test_check_readings_of_a_clean_month_finds_no_day(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]})
    said = run("check", path, "--readings")
    assert said.status == 0
    assert "合わせて0日です" in said.out


def test_check_readings_tries_the_default_where_the_office_chose_otherwise(run: Run, tmp_path: Path) -> None:
    said = run("check", saved(tmp_path / "a.xlsx", SHORT | {"設定": {"A-3": "助言"}}), "--readings")
    assert said.status == 0
    assert "A-3 短い週 「評価が必要」: 1日の判定が変わります" in said.out
    assert "A-3 短い週 「助言」" not in said.out


def test_json_is_the_same_with_readings(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", SHORT)
    for name, options in (("1.json", ()), ("2.json", ("--readings",))):
        run("check", path, "--json", tmp_path / name, *options)
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


@pytest.mark.parametrize("options", [("--readings", "--json", "-"), ("--trial", "DRAFT", "--json", "-"),
                                     ("--trial", "DRAFT", "--out", "OUT"), ("--trial", "DRAFT", "--in-place"),
                                     ("--trial", "DRAFT", "--readings")])  # fmt: skip
def test_what_cannot_go_together_is_refused(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    path, draft = saved(tmp_path / "a.xlsx", SHORT), tmp_path / "draft.toml"
    draft.write_text(DRAFT, encoding="utf-8")
    before = path.read_bytes()
    places = {"DRAFT": draft, "OUT": tmp_path / "out"}
    said = run("check", path, *(places.get(option, option) for option in options))
    assert (said.status, said.out) == (2, "")
    assert said.err
    assert path.read_bytes() == before
    assert not (tmp_path / "out").exists()


# ---- a draft notice


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.toml"
    path.write_text(DRAFT, encoding="utf-8")
    return path


TWO_CLIENTS = {
    "利用者台帳": [{}, {"氏名": "海 次郎", "受給者証番号": "0000000002", "支給決定市町村": "日野市"}],
    "日報": [
        {"日付": "2026-01-06", "提供区分": "在宅"},
        {"氏名": "海 次郎", "日付": "2026-01-06", "提供区分": "在宅"},
        {"氏名": "海 次郎", "日付": "2026-01-08", "提供区分": "通所"},
        {"日付": "2026-01-08", "提供区分": "通所"},
    ],
}


def test_a_draft_changes_the_days_of_its_own_town_whatever_its_dates(draft: Path) -> None:
    law, _ = load_draft(draft, LAW)
    found = changes(judged(TWO_CLIENTS), judged(TWO_CLIENTS, law))
    [day] = found.days
    assert (day.client, day.before.value, day.after.value, day.rules) == (
        "山田 花子", "BILLABLE", "NOT_BILLABLE", ("D01",),
    )  # fmt: skip
    assert list(found.rules) == ["D01"]
    was, now = found.rules["D01"]
    assert (was.total(), now["block"]) == (0, 1)


def test_what_a_draft_does_not_speak_of_stays_as_the_town_asks_it(draft: Path) -> None:
    law, town = load_draft(draft, LAW)
    today = date(2026, 11, 22)
    now, then = (each.on("nagasaki_shi", None, today) for each in (LAW, law))
    assert town.id == "nagasaki_shi"
    assert {name for name in now if now[name] is not then[name]} == {"contacts_per_day"}
    assert then.keys() == now.keys()


def test_the_last_words_of_a_draft_are_tried(draft: Path) -> None:
    later = DRAFT[DRAFT.index("[[") :].replace("2030", "2031").replace("asked  = 3", "asked  = 2")
    draft.write_text(DRAFT + "\n" + later, encoding="utf-8")
    law, _ = load_draft(draft, LAW)
    assert law.on("nagasaki_shi", None, date(2026, 1, 6))["contacts_per_day"].asked == 2


def test_a_draft_may_answer_an_open_question(draft: Path) -> None:
    draft.write_text(DRAFT.split("[[", maxsplit=1)[0] + TEXT[TEXT.index("[[reading]]") :], encoding="utf-8")
    assert verdict(SHORT, load_draft(draft, LAW)[0]) == "BILLABLE"


def test_check_trial_counts_by_verdict_and_rule_and_lists_the_days(run: Run, draft: Path, tmp_path: Path) -> None:
    said = run("check", saved(tmp_path / "a.xlsx", TWO_CLIENTS), "--trial", draft)
    assert said.status == 0  # of the law in force
    for words in (
        "長崎市の人 1人。判定の変わる日 1日",
        "算定可 → 算定不可  1日",
        "2026-01-06  算定可 → 算定不可（D01）",
    ):
        assert words in said.out
    assert re.search(r"D01 連絡の回数不足 +なし → 算定不可 1件", said.out)


def test_a_draft_that_changes_nothing_says_so(run: Run, draft: Path, tmp_path: Path) -> None:
    draft.write_text(DRAFT.replace("asked  = 3", "asked  = 2"), encoding="utf-8")
    said = run("check", saved(tmp_path / "a.xlsx", TWO_CLIENTS), "--trial", draft)
    assert "判定の変わる日 0日" in said.out
    assert "件数の変わる点検項目はありません。" in said.out


def test_a_draft_of_a_town_we_do_not_hold_serves_clients_without_one_through_city(
    run: Run, draft: Path, tmp_path: Path
) -> None:
    draft.write_text(DRAFT.replace("長崎市", "佐世保市"), encoding="utf-8")
    path = saved(tmp_path / "a.xlsx", TWO_CLIENTS | {"列なし": ["利用者台帳.支給決定市町村"]})
    assert "佐世保市の人がいないため、比べるものがありません。" in run("check", path, "--trial", draft).out
    said = run("check", path, "--trial", draft, "--city", "佐世保市")
    assert "佐世保市の人 2人。判定の変わる日 2日" in said.out
    assert run("check", path, "--city", "佐世保市").status == 2


def test_a_draft_judges_several_files_by_several_workers(run: Run, draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    for number, name in enumerate(("a.xlsx", "b.xlsx"), 1):
        saved(folder / name, TWO_CLIENTS | {"設定": {"事業所番号": f"421000000{number}"}})
    said = run("check", folder, "--trial", draft, "--jobs", 2)
    assert "長崎市の人 2人。判定の変わる日 2日" in said.out
    assert said.out.count("2026-01-06  算定可 → 算定不可（D01）") == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('prefecture = "長崎県"\n', "", "draft.toml 1行目: 「prefecture」がありません"),
        ("contacts_per_day", "contacts_a_day", "draft.toml 4行目: 知らない要件「contacts_a_day」です"),
        ("weight =", "wieght =", "draft.toml 7行目: 知らない項目「wieght」です"),
        ('name = "長崎市"', 'name = "長崎市', "draft.toml: TOMLとして読み取れません"),
    ],
)
def test_a_draft_is_read_as_strictly_as_a_text(
    run: Run, draft: Path, tmp_path: Path, old: str, new: str, says: str
) -> None:
    draft.write_text(DRAFT.replace(old, new), encoding="utf-8")
    said = run("check", saved(tmp_path / "a.xlsx", SHORT), "--trial", draft)
    assert (said.status, said.out) == (2, "")
    assert says in said.err


def test_a_draft_in_another_encoding_is_named(run: Run, draft: Path, tmp_path: Path) -> None:
    draft.write_text(DRAFT, encoding="cp932")
    said = run("check", saved(tmp_path / "a.xlsx", SHORT), "--trial", draft)
    assert (said.status, said.err) == (
        2,
        "draft.toml: UTF-8の文章として読み取れません。UTF-8で保存し直してください。\n",
    )


def test_readings_beside_a_marked_copy_mark_by_the_reading_in_use(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "in" / "a.xlsx", SHORT)
    said = run("check", path, "--readings", "--out", tmp_path / "out")
    assert "1日の判定が変わります" in said.out
    sheet = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")["点検結果"]
    assert any("W01" in [cell.value for cell in row] for row in sheet.iter_rows())
