"""Rows gathered by client: whose a row is, and whose it may be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zaitaku_xl import model
from zaitaku_xl.book.whose import Rows, Somebody, Tier, Typed
from zaitaku_xl.scopes import LooseOfSeveral, LooseRows
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
    met: dict[Somebody, None] = {}
    strays: list[_Named] = []
    respelt: dict[tuple[str, str], model.Record] = {}
    for table, lists in rows.items():
        for typed, mine in lists.items():
            somebody = others.find(typed)
            if somebody is None:
                strays += [(table, record) for record in mine]
                continue
            if somebody not in met:
                met[somebody] = None
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
    orphans = _tell_whose_they_may_be(met, strays, others.people, others, logged)
    people = tuple(somebody.person for somebody in met)
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


def _tell_whose_they_may_be(
    met: Iterable[Somebody], strays: Iterable[_Named], nobodys: Iterable[Somebody], others: Tier, logged: Tier
) -> list[model.Orphan]:
    """Note with each client the rows that may be theirs, and return those of people whom nobody knows.

    None of these rows belongs to anybody for certain.
    """
    orphans: list[model.Orphan] = []
    theirs: dict[Somebody, list[Mapping[str, LooseRows]]] = {}
    anybodys = _Loose(strays)
    for nobody in nobodys:
        likely = others.likely(nobody)
        its = tuple(other.person for other in likely)
        orphans += [model.Orphan(table, record, its) for table, record in _rows(nobody)]
        for other in likely:
            theirs.setdefault(other, []).append(_loose(nobody))
        if not likely:
            anybodys.take(_rows(nobody))
    for somebody in logged.people:
        likely = logged.likely(somebody)
        somebody.person.likely = tuple(other.person for other in likely)
        for other in likely:
            theirs.setdefault(other, []).append(_loose(somebody))
    for somebody in met:
        somebody.person.namesakes = tuple(other.person for other in somebody.not_told_from)
        mine = [*theirs.get(somebody, ()), *map(_loose, somebody.not_told_from)]
        somebody.person.loose = _together([*mine, anybodys]) if mine else anybodys
    return orphans


def _rows(somebody: Somebody) -> list[_Named]:
    return [(table, record) for table, records in somebody.person.tables() for record in records]


class _Loose(dict[str, LooseRows]):
    """Rows by table."""

    def __init__(self, rows: Iterable[_Named]) -> None:
        super().__init__()
        self.take(rows)

    def take(self, rows: Iterable[_Named]) -> None:
        for table, record in rows:
            if table not in self:
                self[table] = LooseRows()
            self[table].append(record)


def _loose(somebody: Somebody) -> Mapping[str, LooseRows]:
    """The rows of somebody who may be another; many may be that other, so they are gathered once."""
    if somebody.loose is None:
        somebody.loose = _Loose(_rows(somebody))
    return somebody.loose


def _together(several: Sequence[Mapping[str, LooseRows]]) -> dict[str, LooseOfSeveral]:
    tables = dict.fromkeys(table for each in several for table in each)
    return {table: LooseOfSeveral([each[table] for each in several if table in each]) for table in tables}
