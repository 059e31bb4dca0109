"""S03 欠席の日の余分な記載 — a day of absence that also carries times, additions or a use.

Asks      欠席の日には、開始・終了の時刻やほかの加算を書かず、利用の行も置きません。
Reading   欠席の行に開始・終了・送迎・食事などがあるとき、同じ日に在宅や通所の行があるときに見直しにします。
Limits    どちらが事実かは判定しません。
Passes    1月9日が欠席で、開始と終了の時刻が空欄です。
Fails     1月9日が欠席ですが、開始に9:30とあります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Entry, Place
from zaitaku_xl.rules.s07_visit_addition import claims_visit
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Day, Days

_NOT_ON_ABSENCE = {
    "start": "開始",
    "end": "終了",
    "ride_to": "送迎往",
    "ride_back": "送迎復",
    "meal": "食事",
    "visit_support": "訪問支援特別",
    "outside": "施設外支援",
    "transition_support": "移行準備支援体制",
    "commute_training": "通勤訓練",
    "medical": "医療連携",
    "trial": "体験利用",
    "emergency": "緊急時受入",
}


@rule(
    id="S03",
    title="欠席の日の余分な記載",
    over=Day,
    clause="absence_alone",
    remedy="欠席か利用かを当日の記録で確かめ、違うほうだけを直してください。",
)
def absence_with_use(days: Days, asked: bool) -> Iterator[Flaw]:
    absent = list(days.rows.spent(Place.ABSENT))
    for day, row in absent:
        for field, heading in _NOT_ON_ABSENCE.items():
            if _is_written(row, field):
                yield breach(day, f"欠席の行に{heading}の記載があります。", at=field, on=row)
    for day, row in dict(reversed(absent)).items():  # the first row of each day
        if any(entry.place and entry.place.is_use for entry in day.entries):
            yield breach(day, f"{on(day.date)}に欠席と利用の行があります。", at="place", on=row)


def _is_written(entry: Entry, field: str) -> bool:
    if field == "visit_support":
        return claims_visit(entry)
    value = getattr(entry, field)
    return value is not None and value is not False  # 0:00 is a time
