"""P02: it is not known who a client is: not in 利用者台帳, there twice, sharing a name, or without a town."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Client, Record
from zaitaku_xl.rules.p02_not_available.blocking import NUMBERS_WANTED
from zaitaku_xl.rules.p02_not_available.differing_rows import differing_rows
from zaitaku_xl.rules.p02_not_available.unknown_service import unknown_service
from zaitaku_xl.scopes import Book, Whole
from zaitaku_xl.sentence import Sentence, person


def unknown_clients(book: Book) -> Iterator[Flaw]:
    for whole in book.people:
        if whole.home_days:
            yield from _unknown(book, whole)


def _unknown(book: Book, whole: Whole) -> Iterator[Flaw]:
    them, client = whole.person, whole.person.client
    if them.ambiguous:
        yield _about(whole, "同じ氏名の利用者が2人以上いて、だれの行か判断できません。", NUMBERS_WANTED)
    elif client is None:
        if not book.log.lacks(("clients",)):  # else it is said once, for all
            yield _unlisted(whole)
    else:
        yield from differing_rows(whole)
        yield from unknown_service(book, whole)
        client = whole.client or client
    if client and not them.ambiguous and not whole.town_typed and not whole.town and _has_a_blank_town(client):
        message = "支給決定市町村が空欄のため、どの市町村の取扱いによるか判断できません。"
        remedy = "受給者証で確かめて市町村名を入力してください。確かめるまで請求を控えます。"
        yield _about(whole, message, remedy, at="town", on=client)


def _unlisted(whole: Whole) -> Flaw:
    text = "指定された市町村の取扱い" if whole.town else "国の通知"
    likely = whole.person.likely
    if likely:
        return _about(
            whole,
            Sentence(
                "利用者台帳にこの氏名がありません。{name}さんのことでしょうか。",
                name=person(likely[0].name),
            ),
            "同じ利用者なら氏名を利用者台帳と同じ書き方に直し、別の利用者なら利用者台帳に加えてください。",
            at="name",
            on=whole.person.entries[0],
        )
    message = f"利用者台帳に、この利用者の行がありません。{text}で点検しました。"
    return _about(whole, message, "利用者台帳に加えるか、氏名の書き方を台帳と合わせてください。")


def _has_a_blank_town(client: Client) -> bool:
    return "town" in client.row.columns and "town" not in client.row.unread


def _about(
    whole: Whole, message: Sentence | str, remedy: str, *, at: str | None = None, on: Record | None = None
) -> Flaw:
    days = [day.date for day in whole.home_days]
    return breach(whole, message, at=at, on=on, days=days, remedy=remedy)
