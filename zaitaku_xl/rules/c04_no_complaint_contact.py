"""C04 苦情窓口・第三者評価の記録なし — no complaint contact or third-party review on record.

Asks      苦情の申し立て窓口を書類に示し、第三者評価などを活用します。
Reading   設定の苦情受付窓口か第三者評価日が空欄なら、就労移行支援を在宅で利用する方がいるときに助言します。
Limits    窓口が働いているかどうかは見ません。
Passes    設定に苦情受付窓口と、昨年10月1日の第三者評価日が書かれています。
Fails     1月の点検のとき、設定の苦情受付窓口が空欄です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole

_OWN = {
    "third_party_review_on": "受けていなければ、空欄のままでかまいません。受けた日は、設定に入力しておくと安心です。"
}
_PARTS = {"complaint_contact": "苦情受付窓口", "third_party_review_on": "第三者評価日"}


@rule(
    id="C04",
    title="苦情窓口・第三者評価の記録なし",
    over=Whole,
    clause="complaints",
    uses=tuple(f"office.{field}" for field in _PARTS),
    remedy="重要事項説明書などにある窓口を、設定に入力しておくと安心です。",
)
def no_complaint_contact(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        office = whole.office
        for field, heading in _PARTS.items():
            if office.row.at(field) and field not in office.row.unread and getattr(office, field) is None:
                yield advice(whole, f"{heading}が空欄です。", at=field, on=office, remedy=_OWN.get(field))
