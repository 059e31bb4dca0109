"""D05 開始・終了時刻 — start or end missing, or not in order.

Asks      利用した日には、開始と終了の時刻を書きます。
Reading   在宅の日に見ます。終了は開始より後でなければなりません。
Limits    時間の長さが計画や運営規程に合うかどうかは見ません。
Passes    1月6日の開始が9:30、終了が15:00です。
Fails     1月6日の開始が15:00、終了が9:30です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock
from zaitaku_xl.scopes import Day, Days

_PARTS = {"start": "開始", "end": "終了"}


@rule(
    id="D05",
    title="開始・終了時刻",
    over=Day,
    clause="service_times",
    needs=("entries.start", "entries.end"),
    remedy="開始確認・終了確認の記録を見て、実際の時刻を入力してください（例 9:30）。",
)
def times_not_in_order(days: Days, asked: bool) -> Iterator[Flaw]:
    for field, heading in _PARTS.items():
        for day, row in days.rows_at_home.lacking(field):
            yield breach(day, f"{heading}の時刻が空欄です", at=field, on=row)
    for day, row in days.rows_at_home:
        if row.start is not None and row.end is not None and row.end <= row.start:
            message = f"終了{clock(row.end)}が開始{clock(row.start)}より後になっていません"
            yield breach(day, message, at="end", on=row)
