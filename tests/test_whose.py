"""Whom a name and a number mean, and who cannot be told from whom: on both sides of the line."""

import pytest

from zaitaku_xl.book.whose import Somebody, Tier, Typed, katakana
from zaitaku_xl.model import Record, Row

HANAKO: Typed = ("山田 花子", "0000000001")
NAMESAKE: Typed = ("山田 花子", "0000000002")
WITHOUT_NUMBER: Typed = ("山田 花子", None)


def tier(*typed: Typed, above: Tier | None = None) -> Tier:
    return Tier([{each: [Record(Row("日報", 3, {}), *each)] for each in typed}], above)


def found(among: Tier, *typed: str | None) -> Somebody:
    name, number = typed
    somebody = among.find((name, number))
    assert somebody is not None, typed
    return somebody


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (("山田 花子", "0000000001"), "1"),
        (("山田 花子", "1"), "1"),
        (("山田 華", "1"), "1"),  # another name, but one that has something of it
        ((None, "1"), "1"),
        (("山田 花子", None), "1"),
        (("鈴木 一郎", "1"), None),  # nothing of the name
        (("山田　花子", "3"), "1"),  # written as it is, so the number is a slip
        (("山田 花子 様", "3"), None),  # another number, and another way of writing
        (("山田 太郎", "1"), "2"),  # somebody of that name is known, so the number is not looked at
        ((None, "3"), None),
        ((None, None), None),
    ],
)
def test_a_number_goes_before_a_name_where_something_of_the_name_is_the_same(typed: Typed, number: str | None) -> None:
    somebody = tier(HANAKO, ("山田 太郎", None), ("山田 太郎", "2")).find(typed)
    assert (somebody.number if somebody else None) == number


def test_a_number_of_two_clients_says_nobody() -> None:
    assert tier(("山田 花子", "1"), ("鈴木 一郎", "1")).find((None, "1")) is None


def test_who_may_be_either_of_two_is_one_more_and_found_again() -> None:
    namesakes = tier(HANAKO, NAMESAKE)
    one, other = found(namesakes, *HANAKO), found(namesakes, *NAMESAKE)
    unsure, third = found(namesakes, *WITHOUT_NUMBER), found(namesakes, "山田 花子", "3")
    assert [each.person.ambiguous for each in (one, other, unsure, third)] == [False, False, True, True]
    assert [unsure.spelling, unsure.person.name] == ["山田 花子", "山田 花子"]
    assert third.person.name == "山田 花子（3）"
    assert found(namesakes, "山田　花子", None) is unsure
    assert found(namesakes, "山田　花子", "3") is third
    assert (unsure.not_told_from, third.not_told_from) == ([one, other, third], [one, other, unsure])


def test_who_is_written_in_another_way_without_a_number_may_be_any_of_that_name() -> None:
    namesakes = tier(("髙橋 一郎", "1"), ("髙橋 一郎", "2"), ("高橋 一郎 様", None))
    unsure = found(namesakes, "高橋 一郎さん", None)
    assert unsure.person.ambiguous
    assert {each.number for each in unsure.not_told_from} == {"1", "2", ""}


def test_rows_of_one_name_without_a_number_may_be_any_of_those_with_one() -> None:
    one, other, unsure = tier(HANAKO, NAMESAKE, WITHOUT_NUMBER).people
    assert unsure.person.ambiguous
    assert unsure.not_told_from == [one, other]
    assert (one.not_told_from, other.not_told_from) == ([unsure], [unsure])


def test_kana_are_compared_as_katakana_from_the_first_to_the_last() -> None:
    assert katakana("ぁん ゔゖ") == "ァンヴヶ"
    assert katakana("ァヶ山ー〼") == "ァヶ山ー〼"
