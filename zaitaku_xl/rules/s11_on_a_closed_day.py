"""S11 休業日の在宅 — a day at home while the office was closed.

Asks      在宅の日は、事業所の営業日でなければなりません。
Reading   営業日のシートに休業とある日、どちらにもない日で設定の営業曜日に入らない日を指摘します。
Limits    営業日のシートに書かれていない臨時の休業は分かりません。
Passes    祝日の1月12日が在宅で、営業日のシートに営業とあります。
Fails     1月12日が在宅ですが、営業日のシートに休業とあります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Day, Days


def _closed(days: Days, asked: bool) -> list[Day]:
    dates = {day.date: day.calendar for day in days.home}  # the office has one
    closed = {date for date, calendar in dates.items() if calendar.is_open(date) is False}
    return [day for day in days.home if day.date in closed]


@rule(
    id="S11",
    title="休業日の在宅",
    over=Day,
    clause="open_days",
    needs=("calendar", "calendar.open"),
    where=_closed,
    remedy="営業日のシートか日報の日付を確かめてください。休日に開けた日は、営業日に「営業」と書きます。",
)
def on_a_closed_day(day: Day, asked: bool) -> Iterator[Flaw]:
    if day.at_home and day.calendar.is_open(day.date) is False:
        yield breach(f"{on(day.date)}は休業日です", at="day", on=day.main)
