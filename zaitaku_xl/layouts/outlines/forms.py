"""Forms: labels with their answers beside them, one form a sheet, or several one under the other or side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.cells import Cell, Kind, Position
from zaitaku_xl.layouts.answers import field_of, key_of_heading
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.context import without_politeness
from zaitaku_xl.layouts.dating import cell_of, day_in
from zaitaku_xl.layouts.headings import meanings, titled
from zaitaku_xl.layouts.pieces import FieldRead, Piece, Placed, SheetRead
from zaitaku_xl.layouts.ranges import two_days
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.layouts.table_heads import is_known
from zaitaku_xl.layouts.ticks import ticked_before, ticked_in
from zaitaku_xl.model import Month

_FEWEST = 4  # labels with an answer: fewer are the head of a table
_AT_HOME = re.compile("在宅|居宅|自宅|利用者宅|テレワーク|リモート")
_ELSEWHERE = re.compile("通所|来所|センター|施設内")
_MONTHLY = re.compile("達成度評価|妥当性|月.{0,4}評価|評価.{0,3}[(（]月")
_WEEKLY = re.compile("評価|振り返り")
_PERIOD = re.compile("対象期間|対象週|評価期間|週")
_RANGE = re.compile(r"[～〜~－–—]|から")
_OUTLINES = {
    "entries": "1日1枚の様式",
    "week_reviews": "週の評価の様式",
    "month_reviews": "月の評価の様式",
    "office": "事業所の情報",
}
_DATES = frozenset(("day", "done_on", "home_in_rules_on", "emergency_flow_on", "third_party_review_on"))
_A_DATE = re.compile(r"(?:令和|平成|R|H)?\.?\s*(?:元|\d{1,4})\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}日?")


def read(sheet: Sheet, around: Around) -> SheetRead | None:
    """Return what the forms of a sheet say; None where it holds no form that is understood."""
    if "unrelated" in titled(sheet.name):
        return None
    result: SheetRead | None = None
    for form in _forms(sheet):
        made = _Reader(sheet=sheet, form=form, around=around)
        table = made.table
        if table is None:
            continue
        pieces = list(made.pieces())
        if result is None:
            result = SheetRead(sheet=sheet.name, outline=_OUTLINES[table])
        result.pieces += pieces
        result.used |= made.used
        result.fields += made.fields
        result.decoration |= made.decoration - made.used
    return result


@dataclass(frozen=True, slots=True)
class _Form:
    """The part of a sheet that one form takes."""

    first: int
    last: int
    left: int
    right: int
    head: int  # the row in which its labels begin: what stands above is its title


def _forms(sheet: Sheet) -> Iterator[_Form]:
    """Yield the forms of a sheet: each begins above the label of a name; without one the whole sheet is one."""
    anchors = [at for at in sheet.all_cells() if _is_name_label(sheet, *at)]
    last, widest = sheet.rows[-1], 16_384
    if not anchors:
        yield _Form(1, last, 1, widest, sheet.rows[0])
        return
    lefts = sorted({column for _, column in anchors})
    bands = [left for left in lefts if sum(column == left for _, column in anchors) * 2 >= len(anchors) / len(lefts)]
    side_by_side = any(sum(row == other for other, _ in anchors) > 1 for row, _ in anchors)
    if not side_by_side:
        bands = [1]
    for place, left in enumerate(bands):
        right = bands[place + 1] - 1 if place + 1 < len(bands) else widest
        rows = sorted({row for row, column in anchors if left <= column <= right})
        starts = [_title_of(sheet, row, rows[number - 1] if number else 0) for number, row in enumerate(rows)]
        for number, row in enumerate(rows):
            end = starts[number + 1] - 1 if number + 1 < len(rows) else last
            yield _Form(starts[number], end, left if side_by_side else 1, right, row)


def _is_name_label(sheet: Sheet, row: int, column: int) -> bool:
    words = sheet.words(row, column).rstrip(":：")
    if len(words) > 14 or meanings(words, "entries") != ("name",):
        return False
    beside = column + sheet.width(row, column)
    following = sheet.words(row, beside)
    return not is_known(following) if following else sheet.width(row, beside) > 1


def _title_of(sheet: Sheet, row: int, after: int) -> int:
    """The first row of what stands above a label without a gap, and that is no part of the form before."""
    first = row
    while first - 1 > after and first - 1 in sheet.grid.rows and _is_title(sheet, first - 1):
        first -= 1
    return first


def _is_title(sheet: Sheet, row: int) -> bool:
    cells = list(sheet.cells(row))
    if not cells:
        return False
    first = sheet.words(row, cells[0][0])
    return not any(meanings(first, table) for table in ("entries", "contacts_of_day")) or len(cells) == 1


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads one form."""

    sheet: Sheet
    form: _Form
    around: Around
    used: set[Position] = field(default_factory=set)
    decoration: set[Position] = field(default_factory=set)
    fields: list[FieldRead] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        return self.sheet.between(self.form.first, self.form.last)

    def _cells(self, row: int) -> list[tuple[int, Cell]]:
        return [(c, cell) for c, cell in self.sheet.cells(row) if self.form.left <= c <= self.form.right]

    @property
    def title(self) -> str:
        above = [row for row in self.rows if row < self.form.head] or self.rows[:1]
        return "".join(self.sheet.words(row, column) for row in above for column, _ in self._cells(row))

    @property
    def month(self) -> Month | None:
        return (
            self.sheet.month_above(self.form.head, self.form.first)
            or self.sheet.month_above(self.form.head)
            or (self.around.month)
        )

    @property
    def table(self) -> str | None:
        """Which form it is, by its title and its labels; None where it is none."""
        words = " ".join(self.sheet.words(row, column) for row in self.rows for column, _ in self._cells(row)[:1])
        title = f"{self.sheet.name} {self.title}"
        tables = ["entries"]
        if _MONTHLY.search(title) or "妥当性" in words:
            tables.insert(0, "month_reviews")
        elif _WEEKLY.search(title) and _PERIOD.search(title + self._labels()):
            tables.insert(0, "week_reviews")
        tables.append("office")
        for table in tables:
            answers = self._answers(table)
            if len(answers) >= _FEWEST and _is_complete(table, answers.keys()):
                return table
        return None

    def _labels(self) -> str:
        return " ".join(self.sheet.words(row, column) for row in self.rows for column, _ in self._cells(row))

    def _field(self, words: str, table: str) -> str | None:
        """The field of a label; of a form of a day the contacts in one cell come first."""
        words = words.rstrip(":：")
        if len(words) < 2 or len(words) > 30:  # 月 and 日 stand between the parts of a date
            return None
        if answer := self.around.answers.get(key_of_heading(words)):
            return field_of(answer, table)
        if table == "entries" and (found := meanings(words, "contacts_of_day")):
            return found[0]
        common = [name for name in meanings(words, "entries") if name in ("name", "number")]
        found = tuple(common) if common and table != "office" else meanings(words, table)
        return found[0] if found else None

    def _answers(self, table: str) -> dict[str, tuple[Position, list[Position]]]:
        """Each field with its label and the cells of its answer: those up to the next label, else the blank one beside it."""
        found: dict[str, tuple[Position, list[Position]]] = {}
        for row in self.rows:
            if row < self.form.head and table != "office":
                continue
            label: tuple[str, Position] | None = None
            its: list[Position] = []
            for column, _ in self._cells(row):
                name = (
                    self._field(self.sheet.words(row, column), table)
                    if self._may_be_label(row, column, label)
                    else None
                )
                if name is not None and name not in found and (label is None or its or name != label[0]):
                    self._close(found, label, its)
                    label, its = (name, (row, column)), []
                elif label is not None:
                    its.append((row, column))
            self._close(found, label, its)
        return found

    def _may_be_label(self, row: int, column: int, label: tuple[str, Position] | None) -> bool:
        """Right beside a label stands its answer, unless there is a cell for one between them."""
        cell = self.sheet.own(row, column)
        if cell is None or cell.kind is not Kind.TEXT:
            return False
        if label is None:
            return True
        (_, (_, at)) = label
        return column > at + self.sheet.width(row, at)

    def _close(
        self,
        found: dict[str, tuple[Position, list[Position]]],
        label: tuple[str, Position] | None,
        its: list[Position],
    ) -> None:
        if label is None:
            return
        name, at = label
        beside = (at[0], at[1] + self.sheet.width(*at))
        below = (at[0] + 1, at[1])
        if not its and self.sheet.own(*below) is not None and self.sheet.width(*at) > 3:
            its = [below]  # the answer stands below a label that takes the whole line
        found[name] = (at, its or [beside])

    # ---- pieces

    def pieces(self) -> Iterator[Piece]:
        table = self.table
        assert table is not None
        answers = self._answers(table)
        for name, (label, cells) in answers.items():
            self.used |= {label, *cells}
            at = (self.sheet.name, *label)
            words = self.sheet.words(*label)
            self.fields.append(FieldRead(table=table, field=name, words=words, at=at, witness="見出しと内容"))
        top = min((label for label, _ in answers.values()), default=(self.form.head, 1))[0]
        self.decoration |= {(row, column) for row in self.rows for column, _ in self._cells(row) if row < top}
        placed = {name: self._value(name, cells) for name, (_, cells) in answers.items()}
        if all(value.cell is None for name, value in placed.items() if name not in ("name", "number", "service")):
            return  # a blank form
        make = {"entries": self._day, "office": self._office}.get(table)
        if make is not None:
            yield from make(placed)
        else:
            yield self._review(table, placed)

    def _value(self, name: str, cells: list[Position]) -> Placed:
        first = cells[0]
        at = (self.sheet.name, *first)
        held = [cell for position in cells if (cell := self.sheet.own(*position)) is not None]
        if not held:
            return Placed(None, at)
        if name == "method":
            return Placed(self._ticked(held), at)
        if name in _DATES:
            return Placed(self._date(held), at)
        if name == "name":
            words = without_politeness(shown(held[0]))
            return Placed(Cell(Kind.TEXT, words), at)
        if len(held) > 1 and name not in ("number", "office_number"):
            return Placed(Cell(Kind.TEXT, "".join(shown(cell) for cell in held)), at)
        return Placed(held[0], at)

    def _date(self, cells: list[Cell]) -> Cell:
        if len(cells) == 1:
            day = day_in(cells[0], self.month, self.sheet.grid.date1904)
            if day is None and cells[0].kind is Kind.TEXT and (match := _A_DATE.search(str(cells[0].value))):
                day = day_in(Cell(Kind.TEXT, match.group()), self.month)
            return cell_of(day) if day else cells[0]
        words = "".join(shown(cell) for cell in cells)
        day = day_in(Cell(Kind.TEXT, folded(words)), self.month)
        return cell_of(day) if day else Cell(Kind.TEXT, words)

    def _ticked(self, cells: list[Cell]) -> Cell | None:
        ticked = ticked_before(cells) if len(cells) > 1 else ticked_in(shown(cells[0]))
        if ticked is None:
            return cells[0] if len(cells) == 1 else Cell(Kind.TEXT, "".join(shown(cell) for cell in cells))
        return Cell(Kind.TEXT, "・".join(ticked)) if ticked else None

    def _day(self, placed: dict[str, Placed]) -> Iterator[Piece]:
        fields = dict(placed)
        for name, into in (("hours", "start"), ("break_hours", "break_start")):
            if name in fields:
                fields[into] = fields.pop(name)
        method = fields.pop("method", None)
        contacts = fields.pop("contacts", None)
        if contacts is not None:
            fields["contact1.time"] = Placed(None, contacts.at)
            fields["contact1.content"] = contacts
            if method is not None:
                fields["contact1.method"] = method
            if "recorder" in fields:
                fields["contact1.staff"] = fields["recorder"]
            fields.setdefault("support", contacts)
        if "place" not in fields and _AT_HOME.search(self.title) and not _ELSEWHERE.search(self.title):
            row = next((row for row in self.rows if row < self.form.head), self.rows[0])
            column = self._cells(row)[0][0]
            fields["place"] = Placed(Cell(Kind.TEXT, "在宅"), (self.sheet.name, row, column))
        yield Piece("entries", fields)

    def _review(self, table: str, placed: dict[str, Placed]) -> Piece:
        fields = dict(placed)
        if (period := fields.pop("period", None)) is not None:
            done = day_in(fields["done_on"].cell, None) if "done_on" in fields else None
            both = two_days(period.cell, self.month or (Month.of(done) if done else None))
            fields["period_from"] = Placed(both[0] if both else period.cell, period.at)
            fields["period_to"] = Placed(both[1] if both else None, period.at)
        if (
            table == "month_reviews"
            and "month" not in fields
            and (month := self.sheet.month_above(self.form.head, self.form.first))
        ):
            fields["month"] = Placed(
                cell_of(month.first), (self.sheet.name, self.rows[0], self._cells(self.rows[0])[0][0])
            )
        return Piece(table, fields)

    def _office(self, placed: dict[str, Placed]) -> Iterator[Piece]:
        fields = dict(placed)
        if (hours := fields.pop("served_hours", None)) is not None and hours.cell is not None:
            parts = _RANGE.split(shown(hours.cell))
            if len(parts) == 2:
                fields["served_from"] = Placed(Cell(Kind.TEXT, parts[0].strip()), hours.at)
                fields["served_to"] = Placed(Cell(Kind.TEXT, parts[1].strip()), hours.at)
        if (days := fields.get("open_weekdays")) is not None and days.cell is not None:
            fields["open_weekdays"] = Placed(Cell(Kind.TEXT, weekdays_of(shown(days.cell))), days.at)
        yield Piece("office", fields)


def _is_complete(table: str, names: object) -> bool:
    has = set(names)  # type: ignore[call-overload]
    if table == "entries":
        return "day" in has and bool(has & {"contacts", "training", "support"})
    if table == "office":
        return "name" not in has and len(has & {"office_name", "office_number", "capacity", "complaint_contact"}) >= 2
    return bool(
        has & {"done_on", "name"}
    )  # its title has told what it is: what lacks is open, and no form is passed over


_WEEK = "月火水木金土日"


def weekdays_of(words: str) -> str:
    """Return 月～金 as the days it means.

    >>> weekdays_of("月～金"), weekdays_of("月曜日から土曜日（祝日を除く）"), weekdays_of("月・水・金")
    ('月火水木金', '月火水木金土', '月水金')
    """
    typed = re.sub(r"[（(].*?[）)]|曜日?", "", folded(words))
    match = re.match(rf"^([{_WEEK}])(?:[～〜~－\-ー–—]|から)([{_WEEK}])$", typed)
    if not match:
        return re.sub("[・、,/]", "", typed)
    first, last = map(_WEEK.index, match.groups())
    return _WEEK[first : last + 1]
