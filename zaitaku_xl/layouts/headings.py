"""What a heading of an office's own table means: by the words of headings.toml, and as a part of a contact."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from zaitaku_xl.book.plain import folded

_TEXT = Path(__file__).with_name("headings.toml")
_BRACKETED = re.compile(r"[(\[【<〔].*?[)\]】>〕]")
_FILLERS = re.compile(r"^(の|連絡|支援|対応)+|(の|連絡|支援|対応)+$")
_TRIMMED = re.compile(r"[※*:：。・\s]+$|^[※*●■◆○・\d]+[.．)]?(?=[^\d回])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a contact: which of the day's (as the heading calls it, "" where it does not), and what of it."""

    slot: str
    part: str  # time, method, kind, content, staff, direction


@cache
def _vocabulary() -> Mapping[str, Mapping[str, tuple[frozenset[str], re.Pattern[str] | None]]]:
    listed = tomllib.loads(_TEXT.read_text(encoding="utf-8"))
    return {
        table: {
            name: (
                frozenset(map(folded, ways["words"])),
                re.compile("|".join(ways["like"])) if ways.get("like") else None,
            )
            for name, ways in fields.items()
        }
        for table, fields in listed.items()
    }


@lru_cache(maxsize=4096)
def meanings(heading: str, table: str) -> tuple[str, ...]:
    """Return the fields of *table* that a heading may be, by its whole words, else by what it holds.

    One is an answer, several are a question, none is a heading nobody knows.
    """
    fields = _vocabulary()[table]
    for words in dict.fromkeys((heading, _TRIMMED.sub("", heading), _BRACKETED.sub("", heading))):
        if words and (exact := tuple(name for name, (known, _) in fields.items() if words in known)):
            return exact
    for words in dict.fromkeys((heading, _BRACKETED.sub("", heading))):
        if words and (like := tuple(name for name, (_, sought) in fields.items() if sought and sought.search(words))):
            return like
    return ()


def titled(words: str) -> frozenset[str]:
    """Return what a title says that a table is; "unrelated" where it is none of ours."""
    return frozenset(name for name, (_, sought) in _vocabulary()["titles"].items() if sought and sought.search(words))


# ---- contacts

_NUMBER = "[1-9一二三四五六七八九]"
_NUMBERED = (
    re.compile(
        rf"^(?:連絡|支援|対応|やりとり|やり取り|その|第|報告|確認|電話|通信|在宅支援|助言)*({_NUMBER})(?:回目|件目|度目|番目|回|件)?(.*)$"
    ),
    re.compile(rf"^(.*?)(?:その|第)?({_NUMBER})(?:回目|件目|度目|回)?$"),
)
_SPOKEN = (
    (
        re.compile(
            r"^(?:午前|AM|am|朝|開始時(?![刻間分])|始業時(?![刻間分])|始め|出勤時(?![刻間分])|午前中|朝一|開始(?=の?連絡)|始業(?=の?連絡))(?:中|の部)?(.*)$"
        ),
        "朝",
    ),
    (re.compile(r"^(?:昼|お昼|正午|中間|途中|昼休み前)(?!休|食)(.*)$"), "昼"),
    (
        re.compile(
            r"^(?:午後|PM|pm|夕方|夕|終了時(?![刻間分])|終業時(?![刻間分])|終わり|退勤時(?![刻間分])|終了(?=の?連絡)|終業(?=の?連絡))(?:の部)?(.*)$"
        ),
        "夕",
    ),
)


@lru_cache(maxsize=4096)
def contact_part(heading: str) -> Slot | None:
    """Return which contact of the day a heading is of, and which part; None where it is of none."""
    words = _BRACKETED.sub("", heading) or heading
    for place, number in enumerate(_NUMBERED):
        if match := number.match(words):
            slot, rest = (match[1], match[2]) if place == 0 else (match[2], match[1])
            if part := _part(rest):
                return Slot(slot, part)
    for spoken, slot in _SPOKEN:
        if (match := spoken.match(words)) and (part := _part(match[1])):
            return Slot(slot, part)
    return None


def bare_part(heading: str) -> str | None:
    """Return the part of a contact that a heading without a number is: 時刻, 方法, 内容 …"""
    found = meanings(heading, "contact")
    return found[0] if len(found) == 1 else None


def _part(rest: str) -> str | None:
    """The part that is left of a heading: nothing left is the contact itself, in one cell."""
    bare = _FILLERS.sub("", rest.strip("・:：_-/ "))
    if not bare:
        return "content"
    return bare_part(bare) or bare_part(rest)


def composed(parts: Sequence[str]) -> str:
    """Return a heading of several rows as one: a group before what stands below it."""
    return "".join(dict.fromkeys(part for part in parts if part))
