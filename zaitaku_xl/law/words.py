"""Lists of words by which records are read: ours, no law's, and so data that anybody can read and change."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from zaitaku_xl.law.place import parsed

WORDS = Path(__file__).parent / "words.toml"


@cache
def words_of(group: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of one group, each list without doubles.

    >>> "同上" in words_of("says_nothing")["ditto"]
    True
    """
    return {name: tuple(words) for name, words in _groups()[group].items()}


@cache
def _groups() -> Mapping[str, Mapping[str, list[str]]]:
    place, groups = parsed(WORDS)
    for group, lists in groups.items():
        place.check(lists, dict.fromkeys(lists, list), (), group)
        for name, words in lists.items():
            if len(set(words)) < len(words) or not all(isinstance(word, str) and word for word in words):
                raise place.wrong(f"「{name}」は、重なりのないことばの並びにしてください", name, group)
    return groups
