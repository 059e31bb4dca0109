"""サービス提供実績記録票: 様式17 for 就労継続支援 and 様式16 for 就労移行支援, one A4 page of 31 rows.

What is printed   every day of use as the log has it, with its times and additions; an absence whose 欠席時対応加算 is
                  claimed, as 「欠席」; in 備考 of a day at home the words that the client's town asks for.
What is not       利用者確認欄 is the client's to sign. 地域協働加算, 集中的支援加算 and 地域連携会議実施加算 have no column in the
                  records and stay blank. 累計 is the number in 利用者台帳, never our own sum.
Not certain       no official layout of 様式16 for R6 was found: its columns are inferred and the sheet says 要確認.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from zaitaku_xl.forms.facts import DayFacts, MonthFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import (
    CENTRE,
    DIGITS,
    LABEL,
    NUMBER,
    ONE_PAGE,
    SMALL,
    TEXT,
    UNREAD,
    Paper,
    height_of,
    hhmm,
    month_wareki,
    wareki,
    weekday,
)
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import THIN, MadeSheet, Style
from zaitaku_xl.model import Place, Service
from zaitaku_xl.paper import Value

SHEET = "実績記録票"
ROWS = 31
FIRST_DAYS = 30  # 初期加算: so many days from 利用開始日, that day counted
ABSENT = "欠席"

_LEAD = 5  # 日付 to 終了時間
_SMALL_LABEL = replace(LABEL, size=8)
_TITLE = Style(bold=True, size=15, align="center", vertical="center")
_HEAD = Style(size=11, vertical="center")
_FORM_NUMBER = Style(size=9, align="right", vertical="center")
_LINE, _BOX = 23, 26  # points: a day, a row of boxes
_FIT = replace(TEXT, wrap=False, shrink=True)
_FIT_CENTRE = replace(_FIT, align="center", indent=0)
_REMARK, _LONG_REMARK = replace(TEXT, size=9), replace(TEXT, size=7)
_TOTAL = replace(CENTRE, bold=True, edges=replace(THIN, top="double"))
_COUNT = replace(_TOTAL, shows='0"回"')


@dataclass(frozen=True, slots=True)
class _Column:
    """A column between 終了時間 and 利用者確認欄: an addition, as a field of the log, or one the records do not have."""

    heading: str
    field: str = ""
    under: str = ""  # a second heading below the first; equal first headings share a cell
    width: float = 5.5
    counted: bool = True


_RIDES = (_Column("送迎加算", "ride_to", "往", 4.5), _Column("送迎加算", "ride_back", "復", 4.5))
_VISIT = _Column("訪問支援特別加算", "visit_support", "時間数", 6)
_MEAL, _MEDICAL = _Column("食事提供体制加算", "meal"), _Column("医療連携体制加算", "medical")
_TRIAL, _EMERGENCY = _Column("体験利用支援加算", "trial"), _Column("緊急時受入加算", "emergency")
_INTENSIVE = _Column("集中的支援加算")
_OUTSIDE = _Column("施設外支援", "outside", counted=False)
_PREPARING = _Column("移行準備支援体制加算", "transition_support", counted=False)


@dataclass(frozen=True, slots=True)
class _Layout:
    """One of the two official sheets. ``counted_to`` is the column with 当月 and 累計 below the table."""

    title: str
    number: str
    columns: tuple[_Column, ...]
    outside: _Column


_FORM_17 = _Layout(
    "就労継続支援提供実績記録票",
    "様式17",
    (*_RIDES, _VISIT, _MEAL, _MEDICAL, _TRIAL, _Column("地域協働加算"), _EMERGENCY, _INTENSIVE, _OUTSIDE),
    _OUTSIDE,
)
_FORM_16 = _Layout(
    "就労移行支援提供実績記録票",
    "様式16（案・要確認: 列は公表資料からの推定です。提出の前に公式の様式と見比べてください）",
    (
        *_RIDES,
        _VISIT,
        _MEAL,
        _MEDICAL,
        _Column("通勤訓練加算", "commute_training"),
        _TRIAL,
        _Column("地域連携会議実施加算"),
        _EMERGENCY,
        _INTENSIVE,
        _PREPARING,
    ),
    _PREPARING,
)


def service_record(facts: MonthFacts) -> Iterator[MadeSheet]:
    """Yield the sheet of one client's month; none where the month holds no day of use and no claimed absence."""
    if not any(day.used or day.absence for day in facts.days):
        return
    layout = _layout(facts)
    paper = Paper((4, 4, 8, 8, 8, *(column.width for column in layout.columns), 10, 19))
    _head(paper, facts, layout)
    _headings(paper, layout)
    first = paper.row + 1
    for day in facts.dates:
        _day(paper, facts, layout, day)
    while paper.row < first + ROWS - 1:
        _blank(paper)
    _totals(paper, layout, [facts.day(on) for on in facts.dates])
    _below(paper, facts, layout)
    yield paper.sheet(f"{SHEET}_{facts.label}", page=ONE_PAGE)


# ---- above the table


def _head(paper: Paper, facts: MonthFacts, layout: _Layout) -> None:
    said = standing(facts)
    paper.head("", said)
    row = paper.row  # the title's row: the month on its left, the number of the form below
    paper.merges.pop()
    paper.put(row, 1, month_wareki(facts.month.first), _HEAD, to=(row, _LEAD))
    paper.put(row, _LEAD + 1, layout.title, _TITLE, to=(row, paper.width - 2))
    paper.put(row, paper.width - 1, None, _TITLE, to=(row, paper.width))
    paper.across(layout.number, _FORM_NUMBER, 12)
    office, client = facts.office, facts.client
    contracted = client.contracted if client else None
    service = facts.of.service
    _labelled(
        paper,
        (
            ("受給者証番号", facts.of.number, DIGITS),
            ("支給決定障害者氏名", facts.of.shown_name, _FIT),
            ("事業所番号", office.office_number or "", DIGITS),
        ),
    )
    promised = f"{service or ''}　{contracted}".strip() if contracted else ""
    _labelled(paper, (("契約支給量", promised, _FIT), ("事業者及びその事業所", office.office_name or "", _FIT)))
    paper.gap(6)


def _labelled(paper: Paper, pairs: tuple[tuple[str, str, Style], ...]) -> None:
    """Lay labels with their values in a row, over the whole width."""
    cells = [cell for label, value, style in pairs for cell in ((label, _SMALL_LABEL, 2), (value, style, 3))]
    _in_a_row(paper, cells)


def _in_a_row(paper: Paper, cells: Sequence[tuple[str, Style, int]]) -> None:
    """Lay texts side by side, each as wide as its share of the paper."""
    row, total = paper.row + 1, sum(share for *_, share in cells)
    edges = list(accumulate(paper.widths))
    first, done = 1, 0
    for text, style, share in cells:
        done += share
        wanted = edges[-1] * done / total
        last = max(first, min(range(1, paper.width + 1), key=lambda column: abs(edges[column - 1] - wanted)))
        paper.put(row, first, text, _fitting(text, style, sum(paper.widths[first - 1 : last])), to=(row, last))
        first = last + 1
    paper.heights[row] = _BOX


def _fitting(text: str, style: Style, width: float) -> Style:
    """Return the style for a text in one row: as it is, in two lines of smaller letters, or as small as it takes."""
    if style.fill or height_of(text, width, style.size) <= _BOX - 6:
        return style
    smaller = replace(style, size=8, wrap=True, shrink=False)
    return smaller if height_of(text, width, smaller.size) <= _BOX + 1 else style


def _headings(paper: Paper, layout: _Layout) -> None:
    top = paper.row + 1
    bottom, confirmed, remark = top + 2, paper.width - 1, paper.width
    paper.put(top, 1, "日付", LABEL, to=(bottom, 1))
    paper.put(top, 2, "曜日", LABEL, to=(bottom, 2))
    paper.put(top, 3, "サービス提供実績", LABEL, to=(top, confirmed - 1))
    for number, heading in enumerate(("サービス提供の状況", "開始時間", "終了時間"), 3):
        paper.put(top + 1, number, heading, _SMALL_LABEL, to=(bottom, number))
    for number, column in enumerate(layout.columns, _LEAD + 1):
        previous = layout.columns[number - _LEAD - 2] if number > _LEAD + 1 else None
        if not column.under:
            paper.put(top + 1, number, column.heading, _SMALL_LABEL, to=(bottom, number))
            continue
        if previous is None or previous.heading != column.heading:
            same = sum(other.heading == column.heading for other in layout.columns)
            to = (top + 1, number + same - 1)
            paper.put(top + 1, number, column.heading, _SMALL_LABEL, to=to)
        paper.put(bottom, number, column.under, _SMALL_LABEL)
    paper.put(top, confirmed, "利用者確認欄", LABEL, to=(bottom, confirmed))
    paper.put(top, remark, "備考", LABEL, to=(bottom, remark))
    paper.heights |= {top: 16, top + 1: 44, bottom: 16}


# ---- the days


def _day(paper: Paper, facts: MonthFacts, layout: _Layout, on: date) -> None:
    day = facts.day(on)
    lead = (on.day, weekday(on), status(day), time_of(day, "start"), time_of(day, "end"))
    additions = (addition(day, column.field) for column in layout.columns)
    said = remark(facts, day)
    fits = height_of(said, paper.widths[-1], _REMARK.size) <= _LINE
    styles = (NUMBER, *(CENTRE,) * (_LEAD - 1 + len(layout.columns)), TEXT, _REMARK if fits else _LONG_REMARK)
    paper.line((*lead, *additions, None, said), styles, _LINE)


def _blank(paper: Paper) -> None:
    paper.line((None,) * paper.width, TEXT, _LINE)


def status(day: DayFacts) -> Value:
    """Blank on an ordinary day; 「欠席」 where the addition for an absence is claimed and the client did not come."""
    if day.unplaced:
        return UNREAD
    return ABSENT if day.absence and not day.used else None


def time_of(day: DayFacts, field: str) -> Value:
    """The first start or the last end of the rows that stand for the day; 要確認 where nobody can say which do."""
    if not day.used or day.main is None:
        return None
    return UNREAD if day.unsure(field) else hhmm(day.hours(field))


def addition(day: DayFacts, field: str) -> Value:
    """1 where the log has this mark, the hours of 訪問支援特別加算 as typed; nothing where it has no such column."""
    if not field or not day.entries or (not day.used and not day.holds(field)):
        return None
    if day.unread(field):
        return UNREAD
    if field == "visit_support":
        return next((entry.visit_support for entry in day.entries if entry.visit_support), None)
    outside = field == "outside" and day.place is Place.OUTSIDE
    return 1 if outside or day.holds(field) else None


def remark(facts: MonthFacts, day: DayFacts) -> str:
    """The log's own remark; on a day at home the asked words before it, unless it says them itself.

    Only the rows that stand for the day speak: 在宅支援 beside a morning at home has no place on a day of 通所.
    """
    rows = day.standing if _has_row(day) else ()
    if day.used and (day.unsure("remark") or any("remark" in row.row.unread for row in rows)):
        return UNREAD
    typed = "　".join(dict.fromkeys([row.remark for row in rows if row.remark]))
    clause = facts.of.clause("remark_token", day.date)
    if day.place is not Place.HOME or clause is None:
        return typed
    token = str(clause.asked)
    if token in unicodedata.normalize("NFKC", typed):
        return typed
    return f"{token}　{typed}".strip()


def _has_row(day: DayFacts) -> bool:
    return day.used or day.absence is not None


# ---- below the table


def _totals(paper: Paper, layout: _Layout, days: list[DayFacts]) -> None:
    row = paper.row + 1
    paper.put(row, 1, "合計", _TOTAL, to=(row, _LEAD))
    done: set[str] = set()
    for number, column in enumerate(layout.columns, _LEAD + 1):
        if column.heading in done:
            continue
        done.add(column.heading)
        same = [other for other in layout.columns if other.heading == column.heading]
        count = sum(
            _counts(day, other) for other in same if other.counted and other.field for day in days if day.entries
        )
        paper.put(row, number, count or None, _COUNT, to=(row, number + len(same) - 1))
    paper.put(row, paper.width - 1, None, _TOTAL)
    paper.put(row, paper.width, None, _TOTAL)
    paper.heights[row] = _BOX


def _counts(day: DayFacts, column: _Column) -> bool:
    return addition(day, column.field) not in (None, UNREAD)


def _below(paper: Paper, facts: MonthFacts, layout: _Layout) -> None:
    """Lay the two lines of boxes. Their first two cells end with サービス提供の状況 and 終了時間: where a reader looks for the
    two times of a day stands one text, so that nobody takes the line for a day.
    """
    paper.gap(6)
    outside = sum(_counts(day, layout.outside) for day in facts.days)
    clause = facts.of.clause("outside_days", facts.month.first)
    limit = f"／{clause.asked}日" if clause else ""
    total = facts.client.outside_total if facts.client else None
    _in_a_row(
        paper,
        (
            (layout.outside.heading, _SMALL_LABEL, 3),
            ("当月", _SMALL_LABEL, 3),
            (f"{outside}日", _FIT_CENTRE, 3),
            ("累計", _SMALL_LABEL, 2),
            (f"{_whole(total)}日{limit}", _FIT_CENTRE, 4),
            ("集中的支援加算", _SMALL_LABEL, 3),
            ("支援開始日", _SMALL_LABEL, 3),
            ("", _FIT_CENTRE, 3),
        ),
    )
    start, last, counted = first_days(facts)
    first, thirtieth, days = (wareki(start), wareki(last), f"{counted}日" if start else "")
    _in_a_row(
        paper,
        (
            ("初期加算", _SMALL_LABEL, 3),
            ("利用開始日", _SMALL_LABEL, 3),
            (first, _FIT_CENTRE, 5),
            ("30日目", _SMALL_LABEL, 2),
            (thirtieth, _FIT_CENTRE, 5),
            ("当月算定日数", _SMALL_LABEL, 3),
            (days, _FIT_CENTRE, 3),
        ),
    )
    paper.across("1枚中　1枚目", replace(SMALL, align="right"), 14)


def first_days(facts: MonthFacts) -> tuple[date | None, date | None, int]:
    """Return first and last of the 30 days of 初期加算 and the days of use among them; no days where the month has none of them."""
    start = facts.client.used_from if facts.client else None
    last = start + timedelta(days=FIRST_DAYS - 1) if start else None
    if start is None or last is None or start >= facts.month.after.first or last < facts.month.first:
        return None, None, 0
    return start, last, sum(day.used and start <= day.date <= last for day in facts.days)


def outside_field(facts: MonthFacts) -> str:
    """The log's column that counts towards 180 days: 施設外支援, in 就労移行支援 移行準備支援体制."""
    return _layout(facts).outside.field


def _layout(facts: MonthFacts) -> _Layout:
    return _FORM_16 if facts.of.service is Service.TRANSITION else _FORM_17


def _whole(number: float | None) -> str:
    return "　　" if number is None else f"{number:g}"


FORM = Form("service_record", "サービス提供実績記録票", MonthFacts, service_record)
