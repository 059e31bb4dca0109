"""D04 欠席連絡だけの日 — a call to stay away, written down as a day at home.

Asks      欠席の連絡だけで支援をしていない日は、在宅の利用日とみなしません。
Reading   欠席連絡があり、支援の連絡がないか訓練内容が空欄の日がこれに当たります。午前の欠席連絡のあと午後に支援と訓練が
          記録されていれば、在宅の利用日です（助言だけを付けます）。
Limits    本人がその後の支援を望んだかどうかは、記録の言葉からは判定しません。
Passes    1月6日の午前に欠席の連絡がありましたが、13時からの訓練と支援の連絡2回が書かれています。
Fails     1月6日は9:00の欠席連絡だけですが、提供区分が在宅です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Contact
from zaitaku_xl.ruling.contacts import is_absence_call, is_open, is_support, speaks_of_absence
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.scopes.silence import is_no_contact, is_no_log


@rule(
    id="D04",
    title="欠席連絡だけの日",
    over=Day,
    clause="mere_absence",
    wakes=("kind 欠席連絡",),
    needs=("entries.contacts", "entries.training"),
    uses=("entries.contact.kind",),
    looks_in=("entries",),
    silences=("D01", "D02", "D03"),
    rests_on=("A-16",),
    remedy="欠席だったときは、提供区分を「欠席」に直してください。相談援助の記録があれば、欠席時対応加算を検討できます。",
)
def mere_absence(days: Days, asked: bool) -> Iterator[Flaw]:
    for day in days.with_an_odd_contact:
        calls = [contact for contact in day.contacts if is_absence_call(contact)]
        if calls:
            yield from _called_off(day, calls[0])


def _called_off(day: Day, call: Contact) -> Iterator[Flaw]:
    supporting = [contact for contact in day.contacts if is_support(contact) and not speaks_of_absence(contact)]
    supported = any(not is_open(contact) and not is_no_contact(contact.content) for contact in supporting)
    trained = any(entry.training and not is_no_log(entry.training) for entry in day.home_rows)
    unclear = any("training" in entry.row.unread or is_no_log(entry.training) for entry in day.home_rows)
    at = call.field("kind")
    if supported and trained:
        yield advice(
            day,
            "欠席連絡がありますが、その後の支援と訓練が記録されています。",
            at=at,
            on=call,
            remedy="欠席の時間と訓練の時間が記録から分かるときは、支援記録に書き足しておくと説明しやすくなります。",
        )
    elif not supporting or not (trained or unclear):  # else P01 speaks of the cell that decides, or D01 and D03
        lacking = "訓練内容の記録" if supporting else "支援の連絡の記録"
        message = f"{lacking}が見つかりません。欠席の連絡だけの日は、サービスの提供とみなされません。"
        yield breach(day, message, at=at, on=call)
