"""解釈の一覧: what the documents leave open, how we read it, and which reading serves a client."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from zaitaku_xl.law.clause import Answer
from zaitaku_xl.law.local import ANYWHERE, Local
from zaitaku_xl.law.place import Place, parsed

REGISTER = Path(__file__).parent / "readings.toml"
_QUESTION = {"id": str, "topic": str, "question": str, "sources": list, "field": str, "choice": list}
_NEEDED = ("id", "topic", "question", "sources", "choice")
_CHOICE = {"key": str, "words": list, "says": str}


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading. Its ``key`` or one of its ``words`` names it in 設定, its key in a town's text."""

    key: str
    words: tuple[str, ...]
    says: str

    @property
    def word(self) -> str:
        return self.words[0]


@dataclass(frozen=True, slots=True)
class Question:
    """One ambiguity. The first choice is the default; with one alone there is nothing to choose in this version."""

    id: str
    topic: str
    question: str
    sources: tuple[str, ...]
    choices: tuple[Choice, ...]
    field: str | None = None  # of Readings; None: nothing to choose

    @property
    def default(self) -> Choice:
        return self.choices[0]

    @property
    def is_open_to_choice(self) -> bool:
        return self.field is not None

    def choice(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings that serve one client: the town's answer, else what the office chose, else the default."""

    week: str
    partial_week: str
    weekly_day: str
    missed_review: str
    waiver: str
    one_visit: str
    spacing: str
    transition: str
    mixed_day: str
    changed_plan: str
    answered: frozenset[str] = frozenset()  # ids that the town has settled
    overruled: tuple[str, ...] = ()  # ids where the office chose otherwise than its client's town answered
    local: Local = ANYWHERE  # the words of the client's town

    @property
    def week_start(self) -> int:
        """As date.weekday(): 0 Monday, 6 Sunday."""
        return 6 if self.week == "sunday" else 0


def resolved(
    office: Mapping[str, str] | None = None,
    answers: Iterable[Answer] = (),
    tried: Mapping[str, str] | None = None,
    local: Local = ANYWHERE,
) -> Readings:
    """Return the readings of a client; what is *tried* stands for what the office chose, never for a town's answer.

    >>> resolved({"A-3": "advise"}).partial_week
    'advise'
    """
    chosen = {**(office or {}), **(tried or {})}
    said = {answer.reading: answer.choice for answer in answers}
    fields = {
        question.field: said.get(question.id) or chosen.get(question.id) or question.default.key
        for question in load_questions().values()
        if question.field
    }
    overruled = tuple(id for id, key in (office or {}).items() if said.get(id, key) != key)
    return Readings(**fields, answered=frozenset(said), overruled=overruled, local=local)


def reading_id(typed: str) -> str | None:
    """Return the number a person means; None where it is no number of a reading (A03 is a rule).

    >>> reading_id("Ａ－３"), reading_id("A03"), reading_id("A-3 短い週")
    ('A-3', None, 'A-3')
    """
    word = unicodedata.normalize("NFKC", typed).strip().upper()
    found = re.match(r"A\s*[-‐‑‒–—―−ー]\s*0*([1-9]\d*)|A([1-9]\d*)$", word)
    return f"A-{found[1] or found[2]}" if found else None


@cache
def load_questions(path: Path = REGISTER) -> Mapping[str, Question]:
    """Read the register; raises LawError naming file and line."""
    place, data = parsed(path)
    place.check(data, {"reading": list}, ("reading",))
    made: dict[str, Question] = {}
    for nth, item in enumerate(data["reading"]):
        place.check(item, _QUESTION, _NEEDED, "reading", nth)
        question = _question(place, item, nth)
        if question.id in made:
            raise place.wrong(f"「{question.id}」が2つあります", "id", "reading", nth)
        made[question.id] = question
    return made


def _question(place: Place, item: Mapping[str, Any], nth: int) -> Question:
    for choice in item["choice"]:
        place.check(choice, _CHOICE, _CHOICE, "reading", nth)
    choices = tuple(Choice(each["key"], tuple(each["words"]), each["says"]) for each in item["choice"])
    field = item.get("field")
    if (field is not None) != (len(choices) > 1):
        raise place.wrong("選べる問いには field と二つ以上の choice を書いてください", "id", "reading", nth)
    if field is not None and field not in Readings.__slots__:
        raise place.wrong(f"知らない field「{field}」です", "field", "reading", nth)
    return Question(
        id=item["id"],
        topic=item["topic"],
        question=item["question"],
        sources=tuple(item["sources"]),
        choices=choices,
        field=field,
    )
