"""P02: the month that stands above a table is not the month judged, or no month completes its dates."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Remark
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, own, place

_AGREE = "表の上の年月と、設定の対象年月を確かめて、違うほうを直してください。"
_STATE = "設定の対象年月を入力するか、日付を年月日で入力してください。"


def stated_months(book: Book) -> Iterator[Flaw]:
    for remark in book.log.remarks:
        if remark.kind == "month":
            yield from _said(book, remark)


def _said(book: Book, remark: Remark) -> Iterator[Flaw]:
    above, target = remark.words
    sheet = place(remark.row.sheet)
    if remark.count and above:
        yield breach(book, _differing(remark), at="day", on=remark, days=(), remedy=_AGREE)
    elif remark.count:
        message = Sentence(
            "{sheet}の日付に年と月がなく、いつの記録か判断できません{rows}。",
            sheet=sheet,
            rows=own(f"（{remark.count}行）"),
        )
        yield breach(book, message, at="day", on=remark, days=(), remedy=_STATE)
    elif any(month not in book.judged for month in remark.months if month.words != target):
        message = Sentence("{sheet}の上に{above}とありますが、日付は別の月です。", sheet=sheet, above=own(above))
        yield advice(book, message, at="day", on=remark, days=(), remedy=_AGREE)


def _differing(remark: Remark) -> Sentence:
    above, target = remark.words
    other = f"、設定の対象年月は{target}です。" if target else "、どの月か1つに決まりません。"
    return Sentence(
        "{sheet}の上に{above}とあり{other}{rows}の日付がどの月か判断できません。",
        sheet=place(remark.row.sheet),
        above=own(above),
        other=own(other),
        rows=own(f"{remark.count}行"),
    )
