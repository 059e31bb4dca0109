"""P02: a client's name is written in more than one way; it was read as one name (A-33)."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, own, person
from zaitaku_xl.spelling import typed_alike


def respelt_names(book: Book) -> Iterator[Flaw]:
    """Once a book, at the first such row: what else is written so is counted."""
    if not book.log.respelt:
        return
    name, record = book.log.respelt[0]
    others = len(book.log.respelt) - 1
    hidden = "に目に見えない文字が入っていますが、" if typed_alike(record.name or "", name) else "は"
    yield advice(
        book,
        Sentence(
            f"{{typed}}{hidden}{{name}}さんと同じ利用者として点検しました{{more}}。",
            typed=person(record.name or record.number),
            name=person(name),
            more=own(f"（書き方の違いはほかに{others}通り）" if others else ""),
        ),
        at="name",
        on=record,
        days=(),
        remedy="別の利用者なら、受給者証番号を入力してください。氏名の書き方は利用者台帳とそろえておくと安心です。",
    )
