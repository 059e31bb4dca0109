"""S08 施設外支援と在宅 — support outside and at home on one day.

Asks      施設外支援と在宅が同じ日にあるときは、施設外支援の日とします。
Reading   同じ日に施設外と在宅の行があるとき、在宅の行がある日の在宅か通所の行に施設外支援の印があるときに指摘します。
Limits    どちらが事実かは判定しません。
Passes    1月6日の行が施設外だけです。
Fails     1月6日に施設外の行と在宅の行があります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Entry, Place
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Day, Days


def _marked_outside(days: Days, asked: bool) -> list[Day]:
    return [day for day in days.home if day.main.outside]


@rule(
    id="S08",
    title="施設外支援と在宅",
    over=Day,
    clause="outside_or_home",
    needs=(),
    where=_marked_outside,
    remedy="どちらの利用かを記録で確かめてください。施設外支援の日は在宅の日として数えません。",
)
def outside_and_home(day: Day, asked: bool) -> Iterator[Flaw]:
    if not day.home_rows:
        return
    outside = [entry for entry in day.entries if entry.place is Place.OUTSIDE or _is_marked(entry)]
    if outside:
        at = "place" if outside[0].place is Place.OUTSIDE else "outside"
        yield breach(f"{on(day.date)}に施設外支援と在宅があります。施設外支援の日とします", at=at, on=outside[0])


def _is_marked(entry: Entry) -> bool:
    return bool(entry.outside) and entry.place in (Place.HOME, Place.ATTEND)
