"""The words of a choice as offices type them: what each means, and which are told because they are not our own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.book.unread import UnknownWord, Unread
from zaitaku_xl.cells import Cell

_TEXT = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Reads the cells of a column in which one of a few words is asked."""

    meanings: Mapping[str, object]  # by the comparable word
    unread: Unread
    usual: frozenset[str] = frozenset()  # what offices say instead of our words: read, and told once a sheet
    _known: dict[str, object] = field(default_factory=dict, repr=False)

    def __call__(self, cell: Cell, _: object) -> object:
        value = cell[1]
        typed = value if isinstance(value, str) else shown(cell)
        if typed not in self._known:
            self._known[typed] = self._meant(typed)
        return self._known[typed]

    def _meant(self, typed: str) -> object:
        word = comparable(typed)
        return self.meanings.get(word, self.unread) if word else None

    def tells(self, typed: str) -> bool:
        """Tell whether this word is read as another one."""
        return comparable(typed) in self.usual


@lru_cache(maxsize=4096)
def comparable(typed: str) -> str:
    return folded(typed).casefold()


def choice(name: str, values: Mapping[str, object], hint: str) -> Choice:
    """Return the reader of a field that words.toml names; *values* are what our own words mean."""
    listed = _listed().get(name, {})
    meanings = {comparable(word): value for word, value in values.items()}
    usual: set[str] = set()
    for word, ways in listed.items():
        for other in (*ways.get("own", ()), *ways.get("usual", ())):
            meanings.setdefault(comparable(other), values[word])
        usual |= {comparable(other) for other in ways.get("usual", ())}
    unread = UnknownWord(f"は決められた言葉ではありません（{hint}）")
    return Choice(meanings, unread, frozenset(usual) - {comparable(word) for word in values})


@cache
def _listed() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(_TEXT.read_text(encoding="utf-8"))
