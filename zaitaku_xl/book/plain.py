"""Text without the characters that only look like content."""

INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060"
_WITHOUT = dict.fromkeys(map(ord, INVISIBLE))


def plain(typed: str) -> str:
    """Return text without invisible characters and outer blanks; the words stay as typed."""
    return typed.strip() if typed.isprintable() else typed.translate(_WITHOUT).strip()
