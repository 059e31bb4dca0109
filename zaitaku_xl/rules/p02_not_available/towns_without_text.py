"""P02: a town that we hold no text for; its clients are judged by the national one."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.scopes import Book, Whole
from zaitaku_xl.sentence import Sentence, own, typed


def towns_without_text(book: Book) -> Iterator[Flaw]:
    first: dict[str, Whole] = {}
    for whole in book.people:
        if whole.home_days and whole.town_likely:
            yield _nearly(whole)
        elif whole.home_days and whole.town_typed and not whole.town:
            first.setdefault(whole.town_typed, whole)
    for town, whole in first.items():
        yield advice(
            book,
            Sentence("{town}の取扱いはまだ収録していません。国の通知で点検しました。", town=typed(town)),
            at="town",
            on=whole.client,
            days=(),
            remedy="市町村の取扱いに追加の定めがないか、確かめておくと安心です。",
        )


def _nearly(whole: Whole) -> Flaw:
    return breach(
        whole,
        Sentence(
            "支給決定市町村{town}という市町村は見つかりません（{likely}のことでしょうか）。国の通知で点検しました。",
            town=typed(whole.town_typed),
            likely=own(whole.town_likely or ""),
        ),
        at="town",
        on=whole.client,
        days=[day.date for day in whole.home_days],
        remedy="受給者証を見て市町村名を入力し直してから、もう一度点検してください。",
    )
