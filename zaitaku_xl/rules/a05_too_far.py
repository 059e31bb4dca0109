"""A05 到着までの時間 — too far to arrive in an emergency.

Asks      緊急のとき、定められた時間のうちに職員が駆けつけられる範囲とします。
Reading   利用者台帳の到達所要分（事業所が測った分）と比べます。ちょうど同じ分ならよいとします。算定の条件である市で空欄なら要確認です。
Limits    地図や交通は調べません。測り方は事業所の記録によります。
Passes    1月6日に在宅の方の到達所要分が60分です。
Fails     1月6日に在宅の方の到達所要分が75分です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole
from zaitaku_xl.sentence import Sentence, measured


@rule(
    id="A05",
    title="到着までの時間",
    over=Whole,
    clause="arrival_minutes",
    needs=("clients", "clients.arrival_minutes"),
    rests_on=("A-12",),
    remedy="到着にかかる時間と手段を測り直して記録してください。範囲を超える場合は市町村に相談してください。",
)
def too_far(wholes: Sequence[Whole], asked: int) -> Iterator[Flaw]:
    for whole in wholes:
        client = whole.client
        if client is None or "arrival_minutes" in client.row.unread:
            continue
        minutes = client.arrival_minutes
        if minutes is None:
            remedy = "到着にかかる分数と手段、確かめた日を入力してください。"
            yield undecided(whole, "到達所要分が空欄です", at="arrival_minutes", on=client, remedy=remedy)
        elif minutes > asked:
            message = Sentence(f"到着まで{{minutes}}分かかります（{asked}分以内）", minutes=measured(minutes))
            yield breach(whole, message, at="arrival_minutes", on=client)
