"""D03 日報の記録もれ — no training or no support written down for a day at home.

Asks      在宅の日ごとに、訓練内容と支援記録のある日報を作ります。
Reading   訓練内容と支援記録のどちらかが空欄なら、日報が作られたとは言えません。「なし」「同上」「体調不良のため未実施」のように、
          記録したとも、していないとも言えないことばだけなら要確認です。
Limits    そのことばの並びは在宅点検の目安です。書かれた中身が十分かどうかはここでは見ません。
Passes    1月6日に、訓練内容「データ入力」と、行った支援の記録が書かれています。
Fails     1月6日に開始と終了の時刻はありますが、訓練内容が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.scopes.silence import is_no_log
from zaitaku_xl.sentence import Sentence, typed

_PARTS = {"training": "訓練内容", "support": "支援記録"}
_UNCLEAR = "当日のメモや連絡の記録で確かめられることだけを書き足してください（書いた日と氏名を添えます）。確かめるまで請求を控えます。"


@rule(
    id="D03",
    title="日報の記録もれ",
    over=Day,
    clause="daily_log",
    needs=("entries.training", "entries.support"),
    looks_in=("entries",),
    remedy="当日のメモや連絡の記録で確かめられることだけを書き足してください（書いた日と氏名を添えます）。"
    "確かめられなければ空欄のままにし、この日は請求しません。",
)
def no_daily_log(days: Days, asked: bool) -> Iterator[Flaw]:
    rows = days.rows_at_home
    for field, heading in _PARTS.items():
        for day, row in rows.lacking(field):
            yield breach(day, f"{heading}が空欄です。訓練内容と支援記録のある日報が必要です。", at=field, on=row)
        for day, row in rows.whose(field, holds=is_no_log):
            said = Sentence(
                f"{heading}が{{words}}です。行ったことの記録か判断できません。", words=typed(getattr(row, field))
            )
            yield undecided(day, said, at=field, on=row, remedy=_UNCLEAR)
