"""D10 開始と終了の確かめ方 — how start and end were confirmed is not recorded.

Asks      開始と終了の時刻を、電話やメール、ログインの記録などで確かめます。
Reading   開始確認方法か終了確認方法が空欄なら助言します。
Limits    確かめた記録そのものは見ません。
Passes    1月6日の開始確認方法が電話、終了確認方法がメールです。
Fails     1月6日の終了確認方法が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.screens import blank
from zaitaku_xl.scopes import Day


@rule(
    id="D10",
    title="開始と終了の確かめ方",
    over=Day,
    clause="start_and_end_confirmed",
    uses=("entries.start_confirmed", "entries.end_confirmed"),
    where=blank("start_confirmed", "end_confirmed"),
    remedy="電話、メール、ログインなど、開始と終了を何で確かめたかを書いてください。",
)
def start_not_confirmed(day: Day, asked: bool) -> Iterator[Flaw]:
    if not day.at_home:
        return
    for entry in day.home_rows:
        for field, heading in (("start_confirmed", "開始確認方法"), ("end_confirmed", "終了確認方法")):
            there = field in entry.row.columns and field not in entry.row.unread
            if there and getattr(entry, field) is None:
                yield advice(f"{heading}が空欄です", field, entry)
