"""C02 65歳以上 — the client was 65 or older when use began.

Asks      就労移行支援は、原則として65歳未満の人を対象とします。
Reading   利用者台帳の生年月日と利用開始日から、開始の日の年齢を数えます。
Limits    65歳以降も使える例外があります。算定を止めることはありません。
Passes    利用開始日の1月5日に64歳です。
Fails     利用開始日の1月5日に65歳です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole


@rule(
    id="C02",
    title="65歳以上",
    over=Whole,
    clause="under_age",
    needs=("clients", "clients.born", "clients.used_from"),
    remedy="例外に当たるかどうかを市町村に確かめてください。",
)
def sixty_five(whole: Whole, asked: int) -> Iterator[Flaw]:
    client = whole.person.client
    if client is None or client.born is None or client.used_from is None:
        return
    born, start = client.born, client.used_from
    age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
    if age >= asked:
        yield advice(f"利用開始日に{age}歳です（{asked}歳未満が対象です）", "born", client)
