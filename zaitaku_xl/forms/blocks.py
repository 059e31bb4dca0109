"""Rows of joined cells: a label beside what it names, as high as the text takes, and blocks kept on one page."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from zaitaku_xl.forms.facts import ClientFacts
from zaitaku_xl.forms.paper import DIGITS, LABEL, ONE_PAGE, TEXT, UNREAD, Paper, wareki, weekday
from zaitaku_xl.forms.standing import Standing
from zaitaku_xl.made import UNFINISHED, Edges, Page, Style
from zaitaku_xl.measure import LINE, halves_of
from zaitaku_xl.model import Method, Record
from zaitaku_xl.paper import Value

TALLEST = 240.0  # points: a longer text goes on in the row below, for no row is shown higher than 409
WHOSE = 4  # the row of the office and the client, below the three of the head
PAGE = 762.0  # points between the margins of an upright A4 page
_ACROSS = 537.0
_SMALLEST = 0.7  # of its size: smaller letters are not handed to anybody
_DIGIT = 5.25  # points a character of a column's width is wide at least; it depends on the font of the workbook
SIGNED = 30.0  # points of a box to sign in
GRID = (8.0,) * 12  # the columns of most forms, as parts of a page's width
BOX = replace(TEXT, vertical="top")
PLAIN_TEXT = Style(vertical="center", wrap=True)
NOT_OF_A_CLAIM = Standing("この用紙は請求の記録ではないため、点検の結果は書いていません。", unfinished=False)
_NOTE = Style(size=8, colour="444444", vertical="center", wrap=True)


@dataclass(frozen=True, slots=True)
class Part:
    """A value over so many columns."""

    columns: int
    value: Value
    style: Style = TEXT
    link: tuple[str, int, int] | None = None


def label(columns: int, words: str) -> Part:
    return Part(columns, words, LABEL)


def labelled(paper: Paper, *pairs: tuple[int, str, int, Value], least: float = 18) -> None:
    """Lay a row of labels and values: columns of the label, the label, columns of the value, the value."""
    row(
        paper,
        *(part for wide, words, room, value in pairs for part in (label(wide, words), Part(room, value))),
        least=least,
    )


def row(paper: Paper, *parts: Part, least: float = 18, after: int = 0) -> None:
    """Lay the next row behind so many columns; a text too long for one row goes on below without a line between.

    Raises ValueError for parts that reach over the paper's edge.
    """
    if after + sum(part.columns for part in parts) > paper.width:
        raise ValueError(f"a row of {len(parts)} parts is wider than the {paper.width} columns of its paper")
    rooms = _rooms(paper, parts, after)
    texts = [_pieces(part, room) for part, room in zip(parts, rooms, strict=True)]
    count = max(map(len, texts))
    for nth in range(count):
        top, column = paper.row + 1, after + 1
        height = 0.0 if nth else least
        for part, text, room in zip(parts, texts, rooms, strict=True):
            value = text[nth] if nth < len(text) else None
            style = _cut(part.style, first=nth == 0, last=nth == count - 1) if count > 1 else part.style
            paper.put(
                top, column, value, style, to=(top, column + part.columns - 1), link=part.link if nth == 0 else None
            )
            height = max(height, _points(value, style, room))
            column += part.columns
        paper.heights[top] = round(height, 1)


def _rooms(paper: Paper, parts: Sequence[Part], after: int) -> list[float]:
    rooms, column = [], after
    for part in parts:
        rooms.append(sum(paper.widths[column : column + part.columns]) * 1.05 - 2)
        column += part.columns
    return rooms


def _points(value: Value, style: Style, room: float) -> float:
    if not style.wrap or value in (None, ""):
        return 0.0
    return len(list(_lines(str(value), room * 10 / style.size))) * style.size * LINE + 5


def _pieces(part: Part, room: float) -> list[Value]:
    if not isinstance(part.value, str) or not part.style.wrap:
        return [part.value]
    most = int((TALLEST - 5) / (part.style.size * LINE))
    shown = list(_lines(part.value, room * 10 / part.style.size))
    return [_joined(shown[n : n + most]) for n in range(0, len(shown), most)]


def _lines(text: str, halves: float) -> Iterator[tuple[str, bool]]:
    """Yield the lines as they will be shown, with True where the writer ended one."""
    for written in text.split("\n"):
        rest = written
        while rest and halves_of(rest) > halves:  # a column may be too narrow for anything
            cut = _fitting(rest, halves)
            yield rest[:cut], False
            rest = rest[cut:]
        yield rest, True


def _fitting(text: str, halves: float) -> int:
    """Return how many characters fit; a sign that belongs to the one before it is not parted from it."""
    width, cut = 0, 0
    while cut < len(text) and (width := width + halves_of(text[cut])) <= halves:
        cut += 1
    while cut < len(text) and unicodedata.category(text[cut]).startswith("M"):
        cut += 1
    return max(1, cut)


def _joined(shown: Sequence[tuple[str, bool]]) -> str:
    return "".join(line + ("\n" if ended else "") for line, ended in shown).removesuffix("\n")


def _cut(style: Style, *, first: bool, last: bool) -> Style:
    edges = style.edges or Edges()
    return replace(
        style,
        vertical="top",
        edges=replace(edges, top=edges.top if first else "", bottom=edges.bottom if last else ""),
    )


# ---- what several forms say in the same way


def begun(facts: ClientFacts, title: str, said: Standing, widths: Sequence[float] = GRID) -> Paper:
    """Return a paper of twelve columns with its head, the office and the client; ValueError for any other number."""
    if len(widths) != len(GRID):
        raise ValueError(f"a form has {len(GRID)} columns, not {len(widths)}")
    paper = Paper(widths)
    paper.head(title, said)
    office = facts.office
    labelled(paper, (2, "事業所名", 6, office.office_name or ""), (2, "事業所番号", 2, office.office_number or ""))
    row(
        paper,
        label(2, "氏名"),
        Part(3, facts.shown_name),
        label(1, "受給者証\n番号"),
        Part(2, facts.number, DIGITS),
        label(1, "サービス\n種別"),
        Part(3, str(facts.service or "")),
        least=26,
    )
    return paper


def note(paper: Paper, words: str) -> None:
    """Lay a remark of ours over the whole width."""
    row(paper, Part(paper.width, words, _NOTE), least=12)


def to_sign(paper: Paper, *names: str) -> None:
    """Lay boxes to sign in, never filled, in equal parts of twelve columns."""
    wide = paper.width // len(names)
    row(paper, *(part for name in names for part in (label(2, name), Part(wide - 2, None))), least=SIGNED)


def said(record: Record, field: str, words: Callable[[Any], str] = str) -> str:
    """Return what a record says, nothing for a blank, 要確認 for a cell nobody could read."""
    if field in record.row.unread:
        return UNREAD
    value = getattr(record, field)
    return "" if value is None else words(value)


def span(record: Record, first: str, last: str, words: Callable[[Any], str]) -> str:
    """Return two values of a record as 9:30～15:00."""
    start, end = said(record, first, words), said(record, last, words)
    return f"{start}～{end}" if start or end else ""


def dated(day: date) -> str:
    """Return 令和8年1月6日（火）."""
    return f"{wareki(day)}（{weekday(day)}）"


def method_line(record: Record, method: Method | None, typed: str | None = None) -> str:
    """Return the methods with the one recorded ticked, and the word as it was typed where it is another."""
    if "method" in record.row.unread:
        return UNREAD
    line = ticked([str(each) for each in Method], str(method or ""))
    return f"{line}（{typed}）" if typed and typed != method else line


def ticked(choices: Sequence[str], chosen: str) -> str:
    """Return the choices in a line, each with its box.

    >>> ticked(("通所", "訪問"), "訪問")
    '☐通所　☑訪問'
    """
    return "　".join(f"{'☑' if choice == chosen else '☐'}{choice}" for choice in choices)


def pages(paper: Paper, standing: Standing, starts: Sequence[int]) -> Page:
    """Return pages that each begin with whose they are; *starts* are the first rows of blocks that are not to be torn.

    A block longer than a page is broken between its rows.
    """
    head, room = starts[0] - 1, _room(paper)
    used, again, breaks = _height(paper, 1, head), _height(paper, WHOSE, head), list[int]()
    for start, end in pairwise((*starts, paper.row + 1)):
        whole = _height(paper, start, end - 1)
        torn = again + whole > room
        for row in range(start, end):
            height = _height(paper, row, row) if torn or row > start else whole
            if used + height > room and row > head + 1 and (torn or row == start):
                breaks.append(row - 1)
                used = again
            used += paper.heights[row]
    above = f"&R&8{UNFINISHED}" if standing.unfinished else ""
    return Page(centred=True, repeated=(WHOSE, head), breaks=tuple(breaks), above=above)


def one_page(paper: Paper, standing: Standing, *starts: int) -> Page:
    """Return one page, or as many as it takes where one would be too small to read; *starts* begin what is not to be torn."""
    if _height(paper, 1, paper.row) <= _room(paper) / _SMALLEST:
        return ONE_PAGE
    return pages(paper, standing, (WHOSE + 2, *starts))


def _room(paper: Paper) -> float:
    """The points of rows on a page: the wider the sheet, the smaller it is drawn and the more rows fit."""
    return PAGE * max(1.0, sum(paper.widths) * _DIGIT / _ACROSS)


def _height(paper: Paper, first: int, last: int) -> float:
    return sum(paper.heights[n] for n in range(first, last + 1))
