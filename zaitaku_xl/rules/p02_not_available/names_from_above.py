"""P02: rows without a name that were read as those of the client named above (no reading is silent)."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, own, place


def names_from_above(book: Book) -> Iterator[Flaw]:
    for table, count, record in book.log.named_above:
        yield advice(
            book,
            Sentence(
                "{sheet}の氏名のない行（{count}行）は、上の行の利用者の記録として点検しました。",
                sheet=place(book.log.names.get(table, table)),
                count=own(str(count)),
            ),
            on=record,
            days=(),
            remedy="その利用者の記録でなければ直してください。どの行にも氏名を入力しておくと安心です。",
        )
