"""「読み取り方」: what each sheet of an office was taken for, and where the office says what a heading or a sign means.

The sheet is the office's from birth: it bears no number of ours and is never cleared. What is chosen in 回答 wins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zaitaku_xl.a1 import address
from zaitaku_xl.book import layout
from zaitaku_xl.book.plain import shown
from zaitaku_xl.cells import Cell, Kind, serial_day
from zaitaku_xl.layouts import Understanding
from zaitaku_xl.layouts.answers import HEADINGS, PLACES, SHEET, SIGN, choices_of, key_of_heading, key_of_sign
from zaitaku_xl.layouts.pieces import FieldRead, Question, SheetRead
from zaitaku_xl.made import GREY, Area, Guard, MadeCell, MadeRow, MadeSheet, Page, Style

SURE, MOSTLY, OPEN, UNUSED = "確か", "おおむね", "要回答", "使っていない"
_SAMPLES = 3
_LONG = 14
_LINE = 16.0  # points
_WIDTHS = (24.0, 26.0, 30.0, 11.0, 46.0, 20.0)
_TITLE = Style(bold=True, size=14)
_TEXT = Style(wrap=True)
_HEAD = Style(bold=True, fill="E7ECF2", edges=GREY, align="center", vertical="center", wrap=True)
_BODY = Style(edges=GREY, wrap=True, vertical="center")
_ASKED = Style(edges=GREY, wrap=True, vertical="center", fill="FFF2CC", bold=True)
_SMALL = Style(size=8, colour="808080")
_SAYS = (
    "黄色の行は、この行の「回答（選ぶ）」で項目を選んで保存し、もう一度点検してください。次の月からは聞きません。",
    "ほかの行も、違うときは回答を選ぶと直せます。記録のシートは書き換えません。",
)
_SEVERAL = {  # one cell of an office's sheet that is several of ours
    "hours": "開始と終了",
    "served_hours": "サービス提供時間の開始と終了",
    "break_hours": "休憩開始と休憩終了",
    "period": "対象開始と対象終了",
    "decided_span": "支給決定開始と支給決定終了",
    "approved_span": "承認開始と承認終了",
    "week_review": "週評価",
    "month_review": "月評価",
    "contacts": "連絡（1つのセル）",
    "contact": "連絡",
    "direction": "連絡の発信と着信",
}
_FIRST_LIST = 9  # the column in which the words to choose from begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One heading or sign of an office's sheet: what it was read as, how sure, and what may be chosen for it."""

    sheet: str
    at: str  # A1
    words: str
    read_as: str
    sure: str
    samples: tuple[str, ...]
    table: str
    answer: str = ""

    @property
    def is_open(self) -> bool:
        return self.sure == OPEN

    @property
    def choices(self) -> tuple[str, ...]:
        return PLACES if self.read_as.startswith(SIGN) else choices_of(self.table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sheet, the others that are read just like it, and what there is to say of it: what is asked comes first."""

    sheet: SheetRead
    others: tuple[str, ...]
    lines: tuple[Line, ...]


def told_of(made: Understanding) -> tuple[Told, ...]:
    """Return what there is to say of the sheets; those read alike, as of many clients, are told once."""
    alike: dict[tuple[object, ...], list[tuple[SheetRead, tuple[Line, ...]]]] = {}
    for sheet in (*made.sheets, *made.likely[:1]):
        lines: dict[tuple[str, str], Line] = {}
        for line in _lines(sheet, made.answers):
            lines.setdefault((line.words, line.read_as), line)
        said = tuple((line.words, line.read_as, line.is_open) for line in lines.values())
        asked_first = sorted(lines.values(), key=lambda line: not line.is_open)
        alike.setdefault((sheet.kind, *sorted(said)), []).append((sheet, tuple(asked_first)))
    return tuple(
        Told(sheet=its[0][0], others=tuple(sheet.sheet for sheet, _ in its[1:]), lines=its[0][1])
        for its in alike.values()
    )


def lines_of(made: Understanding) -> tuple[Line, ...]:
    return tuple(line for told in told_of(made) for line in told.lines)


def _lines(sheet: SheetRead, answers: Mapping[str, str]) -> Iterator[Line]:
    table = sheet.pieces[0].table if sheet.pieces else "entries"
    for question in sheet.questions:
        yield _asked(sheet, question, table)
    for field in sheet.fields:
        yield _read(sheet, field, answers)
    for words, unknown in sheet.unknown.items():
        yield Line(
            sheet=sheet.sheet,
            at=address(*unknown.at[1:]),
            words=words,
            read_as="どの項目でもない" if sheet.pieces else "まだ決まっていません",
            sure=UNUSED if sheet.pieces else OPEN,
            samples=tuple(_cut(_as_seen(cell)) for cell in unknown.samples),
            table=table,
            answer=answers.get(key_of_heading(words), ""),
        )


def _asked(sheet: SheetRead, question: Question, table: str) -> Line:
    is_sign = question.key == key_of_sign(question.heading)
    kind = SIGN if is_sign else "まだ決まっていません"
    offered = "" if is_sign else f"（{'か'.join(question.choices[:3])}）"
    return Line(
        sheet=sheet.sheet,
        at=address(*question.at[1:]),
        words=question.heading,
        read_as=f"{kind}{offered}",
        sure=OPEN,
        samples=question.samples,
        table=next((field.partition(".")[0] for field in question.fields), table),
    )


def _read(sheet: SheetRead, field: FieldRead, answers: Mapping[str, str]) -> Line:
    return Line(
        sheet=sheet.sheet,
        at=address(*field.at[1:]),
        words=field.words,
        read_as=_name_of(field),
        sure=SURE if field.witness in ("見出しと内容", "答え") else MOSTLY,
        samples=tuple(_samples(sheet, field)),
        table=field.table,
        answer=answers.get(key_of_heading(field.words), ""),
    )


def _name_of(field: FieldRead) -> str:
    key = "entries" if field.table in ("kinds", "contacts") else field.table
    columns = [column for table in layout.TABLES if table.key == key for column in (*table.columns, layout.NUMBER)]
    names = {column.field: column.heading for column in (*columns, *layout.SETTINGS)}
    part = field.field.removeprefix("contact.")
    told = names.get(field.field) or _SEVERAL.get(part)
    return told or names.get(f"contact1.{part}", field.words).replace("連絡1", "連絡の")


def _samples(sheet: SheetRead, field: FieldRead) -> Iterator[str]:
    seen: set[str] = set()
    for piece in sheet.pieces:
        placed = piece.fields.get(field.field) or piece.fields.get(field.field.replace("contact.", ""))
        words = _as_seen(placed.cell) if placed and placed.cell else ""
        if words and words not in seen:
            seen.add(words)
            yield _cut(words)
        if len(seen) == _SAMPLES:
            return


def _cut(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


def _as_seen(cell: Cell) -> str:
    """A value as a person sees it in the sheet."""
    if cell.kind is not Kind.DATE or not isinstance(cell.value, float | int):
        return " ".join(shown(cell).split())
    day = serial_day(float(cell.value))
    minutes = round(cell.value % 1 * 24 * 60)
    clock = f"{minutes // 60}:{minutes % 60:02}" if minutes or day is None else ""
    return " ".join(filter(None, (f"{day.year}/{day.month}/{day.day}" if day else "", clock)))


# ---- the sheet


def reading_sheet(made: Understanding, name: str = SHEET) -> MadeSheet:
    """Return the sheet with a line for each heading and sign; what is asked is yellow and offers its answers."""
    lines = sorted(lines_of(made), key=lambda line: not line.is_open)
    top: list[MadeRow] = [
        (MadeCell("読み取り方", _TITLE),),
        *((MadeCell(words, _TEXT),) for words in _SAYS),
        *((MadeCell(outline_of(told), _TEXT),) for told in told_of(made)),
    ]
    heading = len(top) + 1
    lists = _lists(lines)
    rows: list[MadeRow] = [*top, (*(MadeCell(words, _HEAD) for words in HEADINGS), None, None, *_list_headings(lists))]
    rows += [(*_row(line), None, None) for line in lines]
    _lay_lists(rows, lists, heading)
    return MadeSheet(
        name=name,
        rows=tuple(rows),
        widths=(*_WIDTHS, 3, 3, *(18.0 for _ in lists)),
        heading_row=heading,
        filter_area=Area(heading, 1, heading + len(lines), len(HEADINGS)),
        merges=tuple(Area(row, 1, row, len(HEADINGS)) for row in range(2, heading)),
        guards=tuple(_guards(lines, lists, heading, name)),
        heights=dict.fromkeys(range(2, heading), _LINE),
        page=Page(landscape=True, area=Area(1, 1, heading + len(lines), len(HEADINGS))),
        of_the_office=True,
    )


def outline_of(told: Told) -> str:
    """Return the sentence that says as what a sheet was read."""
    sheet = told.sheet
    if not sheet.pieces:
        return f"「{sheet.sheet}」は「{sheet.outline}」です。氏名、日付、場所の見出しを選んでください。"
    names = {table.key: table.sheet for table in layout.TABLES} | {"office": layout.SETTINGS_SHEET}
    names |= {"contacts": layout.ENTRIES.sheet, "kinds": layout.ENTRIES.sheet}
    tables = "と".join(dict.fromkeys(names.get(piece.table, "") for piece in sheet.pieces if piece.table in names))
    more = f"ほか{len(told.others)}シート" if told.others else ""
    return f"「{sheet.sheet}」{more}は「{sheet.outline}」として、{tables or '表'}のように読みました（{len(sheet.pieces)}件）。"


def _row(line: Line) -> Sequence[MadeCell]:
    look = _ASKED if line.is_open else _BODY
    told = (line.sheet, line.words, line.read_as, line.sure, "／".join(line.samples), line.answer)
    cells = [MadeCell(words, look) for words in told]
    cells[0] = MadeCell(f"{line.sheet} {line.at}", look)
    return cells


def _lists(lines: Sequence[Line]) -> dict[tuple[str, ...], int]:
    """Each list of words to choose from, and the column in which it stands."""
    lists = dict.fromkeys(line.choices for line in lines)
    return {words: _FIRST_LIST + number for number, words in enumerate(lists)}


def _list_headings(lists: Mapping[tuple[str, ...], int]) -> list[MadeCell]:
    return [MadeCell("選べる言葉", _SMALL) for _ in lists]


def _lay_lists(rows: list[MadeRow], lists: Mapping[tuple[str, ...], int], heading: int) -> None:
    for words, column in lists.items():
        for number, word in enumerate(words, heading):
            if number >= len(rows):
                rows.append(())
            row = [*rows[number], *(None for _ in range(column - len(rows[number])))]
            row[column - 1] = MadeCell(word, _SMALL)
            rows[number] = tuple(row)


def _guards(lines: Sequence[Line], lists: Mapping[tuple[str, ...], int], heading: int, name: str) -> Iterator[Guard]:
    column = len(HEADINGS)
    for row, line in enumerate(lines, heading + 1):
        words = line.choices
        area = Area(heading + 1, lists[words], heading + len(words), lists[words])
        error = "一覧にある項目から選んでください。"
        yield Guard(area=Area(row, column, row, column), kind="list", source=(name, area), strict=True, error=error)
