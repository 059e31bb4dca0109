"""Whether two names are one: told as data, on both sides of the line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from zaitaku_xl.spelling import Names, near_forms, of_person, one_off
from zaitaku_xl.spelling.offices import sameness

TOLD = tomllib.loads((Path(__file__).parent / "spelling_cases.toml").read_text(encoding="utf-8"))


def _pairs(group: str) -> list[Any]:
    return [
        pytest.param(name, other, answer, id=f"{name} {other}: {answer}")
        for answer, pairs in TOLD[group].items()
        for name, other in pairs
    ]


@pytest.mark.parametrize(("name", "other", "answer"), _pairs("person"))
def test_a_title_behind_a_name_makes_nobody_else_of_it(name: str, other: str, answer: str) -> None:
    assert (of_person(name) == of_person(other)) == (answer == "same")


@pytest.mark.parametrize(("name", "other", "answer"), _pairs("one_off"))
def test_one_slip_is_told_from_another_name_whichever_is_asked_first(name: str, other: str, answer: str) -> None:
    assert [one_off(name, other), one_off(other, name)] == [answer == "yes"] * 2


@pytest.mark.parametrize(("name", "other", "answer"), [pair for pair in _pairs("one_off") if pair.values[2] == "yes"])
def test_names_that_are_one_off_share_a_form(name: str, other: str, answer: str) -> None:
    assert near_forms(name) & near_forms(other)


def test_the_forms_near_a_name_lack_one_of_its_characters() -> None:
    assert near_forms("山田花") == {"山田花", "田花", "山花", "山田"}


@pytest.mark.parametrize("told", TOLD["nearest"]["cases"], ids=lambda told: f"{told['name']} {told['known']}")
def test_the_nearest_of_the_known_names_is_half_the_same_at_least(told: dict[str, Any]) -> None:
    assert Names(told["known"]).nearest(told["name"]) == told.get("is")


def test_of_very_many_names_the_first_are_compared_and_of_rare_characters_before_others() -> None:
    alike = [f"山田{number}" for number in range(1000, 1300)]
    assert Names([*alike, "山田一郎"]).nearest("山田一郎") == "山田一郎"  # 一 and 郎 are rare
    assert Names([*alike[1:], "山田"]).nearest("山田") == "山田"  # the 300th
    assert Names([*alike, "山田"]).nearest("山田") == "山田1000"


@pytest.mark.parametrize(("name", "other", "answer"), _pairs("offices"))
def test_two_names_of_an_office_are_one_perhaps_one_or_two(name: str, other: str, answer: str) -> None:
    assert {sameness(name, other).value, sameness(other, name).value} == {answer}
