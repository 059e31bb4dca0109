"""P02: words of the office that were read as ours, told once a sheet."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.model import Remark
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, own, place, typed

_MOST = 6
_REMEDY = "ほかの意味で使っているときは、在宅・通所など決められたことばに直しておくと安心です。"


def words_read(book: Book) -> Iterator[Flaw]:
    for remark in book.log.remarks:
        if remark.kind == "words":
            yield advice(book, _read_as(remark), at="day", on=remark, days=(), remedy=_REMEDY)


def _read_as(remark: Remark) -> Sentence:
    pairs = list(zip(remark.words[::2], remark.words[1::2], strict=True))
    told = "、".join(f"{{word{n}}}は{{meaning{n}}}" for n in range(len(pairs[:_MOST])))
    rest = "など" if len(pairs) > _MOST else ""
    words = {f"word{n}": typed(word) for n, (word, _) in enumerate(pairs[:_MOST])}
    meanings = {f"meaning{n}": own(meaning) for n, (_, meaning) in enumerate(pairs[:_MOST])}
    return Sentence(f"{{sheet}}の{told}{rest}として数えました。", sheet=place(remark.row.sheet), **words, **meanings)
