"""在宅における就労支援記録（日報）: a block for each day at home, a sheet for a client's month.

What is printed   the log of the day as typed: times, training, every contact, support, condition, question and answer.
What is not       the box to sign is the client's; what the log leaves out stays a blank box.
Not certain       no official layout exists; the fields are those offices use.
"""

from collections.abc import Iterator
from dataclasses import replace

from zaitaku_xl.forms.blocks import Part, begun, dated, label, labelled, pages, row, said, span
from zaitaku_xl.forms.facts import DayFacts, MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import CENTRE, LABEL, TEXT, UNREAD, Paper, hhmm, month_wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Contact, Entry, Place

SHEET = "在宅支援記録"
_WIDTHS = (9, 7, 7, 7, 9, 9, 10, 10, 10, 9, 9, 10)
_SAID = replace(TEXT, size=9)
_CENTRED = replace(CENTRE, size=9, wrap=False, shrink=True)
_CONTACT = (("時刻", 1), ("方法", 1), ("種別", 1), ("内容", 6), ("職員", 1))
_PARTS = ("time", "method", "kind", "content", "staff")


def daily_record(facts: MonthFacts) -> Iterator[MadeSheet]:
    """Yield the sheet of one client's month; none where no day was spent at home."""
    days = facts.home_days
    if not days:
        return
    state = standing(facts)
    title = f"在宅における就労支援記録（日報）　{month_wareki(facts.month.first)}"
    paper = begun(facts.of, title, state, _WIDTHS)
    starts = [start for day in days for start in _day(paper, facts, day)]
    yield paper.sheet(f"{SHEET}_{facts.label}", page=pages(paper, state, starts))


def _day(paper: Paper, facts: MonthFacts, day: DayFacts) -> Iterator[int]:
    """Lay a block for each row of the log that was spent at home, or nobody knows where; yield where it begins."""
    for entry in day.entries:
        if entry.place in (Place.HOME, None):
            paper.gap(7)
            yield paper.row
            _block(paper, facts, day, entry)


def _block(paper: Paper, facts: MonthFacts, day: DayFacts, entry: Entry) -> None:
    where = UNREAD if day.unplaced else said(entry, "home_place")
    labelled(
        paper,
        (2, "実施日", 4, dated(day.date)),
        (1, "時間", 2, span(entry, "start", "end", hhmm)),
        (1, "休憩", 2, span(entry, "break_start", "break_end", hhmm)),
        least=17,
    )
    labelled(
        paper,
        (2, "在宅場所", 2, where),
        (2, "開始の確認", 2, said(entry, "start_confirmed")),
        (2, "終了の確認", 2, said(entry, "end_confirmed")),
        least=17,
    )
    _text(paper, "作業・訓練内容", said(entry, "training"))
    _contacts(paper, facts, day, entry)
    _text(paper, "支援記録", said(entry, "support"))
    _text(paper, "心身の状況と助言", said(entry, "condition"))
    if asked := said(entry, "question"):
        _text(paper, "照会", asked)
    if answered := said(entry, "answer"):
        _text(paper, "照会への対応", answered)
    if why := said(entry, "reason"):
        _text(paper, "変更理由", why)
    row(
        paper,
        label(2, "備考"),
        Part(3, said(entry, "remark")),
        label(1, "記録者"),
        Part(2, said(entry, "recorder")),
        label(1, "確認の記録"),
        Part(1, said(entry, "client_confirmed"), CENTRE),
        label(1, "利用者署名"),
        Part(1, None),
        least=22,
    )


def _text(paper: Paper, name: str, words: str) -> None:
    row(paper, label(2, name), Part(10, words, _SAID), least=18)


def _contacts(paper: Paper, facts: MonthFacts, day: DayFacts, entry: Entry) -> None:
    clause = facts.of.clause("contacts_per_day", day.date)
    top = paper.row + 1
    row(paper, *(label(columns, heading) for heading, columns in _CONTACT), least=16, after=2)
    for contact in entry.contacts or (None,):
        row(paper, *_contact(entry, contact), after=2)
    words = f"支援内容（1日{clause.asked}回以上）" if clause else "支援内容"
    paper.put(top, 1, words, LABEL, to=(paper.row, 2))


def _contact(entry: Entry, contact: Contact | None) -> Iterator[Part]:
    for part, (_, columns) in zip(_PARTS, _CONTACT, strict=True):
        style = _SAID if part == "content" else _CENTRED
        yield Part(columns, _state(entry, contact, part) if contact else None, style)


def _state(entry: Entry, contact: Contact, part: str) -> str:
    if contact.field(part) in entry.row.unread:
        return UNREAD
    value = getattr(contact, part)
    if value is None:
        return ""
    return hhmm(value) if part == "time" else str(value)


FORM = Form("daily_record", "在宅における就労支援記録（日報）", MonthFacts, daily_record)
