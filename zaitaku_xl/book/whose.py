"""Who is who: 利用者台帳 tells first, then 日報, then all other sheets; 受給者証番号 before 氏名, and 氏名 however written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from zaitaku_xl import model
from zaitaku_xl.scopes import LooseRows
from zaitaku_xl.spelling import near_forms, of_person, one_off, seen, squeezed

Typed = tuple[str | None, str | None]  # 氏名 and 受給者証番号 as typed
Rows = Mapping[Typed, list[model.Record]]
_APART = ord("ァ") - ord("ぁ")


@dataclass(slots=True, eq=False)
class Somebody:
    """One client as the workbook tells them apart."""

    person: model.Person
    spelling: str  # of the name where it is first written
    number: str  # without the zeros that Excel may have dropped
    written: str  # the name for comparing
    spellings: frozenset[str]
    kana: str = ""
    is_shown_with_number: bool = False  # or two clients would be called the same
    not_told_from: list["Somebody"] = field(default_factory=list)  # clients of the same name
    loose: Mapping[str, LooseRows] | None = None  # the rows by table, once another may be meant by them


class Tier:
    """Those whom some sheets name and no tier above knows."""

    def __init__(self, tables: Iterable[Rows], above: "Tier | None" = None) -> None:
        self._above = above
        self._found: dict[Typed, Somebody | None] = {}
        self._by_name: dict[str, list[Somebody]] = {}
        self._by_number: dict[str, list[Somebody]] = {}
        for written, rows in self._unknown(tables).items():
            self._by_name[written] = list(_told_apart(written, rows))
        for somebody in self.people:
            if somebody.number:
                self._by_number.setdefault(somebody.number, []).append(somebody)

    def _unknown(self, tables: Iterable[Rows]) -> dict[str, dict[Typed, model.Record]]:
        """By name the ways it is typed, each with its first row."""
        found: dict[str, dict[Typed, model.Record]] = {}
        for rows in tables:
            for typed, records in rows.items():
                if typed[0] and not (self._above and self._above.find(typed)):
                    found.setdefault(of_person(typed[0]), {}).setdefault(typed, records[0])
        return found

    @property
    def people(self) -> list[Somebody]:
        return [somebody for namesakes in self._by_name.values() for somebody in namesakes]

    def find(self, typed: Typed) -> Somebody | None:
        """Return the one that a name and a number mean; None where they name nobody, or somebody of another number."""
        if typed not in self._found:
            above = self._above.find(typed) if self._above else None
            self._found[typed] = above or self._own(typed)
        return self._found[typed]

    def _own(self, typed: Typed) -> Somebody | None:
        name, number = typed[0], bare(typed[1])
        numbered = self._by_number.get(number, [])
        if not name:
            return numbered[0] if len(numbered) == 1 else None
        namesakes = self._by_name.get(of_person(name), [])
        for somebody in numbered:
            if somebody in namesakes or not (namesakes or set(somebody.written).isdisjoint(of_person(name))):
                return somebody
        exactly = [somebody for somebody in namesakes if squeezed(name) in somebody.spellings]
        among = exactly or namesakes
        if len(among) > 1:
            return self._one_of(namesakes, typed)
        return next((only for only in among if exactly or not (number and only.number)), None)

    def _one_of(self, namesakes: list[Somebody], typed: Typed) -> Somebody:
        """Somebody who may be any of several clients of that name."""
        name, number = str(typed[0]), bare(typed[1])
        for somebody in namesakes:
            if somebody.person.ambiguous and somebody.number == number:
                return somebody
        shown = f"{seen(name)}（{typed[1]}）" if number else seen(name)
        unsure = Somebody(
            person=model.Person(shown, ambiguous=True),
            spelling=seen(name),
            number=number,
            written=of_person(name),
            spellings=frozenset(),
            not_told_from=list(namesakes),
        )
        for somebody in namesakes:
            somebody.not_told_from.append(unsure)
        namesakes.append(unsure)
        return unsure

    # ---- who may be meant

    def likely(self, nobody: Somebody) -> list[Somebody]:
        """Return those above whom somebody that they do not know may be: one character off, their kana, their number."""
        if self._above is None:
            return []
        return list(dict.fromkeys([*self._above.likely(nobody), *self._above._near(nobody)]))

    def _near(self, nobody: Somebody) -> Iterator[Somebody]:
        for form in near_forms(nobody.written):
            yield from (other for other in self._by_form.get(form, ()) if one_off(nobody.written, other.written))
        yield from self._by_name.get(nobody.written, ())
        yield from self._by_kana.get(katakana(nobody.written), ())
        yield from self._by_number.get(nobody.number, ())

    @cached_property
    def _by_form(self) -> dict[str, list[Somebody]]:
        found: dict[str, list[Somebody]] = {}
        for somebody in self.people:
            for form in near_forms(somebody.written):
                found.setdefault(form, []).append(somebody)
        return found

    @cached_property
    def _by_kana(self) -> dict[str, list[Somebody]]:
        found: dict[str, list[Somebody]] = {}
        for somebody in self.people:
            if somebody.kana:
                found.setdefault(somebody.kana, []).append(somebody)
        return found


def _told_apart(written: str, rows: Mapping[Typed, model.Record]) -> Iterator[Somebody]:
    """Rows of one name are one client's but where their numbers differ."""
    numbers = list(dict.fromkeys(filter(None, [bare(number) for _, number in rows])))
    if len(numbers) < 2:
        yield _somebody(written, rows, "".join(numbers), shared=False)
        return
    by_number: dict[str, dict[Typed, model.Record]] = {}
    for typed, record in rows.items():
        by_number.setdefault(bare(typed[1]), {})[typed] = record
    names = [squeezed(seen(str(next(iter(mine))[0]))) for mine in by_number.values()]
    often = Counter(names)
    together = [
        _somebody(written, mine, number, shared=often[name] > 1)
        for name, (number, mine) in zip(names, by_number.items(), strict=True)
    ]
    for somebody in together:
        if somebody.person.ambiguous:
            for other in together:
                if other is not somebody:
                    other.not_told_from.append(somebody)
                    somebody.not_told_from.append(other)
    yield from together


def _somebody(written: str, rows: Mapping[Typed, model.Record], number: str, *, shared: bool) -> Somebody:
    spelling = seen(str(next(iter(rows))[0]))
    kana = next((row.kana for row in rows.values() if isinstance(row, model.Client) and row.kana), "")
    return Somebody(
        person=model.Person(spelling, ambiguous=shared and not number),
        spelling=spelling,
        number=number,
        written=written,
        spellings=frozenset(squeezed(str(name)) for name, _ in rows),
        kana=katakana(kana),
        is_shown_with_number=shared and bool(number),
    )


def katakana(text: str) -> str:
    """Return kana for comparing: ひらがな as カタカナ.

    >>> katakana("やまだ　はなこ")
    'ヤマダハナコ'
    """
    return "".join([chr(ord(sign) + _APART) if "ぁ" <= sign <= "ゖ" else sign for sign in squeezed(text)])


def bare(number: str | None) -> str:
    """A number without the leading zeros that Excel may have dropped."""
    return (number or "").lstrip("0")
