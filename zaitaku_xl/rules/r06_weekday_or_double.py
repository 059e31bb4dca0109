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
from zaitaku_xl.model import Place
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import WEEKDAYS, on
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.sentence import Sentence, own, typed


@rule(
    id="R06",
    title="曜日と日付の重なり",
    over=Day,
    clause="row_identity",
    may_rest_on=("A-14",),
    remedy="前の月の表を写したまま日付や曜日が残っていないか確かめ、違っている方を直してください。",
)
def weekday_or_double(days: Days, asked: bool) -> Iterator[Flaw]:
    for day, row in days.rows:
        if row.weekday is not None and row.weekday != day.date.weekday():
            weekday = WEEKDAYS[row.weekday] if isinstance(row.weekday, int) else row.weekday
            message = Sentence("曜日が{weekday}ですが、{day}です", weekday=typed(weekday), day=own(on(day.date)))
            yield breach(day, message, at="weekday", on=row)
    for day in days.of_several_rows:
        yield from _alike(day)
        yield from _at_odds(day)


def _alike(day: Day) -> Iterator[Flaw]:
    places: set[Place | None] = set()
    for entry in day.entries:
        if entry.place in places:
            kind = f"{entry.place}の" if entry.place else "区分の読めない"
            yield breach(day, f"{on(day.date)}の{kind}行が2つあります", at="day", on=entry)
        places.add(entry.place)


def _at_odds(day: Day) -> Iterator[Flaw]:
    off = next((entry for entry in day.entries if entry.place is Place.OFF), None)
    if off and day.place not in (None, Place.OFF):
        yield breach(day, f"{on(day.date)}に{day.place}の行と休の行があります", at="day", on=off)
    if day.place and {Place.HOME, Place.ATTEND} <= {entry.place for entry in day.entries}:
        yield advice(
            day,
            f"{on(day.date)}に在宅と通所の行があります。1日の{day.place}として扱います",
            at="day",
            on=day.home_rows[0],
            remedy=f"実績記録票でも{day.place}の1日として書いてください。",
            rests_on=("A-14",),
        )
