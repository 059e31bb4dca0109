"""D01 連絡の不足 — too few contacts on a day at home.

Asks      在宅の日は、定められた回数以上、連絡・助言・進捗確認などの支援を行います。
Reading   欠席連絡と事務連絡は数えません。時刻と内容が同じ記録は1回と数えます。種別が空欄でも内容があれば支援と数えますが、
          内容が欠席や休みを述べているときは要確認とします。時刻か内容が欠けた記録しだいで回数が決まるときも要確認です。
Limits    連絡の中身が支援として十分かどうか、2回の間隔が適切かどうかは判定しません。
Passes    1月6日に9:05の開始確認と15:50の終了確認があり、どちらも内容が書かれています。
Fails     1月6日の連絡が9:05の開始確認だけです。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.model import SLOTS, Entry
from zaitaku_xl.ruling.contacts import is_open, is_sure, sure_contacts
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_TIMES = {slot: f"contact{slot}.time" for slot in SLOTS}


@rule(
    id="D01",
    title="連絡の不足",
    over=Day,
    clause="contacts_per_day",
    needs=("entries.contacts", "entries.contact.time", "entries.contact.kind", "entries.contact.content"),
    looks_in=("entries",),
    rests_on=("A-9", "A-16"),
    remedy="行った支援があれば時刻・種別・内容・職員を追記してください。行っていない日は在宅として請求できません。",
)
def too_few_contacts(days: Days, asked: int) -> Iterator[Flaw]:
    for day, times in days.plain_times:
        sure = len(times) or sure_contacts(day)
        if sure < asked:
            yield from _short(day, sure, asked)


def _short(day: Day, sure: int, asked: int) -> Iterator[Flaw]:
    doubtful = [contact for contact in day.support if not is_sure(contact)]
    if sure + len(doubtful) < asked:
        first = day.home_rows[0]
        yield breach(day, f"支援の連絡が{sure}回です（{asked}回必要）", at=_where_to_add(first), on=first)
    elif not any(is_open(contact) for contact in doubtful):  # else the unreadable cell may hold what is missing: P01
        contact = doubtful[0]
        yield undecided(
            day,
            f"支援の連絡は確かなものが{sure}回です（{asked}回必要）。"
            f"連絡{contact.slot}を支援と数えてよいか、記録からは決められません",
            at=contact.field("time"),
            on=contact,
        )


def _where_to_add(entry: Entry) -> str:
    """The first 連絡 slot with nothing in it, else the first one."""
    used = {contact.slot for contact in entry.contacts}
    columns = entry.row.columns
    free = next((field for slot, field in _TIMES.items() if slot not in used and field in columns), None)
    return free or next((field for field in _TIMES.values() if field in columns), _TIMES[1])
