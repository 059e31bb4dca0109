"""Whether two names of an office are one office: legal forms, 法人名 and 種別 beside a name do not make another of it."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from zaitaku_xl.spelling import one_off, seen, standard

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _any_of(words: list[str]) -> str:
    """One of the words, the longest that fits.

    >>> _any_of(["NPO", "NPO法人"])
    '(?:NPO法人|NPO)'
    """
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


_FORM = _any_of(_WORDS["forms"])
_KIND = _any_of(_WORDS["kinds"]) + "(?:事業所|事業)?"
_AT_THE_EDGE = re.compile(rf"^\(?(?:{_FORM}|{_KIND})\)?|\(?(?:{_FORM}|{_KIND})\)?$")
_COMMON = re.compile(f"{_any_of(_WORDS['common'])}+$")
_LOOK_ALIKE: list[str] = _WORDS["look_alike"]
_PRINTED = re.compile(r"^在宅(?:利用|支援)[^/:(\s]{0,6}(?:\s*[/:]|\s*(?=\()|\s+)")  # 「在宅利用／（事業所名）」
_IN_BRACKETS = re.compile(r"^\(((?:[^()]|\([^()]*\))*)\)$")
_MOSTLY = 3  # before so many characters the first may be a slip; before fewer it makes another name


class Sameness(Enum):
    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Office:
    """A name taken apart."""

    corporation: str  # 法人名 that stands before a blank
    core: str


@lru_cache(maxsize=1024)
def sameness(name: str, ours: str) -> Sameness:
    """Return whether a name means an office of ours.

    >>> sameness("在宅利用／（株式会社ひかり　在宅ワークス長崎）", "在宅ワークス長崎").value
    'same'
    >>> sameness("第二ひかり作業所", "ひかり作業所").value, sameness("あかり作業所", "ひかり作業所").value
    ('unsure', 'other')
    """
    mine, theirs = _taken_apart(name), _taken_apart(ours)
    if mine.core == theirs.core:
        known = not (mine.corporation and theirs.corporation) or mine.corporation == theirs.corporation
        return Sameness.SAME if known else Sameness.UNSURE
    whole, other = _whole(name), _whole(ours)
    contained = any(a in b or b in a for a, b in ((mine.core, theirs.core), (whole, other)))
    return Sameness.UNSURE if contained or _is_a_slip(mine.core, theirs.core) else Sameness.OTHER


def _printed_within(name: str) -> str:
    """The name inside the mark that a town prints."""
    text = unicodedata.normalize("NFKC", seen(name)).strip()
    inside = _PRINTED.sub("", text).strip()
    bracketed = _IN_BRACKETS.match(inside)
    return bracketed[1] if bracketed else inside


def _whole(name: str) -> str:
    return standard(_printed_within(name))


def _taken_apart(name: str) -> _Office:
    words = _printed_within(name).split()
    corporation = "".join(word for word in words[:-1] if re.search(_FORM, standard(word)))
    core = "".join(word for word in words if word == words[-1] or not re.search(_FORM, standard(word)))
    return _Office(corporation=_bare(corporation), core=_bare(core))


def _bare(name: str) -> str:
    """The name without forms and kinds at its ends; where nothing else is left, those are the name."""
    left = standard(name)
    while (less := _AT_THE_EDGE.sub("", left)) not in ("", left):
        left = less
    return left


def _is_a_slip(name: str, other: str) -> bool:
    """True for one character; where the first of a short name is other, it must look alike: あかり is not ひかり."""
    if not one_off(name, other):
        return False
    changed = sum(a != b for a, b in zip(name, other, strict=False))
    if len(name) != len(other) or changed != 1:
        return True
    return _look_alike(name[0], other[0]) or len(_COMMON.sub("", name[1:])) >= _MOSTLY


def _look_alike(one: str, other: str) -> bool:
    """り and リ, カ and 力, か and が."""
    if any(one in group and other in group for group in _LOOK_ALIKE):
        return True
    return _kana_base(one) == _kana_base(other)


def _kana_base(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return chr(ord(base) - 0x60) if "ァ" <= base <= "ン" else base
