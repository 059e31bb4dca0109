"""P02: rows of somebody who is neither in 利用者台帳 nor in 日報."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Orphan, OtherService, Person, Record
from zaitaku_xl.scopes import Book, Day, Whole, time_of
from zaitaku_xl.scopes.intervals import Interval, hours_of_log, hours_of_service
from zaitaku_xl.sentence import Sentence, own, person, place
from zaitaku_xl.spelling import Names

_NOTHING_RESTS_ON = frozenset(("checklist", "loans"))
_REMEDY = "氏名の書き間違いなら利用者台帳と同じ書き方に直し、ほかの利用者なら利用者台帳に加えてください。"


def orphans(book: Book) -> Iterator[Flaw]:
    """Once a sheet, at its first row. A slip of the pen is the likelier reading, so what may rest on the rows is open."""
    clients = _Clients(book)
    by_table: dict[str, list[Orphan]] = {}
    for orphan in book.log.orphans:
        by_table.setdefault(orphan.table, []).append(orphan)
    for table, rows in by_table.items():
        hidden = list(_overlaps(clients, rows)) if table == "services" else []
        for whole, of_theirs, days in hidden:
            yield breach(
                whole,
                _said(book, of_theirs, whole.person),
                at="name",
                on=of_theirs[0].record,
                days=days,
                remedy=_REMEDY,
            )
        if not hidden:
            yield _of_sheet(book, clients, table, rows)


def _of_sheet(book: Book, clients: "_Clients", table: str, rows: list[Orphan]) -> Flaw:
    rests = table not in _NOTHING_RESTS_ON and any(_is_of_the_time(book, orphan) for orphan in rows)
    first = next((orphan for orphan in rows if orphan.likely), rows[0])
    meant = clients.meant(first)
    message = _said(
        book, [first, *(orphan for orphan in rows if orphan is not first)], meant[0].person if meant else None
    )
    say = breach if rests else advice
    return say(book, message, at="name", on=first.record, days=(), remedy=_REMEDY)


def _said(book: Book, rows: Sequence[Orphan], meant: Person | None) -> Sentence:
    table, record = rows[0].table, rows[0].record
    message = Sentence(
        "{sheet}の{typed}は、利用者台帳にも日報にもない氏名です{count}。",
        sheet=place(book.log.names.get(table, table)),
        typed=person(record.name),
        count=own(f"（このような行は{len(rows)}行）" if len(rows) > 1 else ""),
    )
    return message.followed_by("{name}さんのことでしょうか。", name=person(meant.name)) if meant else message


def _is_of_the_time(book: Book, orphan: Orphan) -> bool:
    begins, ends = time_of(orphan.record)
    return any((begins or date.min) < month.after.first and month.first <= (ends or date.max) for month in book.judged)


class _Clients:
    """The clients whom a row may mean."""

    def __init__(self, book: Book) -> None:
        self._by_name = {whole.person.name: whole for whole in book.people}
        known = [name for name, whole in self._by_name.items() if whole.person.client or whole.person.entries]
        self._known = Names(known)

    def meant(self, orphan: Orphan) -> list[Whole]:
        """Those who are one character off, else the one of the nearest name."""
        if orphan.likely:
            return [self._by_name[likely.name] for likely in orphan.likely if likely.name in self._by_name]
        name = self._known.nearest(str(orphan.record.name))
        return [self._by_name[name]] if name else []


# ---- 他サービス: what a name hides may lie beside the training at home


def _overlaps(clients: _Clients, rows: list[Orphan]) -> Iterator[tuple[Whole, list[Orphan], set[date]]]:
    """Yield the clients who may be meant, with the rows and the days at home on which they may hide an overlap."""
    found: dict[int, tuple[Whole, list[Orphan], set[date]]] = {}
    for orphan in rows:
        for whole in clients.meant(orphan):
            days = set(_overlapped(whole.home_days, orphan.record))
            if days:
                _, theirs, touched = found.setdefault(id(whole), (whole, [], set()))
                theirs.append(orphan)
                touched |= days
    yield from found.values()


def _overlapped(home_days: Iterable[Day], service: Record) -> Iterator[date]:
    """Yield the days that it may overlap; one that may be of any date may have begun on the day before as well."""
    if isinstance(service, OtherService):
        for day in home_days:
            ours = [hours_of_log(day.date, row.start, row.end).at_most for row in day.home_rows]
            if any(one.shared_with(other) for one in ours for other in _hours_beside(day, service)):
                yield day.date


def _hours_beside(day: Day, service: OtherService) -> list[Interval]:
    unread = not service.row.clear_of("start", "end")
    begun_on = (service.day,) if service.day else (day.date - timedelta(days=1), day.date)
    return [hours_of_service(begun, service.start, service.end, unread=unread).at_most for begun in begun_on]
