"""R03 日報と実績記録票の食い違い — the service record and the log do not tell the same days or times.

Asks      実績記録票の日と時刻は、日報と同じでなければなりません。
Reading   ブックにその利用者の実績記録票があるときに、点検する月の利用の日（通所・在宅・訪問・施設外）と開始・終了を比べます。
          実績記録票のある月だけを見ます。日報の時刻が空欄なら、その時刻は比べません。
Limits    紙の実績記録票は見ません。
Passes    1月6日の開始が、日報でも実績記録票でも9:30です。
Fails     1月6日の在宅が、実績記録票にありません。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Month, RecordLine
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock, on
from zaitaku_xl.scopes import Day, Whole

_NOT_USE = ("欠席", "休")


@rule(
    id="R03",
    title="日報と実績記録票の食い違い",
    over=Whole,
    clause="record_sheet_agrees",
    remedy="当日の記録で確かめ、事実と違うほうだけを直してください。",
)
def record_sheet_differs(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        if whole.person.record_lines:
            yield from _compared(whole)


def _compared(whole: Whole) -> Iterator[Flaw]:
    lines = {line.day: line for line in whole.person.record_lines if line.day and _is_use(line)}
    used = {day.date: day for day in whole.days if day.place and day.place.is_use}
    open_dates = {day.date for day in whole.days if day.place is None}
    all_dated = all(line.day for line in whole.person.record_lines)
    months = {Month.of(day.date) for day in whole.days}
    for date_, day in sorted(used.items()):
        if date_ not in lines and day.has_record_sheet and all_dated:
            message = f"{on(date_)}は日報では{day.place}ですが、実績記録票にその日がありません。"
            yield breach(whole, message, at="day", on=day.main, days=[date_])
    for date_, line in sorted(lines.items()):
        if date_ in used:
            yield from _times(whole, used[date_], line)
        elif date_ not in open_dates and Month.of(date_) in months:
            message = f"{on(date_)}は実績記録票にありますが、日報に利用の記録がありません。"
            yield breach(whole, message, at="day", on=line, days=[])


def _is_use(line: RecordLine) -> bool:
    return not any(word in (line.status or "") for word in _NOT_USE) and line.status != "8"


def _times(whole: Whole, day: Day, line: RecordLine) -> Iterator[Flaw]:
    for field, heading in (("start", "開始"), ("end", "終了")):
        ours, theirs = day.begun_or_ended(field), getattr(line, field)
        there = field in line.row.columns and line.row.clear_of(field)
        if ours is not None and there and ours != theirs:
            says = "は空欄" if theirs is None else f"は{clock(theirs)}"
            message = f"{on(day.date)}の{heading}が、日報は{clock(ours)}、実績記録票{says}です。"
            yield breach(whole, message, at=field, on=line, days=[day.date])
