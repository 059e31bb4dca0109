"""D09 心身の状況の記録もれ — the client's condition of the day is not recorded.

Asks      在宅の日の心身の状況と、それに対する助言を書きます。
Reading   在宅の日の心身の状況が空欄なら助言します。
Limits    国や市の通知の定めではなく、様式の慣例による在宅点検の目安です。
Passes    1月6日の心身の状況に「寝不足のため休憩を早めた」と書かれています。
Fails     1月6日の心身の状況が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days


@rule(
    id="D09",
    title="心身の状況の記録もれ",
    over=Day,
    clause="condition_recorded",
    needs=("entries.condition",),
    remedy="心身の状況とそれに対する助言を入力しておくと、支援の説明に役立ちます。",
)
def condition_not_recorded(days: Days, asked: bool) -> Iterator[Flaw]:
    for day, row in days.rows_at_home.lacking("condition"):
        yield advice(day, "心身の状況が空欄です（法令の定めではありません）。", at="condition", on=row)
