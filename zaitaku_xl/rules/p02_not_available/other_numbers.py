"""P02: rows under the name of the only client of that name, but with another 受給者証番号."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Log, Record
from zaitaku_xl.rules.p02_not_available.blocking import BLOCKING
from zaitaku_xl.scopes import Book, Whole
from zaitaku_xl.sentence import Sentence, person, place


def other_numbers(book: Book) -> Iterator[Flaw]:
    numbered = _numbered_tables(book.log)
    for whole in book.people if numbered - {"clients"} else ():
        client = whole.person.client
        if client and _bare(client.number) and not whole.person.ambiguous:
            for table, records in _under_another_number(whole, _bare(client.number), numbered):
                yield from _differing(book, whole, client.number, table, records)


def _numbered_tables(log: Log) -> set[str]:
    """The tables a block rests on that have numbers in their rows."""
    filled = {name.removesuffix(".number") for name in log.filled if name.endswith(".number")}
    return filled & {"entries", *BLOCKING}


def _under_another_number(whole: Whole, number: str, tables: set[str]) -> list[tuple[str, list[Record]]]:
    """The rows of each table and each other number."""
    others: dict[tuple[str, str], list[Record]] = {}
    for table, records in whole.person.tables():
        for record in records if table in tables else ():
            if record.number and _bare(record.number) != number:
                others.setdefault((table, _bare(record.number)), []).append(record)
    return [(table, records) for (table, _), records in others.items()]


def _differing(book: Book, whole: Whole, ours: str | None, table: str, records: list[Record]) -> Iterator[Flaw]:
    dates = {getattr(record, "day", None) for record in records}
    days = [day.date for day in whole.home_days if table != "entries" or day.date in dates]
    first = records[0]
    if days:
        yield breach(
            whole,
            Sentence(
                "{sheet}の受給者証番号{theirs}が利用者台帳の{ours}と違います。どの利用者の行か判断できません。",
                sheet=place(book.log.names[table]),
                theirs=person(first.number),
                ours=person(ours),
            ),
            at="number",
            on=first,
            days=days,
            remedy="同じ利用者なら番号を直し、別の利用者なら利用者台帳に加えてください。確かめるまで請求を控えます。",
        )


def _bare(number: str | None) -> str:
    """A number without the leading zeros that Excel may have dropped."""
    return (number or "").lstrip("0")
