"""The texts laid over each other: a town's over the national one, that over the 2015 handbook, our own advice below."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from zaitaku_xl.errors import LawError
from zaitaku_xl.law.clause import Answer, Clause, Limit, Source
from zaitaku_xl.law.loading import TextFile, check_shapes, load_text
from zaitaku_xl.law.local import ANYWHERE, Local, local_of
from zaitaku_xl.law.municipalities import is_nearly, meant, without_prefecture
from zaitaku_xl.law.shapes import Clauses, Shapes, measured, shapes_of
from zaitaku_xl.spelling import squeezed, standard

TEXTS = Path(__file__).parent / "text"
BASE = ("national", "national_2015", "house")  # the first that answers wins
CORE = "contacts_per_day"  # a day on which nobody asks this has no law on record
Text = dict[str, Clause]
"""What is asked on one day: requirement -> clause. The same object for every day of one stretch."""
_NOTHING: Text = {}  # for all days that no text covers


@dataclass(frozen=True, slots=True)
class Transition:
    """経過措置: until ``until`` the national text serves clients whose term ended on ``terms_ending``."""

    terms_ending: date
    until: date
    source: Source


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality we hold a text for."""

    id: str
    name: str
    prefecture: str
    clauses: Mapping[str, tuple[Clause, ...]]
    transition: Transition | None = None
    limits: tuple[Limit, ...] = ()
    answers: tuple[Answer, ...] = ()  # to what the documents leave open
    local: Local = ANYWHERE

    def is_meant_by(self, typed: str) -> bool:
        """True for its id, its number and its name, however written, with its prefecture or its office beside it."""
        prefecture, rest = without_prefecture(typed)
        if squeezed(typed) == self.id or (rest == standard(self.name) and prefecture in ("", self.prefecture)):
            return True
        return any((place.prefecture, place.name) == (self.prefecture, self.name) for place in meant(typed))


class Law:
    """All texts. ``on`` answers for one town, service and day."""

    def __init__(self, base: Iterable[TextFile], towns: Iterable[Town]) -> None:
        self.files = files = tuple(base)
        self._base = tuple(file.clauses for file in files)
        self._limits = tuple(limit for file in files for limit in file.limits)
        self.towns = {town.id: town for town in towns}
        self._meant: dict[str, Town | None] = {}
        self._stretches: dict[tuple[str | None, str | None], tuple[tuple[date, ...], tuple[Text, ...]]] = {}
        self._days: dict[tuple[str | None, str | None, date], Text] = {}

    @property
    def requirements(self) -> frozenset[str]:
        return frozenset(name for text in self._base for name in text)

    def town(self, typed: str | None) -> Town | None:
        """Return the town a person means by 長崎市, 長崎県長崎市 or nagasaki_shi; None where we hold no text.

        >>> load_law().town("長崎県 長崎市").id
        'nagasaki_shi'
        """
        if not typed:
            return None
        if typed not in self._meant:
            self._meant[typed] = next((town for town in self.towns.values() if town.is_meant_by(typed)), None)
        return self._meant[typed]

    def likely_town(self, typed: str | None) -> Town | None:
        """Return the town a person may mean by what is no municipality: one character off, or more than a name.

        >>> load_law().likely_town("長埼市").id, load_law().likely_town("諫早市")
        ('nagasaki_shi', None)
        """
        if not typed or self.town(typed) or meant(typed):
            return None
        return next((town for town in self.towns.values() if is_nearly(typed, town.name)), None)

    def on(self, town: str | None, service: str | None, day: date) -> Text:
        """Return what is asked on *day*; a clause's first day counts. Empty where no text covers the day."""
        key = (town, service, day)
        found = self._days.get(key)
        if found is None:
            starts, texts = self._timeline(town, service)
            nth = sum(start <= day for start in starts)
            found = self._days[key] = texts[nth - 1] if nth else _NOTHING
        return found

    def stretches(
        self, town: str | None, service: str | None, first: date, last: date
    ) -> Iterator[tuple[date, date, Text]]:
        """Cut *first* to *last* into stretches (both ends included) on which one text holds; together every day once."""
        starts, _ = self._timeline(town, service)
        begins = [first, *(start for start in starts if first < start <= last)]
        ends = [*(start - timedelta(days=1) for start in begins[1:]), last]
        for begin, end in zip(begins, ends, strict=True):
            yield begin, end, self.on(town, service, begin)

    def limits(self, town: str | None, day: date) -> tuple[Limit, ...]:
        """Return what the texts in force ask and no rule reads; on one requirement a town's words stand for the national ones."""
        own = [limit for limit in (self.towns[town].limits if town else ()) if limit.since <= day]
        said = {limit.requirement for limit in own if limit.requirement}
        rest = [limit for limit in self._limits if limit.since <= day and limit.requirement not in said]
        return (*own, *rest)

    def trying(self, draft: Town) -> tuple["Law", Town]:
        """Return a law in which *draft* holds on every day whatever its dates, over the town's own text, and that town."""
        own = self.town(draft.prefecture + draft.name)
        first = min(clause.since for layer in self._base for clauses in layer.values() for clause in clauses)
        clauses = dict(own.clauses) if own else {}
        for name, drafted in draft.clauses.items():
            clauses[name] = (*clauses.get(name, ()), *(replace(clause, since=first) for clause in drafted))
        answers = {answer.reading: answer for answer in (*(own.answers if own else ()), *draft.answers)}
        town = replace(
            draft,
            id=own.id if own else f"{draft.id}（下書き）",
            clauses=clauses,
            transition=draft.transition or (own.transition if own else None),
            answers=tuple(answers.values()),
        )
        others = (each for each in self.towns.values() if each is not own)
        return Law(self.files, [*others, town]), town

    def covers(self, text: Text) -> bool:
        """True when some text states the conditions of home use for that day."""
        return CORE in text

    def _timeline(self, town: str | None, service: str | None) -> tuple[tuple[date, ...], tuple[Text, ...]]:
        key = (town, service)
        if key not in self._stretches:
            layers = ((self.towns[town].clauses,) if town else ()) + self._base
            starts = tuple(sorted({c.since for layer in layers for clauses in layer.values() for c in clauses}))
            self._stretches[key] = starts, tuple(_asked(layers, service, day) for day in starts)
        return self._stretches[key]


def _asked(layers: Iterable[Mapping[str, tuple[Clause, ...]]], service: str | None, day: date) -> Text:
    text: dict[str, Clause] = {}
    for layer in layers:
        for name, clauses in layer.items():
            if name in text:
                continue
            in_force = [c for c in clauses if c.since <= day and c.concerns(service)]
            if in_force:
                text[name] = in_force[-1]
    return text


@cache
def load_law(folder: Path = TEXTS) -> Law:
    """Read every text of *folder*; raises LawError naming file and line."""
    base = [load_text(folder / f"{name}.toml") for name in BASE]
    house = base[-1].clauses
    known = _shapes(base)
    for name, file in zip(BASE, base, strict=True):
        check_shapes(folder / f"{name}.toml", file, known, house)
        _known_limits(folder / f"{name}.toml", file, known)
        if file.answers:
            raise LawError(f"{name}.toml: [[reading]] は市町村の通知のファイルにだけ書けます")
    paths = sorted(path for path in folder.glob("*.toml") if path.stem not in BASE)
    base = [replace(file, clauses=measured(file.clauses, house)) for file in base]
    towns = [_town(path, known, house) for path in paths]
    _check_names(towns)
    return Law(base, towns)


def _shapes(base: Iterable[TextFile]) -> Shapes:
    return shapes_of(clause for file in base for clauses in file.clauses.values() for clause in clauses)


def _check_names(towns: Iterable[Town]) -> None:
    """Two texts of one town would override each other without a word."""
    seen: dict[tuple[str, str], str] = {}
    for town in towns:
        other = seen.setdefault((town.prefecture, standard(town.name)), town.id)
        if other != town.id:
            raise LawError(
                f"{town.id}.toml: {town.prefecture}{town.name}は {other}.toml にもあります。1つにまとめてください"
            )


def _town(path: Path, known: Shapes, house: Clauses) -> Town:
    file = load_text(path)
    for key in ("name", "prefecture"):
        if key not in file.header:
            raise LawError(f"{path.name} 1行目: 「{key}」がありません")
    for name in file.clauses:
        if name not in known:
            raise _unknown(path, name, f"[[{name}]]")
    check_shapes(path, file, known, house)
    _known_limits(path, file, known)
    transition = _transition(path, file.header.get("transition"))
    return Town(
        id=path.stem,
        name=file.header["name"],
        prefecture=file.header["prefecture"],
        clauses=measured(file.clauses, house),
        transition=transition,
        limits=file.limits,
        answers=file.answers,
        local=local_of(file.header["name"], file.header.get("words", {})),
    )


def _known_limits(path: Path, file: TextFile, known: Collection[str]) -> None:
    for limit in file.limits:
        if limit.requirement and limit.requirement not in known:
            raise _unknown(path, limit.requirement, f'"{limit.requirement}"')


def _unknown(path: Path, name: str, written: str) -> LawError:
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if written in text.split("#")[0]), 1)
    return LawError(f"{path.name} {line}行目: 知らない要件「{name}」です（国の通知にも在宅点検の目安にもありません）")


def _transition(path: Path, table: dict[str, Any] | None) -> Transition | None:
    if table is None:
        return None
    try:
        return Transition(table["terms_ending"], table["until"], Source(**table["source"]))
    except (KeyError, TypeError) as error:
        raise LawError(f"{path.name}: [transition] は terms_ending, until, source だけです（{error}）") from error


def load_draft(path: Path, law: Law) -> tuple[Law, Town]:
    """Read a draft notice as strictly as a town's text and lay it over *law*; raises LawError naming file and line."""
    return law.trying(_town(path, _shapes(law.files), law.files[-1].clauses))
