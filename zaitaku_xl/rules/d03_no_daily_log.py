"""D03 日報の記載なし — no training or no support written down for a day at home.

Asks      在宅の日ごとに、訓練内容と支援記録のある日報を作ります。
Reading   訓練内容と支援記録のどちらかが空欄なら、日報が作られたとは言えません。
Limits    書かれた中身が十分か、ほかの日の写しかどうかはここでは見ません。
Passes    1月6日に、訓練内容「データ入力」と、行った支援の記録が書かれています。
Fails     1月6日に開始と終了の時刻はありますが、訓練内容が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_PARTS = {"training": "訓練内容", "support": "支援記録"}


@rule(
    id="D03",
    title="日報の記載なし",
    over=Day,
    clause="daily_log",
    needs=("entries.training", "entries.support"),
    looks_in=("entries",),
    remedy="当日の記録にもとづいて追記してください。記録が残っていない日は在宅として請求できません。",
)
def no_daily_log(days: Days, asked: bool) -> Iterator[Flaw]:
    for field, heading in _PARTS.items():
        for day, row in days.rows_at_home.lacking(field):
            yield breach(day, f"{heading}が空欄です", at=field, on=row)
