"""What the buttons do with the workbook that is open. Each returns the sentence to show, or nothing to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from zaitaku_xl import time_limit
from zaitaku_xl.a1 import position
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.finding import HEADINGS, NOTHING_FOUND, WORDS, Finding, Weight
from zaitaku_xl.hosts.book import Marked
from zaitaku_xl.hosts.live.book import LiveBook, Spot
from zaitaku_xl.hosts.live.values import Row, cell_of
from zaitaku_xl.jobs import sentences
from zaitaku_xl.jobs.jotting import judged_in
from zaitaku_xl.jobs.judging import Asked, Judged
from zaitaku_xl.jobs.planning import ListPlace, listing_plan, marking_plan, place_of_list
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.made import OF_THE_OFFICE
from zaitaku_xl.model import PERSONAL, Person
from zaitaku_xl.report import DayResult, Report, only
from zaitaku_xl.sheets.jottings import confirms
from zaitaku_xl.sheets.result_sheet import SHEET, days_in_words

Said = str | None
GUIDE = """在宅の日報と評価を、国と市の通知に照らして見直します。記録を書いたり直したりはしません。

1 「点検」を押すと、見直す箇所のセルに色とメモが付き、「点検結果」のシートに一覧ができます。
2 「次へ」「前へ」で順に見ます。「理由を見る」は、選んだセルの理由と対応を示します。
3 当日の記録で確かめて、事実と違うところだけを直し、もう一度「点検」を押します。「色とメモを消す」で元のブックに戻ります。

赤 算定不可　紫 要確認　橙 要修正・加算不可　黄 助言

最終判断は支給決定市町村・指定権者が行います。"""
_OLD_LIST = f"前の版の「{SHEET}」です。もう一度「点検」を押してください。"
_NO_LIST = "まだ点検していません。先に「点検」を押してください。"
_MOST_REASONS = 4


def _judge(book: LiveBook) -> Judged:
    with time_limit.within():
        return judged_in(book, Asked(as_of=book.as_of))


# ---- marking


def check_book(book: LiveBook) -> Said:
    """Judge the whole workbook, mark it and make the list."""
    with book.resting("点検しています…"):
        work, place = _judge(book), place_of_list(book)
        marked = book.carry_out(marking_plan(work, book))
    return _told("点検しました。", work.report, marked, place)


def check_person(book: LiveBook) -> Said:
    """Judge the workbook and show only what concerns the client of the selected row."""
    spot = book.spot()
    with book.resting("この利用者だけを点検しています…"):
        work = _judge(book)
        person = _person_at(work, spot, book)
        report, place = only(work.report, person), place_of_list(book)
        marked = book.carry_out(marking_plan(work, book, report=report))
    return _told(f"{person}さんだけを点検しました。ほかの利用者の色とメモは消してあります。", report, marked, place)


def _told(done: str, report: Report, marked: Marked, place: ListPlace) -> str:
    weights = report.weights
    if report.nothing:
        done = report.nothing
    found = "　".join(f"{WORDS[weight]} {number}件" for weight, number in sorted(weights.items(), key=_by_rank))
    lines = [
        done,
        days_in_words(report) if report.days else "対象の日がありません。",
        f"見直す箇所：{found}" if found else NOTHING_FOUND,
        *place.remarks(),
        *sentences.unlaid(marked),
    ]
    if weights:
        lines.append("「次へ」で順に見られます。")
    return "\n".join(lines)


def _by_rank(counted: tuple[object, int]) -> int:
    return list(WORDS).index(counted[0])  # type: ignore[arg-type]


def clear_marks(book: LiveBook) -> Said:
    """Take our colours, notes and sheets off again."""
    with book.resting("色とメモを消しています…"):
        cleared = book.cleared()
    return "\n".join(sentences.stayed(cleared)) or None


def findings_list(book: LiveBook) -> Said:
    """Show the list; where there is none yet, make it without colouring anything."""
    if book.list_of_ours(SHEET) is None:
        with book.resting("一覧を作っています…"):
            marked = book.carry_out(listing_plan(_judge(book), book))
        if marked.unmade:
            return "\n".join(sentences.unlaid(marked))
    shown = book.list_of_ours(SHEET)
    if shown is None:
        raise WrongUse(_NO_LIST)
    book.go_to(shown[0], 1, 1)
    return None


# ---- from finding to finding


@dataclass(frozen=True, slots=True)
class _Listed:
    """A line of the list that names a cell."""

    spot: Spot
    words: str


def next_finding(book: LiveBook) -> Said:
    """Select the next cell of the list, after the last the first."""
    return _jump(book, forward=True)


def previous_finding(book: LiveBook) -> Said:
    """Select the cell of the list before this one, before the first the last."""
    return _jump(book, forward=False)


def _jump(book: LiveBook, *, forward: bool) -> Said:
    found = book.list_of_ours(SHEET)
    if found is None:
        raise WrongUse(_NO_LIST)
    listed = _listed(found[1])
    if not listed:
        return NOTHING_FOUND
    here = _number_of(listed, book.spot(), forward)
    target = (here + (1 if forward else -1)) % len(listed)
    spot = listed[target].spot
    book.go_to(spot.sheet, spot.row, spot.column)
    book.show(f"見直し {target + 1}/{len(listed)}　{listed[target].words}")
    return None


def _listed(rows: Sequence[Row]) -> list[_Listed]:
    """The cells of the list in its order, each once with everything said of it."""
    top = next((n for n, row in enumerate(rows) if tuple(row[: len(HEADINGS)]) == HEADINGS), None)
    if top is None:
        raise WrongUse(_OLD_LIST)
    place, rule, words = (HEADINGS.index(heading) for heading in ("該当箇所", "番号", "内容"))
    said: dict[Spot, list[str]] = {}
    for row in takewhile(_is_counted, rows[top + 1 :]):
        if _is_acknowledged(row):
            continue
        sheet, _, cell = str(row[place] or "").rpartition("!")
        if sheet:
            said.setdefault(Spot(sheet, *position(cell)), []).append(f"{row[rule]} {row[words]}")
    return [_Listed(spot, "　".join(lines)) for spot, lines in said.items()]


def _is_counted(row: Row) -> bool:
    """False below the list, where what is gone stands."""
    return isinstance(row[0], (int, float))


def _is_acknowledged(row: Row) -> bool:
    ticked = row[HEADINGS.index(OF_THE_OFFICE[0])]
    return row[HEADINGS.index("区分")] == WORDS[Weight.ADVISE] and confirms(cell_of(ticked))


def _number_of(listed: list[_Listed], spot: Spot, forward: bool) -> int:
    """Where in the list the selected cell stands; elsewhere, where the jump before it would have stood."""
    spots = [line.spot for line in listed]
    if spot in spots:
        return spots.index(spot)
    return -1 if forward else 0


# ---- why


def why(book: LiveBook) -> Said:
    """Say what was found at the selected cell, else what makes its day what it is."""
    spot = book.spot()
    work = _judge(book)
    at_cell = [f for f in work.report.findings if (f.sheet, f.row, f.column) == (spot.sheet, spot.row, spot.column)]
    day = _day_at(work, spot)
    if not at_cell and day is None:
        return "このセルと行には、見直す箇所も在宅の日の判定もありません。日報の行を選んでください。"
    head = [f"{day.client}さん {day.day:%Y-%m-%d}　{day.verdict.word}"] if day else []
    found = at_cell or list(day.findings if day else ())
    return "\n\n".join([*head, *(_explained(finding) for finding in found[:_MOST_REASONS]), *_rest(found, day)])


def _explained(finding: Finding) -> str:
    source = finding.clause.source
    return (
        f"■{finding.rule}（{WORDS[finding.weight]}）{finding.message}\n直し方: {finding.remedy}\n"
        f"根拠：{source.cited}（{japanese_day(finding.clause.since)}から）{finding.rests}"
    )


def _rest(found: Sequence[Finding], day: DayResult | None) -> list[str]:
    if len(found) > _MOST_REASONS:
        return [f"ほか{len(found) - _MOST_REASONS}件は「{SHEET}」にあります。"]
    return [] if found or day is None else [NOTHING_FOUND]


# ---- whose row


def _records(person: Person) -> Sequence[object]:
    own = [record for table in PERSONAL for record in getattr(person, table)]
    return [*own, *person.clients]


def _person_at(work: Judged, spot: Spot, book: LiveBook) -> str:
    """The name of the client whose row is selected, in a table or in our list."""
    for person in work.log.people:
        for record in _records(person):
            row = record.row  # type: ignore[attr-defined]
            if (row.sheet, row.number) == (spot.sheet, spot.row):
                return person.name
    found = book.list_of_ours(SHEET)
    if found is not None and found[0] == spot.sheet and spot.row <= len(found[1]):
        name = found[1][spot.row - 1][HEADINGS.index("氏名")]
        if any(person.name == name for person in work.log.people):
            return str(name)
    raise WrongUse("だれの行か分かりません。日報などで、利用者の行を選んでから押してください。")


def _day_at(work: Judged, spot: Spot) -> DayResult | None:
    key: tuple[str, date | None] | None = next(
        (
            (person.name, entry.day)
            for person in work.log.people
            for entry in person.entries
            if (entry.row.sheet, entry.row.number) == (spot.sheet, spot.row)
        ),
        None,
    )
    return next((day for day in work.report.days if (day.client, day.day) == key), None)


def guide(_: LiveBook) -> Said:
    """Say in a few lines how to use the tab."""
    return GUIDE
