"""Whether two ways of writing a name are the same name: people, offices, towns, what a person types beside a command.

Widths and blanks are how a name is typed; variants of a character (髙 and 高), 様 behind it and characters that are not
seen are how it is written. Neither makes another name of it. One character more, less or other may be a slip or somebody
else: that is for whoever asks to leave open.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache
from pathlib import Path

_VARIANTS = Path(__file__).with_name("variants.txt")
# Default_Ignorable_Code_Point of Unicode: zero-width, direction, soft hyphen, variation selectors, fillers.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_COMPATIBLE = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")  # ideographs that NFKC takes for others
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−─"), "ー")
_SMALL = {ord("ヶ"): "ケ", ord("ヵ"): "カ", ord("・"): ""}
_POLITE = ("さま", "さん", "くん", "ちゃん", "様", "殿", "氏", "君")
_WHOLE_NAME = 2  # so many characters are left of a name, or what stands behind it belongs to it


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    r"""Return text for comparing: full and half width the same, no blanks, nothing that is not seen.

    >>> squeezed("山田　花子") == squeezed(" 山田 花子\u200e")
    True
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", seen(text))
    return "".join(text.split())


def seen(text: str) -> str:
    r"""Return text without the characters that nobody sees.

    >>> seen("葛\U000e0100城\u00ad市")
    '葛城市'
    """
    return text if text.isascii() else _IS_UNSEEN.sub("", text)


@lru_cache(maxsize=8192)
def standard(text: str) -> str:
    """Return text for comparing with every variant of a character brought to one.

    >>> standard("髙﨑　濵子"), standard("ジョン・スミス"), standard("ひかりセンタ－")
    ('高崎浜子', 'ジョンスミス', 'ひかりセンター')
    """
    return squeezed(text).translate(_variants())


@lru_cache(maxsize=8192)
def of_person(name: str) -> str:
    """Return a person's name for comparing, however it is written.

    >>> of_person("髙橋 一郎 様") == of_person("高橋一郎")
    True
    """
    written = standard(name)
    for polite in _POLITE:
        if written.endswith(polite) and len(written) - len(polite) >= _WHOLE_NAME:
            return written.removesuffix(polite)
    return written


def typed_alike(name: str, other: str) -> bool:
    r"""True where two names differ in widths and blanks only, which nobody needs to hear of.

    >>> typed_alike("山田 花子", "山田　花子"), typed_alike("高橋", "髙橋"), typed_alike("神", "\ufa19")
    (True, False, False)
    """
    return name == other or _typed(name) == _typed(other)


@lru_cache(maxsize=8192)
def _typed(name: str) -> str:
    apart = _COMPATIBLE.sub(lambda found: f"\x00{ord(found[0]):x}\x00", name)
    return "".join(unicodedata.normalize("NFKC", apart).split())


def one_off(name: str, other: str) -> bool:
    """True where one character is other, too many or too few, or two neighbours changed places.

    >>> one_off("山田花子", "山田華子"), one_off("山田花子", "山田花"), one_off("山田花子", "田山花子"), one_off("林", "森")
    (True, True, True, False)
    """
    if name == other or min(len(name), len(other)) < _WHOLE_NAME:
        return False
    head = next((n for n, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), min(len(name), len(other)))
    mine, theirs = name[head:], other[head:]
    swapped = mine[1::-1] == theirs[:2] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]


def near_forms(name: str) -> set[str]:
    """Return the name and what is left of it without each of its characters: names that are one off share one of these."""
    return {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))}


_ALIKE = 0.5  # so much of two names is the same where one may be meant by the other
_COMPARED = 300  # names at most that one is compared with: no office has so many clients who share a character


class Names:
    """Known names, of which the one most like another is sought; each name is sought once."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(dict.fromkeys(known))
        self._found: dict[str, str | None] = {}

    def nearest(self, name: str) -> str | None:
        """Return which is the most like it; None where none is like it at all.

        >>> Names(["鈴木 一郎", "山田 花子"]).nearest("山口 華子"), Names(["山田 花子"]).nearest("鈴木 一郎")
        ('山田 花子', None)
        """
        if name not in self._found:
            self._found[name] = self._nearest(name)
        return self._found[name]

    def _nearest(self, name: str) -> str | None:
        written = of_person(name)
        matcher = SequenceMatcher(b=written)
        best, ratio = None, _ALIKE
        for place in self._candidates(written):
            matcher.set_seq1(self._written[place])
            if matcher.real_quick_ratio() >= ratio and matcher.quick_ratio() >= ratio and matcher.ratio() >= ratio:
                other = self._known[place]
                best, ratio = (other, matcher.ratio()) if best is None or matcher.ratio() > ratio else (best, ratio)
        return best

    def _candidates(self, written: str) -> list[int]:
        """The names that share a character with it, in their order: of very many those that share the rarest."""
        found: set[int] = set()
        for places in sorted((self._by_sign.get(sign, ()) for sign in set(written)), key=len):
            found.update(places[: _COMPARED - len(found)])
        return sorted(found)

    @cached_property
    def _written(self) -> list[str]:
        return list(map(of_person, self._known))

    @cached_property
    def _by_sign(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, written in enumerate(self._written):
            for sign in set(written):
                found.setdefault(sign, []).append(place)
        return found


@cache
def _variants() -> dict[int, str]:
    groups = [line for line in _VARIANTS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    to_first = {ord(other): group[0] for group in groups for other in group[1:]}
    return _DASHES | _SMALL | to_first
