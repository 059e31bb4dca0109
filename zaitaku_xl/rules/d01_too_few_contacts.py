"""D01 連絡の回数不足 — too few contacts on a day at home.

Asks      在宅の日は、定められた回数以上、連絡・助言・進捗確認などの支援を行います。
Reading   欠席連絡と事務連絡は数えません。時刻と内容が同じ記録は1回と数えます。種別が空欄でも内容があれば支援と数えますが、
          内容が欠席や休みを述べているときは要確認とします。時刻か内容が空欄の連絡、内容が「なし」や「応答なし」だけの連絡があり、
          回数に足りるか判断できないときも要確認です。数えなかった連絡は、わけとともに示します。
Limits    「応答なし」などのことばの並びは在宅点検の目安です。連絡の中身が支援として十分かどうか、2回の間隔が適切かどうかは判定しません。
Passes    1月6日に9:05の開始確認と15:50の終了確認があり、どちらも内容が書かれています。
Fails     1月6日の連絡が9:05の開始確認だけです。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.contacts import is_open, is_support, is_sure, not_counted, sure_contacts
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.sentence import Sentence

_CLARIFY = "種別と内容を、当日の記録で確かめてください。確かめられたことだけを書き足し、確かめるまで請求を控えます。"


@rule(
    id="D01",
    title="連絡の回数不足",
    over=Day,
    clause="contacts_per_day",
    needs=("entries.contacts", "entries.contact.time", "entries.contact.content"),
    uses=("entries.contact.kind",),
    looks_in=("entries",),
    rests_on=("A-9", "A-16"),
    remedy="行ったと確かめられる連絡があれば、時刻・内容・職員を書き足してください（書いた日と氏名を添えます）。"
    "確かめられなければ、この日は請求しません。",
    when_advised="連絡の時刻・内容・職員が記録から分かるときは、書き足しておくと安心です（書いた日と氏名を添えます）。",
)
def too_few_contacts(days: Days, asked: int) -> Iterator[Flaw]:
    for day, times in days.plain_times:
        sure = len(times) or sure_contacts(day)
        if sure < asked:
            yield from _short(day, sure, asked)


def _short(day: Day, sure: int, asked: int) -> Iterator[Flaw]:
    others = not_counted(day)
    doubtful = [contact for contact, _ in others if is_support(contact) and not is_sure(contact)]
    lines = dict.fromkeys(line for _, line in others)  # bullets of one cell lack the same
    if sure + len(doubtful) < asked:
        count = f"支援の連絡の記録は{sure}回分です。" if sure else "支援の連絡の記録が見つかりません。"
        message = Sentence(f"{count}在宅の日は1日{asked}回必要です。").resting_on(lines)
        at, on = (others[0][0].field("time"), others[0][0]) if others else (None, None)
        yield breach(day, message, at=at, on=on)
    elif not any(is_open(contact) for contact in doubtful):  # else the unreadable cell may hold what is missing: P01
        certain = f"確かな支援の連絡は{sure}回分です。" if sure else "確かな支援の連絡が見つかりません。"
        yield undecided(
            day,
            Sentence(f"{certain}支援に当たるか、記録だけでは判断できない連絡があります。").resting_on(lines),
            at=doubtful[0].field("time"),
            on=doubtful[0],
            remedy=_CLARIFY,
        )
