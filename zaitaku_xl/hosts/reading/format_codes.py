"""What a cell's style makes of a number, as Excel decides it: a day or time, a number, or nothing to be seen."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|e[+-]|general|g/標準', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhsaegb]", re.IGNORECASE)
_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|;|[^;]', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)\]")
_UNSEEN = re.compile(r'[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]|["\s]', re.IGNORECASE)
_A_MONTH = 31  # 5 under d"日" is the fifth, and no day of 1900
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
}


class Section(NamedTuple):
    """One of the parts of a format code that semicolons divide."""

    holds: Callable[[float], bool] | None  # its own condition
    is_date: bool
    is_empty: bool  # it shows nothing at all


class Styles(NamedTuple):
    """The cell style numbers (``s=`` of a cell) that make more of a number than a number."""

    dates: frozenset[int]  # whatever the number is
    mixed: Mapping[int, Sequence[Section]]  # it hangs on the number


NO_STYLES = Styles(frozenset(), {})


def sections_of(code: str) -> tuple[Section, ...]:
    """Return the sections that a number may fall into; the one for text is left out."""
    parts = [""]
    for token in _TOKEN.findall(code):
        if token == ";":
            parts.append("")
        else:
            parts[-1] += token
    if len(parts) > 1 and "@" in _NOT_A_CODE.sub("", parts[-1]):
        parts.pop()
    sections = tuple(map(_section, parts[:3]))
    if set(_NOT_A_CODE.sub("", code).lower()) & set("dyemghsab") == {"d"} and len(sections) == 1:
        return (Section(lambda value: value <= _A_MONTH, is_date=False, is_empty=False), sections[0])
    return sections


def _section(part: str) -> Section:
    found = _CONDITION.search(part)
    return Section(
        holds=_comparison(*found.groups()) if found else None,
        is_date=bool(_DATE_LETTERS.search(_NOT_A_CODE.sub("", part))),
        is_empty=not _UNSEEN.sub("", part),
    )


def _comparison(sign: str, number: str) -> Callable[[float], bool] | None:
    try:
        limit = float(number)
    except ValueError:
        return None
    return lambda value: _COMPARED[sign](value, limit)


def section_for(sections: Sequence[Section], value: float) -> Section:
    """Return the section that shows a number.

    >>> [section_for(sections_of('[=0]"";yyyy/m/d'), value).is_date for value in (0, 46027)]
    [False, True]
    """
    if len(sections) == 1:
        return sections[0]
    first, second, *rest = sections
    positive = (lambda value: value > 0) if rest and second.holds is None else (lambda value: value >= 0)
    if (first.holds or positive)(value):
        return first
    if not rest or (second.holds or (lambda value: value < 0))(value):
        return second
    return rest[0]


def is_date_code(code: str, value: float = 1) -> bool:
    """Tell whether a format code shows a number as a date or time.

    >>> is_date_code('[$-411]ggge"年"m"月"d"日"'), is_date_code('0.00E+00'), is_date_code('[Red]0')
    (True, False, False)
    """
    return section_for(sections_of(code), value).is_date
