"""A rule is asked about many days at once: asked about each by itself, awake or not, it says the same."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
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
from zaitaku_xl.finding import Flaw
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.hosts.writing import new_book
from zaitaku_xl.law import load_law
from zaitaku_xl.model import Log
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.report import Report
from zaitaku_xl.rules import RULES, Rule
from zaitaku_xl.ruling.rule import Finder
from zaitaku_xl.scopes import Book, Days
from zaitaku_xl.sheets.demo import demo


def one_by_one(find: Finder) -> Finder:
    """The same rule, asked about each day, week, month, term, client or absence by itself."""

    def asked_of_each(many: Any, asked: Any) -> Iterator[Flaw]:
        for scope in many:
            yield from find(Days([scope]) if isinstance(many, Days) else [scope], asked)

    return asked_of_each


def client_by_client(find: Finder) -> Finder:
    """The same rule, asked about all weeks of one client: what is said once a month is said of the first of them."""

    def asked_of_each_client(weeks: Any, asked: Any) -> Iterator[Flaw]:
        for _, its in groupby(weeks, lambda week: week.person.name):
            yield from find(list(its), asked)

    return asked_of_each_client


def _alone(rule: Rule) -> Rule:
    if rule.over is Book:
        return rule
    return replace(rule, find=(client_by_client if rule.id == "W01" else one_by_one)(rule.find), wakes=())


ALONE = tuple(map(_alone, RULES))


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
    with judging_by(ALONE):
        alone = judged(log, tables, load_law())
    return judged(log, tables, load_law()), alone


# ---- months with more oddities than offices usually write

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
def test_a_drawn_month_is_judged_alike_day_by_day_and_all_at_once(tables: dict[str, Any]) -> None:
    together, alone = both_ways(tables)
    assert together == alone


@quick(40)
@given(tables=odd_months())
def test_the_order_of_clients_changes_nothing_said_of_any_of_them(tables: dict[str, Any]) -> None:
    log = read_log(grids(tables))
    turned = replace(log, people=log.people[::-1])
    before, after = ({(day.client, day.day): day for day in check(each, load_law()).days} for each in (log, turned))
    assert before == after


def test_every_case_is_judged_alike_day_by_day_and_all_at_once() -> None:
    differing = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            together, alone = both_ways(tables_of(case))
            if together != alone:
                differing.append(f"{path.stem}: {case['name']}")
    assert differing == []


@pytest.mark.parametrize("weekly", ["通所", "訪問", "電話"])
@pytest.mark.parametrize("town", ["長崎市", "日野市", "岡崎市", "三島市"])
def test_months_about_a_change_of_law_are_judged_alike_day_by_day_and_all_at_once(town: str, weekly: str) -> None:
    for month in (JANUARY, replace(JANUARY, year=2021, month=3), replace(JANUARY, year=2025, month=12)):
        tables = month_of(town, SERVICES[0], month, weekly=weekly) | {"点検月": [str(month), str(month.after)]}
        together, alone = both_ways(tables)
        assert together == alone


def _thousand_rows() -> Log:
    return one_book()


def _demo() -> Log:
    return read_log(reading.grids(Package.opened(new_book.written(demo())), lambda _: True))


@pytest.mark.parametrize("log_of", [_thousand_rows, _demo])
def test_a_whole_office_is_judged_alike_day_by_day_and_all_at_once(log_of: Callable[[], Log]) -> None:
    log = log_of()
    together = check(log, load_law())
    with judging_by(ALONE):
        assert together == check(log, load_law())
