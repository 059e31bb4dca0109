"""D05 開始・終了時刻の不備 — start or end missing, or not in order, or nothing left beside the break.

Asks      利用した日には、開始と終了の時刻を書きます。
Reading   在宅の日に見ます。終了は開始より後でなければなりません。休憩が訓練の時間のすべてに当たるときは要確認です。
          休憩の片方だけが空欄、終わりが始まりより前、訓練の時間から離れているときは助言です。
Limits    時間の長さが計画や運営規程に合うかどうかは見ません。
Passes    1月6日の開始が9:30、終了が15:00です。
Fails     1月6日の開始が15:00、終了が9:30です。
"""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import NamedTuple

from zaitaku_xl.finding import Flaw, advice, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.scopes.intervals import in_order

_NOTHING_LEFT = "当日の記録で休憩の時刻を確かめ、違うところだけを直してください。確かめるまで請求を控えます。"
_LOOK_AGAIN = "休憩の時刻を当日の記録で確かめておくと安心です。"
_PARTS = {"start": "開始", "end": "終了"}
_TIMES = ("start", "end", "break_start", "break_end")
_times_of = attrgetter(*_TIMES)


@rule(
    id="D05",
    title="開始・終了時刻の不備",
    over=Day,
    clause="service_times",
    needs=("entries.start", "entries.end"),
    remedy="開始と終了の連絡の記録で確かめ、実際の時刻に直してください。記録がなければ推測で入力せず、"
    "サービス管理責任者に相談してください。",
)
def times_not_in_order(days: Days, asked: bool) -> Iterator[Flaw]:
    rows = days.rows_at_home
    for field, heading in _PARTS.items():
        for day, row in rows.lacking(field):
            yield breach(day, f"{heading}の時刻が空欄です。", at=field, on=row)
    for day, row in rows.whose(*_TIMES, holds=_oddity):
        odd = _oddity(_times_of(row))
        if odd and (odd.say is not advice or row.row.clear_of("break_start", "break_end")):
            yield odd.say(day, odd.message, at=odd.at, on=row, remedy=odd.remedy)


class _Odd(NamedTuple):
    """What is wrong with the times of a row, whichever day it is."""

    say: Callable[..., Flaw]
    message: str
    at: str
    remedy: str | None = None


def _oddity(times: tuple[int | None, ...]) -> _Odd | None:
    start, end, pause_start, pause_end = times
    if start is None or end is None:
        return None
    if not in_order(start, end):
        return _Odd(breach, f"終了（{clock(end)}）が開始（{clock(start)}）と同じか、それより前です。", "end")
    if pause_start == pause_end:
        return None  # as good as none, and none in most rows of many offices
    if pause_start is not None and pause_end is not None and pause_start <= start and end <= pause_end:
        message = f"休憩が訓練の時間（{clock(start)}～{clock(end)}）のすべてで、訓練の時間が残りません。"
        return _Odd(undecided, message, "break_start", _NOTHING_LEFT)
    why = _cannot_be_meant(pause_start, pause_end, start, end)
    return _Odd(advice, why, "break_start", _LOOK_AGAIN) if why else None


def _cannot_be_meant(pause_start: int | None, pause_end: int | None, start: int, end: int) -> str | None:
    """Why a break cannot be one of these hours; half a day may end where the usual break begins."""
    if pause_start is None or pause_end is None:
        return "休憩の開始と終了の片方が空欄です。"
    if not in_order(pause_start, pause_end):
        return f"休憩の終了（{clock(pause_end)}）が開始（{clock(pause_start)}）より前です。"
    if pause_end < start or end < pause_start:
        return (
            f"休憩（{clock(pause_start)}～{clock(pause_end)}）が、訓練の時間（{clock(start)}～{clock(end)}）の外です。"
        )
    return None
