"""R06 曜日の違い・同じ日の行 — the weekday does not agree with the date, or a date stands twice.

Asks      曜日は日付と合わせ、同じ利用者の同じ日は1行にします。
Reading   曜日が空欄なら問いません。在宅と通所の行が同じ日にあるときはこの点検では通所の1日として数えます（助言）。休の行とほかの
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
from zaitaku_xl.sentence import Sentence, own, typed

_SPLIT = "日付の入力違いか、1日を2行に分けていないか確かめてください。"
_WHICH = "当日の記録で確かめ、事実と違うほうだけを直してください。"


@rule(
    id="R06",
    title="曜日の違い・同じ日の行",
    over=Day,
    clause="row_identity",
    may_rest_on=("A-14",),
    remedy="前の月の表をコピーしたままの日付や曜日がないか確かめ、違うほうだけを直してください。",
)
def weekday_or_double(days: Days, asked: bool) -> Iterator[Flaw]:
    for day, row in days.rows:
        if row.weekday is not None and row.weekday != day.date.weekday():
            weekday = WEEKDAYS[row.weekday] if isinstance(row.weekday, int) else row.weekday
            message = Sentence(
                "曜日に{weekday}とありますが、日付は{day}です。", weekday=typed(weekday), day=own(on(day.date))
            )
            yield breach(day, message, at="weekday", on=row)
    for day in days.of_several_rows:
        yield from _alike(day)
        yield from _at_odds(day)


def _alike(day: Day) -> Iterator[Flaw]:
    first: dict[Place | None, Entry] = {}
    for entry in day.entries:
        if first.setdefault(entry.place, entry) is not entry:
            kind = f"{entry.place}の" if entry.place else "区分の読み取れない"
            rows = f"（{first[entry.place].row.number}行目と{entry.row.number}行目）"
            yield breach(day, f"{on(day.date)}の{kind}行が2行あります{rows}。", at="day", on=entry, remedy=_SPLIT)


def _at_odds(day: Day) -> Iterator[Flaw]:
    off = next((entry for entry in day.entries if entry.place is Place.OFF), None)
    if off and day.place not in (None, Place.OFF):
        yield breach(day, f"{on(day.date)}に{day.place}の行と休の行があります。", at="day", on=off, remedy=_WHICH)
    if day.place and {Place.HOME, Place.ATTEND} <= {entry.place for entry in day.entries}:
        yield advice(
            day,
            f"{on(day.date)}に在宅と通所の行があります。この点検では{day.place}の1日として数えました（定めは見つかっていません）。",
            at="day",
            on=day.home_rows[0],
            remedy="どちらの日とするか、{town}に確かめておくと安心です。",
            rests_on=("A-14",),
        )
