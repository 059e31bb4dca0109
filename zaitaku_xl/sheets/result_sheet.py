"""点検結果: one row a finding, with a link to its cell, ready to print and to be argued with."""

from functools import lru_cache

from zaitaku_xl.a1 import address
from zaitaku_xl.finding import COLOURS, WORDS, Finding, Verdict, Weight
from zaitaku_xl.made import GREY, MadeCell, MadeRow, MadeSheet, Page, Style
from zaitaku_xl.measure import lines
from zaitaku_xl.report import Report
from zaitaku_xl.sheets.marks import PREFIX

SHEET = "点検結果"
DISCLAIMER = "最終判断は支給決定市町村・指定権者が行います。この表は記録と本文を照らし合わせた点検の結果です。"
HEADINGS = ("No.", "重さ", "氏名", "日付・期間", "場所", "規則", "指摘", "直し方", "根拠", "適用日")
_WIDTHS = (5, 9, 14, 13, 13, 7, 42, 42, 30, 11)
_ROOM = tuple(width - 1 for width in _WIDTHS)

_TITLE = Style(bold=True, size=14)
_SMALL = Style(size=9, colour="555555")
_PLAIN = Style()
_HEAD = Style(bold=True, fill="E7ECF2", edges=GREY, wrap=True, align="center")
_BODY = Style(edges=GREY, wrap=True)
_MIDDLE = Style(edges=GREY, wrap=True, align="center")
_LINK = Style(edges=GREY, wrap=True, colour="0B5394", underline=True)
_WEIGHTS = {
    weight: MadeCell(WORDS[weight], Style(edges=GREY, align="center", fill=colour))
    for weight, colour in COLOURS.items()
}


def result_sheet(report: Report, seal: str | None = None) -> MadeSheet:
    """Return the sheet; the same report gives the same sheet. *seal* is the line of the seal, where one was asked for."""
    top = _summary(report)
    if seal:
        top.insert(-1, (MadeCell(seal, _SMALL),))
    heading_row = len(top) + 1
    body = [_row(number, finding) for number, finding in enumerate(report.findings, 1)]
    if not body:
        body = [_nothing_found(report)]
    rows = (*top, tuple(MadeCell(heading, _HEAD) for heading in HEADINGS), *body)
    heights = {1: 24.0} | {heading_row: 20.0}
    heights |= {heading_row + n: _height(row) for n, row in enumerate(body, 1)}
    return MadeSheet(
        name=SHEET,
        rows=rows,
        widths=_WIDTHS,
        heading_row=heading_row,
        heights=heights,
        page=Page(landscape=True),
    )


def _summary(report: Report) -> list[MadeRow]:
    months = "、".join(f"{month.year}年{month.month}月" for month in report.months) or "対象の月なし"
    counts, weights = report.verdicts, report.weights
    days = report.nothing or "　".join(f"{verdict.word} {counts[verdict]}日" for verdict in Verdict)
    found = "　".join(f"{WORDS[weight]} {weights[weight]}件" for weight in Weight)
    return [
        (MadeCell(f"{PREFIX}{SHEET}（{months}）", _TITLE),),
        (MadeCell(f"在宅の日の判定: {days}", _PLAIN),),
        (MadeCell(f"指摘: {found}", _PLAIN),),
        (MadeCell(DISCLAIMER, _SMALL),),
        (),
    ]


def _row(number: int, finding: Finding) -> MadeRow:
    source = finding.clause.source
    return (
        _centred(number),
        _WEIGHTS[finding.weight],
        _wrapped(finding.client or "（全体）"),
        _centred(finding.when.replace("～", "～\n") or "―"),
        _place(finding),
        _centred(finding.rule),
        MadeCell(finding.message, _BODY),
        _wrapped(finding.remedy),
        _wrapped(f"{source.cited}{finding.rests}"),
        _centred(finding.clause.since.isoformat()),
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
    cells: list[MadeCell | None] = [MadeCell("", _BODY) for _ in HEADINGS]
    cells[6] = MadeCell(report.nothing or "指摘はありません。", _BODY)
    return tuple(cells)


def _height(row: MadeRow) -> float:
    """Points for the tallest wrapped cell."""
    return 15.0 * max(map(lines, [str(cell.value) if cell else "" for cell in row], _ROOM)) + 4
