"""Every town's text: it loads, it says something, and only what differs; what no rule reads is said as a limit."""

from datetime import date
from pathlib import Path

import pytest

from zaitaku_xl.errors import LawError
from zaitaku_xl.law import Clause, Town, load_law
from zaitaku_xl.law.library import TEXTS
from zaitaku_xl.law.loading import load_text
from zaitaku_xl.model import Service

LAW = load_law()
TOWNS = list(LAW.towns.values())
COMPARED = date(2026, 11, 22)
WITHOUT_NATIONAL = "nagasaki_shi"  # its notice states every condition itself
NAMES = [
    "長崎市", "平戸市", "八代市", "日田市", "日立市", "日野市", "豊岡市", "熊谷市", "大淀町", "京都市", "豊島区", "忠岡町", "市川市",
    "成田市", "袖ケ浦市", "豊中市", "岡崎市", "八街市", "坂戸市", "我孫子市", "取手市", "柏原市", "米沢市",
]  # fmt: skip
each_town = pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.id)


def test_the_towns_are_those_of_the_domain() -> None:
    assert sorted(town.name for town in TOWNS) == sorted(NAMES)


@each_town
def test_a_town_says_something_and_says_it_for_itself(town: Town) -> None:
    clauses = [clause for same in town.clauses.values() for clause in same]
    assert clauses
    assert town.limits
    for said in (*clauses, *town.limits):
        source = said.source
        assert source.seen_on is not None
        assert source.seen_on <= COMPARED
        assert town.id == WITHOUT_NATIONAL or "ページの一部だけを確認" in (source.note or "")
        assert town.id == WITHOUT_NATIONAL or source.document.startswith(town.name)


@each_town
def test_a_day_of_force_that_nobody_knows_is_marked(town: Town) -> None:
    for clause in (clause for same in town.clauses.values() for clause in same):
        source = clause.source
        known = town.id in ("nagasaki_shi", "hirado_shi", "yatsushiro_shi")
        assert known or "適用日不明" in (source.note or "")
        assert source.issued is None or source.issued <= clause.since


@each_town
def test_a_town_states_only_what_it_asks_differently(town: Town) -> None:
    """Approval is the town's own act: there the difference is when billing may begin, which only the gist says."""
    if town.id == WITHOUT_NATIONAL:
        return
    for clause in (clause for same in town.clauses.values() for clause in same):
        for service in Service:
            national = LAW.on(None, service, clause.since).get(clause.requirement)
            assert national is None or _differs(clause, national), clause.requirement


def _differs(clause: Clause, national: Clause) -> bool:
    if clause.requirement == "approval":
        return clause.source.gist != national.source.gist
    return (clause.asked, clause.weight) != (national.asked, national.weight)


def test_two_towns_want_the_monthly_evaluation_at_the_office_and_one_a_commute_a_week() -> None:
    def asked(requirement: str) -> dict[str, object]:
        return {town.id: town.clauses[requirement][-1].asked for town in TOWNS if requirement in town.clauses}

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
        return {limit.text for limit in LAW.limits(town, COMPARED) if limit.requirement == "daily_log"}

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
    assert load_law(tmp_path).limits("mihon_shi", COMPARED)[0] == limit


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
