"""点検結果: one row a finding, with a link to its cell, ready to print and to be argued with."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zaitaku_xl.a1 import address
from zaitaku_xl.book.dates import in_a_column, wareki
from zaitaku_xl.finding import COLOURS, HEADINGS, NOTHING_FOUND, OFFICE, WORDS, Finding, Verdict, Weight
from zaitaku_xl.made import GREY, LIST, OF_THE_OFFICE, Area, Lent, MadeCell, MadeRow, MadeSheet, Page, Style
from zaitaku_xl.measure import lines
from zaitaku_xl.report import Jotting, Line, Report
from zaitaku_xl.sheets.jottings import key_of, number_of
from zaitaku_xl.sheets.marks import PREFIX

SHEET = LIST
_GONE = "解消した項目（この点検では見つからなかった項目）"
_ELSEWHERE = "この一覧に載せていない項目の記入"
DISCLAIMER = "最終判断は支給決定市町村・指定権者が行います。この表は、記録を国と市の通知に照らした点検の結果です。"
_WIDTHS = (5, 9, 14, 13, 13, 7, 40, 40, 28, 9, 22)
_ROOM = tuple(width - 1 for width in _WIDTHS)

_TITLE = Style(bold=True, size=14)
_SECTION = Style(bold=True, size=11)
_SMALL = Style(size=9, colour="555555")
_PLAIN = Style()
_HEAD = Style(bold=True, fill="E7ECF2", edges=GREY, wrap=True, align="center")
_BODY = Style(edges=GREY, wrap=True)
_MIDDLE = Style(edges=GREY, wrap=True, align="center")
_BLANK = MadeCell("", _BODY)
_LINK = Style(edges=GREY, wrap=True, colour="0B5394", underline=True)
_WEIGHTS = {
    weight: MadeCell(WORDS[weight], Style(edges=GREY, align="center", fill=colour))
    for weight, colour in COLOURS.items()
}


def result_sheet(
    report: Report,
    seal: str | None = None,
    *,
    name: str = SHEET,
    generation: int = 1,
    others: Sequence[Finding] = (),
) -> MadeSheet:
    """Return the sheet; the same report gives the same sheet. *seal* is the line of the seal, where one was asked for.

    *generation* tells which of several lists of a workbook is the newest. What the office wrote stands beside its
    finding; what it wrote beside *others*, which this list does not show, and beside what is gone, stands below.
    """
    top = _summary(report)
    if seal:
        top.insert(-1, (MadeCell(seal, _SMALL),))
    heading_row = len(top) + 1
    top.append(tuple(MadeCell(heading, _HEAD) for heading in HEADINGS))
    body = [_row(number, finding, report) for number, finding in enumerate(report.findings, 1)]
    listed = body or [_nothing_found(report)]
    below = _below(report, others, len(body))
    rows = (*top, *listed, *below, (), (MadeCell(DISCLAIMER, _SMALL),))
    heights = {1: 24.0} | {heading_row: 20.0}
    heights |= {heading_row + n: _height(row) for n, row in enumerate((*listed, *below), 1) if len(row) > 1}
    numbers = [number_of(finding, report) for finding in (*report.findings, *others)]
    numbers += [line.number or "-" for line in report.jottings.left]
    return MadeSheet(
        name=name,
        rows=rows,
        widths=_WIDTHS,
        heading_row=heading_row,
        filter_area=Area(heading_row, 1, heading_row + len(listed), len(HEADINGS)),
        heights=heights,
        page=Page(landscape=True),
        key=key_of(generation, numbers),
        lent=Lent(heading_row, tuple(HEADINGS.index(heading) + 1 for heading in OF_THE_OFFICE)),
    )


def _below(report: Report, others: Sequence[Finding], last: int) -> list[MadeRow]:
    """What the office wrote beside lines that are not in the list, numbered on from its *last*."""
    elsewhere = [_row(number, finding, report) for number, finding in enumerate(others, last + 1)]
    gone = [_gone(number, line) for number, line in enumerate(report.jottings.left, last + len(others) + 1)]
    rows: list[MadeRow] = []
    for title, its in ((_ELSEWHERE, elsewhere), (_GONE, gone)):
        if its:
            rows += [(), (MadeCell(title, _SECTION),), *its]
    return rows


def _gone(number: int, line: Line) -> MadeRow:
    return _centred(number), *(MadeCell(text, _BODY) for text in line.cells), *_written(line.jotting)


def _written(jotting: Jotting) -> tuple[MadeCell, MadeCell]:
    if not jotting:
        return _BLANK, _BLANK
    return MadeCell(jotting.ticked, _MIDDLE), MadeCell(jotting.words, _BODY)


def _summary(report: Report) -> list[MadeRow]:
    months = "・".join(f"{wareki(month.first).partition('月')[0]}月分" for month in report.months) or "対象の月なし"
    weights = report.weights
    found = "　".join(f"{WORDS[weight]} {weights[weight]}" for weight in Weight if weights[weight])
    count = f"{weights.total()}件：{found}" if found else f"{weights.total()}件"
    return [
        (MadeCell(f"{PREFIX}{SHEET}（{months}）　{count}", _TITLE),),
        (MadeCell(report.nothing or days_in_words(report), _PLAIN),),
        *_day_of_reference(report),
        (),
    ]


def _day_of_reference(report: Report) -> Iterator[MadeRow]:
    if report.as_of:
        words = f"基準日 {wareki(report.as_of)}（月の途中です。まだ間に合うことは実施待ちです）"
        yield (MadeCell(words, _PLAIN),)


def days_in_words(report: Report) -> str:
    """Return the days at home by verdict; the others are no days at home."""
    counts = report.verdicts
    away = counts[Verdict.NOT_HOME]
    home = "　".join(f"{verdict.word} {days}日" for verdict, days in counts_at_home(counts).items())
    total = sum(counts_at_home(counts).values())
    return f"在宅の日 {total}日" + (f"：{home}" if total else "") + (f"（ほかに在宅でない日 {away}日）" if away else "")


def counts_at_home(counts: Counter[Verdict]) -> dict[Verdict, int]:
    return {verdict: counts[verdict] for verdict in Verdict if verdict is not Verdict.NOT_HOME and counts[verdict]}


def _row(number: int, finding: Finding, report: Report) -> MadeRow:
    source = finding.clause.source
    return (
        _centred(number),
        _WEIGHTS[finding.weight],
        _wrapped(finding.client or OFFICE),
        _centred(in_a_column(finding.dates, report.years) or "―"),
        _place(finding),
        _centred(finding.rule),
        MadeCell(finding.message, _BODY),
        _wrapped(finding.remedy),
        _wrapped(f"{source.cited}{finding.rests}"),
        *_written(report.jotting(finding)),
    )


@lru_cache(maxsize=1024)
def _wrapped(words: str) -> MadeCell:
    """A cell of words that many rows share."""
    return MadeCell(words, _BODY)


@lru_cache(maxsize=4096)
def _centred(words: str | int) -> MadeCell:
    return MadeCell(words, _MIDDLE)


def _place(finding: Finding) -> MadeCell:
    return _linked(finding.sheet, finding.row, finding.column) if finding.sheet else _centred("―")


@lru_cache(maxsize=4096)
def _linked(sheet: str, row: int, column: int) -> MadeCell:
    return MadeCell(f"{sheet}!{address(row, column)}", _LINK, (sheet, row, column))


def _nothing_found(report: Report) -> MadeRow:
    said = MadeCell(report.nothing or NOTHING_FOUND, _BODY)
    return tuple(said if heading == "内容" else _BLANK for heading in HEADINGS)


def _height(row: MadeRow) -> float:
    """Points for the tallest wrapped cell."""
    return 15.0 * max(map(lines, [str(cell.value) if cell else "" for cell in row], _ROOM)) + 4
