"""A workbook without anything like 日報: which sheets were seen, which of them could be it, and what it lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zaitaku_xl.book import layout
from zaitaku_xl.cells import Kind
from zaitaku_xl.layouts.answers import key_of_heading
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.headings import meanings, titled
from zaitaku_xl.layouts.pieces import SheetRead, Unknown
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.layouts.table_heads import Head, heads_of, is_known
from zaitaku_xl.sentence import Sentence, own, place

_MOST = 3  # sheets that are named
_ROWS = 15  # in which headings are looked for
_FEWEST = 3  # words side by side that may be headings
_VITAL = {"name": "氏名", "day": "日付", "place": "提供区分"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sheet that could be the log, its headings, and which of the vital fields none of them is."""

    read: SheetRead
    known: int
    lacking: tuple[str, ...]


def candidates(sheets: Iterable[Sheet], around: Around) -> tuple[Candidate, ...]:
    """Return the sheets that could be the log, the likeliest first."""
    found = [each for sheet in sheets if (each := _candidate(sheet, around)) is not None]
    return tuple(sorted(found, key=lambda each: -each.known))


def refusal(seen: Sequence[str], likely: Sequence[Candidate]) -> Sentence:
    """Return why the book was not judged, and what to do."""
    named = "".join(f"{{sheet{number}}}" for number, _ in enumerate(seen[:_MOST]))
    more = f"ほか{len(seen) - _MOST}シート" if len(seen) > _MOST else ""
    sheets = {f"sheet{number}": place(name, in_brackets=True) for number, name in enumerate(seen[:_MOST])}
    told = Sentence(
        f"「{layout.ENTRIES.sheet}」のシートがありません" + (f"（あったのは{named}{more}）。" if seen else "。"),
        **sheets,
    )
    if not likely:
        return told.followed_by("点検するには日報のあるブックを選んでください。")
    first = likely[0]
    lacking = "と".join(first.lacking)
    told = told.followed_by(
        "{there}が日報なら、{lacking}にあたる見出しが分かりません。" if lacking else "{there}の読み方が分かりません。",
        there=place(first.read.sheet, in_brackets=True),
        lacking=own(lacking),
    )
    return told.followed_by("zaitaku-xl layout の --out で「読み取り方」のシートを作り、答えてください。")


def _candidate(sheet: Sheet, around: Around) -> Candidate | None:
    if "unrelated" in titled(sheet.name):
        return None
    head = next(heads_of(sheet, around.answers), None) or _likely_head(sheet)
    if head is None:
        return None
    headings: dict[str, Unknown] = {}
    for column in head.words:
        at = (sheet.name, *sheet.carrier(head.last, column))
        headings.setdefault(head.heading(column), Unknown(at, sheet.samples(column, head.last)))
    fields = {name for heading in headings for name in meanings(heading, "entries")}
    read = SheetRead(sheet=sheet.name, outline="日報かもしれない表", unknown=headings)
    known = sum(is_known(heading) or key_of_heading(heading) in around.answers for heading in headings)
    return Candidate(read, known, tuple(words for name, words in _VITAL.items() if name not in fields))


def _likely_head(sheet: Sheet) -> Head | None:
    """The first row of words side by side with rows of at least two cells below it."""
    for number, row in enumerate(sheet.rows[:_ROWS]):
        cells = list(sheet.cells(row))
        below = sheet.rows[number + 1 : number + 3]
        if (
            len(cells) >= _FEWEST
            and all(cell.kind is Kind.TEXT for _, cell in cells)
            and len(below) > 1
            and all(len(list(sheet.cells(each))) > 1 for each in below)
        ):
            return Head(row, row, {column: (sheet.words(row, column),) for column, _ in cells})
    return None
