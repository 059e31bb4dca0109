"""From all sheets of a workbook to the tables of the contract: which sheets are ours already, which are understood."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from zaitaku_xl.book import layout
from zaitaku_xl.book.asides import remark
from zaitaku_xl.book.dates import month as month_in_cell
from zaitaku_xl.book.filling_down import is_ditto
from zaitaku_xl.book.plain import shown
from zaitaku_xl.book.read import folded_heading as folded
from zaitaku_xl.book.tables import table_in
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.layouts.answers import PLACES, answers_in, is_answer_sheet, key_of_sign
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.joining import joined
from zaitaku_xl.layouts.legends import place_of
from zaitaku_xl.layouts.not_understood import candidates, refusal
from zaitaku_xl.layouts.outlines import OUTLINES
from zaitaku_xl.layouts.pieces import Answers, Placed, Question, SheetRead
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.model import Month, Remark
from zaitaku_xl.sentence import Sentence
from zaitaku_xl.spelling import of_person

_FIRST_ROWS = 6
_FEW = 4  # fields of a record that may be anybody's: a sign in a matrix
_NEEDED = (layout.ENTRIES, layout.CLIENTS, layout.APPROVALS, layout.WEEK_REVIEWS, layout.MONTH_REVIEWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The tables of a workbook, and how its own sheets were read."""

    grids: tuple[Grid, ...]
    sheets: tuple[SheetRead, ...] = ()
    answers: Answers = field(default_factory=dict)
    refusal: Sentence | None = None  # why it cannot be judged: nothing in it is like 日報
    likely: tuple[SheetRead, ...] = ()  # then the sheets that could be it
    remarks: tuple[Remark, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for sheet in self.sheets for question in sheet.questions)


def needs_understanding(grids: Iterable[Grid]) -> bool:
    """Tell whether a workbook lacks one of the tables that judging rests on."""
    names = {folded(grid.name) for grid in grids if is_ours(grid)}
    return any(folded(table.sheet) not in names for table in _NEEDED)


def is_ours(grid: Grid) -> bool:
    """Tell whether a sheet is one of the contract's, by its name and its headings."""
    name = folded(grid.name)
    if name.startswith(layout.RECORD_SHEETS):
        return True
    table = next((table for table in layout.TABLES if folded(table.sheet) == name), None)
    if table is None:
        return name == folded(layout.SETTINGS_SHEET)
    known = {folded(column.heading) for column in table.columns}
    vital = {folded(heading) for heading in table.vital} or (known & {folded(layout.NAME.heading)})
    for row in sorted(grid.rows)[:15]:
        typed = {folded(word) for word in grid.words(row)}
        if len(typed & known) > 1 and vital <= typed:
            return True
    return not grid.rows


def understood(grids: Sequence[Grid], asked: Month | None = None, answers: Answers | None = None) -> Understanding:
    """Return the tables of a workbook of which *grids* are all sheets but those we made."""
    answers = {**(answers or {}), **answers_in(grids)}
    seen = grids = [grid for grid in grids if not is_answer_sheet(grid)]
    ours = [grid for grid in grids if is_ours(grid)]
    held = {folded(grid.name) for grid in ours}
    others = [sheet for grid in grids if not is_ours(grid) and (sheet := Sheet(grid)).rows]
    month = _month_of(ours) or asked or _month_stated(others)
    around = Around(month=month, clients=_clients(ours), answers=answers)
    by_name = {sheet.name: sheet for sheet in others}
    read = _all_read(others, around)
    if not around.clients and (names := _names_in(read)):
        read = _all_read(others, replace(around, clients=names))  # now it is known who is a client and who is staff
    _read_signs(read, answers)
    made = joined(read)
    tables = [grid for grid in made.grids if folded(grid.name) not in held]
    replaced = {folded(grid.name) for grid in tables}
    rest = [grid for grid in grids if folded(grid.name) not in replaced and (is_ours(grid) or not _is_in(grid, read))]
    grids = (*rest, *tables)
    is_log = any(folded(grid.name) == folded(layout.ENTRIES.sheet) for grid in grids)
    likely = () if is_log else candidates([sheet for sheet in others if not _is_in(sheet.grid, read)], around)
    return Understanding(
        grids=grids,
        sheets=tuple(read),
        answers=answers,
        refusal=None if is_log else refusal([grid.name for grid in seen if grid.rows], likely),
        likely=tuple(each.read for each in likely),
        remarks=tuple(told for found in read for told in _remarks(found, by_name[found.sheet])),
    )


def _read_signs(sheets: Iterable[SheetRead], answers: Answers) -> None:
    """Put what was answered in the place of a sign for a place; ask once about each that nobody can read."""
    for sheet in sheets:
        unknown: dict[str, list[Placed]] = {}
        for piece in sheet.pieces:
            placed = piece.fields.get("place") if piece.table == "entries" else None
            if placed is None or placed.cell is None or placed.cell.kind is not Kind.TEXT:
                continue
            words = shown(placed.cell).strip()
            answer = answers.get(key_of_sign(words))
            if answer in PLACES:
                piece.fields["place"] = Placed(Cell(Kind.TEXT, answer), placed.at)
            elif words and not is_ditto(placed.cell) and place_of(words) is None:
                unknown.setdefault(words, []).append(placed)
        sheet.questions += [_what_place(words, its) for words, its in unknown.items()]


def _what_place(words: str, its: Sequence[Placed]) -> Question:
    return Question(
        key=key_of_sign(words),
        at=its[0].at,
        heading=words,
        words=f"「{words}」は、どこで支援した日ですか（{len(its)}日）。",
        choices=PLACES,
        samples=(words,),
        fields=frozenset(("entries.place",)),
    )


def _is_in(grid: Grid, read: Sequence[SheetRead]) -> bool:
    return any(sheet.sheet == grid.name for sheet in read)


def _best(sheet: Sheet, around: Around) -> SheetRead | None:
    found = [read for outline in OUTLINES if (read := outline(sheet, around)) is not None and read.pieces]
    return max(found, key=lambda read: len(read.used), default=None)


def _remarks(sheet: SheetRead, cells: Sheet) -> Iterator[Remark]:
    """What is to be said of how a sheet was read: as what, what is open, what nobody read."""
    names = {table.key: table.sheet for table in layout.TABLES} | {"office": layout.SETTINGS_SHEET}
    names["contacts"] = layout.ENTRIES.sheet
    tables = tuple(dict.fromkeys(names[piece.table] for piece in sheet.pieces))
    row, column = sheet.fields[0].at[1:] if sheet.fields else (cells.rows[0], 1)
    yield remark(sheet.sheet, row, column, "layout", count=len(sheet.pieces), words=(sheet.outline, *tables))
    if sheet.questions:
        headings = tuple(dict.fromkeys(question.heading for question in sheet.questions))
        first = sheet.questions[0].at
        yield remark(*first, "asked", count=len(headings), words=headings)
    left = sorted(set(cells.all_cells()) - sheet.used - sheet.decoration)
    if left:
        yield remark(sheet.sheet, *left[0], "left", count=len(left))


def _month_stated(sheets: Iterable[Sheet]) -> Month | None:
    """The one month that the titles of the sheets state; None where they state several."""
    found = {str(month): month for sheet in sheets if (month := sheet.month_above(_FIRST_ROWS))}
    return next(iter(found.values())) if len(found) == 1 else None


def _month_of(ours: Iterable[Grid]) -> Month | None:
    for grid in ours:
        if folded(grid.name) == folded(layout.SETTINGS_SHEET):
            for cells in grid.rows.values():
                items = sorted(cells.items())
                if len(items) > 1 and folded(str(items[0][1].value)) == "対象年月":
                    found = month_in_cell(items[1][1], grid.date1904)
                    return found if isinstance(found, Month) else None
    return None


def _clients(ours: Iterable[Grid]) -> frozenset[str]:
    for grid in ours:
        if table_in(grid) == layout.CLIENTS.sheet:
            heading, column = _heading(grid, layout.NAME.heading)
            cells = [grid.rows[row].get(column) for row in grid.rows if row > heading]
            return frozenset(of_person(str(c.value)) for c in cells if c and c.kind is Kind.TEXT)
    return frozenset()


def _heading(grid: Grid, word: str) -> tuple[int, int]:
    for row in sorted(grid.rows)[:15]:
        for column, cell in grid.rows[row].items():
            if folded(str(cell.value)) == word:
                return row, column
    return 0, 0


def _names_in(sheets: Iterable[SheetRead]) -> frozenset[str]:
    """The clients: those of a list of clients, else those of whom there are records."""
    pieces = [piece for sheet in sheets for piece in sheet.pieces if "name" in piece.fields]
    listed = [piece for piece in pieces if piece.table == "clients"] or [p for p in pieces if len(p.fields) > _FEW]
    cells = [piece.fields["name"].cell for piece in listed]
    return frozenset(of_person(str(cell.value)) for cell in cells if cell and cell.kind is Kind.TEXT)


def _all_read(sheets: Iterable[Sheet], around: Around) -> list[SheetRead]:
    return [found for sheet in sheets if (found := _best(sheet, around)) is not None]
