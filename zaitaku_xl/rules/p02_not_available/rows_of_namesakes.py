"""P02: rows of a name that several clients have, without a number, in the sheets a block rests on."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Person
from zaitaku_xl.rules.p02_not_available.blocking import BLOCKING, NUMBERS_WANTED
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, place


def rows_of_namesakes(book: Book) -> Iterator[Flaw]:
    for whole in book.people:
        tables = _unsure_tables(whole.person) if whole.person.namesakes and whole.home_days else []
        if tables and not whole.person.ambiguous:
            sheets = "・".join(book.log.names[table] for table in tables)
            yield breach(
                whole,
                Sentence(
                    "同じ氏名の利用者が2人以上いて、{sheets}の受給者証番号のない行がだれの行か判断できません。",
                    sheets=place(sheets),
                ),
                days=[day.date for day in whole.home_days],
                remedy=NUMBERS_WANTED,
            )


def _unsure_tables(person: Person) -> list[str]:
    return sorted({table for other in person.namesakes for table, _ in other.tables()} & BLOCKING)
