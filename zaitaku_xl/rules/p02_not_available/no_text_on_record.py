"""P02: days for which we hold no text at all."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.scopes import Book


def no_text_on_record(book: Book) -> Iterator[Flaw]:
    for whole in book.people:
        if whole.uncovered:
            yield breach(
                whole,
                "この日とサービスの取扱いは収録していないため、判断できません。",
                days=[day.date for day in whole.uncovered],
                remedy="当時の取扱いを{town}に確かめるまで、請求を控えます。",
            )
