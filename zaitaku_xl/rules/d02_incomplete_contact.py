"""D02 連絡の記録もれ — a support contact without time, content or staff.

Asks      支援の連絡には、時刻・内容・対応した職員を書きます。
Reading   欠席連絡と事務連絡には求めません。内容が「なし」や「○」だけなら、書かれていないのと同じです。
          時刻か内容が欠けた連絡は、D01では1回とも0回とも数えません。
Limits    職員の名前が実在するか、勤務していたかは見ません。
Passes    1月6日の連絡1に、9:05、作業開始の確認、佐藤と書かれています。
Fails     1月6日の連絡2に内容はありますが、時刻が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import Contact
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.scopes.silence import has_no_content
from zaitaku_xl.sentence import Sentence, typed

_STAFF = "連絡ごとに職員の列を設け、記録で確かめられる職員を書き足してください（書いた日と氏名を添えます）。"
_PARTS = {"time": "時刻", "content": "内容", "staff": "職員"}


@rule(
    id="D02",
    title="連絡の記録もれ",
    over=Day,
    clause="contact_record",
    needs=("entries.contacts",),
    remedy="記録や職員への確認で分かることだけを書き足してください。分からなければ空欄のままにし、"
    "確かめた日と氏名を支援記録に残してください。",
)
def incomplete_contact(days: Days, asked: bool) -> Iterator[Flaw]:
    column_told = False
    for day in days.with_an_odd_contact:
        told: set[tuple[int, str]] = set()  # bullets of one cell lack the same
        for contact in day.support:
            if not column_told and _has_no_staff_column(contact):
                column_told = True  # blank in every row: once is enough
                yield breach(day, "連絡の職員の列がなく、対応した職員が分かりません。", on=contact, remedy=_STAFF)
            lacking = [part for part in _PARTS if getattr(contact, part) is None and _asks(contact, part)]
            place = contact.row.number, contact.field(lacking[0]) if lacking else ""
            if lacking and place not in told:
                told.add(place)
                words = "・".join(_PARTS[part] for part in lacking)
                yield breach(day, f"連絡{contact.slot}の{words}が空欄です。", at=contact.field(lacking[0]), on=contact)
            if has_no_content(contact.content):
                said = Sentence(f"連絡{contact.slot}の内容が{{words}}です。", words=typed(contact.content))
                yield breach(day, said, at=contact.field("content"), on=contact)


def _has_no_staff_column(contact: Contact) -> bool:
    return contact.field("staff") not in contact.row.columns


def _asks(contact: Contact, part: str) -> bool:
    """True when the sheet has the column and its cell is blank, not unreadable."""
    field = contact.field(part)
    return field in contact.row.columns and field not in contact.row.unread
