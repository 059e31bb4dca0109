"""就労移行支援チェックリスト経過表: items as rows, days of evaluation as columns, and how many items stand where.

What is printed   the ratings as recorded; 「※」 beside a rating of 表4 that asks for careful thought before training at home;
                  a chart of how many five-step items are rated ①②, ③ or ④⑤ on each day.
What is not       no total score: the list shows how things change, it does not measure whether somebody can work.
Not certain       the sub-items of each item are not in the records.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zaitaku_xl.book.values import folded
from zaitaku_xl.forms.blocks import Part, begun, label, labelled, note, one_page, row, said
from zaitaku_xl.forms.facts import ClientFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import CENTRE, LABEL, NUMBER, UNREAD, Paper, wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import Area, Chart, MadeSheet, Series
from zaitaku_xl.model import ChecklistItem
from zaitaku_xl.paper import Value

SHEET = "チェックリスト経過"
TWO_STEP, FIVE_STEP = "2段階", "5段階"
DATES = 6  # columns of days on one sheet; more days give more sheets
CONCERN = "※"

_WIDTHS = (12, 10, 10, 10, 7, 8, *(9,) * DATES)
_FIRST = 7  # the column of the first day
_CHART_ROWS = 13
_LEVELS = (("①・②の項目の数", (1, 2)), ("③の項目の数", (3,)), ("④・⑤の項目の数", (4, 5)))


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the list; ``watched``: 表4 of the handbook names it."""

    name: str
    steps: str = FIVE_STEP
    watched: bool = False


def _items(names: str, watched: str = "", two_step: str = "") -> tuple[Item, ...]:
    thought, twice = watched.split(), two_step.split()
    return tuple(Item(name, TWO_STEP if name in twice else FIVE_STEP, name in thought) for name in names.split())


AREAS = {
    "日常生活": _items(
        "起床 生活リズム 食事 服薬管理 外来通院 体調不良時の対処 身だしなみ 金銭管理 自分の障害や症状の理解 援助の要請 社会性",
        watched="服薬管理 体調不良時の対処 自分の障害や症状の理解",
        two_step="社会性",
    ),
    "対人関係": _items(
        "あいさつ 会話 言葉遣い 非言語的コミュニケーション 協調性 感情のコントロール 意思表示 共同作業",
        watched="感情のコントロール 意思表示",
        two_step="共同作業",
    ),
    "行動・態度": _items(
        "一般就労への意欲 作業意欲 就労能力の自覚 働く場のルールの理解 仕事の報告 欠勤等の連絡 出勤状況 作業に取り組む態度"
        " 持続力 作業速度 作業能率の向上 指示内容の理解 作業の正確性 危険への対処 作業環境の変化への対応",
        watched="一般就労への意欲 作業意欲 作業に取り組む態度 指示内容の理解",
    ),
}
REFERENCE = "参考"
_READING = "文字"  # of the reference items the one that 表4 names


@dataclass
class _Line:
    """A row of the table: an item and what was recorded of it, by day."""

    area: str
    item: Item
    records: dict[date, list[ChecklistItem]] = field(default_factory=dict)


def checklist(facts: ClientFacts) -> Iterator[MadeSheet]:
    """Yield a sheet for every six days of evaluation; none where the list was never used."""
    days = sorted({record.day for record in facts.person.checklist if record.day})
    lines = _lines(facts.person.checklist)
    for first in range(0, len(days), DATES):
        yield _sheet(facts, lines, days[first : first + DATES])


def _lines(records: Iterable[ChecklistItem]) -> list[_Line]:
    """The items of the list in its order, and behind them what else was rated."""
    lines = {folded(item.name): _Line(area, item) for area, items in AREAS.items() for item in items}
    for record in records:
        if record.day is None or not (record.item or "item" in record.row.unread):
            continue
        name = said(record, "item")
        known = lines.setdefault(folded(name), _Line(REFERENCE, Item(name, watched=folded(name) == _READING)))
        known.records.setdefault(record.day, []).append(record)
    return list(lines.values())


def _sheet(facts: ClientFacts, lines: Sequence[_Line], days: Sequence[date]) -> MadeSheet:
    state = standing(facts)
    paper = begun(facts, "就労移行支援チェックリスト 経過表", state, _WIDTHS)
    paper.gap(6)
    blank = (None,) * (DATES - len(days))
    heading = paper.row + 1
    row(
        paper,
        label(1, "領域"),
        label(3, "項目"),
        label(1, "段階"),
        label(1, "表4"),
        *(label(1, words or "") for words in (*map(_short, days), *blank)),
        least=18,
    )
    for area in (*AREAS, REFERENCE):
        _area(paper=paper, facts=facts, area=area, lines=[line for line in lines if line.area == area], days=days)
    row(
        paper,
        label(6, "評価者"),
        *(Part(1, words, replace(CENTRE, size=8)) for words in (*_reviewers(lines, days), *blank)),
    )
    counts = paper.row + 1
    for words, ratings in _LEVELS:
        values = (*(_count(lines, day, ratings) for day in days), *blank)
        row(paper, label(6, words), *(Part(1, value, NUMBER) for value in values))
    note(
        paper,
        f"「{CONCERN}」は、在宅での訓練が合うかをよく検討することが望まれる例（ハンドブック 表4）に当たる評価です。"
        "この表は経過を見るためのもので、就労の可否を決めるものではありません。",
    )
    below = paper.row + 1
    charts = (_chart(paper, heading, counts, len(days)),) if len(days) > 1 else ()
    notes = paper.row + 1
    _notes(paper, lines, days)
    page = one_page(paper, state, *sorted({first for first in (below, notes) if first <= paper.row}))
    return replace(paper.sheet(f"{SHEET}_{facts.person.name}", page=page), charts=charts)


def _area(paper: Paper, facts: ClientFacts, area: str, lines: Sequence[_Line], days: Sequence[date]) -> None:
    top = paper.row + 1
    for line in lines:
        values = [_rating(facts, line, day) for day in days]
        row(
            paper,
            Part(3, line.item.name),
            Part(1, line.item.steps, CENTRE),
            Part(1, "表4" if line.item.watched else None, CENTRE),
            *(Part(1, value, CENTRE) for value in (*values, *(None,) * (DATES - len(days)))),
            least=15.5,
            after=1,
        )
    if lines:
        paper.put(top, 1, area, LABEL, to=(paper.row, 1))


def _rating(facts: ClientFacts, line: _Line, day: date) -> Value:
    """The rating as recorded, with the sign where 表4 asks for thought; several of one day side by side."""
    clause = facts.clause("checklist_concern", day)
    words = []
    for record in line.records.get(day, ()):
        if "rating" in record.row.unread:
            words.append(UNREAD)
        elif record.rating is not None:
            grave = clause is not None and line.item.watched and record.rating >= clause.asked
            words.append(f"{record.rating:g}{CONCERN if grave else ''}")
    return "／".join(words)


def _count(lines: Iterable[_Line], day: date, ratings: tuple[int, ...]) -> int:
    """How many five-step items have such a rating on the day."""
    rated = (line.records.get(day, ()) for line in lines if line.item.steps == FIVE_STEP)
    return sum(any(record.rating in ratings for record in records) for records in rated)


def _reviewers(lines: Iterable[_Line], days: Sequence[date]) -> list[str]:
    of_day = [[said(r, "reviewer") for line in lines for r in line.records.get(day, ())] for day in days]
    return ["・".join(dict.fromkeys(name for name in names if name)) for names in of_day]


def _notes(paper: Paper, lines: Iterable[_Line], days: Sequence[date]) -> None:
    for line in lines:
        for day in days:
            for record in line.records.get(day, ()):
                if words := said(record, "note"):
                    labelled(paper, (4, f"補足　{line.item.name}（{_short(day)}）", 8, words))


def _chart(paper: Paper, heading: int, counts: int, days: int) -> Chart:
    """Leave room for the chart of the counts and return it."""
    first, last = paper.row + 1, _FIRST + days - 1
    for _ in range(_CHART_ROWS):
        paper.gap(15)
    rows = range(counts, counts + len(_LEVELS))
    return Chart(
        title="5段階の項目の数の移り変わり（点数ではありません）",
        categories=Area(heading, _FIRST, heading, last),
        series=tuple(Series(Area(row, 1, row, 1), Area(row, _FIRST, row, last)) for row in rows),
        area=Area(first, 1, paper.row, paper.width),
        low=0,
        step=8,
    )


def _short(day: date) -> str:
    """Return R8.1.23."""
    return wareki(day).replace("令和", "R").replace("年", ".").replace("月", ".").replace("日", "")


FORM = Form("checklist", "就労移行支援チェックリスト経過表", ClientFacts, checklist)
