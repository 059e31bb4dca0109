"""P02: a sheet or a column that rules need is not in the workbook."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.rules.p02_not_available.blocking import BLOCKING
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, place


def lacking_sheets(book: Book) -> Iterator[Flaw]:
    blocked = not BLOCKING.isdisjoint(book.lacking)
    home = frozenset([day.date for whole in book.people for day in whole.home_days] if blocked else ())
    for name in book.lacking:
        what = _what_is_lacking(book, name)
        if name == "clients.town":
            towns = {whole.town for whole in book.people} - {None}
            text = "指定された市町村の本文" if towns else "全国の本文"
            yield advice(book, what.followed_by(f"。{text}で判定しました"), days=())
        elif name not in BLOCKING:
            yield advice(book, what.followed_by("。これを使う点検は休みました"), days=())
        elif home:
            yield breach(book, what.followed_by("。在宅の日を判定できません"), days=home)


def _what_is_lacking(book: Book, name: str) -> Sentence:
    table, _, column = name.partition(".")
    sheet = book.log.names.get(table, table)
    if not column:
        return Sentence("{sheet}のシートがありません", sheet=place(sheet, in_brackets=True))
    heading = book.log.names.get(name, column)
    return Sentence("{sheet}に{column}がありません", sheet=place(sheet), column=place(heading, in_brackets=True))
