"""S08 施設外支援と在宅の重なり — support outside and at home on one day.

Asks      施設外支援と在宅が同じ日にあるときは、施設外支援の日として数えます。
Reading   同じ日に施設外と在宅の行があるとき、在宅の行がある日の在宅か通所の行に施設外支援の○があるときに見直しにします。
Limits    どちらが事実かは判定しません。
Passes    1月6日の行が施設外だけです。
Fails     1月6日に施設外の行と在宅の行があります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Place
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Day, Days

_OUTSIDE = Place.OUTSIDE  # asked of every row, and a member of an Enum is slow to find


@rule(
    id="S08",
    title="施設外支援と在宅の重なり",
    over=Day,
    clause="outside_or_home",
    remedy="当日の記録で確かめ、事実と違うほうだけを直してください。",
)
def outside_and_home(days: Days, asked: bool) -> Iterator[Flaw]:
    outside = [
        (day, row)
        for day, row in days.rows
        if row.place is _OUTSIDE or (row.outside and row.place in (Place.HOME, Place.ATTEND))
    ]
    for day, row in dict(reversed(outside)).items():  # the first row of each day
        if day.home_rows:
            at = "place" if row.place is _OUTSIDE else "outside"
            message = f"{on(day.date)}に施設外支援と在宅があります。この点検では施設外支援の日として数えました。"
            yield breach(day, message, at=at, on=row)
