"""How 点検まとめ looks: its styles, its tables with their columns, its front page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from zaitaku_xl.batch.totals import HOME
from zaitaku_xl.finding import COLOURS, WORDS, Weight
from zaitaku_xl.hosts.writing.table_rows import RowStyles, TableColumn
from zaitaku_xl.made import THIN, Area, Chart, MadeCell, MadeSheet, Page, Series, Style
from zaitaku_xl.paper import BarePaper, Value

_INK, _QUIET, _LINE, _HEAD = "1F2933", "5B6770", "C9D1D8", "C5D0DA"
_EDGES = replace(THIN, colour=_LINE)
PAGE = Page(top=0.4, below="&L&9&A&R&9&P / &N")

TITLE = Style(colour=_INK, bold=True, size=16, align="general")
SECTION = Style(colour=_INK, bold=True, size=12, align="general", vertical="bottom")
HINT = Style(colour=_QUIET, size=9, align="general")
HEADING = Style(
    colour=_INK,
    bold=True,
    wrap=True,
    align="center",
    vertical="center",
    fill=_HEAD,
    edges=_EDGES,
)

TEXT = Style(colour=_INK, edges=_EDGES, wrap=True, indent=1)
CENTRE = Style(colour=_INK, edges=_EDGES, wrap=True, align="center")
NUMBER = Style(colour=_INK, edges=_EDGES, shows="#,##0", align="right")
YEN = replace(NUMBER, shows='#,##0"円"')
PERCENT = replace(NUMBER, shows="0.0%")
LINK = Style(colour="0B5394", edges=_EDGES, underline=True, align="center")
_FILLED = tuple(replace(style, fill=fill) for fill in COLOURS.values() for style in (TEXT, CENTRE))
ROW_STYLES = RowStyles(tuple(dict.fromkeys((TEXT, CENTRE, NUMBER, YEN, PERCENT, LINK, *_FILLED))), LINK)


# ---- the tables

OFFICES = (
    TableColumn("事業所", 28, TEXT),
    TableColumn("事業所番号", 13, CENTRE),
    TableColumn("指定権者", 12, CENTRE),
    TableColumn("月", 10, CENTRE),
    TableColumn("ファイル", 8, NUMBER),
    TableColumn("利用者", 8, NUMBER),
    TableColumn("在宅の日", 9, NUMBER),
    *(TableColumn(verdict.word, 9, NUMBER) for verdict in HOME),
    *(TableColumn(WORDS[weight], 9, NUMBER) for weight in Weight),
    TableColumn("算定不可の金額", 14, YEN),
    TableColumn("要確認の金額", 14, YEN),
)
CLIENTS = (
    TableColumn("氏名", 20, TEXT),
    TableColumn("事業所", 26, TEXT),
    TableColumn("市町村", 12, CENTRE),
    TableColumn("月", 10, CENTRE),
    TableColumn("在宅の日", 9, NUMBER),
    *(TableColumn(verdict.word, 9, NUMBER) for verdict in HOME),
    TableColumn("件数", 8, NUMBER),
    TableColumn("ファイル", 44, TEXT),
)
RULES = (
    TableColumn("番号", 8, CENTRE),
    TableColumn("点検項目", 30, TEXT),
    *(TableColumn(WORDS[weight], 10, NUMBER) for weight in Weight),
    TableColumn("件数", 10, NUMBER),
    TableColumn("ファイル", 10, NUMBER),
)
FINDINGS = (
    TableColumn("区分", 10, CENTRE),
    TableColumn("番号", 7, CENTRE),
    TableColumn("事業所", 20, TEXT),
    TableColumn("氏名", 16, TEXT),
    TableColumn("日付・期間", 12, CENTRE),
    TableColumn("該当箇所", 16, CENTRE),
    TableColumn("内容", 44, TEXT),
    TableColumn("対応", 44, TEXT),
    TableColumn("ファイル", 30, TEXT),
)
UNREAD = (
    TableColumn("結果", 20, CENTRE),
    TableColumn("ファイル", 50, TEXT),
    TableColumn("理由と対応", 90, TEXT),
)
TEMPLATES = (
    TableColumn("ファイル", 50, TEXT),
    TableColumn("事業所", 28, TEXT),
    TableColumn("記入用ブックの版", 18, CENTRE),
    TableColumn("すること", 60, TEXT),
)


def head(name: str, hint: str, columns: Sequence[TableColumn]) -> MadeSheet:
    """Return the sheet of a table down to its headings."""
    headings = tuple(MadeCell(column.heading, HEADING) for column in columns)
    rows = ((MadeCell(name, TITLE),), (MadeCell(hint, HINT),), headings)
    return MadeSheet(
        name=name,
        rows=rows,
        widths=tuple(column.width for column in columns),
        heading_row=len(rows),
        heights={1: 27, len(rows): 24},
        page=replace(PAGE, landscape=True),
    )


# ---- the front page


@dataclass
class FrontPaper(BarePaper):
    """A page written from top to bottom: titles, small tables and charts of them."""

    charts: list[Chart] = field(default_factory=list)

    def line(self, text: str, style: Style, height: float = 15) -> None:
        self.put(self.row + 1, 1, text, style)
        self.heights[self.row] = height

    def skip(self, rows: int = 1) -> None:
        """Leave rows as high as the program shows them."""
        self.row += rows

    def table(self, columns: Sequence[tuple[str, Style]], rows: Iterable[tuple[Sequence[Value], str | None]]) -> range:
        """Lay headings and rows (values, and the colour of the first cell) and return which rows these are."""
        for number, (heading, _) in enumerate(columns, 1):
            self.cells[self.row + 1, number] = MadeCell(heading, HEADING)
        first = self.row + 2
        self.row += 1
        for values, fill in rows:
            self.row += 1
            for number, (value, (_, style)) in enumerate(zip(values, columns, strict=True), 1):
                self.put(self.row, number, value, replace(style, fill=fill) if number == 1 else style)
        return range(first, self.row + 1)

    def chart(
        self,
        kind: str,
        title: str,
        *,
        of: range,
        column: int,
        at: tuple[int, int],
        size: tuple[int, int],
        colours: Sequence[str] = (),
    ) -> None:
        """Lay a chart of a column of rows, named by the first column, with its corner *at* a cell."""
        if not of:
            return
        chart = Chart(
            kind=kind,
            title=title,
            categories=Area(of[0], 1, of[-1], 1),
            series=(Series(None, Area(of[0], column, of[-1], column)),),
            area=Area(*at, *at),
            size=size,
            colours=tuple(colours),
        )
        self.charts.append(chart)

    def sheet(self, name: str) -> MadeSheet:
        """Return the page, all of it on one sheet of paper."""
        return MadeSheet(
            name=name,
            rows=self.rows,
            widths=tuple(self.widths),
            heights=dict(self.heights),
            page=replace(PAGE, tall=1),
            charts=tuple(self.charts),
        )
