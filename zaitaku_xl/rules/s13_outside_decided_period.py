"""S13 支給決定の期間 — a day at home outside the decided period or the contract.

Asks      支給決定の期間と、事業所との契約（利用開始日から利用終了日）の中の日を請求します。
Reading   両端の日を含みます。利用終了日が空欄なら続いているものとします。支給決定の開始か終了が空欄なら要確認です。
Limits    根拠の本文は確かめていません。
Passes    支給決定が1月31日までで、在宅の日は1月30日です。
Fails     支給決定が1月15日までですが、1月16日が在宅です。
"""

from collections.abc import Iterator
from datetime import date

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole

_STARTS = {"decided_from": "支給決定開始", "used_from": "利用開始日"}
_ENDS = {"decided_to": "支給決定終了", "used_to": "利用終了日"}


def _not_well_inside(wholes: list[Whole], asked: bool) -> list[Whole]:
    """Clients but those whose decided period is known and holds every day at home, as does what is known of the contract."""
    return [
        whole
        for whole in wholes
        if (client := whole.person.client) is None
        or client.decided_from is None
        or client.decided_to is None
        or whole.home_days[0].date < max(client.decided_from, client.used_from or date.min)
        or whole.home_days[-1].date > min(client.decided_to, client.used_to or date.max)
    ]


@rule(
    id="S13",
    title="支給決定の期間",
    over=Whole,
    clause="decided_period",
    needs=("clients",),
    uses=tuple(f"clients.{field}" for field in _STARTS | _ENDS),
    where=_not_well_inside,
    remedy="受給者証の支給決定期間と契約の日を確かめてください。期間の外の日は請求できません。",
)
def outside_decided_period(whole: Whole, asked: bool) -> Iterator[Flaw]:
    client = whole.person.client
    if client is None:
        return
    for field, heading in (_STARTS | _ENDS).items():
        if field not in client.row.columns or field in client.row.unread:
            continue
        bound = getattr(client, field)
        if bound is None:
            if field.startswith("decided"):
                yield undecided(f"{heading}が空欄です", at=field, on=client, remedy="受給者証を見て入力してください。")
            continue
        early = field in _STARTS
        days = [d.date for d in whole.home_days if (d.date < bound if early else d.date > bound)]
        if days:
            side = "前" if early else "後"
            yield breach(
                f"{heading}{bound:%Y-%m-%d}より{side}に在宅の日があります（{len(days)}日）", field, client, days=days
            )
