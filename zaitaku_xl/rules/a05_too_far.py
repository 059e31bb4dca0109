"""A05 駆けつけの所要時間 — too far to arrive in an emergency.

Asks      緊急のとき、定められた時間のうちに職員が駆けつけられる範囲とします。
Reading   利用者台帳の到達所要分（事業所が測った分）と比べます。ちょうど同じ分ならよいとします。算定の条件である市で空欄なら要確認です。
Limits    地図や交通は調べません。測り方は事業所の記録によります。
Passes    1月6日に在宅の利用者の到達所要分が60分です。
Fails     1月6日に在宅の利用者の到達所要分が75分です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole
from zaitaku_xl.sentence import Sentence, measured


@rule(
    id="A05",
    title="駆けつけの所要時間",
    over=Whole,
    clause="arrival_minutes",
    needs=("clients", "clients.arrival_minutes"),
    rests_on=("A-12",),
    remedy="実際の時間と手段を確かめてください。定めを超えるときは、請求の前に{town}に相談してください。"
    "定めに合わせて書き直さないでください。",
    when_advised="実際の時間と手段を確かめ、緊急時の対応を{town}に相談しておくと安心です。目安に合わせて書き直さないでください。",
)
def too_far(wholes: Sequence[Whole], asked: int) -> Iterator[Flaw]:
    for whole in wholes:
        client = whole.client
        if client is None or "arrival_minutes" in client.row.unread:
            continue
        minutes = client.arrival_minutes
        if minutes is None:
            remedy = "駆けつけにかかる時間と手段を確かめ、分数を入力してください。"
            yield undecided(whole, "到達所要分が空欄です。", at="arrival_minutes", on=client, remedy=remedy)
        elif minutes > asked:
            message = Sentence(
                f"駆けつけの所要時間が{{minutes}}分と記録されています（{{asker}}は{asked}分以内）。",
                minutes=measured(minutes),
            )
            yield breach(whole, message, at="arrival_minutes", on=client)
