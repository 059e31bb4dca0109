"""What each key of the JSON holds, for the person who writes a program that reads it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zaitaku_xl.finding import WORDS, Verdict, Weight
from zaitaku_xl.report import Status

_TEXT = Path(__file__).with_name("fields.toml")
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "status": {status.value: status.word for status in Status},
    "copy": {"written": "書いた"},
    "verdict": {verdict.value: verdict.word for verdict in Verdict},
    "weight": {weight.value: WORDS[weight] for weight in Weight},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A key, as ``files[].days[].date``: ``[]`` stands for each item of a list."""

    key: str
    type: str  # string, integer, boolean, date (a string as 2026-01-05), list, object
    means: str
    null: bool = False
    optional: bool = False
    one_of: str | None = None

    @property
    def choices(self) -> Mapping[str, str]:
        """The values it may have, each with its word; empty where they are not counted."""
        return _CHOICES[self.one_of] if self.one_of else {}


@cache
def json_fields() -> tuple[Field, ...]:
    return tuple(Field(**field) for field in tomllib.loads(_TEXT.read_text(encoding="utf-8"))["fields"])
