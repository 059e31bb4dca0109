"""What a worksheet function asks: one day's verdict, the reasons, the list. The tables are ranges known by their headings.

Each of 620 cells hands over the same tables, so what came of the last few is kept and found again by comparing values.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from zaitaku_xl import time_limit
from zaitaku_xl.book import dates, layout
from zaitaku_xl.book.tables import table_in
from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Cell, Grid
from zaitaku_xl.errors import BrokenRule, WrongUse, ZaitakuError
from zaitaku_xl.finding import HEADINGS, NOTHING_FOUND, Finding, Verdict
from zaitaku_xl.hosts.live.values import Row, block_of, cell_of, grid_of
from zaitaku_xl.jobs.explaining import explain
from zaitaku_xl.jobs.judging import judged
from zaitaku_xl.jobs.typed import town_id
from zaitaku_xl.made import OF_THE_OFFICE
from zaitaku_xl.measure import MAX_NOTE, cut
from zaitaku_xl.model import Log, Month
from zaitaku_xl.report import DayResult, Report, without_records
from zaitaku_xl.sheets.result_sheet import result_sheet
from zaitaku_xl.spelling import of_person

VERDICT = "判定"
KEPT = 4  # a workbook may ask for two months side by side
_PLACE = HEADINGS.index("該当箇所")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came of some tables, and where to look it up."""

    report: Report
    month: Month | None  # the one that was judged
    days: dict[tuple[str, date], DayResult]  # by the client's folded name
    words: dict[int, str]  # by row of 日報
    first_rows: int  # of 日報: how many rows the range has, and in which the headings stand
    heading_row: int


@dataclass(slots=True)
class Memo:
    """The last few answers. Tables are compared value by value and type by type: exact, and quicker than a digest."""

    judge: Callable[[Sequence[Sequence[Row]]], Answers]
    _kept: list[tuple[Sequence[Sequence[Row]], list[type], Answers | WrongUse]] = field(default_factory=list)

    def of(self, tables: Sequence[Sequence[Row]]) -> Answers:
        """Return what came of these tables; what could not be judged is kept too, and raised again."""
        found = next((n for n, (known, _, _) in enumerate(self._kept) if known == tables), None)
        types = _types(tables)  # 1, 1.0 and TRUE are equal and yet not the same
        if found is None or self._kept[found][1] != types:
            self._kept.insert(0, (tables, types, self._answers(tables)))
            del self._kept[KEPT:]
        elif found:
            self._kept.insert(0, self._kept.pop(found))
        answer = self._kept[0][2]
        if isinstance(answer, WrongUse):
            raise answer
        return answer

    def _answers(self, tables: Sequence[Sequence[Row]]) -> Answers | WrongUse:
        try:
            return self.judge(tables)
        except BrokenRule as error:
            return WrongUse(f"{error}。これはプログラムの不具合で、記録に問題があるわけではありません。")
        except ZaitakuError as error:
            return WrongUse(str(error))


def _types(tables: Sequence[Sequence[Row]]) -> list[type]:
    return list(map(type, chain.from_iterable(chain.from_iterable(tables))))


def _judge(tables: Sequence[Sequence[Row]]) -> Answers:
    grids = _named(tables)
    entries = next((grid for grid in grids if grid.name == layout.ENTRIES.sheet), None)
    if entries is None:
        raise WrongUse("日報の表がありません。日報を、見出しの行から範囲に入れてください。")
    with time_limit.within():
        work = judged(grids)
    if work.report.nothing:
        raise WrongUse(work.report.nothing)
    days = {(folded(day.client), day.day): day for day in work.report.days}
    return Answers(
        month=work.report.months[0] if len(work.report.months) == 1 else None,
        report=without_records(work.report),  # answers are kept while Excel is open
        days=days,
        words=_words(work.log, days),
        first_rows=len(tables[grids.index(entries)]),
        heading_row=_heading_row(entries),
    )


def _named(tables: Sequence[Sequence[Row]]) -> list[Grid]:
    """Name each table by its headings; 実績記録票 may come once a client."""
    grids: list[Grid] = []
    for number, rows in enumerate(tables, 1):
        grid = grid_of("", rows)
        name = table_in(grid)
        if name is None:
            raise WrongUse(f"{number}番目の表の見出しが分かりません。見出しの行から範囲に入れてください。")
        taken = [other.name for other in grids]
        if name == layout.RECORD_SHEETS:
            name = f"{name}{number}"
        elif name in taken:
            raise WrongUse(f"「{name}」の表が2つあります。1つにしてください。")
        grids.append(Grid(name, grid.rows))
    return grids


def _heading_row(entries: Grid) -> int:
    """The row a heading of 日報 stands in: the one of 提供区分, which every 日報 must have."""
    wanted = {folded(heading) for heading in layout.ENTRIES.vital}
    return next(
        row
        for row in sorted(entries.rows)
        if wanted <= {folded(str(cell.value)) for cell in entries.rows[row].values()}
    )


def _words(log: Log, days: dict[tuple[str, date], DayResult]) -> dict[int, str]:
    """The word beside each row of 日報; what names no client or no day cannot be decided."""
    words = {stray.row.number: Verdict.CHECK.word for table, stray in log.strays if table == layout.ENTRIES.key}
    for person in log.people:
        for entry in person.entries:
            day = days.get((folded(person.name), entry.day)) if entry.day else None
            if day:
                words[entry.row.number] = day.verdict.word
            elif entry.day is None:
                words[entry.row.number] = Verdict.CHECK.word
    return words


_memo = Memo(_judge)


def _answers(tables: Iterable[object]) -> Answers:
    blocks = [block_of(table) for table in tables if table is not None]
    if not blocks:
        raise WrongUse("表がありません。日報などの表を、見出しの行から範囲に入れてください。")
    return _memo.of(blocks)


# ---- one client's day


def billable(client: object, day: object, tables: Iterable[object]) -> str:
    """Return 算定可, 算定不可, 要確認 or 対象外; raises WrongUse with a sentence for what a clerk typed wrong."""
    return _day(client, day, tables).verdict.word


def why(client: object, day: object, tables: Iterable[object]) -> str:
    """Return the reasons for a client's day, a line each."""
    found = _day(client, day, tables)
    if not found.findings:
        return f"{found.verdict.word}です。{NOTHING_FOUND}"
    return cut("\n".join((f"{found.verdict.word}です。", *map(reason, found.findings))), MAX_NOTE)


def reason(finding: Finding) -> str:
    """Return rule, sentence and clause in one line."""
    source = finding.clause.source
    return f"{finding.rule} {finding.message}（{source.cited}{finding.rests}）"


def _day(client: object, day: object, tables: Iterable[object]) -> DayResult:
    name, cell = _name(client), _cell_of_day(day)
    answers = _answers(tables)
    on_day, days = _day_of(cell, answers.month), answers.days
    found = days.get((name, on_day)) or days.get((_written_as(name, days), on_day))
    if found is not None:
        return found
    if any(known == name for known, _ in days):
        raise WrongUse(f"{on_day:%Y-%m-%d} の日報の行がないか、対象年月の日ではありません。")
    if any(known.startswith(f"{name}(") for known, _ in days):
        raise WrongUse("同じ氏名の方が2人以上います。氏名のあとに（受給者証番号）を付けてください。")
    raise WrongUse("この氏名の行が日報にありません。氏名を確かめてください。")


def _written_as(name: str, days: Mapping[tuple[str, date], DayResult]) -> str:
    """The name of the one client whose name this is, written otherwise."""
    written = of_person(name)
    alike = {known for known, _ in days if of_person(known) == written}
    return alike.pop() if len(alike) == 1 else name


def _name(client: object) -> str:
    if isinstance(client, (list, tuple)):
        raise WrongUse("氏名には1つのセルを指定してください。")
    cell = cell_of(client)
    name = folded(str(cell.value)) if cell else ""
    if not name:
        raise WrongUse("氏名が空欄です。")
    return name


def day_in(value: object, month: Month | None = None) -> date:
    """Return the day a cell or a text names, 1/5 that of *month*; raises WrongUse for what is none."""
    return _day_of(_cell_of_day(value), month)


def _cell_of_day(value: object) -> Cell:
    if isinstance(value, (list, tuple)):
        raise WrongUse("日付には1つのセルを指定してください。")
    cell = cell_of(value)
    if cell is None or dates.day(cell, None, False) is None:
        raise WrongUse("日付が空欄です。")
    return cell


def _day_of(cell: Cell, month: Month | None) -> date:
    found = dates.day(cell, month, False)
    if not isinstance(found, date):
        raise WrongUse(f"「{cell.value}」は日付として読み取れません。2026/1/5 の形で入れてください。")
    return found


# ---- a whole month


def verdicts(tables: Iterable[object]) -> list[list[str | float]]:
    """Return one column as high as the range of 日報: a heading, then the word of each row."""
    answers = _answers(tables)
    column: list[list[str | float]] = [[answers.words.get(row, "")] for row in range(1, answers.first_rows + 1)]
    column[answers.heading_row - 1] = [VERDICT]
    return column


def findings(tables: Iterable[object]) -> list[list[str | float]]:
    """Return the list of findings under their headings; rows are counted within the range, for nobody tells where it lies."""
    report = _answers(tables).report
    made = result_sheet(report)
    last = made.heading_row + max(1, len(report.findings))
    shown = len(HEADINGS) - len(OF_THE_OFFICE)  # nobody can write into what a formula gives
    rows = [[cell.value if cell else "" for cell in row[:shown]] for row in made.rows[made.heading_row - 1 : last]]
    for row, finding in zip(rows[1:], report.findings, strict=False):
        row[_PLACE] = f"{finding.sheet} {finding.row}行目" if finding.sheet else "―"
    return rows


# ---- the law


def rule(rule_id: object, town: object, day: date) -> str:
    """Return a rule in a sentence with its source."""
    typed, place = cell_of(rule_id), cell_of(town)
    if typed is None:
        raise WrongUse('点検項目の番号が空欄です。"D01" のように入力してください。')
    found = explain(str(typed.value), town_id(str(place.value)) if place else None, day)
    clause = f"（{found.clause.source.document} {found.where}）" if found.clause else "（この日には定めがありません）"
    return f"{found.heading}：{found.rule.asks}{clause}"


def wareki(value: object) -> str:
    """Return 令和8年1月5日; nothing for a blank cell."""
    return dates.wareki(day_in(value)) if cell_of(value) else ""
