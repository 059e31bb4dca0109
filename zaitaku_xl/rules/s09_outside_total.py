"""S09 施設外支援の累計日数 — more than 180 days of support outside in the fiscal year.

Asks      施設外支援（就労移行支援では移行準備支援）は、年度で180日までとします。
Reading   利用者台帳の施設外支援累計を見ます。
Limits    累計の数え方は事業所の記録によります。
Passes    1月の利用者台帳の施設外支援累計が180日です。
Fails     1月の利用者台帳の施設外支援累計が181日です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole
from zaitaku_xl.sentence import Sentence, measured


@rule(
    id="S09",
    title="施設外支援の累計日数",
    over=Whole,
    clause="outside_days",
    needs=("clients", "clients.outside_total"),
    remedy="累計の数え方と年度を確かめてください。上限を超えた施設外支援は請求しません。",
)
def outside_total(wholes: Sequence[Whole], asked: int) -> Iterator[Flaw]:
    for whole in wholes:
        client = whole.client
        if client and client.outside_total is not None and client.outside_total > asked:
            message = Sentence(
                f"施設外支援の累計が{{total}}日です。年度で{asked}日までです。", total=measured(client.outside_total)
            )
            yield breach(whole, message, at="outside_total", on=client)
