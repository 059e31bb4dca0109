"""R05 番号の桁 — a certificate or office number that is not ten digits.

Asks      受給者証番号と事業所番号は10桁で書きます。
Reading   数字10桁でなければ指摘します。先頭の0が消えている（数として入力された）ことが多い誤りです。
Limits    番号が実在するかどうかは見ません。
Passes    1月の利用者台帳の受給者証番号が「0123456789」です。
Fails     1月の利用者台帳の受給者証番号が「123456789」で、先頭の0が消えています。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw
from zaitaku_xl.model import Record
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Book, Whole


@rule(
    id="R05",
    title="番号の桁",
    over=Book,
    clause="ten_digits",
    uses=("clients.number", "office.office_number"),
    remedy="セルの書式を「文字列」にして、先頭の0も含めて10桁で入力し直してください。",
)
def not_ten_digits(book: Book, asked: int) -> Iterator[Flaw]:
    office = book.log.office
    used = any(whole.days for whole in book.people)  # a blank workbook is not a fault
    if used and office.row.at("office_number") and "office_number" not in office.row.unread:
        yield from _checked("事業所番号", office.office_number, "office_number", asked, None, office)
    for whole in book.people:
        client = whole.person.client
        if client and client.row.at("number") and "number" not in client.row.unread:
            yield from _checked("受給者証番号", client.number, "number", asked, whole, client)


def _checked(name: str, typed: str | None, field: str, asked: int, whole: Whole | None, on: Record) -> Iterator[Flaw]:
    if typed and len(typed) == asked and typed.isascii() and typed.isdecimal():
        return
    says = f"「{typed}」です（数字{asked}桁）" if typed else "空欄です"
    days = frozenset(day.date for day in whole.home_days) if whole else frozenset()
    yield Flaw(f"{name}が{says}", field, on, days=days, of=whole.person if whole else None)
