"""S11 休業日の在宅 — a day at home while the office was closed.

Asks      在宅の日は、事業所の営業日でなければなりません。
Reading   営業日のシートに休業とある日、どちらにもない日で設定の営業曜日に入らない日を見直しにします。
Limits    営業日のシートに書かれていない臨時の休業は分かりません。
Passes    祝日の1月12日が在宅で、営業日のシートに営業とあります。
Fails     1月12日が在宅ですが、営業日のシートに休業とあります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Day, Days


@rule(
    id="S11",
    title="休業日の在宅",
    over=Day,
    clause="open_days",
    needs=("calendar", "calendar.open"),
    remedy="休日に開けた日なら、営業日のシートに「営業」と入力してください。日付の誤りなら、日報を直してください。",
)
def on_a_closed_day(days: Days, asked: bool) -> Iterator[Flaw]:
    dates = {day.date for day in days.at_home}  # the clients of an office share them
    closed = {date for date in dates if days.calendar.is_open(date) is False}
    for day in days.at_home:
        if day.date in closed:
            yield breach(day, f"{on(day.date)}は、営業日のシートか設定では休業日です。", at="day", on=day.main)
