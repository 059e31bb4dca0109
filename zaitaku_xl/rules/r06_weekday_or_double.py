"""R06 曜日と日付の重なり — the weekday does not agree with the date, or a date stands twice.

Asks      曜日は日付と合わせ、同じ人の同じ日は1行にします。
Reading   曜日が空欄なら問いません。在宅と通所の行が同じ日にあるときは1日と数え、通所の日として扱います（助言）。休の行とほかの
          行が同じ日にあれば直します。
Limits    どちらの行が正しいかは判定しません。
Passes    2026年1月6日の曜日が「火」です。
Fails     2026年1月6日の曜日が「月」です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Entry, Place
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import WEEKDAYS, on
from zaitaku_xl.scopes import Day, Days


def _on_another_weekday(days: Days, asked: bool) -> list[Day]:
    return [day for day in days.single if (typed := day.main.weekday) is not None and typed != day.date.weekday()]


@rule(
    id="R06",
    title="曜日と日付の重なり",
    over=Day,
    clause="row_identity",
    may_rest_on=("A-14",),
    where=_on_another_weekday,
    remedy="前の月の表を写したまま日付や曜日が残っていないか確かめ、違っている方を直してください。",
)
def weekday_or_double(day: Day, asked: bool) -> Iterator[Flaw]:
    for entry in day.entries:
        if entry.weekday is not None and entry.weekday != day.date.weekday():
            typed = WEEKDAYS[entry.weekday] if isinstance(entry.weekday, int) else entry.weekday
            yield breach(f"曜日が「{typed}」ですが、{on(day.date)}です", at="weekday", on=entry)
    if len(day.entries) == 1:
        return
    seen: list[Entry] = []
    for entry in day.entries:
        if any(other.place == entry.place for other in seen):
            kind = f"{entry.place}の" if entry.place else "区分の読めない"
            yield breach(f"{on(day.date)}の{kind}行が2つあります", at="day", on=entry)
        seen.append(entry)
    off = next((entry for entry in day.entries if entry.place is Place.OFF), None)
    if off and day.place not in (None, Place.OFF):
        yield breach(f"{on(day.date)}に{day.place}の行と休の行があります", at="day", on=off)
    if day.place and {Place.HOME, Place.ATTEND} <= {entry.place for entry in day.entries}:
        yield advice(
            f"{on(day.date)}に在宅と通所の行があります。1日の{day.place}として扱います",
            "day",
            day.home_rows[0],
            remedy=f"実績記録票でも{day.place}の1日として書いてください。",
            rests_on=("A-14",),
        )
