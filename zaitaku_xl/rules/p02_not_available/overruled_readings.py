"""P02: a choice made in 設定 that a town has answered otherwise is not passed over in silence."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.scopes import Book, Whole
from zaitaku_xl.sentence import Sentence, typed


def overruled_readings(book: Book) -> Iterator[Flaw]:
    first: dict[tuple[str | None, str], Whole] = {}
    for whole in book.people:
        for question in whole.readings.overruled if whole.home_days else ():
            first.setdefault((whole.town, question), whole)
    office = book.log.office
    for (town, question), whole in first.items():
        yield advice(
            book,
            Sentence(
                f"設定の{question}の解釈は、{{town}}の利用者には使いません。市町村の回答によります。",
                town=typed(whole.town_typed, in_brackets=False),
            ),
            at=question if question in office.row.columns else "week_start",
            on=office,
            days=(),
            remedy=f"市町村の回答は zaitaku-xl explain {question} --city {town} で確かめられます。",
        )
