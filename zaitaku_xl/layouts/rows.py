"""The rows of a table made into pieces: what each says of whom and of which day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from zaitaku_xl.book.filling_down import is_ditto
from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.layouts.answers import key_of_heading
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.context import Context, context_of, without_politeness
from zaitaku_xl.layouts.dating import day_in, whole_day
from zaitaku_xl.layouts.headings import meanings
from zaitaku_xl.layouts.mapping import Mapped
from zaitaku_xl.layouts.pieces import CONTACT, FieldRead, Piece, Placed, SheetRead, Unknown
from zaitaku_xl.layouts.ranges import two_days
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.layouts.table_heads import Head

_NO_RECORD = re.compile(
    r"^[（(【\[〔※＊*]?(合計|小計|総計|月計|計|在宅計|通所計|記入例|記載例|例|見本|サンプル|注|備考|凡例|在宅日数|通所日数|利用日数)"
    r"|^[※＊*]|計$|日数$"
)
_DAYS = {
    "entries": "day",
    "contacts": "day",
    "kinds": "day",
    "plans": "day",
    "services": "day",
    "absences": "day",
    "week_reviews": "done_on",
    "month_reviews": "done_on",
}
_DATES = frozenset((
    "day", "done_on", "period_from", "period_to", "told_on", "next_on", "decided_from", "decided_to", "used_from", "used_to",
    "start_on", "decided_on", "applied_on", "consented_on", "planned_on", "assessed_on", "standard_until", "renewal_filed_on",
    "next_renewal_on",
))  # fmt: skip
_SPANS = {
    "decided_span": ("decided_from", "decided_to"),
    "approved_span": ("start", "end"),
    "period": ("period_from", "period_to"),
}
_HOURS = {"hours": "start", "break_hours": "break_start"}
_APPROVAL = frozenset((
    "office", "start", "end", "approved_span", "decided_on", "stamp", "assessed_on", "applied_on", "consented_on", "planned_on",
    "menu", "renewal_filed_on", "next_renewal_on",
))  # fmt: skip
_WHO_AND_WHEN = frozenset(("name", "number", "day", "weekday", "done_on"))
_METHOD_FIRST = re.compile(r"^[\s　]*([^\s　:：・、。]{1,10})[\s　:：・]+(\S.*)$", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Block:
    """A table of a sheet: its headings, how they read, and the rows it lies in; titles stand from *since* on."""

    head: Head
    mapped: Mapped
    since: int
    until: int


def pieces_of(sheet: Sheet, block: Block, around: Around, result: SheetRead) -> None:
    """Add what the rows of a table say to *result*, and which of its cells were used."""
    titles: set[tuple[int, int]] = set()
    context = context_of(sheet, block.since, block.head.first, around, titles)
    result.used |= titles
    for row in sheet.between(block.since, block.head.first - 1):
        result.decoration |= {(row, column) for column, _ in sheet.cells(row) if (row, column) not in result.used}
    _note_fields(sheet, block, around, result)
    result.questions += block.mapped.questions
    for heading, column in block.mapped.unknown.items():
        at = (sheet.name, *sheet.carrier(block.head.last, column))
        result.unknown.setdefault(heading, Unknown(at, sheet.samples(column, block.head.last)))
    rows = _Rows(sheet=sheet, block=block, context=context)
    result.pieces += rows.pieces(result)


def _note_fields(sheet: Sheet, block: Block, around: Around, result: SheetRead) -> None:
    head = block.head
    result.used |= {(row, column) for row in range(head.first, head.last + 1) for column, _ in sheet.cells(row)}
    for name, column in block.mapped.columns.items():
        at = (sheet.name, *sheet.carrier(head.last, column))
        words = head.heading(column)
        answered = key_of_heading(words) in around.answers
        witness = "答え" if answered else "見出しと内容" if block.mapped.contents[column].count else "見出し"
        result.fields.append(FieldRead(table=block.mapped.table, field=name, words=words, at=at, witness=witness))


@dataclass(slots=True, kw_only=True)
class _Rows:
    """Walks the rows of a table and remembers what the rows above say for those below."""

    sheet: Sheet
    block: Block
    context: Context
    name: Placed | None = None
    last_day: Placed | None = None
    above: dict[str, Cell] = field(default_factory=dict)
    dates_of_name: set[date] = field(default_factory=set)

    def pieces(self, result: SheetRead) -> Iterator[Piece]:
        columns = self.block.mapped.columns
        known = {*columns.values(), *self.block.mapped.unknown.values()}
        for row in self.sheet.between(self.block.head.last + 1, self.block.until):
            its = [(column, cell) for column, cell in self.sheet.cells(row)]
            if self._is_aside(row, its):
                result.decoration |= {(row, column) for column, _ in its}
                continue
            fields = self._fields(row)
            self._inherit(row, fields)
            result.used |= {(row, column) for column, _ in its if column in known}
            result.decoration |= {(row, column) for column, _ in its if column in self.block.mapped.ignored}
            if self._says_something(fields):
                yield from self._made(fields)

    def _is_aside(self, row: int, its: list[tuple[int, Cell]]) -> bool:
        """A total, a note, an example, the headings once more: no record."""
        first = folded(shown(its[0][1])) if its else ""
        if _NO_RECORD.search(first) and self._day(row) is None:
            return True
        if re.match(r"^[（(【\[〔]?(記入例|記載例|入力例|見本|サンプル)", first):
            return True
        if any(
            re.fullmatch(r"[（(【\[〔]?(記入例|記載例|例|見本)[）)】\]〕]?", folded(shown(cell))) for _, cell in its
        ):
            return True
        columns = set(self.block.mapped.columns.values())
        mine = [column for column, _ in its if column in columns]
        if not mine and self._day(row) is None:
            return True
        return len(its) == 1 and self._day(row) is None and self.sheet.width(row, its[0][0]) > 2

    def _day(self, row: int) -> date | None:
        column = self.block.mapped.columns.get(_DAYS.get(self.block.mapped.table, ""))
        if column is None:
            return None
        return day_in(self.sheet.at(row, column), self.context.month, self.sheet.grid.date1904)

    def _fields(self, row: int) -> dict[str, Placed]:
        found: dict[str, Placed] = {}
        for name, column in self.block.mapped.columns.items():
            merged = name in _WHO_AND_WHEN
            cell = self.sheet.at(row, column) if merged else self.sheet.own(row, column)
            at = (self.sheet.name, *(self.sheet.carrier(row, column) if merged else (row, column)))
            if is_ditto(cell):
                cell, at = self.above.get(name), (self.sheet.name, row, column)
            elif cell is not None:
                self.above[name] = cell
            if cell is not None and name in _DATES:
                cell = whole_day(cell, self.context.month, self.sheet.grid.date1904)
            found[name] = Placed(cell, at)
        for heading, column in self.block.mapped.unknown.items():
            if (cell := self.sheet.own(row, column)) is not None:
                found[heading] = Placed(cell, (self.sheet.name, row, column))
        return found

    def _inherit(self, row: int, fields: dict[str, Placed]) -> None:
        """A name written once for the rows below it; a day written once for its contacts; what stands above the table."""
        name = fields.get("name")
        if name is None or name.cell is None:
            if self.context.name is not None and "name" not in self.block.mapped.columns:
                fields["name"] = self.context.name
            elif self.name is not None and self._goes_on(row):
                fields["name"] = Placed(self.name.cell, self.name.at)
            elif self.context.name is not None:
                fields["name"] = self.context.name
        else:
            polite = without_politeness(shown(name.cell))
            fields["name"] = Placed(Cell(Kind.TEXT, polite), name.at) if name.cell.kind is Kind.TEXT else name
            if self.name is None or folded(shown(self.name.cell)) != folded(polite):  # type: ignore[arg-type]
                self.dates_of_name = set()
            self.name = fields["name"]
        if self.context.number is not None and "number" not in fields:
            fields["number"] = self.context.number
        when = _DAYS.get(self.block.mapped.table)
        if when is None:
            return
        day = fields.get(when)
        if day is None and self.context.day is not None and when == "day":
            fields[when] = self.context.day
        elif day is not None and day.cell is None and self.last_day is not None and self._is_list_of_contacts():
            fields[when] = self.last_day
        elif day is not None and day.cell is not None:
            self.last_day = day
            if found := day_in(day.cell, None):
                self.dates_of_name.add(found)

    def _goes_on(self, row: int) -> bool:
        """Whether a row without a name goes on with the one above: its date comes later, or it is a list of contacts."""
        day = self._day(row)
        return self._is_list_of_contacts() or (
            day is not None and (not self.dates_of_name or day > max(self.dates_of_name))
        )

    def _is_list_of_contacts(self) -> bool:
        return self.block.mapped.table in ("contacts", "kinds") or "contact.time" in self.block.mapped.columns

    def _says_something(self, fields: dict[str, Placed]) -> bool:
        return any(placed.cell is not None for name, placed in fields.items() if name not in _WHO_AND_WHEN) or (
            self.block.mapped.table in ("week_reviews", "month_reviews") and fields["done_on"].cell is not None
        )

    # ---- what a row makes

    def _made(self, fields: dict[str, Placed]) -> Iterator[Piece]:
        table = self.block.mapped.table
        for name, into in _SPANS.items():
            if name in fields:
                self._split(fields, name, into)
        for name, other in _HOURS.items():
            if name in fields:
                fields[other] = fields.pop(name)
        if table == "clients":
            yield from _client(fields)
        elif table == "kinds":
            yield from self._by_kind(fields)
        elif table in ("entries", "contacts"):
            yield from self._day_of_log(fields)
        else:
            yield Piece(table, fields)

    def _split(self, fields: dict[str, Placed], name: str, into: tuple[str, str]) -> None:
        whole = fields.pop(name)
        both = two_days(whole.cell, self.context.month)
        for place, each in enumerate(into):
            fields.setdefault(each, Placed(both[place] if both else (whole.cell if place == 0 else None), whole.at))

    def _day_of_log(self, fields: dict[str, Placed]) -> Iterator[Piece]:
        whose: dict[str, Placed] = {name: fields[name] for name in ("name", "number", "day") if name in fields}
        contact = {name.partition(".")[2]: fields.pop(name) for name in list(fields) if name.startswith("contact.")}
        if any(placed.cell is not None for placed in contact.values()):
            yield Piece(CONTACT, whose | _directed(contact))
        for each in ("week_review", "month_review"):
            if (review := fields.pop(each, None)) is not None and review.cell is not None:
                yield _review(f"{each}s", review, fields)
        for name in [name for name in fields if name.endswith(".direction")]:
            fields.pop(name)
        if self.block.mapped.table == "entries" and any(
            placed.cell is not None for name, placed in fields.items() if name not in _WHO_AND_WHEN
        ):
            yield Piece("entries", fields)

    def _by_kind(self, fields: dict[str, Placed]) -> Iterator[Piece]:
        """A row that says of itself what it is: a contact, what was trained, how somebody was."""
        kind = fields.get("contact.kind")
        content = fields.get("contact.content")
        whose: dict[str, Placed] = {name: fields[name] for name in ("name", "number", "day") if name in fields}
        found = meanings(folded(shown(kind.cell)), "kinds") if kind and kind.cell else ()
        if found == ("contact",) or (not found and fields.get("contact.time") and fields["contact.time"].cell):
            contact = {name.partition(".")[2]: placed for name, placed in fields.items() if name.startswith("contact.")}
            contact.pop("kind", None)
            if "staff" not in contact and "recorder" in fields:
                contact["staff"] = fields["recorder"]
            if "method" not in contact and (method := _method_in(content, kind)) is not None:
                contact["method"] = method
            yield Piece(CONTACT, whose | _directed(contact))
        elif len(found) == 1 and content:
            more = {"recorder": fields["recorder"]} if "recorder" in fields else {}
            yield Piece("entries", whose | {found[0]: content} | more)
        else:
            yield Piece(
                "entries", whose | {shown(kind.cell) if kind and kind.cell else "種別": content or fields["name"]}
            )


def _directed(contact: dict[str, Placed]) -> dict[str, Placed]:
    """Who called whom is no field of the contract: the words of the contact say it, or nobody asks."""
    contact.pop("direction", None)
    return contact


_METHODS = re.compile(
    r"電話|TEL|チャット|Zoom|ＺＯＯＭ|zoom|ズーム|メール|LINE|ライン|Teams|Slack|Skype|Meet|ビデオ通話|オンライン|訪問|来所",
    re.IGNORECASE,
)


def _method_in(content: Placed | None, kind: Placed | None) -> Placed | None:
    """The way of a contact in its own words: 利用者から電話。"""
    for placed in (content, kind):
        if placed and placed.cell and placed.cell.kind is Kind.TEXT:
            found = set(_METHODS.findall(str(placed.cell.value)[:20]))
            if len(found) == 1:
                return Placed(Cell(Kind.TEXT, found.pop()), placed.at)
    return None


def _client(fields: dict[str, Placed]) -> Iterator[Piece]:
    whose = {name: fields[name] for name in ("name", "number") if name in fields}
    approval = {name: placed for name, placed in fields.items() if name in _APPROVAL}
    client = {name: placed for name, placed in fields.items() if name not in _APPROVAL}
    if len(client) > len(whose):
        yield Piece("clients", client)
    if approval:
        yield Piece("approvals", {"name": fields["name"]} | approval)


def _review(table: str, review: Placed, fields: dict[str, Placed]) -> Piece:
    """An evaluation in a column of the log: held on that day; a way in front of the words is its method."""
    made: dict[str, Placed] = {name: fields[name] for name in ("name", "number") if name in fields}
    made["done_on"] = Placed(fields["day"].cell, review.at) if "day" in fields else review
    words = shown(review.cell) if review.cell else ""
    first = _METHOD_FIRST.match(words)
    if first and (_METHODS.fullmatch(first[1]) or first[1] in ("通所", "訪問", "対面", "面談", "来所")):
        made["method"] = Placed(Cell(Kind.TEXT, first[1]), review.at)
        words = first[2]
    else:
        made["method"] = Placed(None, review.at)
    name = "content" if table == "week_reviews" else "goal"
    made[name] = Placed(Cell(Kind.TEXT, words), review.at)
    made["reviewer"] = fields["recorder"] if "recorder" in fields else Placed(None, review.at)
    return Piece(table, made)
