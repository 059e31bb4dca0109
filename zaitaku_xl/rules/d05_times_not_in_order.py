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


def _not_in_order(days: Days, asked: bool) -> list[Day]:
    return [
        day for day in days.home if (start := day.main.start) is None or (end := day.main.end) is None or end <= start
    ]


@rule(
    id="D05",
    title="開始・終了時刻",
    over=Day,
    clause="service_times",
    needs=("entries.start", "entries.end"),
    where=_not_in_order,
    remedy="開始確認・終了確認の記録を見て、実際の時刻を入力してください（例 9:30）。",
)
def times_not_in_order(day: Day, asked: bool) -> Iterator[Flaw]:
    if not day.at_home:
        return
    for entry in day.home_rows:
        for field, heading in (("start", "開始"), ("end", "終了")):
            if getattr(entry, field) is None and field not in entry.row.unread:
                yield breach(f"{heading}の時刻が空欄です", at=field, on=entry)
        if entry.start is not None and entry.end is not None and entry.end <= entry.start:
            yield breach(f"終了{clock(entry.end)}が開始{clock(entry.start)}より後になっていません", at="end", on=entry)
