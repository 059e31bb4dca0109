"""P02: a 対象年月 left over from another month must not look like a month without faults."""

from collections.abc import Iterable, Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Month
from zaitaku_xl.scopes import Book

_REMEDY = "設定の対象年月が正しいか確かめてください。"


def months_without_rows(book: Book) -> Iterator[Flaw]:
    if not book.held or book.held & set(book.judged):
        return
    office = book.log.office
    message = f"日報に{_listed(book.judged)}の行がありません（あるのは{_listed(book.held)}）"
    if office.month in book.judged:
        yield breach(book, message, at="month", on=office, days=(), remedy=_REMEDY)
    else:
        yield advice(book, message, days=(), remedy=_REMEDY)


def _listed(months: Iterable[Month]) -> str:
    return "、".join(f"{month.year}年{month.month}月" for month in sorted(months))
