"""D06 連絡の時刻 — a contact far from the hours of training, or two contacts close together.

Asks      連絡は訓練の時間のあたりで、間をあけて行います。
Reading   開始の60分前から終了の60分後までを訓練の時間のあたりとし、最初と最後の連絡が60分以上離れているかを見ます。
          開始と終了の順が逆の日（D05）は、離れ方だけを見ます。
Limits    本文に時刻や間隔の定めはありません。私たちの助言です。
Passes    1月6日の訓練は9:30から15:00で、連絡は9:35と14:50です。
Fails     1月6日の訓練は9:30から15:00ですが、連絡が6:00にあります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.law import Readings
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock
from zaitaku_xl.scopes import Day, Days


def _unusual(days: Days, asked: int) -> list[Day]:
    """Days but those whose contacts are all plain, well apart and well inside the hours."""
    apart, unusual = _apart(days.readings, asked), []
    for day, row in zip(days.home, days.rows, strict=True):
        times, start, end = row.plain_times, row.start, row.end
        if times and start is not None and end is not None:
            first, last = times[0], times[-1]
            if last - first >= apart and start - first <= asked and last - end <= asked:
                continue
        unusual.append(day)
    return unusual


@rule(
    id="D06",
    title="連絡の時刻",
    over=Day,
    clause="contact_hours",
    needs=("entries.contacts", "entries.contact.time", "entries.start", "entries.end"),
    may_rest_on=("A-10",),
    where=_unusual,
    remedy="時刻の記録が正しいか確かめてください。",
)
def contact_outside_hours(day: Day, asked: int) -> Iterator[Flaw]:
    if not day.at_home:
        return
    hours = [(e.start, e.end) for e in day.home_rows if e.start is not None and e.end is not None and e.start < e.end]
    timed = [contact for contact in day.support if contact.time is not None]
    opens, closes = (min(hours)[0] - asked, max(end for _, end in hours) + asked) if hours else (0, 24 * 60)
    for contact in timed:
        time = contact.time or 0
        if not opens <= time <= closes:
            yield advice(
                f"連絡{contact.slot}の{clock(time)}が訓練の時間から離れています", contact.field("time"), contact
            )
    times = [contact.time or 0 for contact in timed]
    if len(times) < 2 or max(times) - min(times) >= _apart(day.readings, asked):
        return
    if all(contact.row.clear_of(contact.field("time")) for contact in day.support):  # else P01 speaks
        message = f"最初と最後の連絡が{max(times) - min(times)}分しか離れていません"
        yield advice(message, timed[-1].field("time"), timed[-1], rests_on=("A-10",))


def _apart(readings: Readings, asked: int) -> int:
    """The minutes between the first contact and the last (A-10)."""
    return asked if readings.spacing == "house" else int(readings.spacing)
