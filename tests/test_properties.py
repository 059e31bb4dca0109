"""What holds for every month, however it was written: drawn by hypothesis, the same examples in every run."""

from collections import Counter
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.logs import TWO_CONTACTS, Row, grids, report
from tests.months import month_of
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check
from zaitaku_xl.finding import Verdict, Weight
from zaitaku_xl.law import Clause, Law, Source, Town, load_law, load_text
from zaitaku_xl.law.library import BASE, TEXTS
from zaitaku_xl.model import Month, Service
from zaitaku_xl.report import Report
from zaitaku_xl.sentence import Kind, Piece

WORSE = {Verdict.NOT_HOME: 0, Verdict.BILLABLE: 0, Verdict.CHECK: 1, Verdict.NOT_BILLABLE: 2}
TOWNS = [town.name for town in load_law().towns.values()]
SERVICES = [service.value for service in Service]
JANUARY = Month(2026, 1)
ONE_MORE = "{} 電話 助言 追加の助言 田中"
Draw = st.DrawFn


def quick(examples: int) -> settings:
    return settings(
        derandomize=True, database=None, deadline=None, max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip


# ---- months as offices write them

CONTACTS = st.lists(
    st.sampled_from(
        (*TWO_CONTACTS, "9:00 電話 欠席連絡 本日休みます 佐藤", "10:00 メール - 体調の確認 佐藤", "10:30 電話 - 今日は休みます 佐藤",
         "- 電話 助言 手順の助言 佐藤", "11:00 電話 事務連絡 書類の件 佐藤", "9.3 電話 進捗確認 進み具合 佐藤",
         "13:00 電話 #N/A 作業の確認 佐藤", "14:00 ビデオ 進捗確認 - 佐藤", "14:30 電話 相談 悩みの相談 -")
    ),
    max_size=5,
)  # fmt: skip
HELD = st.sampled_from(
    ("2026-01-06", "2026-01-08", "2026-01-14", "2026-01-20", "2026-01-26", "2026-02-02", "1/9", None)
)
METHODS = st.sampled_from(("電話", "通所", "訪問", "ビデオ", "チャット", "その他", "#N/A", None))


@st.composite
def written(draw: Draw, rows: bool = True, evaluations: bool = True) -> dict[str, Any]:
    """A month of one client with blanks, doubtful cells and odd contacts in *rows*, and with doubtful *evaluations*."""
    tables = month_of(draw(st.sampled_from(["長崎市", "日野市", "岡崎市", "三島市"])), SERVICES[2], JANUARY)
    if rows:
        for row in draw(st.lists(st.sampled_from(tables["日報"]), min_size=3, max_size=9, unique_by=id)):
            if row["提供区分"] == "在宅":
                row["連絡"] = draw(CONTACTS)
            row.update(draw(st.sampled_from(ODD_ROWS)))
        tables["予定"] = [_planned(row, draw(st.integers(0, 9))) for row in tables["日報"]]
        tables["他サービス"] = draw(st.lists(services(), max_size=2))
    if evaluations:
        tables["週評価"] = draw(reviews(tables["週評価"], 5))
        tables["月評価"] = draw(reviews(tables["月評価"], 2))
    return tables


ODD_ROWS: list[Row] = [
    {}, {"訓練内容": None}, {"支援記録": "同上"}, {"備考": "在宅"}, {"開始": "9.3"}, {"提供区分": "休"}, {"食事": "有"}, {"曜日": "日"},
    {"変更理由": "職員不足のため"}, {"変更理由": "体調"}, {"照会": "入力の手順"}, {"終了": None}, {"訓練内容": "#REF!"},
]  # fmt: skip


def _planned(row: Row, odds: int) -> Row:
    return {"氏名": row["氏名"], "日付": row["日付"], "予定区分": "通所" if odds == 0 else row["提供区分"]}


@st.composite
def reviews(draw: Draw, clean: list[Row], most: int) -> list[Row]:
    """Some of the clean ones and some that are not."""
    kept = draw(st.lists(st.sampled_from(clean), max_size=most, unique_by=id))
    odd = [
        row | {"実施日": draw(HELD), "方法": draw(METHODS)}
        for row in draw(st.lists(st.sampled_from(clean), max_size=2))
    ]
    return kept + odd


@st.composite
def services(draw: Draw) -> Row:
    day = date(2026, 1, draw(st.integers(5, 9)))
    start, hours = draw(st.integers(8, 16)), draw(st.integers(1, 2))
    payer = draw(st.sampled_from(("給付", "事業所")))
    return {
        "日付": day.isoformat(),
        "種別": "居宅介護",
        "開始": f"{start}:00",
        "終了": f"{start + hours}:00",
        "費用負担": payer,
    }


def verdicts(made: Report) -> dict[tuple[str, date], Verdict]:
    return {(day.client, day.day): day.verdict for day in made.days}


def is_worse(before: Report, after: Report) -> list[object]:
    """The days whose verdict weighs more in *after*."""
    earlier = verdicts(before)
    return [(key, earlier[key], now) for key, now in verdicts(after).items() if WORSE[now] > WORSE[earlier[key]]]


# ---- what holds


@quick(120)
@given(tables=written(evaluations=False), day=st.data(), hour=st.integers(9, 14), minute=st.integers(31, 59))
def test_one_more_complete_contact_within_the_service_time_never_makes_a_day_worse(
    tables: dict[str, Any], day: st.DataObject, hour: int, minute: int
) -> None:
    odd = [row for row in tables["日報"] if row["提供区分"] == "在宅" and "連絡" in row]
    assume(odd)
    row = day.draw(st.sampled_from(odd))
    before = report(tables)
    row["連絡"] = [*row["連絡"], ONE_MORE.format(f"{hour}:{minute}")]
    assert is_worse(before, report(tables)) == []


@quick(120)
@given(tables=written(rows=False), draw=st.data())
def test_taking_a_valid_evaluation_away_never_makes_a_verdict_better(
    tables: dict[str, Any], draw: st.DataObject
) -> None:
    valid = [
        (sheet, n) for sheet in ("週評価", "月評価") for n, row in enumerate(tables[sheet]) if _is_valid(sheet, row)
    ]
    assume(valid)
    sheet, number = draw.draw(st.sampled_from(valid))
    without = tables | {sheet: [row for n, row in enumerate(tables[sheet]) if n != number]}
    assert is_worse(report(without), report(tables)) == []


def _is_valid(sheet: str, row: Row) -> bool:
    """Held on a readable day in an allowed way."""
    ways = ("通所", "訪問") if sheet == "月評価" else ("通所", "訪問", "電話", "ビデオ", "チャット")
    return str(row["実施日"]).startswith("2026-") and row.get("方法", "通所") in ways


@quick(80)
@given(tables=written(), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_addresses(tables: dict[str, Any], order: Random) -> None:
    tables = _with_a_second_client(tables)
    tables["チェックリスト"] = [{"項目": "意思表示", "評価日": day, "評価": order.randint(2, 5)} for day in RATED_ON]
    tables["設定"] = tables["設定"] | {"サービス種別": SERVICES[0]}  # who are asked for a checklist
    shuffled = {
        sheet: order.sample(rows, len(rows)) if isinstance(rows, list) else rows for sheet, rows in tables.items()
    }
    assert _told(report(shuffled)) == _told(report(tables))


RATED_ON = ("2025-12-01", "2026-01-05", "2026-01-05", None)


def _with_a_second_client(tables: dict[str, Any]) -> dict[str, Any]:
    """The same office with another client whose month is clean."""
    other = month_of("長崎市", SERVICES[1], JANUARY, name="鈴木 一郎")
    for row in other["日報"][::2]:
        row["支援記録"] = f"鈴木さんの{row['支援記録']}"  # on the other days both have the same words
    other["利用者台帳"][0]["受給者証番号"] = "0000000002"
    other["予定"] = [_planned(row, 1) for row in other["日報"]]
    joined = {sheet: [*rows, *deepcopy(other.get(sheet, []))] for sheet, rows in tables.items() if sheet != "設定"}
    return joined | {"設定": tables["設定"]}


def _sheet_alone(piece: Piece) -> Piece:
    """An address that a message names (日報!H3) moves with its row."""
    return piece._replace(text=piece.text.partition("!")[0]) if piece.kind is Kind.PLACE else piece


def _told(made: Report) -> tuple[object, ...]:
    """Everything but the places."""
    said = Counter(
        (
            f.rule,
            f.weight,
            f.client,
            str(f.sentence.retold(_sheet_alone)),
            f.remedy,
            f.day,
            f.period,
            f.touches,
            f.clause.text,
        )
        for f in made.findings
    )
    return said, verdicts(made), sorted(map(str, made.clients))


@quick(40)
@given(tables=written())
def test_judging_twice_gives_the_same(tables: dict[str, Any]) -> None:
    log = read_log(grids(tables))
    assert check(log, load_law()) == check(log, load_law()) == report(tables)


PLACES = st.permutations("月火水木金").map("".join)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("town", [*TOWNS, "三島市"])
def test_a_clean_month_of_any_town_and_service_weighs_nothing_but_advice(town: str, service: str) -> None:
    @quick(6)
    @given(st.integers(0, 8 * 12 - 1), PLACES, st.integers(1, 4), st.sampled_from("月日"))
    def holds(number: int, week: str, at_home: int, begins: str) -> None:
        month = Month(
            2021 + (number + 3) // 12, (number + 3) % 12 + 1
        )  # from 2021-04, the first month of the national text
        _is_clean(month_of(town, service, month, home=week[:at_home], commute=week[at_home:], week_start=begins))

    holds()


@quick(20)
@given(st.integers(0, 71), PLACES)
def test_a_clean_month_under_the_handbook_of_2015_weighs_nothing_but_advice(number: int, week: str) -> None:
    month = Month(2015 + (number + 3) // 12, (number + 3) % 12 + 1)
    _is_clean(month_of("長崎市", "就労移行支援", month, home=week[:3], commute=week[3:]))


def _is_clean(tables: dict[str, Any]) -> None:
    made = report(tables)
    assert _heavy(made) == []
    assert Verdict.BILLABLE in verdicts(made).values()


def _heavy(made: Report) -> list[str]:
    return [f"{f.rule} {f.weight.value} {f.message}" for f in made.findings if f.weight is not Weight.ADVISE]


# ---- a clause begins on its first day


def _asking(since: date, contacts: int) -> Law:
    """The national texts with a town, 見本市, that asks for so many contacts from a day on."""
    source = Source("見本", "1", "見本")
    clause = Clause("contacts_per_day", since, contacts, "block", source, "mihon_shi")
    town = Town("mihon_shi", "見本市", "見本県", {"contacts_per_day": (clause,)})
    return Law([load_text(TEXTS / f"{name}.toml") for name in BASE], [town])


@quick(40)
@given(first=st.integers(-2, 33), contacts=st.integers(1, 4))
def test_a_clause_judges_from_its_first_day_and_not_the_day_before(first: int, contacts: int) -> None:
    since = JANUARY.first + timedelta(days=first)
    tables = month_of("見本市", SERVICES[2], JANUARY)
    made = check(read_log(grids(tables)), _asking(since, contacts))
    short = {finding.day for finding in made.findings if finding.rule == "D01"}
    home = {day.day for day in made.days if day.verdict is not Verdict.NOT_HOME}
    assert short == {day for day in home if day >= since and contacts > len(TWO_CONTACTS)}


@pytest.mark.parametrize("town", [None, *load_law().towns])
def test_every_clause_is_in_force_on_its_first_day_and_not_the_day_before(town: str | None) -> None:
    law = load_law()
    layer = (
        law.towns[town].clauses
        if town
        else {
            name: clauses for file in reversed(law.files) for name, clauses in file.clauses.items()
        }  # the first answers
    )
    for name, clauses in layer.items():
        for clause in clauses:
            service = next((s for s in SERVICES if clause.concerns(s)), None)
            others = [c.since for c in clauses if c is not clause and c.concerns(service)]
            assert _text_on(law, town, service, clause.since, name) == clause or clause.since in others
            assert _text_on(law, town, service, clause.since - timedelta(days=1), name) != clause


def _text_on(law: Law, town: str | None, service: str | None, day: date, name: str) -> Clause | None:
    return law.on(town, service, day).get(name)
