"""R02 在宅以外の日の「在宅支援」 — the remark stands on a day that was not at home.

Asks      「在宅支援」は在宅の日の備考にだけ書きます。
Reading   在宅と通所の行がある日は通所の日です。その日の通所の行に書いてあれば見直しにします。
Limits    提供区分そのものが正しいかどうかは見ません。
Passes    1月8日は通所で、備考に「在宅支援」がありません。
Fails     1月8日は通所ですが、備考に「在宅支援」とあります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Place
from zaitaku_xl.rules.r01_remark_missing import holds
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days


@rule(
    id="R02",
    title="在宅以外の日の「在宅支援」",
    over=Day,
    clause="remark_token",
    uses=("entries.remark",),
    remedy="当日の記録で提供区分を確かめ、違うほうだけを直してください。備考に合わせて提供区分を変えないでください。",
    when_advised="当日の記録で提供区分を確かめておくと安心です。備考に合わせて提供区分を変えないでください。",
)
def remark_on_other_day(days: Days, asked: str) -> Iterator[Flaw]:
    for day, line in days.record_lines:
        if day.place not in (None, Place.HOME) and holds(line.remark, asked):
            yield breach(day, f"{day.place}の日の実績記録票の備考に「{asked}」とあります。", at="remark", on=line)
    for day, row in days.rows_elsewhere.holding("remark"):
        if row.place not in (None, Place.HOME) and holds(row.remark, asked):
            say = advice if day.has_record_sheet else breach
            yield say(day, f"{row.place}の日の備考に「{asked}」とあります。", at="remark", on=row)
