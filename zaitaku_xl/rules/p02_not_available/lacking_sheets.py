"""P02: a sheet or a column that rules need is not in the workbook."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.rules.p02_not_available.blocking import BLOCKING
from zaitaku_xl.scopes import Book


def lacking_sheets(book: Book) -> Iterator[Flaw]:
    blocked = not BLOCKING.isdisjoint(book.lacking)
    home = frozenset([day.date for whole in book.people for day in whole.home_days] if blocked else ())
    for name in book.lacking:
        what = _what_is_lacking(book, name)
        if name == "clients.town":
            towns = {whole.town for whole in book.people} - {None}
            text = "指定された市町村の本文" if towns else "全国の本文"
            yield advice(book, f"{what}。{text}で判定しました", days=())
        elif name not in BLOCKING:
            yield advice(book, f"{what}。これを使う点検は休みました", days=())
        elif home:
            yield breach(book, f"{what}。在宅の日を判定できません", days=home)


def _what_is_lacking(book: Book, name: str) -> str:
    table, _, column = name.partition(".")
    sheet = book.log.names.get(table, table)
    if not column:
        return f"「{sheet}」のシートがありません"
    return f"{sheet}に「{book.log.names.get(name, column)}」がありません"
