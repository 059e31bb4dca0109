"""For every town, service, requirement and day from 2015-04-01 to 2030-03-31 there is exactly one answer.

Looked at are stretches of days on which one text holds; that the stretches are each day once is shown first.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from zaitaku_xl.law import Clause, Text, load_law
from zaitaku_xl.law.library import BASE, TEXTS
from zaitaku_xl.law.loading import load_text
from zaitaku_xl.model import Service

FIRST, LAST = date(2015, 4, 1), date(2030, 3, 31)
OPENED = date(2021, 4, 1)  # 就労継続支援A型・B型: the first day whose law we hold
DAY = timedelta(days=1)
LAW = load_law()
TOWNS = [None, *LAW.towns]
every = pytest.mark.parametrize("service", Service)


def stretches(service: Service) -> Iterator[tuple[str | None, date, date, Text]]:
    for town in TOWNS:
        for begin, end, text in LAW.stretches(town, service, FIRST, LAST):
            yield town, begin, end, text


def expected(service: Service, day: date) -> set[str]:
    """What some text asks or leaves alone from that day or before, told clause by clause."""
    base = [clause for name in BASE for clause in _texts()[name]]
    return {clause.requirement for clause in base if clause.since <= day and clause.concerns(service)}


@every
@pytest.mark.parametrize("town", TOWNS)
def test_the_stretches_are_every_day_once_and_one_text_holds_on_each(town: str | None, service: Service) -> None:
    cut = list(LAW.stretches(town, service, FIRST, LAST))
    assert (cut[0][0], cut[-1][1]) == (FIRST, LAST)
    for (_, end, _), (begin, _, _) in pairwise(cut):
        assert begin == end + DAY
    days = 0
    for begin, end, text in cut:
        for ordinal in range(begin.toordinal(), end.toordinal() + 1):
            assert LAW.on(town, service, date.fromordinal(ordinal)) is text
            days += 1
    assert days == (LAST - FIRST).days + 1


@every
def test_every_requirement_has_one_answer_on_every_day(service: Service) -> None:
    for town, begin, _, text in stretches(service):
        assert set(text) == expected(service, begin), (town, begin)
        for requirement, clause in text.items():
            assert clause.requirement == requirement
            assert clause.since <= begin
            assert clause.concerns(service)


@cache
def _texts() -> dict[str, list[Clause]]:
    files = {path.stem: load_text(path) for path in TEXTS.glob("*.toml")}
    return {name: [clause for same in file.clauses.values() for clause in same] for name, file in files.items()}


@every
def test_no_text_gives_two_answers_for_one_day(service: Service) -> None:
    for name, clauses in _texts().items():
        mine = [(clause.requirement, clause.since) for clause in clauses if clause.concerns(service)]
        assert len(mine) == len(set(mine)), name


@every
def test_the_answer_is_the_towns_own_before_the_nations_and_its_latest(service: Service) -> None:
    """Told once more the long way: all clauses in force, the nearest text first, in it the latest."""
    texts = _texts()
    for town, begin, _, text in stretches(service):
        layers = [town, *BASE] if town else list(BASE)
        for requirement, clause in text.items():
            nearest = next(
                found
                for layer in layers
                if (found := [c for c in texts[layer] if _in_force(c, requirement, service, begin)])
            )
            latest = max(nearest, key=lambda c: c.since)
            if latest.asked == "house":
                latest = replace(latest, asked=_of_the_house(requirement, begin))
            assert clause == latest, (town, requirement, begin)


def _of_the_house(requirement: str, day: date) -> object:
    ours = [c for c in _texts()["house"] if c.requirement == requirement and c.since <= day]
    return max(ours, key=lambda c: c.since).asked


def _in_force(clause: Clause, requirement: str, service: Service, day: date) -> bool:
    return clause.requirement == requirement and clause.since <= day and clause.concerns(service)


@every
def test_a_day_without_law_on_record_is_only_where_we_know_of_it(service: Service) -> None:
    for _, begin, _, text in stretches(service):
        assert LAW.covers(text) == (service is Service.TRANSITION or begin >= OPENED)


@every
@pytest.mark.parametrize("town", TOWNS)
def test_before_the_handbook_no_law_is_on_record(town: str | None, service: Service) -> None:
    for day in (date(2006, 4, 1), FIRST - DAY):
        assert not LAW.covers(LAW.on(town, service, day))


def test_a_town_is_asked_of_every_service_alike() -> None:
    """`explain` shows one answer for all services; this is why it may."""
    for town in TOWNS:
        for begin, _, _ in LAW.stretches(town, Service.TRANSITION, OPENED, LAST):
            texts = [LAW.on(town, service, begin) for service in Service]
            for requirement in LAW.requirements:
                answers = [text[requirement] for text in texts if requirement in text]
                assert all(answer is answers[0] for answer in answers), (town, requirement, begin)
