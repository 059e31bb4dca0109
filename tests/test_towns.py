"""Every town's text: it loads, it says something, and only what differs; what no rule reads is said as a limit."""

from datetime import date
from pathlib import Path

import pytest

from tests.command import Run
from zaitaku_xl.errors import LawError
from zaitaku_xl.law import Clause, Source, Town, load_law
from zaitaku_xl.law.library import BASE, TEXTS
from zaitaku_xl.law.loading import load_text
from zaitaku_xl.model import Service

LAW = load_law()
TOWNS = list(LAW.towns.values())
SURVEYED = date(2026, 11, 22)  # the day on which the pages of the first towns were read
WITHOUT_NATIONAL = "nagasaki_shi"  # its notice states every condition itself
_FIRST_TOWNS = """
    長崎市 平戸市 八代市 日田市 日立市 日野市 豊岡市 熊谷市 大淀町 京都市 豊島区 忠岡町 市川市 成田市 袖ケ浦市 豊中市 岡崎市 八街市
    坂戸市 我孫子市 取手市 柏原市 米沢市
"""
FIRST_TOWNS = frozenset(_FIRST_TOWNS.split())
each_town = pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.id)


def test_every_text_that_is_not_a_base_is_a_town() -> None:
    texts = {path.stem for path in TEXTS.glob("*.toml")}
    assert {town.id for town in TOWNS} == texts - set(BASE)


def test_no_town_was_lost() -> None:
    assert {town.name for town in TOWNS} >= FIRST_TOWNS


def clauses_of(town: Town) -> list[Clause]:
    return [clause for same in town.clauses.values() for clause in same]


def sources_of(town: Town) -> list[Source]:
    return [said.source for said in (*clauses_of(town), *town.limits, *town.answers)]


@each_town
def test_a_town_says_something_and_nobody_read_it_before_it_was_issued(town: Town) -> None:
    assert sources_of(town)
    for source in sources_of(town):
        assert source.seen_on is not None
        assert source.issued is None or source.issued <= source.seen_on


@each_town
def test_what_the_survey_saw_is_the_towns_own_page_and_says_that_it_was_seen_in_part(town: Town) -> None:
    if town.id == WITHOUT_NATIONAL:
        return
    assert town.limits or town.name not in FIRST_TOWNS
    for source in sources_of(town):
        if source.seen_on == SURVEYED:
            assert "ページの一部だけを確認" in (source.note or "")
            assert source.document.startswith(town.name)


@each_town
def test_a_day_of_force_that_the_survey_did_not_find_is_marked(town: Town) -> None:
    found_by_the_survey = town.id in ("nagasaki_shi", "hirado_shi", "yatsushiro_shi")
    for clause in clauses_of(town):
        source = clause.source
        if source.seen_on == SURVEYED and not found_by_the_survey:
            assert "適用日不明" in (source.note or "")
        assert source.issued is None or source.issued <= clause.since


@each_town
def test_a_town_states_only_what_it_asks_differently(town: Town) -> None:
    """Approval is the town's own act: there the difference is when billing may begin, which only the gist says."""
    if town.id == WITHOUT_NATIONAL:
        return
    for clause in clauses_of(town):
        for service in Service:
            national = LAW.on(None, service, clause.since).get(clause.requirement)
            assert national is None or _differs(clause, national), clause.requirement


def _differs(clause: Clause, national: Clause) -> bool:
    if clause.requirement == "approval":
        return clause.source.gist != national.source.gist
    return (clause.asked, clause.weight) != (national.asked, national.weight)


def test_of_the_first_towns_two_want_the_monthly_evaluation_at_the_office_and_one_a_commute_a_week() -> None:
    first = [town for town in TOWNS if town.name in FIRST_TOWNS]

    def asked(requirement: str) -> dict[str, object]:
        return {town.id: town.clauses[requirement][-1].asked for town in first if requirement in town.clauses}

    assert asked("weekly_commutes") == {"hino_shi": 1}
    assert LAW.towns["hino_shi"].clauses["weekly_commutes"][0].weight == "advise"
    places = {name: place for name, place in asked("monthly_place").items() if name != WITHOUT_NATIONAL}
    assert places == {"okazaki_shi": ["事業所"], "yachimata_shi": ["事業所"]}


@pytest.mark.parametrize(
    ("typed", "town"),
    [
        ("長崎県 長崎市", "nagasaki_shi"),
        ("袖ヶ浦市", "sodegaura_shi"),
        ("千葉県袖ケ浦市", "sodegaura_shi"),
        ("吉野郡大淀町", "oyodo_cho"),
        ("奈良県吉野郡大淀町", "oyodo_cho"),
        ("京都府京都市", "kyoto_shi"),
        ("福岡県大淀町", None),
        ("新長崎市", None),
        ("柏市", None),
        ("", None),
    ],
)
def test_a_town_is_known_by_the_ways_people_write_it(typed: str, town: str | None) -> None:
    found = LAW.town(typed)
    assert (found.id if found else None) == town


# ---- limits


def test_a_limit_begins_on_its_first_day() -> None:
    before, first = (LAW.limits("hino_shi", day) for day in (date(2025, 10, 7), date(2025, 10, 8)))
    assert not any(limit.text == "hino_shi" for limit in before)
    assert sum(limit.text == "hino_shi" for limit in first) == len(LAW.towns["hino_shi"].limits)


def test_on_one_requirement_a_towns_limit_stands_for_the_national_one() -> None:
    def kept(town: str | None) -> set[str]:
        return {limit.text for limit in LAW.limits(town, SURVEYED) if limit.requirement == "daily_log"}

    assert kept(None) == {"national"}
    assert kept("hitachi_shi") == {"hitachi_shi"}
    assert kept("hino_shi") == {"national"}


_LIMIT = """
[[limit]]
what  = "印字は見ません。"
since = 2026-01-01
requirement = "approval"
[limit.source]
document = "通知"
clause   = "3(2)"
gist     = "受給者証に印字する"
seen_on  = 2026-11-22
"""


def _town_text(folder: Path, text: str) -> Path:
    for name in ("national", "national_2015", "house"):
        (folder / f"{name}.toml").write_bytes((TEXTS / f"{name}.toml").read_bytes())
    path = folder / "mihon_shi.toml"
    path.write_text(f'name = "見本市"\nprefecture = "見本県"\n{text}', encoding="utf-8")
    return path


def test_a_limit_is_read(tmp_path: Path) -> None:
    (limit,) = load_text(_town_text(tmp_path, _LIMIT)).limits
    assert limit.words == "印字は見ません。（通知 3(2)）"
    assert load_law(tmp_path).limits("mihon_shi", SURVEYED)[0] == limit


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("what  =", "that  =", 5, "知らない項目「that」"),
        ("印字は見ません。", "印字", 5, "「。」で終わる文"),
        ("since = 2026-01-01\n", "", 4, "「since」がありません"),
        ("2026-01-01", '"いつか"', 6, "「since」の型が違います"),
        ('"approval"', '"approvals"', 7, "知らない要件「approvals」"),
        ('gist     = "受給者証に印字する"\n', "", 6, "「gist」がありません"),
    ],
)
def test_a_limit_is_read_strictly(right: str, wrong: str, line: int, says: str, tmp_path: Path) -> None:
    assert right in _LIMIT
    _town_text(tmp_path, _LIMIT.replace(right, wrong))
    with pytest.raises(LawError) as raised:
        load_law(tmp_path)
    assert str(raised.value).startswith(f"mihon_shi.toml {line}行目: ")
    assert says in str(raised.value)


@pytest.mark.parametrize("command", [["explain", "W01"], ["rules"]], ids=" ".join)
def test_of_a_town_without_a_text_the_national_one_is_told(command: list[str], run: Run) -> None:
    ran = run(*command, "--city", "諫早市")
    national = run(*command)
    assert ran.status == 0
    assert "諫早市の取扱いは収録していません" in ran.out
    assert ran.out.endswith(national.out)


def test_a_slip_in_a_town_that_is_held_is_asked_about(run: Run) -> None:
    ran = run("explain", "W01", "--city", "長﨑氏")
    assert (ran.status, "長崎市" in ran.err) == (2, True)
