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


def _with_a_gap(days: Days, asked: bool) -> list[Day]:
    return [day for day in days.home if day.main.training is None or day.main.support is None]


@rule(
    id="D03",
    title="日報の記載なし",
    over=Day,
    clause="daily_log",
    needs=("entries.training", "entries.support"),
    where=_with_a_gap,
    remedy="当日の記録にもとづいて追記してください。記録が残っていない日は在宅として請求できません。",
)
def no_daily_log(day: Day, asked: bool) -> Iterator[Flaw]:
    if not day.at_home:
        return
    for entry in day.home_rows:
        for field, heading in (("training", "訓練内容"), ("support", "支援記録")):
            if getattr(entry, field) is None and field not in entry.row.unread:
                yield breach(f"{heading}が空欄です", at=field, on=entry)
