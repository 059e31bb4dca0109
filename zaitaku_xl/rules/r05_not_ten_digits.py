"""R05 番号の桁数 — a certificate or office number that is not ten digits.

Asks      受給者証番号と事業所番号は10桁で書きます。
Reading   数字10桁でなければ見直しにします。先頭の0が消えている（数として入力された）ことが多い誤りです。
Limits    番号が実在するかどうかは見ません。
Passes    1月の利用者台帳の受給者証番号が「0123456789」です。
Fails     1月の利用者台帳の受給者証番号が「123456789」で、先頭の0が消えています。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Record
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Piece, Sentence, person, typed

_OFFICE = "指定の通知書を見て、10桁の番号を入力してください。"
_CLIENT = "受給者証を見て、10桁の番号を入力してください。"


@rule(
    id="R05",
    title="番号の桁数",
    over=Book,
    clause="ten_digits",
    uses=("clients.number", "office.office_number"),
    remedy="セルの書式を「文字列」にし、先頭の0も含めて10桁で入力し直してください。",
)
def not_ten_digits(book: Book, asked: int) -> Iterator[Flaw]:
    office = book.log.office
    used = any(whole.days for whole in book.people)  # a blank workbook is not a fault
    if used and _is_there(office, "office_number") and not _has_digits(office.office_number, asked):
        message = _wrong_digits("事業所番号", typed(office.office_number), asked)
        yield breach(
            book, message, at="office_number", on=office, days=(), remedy=_unless(office.office_number, _OFFICE)
        )
    for whole in book.people:
        client = whole.person.client
        if client and _is_there(client, "number") and not _has_digits(client.number, asked):
            message = _wrong_digits("受給者証番号", person(client.number), asked)
            home = [day.date for day in whole.home_days]
            yield breach(whole, message, at="number", on=client, days=home, remedy=_unless(client.number, _CLIENT))


def _unless(number: str | None, blank: str) -> str | None:
    """The remedy of a blank cell."""
    return None if number else blank


def _is_there(record: Record, field: str) -> bool:
    return record.row.at(field) is not None and field not in record.row.unread


def _has_digits(number: str | None, digits: int) -> bool:
    return number is not None and len(number) == digits and number.isascii() and number.isdecimal()


def _wrong_digits(heading: str, number: Piece, digits: int) -> Sentence:
    if not number.text:
        return Sentence(f"{heading}が空欄です。")
    return Sentence(f"{heading}が{{number}}です（数字{digits}桁が必要です）。", number=number)
