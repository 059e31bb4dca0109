"""Text without the characters that only look like content."""

import re
import unicodedata

from zaitaku_xl.cells import Cell

# What no reader ever sees, and a blank of Braille. What only chooses the form of a letter (﨑󠄀, ☑️) stays in what is shown.
_INVISIBLE = "".join(
    chr(code)
    for first, last in (
        (0x00AD, 0x00AD),
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
    )
    for code in range(first, last + 1)
)
_SELECTORS = "\ufe00-\ufe0f\U000e0000-\U000e0fff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
_SEEN_BY_NOBODY = re.compile(f"[{_INVISIBLE}]+")
_NO_LETTER = re.compile(f"[{_INVISIBLE}{_SELECTORS}]+")


def has_invisible(typed: str) -> bool:
    return _SEEN_BY_NOBODY.search(typed) is not None


def plain(typed: str) -> str:
    """Return text without invisible characters and outer blanks; the words stay as typed."""
    return typed.strip() if typed.isascii() else _SEEN_BY_NOBODY.sub("", typed).strip()


def even(typed: str) -> str:
    """Return text in which full and half width are the same, without outer blanks."""
    return typed.strip() if typed.isascii() else _NO_LETTER.sub("", unicodedata.normalize("NFKC", typed)).strip()


def folded(typed: str) -> str:
    """Return text for comparing: full and half width the same, no blanks at all."""
    return "".join(even(typed).split())


def shown(cell: Cell) -> str:
    """Return a cell's value as a person would recognise it."""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.10g}" if isinstance(value, float) else value
