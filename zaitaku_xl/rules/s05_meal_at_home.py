"""S05 在宅の日の食事提供体制加算 — a meal addition on a day at home.

Asks      食事提供体制加算は、事業所で食事を出した日に限ります。
Reading   在宅の日の食事に○があれば見直しにします。止めるのはこの加算だけで、その日の在宅の算定は止めません。
Limits    根拠の条文は確かめていません。
Passes    1月6日の在宅の日に、食事の○がありません。
Fails     1月6日の在宅の日に、食事の○があります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.home_marks import marked_at_home
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_FLAGS = {"meal": "食事"}


@rule(
    id="S05",
    title="在宅の日の食事提供体制加算",
    over=Day,
    clause="no_meal_at_home",
    wakes=("entries.meal",),
    needs=("entries.meal",),
    rests_on=("A-21",),
    remedy="当日の記録で確かめ、違うほうだけを直してください。加算のために提供区分を変えないでください。",
)
def meal_at_home(days: Days, asked: bool) -> Iterator[Flaw]:
    for day, row, field, message in marked_at_home(days, _FLAGS):
        yield breach(day, f"{message}食事提供体制加算は、事業所での食事が対象と考えられます。", at=field, on=row)
