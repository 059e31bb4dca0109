"""C02 65歳以上の利用開始 — the client was 65 or older when use began.

Asks      就労移行支援は、原則として65歳未満の方を対象とします。
Reading   利用者台帳の生年月日と利用開始日から、開始の日の年齢を数えます。
Limits    65歳以降も使える例外があります。算定を止めることはありません。
Passes    利用開始日の1月5日に64歳です。
Fails     利用開始日の1月5日に65歳です。
"""

from collections.abc import Iterator, Sequence
from datetime import date

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole


@rule(
    id="C02",
    title="65歳以上の利用開始",
    over=Whole,
    clause="under_age",
    needs=("clients", "clients.born", "clients.used_from"),
    remedy="例外に当たるかを、{town}に確かめておくと安心です。",
)
def sixty_five(wholes: Sequence[Whole], asked: int) -> Iterator[Flaw]:
    for whole in wholes:
        client = whole.person.client
        if client is None or client.born is None or client.used_from is None:
            continue
        age = _age(client.born, client.used_from)
        if age >= asked:
            yield advice(
                whole, f"利用開始日に{age}歳です。原則は{asked}歳未満で、例外があります。", at="born", on=client
            )


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
