"""D06 連絡の時刻と間隔 — a contact far from the hours of training, or two contacts close together.

Asks      連絡は訓練の時間のあたりで、間をあけて行います。
Reading   開始の60分前から終了の60分後までを訓練の時間のあたりとし、最初と最後の連絡が60分以上離れているかを見ます。
          開始と終了の順が逆の日（D05）は、離れ方だけを見ます。
Limits    国や市の通知に、時刻や間隔の定めはありません。在宅点検の目安です。
Passes    1月6日の訓練は9:30から15:00で、連絡は9:35と14:50です。
Fails     1月6日の訓練は9:30から15:00ですが、連絡が6:00にあります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.contacts import contact_times
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock
from zaitaku_xl.scopes import Day, Days


@rule(
    id="D06",
    title="連絡の時刻と間隔",
    over=Day,
    clause="contact_hours",
    needs=("entries.contacts", "entries.contact.time", "entries.start", "entries.end"),
    may_rest_on=("A-10",),
    remedy="時刻が記録のとおりなら、このままでかまいません。入力の誤りがないか、確かめておくと安心です。",
)
def contact_outside_hours(days: Days, asked: int) -> Iterator[Flaw]:
    apart = asked if days.readings.spacing == "house" else int(days.readings.spacing)
    for (day, plain_times), hours in zip(days.plain_times, days.hours, strict=True):
        times = plain_times or contact_times(day)
        if not times:
            continue
        earliest, latest = hours[0] - asked, hours[1] + asked
        if not (earliest <= times[0] and times[-1] <= latest):  # they are in order
            yield from _outside(day, earliest, latest, asked)
        if times[-1] - times[0] < apart:
            yield from _close_together(day, times[-1] - times[0], apart)


def _outside(day: Day, earliest: int, latest: int, asked: int) -> Iterator[Flaw]:
    for contact in day.support:
        if contact.time is not None and not earliest <= contact.time <= latest:
            message = (
                f"連絡{contact.slot}（{clock(contact.time)}）が、訓練の時間{_hours(day)}から{asked}分より離れています。"
            )
            yield advice(day, message, at=contact.field("time"), on=contact)


def _hours(day: Day) -> str:
    start, end = day.begun_or_ended("start"), day.begun_or_ended("end")
    return "" if start is None or end is None else f"（{clock(start)}～{clock(end)}）"


def _close_together(day: Day, minutes: int, apart: int) -> Iterator[Flaw]:
    timed = [contact for contact in day.support if contact.time is not None]
    readable = all(contact.row.clear_of(contact.field("time")) for contact in day.support)
    if len(timed) > 1 and readable:  # else P01 speaks
        last = timed[-1]
        message = f"最初と最後の連絡の間隔が{minutes}分です（目安は{apart}分。法令の定めではありません）。"
        yield advice(day, message, at=last.field("time"), on=last, rests_on=("A-10",))
