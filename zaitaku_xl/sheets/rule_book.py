"""規則集: every rule in full, for a town and a day, to print and to keep beside the records."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from zaitaku_xl.finding import COLOURS, Weight
from zaitaku_xl.law import Limit
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.made import MadeBook, MadeCell, MadeSheet, Style
from zaitaku_xl.rule_texts.explained import NATION, WEIGHT, Explained
from zaitaku_xl.sheets.printed import BAND, UPRIGHT, ReadingPaper, ink, look, made_book, page_breaks, ruled, text

LIST, LIMITS, RULES = "一覧", "点検していないこと", "点検項目"
LEAD = (
    "在宅利用の記録を、この項目で点検します。通知の要旨は在宅点検の言葉で書いたもので、原文ではありません。"
    "最終判断は支給決定市町村・指定権者が行います。"
)
_LIST_WIDTHS = (7, 28, 10, 43)
_LIMIT_WIDTHS = (25, 28, 35)
_RULE_WIDTHS = (15, 73)
_SCALE = 90
_PAGE = replace(UPRIGHT, scale=_SCALE)
_ROOM = 820.0  # points of rows on an A4 page at that scale, with some to spare


def rule_book(answers: Sequence[Explained], limits: Iterable[Limit], town: str | None, day: date) -> MadeBook:
    """Return the workbook: a list, what the texts ask and no rule reads, then a block a rule."""
    title = f"在宅利用の点検項目集　{town or NATION}"
    said = tuple(limits)
    beside = (_limits(title, said),) if said else ()
    return made_book(title, _list(title, answers, day), *beside, _rules(title, answers))


def _list(title: str, answers: Sequence[Explained], day: date) -> MadeSheet:
    paper = ReadingPaper(_LIST_WIDTHS)
    paper.across(title, replace(ink(), bold=True, size=16))
    small = replace(ink(), size=9, colour=look().quiet, wrap=True)
    paper.across(f"{day.year}年{day.month}月{day.day}日の定めによります。{LEAD}", small)
    paper.gap(10)
    paper.headings(("番号", "点検項目", WEIGHT, "根拠"))
    top = paper.row
    for answer in answers:
        paper.line(*_line(answer))
    return paper.sheet(LIST, replace(_PAGE, repeated=(top, top)), frozen=top)


def _limits(title: str, limits: Sequence[Limit]) -> MadeSheet:
    paper = ReadingPaper(_LIMIT_WIDTHS)
    paper.across(f"{title}　通知にあって、この点検では確かめていないこと", replace(ink(), bold=True, size=14))
    paper.gap(10)
    paper.headings(("通知の要旨", "点検していないこと", "根拠"))
    top = paper.row
    for limit in limits:
        source = limit.source
        where = f"{source.document} {source.clause}（{japanese_day(limit.since)}から）"
        words = (source.gist, limit.what, "\n".join(part for part in (where, source.compared, source.note) if part))
        paper.line(*(MadeCell(each, text()) for each in words))
    return paper.sheet(LIMITS, replace(_PAGE, repeated=(top, top)), frozen=top)


def _line(answer: Explained) -> tuple[MadeCell, ...]:
    plain = replace(text(), vertical="center")
    middle = replace(ink(), edges=ruled(), align="center")
    return (
        MadeCell(answer.rule.id, middle),
        MadeCell(answer.rule.title, plain),
        MadeCell(answer.weight, _weighed(answer, middle)),
        MadeCell(answer.where, plain),
    )


def _weighed(answer: Explained, plain: Style) -> Style:
    return replace(plain, fill=COLOURS[Weight(answer.clause.weight)]) if answer.clause else plain


# ---- a block a rule


def _rules(title: str, answers: Sequence[Explained]) -> MadeSheet:
    paper = ReadingPaper(_RULE_WIDTHS)
    paper.across(title, replace(ink(), bold=True, size=14))
    blocks: list[tuple[int, float]] = []
    for answer in answers:
        first = paper.row + 1 if blocks else 1  # the title stays with the first block
        _block(paper, answer)
        blocks.append((first, sum(paper.heights[row] for row in range(first, paper.row + 1))))
    return paper.sheet(RULES, replace(_PAGE, breaks=page_breaks(blocks, _ROOM)))


def _block(paper: ReadingPaper, answer: Explained) -> None:
    paper.gap(12)
    head = replace(ink(), bold=True, size=12, fill=BAND, edges=ruled(), indent=1)
    paper.line(MadeCell(answer.rule.id, head), MadeCell(answer.rule.title, head))
    label = replace(text(), size=9, colour=look().quiet, wrap=False)
    for name, words in answer.parts():
        style = _weighed(answer, text()) if name == WEIGHT else text()
        paper.line(MadeCell(name, label), MadeCell(words, style))
