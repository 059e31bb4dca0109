"""Law texts are read strictly, hold from their first day on, and answer to a town's own names only."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaitaku_xl.errors import LawError
from zaitaku_xl.law import Clause, load_law
from zaitaku_xl.law.clause import Source
from zaitaku_xl.law.library import BASE
from zaitaku_xl.law.loading import load_text
from zaitaku_xl.law.local import ASKERS, local_of
from zaitaku_xl.law.municipalities import municipalities
from zaitaku_xl.law.shapes import measured, misshapen
from zaitaku_xl.model import Service

LAW = load_law()
DAY = timedelta(days=1)
TOWNS = [None, *LAW.towns]
CLAUSE = """[[contacts_per_day]]
since  = 2026-01-01
asked  = 2
weight = "block"
[contacts_per_day.source]
document = "在宅利用の手引き"
clause   = "2(2)"
gist     = "一日に二回"
seen_on  = 2026-11-22
"""
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "mihon_shi.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


# ---- strict reading


def test_a_text_in_order_is_read(write: Write) -> None:
    [clause] = load_text(write(CLAUSE)).clauses["contacts_per_day"]
    assert (clause.since, clause.asked, clause.weight, clause.text) == (date(2026, 1, 1), 2, "block", "mihon_shi")
    assert clause.source.clause == "2(2)"


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (CLAUSE.replace("weight =", "wieght ="), 4),
        (CLAUSE.replace("gist     =", "summary  ="), 8),
        (CLAUSE.replace('weight = "block"', 'weight = "heavy"'), 4),
        (CLAUSE.replace('weight = "block"\n', ""), 2),
        (CLAUSE.replace("since  = 2026-01-01", 'since  = "2026-01-01"'), 2),
        (CLAUSE.replace("since  = 2026-01-01", "since  = 2026-01-01T00:00:00"), 2),
        (CLAUSE.replace("seen_on  = 2026-11-22", "seen_on  = 2026"), 9),
        (CLAUSE.replace('clause   = "2(2)"', "clause   = 2"), 7),
        (CLAUSE + CLAUSE.replace("2026-01-01", "2025-12-31"), 11),
        ("nmae = \"見本市\"\n" + CLAUSE, 1),
    ],
    ids=[
        "unknown key", "unknown key of the source", "weight nobody knows", "no weight", "since as text", "since with a time",
        "seen_on as a number", "clause as a number", "dates out of order", "unknown key of the header",
    ],
)  # fmt: skip
def test_what_is_not_a_text_of_ours_is_refused_with_file_and_line(write: Write, wrong: str, line: int) -> None:
    with pytest.raises(LawError, match=rf"^mihon_shi\.toml {line}行目: "):
        load_text(write(wrong))


@pytest.mark.parametrize("key", ["since", "asked"])
def test_a_clause_without_what_it_needs_is_refused(write: Write, key: str) -> None:
    lacking = "\n".join(line for line in CLAUSE.splitlines() if not line.startswith(key))
    with pytest.raises(LawError, match=f"mihon_shi.toml .*行目: 「{key}」がありません"):
        load_text(write(lacking))


@pytest.mark.parametrize("key", ["document", "clause", "gist", "seen_on"])
def test_a_source_without_what_it_needs_is_refused(write: Write, key: str) -> None:
    lacking = "\n".join(line for line in CLAUSE.splitlines() if not line.startswith(f"{key} "))
    with pytest.raises(LawError, match=f"mihon_shi.toml .*行目: 「{key}」がありません"):
        load_text(write(lacking))


def test_a_clause_without_a_source_is_refused(write: Write) -> None:
    with pytest.raises(LawError, match="「source」がありません"):
        load_text(write(CLAUSE.split("[contacts_per_day.source]", maxsplit=1)[0]))


def test_what_is_no_toml_is_refused_by_name(write: Write) -> None:
    with pytest.raises(LawError, match=r"^mihon_shi\.toml: TOMLとして読み取れません"):
        load_text(write("[[contacts_per_day]\n"))


def test_nothing_asked_from_a_day_on_needs_no_weight(write: Write) -> None:
    ended = CLAUSE + CLAUSE.replace("2026-01-01", "2027-04-01").replace("= 2\n", "= false\n").replace(
        'weight = "block"\n', ""
    )
    assert [clause.asked for clause in load_text(write(ended)).clauses["contacts_per_day"]] == [2, False]


def _folder(write: Write, town: str) -> Path:
    path = write(town)
    for name in BASE:
        (path.parent / f"{name}.toml").write_text(CLAUSE, encoding="utf-8")
    return path.parent


HEADER = 'name = "見本市"\nprefecture = "見本県"\n'


def test_a_town_asks_only_what_some_base_text_knows(write: Write) -> None:
    town = HEADER + "\n" + CLAUSE.replace("contacts_per_day", "contacts_a_day")
    with pytest.raises(LawError, match=r"^mihon_shi\.toml 4行目: 知らない要件「contacts_a_day」"):
        load_law(_folder(write, town))


@pytest.mark.parametrize(
    "asked", ["true", "0", "-1", "2.5", '"二"', "[2]", "[]", "2026-01-01"], ids=lambda asked: f"asked = {asked}"
)
def test_a_town_asks_for_the_kind_of_thing_that_the_base_texts_ask_for(write: Write, asked: str) -> None:
    town = HEADER + CLAUSE.replace("asked  = 2", f"asked  = {asked}")
    with pytest.raises(LawError, match=r"^mihon_shi\.toml 5行目: 「contacts_per_day」の asked は 1以上の整数"):
        load_law(_folder(write, town))


@pytest.mark.parametrize("requirement", ["contacts_per_day", "weekly_commutes"])
def test_the_measure_of_the_house_is_lent_only_where_it_has_one(write: Write, requirement: str) -> None:
    clause = CLAUSE.replace("contacts_per_day", requirement)
    folder = _folder(write, HEADER + clause.replace("asked  = 2", 'asked  = "house"'))
    if requirement == "contacts_per_day":
        [lent] = load_law(folder).towns["mihon_shi"].clauses[requirement]
        assert (lent.asked, lent.text) == (2, "mihon_shi")
    else:
        (folder / "national.toml").write_text(CLAUSE + clause, encoding="utf-8")
        with pytest.raises(LawError, match="「weekly_commutes」の asked は "):
            load_law(folder)


def test_a_measure_of_the_house_that_changes_changes_where_it_is_lent() -> None:
    source = Source("在宅点検の目安", "1", "要旨")
    ours = [
        Clause("notice", date(year, 1, 1), days, "advise", source, "house") for year, days in ((2015, 60), (2027, 90))
    ]
    town = Clause("notice", date(2026, 1, 1), "house", "fix", source, "mihon_shi")
    lent = measured({"notice": (town,)}, {"notice": tuple(ours)})["notice"]
    assert [(each.since.year, each.asked, each.weight) for each in lent] == [(2026, 60, "fix"), (2027, 90, "fix")]


@pytest.mark.parametrize(
    ("asked", "kind", "right"),
    [
        (True, bool, True), (False, bool, True), (1, bool, False), ("はい", bool, False),
        (3, int, True), (False, int, True), (True, int, False), (0, int, False),
        ("在宅支援", str, True), (" ", str, False), (["在宅支援"], str, False), (True, str, False),
        (["訪問", "通所"], list, True), ([], list, False), (["訪問", ""], list, False), (["訪問", "訪問"], list, False),
        ("訪問", list, False), ([1], list, False), (False, list, True), (True, list, False),
    ],
)  # fmt: skip
def test_of_each_kind_both_sides(asked: object, kind: type, right: bool) -> None:
    assert (misshapen(asked, kind) is None) is right


def test_what_is_advised_is_of_the_same_kind(write: Write) -> None:
    town = HEADER + CLAUSE.replace("asked  = 2", 'asked  = 2\nadvised = "三"')
    with pytest.raises(LawError, match=r"^mihon_shi\.toml 6行目: 「contacts_per_day」の advised は "):
        load_law(_folder(write, town))


@pytest.mark.parametrize("services", ['["就労移行"]', "[]", '["就労移行支援", "生活介護"]'])
def test_a_clause_names_services_that_there_are(write: Write, services: str) -> None:
    town = HEADER + CLAUSE.replace("asked  = 2", f"services = {services}\nasked  = 2")
    with pytest.raises(LawError, match=r"^mihon_shi\.toml 5行目: services は "):
        load_law(_folder(write, town))


def test_one_town_has_one_text(write: Write) -> None:
    folder = _folder(write, HEADER + CLAUSE)
    (folder / "mihon_shi_2.toml").write_text(HEADER + CLAUSE, encoding="utf-8")
    with pytest.raises(LawError, match=r"^mihon_shi_2\.toml: 見本県見本市は mihon_shi\.toml にもあります"):
        load_law(folder)


@pytest.mark.parametrize("key", ["name", "prefecture"])
def test_a_town_says_its_name_and_prefecture(write: Write, key: str) -> None:
    header = "\n".join(line for line in HEADER.splitlines() if not line.startswith(key)) + "\n"
    with pytest.raises(LawError, match=rf"^mihon_shi\.toml 1行目: 「{key}」がありません"):
        load_law(_folder(write, header + CLAUSE))


def test_a_transition_holds_no_unknown_key(write: Write) -> None:
    town = HEADER + "[transition]\nterms_ending = 2025-12-31\n" + CLAUSE
    with pytest.raises(LawError, match=r"^mihon_shi\.toml: \[transition\]"):
        load_law(_folder(write, town))


# ---- from its first day on


@given(st.sampled_from(TOWNS), st.sampled_from(list(Service)), st.dates(date(2010, 1, 1), date(2040, 12, 31)))
def test_what_is_asked_has_begun_and_is_the_latest_to_have_begun(town: str | None, service: Service, day: date) -> None:
    text = LAW.on(town, service, day)
    for requirement, clause in text.items():
        assert clause.requirement == requirement
        assert clause.since <= day
        assert clause.concerns(service)


def _clauses() -> list[tuple[str | None, Clause]]:
    own = [(town.id, clause) for town in LAW.towns.values() for same in town.clauses.values() for clause in same]
    national = {
        id(c): c
        for s in Service
        for d in (date(2015, 4, 1), date(2021, 4, 1), date(2040, 1, 1))
        for c in LAW.on(None, s, d).values()
    }
    return [*own, *((None, clause) for clause in national.values())]


@given(st.sampled_from(_clauses()), st.sampled_from(list(Service)))
def test_a_clause_begins_on_its_first_day_and_not_the_day_before(
    held: tuple[str | None, Clause], service: Service
) -> None:
    town, clause = held
    if clause.concerns(service):
        first = LAW.on(town, service, clause.since).get(clause.requirement)
        assert first is clause or (first is not None and first.text != clause.text), "or a nearer text speaks"
        assert LAW.on(town, service, clause.since - DAY).get(clause.requirement) is not clause


def test_the_day_nagasaki_begins() -> None:
    before, after = (LAW.on("nagasaki_shi", Service.TYPE_B, day) for day in (date(2025, 12, 31), date(2026, 1, 1)))
    assert (before["remark_token"].weight, after["remark_token"].weight) == ("advise", "fix")
    assert (before["approval_office"].weight, after["approval_office"].weight) == ("undecided", "block")
    assert before["contacts_per_day"].text == "national"


def test_the_handbook_ends_where_the_national_text_begins_and_serves_one_service() -> None:
    before, after = date(2021, 3, 31), date(2021, 4, 1)
    assert LAW.on(None, Service.TRANSITION, before)["weekly_methods"].asked == ["訪問", "通所"]
    assert LAW.on(None, Service.TRANSITION, after)["weekly_methods"].asked == ["訪問", "通所", "電話", "ICT"]
    assert not LAW.covers(LAW.on(None, Service.TYPE_B, before))
    assert LAW.covers(LAW.on(None, Service.TYPE_B, after))


@given(st.sampled_from(TOWNS), st.sampled_from(list(Service)), st.dates(date(2021, 4, 1), date(2040, 12, 31)))
def test_every_requirement_of_home_use_has_one_answer(town: str | None, service: Service, day: date) -> None:
    """The conditions that both sources state; what only some texts ask is looked at text by text elsewhere."""
    asked = LAW.on(town, service, day)
    for requirement in (
        "contacts_per_day", "daily_log", "weekly_review", "weekly_methods", "monthly_review", "monthly_methods", "monthly_place",
        "approval", "approval_office", "remark_token", "no_other_service", "arrival_minutes", "readable", "available",
    ):  # fmt: skip
        assert requirement in asked
    assert LAW.on(town, service, day) is asked, "one object for every day of one stretch"


# ---- whose text it is


@pytest.mark.parametrize(
    "typed", ["長崎市", "長崎県長崎市", "長崎県 長崎市", "　長崎市　", "nagasaki_shi", "ｎａｇａｓａｋｉ＿ｓｈｉ"]
)
def test_a_town_is_known_by_its_name_with_and_without_its_prefecture(typed: str) -> None:
    found = LAW.town(typed)
    assert found is not None
    assert found.id == "nagasaki_shi"


@pytest.mark.parametrize(
    "typed",
    [
        "佐世保市",
        "長崎",
        "長崎県",
        "新長崎市",
        "nagasaki",
        "長崎県諫早市",
        "長埼市役所",
        "422045",
        "",
        None,
        "佐賀県長崎市",
        "長崎市、諫早市",
    ],
)
def test_a_town_we_hold_no_text_for_is_none(typed: str | None) -> None:
    assert LAW.town(typed) is None


WRITTEN = [
    "長崎市役所",
    "422011",
    "42201",
    "長﨑市",
    "長崎県長崎市",
    "長崎市福祉事務所",
    "長崎市障害福祉課",
    "長崎市長",
    "長 崎 市\u200e",
    "長崎市（障害福祉課）",
]


@pytest.mark.parametrize("typed", WRITTEN)
def test_a_town_is_known_by_its_number_its_offices_and_variants_of_its_characters(typed: str) -> None:
    found = LAW.town(typed)
    assert found is not None
    assert found.id == "nagasaki_shi"


@pytest.mark.parametrize(
    "typed",
    ["長埼市", "長崎", "長崎県", "長崎氏", "長埼市役所", "佐賀県長崎市", "長崎市、諫早市", "長崎県長埼市", "新長崎市"],
)
def test_a_slip_in_a_towns_name_is_that_town_perhaps(typed: str) -> None:
    found = LAW.likely_town(typed)
    assert found is not None
    assert found.id == "nagasaki_shi"


@pytest.mark.parametrize(
    "typed", ["諫早市", "長崎県諫早市", "行田市", "日高市", "長崎市", "京都市中京区役所", "", None]
)
def test_a_municipality_is_itself_however_near_another_lies(typed: str | None) -> None:
    assert LAW.likely_town(typed) is None


def test_a_ward_of_a_large_city_is_the_city() -> None:
    assert [
        town.id if (town := LAW.town(typed)) else None for typed in ("京都市中京区", "京都府京都市中京区役所", "京都市")
    ] == ["kyoto_shi"] * 3


def test_the_list_of_municipalities_is_whole_and_every_number_proves_itself() -> None:
    every = municipalities()
    assert len(every) == len({place.whole_name for place in every}) == 1741
    assert len({place.prefecture for place in every}) == 47
    for place in every:
        weighed = sum(int(digit) * weight for digit, weight in zip(place.code[:5], range(6, 1, -1), strict=True))
        assert int(place.code[5]) == (11 - weighed % 11) % 10, place
    invented = "見本県"  # the sample of CONTRIBUTING is nowhere in Japan
    held = {town.prefecture + town.name for town in LAW.towns.values() if town.prefecture != invented}
    assert held <= {place.whole_name for place in every}


def test_no_name_means_two_towns() -> None:
    spoken = [name for town in LAW.towns.values() for name in (town.id, town.name, town.prefecture + town.name)]
    assert len(spoken) == len(set(spoken))
    for town in LAW.towns.values():
        assert [other.id for other in LAW.towns.values() if other.is_meant_by(town.name)] == [town.id]


# ---- how a town is called, and what it calls its papers

_OWN = 'name = "見本市"\nprefecture = "見本県"\n[words]\nproof = "決定通知書（様式5）"\n' + CLAUSE


def test_a_towns_own_words_stand_for_those_we_use_for_any(write: Write) -> None:
    file = load_text(write(_OWN))
    local = local_of(file.header["name"], file.header["words"])
    assert local.filled("{town}の{proof}と{papers}") == "見本市の決定通知書（様式5）と市町村が求める書類"
    assert file.clauses["contacts_per_day"][0].asker == "見本市"


def test_a_town_may_name_only_words_that_a_sentence_asks_for(write: Write) -> None:
    with pytest.raises(LawError, match="知らない項目「stamp」"):
        load_text(write(_OWN.replace("proof", "stamp")))
    with pytest.raises(LawError, match="「proof」の型が違います"):
        load_text(write(_OWN.replace('"決定通知書（様式5）"', "5")))


def test_who_asks_is_told_of_every_clause() -> None:
    clauses = [clause for file in LAW.files for its in file.clauses.values() for clause in its]
    assert {clause.asker for clause in clauses} == set(ASKERS.values())
    for town in LAW.towns.values():
        assert {clause.asker for its in town.clauses.values() for clause in its} <= {town.name}
        assert town.local.town == town.name
