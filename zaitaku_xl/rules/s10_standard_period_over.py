"""S10 標準利用期間の満了 — a day at home after the standard period of 就労移行支援.

Asks      就労移行支援は、標準利用期間（延長の決定があるときはその満了日）までの日を請求します。
Reading   利用者台帳の延長満了日、なければ標準利用期間満了日と比べます。満了の日はよいとします。どちらも空欄なら要確認です。
          利用者台帳に期間ごとの行があれば、その日の入る行と比べます。
Limits    延長の決定そのものは見ません。
Passes    標準利用期間満了日が1月31日で、在宅の日は1月30日です。
Fails     標準利用期間満了日が1月15日で延長がなく、1月16日が在宅です。
"""

from collections.abc import Iterator, Sequence
from datetime import date

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.model import Client
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import dated, on
from zaitaku_xl.scopes import Whole


@rule(
    id="S10",
    title="標準利用期間の満了",
    over=Whole,
    clause="standard_period",
    needs=("clients", "clients.standard_until"),
    looks_in=("clients",),
    remedy="延長の決定があれば延長満了日を入力してください。なければ{town}に確かめるまで請求を控えます。",
)
def standard_period_over(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        for client in whole.person.clients:
            home = [day.date for day in whole.home_days if whole.person.client_on(day.date) is client]
            if home and client.row.clear_of("standard_until", "extended_until"):
                yield from _after_it(whole, client, home)


def _after_it(whole: Whole, client: Client, home: Sequence[date]) -> Iterator[Flaw]:
    until = client.extended_until or client.standard_until
    if until is None:
        remedy = "受給者証で確かめて満了日を入力してください。確かめるまで請求を控えます。"
        message = "標準利用期間満了日が空欄です。"
        yield undecided(whole, message, at="standard_until", on=client, days=home, remedy=remedy)
        return
    field = "extended_until" if client.extended_until else "standard_until"
    days = [day for day in home if day > until]
    if days:
        message = f"{on(days[0])}以後の在宅の日が、標準利用期間の満了日（{dated(until)}）より後です。"
        yield breach(whole, message, at=field, on=client, days=days)
