"""根拠一覧: for each day at home the cells that prove it: contacts, log, weekly and monthly evaluation, approval, with links.

Reading   what credits a day is what the check counts: the evaluations of its week and month, the approved term it lies in.
          A day that may not be billed stands in the list as well, with what is wrong instead of a blank.
"""

from collections.abc import Iterator
from dataclasses import replace

from zaitaku_xl.a1 import address
from zaitaku_xl.forms.facts import DayFacts, MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import (
    AS_LONG_AS_IT_TAKES,
    CENTRE,
    LINK,
    SMALL,
    TEXT,
    Paper,
    hhmm,
    month_wareki,
    short,
    wareki,
    weekday,
)
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeCell, MadeSheet
from zaitaku_xl.model import Contact, Entry, Place, Record, Review

HEADINGS = (
    "日",
    "曜日",
    "判定",
    "連絡1",
    "連絡2",
    "連絡3",
    "日報（訓練内容）",
    "日報（支援記録）",
    "週の評価",
    "月の評価",
    "市町村の承認",
)
_WIDTHS = (5, 5, 11, 20, 20, 20, 15, 15, 21, 21, 20)
_STYLES = (CENTRE, CENTRE, CENTRE, *(TEXT,) * 8)
_SHOWN = 3  # contacts of a day with a column each
_NONE = MadeCell("記録なし", replace(TEXT, colour="C00000"))
_OPEN = MadeCell("要確認", replace(TEXT, colour="7030A0"))
# The columns of proof: which rules say that something is missing there, and the table it would stand in.
_CONTACTS = (("D01", "D02"), "entries")
_LOG = (("D03",), "entries")
_WEEKLY = (("W01", "W03"), "week_reviews")
_MONTHLY = (("M01", "M02"), "month_reviews")
_APPROVAL = (("A01", "A02"), "approvals")


def evidence(facts: MonthFacts) -> Iterator[MadeSheet]:
    if not facts.home_days:
        return
    paper = Paper(_WIDTHS)
    paper.head(f"在宅利用 根拠一覧　{facts.of.shown_name}　{month_wareki(facts.month.first)}", standing(facts))
    billable = sum(day.verdict == "算定可" for day in facts.home_days)
    paper.across(
        f"在宅の日 {len(facts.home_days)}日。この点検で妨げの見つからなかった日 {billable}日。"
        "下線の場所を押すと、記録のセルに移ります。",
        SMALL,
    )
    top = paper.headings(HEADINGS)
    for day in facts.home_days:
        paper.line(_row(facts, day), _STYLES, 32)
    yield paper.sheet(f"根拠一覧_{facts.label}", landscape=True, page=AS_LONG_AS_IT_TAKES, heading_row=top)


def _row(facts: MonthFacts, day: DayFacts) -> tuple[int | str | MadeCell, ...]:
    rows = [entry for entry in day.entries if entry.place is Place.HOME] or list(day.entries)
    return (
        day.date.day,
        weekday(day.date),
        _verdict(day),
        *_contacts(rows, _none(facts, day, *_CONTACTS)),
        _told(rows, "training", _none(facts, day, *_LOG)),
        _told(rows, "support", _none(facts, day, *_LOG)),
        _weekly(facts, day) or _none(facts, day, *_WEEKLY),
        _monthly(facts) or _none(facts, day, *_MONTHLY),
        _approval(facts, day) or _none(facts, day, *_APPROVAL),
    )


def _none(facts: MonthFacts, day: DayFacts, rules: tuple[str, ...], table: str) -> MadeCell:
    """Nothing is on record, unless the check could not tell: an unread cell is no missing one."""
    sheet = facts.whole.log.names.get(table)
    undecided = (finding for finding in day.findings if finding.weight == "undecided")
    unsure = any(finding.rule in rules or (finding.sheet == sheet and finding.rule[0] == "P") for finding in undecided)
    return _OPEN if unsure else _NONE


def _verdict(day: DayFacts) -> str:
    rules = sorted({finding.rule for finding in day.findings if finding.weight in ("block", "undecided")})
    return "\n".join(filter(None, (day.verdict, "・".join(rules))))


# ---- cells that prove


def _at(record: Record, field: str, words: str) -> MadeCell:
    """A link to a field's cell: where it is, and what stands there in a word."""
    place = record.row.place(field)
    if place is None:
        return MadeCell(words, TEXT)
    return MadeCell(f"{place[0]}!{address(*place[1:])}\n{words}".strip(), LINK, place)


def _contacts(rows: list[Entry], none: MadeCell) -> Iterator[MadeCell]:
    """The support contacts of the day; the last column says how many more there were."""
    found = [(entry, each) for entry in rows for each in entry.contacts if each.kind is None or each.kind.is_support]
    for nth in range(_SHOWN):
        if nth < len(found):
            entry, contact = found[nth]
            more = f" ほか{len(found) - _SHOWN}回" if nth == _SHOWN - 1 and len(found) > _SHOWN else ""
            yield _at(entry, contact.field("time"), _said(contact) + more)
        else:
            yield none if nth < 2 else MadeCell("", TEXT)


def _said(contact: Contact) -> str:
    return " ".join(filter(None, (hhmm(contact.time), str(contact.method or ""), str(contact.kind or ""))))


def _told(rows: list[Entry], field: str, none: MadeCell) -> MadeCell:
    filled = [entry for entry in rows if getattr(entry, field)]
    return _at(filled[0], field, "") if filled else none


def _weekly(facts: MonthFacts, day: DayFacts) -> MadeCell | None:
    week = next((w for w in facts.of.judged.weeks if w.first <= day.date <= w.last), None)
    return _review(week.reviews[0]) if week and week.reviews else None


def _monthly(facts: MonthFacts) -> MadeCell | None:
    month = next((m for m in facts.of.judged.months if m.month == facts.month), None)
    if month is None:
        return None
    counted = [review for review in month.held if month.counts(review)] or list(month.held)
    if counted:
        return _review(counted[0])
    return _at(month.waivers[0], "exception", "例外理由") if month.waivers else None


def _review(review: Review) -> MadeCell:
    return _at(
        review,
        "done_on",
        " ".join(filter(None, (short(review.done_on), review.method_typed or str(review.method or "")))),
    )


def _approval(facts: MonthFacts, day: DayFacts) -> MadeCell | None:
    term = next((term for term in facts.of.judged.terms if term.covers(day.date)), None)
    if term is None or term.start is None or term.end is None:
        return None
    return _at(term.approval, "start", f"{wareki(term.start)}～\n{wareki(term.end)}")


FORM = Form("evidence", "根拠一覧", MonthFacts, evidence)
