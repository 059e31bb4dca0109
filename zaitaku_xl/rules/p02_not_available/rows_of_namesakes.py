"""P02: rows of a name that several clients have, without a number, in the sheets a block rests on."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.rules.p02_not_available.blocking import BLOCKING, NUMBERS_WANTED
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, place


def rows_of_namesakes(book: Book) -> Iterator[Flaw]:
    nameless = {table for table, _ in book.log.strays}  # rows without any name are P01's
    for whole in book.people:
        tables = [table for table in sorted(whole.person.unsorted - nameless) if table in BLOCKING]
        if whole.home_days and tables and not whole.person.ambiguous:
            sheets = "・".join(book.log.names[table] for table in tables)
            yield breach(
                whole,
                Sentence(
                    "同じ氏名の方が2人以上いて、{sheets}に受給者証番号のない行があります。どの方の行か決められません",
                    sheets=place(sheets),
                ),
                days=[day.date for day in whole.home_days],
                remedy=NUMBERS_WANTED,
            )
