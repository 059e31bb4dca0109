"""P02: a town that we hold no text for; its clients are judged by the national one."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.scopes import Book, Whole
from zaitaku_xl.sentence import Sentence, typed


def towns_without_text(book: Book) -> Iterator[Flaw]:
    first: dict[str, Whole] = {}
    for whole in book.people:
        if whole.home_days and whole.town_typed and not whole.town:
            first.setdefault(whole.town_typed, whole)
    for town, whole in first.items():
        yield advice(
            book,
            Sentence("{town}の本文を持っていません。全国の本文で判定しました", town=typed(town)),
            at="town",
            on=whole.person.client,
            days=(),
            remedy="市町村の取扱いに追加の定めがないか、確かめてください。",
        )
