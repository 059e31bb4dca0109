"""Home days put apart by text: the same whether they are told one by one or by where they begin and end."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaitaku_xl.check.served import Served, joined
from zaitaku_xl.scopes import Stretch

_FIRST = date(2026, 1, 1)
_TEXTS: list[Any] = [{"nth": nth} for nth in range(3)]


@dataclass(frozen=True)
class _Day:
    date: date


def _days(count: int) -> Any:
    return tuple(_Day(_FIRST + timedelta(days=2 * nth)) for nth in range(count))


@given(st.lists(st.sampled_from([0, 1, 2]), max_size=12), st.data())
def test_a_stretch_is_put_apart_like_the_days_in_it(which: list[int], data: st.DataObject) -> None:
    days = _days(len(which))
    texts = {day.date: _TEXTS[nth] for day, nth in zip(days, which, strict=True)}
    begin = data.draw(st.integers(0, len(days)))
    stretch = Stretch(days, begin, data.draw(st.integers(begin, len(days))))
    one_by_one = [(part.text, tuple(part.days)) for part in Served(texts.__getitem__).parts(tuple(stretch))]
    at_once = [(part.text, tuple(part.days)) for part in Served(texts.__getitem__).parts(stretch)]
    assert at_once == one_by_one


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [(_FIRST, _FIRST, 1), (date(2025, 1, 1), date(2025, 12, 31), 0), (date(2026, 1, 2), date(2026, 1, 5), 2)],
    ids=["its first day", "before all", "some of them"],
)
def test_a_stretch_holds_the_days_between(first: date, last: date, count: int) -> None:
    days = _days(4)
    stretch = Stretch.between(days, first, last)
    assert len(stretch) == count
    assert list(stretch) == [day for day in days if first <= day.date <= last]
    assert stretch[:1] == tuple(stretch)[:1]
    if count:
        assert stretch[-1] == list(stretch)[-1]
    with pytest.raises(IndexError):
        stretch[count]


def test_parts_side_by_side_are_one_again_and_others_are_kept_apart() -> None:
    days = _days(6)
    whole = joined([Stretch(days, 0, 2), Stretch(days, 2, 4)])
    assert isinstance(whole, Stretch)
    assert tuple(whole) == days[:4]
    assert joined([Stretch(days, 0, 2), Stretch(days, 4, 6)]) == (*days[:2], *days[4:])
