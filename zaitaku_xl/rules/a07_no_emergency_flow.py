"""A07 緊急時の対応手順 — no day is given on which the emergency flow was settled.

Asks      事故や急変、災害などのときの対応の手順を、あらかじめ決めておきます。
Reading   設定の緊急時対応手順の整備日が、在宅の日より後か空欄なら（読み取れないときも）見直しにします。算定の条件である市では在宅の日を要確認とします。
Limits    手順の中身や、実際に動けるかどうかは見ません。
Passes    緊急時対応手順の整備日が12月1日で、最初の在宅の日は1月6日です。
Fails     1月6日が在宅ですが、緊急時対応手順の整備日が空欄です。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import dated
from zaitaku_xl.scopes import Whole

_READABLE = "対応手順の文書を見て、2026/1/5の形で入力し直してください。"
_LATER = "入力の誤りなら直してください。実際に後だったときは日付を変えずに、{town}に相談してください。"


@rule(
    id="A07",
    title="緊急時の対応手順",
    over=Whole,
    clause="emergency_flow",
    needs=("office.emergency_flow_on",),
    remedy="対応手順の文書があれば、その日付を入力してください。まだなら文書にし、それより前の日の扱いを{town}に相談してください。",
)
def no_emergency_flow(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        settled = whole.office.emergency_flow_on
        if settled is None:
            yield _unsettled(whole)
            continue
        days = [day.date for day in whole.home_days if day.date < settled]
        if days:
            message = f"緊急時対応手順の整備日（{dated(settled)}）より前に、在宅の日があります。"
            yield breach(whole, message, at="emergency_flow_on", on=whole.office, days=days, remedy=_LATER)


def _unsettled(whole: Whole) -> Flaw:
    office, field = whole.office, "emergency_flow_on"
    if field in office.row.unread:  # P01 names the cell; what hangs on it is not lighter than a blank one
        return breach(whole, "緊急時対応手順の整備日が読み取れません。", at=field, on=office, remedy=_READABLE)
    return breach(whole, "緊急時対応手順の整備日が空欄です。", at=field, on=office)
