"""A day and a time of day typed into one cell: 2026/1/5 9:30, 令和8年1月5日（月）午前9時30分."""

import re

_DAY_FIRST = re.compile(
    r"(?:(?:(?:令和|平成|昭和|大正|明治|[RHSTM令平昭大明])\.?(?:元|\d{1,2})|\d{4})(?:年|[./\-])\s*)?"
    r"\d{1,2}\s*(?:月|[./\-])\s*\d{1,2}\s*日?\s*(?:\([^()]{1,4}\))?(?:T|\s+|(?<=[日)]))",
    re.IGNORECASE,
)
_EIGHT_FIRST = re.compile(r"\d{8}(?:T|\s+)|\d{1,2}日\s*(?:\([^()]{1,4}\))?\s*")
_CLOCK = re.compile(
    r"(?:午前|午後|[AP]\.?M\.?)?\s*\d{1,2}\s*(?::\s*\d{2}(?::\d{2}(?:\.\d+)?)?|時(?:\s*\d{1,2}\s*分?|半)?)"
    r"\s*(?:[AP]\.?M\.?)?(?:Z|[+\-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?<=\d)(?:Z|[+\-]\d{2}:?\d{2})$")


def day_words(words: str) -> str:
    """Return the words of the day, without the time behind it.

    >>> day_words("2026/1/5 9:30"), day_words("1月5日(月)午前9時半"), day_words("9:30")
    ('2026/1/5', '1月5日(月)', '9:30')
    """
    day, clock = _apart(words)
    return day if day and _CLOCK.fullmatch(clock) else words


def clock_words(words: str) -> str:
    """Return the words of the time, without the day before it.

    >>> clock_words("2026-01-05T09:30:00Z"), clock_words("2026/1/5 9:30～15:00"), clock_words("2026/1/5")
    ('09:30:00', '9:30～15:00', '2026/1/5')
    """
    day, clock = _apart(words)
    return _ZONE.sub("", clock) if day and _CLOCK.match(clock) else words


def _apart(words: str) -> tuple[str, str]:
    found = _DAY_FIRST.match(words) or _EIGHT_FIRST.match(words)
    if found is None:
        return "", words
    return found.group().rstrip("T").strip(), words[found.end() :]
