"""D10 開始・終了の確認方法の記録もれ — how start and end were confirmed is not recorded.

Asks      開始と終了の時刻を、電話やメール、ログインの記録などで確かめます。
Reading   開始確認方法か終了確認方法が空欄なら助言します。
Limits    確かめた記録そのものは見ません。
Passes    1月6日の開始確認方法が電話、終了確認方法がメールです。
Fails     1月6日の終了確認方法が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_PARTS = {"start_confirmed": "開始確認方法", "end_confirmed": "終了確認方法"}


@rule(
    id="D10",
    title="開始・終了の確認方法の記録もれ",
    over=Day,
    clause="start_and_end_confirmed",
    uses=tuple(f"entries.{field}" for field in _PARTS),
    remedy="分かるときは、何で確かめたか（電話、メール、ログインなど）を入力しておくと説明しやすくなります。",
)
def start_not_confirmed(days: Days, asked: bool) -> Iterator[Flaw]:
    for field, heading in _PARTS.items():
        for day, row in days.rows_at_home.lacking(field):
            if field in row.row.columns:
                yield advice(day, f"{heading}が空欄です。", at=field, on=row)
