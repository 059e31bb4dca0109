"""規則集: every rule in full, for a town and a day, to print and to keep beside the records."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from zaitaku_xl.draft import Draft, DraftCell, DraftSheet, Look, PrintSetup
from zaitaku_xl.finding import COLOURS, Weight
from zaitaku_xl.law import Limit
from zaitaku_xl.rule_texts.explained import NATION, WEIGHT, Explained
from zaitaku_xl.sheets.printed import Page, draft, look, page_breaks

LIST, LIMITS, RULES = "一覧", "規則で確かめないこと", "規則"
LEAD = "在宅利用の記録を、この規則で点検します。本文の要旨は当方の言葉で、原文ではありません。最終判断は支給決定市町村・指定権者が行います。"
_LIST_WIDTHS = (7, 28, 10, 43)
_LIMIT_WIDTHS = (25, 28, 35)
_RULE_WIDTHS = (15, 73)
_SCALE = 90
_ROOM = 820.0  # points of rows on an A4 page at that scale, with some to spare
_BAND = "E9EDF1"


def rule_book(answers: Sequence[Explained], limits: Iterable[Limit], town: str | None, day: date) -> Draft:
    """Return the workbook: a list, what the texts ask and no rule reads, then a block a rule."""
    title = f"在宅利用の規則集　{town or NATION}"
    said = tuple(limits)
    beside = (_limits(title, said),) if said else ()
    return draft(title, _list(title, answers, day), *beside, _rules(title, answers))


def _list(title: str, answers: Sequence[Explained], day: date) -> DraftSheet:
    page, ink = Page(_LIST_WIDTHS), look().ink
    small = Look(size=9, colour=look().quiet, wrap=True)
    page.across(DraftCell(title, Look(bold=True, size=16, colour=ink)))
    page.across(DraftCell(f"{day.year}年{day.month}月{day.day}日の本文による。{LEAD}", small))
    page.gap()
    head = Look(bold=True, colour=ink, fill=_BAND, line=look().line, align="center")
    page.add(*(DraftCell(words, head) for words in ("番号", "規則", WEIGHT, "根拠")))
    top = page.row
    for answer in answers:
        page.add(*_line(answer))
    printing = PrintSetup(landscape=False, scale=_SCALE, repeat_rows=(top, top))
    return page.sheet(LIST, printing, frozen=top)


def _limits(title: str, limits: Sequence[Limit]) -> DraftSheet:
    page, ink, line = Page(_LIMIT_WIDTHS), look().ink, look().line
    page.across(DraftCell(f"{title}　本文にあって、規則では確かめられないこと", Look(bold=True, size=14, colour=ink)))
    page.gap()
    head = Look(bold=True, colour=ink, fill=_BAND, line=line, align="center")
    page.add(*(DraftCell(words, head) for words in ("本文（要旨）", "しないこと", "根拠")))
    top = page.row
    text = Look(colour=ink, line=line, wrap=True, vertical="top", indent=1)
    for limit in limits:
        source = limit.source
        where = f"{source.document} {source.clause}（{limit.since:%Y-%m-%d}から）"
        words = (source.gist, limit.what, "\n".join(part for part in (where, source.note) if part))
        page.add(*(DraftCell(each, text) for each in words))
    return page.sheet(LIMITS, PrintSetup(landscape=False, scale=_SCALE, repeat_rows=(top, top)), frozen=top)


def _line(answer: Explained) -> tuple[DraftCell, ...]:
    ink, line = look().ink, look().line
    plain = Look(colour=ink, line=line, wrap=True, indent=1)
    middle = Look(colour=ink, line=line, align="center")
    return (
        DraftCell(answer.rule.id, middle),
        DraftCell(answer.rule.title, plain),
        DraftCell(answer.weight, _weighed(answer, middle)),
        DraftCell(answer.where, plain),
    )


def _weighed(answer: Explained, plain: Look) -> Look:
    return replace(plain, fill=COLOURS[Weight(answer.clause.weight)]) if answer.clause else plain


# ---- a block a rule


def _rules(title: str, answers: Sequence[Explained]) -> DraftSheet:
    page = Page(_RULE_WIDTHS)
    page.across(DraftCell(title, Look(bold=True, size=14, colour=look().ink)))
    blocks: list[tuple[int, float]] = []
    for answer in answers:
        first = page.row + 1
        _block(page, answer)
        begun = 1 if not blocks else first
        blocks.append((begun, sum(page.heights[row] for row in range(begun, page.row + 1))))
    printing = PrintSetup(landscape=False, scale=_SCALE, row_breaks=page_breaks(blocks, _ROOM))
    return page.sheet(RULES, printing)


def _block(page: Page, answer: Explained) -> None:
    ink, line = look().ink, look().line
    page.gap(12)
    head = Look(bold=True, size=12, colour=ink, fill=_BAND, line=line, indent=1)
    page.add(DraftCell(answer.rule.id, head), DraftCell(answer.rule.title, head))
    label = Look(size=9, colour=look().quiet, line=line, vertical="top", indent=1)
    text = Look(colour=ink, line=line, wrap=True, vertical="top", indent=1)
    for name, words in answer.parts():
        page.add(DraftCell(name, label), DraftCell(words, _weighed(answer, text) if name == WEIGHT else text))
