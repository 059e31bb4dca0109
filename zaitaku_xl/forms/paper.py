"""The paper forms are laid on, the looks they share, and values as they print them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zaitaku_xl.book import dates
from zaitaku_xl.forms.standing import FIRST_LINE, Standing
from zaitaku_xl.made import THIN, MadeCell, MadeSheet, Page, Style, sheet_name
from zaitaku_xl.measure import LINE, lines
from zaitaku_xl.paper import BarePaper, Value

WEEKDAYS = dates.WEEKDAYS
TITLE = Style(bold=True, size=16, align="center", vertical="center")
SMALL = Style(size=8, colour="666666", vertical="center")
WARNING = Style(bold=True, size=10, colour="C00000", vertical="center", wrap=True)
LABEL = Style(size=9, align="center", vertical="center", wrap=True, fill="F2F2F2", edges=THIN)
TEXT = Style(vertical="center", wrap=True, edges=THIN, indent=1)
TOP = replace(TEXT, vertical="top")
CENTRE = replace(TEXT, align="center", indent=0)
NUMBER = replace(CENTRE, shows="0")
DIGITS = replace(CENTRE, shows="@")  # ten digits that are a name
LINK = replace(TEXT, colour="0B5394", underline=True)
PLAIN = Style(vertical="center")

AS_LONG_AS_IT_TAKES = Page(centred=True)
ONE_PAGE = Page(tall=1, centred=True)
TALLEST = 400.0  # points: no program shows a row higher than 409
UNREAD = "要確認"  # stands where a cell of the records could not be read


class Paper(BarePaper):
    """The paper of a form: rows at least as high as a hand writes, and as high as their wrapped texts."""

    usual = TEXT

    def line(
        self, values: Sequence[Value | MadeCell], styles: Sequence[Style] | Style = TEXT, least: float = 18
    ) -> None:
        """Lay the next row, a value a column, as high as its longest wrapped text."""
        row = self.row + 1
        for column, value in enumerate(values, 1):
            style = styles if isinstance(styles, Style) else styles[column - 1]
            if isinstance(value, MadeCell):
                self.cells[row, column] = value
            else:
                self.put(row, column, value, style)
        self.row = row
        self.heights[row] = min(TALLEST, max(least, self.points(row)))

    def headings(self, words: Sequence[str]) -> int:
        """Lay the headings of a table and return their row."""
        self.line(words, LABEL, 24)
        return self.row

    def across(self, value: Value, style: Style = PLAIN, least: float = 16) -> None:
        """Lay the next row as one cell over all columns."""
        row = self.row + 1
        self.put(row, 1, value, style, to=(row, self.width))
        room = sum(self.widths)
        self.heights[row] = max(least, height_of(str(value or ""), room, style.size))

    def points(self, row: int) -> float:
        """Return the height in points that the wrapped texts of a row need."""
        texts = ((self.cells.get((row, c)), self.widths[c - 1]) for c in range(1, self.width + 1))
        return max((height_of(str(x.value), w, x.style.size) for x, w in texts if x and x.style.wrap), default=0.0)

    def needed(self, text: str, first: int, last: int, size: float = 10) -> float:
        """Return the points a wrapped text needs over these columns."""
        return min(TALLEST, height_of(text, sum(self.widths[first - 1 : last]), size))

    def head(self, title: str, standing: Standing) -> None:
        """Lay what every form begins with: where it comes from, what the check says, its title."""
        self.across(FIRST_LINE, SMALL, 12)
        self.across(standing.words, WARNING if standing.unfinished else SMALL, 14)
        self.across(title, TITLE, 28)

    def sheet(
        self,
        name: str,
        *,
        landscape: bool = False,
        page: Page = AS_LONG_AS_IT_TAKES,
        heading_row: int = 0,
    ) -> MadeSheet:
        return MadeSheet(
            name=sheet_name(name),
            rows=self.rows,
            widths=tuple(self.widths),
            heading_row=heading_row,
            heights=dict(self.heights),
            merges=tuple(self.merges),
            page=replace(page, landscape=landscape),
        )


def height_of(text: str, width: float, size: float) -> float:
    """Return the points a wrapped text needs in a column of this width."""
    return round(lines(text, (width * 1.05 - 3) * 10 / size) * size * LINE + 5, 1)


# ---- values as forms print them


def wareki(day: date | None) -> str:
    """Return 令和8年1月5日, nothing for no day."""
    return dates.wareki(day) if day else ""


def month_wareki(day: date) -> str:
    """Return 令和8年1月分 for any day of the month.

    >>> month_wareki(date(2026, 1, 5))
    '令和8年1月分'
    """
    return dates.wareki(day).partition("月")[0] + "月分"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def short(day: date | None) -> str:
    """Return 1月5日(月), nothing for no day."""
    return f"{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})" if day else ""


def hhmm(minutes: int | None) -> str:
    """Return minutes since midnight as text, 9:05."""
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"
