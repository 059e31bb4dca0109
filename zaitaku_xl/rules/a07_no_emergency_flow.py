"""A07 緊急時の流れ — no day is given on which the emergency flow was settled.

Asks      事故や急変、災害などのときの対応の流れを、あらかじめ決めておきます。
Reading   設定の緊急時対応手順の整備日が、在宅の日より後か空欄なら（読めないときも）指摘します。算定の条件である市では在宅の日を要確認とします。
Limits    手順の中身や、実際に動けるかどうかは見ません。
Passes    緊急時対応手順の整備日が12月1日で、最初の在宅の日は1月6日です。
Fails     1月6日が在宅ですが、緊急時対応手順の整備日が空欄です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Office
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole


@rule(
    id="A07",
    title="緊急時の流れ",
    over=Whole,
    clause="emergency_flow",
    needs=("office.emergency_flow_on",),
    remedy="緊急時の対応の流れを文書にし、整えた日を設定に入力してください。",
)
def no_emergency_flow(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        settled = whole.office.emergency_flow_on
        if settled is None:
            yield breach(whole, _why_unsettled(whole.office), at="emergency_flow_on", on=whole.office)
            continue
        days = [day.date for day in whole.home_days if day.date < settled]
        if days:
            message = f"緊急時対応手順の整備日{settled:%Y-%m-%d}より前に在宅の日があります"
            yield breach(whole, message, at="emergency_flow_on", on=whole.office, days=days)


def _why_unsettled(office: Office) -> str:
    if "emergency_flow_on" in office.row.unread:  # P01 names the cell; what hangs on it is not lighter than a blank one
        return "緊急時対応手順の整備日が読めないため、在宅の日より前か決められません"
    return "緊急時対応手順の整備日が空欄です"
