"""P02: an office's own sheets, and as what they were read: told once for all sheets of one kind."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.model import Remark
from zaitaku_xl.ruling.words import any_of
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, own, place, typed

_READ = "読み取り方が違うときは、「読み取り方」のシートで直せます。"
_ASKED = "「読み取り方」のシートで答えると、次の月からは聞きません。"
_LEFT = "記録が書いてあるときは、見出しのある列に入れておくと安心です。"
_MOST = 3


def how_read(book: Book) -> Iterator[Flaw]:
    alike: dict[tuple[str, ...], list[Remark]] = {}
    for remark in book.log.remarks:
        if remark.kind == "layout":
            alike.setdefault(remark.words, []).append(remark)
        elif remark.kind == "asked":
            yield advice(book, _asked(remark), at="day", on=remark, days=(), remedy=_ASKED)
        elif remark.kind == "left":
            message = Sentence(
                f"{{sheet}}に読み取っていないセルが{remark.count}個あります。", sheet=place(remark.row.sheet)
            )
            yield advice(book, message, at="day", on=remark, days=(), remedy=_LEFT)
    for remarks in alike.values():
        yield advice(book, _taken_for(remarks), at="day", on=remarks[0], days=(), remedy=_READ)


def _taken_for(remarks: list[Remark]) -> Sentence:
    outline, *tables = remarks[0].words
    more = f"ほか{len(remarks) - 1}シート" if len(remarks) > 1 else ""
    return Sentence(
        f"{{sheet}}{more}を、「{{outline}}」として読みました（{any_of(tables)}にあたります）。",
        sheet=place(remarks[0].row.sheet, in_brackets=True),
        outline=own(outline),
    )


def _asked(remark: Remark) -> Sentence:
    headings = remark.words[:_MOST]
    told = "".join(f"{{heading{number}}}" for number, _ in enumerate(headings))
    more = f"など{remark.count}つ" if remark.count > _MOST else ""
    return Sentence(
        f"{{sheet}}の{told}{more}は、どの項目か分かりません。",
        sheet=place(remark.row.sheet),
        **{f"heading{number}": typed(heading) for number, heading in enumerate(headings)},
    )
