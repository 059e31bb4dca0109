"""P02: days for which we hold no text at all."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.scopes import Book


def no_text_on_record(book: Book) -> Iterator[Flaw]:
    for whole in book.people:
        if whole.uncovered:
            yield breach(
                whole,
                "この日とサービスの基準を書いた本文を持っていません",
                days=[day.date for day in whole.uncovered],
                remedy="当時の基準は市町村に確かめてください。",
            )
