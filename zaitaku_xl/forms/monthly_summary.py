"""在宅支援 月次まとめ（支援内容記録簿）: a client's month for the towns that want it every month.

What is printed   every day of use with its support contacts and 訓練内容 in the log's own words, the weekly and the monthly
                  evaluations, and what the check found. 作成者 is left for the one who signs.
"""

from collections import Counter
from collections.abc import Iterator

from zaitaku_xl.book.dates import in_a_column
from zaitaku_xl.finding import WORDS
from zaitaku_xl.forms.facts import DayFacts, MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import (
    AS_LONG_AS_IT_TAKES,
    CENTRE,
    DIGITS,
    LABEL,
    TEXT,
    UNREAD,
    Paper,
    hhmm,
    month_wareki,
    short,
    weekday,
)
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Contact, Place, Record
from zaitaku_xl.paper import Value
from zaitaku_xl.scopes.months import credited_month

HEADINGS = ("日", "曜日", "区分", "開始", "終了", "連絡1", "連絡2", "訓練内容", "判定")
_WIDTHS = (5, 5, 8, 8, 8, 20, 20, 44, 12)
_STYLES = (CENTRE, CENTRE, CENTRE, CENTRE, CENTRE, TEXT, TEXT, TEXT, CENTRE)


def monthly_summary(facts: MonthFacts) -> Iterator[MadeSheet]:
    used = [day for day in facts.days if day.used]
    if not used:
        return
    paper = Paper(_WIDTHS)
    paper.head(f"在宅支援 月次まとめ（支援内容記録簿）　{month_wareki(facts.month.first)}", standing(facts))
    _person(paper, facts, used)
    paper.gap()
    paper.headings(HEADINGS)
    for day in used:
        paper.line(_day(day), _STYLES, 20)
    paper.gap()
    _weekly(paper, facts)
    _monthly(paper, facts)
    _found(paper, facts)
    _signed(paper)
    yield paper.sheet(f"月次まとめ_{facts.label}", page=AS_LONG_AS_IT_TAKES)


def _person(paper: Paper, facts: MonthFacts, used: list[DayFacts]) -> None:
    counts = Counter(day.place for day in used)
    days = f"在宅 {counts[Place.HOME]}日　通所 {counts[Place.ATTEND]}日"
    for place in (Place.VISIT, Place.OUTSIDE, Place.OUTSIDE_WORK, None):
        if counts[place]:
            days += f"　{place or UNREAD} {counts[place]}日"
    _pair(paper, ("氏名", facts.of.shown_name), ("受給者証番号", facts.of.number))
    _pair(paper, ("事業所", facts.office.office_name or ""), ("利用日数", days))


def _pair(paper: Paper, *pairs: tuple[str, str]) -> None:
    row = paper.row + 1
    for (label, value), first in zip(pairs, (1, 7), strict=True):
        last = 6 if first == 1 else paper.width
        paper.put(row, first, label, LABEL, to=(row, first + (2 if first == 1 else 0)))
        style = DIGITS if label == "受給者証番号" else TEXT
        paper.put(row, first + (3 if first == 1 else 1), value, style, to=(row, last))
    paper.heights[row] = 24


def _day(day: DayFacts) -> tuple[Value, ...]:
    main = day.main
    assert main is not None  # a day of use has a row
    rows = [entry for entry in day.entries if entry.place is Place.HOME] or list(day.entries)
    contacts = [
        contact for entry in rows for contact in entry.contacts if contact.kind is None or contact.kind.is_support
    ]
    training = "\n".join(dict.fromkeys(entry.training for entry in rows if entry.training))
    return (
        day.date.day,
        weekday(day.date),
        day.place or UNREAD,
        _time(day, "start"),
        _time(day, "end"),
        _contact(contacts, 0),
        _contact(contacts, 1),
        training or (UNREAD if day.unread("training") else ""),
        _verdict(day),
    )


def _time(day: DayFacts, field: str) -> str:
    return UNREAD if day.unsure(field) else hhmm(day.hours(field))


def _read(record: Record, field: str, words: str) -> str:
    return UNREAD if field in record.row.unread else words


def _contact(contacts: list[Contact], nth: int) -> str:
    """A support contact as 9:35 電話 開始確認; behind the second, how many there were more."""
    if nth >= len(contacts):
        return ""
    contact = contacts[nth]
    time = UNREAD if contact.unread and contact.time is None else hhmm(contact.time)
    words = " ".join(filter(None, (time, str(contact.method or ""), str(contact.kind or ""))))
    more = len(contacts) - 2
    return f"{words}\nほか{more}回" if nth == 1 and more > 0 else words


def _verdict(day: DayFacts) -> str:
    if not day.at_home:
        return ""
    rules = sorted({finding.rule for finding in day.findings if finding.weight in ("block", "undecided")})
    return f"{day.verdict}\n{'・'.join(rules)}" if rules else day.verdict


def _weekly(paper: Paper, facts: MonthFacts) -> None:
    """The evaluations held in this month or of a period that touches it."""
    held = [
        review
        for review in facts.person.week_reviews
        if any(day in facts.month for day in (review.done_on, review.period_from, review.period_to))
    ]
    _block(
        paper,
        "週の評価",
        [
            f"{_read(each, 'done_on', short(each.done_on))}　{each.method_typed or each.method or ''}　{each.content or ''}"
            for each in held
        ],
    )


def _monthly(paper: Paper, facts: MonthFacts) -> None:
    held = [each for each in facts.person.month_reviews if credited_month(each) == facts.month]
    _block(
        paper,
        "月の評価",
        [
            f"{_read(each, 'done_on', short(each.done_on))}　{each.method_typed or each.method or ''}　{each.place or ''}　"
            f"達成度: {each.achievement or ''}"
            for each in held
        ],
    )


def _found(paper: Paper, facts: MonthFacts) -> None:
    _block(
        paper,
        "点検結果一覧",
        [
            f"{WORDS[finding.weight]} {finding.rule}　{in_a_column(finding.dates, {facts.month.year})}　{finding.message}"
            for finding in facts.findings
            if finding.weight != "advise"
        ],
    )


def _block(paper: Paper, label: str, lines: list[str]) -> None:
    """Lay a label beside its lines, a row each."""
    first = paper.row + 1
    for text in lines or ["記録なし" if label != "点検結果一覧" else "なし"]:
        row = paper.row + 1
        paper.put(row, 4, text, TEXT, to=(row, paper.width))
        paper.heights[row] = max(20, paper.needed(text, 4, paper.width))
    paper.put(first, 1, label, LABEL, to=(paper.row, 3))


def _signed(paper: Paper) -> None:
    paper.gap()
    row = paper.row + 1
    paper.put(row, 6, "作成者", LABEL)
    paper.put(row, 7, "", TEXT, to=(row, paper.width))
    paper.heights[row] = 28


FORM = Form("monthly_summary", "在宅支援 月次まとめ", MonthFacts, monthly_summary)
