"""「これからの期限」: what is not there yet, by when, and how many home days hang on it; A4, one line each."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from zaitaku_xl.a1 import position
from zaitaku_xl.book.dates import wareki
from zaitaku_xl.made import GREY, OURS, Area, MadeCell, MadeRow, MadeSheet, Page, Style
from zaitaku_xl.ruling.words import on as said


class When(StrEnum):
    """How soon something is due, seen from the day of reference."""

    PAST = "期限を過ぎていますが、まだ間に合うこと"
    TODAY = "今日"
    WEEK = "今週"
    MONTH = "今月"
    SOON = "これから"


class DueLine(NamedTuple):
    """One thing that is not there yet. ``days`` are the home days that hang on it, ``yen`` what they are worth."""

    when: When
    client: str
    what: str
    due: date
    last_use: date | None  # the last planned day of use not after it
    days: tuple[date, ...]
    yen: float | None
    message: str
    remedy: str
    rule: str | None  # None: a term that ends
    sheet: str | None
    cell: str | None
    path: str

    @property
    def order(self) -> tuple[object, ...]:
        return list(When).index(self.when), self.last_use or self.due, self.due, self.client, self.what


SHEET = "これからの期限"
HEADINGS = ("期限", "氏名", "行うこと", "最後の利用予定日", "かかわる在宅の日", "金額の目安", "今の記録", "該当箇所")
SAYS = "まだ間に合うことを、行える日の順に並べています。行ったことだけを記録に入力してください。"
NOTHING = "これからの期限はありません。"
_WIDTHS = (15.0, 15.0, 24.0, 16.0, 36.0, 12.0, 52.0, 16.0)
_TITLE, _QUIET = Style(bold=True, size=14), Style(size=9, colour="555555")
_HEAD = Style(bold=True, fill="E7ECF2", edges=GREY, wrap=True, align="center", vertical="center")
_GROUP = Style(bold=True, fill="D6E6F5", edges=GREY)
_BODY = Style(edges=GREY, wrap=True, vertical="center")
_YEN = Style(edges=GREY, vertical="center", align="right", shows="#,##0")
_LINK = Style(edges=GREY, wrap=True, vertical="center", colour="0B5394", underline=True)
_MOST_DAYS = 4


def days_in_words(days: Sequence[date]) -> str:
    """Return how many home days and which.

    >>> days_in_words([date(2026, 1, 5), date(2026, 1, 7)]), days_in_words([])
    ('2日（1/5、1/7）', '―')
    """
    if not days:
        return "―"
    more = " ほか" if len(days) > _MOST_DAYS else ""
    return f"{len(days)}日（{'、'.join(f'{day.month}/{day.day}' for day in days[:_MOST_DAYS])}{more}）"


def due_sheet(lines: Sequence[DueLine], as_of: date) -> MadeSheet:
    """Return the sheet; the lines are in order."""
    top: list[MadeRow] = [
        (MadeCell(f"{OURS}{SHEET}（{wareki(as_of)}現在）", _TITLE),),
        (MadeCell(SAYS if lines else NOTHING, _QUIET),),
        (),
        tuple(MadeCell(heading, _HEAD) for heading in HEADINGS),
    ]
    rows = list(top)
    merges: list[Area] = []
    for when, its in groupby(lines, lambda line: line.when):
        rows.append(tuple(MadeCell(when.value if not number else "", _GROUP) for number, _ in enumerate(HEADINGS)))
        merges.append(Area(len(rows), 1, len(rows), len(HEADINGS)))
        rows += map(_row, its)
    return MadeSheet(
        name=SHEET,
        rows=tuple(rows),
        widths=_WIDTHS,
        heading_row=len(top),
        filter_area=None,
        merges=tuple(merges),
        page=Page(landscape=True),
        tab="D6E6F5",
    )


def _row(line: DueLine) -> MadeRow:
    link = (line.sheet, *position(line.cell)) if line.sheet and line.cell else None
    where = f"{line.sheet}!{line.cell}" if link else ""
    return (
        MadeCell(said(line.due), _BODY),
        MadeCell(line.client, _BODY),
        MadeCell(line.what, _BODY),
        MadeCell(said(line.last_use) if line.last_use else "―", _BODY),
        MadeCell(days_in_words(line.days), _BODY),
        MadeCell("―" if line.yen is None else line.yen, _YEN),
        MadeCell(line.message, _BODY),
        MadeCell(where, _LINK if link else _BODY, link),
    )
