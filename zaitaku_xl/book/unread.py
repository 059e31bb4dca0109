"""A value that was typed but cannot be read for certain."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """Why, as the end of a sentence that begins with the heading and the typed value."""

    why: str


class UnknownWord(Unread):
    """A word that is none of the few: however often it stands in a sheet, it is one question."""
