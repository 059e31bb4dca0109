"""The first sheet of the canonical workbook: what to fill when, and what the colours will mean."""

from collections.abc import Sequence
from dataclasses import replace

from zaitaku_xl.finding import COLOURS, WORDS, Weight
from zaitaku_xl.made import Area, MadeCell, MadeSheet, Style
from zaitaku_xl.measure import LEADING
from zaitaku_xl.paper import BarePaper
from zaitaku_xl.sheets.canonical import Canonical
from zaitaku_xl.sheets.printed import UPRIGHT, ink, ruled, text

_WIDTHS = (2, 16, 18, 72)
_FIRST, _SECOND, _LAST = 2, 3, 4  # columns
_PER_LINE = 46  # full-width characters in the last column
_LINE = 10 * LEADING  # points


class _GuidePaper(BarePaper):
    """A paper whose first column is a margin."""

    def wide(self, text: str, style: Style, per_line: int = 66, line: float = _LINE) -> None:
        """Lay a text over all columns, as high as it needs."""
        row = self.row + 1
        self.put(row, _FIRST, text, style, to=(row, _LAST))
        self.heights[row] = line * _lines(text, per_line) + 5

    def heading(self, text: str) -> None:
        self.gap(14)
        self.wide(text, replace(ink(), bold=True, size=11.5))

    def step(self, when: MadeCell, sheet: MadeCell, words: str) -> None:
        """Lay when, on which sheet, and what to do."""
        self._begin(when, words)
        self.cells[self.row, _SECOND] = sheet
        self.put(self.row, _LAST, words, _told())

    def meaning(self, colour: MadeCell, words: str) -> None:
        """Lay what a colour says, over the last two columns."""
        self._begin(colour, words)
        self.put(self.row, _SECOND, words, _told(), to=(self.row, _LAST))

    def _begin(self, first: MadeCell, text: str) -> None:
        self.row += 1
        self.cells[self.row, _FIRST] = first
        self.heights[self.row] = _LINE * _lines(text, _PER_LINE) + 5


def _told() -> Style:
    return replace(text(), vertical="center")


def _lines(text: str, per_line: int) -> int:
    return max(1, -(-len(text) // per_line))


def guide_sheet(look: Canonical, town_name: str | None, note: Sequence[str]) -> MadeSheet:
    guide = look.guide
    wrapped = replace(ink(), wrap=True)
    paper = _GuidePaper(_WIDTHS)
    paper.gap(8)
    paper.wide(guide.title, replace(ink(), bold=True, size=18), line=28)
    paper.wide(guide.lead, replace(wrapped, colour=look.book.quiet))
    for line in note:
        paper.wide(line, replace(wrapped, bold=True, fill=look.tints["stone"].plain, indent=1))
    _steps(paper, look)
    for notes in guide.notes:
        paper.heading(notes.title)
        lines = [*notes.lines, guide.town.format(town=town_name)] if town_name else notes.lines
        for line in lines:
            paper.wide(f"・{line}", wrapped)
    _legend(paper, look)
    paper.heading(guide.last_title)
    paper.wide(guide.last, wrapped)
    return MadeSheet(
        name=guide.sheet,
        rows=paper.rows,
        widths=_WIDTHS,
        heights=dict(paper.heights),
        merges=tuple(paper.merges),
        page=UPRIGHT,
        column_styles=(ink(),) * len(_WIDTHS),
        tab=guide.tab,
    )


def _steps(paper: _GuidePaper, look: Canonical) -> None:
    paper.heading(look.guide.steps_title)
    when = replace(ink(), bold=True, fill=look.tints["slate"].plain, edges=ruled(), indent=1)
    link = replace(ink(), colour="2F5D7C", edges=ruled(), indent=1, underline=True)
    for step in look.guide.steps:
        first = paper.row + 1
        for sheet, what in step.items:
            begins = paper.row + 1 == first
            paper.step(MadeCell(step.when if begins else "", when), MadeCell(sheet, link, (sheet, 1, 1)), what)
        if paper.row > first:
            paper.merges.append(Area(first, _FIRST, paper.row, _FIRST))


def _legend(paper: _GuidePaper, look: Canonical) -> None:
    paper.heading(look.guide.legend_title)
    paper.wide(look.guide.legend_lead, replace(ink(), wrap=True))
    for item in look.guide.legend:
        weight = Weight(item.weight)
        style = replace(ink(), bold=True, fill=COLOURS[weight], edges=ruled(), align="center")
        paper.meaning(MadeCell(WORDS[weight], style), item.says)
