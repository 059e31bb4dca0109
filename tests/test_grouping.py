"""A screen narrows what a rule is asked about and must never hide a finding: judged with and without, all is the same."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.rules import one_book
from tests.logs import Row, grids, judged
from tests.months import month_of
from tests.test_cases import CASES, tables_of
from tests.test_properties import JANUARY, SERVICES, Draw, _with_a_second_client, quick, written
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check, judging
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.hosts.writing import new_book
from zaitaku_xl.law import load_law
from zaitaku_xl.model import Log
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.report import Report
from zaitaku_xl.rules import RULES, Rule
from zaitaku_xl.sheets.demo import demo

EVERYTHING = tuple(replace(rule, where=None, wakes=()) for rule in RULES)


@contextmanager
def judging_by(rules: tuple[Rule, ...]) -> Iterator[None]:
    before = judging.RULES
    judging.RULES = rules
    try:
        yield
    finally:
        judging.RULES = before


def both_ways(tables: dict[str, Any]) -> tuple[Report, Report]:
    log = read_log(grids(tables))
    with judging_by(EVERYTHING):
        without = judged(log, tables, load_law())
    return judged(log, tables, load_law()), without


# ---- months with more of what screens look at than offices usually write

MARKS: list[Row] = [
    {"食事": "有"}, {"送迎復": "有"}, {"通勤訓練": "有"}, {"施設外支援": "有"}, {"訪問支援特別": "1"}, {"照会": "手順", "照会対応": ""},
    {"心身の状況": None}, {"開始確認方法": None}, {"開始": "15:30", "終了": "9:30"}, {"曜日": "月"}, {"備考": None}, {"訓練内容": "清掃"},
    {"支援記録": "同じ文"}, {"変更理由": "人手不足"}, {"提供区分": "欠席"}, {"提供区分": "施設外"}, {"提供区分": "通所", "備考": "在宅支援"},
    {"連絡": ["9:30 電話 開始確認 確認 佐藤", "9:30 電話 助言 助言 佐藤"]}, {"連絡": ["0:00 電話 助言 助言 佐藤", "15:00 電話 助言 助言 佐藤"]},
    {"連絡": ["9:30 電話 助言 助言 -", "15:00 電話 助言 助言 佐藤"]}, {"連絡": ["5:00 電話 助言 助言 佐藤", "15:00 電話 助言 助言 佐藤"]}, {"連絡": []},
]  # fmt: skip
TERMS: list[list[Row]] = [
    [{}], [{"計画メニュー": "データ入力"}], [{"承認開始": "2026-01-14"}], [{"承認終了": "2026-01-20"}], [{"承認終了": None}],
    [{"承認終了": "2026-01-13"}, {"承認開始": "2026-01-14", "承認事業所": "ほか"}], [],
]  # fmt: skip


@st.composite
def odd_months(draw: Draw) -> dict[str, Any]:
    tables = _with_a_second_client(draw(written()))
    rows = tables["日報"]
    for row in draw(st.lists(st.sampled_from(rows), max_size=6, unique_by=id)):
        row.update(draw(st.sampled_from(MARKS)))
    tables["日報"] = rows + [
        row | draw(st.sampled_from(MARKS)) for row in draw(st.lists(st.sampled_from(rows), max_size=2))
    ]
    first = tables["利用者台帳"][0]
    first["サービス種別"] = draw(st.sampled_from(SERVICES))
    first["支給量"] = draw(st.sampled_from(("原則の日数", 5, 23)))
    name = tables["日報"][0]["氏名"]
    tables["在宅承認"] = [{"氏名": name} | term for term in draw(st.sampled_from(TERMS))] + tables["在宅承認"][1:]
    tables["営業日"] = draw(st.sampled_from(([], [{"日付": "2026-01-12", "区分": "休業"}])))
    return tables


@quick(200)
@given(tables=odd_months())
def test_no_screen_hides_a_finding_of_a_drawn_month(tables: dict[str, Any]) -> None:
    screened, without = both_ways(tables)
    assert screened == without


def test_no_screen_hides_a_finding_of_any_case() -> None:
    differing = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            screened, without = both_ways(tables_of(case))
            if screened != without:
                differing.append(f"{path.stem}: {case['name']}")
    assert differing == []


@pytest.mark.parametrize("weekly", ["通所", "訪問", "電話"])
@pytest.mark.parametrize("town", ["長崎市", "日野市", "岡崎市", "三島市"])
def test_no_screen_hides_a_finding_of_a_month_that_was_clean_before_a_change_of_law(town: str, weekly: str) -> None:
    for month in (JANUARY, replace(JANUARY, year=2021, month=3), replace(JANUARY, year=2025, month=12)):
        tables = month_of(town, SERVICES[0], month, weekly=weekly) | {"点検月": [str(month), str(month.after)]}
        screened, without = both_ways(tables)
        assert screened == without


def _logs() -> Iterator[Log]:
    yield one_book()
    yield read_log(reading.grids(Package.opened(new_book.written(demo())), lambda _: True))


def test_no_screen_hides_a_finding_of_the_demo_or_of_a_thousand_rows() -> None:
    for log in _logs():
        screened = check(log, load_law())
        with judging_by(EVERYTHING):
            assert screened == check(log, load_law())


@pytest.mark.parametrize("hidden", [rule.id for rule in RULES if rule.where])
def test_a_screen_that_hides_everything_is_noticed_by_the_cases_of_its_rule(hidden: str) -> None:
    blind = tuple(replace(rule, where=lambda many, asked: []) if rule.id == hidden else rule for rule in RULES)
    (path,) = CASES.glob(f"{hidden.lower()}_*.toml")
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        tables = tables_of(case)
        log = read_log(grids(tables))
        with judging_by(blind):
            seen = judged(log, tables, load_law())
        if seen != judged(log, tables, load_law()):
            return
    pytest.fail("no case notices")
