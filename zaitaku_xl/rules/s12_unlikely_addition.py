"""S12 在宅の日の加算（通勤訓練など） — an addition that hardly goes with a day at home.

Asks      在宅の日に通勤訓練・医療連携・体験利用・緊急時受入の加算があるときは、内容を確かめます。
Reading   ○があれば助言します。
Limits    根拠の条文は確かめていません。
Passes    1月6日の在宅の日に、通勤訓練の○がありません。
Fails     1月6日の在宅の日に、通勤訓練の○があります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.home_marks import marked_at_home
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_FLAGS = {"commute_training": "通勤訓練", "medical": "医療連携", "trial": "体験利用", "emergency": "緊急時受入"}


@rule(
    id="S12",
    title="在宅の日の加算（通勤訓練など）",
    over=Day,
    clause="unlikely_at_home",
    wakes=("entries.commute_training", "entries.medical", "entries.trial", "entries.emergency"),
    uses=("entries.commute_training", "entries.medical", "entries.trial", "entries.emergency"),
    rests_on=("A-21",),
    remedy="当日の記録で確かめておくと安心です。加算のために提供区分を変えないでください。",
)
def unlikely_addition(days: Days, asked: bool) -> Iterator[Flaw]:
    for day, row, field, message in marked_at_home(days, _FLAGS):
        yield advice(day, message, at=field, on=row)
