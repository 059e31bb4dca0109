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
from zaitaku_xl.model import SLOTS, Contact, Entry
from zaitaku_xl.ruling.contacts import is_complete, is_open, speaks_of_absence
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_TIMES = {slot: f"contact{slot}.time" for slot in SLOTS}


def _short_of(days: Days, asked: int) -> list[Day]:
    return [day for day in days.home if len(day.main.plain_times) < asked]


@rule(
    id="D01",
    title="連絡の不足",
    over=Day,
    clause="contacts_per_day",
    needs=("entries.contacts", "entries.contact.time", "entries.contact.kind", "entries.contact.content"),
    rests_on=("A-9", "A-16"),
    where=_short_of,
    remedy="行った支援があれば時刻・種別・内容・職員を追記してください。行っていない日は在宅として請求できません。",
)
def too_few_contacts(day: Day, asked: int) -> Iterator[Flaw]:
    if not day.at_home:
        return
    support = day.support
    made = {(c.time, c.content) for c in support if _counts(c)}
    if len(made) >= asked:
        return
    open_ones = [c for c in support if not _counts(c)]
    first = day.home_rows[0]
    if len(made) + len(open_ones) >= asked:
        if any(is_open(c) for c in open_ones):
            return  # the unreadable cell may hold what is missing; P01 speaks
        contact = open_ones[0]
        yield undecided(
            f"支援の連絡は確かなものが{len(made)}回です（{asked}回必要）。"
            f"連絡{contact.slot}を支援と数えてよいか、記録からは決められません",
            at=contact.field("time"),
            on=contact,
        )
    else:
        yield breach(f"支援の連絡が{len(made)}回です（{asked}回必要）", at=_where_to_add(first), on=first)


def _counts(contact: Contact) -> bool:
    return is_complete(contact) and not speaks_of_absence(contact) and not is_open(contact)


def _where_to_add(entry: Entry) -> str:
    """The first 連絡 slot with nothing in it, else the first one."""
    used = {contact.slot for contact in entry.contacts}
    columns = entry.row.columns
    free = next((field for slot, field in _TIMES.items() if slot not in used and field in columns), None)
    return free or next((field for field in _TIMES.values() if field in columns), _TIMES[1])
