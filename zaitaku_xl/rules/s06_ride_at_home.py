"""S06 在宅の日の送迎加算 — a ride addition on a day at home.

Asks      送迎加算は、事業所との間を送迎した日に限ります。
Reading   在宅の日の送迎往か送迎復に○があれば見直しにします。止めるのはこの加算だけで、その日の在宅の算定は止めません。
Limits    根拠の条文は確かめていません。
Passes    1月6日の在宅の日に、送迎の○がありません。
Fails     1月6日の在宅の日に、送迎往の○があります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.home_marks import marked_at_home
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_FLAGS = {"ride_to": "送迎往", "ride_back": "送迎復"}


@rule(
    id="S06",
    title="在宅の日の送迎加算",
    over=Day,
    clause="no_ride_at_home",
    wakes=("entries.ride_to", "entries.ride_back"),
    uses=("entries.ride_to", "entries.ride_back"),
    rests_on=("A-21",),
    remedy="当日の記録で確かめ、違うほうだけを直してください。加算のために提供区分を変えないでください。",
)
def ride_at_home(days: Days, asked: bool) -> Iterator[Flaw]:
    for day, row, field, message in marked_at_home(days, _FLAGS):
        yield breach(day, f"{message}送迎加算は、事業所との間の送迎が対象と考えられます。", at=field, on=row)
