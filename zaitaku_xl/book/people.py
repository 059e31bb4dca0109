"""Rows gathered by client: 受給者証番号 where it is there, else the name, blanks and width apart."""

from collections.abc import Mapping, Sequence

from zaitaku_xl import model
from zaitaku_xl.book.values import folded

Key = tuple[str, str | None]


def gathered(
    records: Mapping[str, Sequence[model.Record]],
) -> tuple[tuple[model.Person, ...], tuple[tuple[str, model.Record], ...]]:
    """Return the people, in the order of 日報 and then of 利用者台帳, and the rows that name nobody."""
    people = _People(records["clients"])
    strays: list[tuple[str, model.Record]] = []
    for table in ("entries", "clients", *(t for t in model.PERSONAL if t != "entries")):
        lists: dict[Key, list[model.Record]] = {}  # by name and number as typed: a client has many rows
        for record in records.get(table, ()):
            if not record.name:
                strays.append((table, record))
                continue
            if table == "clients":
                _enter(people.of(record), record)
                continue
            typed = record.name, record.number
            if typed not in lists:
                lists[typed] = getattr(people.of(record), table)
            lists[typed].append(record)
            if record.row.unread:
                people.of(record).unread.append((table, record))
    _keep_apart(people.by_key, {table for table, _ in strays})
    return tuple(people.by_key.values()), tuple(strays)


def _keep_apart(people: Mapping[Key, model.Person], nameless: set[str]) -> None:
    """Note with each client the tables whose rows may be theirs: rows without a name, rows of a homonym without a number."""
    namesakes: dict[str, list[model.Person]] = {}
    for (name, _), person in people.items():
        namesakes.setdefault(name, []).append(person)
    for (name, _), person in people.items():
        shared = [other for other in namesakes[name] if other is not person]
        unsure = [other for other in shared if other.ambiguous or person.ambiguous]
        person.unsorted = frozenset(nameless | {t for other in unsure for t in model.PERSONAL if getattr(other, t)})


def _enter(person: model.Person, record: model.Record) -> None:
    """Take a row of 利用者台帳: the first is the client's, the second is one too many."""
    if person.client is None:
        person.client = record  # type: ignore[assignment]
        if record.row.unread:
            person.unread.append(("clients", record))
    elif person.doubled is None:
        person.doubled = record  # type: ignore[assignment]


class _People:
    """The clients met so far."""

    def __init__(self, clients: Sequence[model.Record]) -> None:
        self._register = _Register(clients)
        self._known: dict[Key, model.Person] = {}  # by name and number as typed
        self.by_key: dict[Key, model.Person] = {}

    def of(self, record: model.Record) -> model.Person:
        """Return whose a record is."""
        typed = record.name or "", record.number
        person = self._known.get(typed)
        if person is None:
            key, register = self._register.key(record), self._register
            if key not in self.by_key:
                self.by_key[key] = model.Person(register.display(key, record), ambiguous=register.is_ambiguous(key))
            person = self._known[typed] = self.by_key[key]
        return person


class _Register:
    """Who is who, as 利用者台帳 has it."""

    def __init__(self, clients: Sequence[model.Record]) -> None:
        self._numbers: dict[str, list[str]] = {}
        self._names: dict[str, str] = {}
        for client in clients:
            if client.name:
                self._names.setdefault(folded(client.name), client.name)
                numbers = self._numbers.setdefault(folded(client.name), [])
                if _bare(client.number) not in numbers:
                    numbers.append(_bare(client.number))

    def key(self, record: model.Record) -> Key:
        """A name alone where it is one client's; name and number where several share it."""
        name = folded(record.name or "")
        if len(self._numbers.get(name, ())) < 2:
            return name, None
        return name, _bare(record.number)

    def is_ambiguous(self, key: Key) -> bool:
        name, number = key
        return number is not None and (not number or number not in self._numbers[name])

    def display(self, key: Key, record: model.Record) -> str:
        """The name as 利用者台帳 spells it; homonyms carry their number."""
        name = self._names.get(key[0], str(record.name))
        return f"{name}（{record.number}）" if key[1] else name


def _bare(number: str | None) -> str:
    """A number without the leading zeros that Excel may have dropped."""
    return (number or "").lstrip("0")
