"""Rows gathered by client: whose a row is, and whose it may be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zaitaku_xl import model
from zaitaku_xl.book.whose import Rows, Somebody, Tier, Typed
from zaitaku_xl.scopes import LooseRows
from zaitaku_xl.sentence import Sentence
from zaitaku_xl.spelling import seen, typed_alike

_ORDER = ("entries", "clients", *(table for table in model.PERSONAL if table != "entries"))
_OTHERS = _ORDER[2:]
NO_NAME = Sentence("氏名が空欄です")
_Named = tuple[str, model.Record]  # a row and the table it stands in


@dataclass(frozen=True, slots=True)
class Gathered:
    """The people, in the order of 日報 and then of 利用者台帳, and what is to be said of their rows."""

    people: tuple[model.Person, ...]
    strays: tuple[_Named, ...]  # rows that name nobody
    respelt: tuple[_Named, ...]  # for each other way of writing a client's name its first row, beside that name
    orphans: tuple[model.Orphan, ...]


def gathered(records: Mapping[str, Sequence[model.Record]]) -> Gathered:
    """Return whose the records are."""
    rows = {table: _by_name(records.get(table, ())) for table in _ORDER}
    listed = Tier([rows["clients"]])
    logged = Tier([rows["entries"]], listed)
    others = Tier([rows[table] for table in _OTHERS], logged)
    met: dict[int, Somebody] = {}
    strays: list[_Named] = []
    respelt: dict[tuple[str, str], model.Record] = {}
    for table, lists in rows.items():
        for typed, mine in lists.items():
            somebody = others.find(typed)
            if somebody is None:
                strays += [(table, record) for record in mine]
                continue
            if id(somebody) not in met:
                met[id(somebody)] = somebody
                if somebody.is_shown_with_number:
                    somebody.person.name = f"{somebody.spelling}（{typed[1]}）"
            if typed[0] is None:
                _name_is_known(mine)
            elif typed[0] != seen(typed[0]):
                for record in mine:
                    record.name = seen(typed[0])
            _take(somebody.person, table, mine)
            if typed[0] and not typed_alike(typed[0], somebody.spelling):
                respelt.setdefault((somebody.spelling, typed[0]), mine[0])
    orphans = [orphan for each in others.people for orphan in _orphans(each, others)]
    _tell_whose_they_may_be(met.values(), strays, orphans, logged)
    people = tuple(somebody.person for somebody in met.values())
    otherwise = tuple((name, record) for (name, _), record in respelt.items())
    return Gathered(people, tuple(strays), otherwise, tuple(orphans))


def _by_name(records: Iterable[model.Record]) -> Rows:
    """The rows of one table by name and number as typed: a client has many."""
    lists: dict[Typed, list[model.Record]] = {}
    for record in records:
        typed = record.name, record.number
        if typed in lists:
            lists[typed].append(record)
        else:
            lists[typed] = [record]
    return lists


def _take(person: model.Person, table: str, records: list[model.Record]) -> None:
    person.unread += [(table, record) for record in records if record.row.unread and table != "clients"]
    if table == "clients":
        for record in records:
            _enter(person, record)
        return
    mine = getattr(person, table)
    mine += records
    if len(mine) > len(records):  # written in more than one way
        mine.sort(key=lambda record: (record.row.sheet, record.row.number))


def _name_is_known(records: Iterable[model.Record]) -> None:
    """A blank 氏名 beside a number that is one client's leaves nothing open."""
    for record in records:
        if record.row.unread.get("name") == NO_NAME:
            record.row.unread = {field: why for field, why in record.row.unread.items() if field != "name"}


def _enter(person: model.Person, record: model.Record) -> None:
    """Take a row of 利用者台帳; a client has one for each period."""
    person.client = person.client or record  # type: ignore[assignment]
    person.clients.append(record)  # type: ignore[arg-type]
    if record.row.unread:
        person.unread.append(("clients", record))


# ---- rows that may be somebody's


def _orphans(somebody: Somebody, others: Tier) -> list[model.Orphan]:
    """The rows of somebody who is in no 利用者台帳 and no 日報, with those who may be meant."""
    likely = tuple(other.person for other in others.likely(somebody))
    rows = [(table, record) for table, records in somebody.person.tables() for record in records]
    return [model.Orphan(table, record, likely) for table, record in rows]


def _tell_whose_they_may_be(
    met: Iterable[Somebody], strays: Iterable[_Named], orphans: Iterable[model.Orphan], logged: Tier
) -> None:
    """Note with each client the rows that may be theirs: none of these belongs to anybody for certain."""
    anybodys = _Loose()
    for table, record in strays:
        anybodys.add(table, [record])
    theirs: dict[int, _Loose] = {}
    for orphan in orphans:
        for person in orphan.likely:
            theirs.setdefault(id(person), _Loose()).add(orphan.table, [orphan.record])
        if not orphan.likely:
            anybodys.add(orphan.table, [orphan.record])
    for somebody in logged.people:
        somebody.person.likely = tuple(other.person for other in logged.likely(somebody))
        for person in somebody.person.likely:
            theirs.setdefault(id(person), _Loose()).add_all(somebody.person)
    for somebody in met:
        somebody.person.namesakes = tuple(other.person for other in somebody.not_told_from)
        for other in somebody.not_told_from:
            theirs.setdefault(id(somebody.person), _Loose()).add_all(other.person)
        mine = theirs.get(id(somebody.person), _Loose())
        somebody.person.loose = mine.and_those(anybodys)


class _Loose(dict[str, LooseRows]):
    """Rows by table."""

    def add(self, table: str, records: Iterable[model.Record]) -> None:
        self.setdefault(table, LooseRows()).extend(records)

    def add_all(self, person: model.Person) -> None:
        for table, records in person.tables():
            self.add(table, records)

    def and_those(self, others: "_Loose") -> Mapping[str, Sequence[model.Record]]:
        """These and those of *others*; there may be many clients, so what all share is not copied."""
        if not self:
            return others
        return {
            table: LooseRows([*self.get(table, ()), *others.get(table, ())]) for table in self.keys() | others.keys()
        }
