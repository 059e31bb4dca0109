"""P02: rows that are no records (an example, headings, a sum), copies of a sheet, records that nobody sees."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Remark
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Sentence, own, place

_ASIDE = {"example": "記入例の行", "heading": "見出しと同じ行", "total": "合計の行"}
_LEAVE = "利用者の記録でなければ、このままでかまいません。"


def rows_set_aside(book: Book) -> Iterator[Flaw]:
    for remark in book.log.remarks:
        if remark.kind in _ASIDE:
            message = Sentence(
                "{sheet}の{what}は、記録として数えていません。",
                sheet=place(remark.row.sheet),
                what=own(f"{_ASIDE[remark.kind]}（{remark.count}行）"),
            )
            yield advice(book, message, at="day", on=remark, days=(), remedy=_LEAVE)


def words_beside(book: Book) -> Iterator[Flaw]:
    for remark in book.log.remarks:
        if remark.kind == "beside":
            message = Sentence(
                "{sheet}の見出しのない列（{columns}）の記載（{count}行）は点検していません。",
                sheet=place(remark.row.sheet),
                columns=own("・".join(remark.words)),
                count=own(str(remark.count)),
            )
            remedy = "記録なら、見出しのある列に入力してください。覚え書きなら、このままでかまいません。"
            yield advice(book, message, at="day", on=remark, days=(), remedy=remedy)


def copies(book: Book) -> Iterator[Flaw]:
    for remark in book.log.remarks:
        if remark.kind == "copy":
            yield _copy(book, remark)


def _copy(book: Book, remark: Remark) -> Flaw:
    judged = place(book.log.names[remark.table], in_brackets=True)
    other = place(remark.row.sheet, in_brackets=True)
    only_there = remark.count and remark.table == "entries" and set(remark.months) & set(book.judged)
    if only_there:
        message = Sentence(
            "{other}に、{judged}にない記録が{count}行あります。点検したのは{judged}だけです。",
            other=other,
            judged=judged,
            count=own(str(remark.count)),
        )
        remedy = "どちらの記録が正しいかを確かめ、1つのシートにまとめてください。"
        return breach(book, message, at="day", on=remark, days=(), remedy=remedy)
    message = Sentence("{other}は点検していません。点検したのは{judged}だけです。", other=other, judged=judged)
    remedy = "使っていないシートなら、このままでかまいません。記録があれば、1つのシートにまとめてください。"
    return advice(book, message, at="day", on=remark, days=(), remedy=remedy)


def hidden_records(book: Book) -> Iterator[Flaw]:
    """Said once a sheet: hidden or filtered, they are judged all the same."""
    judged: dict[str, set[int]] | None = None
    for remark in book.log.remarks:
        if not remark.kind.startswith("hidden"):
            continue
        if remark.kind == "hidden_rows" and remark.table == "entries":
            judged = judged if judged is not None else _judged_rows(book)
            if remark.rows.isdisjoint(judged.get(remark.row.sheet, ())):
                continue  # months that are over, put out of sight
        yield advice(book, _hidden(remark), at="day", on=remark, days=(), remedy=_SHOW)


_SHOW = "隠れた行や列も点検しています。消したつもりの記録が残っていないか、表示して確かめておくと安心です。"


def _judged_rows(book: Book) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for whole in book.people:
        for day in whole.days:
            for entry in day.entries:
                found.setdefault(entry.row.sheet, set()).add(entry.row.number)
    return found


def _hidden(remark: Remark) -> Sentence:
    sheet = place(remark.row.sheet)
    if remark.kind == "hidden_sheet":
        return Sentence("{sheet}のシートは非表示ですが、記録があるため点検しました。", sheet=sheet)
    if remark.kind == "hidden_rows":
        return Sentence(
            "{sheet}の表示されていない行（{count}行）も点検しました。", sheet=sheet, count=own(str(remark.count))
        )
    return Sentence(
        "{sheet}の表示されていない列（{columns}）も点検しました。",
        sheet=sheet,
        columns=own("・".join(remark.words)),
    )
