"""P02: サービス種別 stands neither in 利用者台帳 nor in 設定; what hangs on it is open (A-31)."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.services import hangs_on_service
from zaitaku_xl.scopes import Book, Whole

_REMEDY = "受給者証で確かめて、利用者台帳か設定にサービス種別を入力してください。確かめるまで請求を控えます。"


def unknown_service(book: Book, whole: Whole) -> Iterator[Flaw]:
    """Once a client: under 就労移行支援 the standard period would bound these days, under others nothing does."""
    office = book.log.office
    if office.service or not office.row.clear_of("service"):
        return
    days = [day.date for day in whole.home_days if hangs_on_service(whole, day)]
    client = whole.person.client_on(days[0] if days else whole.home_days[0].date)
    if client and not client.service and client.row.clear_of("service"):
        message = "サービス種別が空欄のため、標準利用期間の中の在宅か判断できません。"
        yield breach(whole, message, at="service", on=client, days=days, remedy=_REMEDY)
