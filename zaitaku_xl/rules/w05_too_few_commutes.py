"""W05 週の通所日数 — fewer days at the office in a week than the town wants.

Asks      定めのある市では、原則として週に決められた日数は通所します。
Reading   在宅の日がある週に、通所の日を数えます。月をまたぐ週で、ブックにない月の日報しだいのときは言いません。
Limits    原則の例外に当たるかどうかは市町村の判断です。
Passes    1月5日から11日の週は、6日が在宅、8日が通所です。
Fails     週に1日の通所を求める市で、1月5日から11日の週に通所の日がありません。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Place
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Week


@rule(
    id="W05",
    title="週の通所日数",
    over=Week,
    clause="weekly_commutes",
    rests_on=("A-1",),
    remedy="通所できない事情があるときは、例外に当たるかを{town}に確かめておくと安心です。",
)
def too_few_commutes(weeks: Sequence[Week], asked: int) -> Iterator[Flaw]:
    for week in weeks:
        within = [entry for entry in week.person.entries if entry.day is None or week.first <= entry.day <= week.last]
        days = {entry.day for entry in within if entry.day and entry.place is Place.ATTEND}
        unsure = week.beyond or any(entry.place is None or entry.day is None for entry in within)  # P01 speaks
        if len(days) < asked and not unsure:
            yield breach(
                week,
                f"{week.words}の通所の記録は{len(days)}日です。{{asker}}は、原則として週{asked}日の通所を求めています。",
            )
