"""P02: a 対象年月 left over from another month must not look like a month without faults."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.ruling.words import listed
from zaitaku_xl.scopes import Book

_FILL_IN = "記録を入力してから、もう一度点検してください。"
_REMEDY = "設定の対象年月が正しいか確かめてください。"


def months_without_rows(book: Book) -> Iterator[Flaw]:
    if book.held & set(book.judged):
        return
    if not book.held:
        if not _has_rows(book):
            yield advice(book, "日報に、内容の入力された行が見つかりません。", days=(), remedy=_FILL_IN)
        return
    office = book.log.office
    message = f"日報に{listed(book.judged)}の行が見つかりません（あるのは{listed(book.held)}）。"
    if office.month in book.judged:
        yield breach(book, message, at="month", on=office, days=(), remedy=_REMEDY)
    else:
        yield advice(book, message, days=(), remedy=_REMEDY)


def _has_rows(book: Book) -> bool:
    """True where a row says something, though it names no day or nobody."""
    named = any(whole.person.entries for whole in book.people)
    return named or any(table == "entries" for table, _ in book.log.strays)
