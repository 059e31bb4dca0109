"""P02: a mark of 経過措置 that had to be ignored (A-11)."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.scopes import Book, Whole


def transition_without_term(book: Book) -> Iterator[Flaw]:
    for whole in book.people:
        if whole.transition_ignored and whole.home_days:
            yield _ignored(whole)


def _ignored(whole: Whole) -> Flaw:
    marked = next(approval for approval in whole.person.approvals if approval.transition)
    lacking = "経過措置の日で終わる在宅利用の期間・支給決定"
    remedy = "承認終了と支給決定終了の入力が正しいか、確かめておくと安心です。"
    if whole.readings.transition == "everyone":
        lacking = "経過措置の日までに始まった在宅利用の期間"
        remedy = "承認開始の入力が正しいか、確かめておくと安心です。"
    message = f"経過措置に○がありますが、{lacking}がないため使っていません。"
    return advice(whole, message, at="transition", on=marked, days=(), remedy=remedy, rests_on=("A-11",))
