"""The first sheet of the canonical workbook: what to fill when, and what the colours will mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zaitaku_xl.draft import Area, DraftCell, DraftColumn, DraftSheet, Look, PrintSetup
from zaitaku_xl.finding import COLOURS, WORDS, Weight
from zaitaku_xl.sheets.canonical import Canonical

_WIDTHS = (2, 16, 18, 72)
_FIRST, _SECOND, _LAST = 2, 3, 4  # columns
_PER_LINE = 46  # full-width characters in the last column
_LINE = 17.0  # points


@dataclass
class _Page:
    """Rows laid one under another."""

    ink: str
    quiet: str
    line: str
    cells: dict[tuple[int, int], DraftCell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    row: int = 0

    def gap(self, height: float = 12) -> None:
        self.row += 1
        self.heights[self.row] = height

    def wide(self, text: str, look: Look, per_line: int = 66, line: float = _LINE) -> None:
        """A text over all columns, as high as it needs."""
        self.row += 1
        self.cells[self.row, _FIRST] = DraftCell(text, look)
        self.merges.append(Area(self.row, _FIRST, self.row, _LAST))
        self.heights[self.row] = line * _lines(text, per_line) + 5

    def heading(self, text: str) -> None:
        self.gap(14)
        self.wide(text, Look(bold=True, size=11.5, colour=self.ink))

    def three(self, first: DraftCell, second: DraftCell, text: str) -> None:
        self.row += 1
        plain = Look(colour=self.ink, line=self.line, wrap=True, indent=1)
        self.cells |= {
            (self.row, _FIRST): first,
            (self.row, _SECOND): second,
            (self.row, _LAST): DraftCell(text, plain),
        }
        self.heights[self.row] = _LINE * _lines(text, _PER_LINE) + 5


def _lines(text: str, per_line: int) -> int:
    return max(1, -(-len(text) // per_line))


def guide_sheet(look: Canonical, town_name: str | None, note: Sequence[str]) -> DraftSheet:
    guide = look.guide
    page = _Page(look.book.ink, look.book.quiet, look.book.line)
    page.gap(8)
    page.wide(guide.title, Look(bold=True, size=18, colour=page.ink), line=28)
    page.wide(guide.lead, Look(colour=page.quiet, wrap=True))
    for line in note:
        page.wide(line, Look(bold=True, colour=page.ink, fill=look.tints["stone"].plain, wrap=True, indent=1))
    _steps(page, look)
    for notes in guide.notes:
        page.heading(notes.title)
        lines = [*notes.lines, guide.town.format(town=town_name)] if town_name else notes.lines
        for line in lines:
            page.wide(f"・{line}", Look(colour=page.ink, wrap=True))
    _legend(page, look)
    page.heading(guide.last_title)
    page.wide(guide.last, Look(colour=page.ink, wrap=True))
    return DraftSheet(
        guide.sheet, page.cells, tuple(DraftColumn(width) for width in _WIDTHS), page.heights,
        merges=tuple(page.merges), printing=PrintSetup(landscape=False), tab=guide.tab, gridlines=False,
    )  # fmt: skip


def _steps(page: _Page, look: Canonical) -> None:
    page.heading(look.guide.steps_title)
    tint = look.tints["slate"]
    when = Look(bold=True, colour=page.ink, fill=tint.plain, line=page.line, indent=1)
    link = Look(colour="2F5D7C", line=page.line, indent=1, underline=True)
    for step in look.guide.steps:
        first = page.row + 1
        for sheet, what in step.items:
            page.three(
                DraftCell(step.when if page.row + 1 == first else None, when), DraftCell(sheet, link, sheet), what
            )
        if page.row > first:
            page.merges.append(Area(first, _FIRST, page.row, _FIRST))


def _legend(page: _Page, look: Canonical) -> None:
    page.heading(look.guide.legend_title)
    page.wide(look.guide.legend_lead, Look(colour=page.ink, wrap=True))
    for item in look.guide.legend:
        weight = Weight(item.weight)
        colour = Look(bold=True, colour=page.ink, fill=COLOURS[weight], line=page.line, align="center")
        page.three(DraftCell(WORDS[weight], colour), DraftCell(None, replace(colour, fill=None)), item.says)
        _join(page)


def _join(page: _Page) -> None:
    """The sentence of a legend takes the two last columns."""
    text = page.cells.pop((page.row, _LAST))
    page.cells[page.row, _SECOND] = text
    page.merges.append(Area(page.row, _SECOND, page.row, _LAST))
