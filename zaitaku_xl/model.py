"""What happened: the office's records as typed, each value knowing the cell it came from.

Nothing here knows what is asked. A value is None when its cell is blank *or* unreadable; ``row.unread`` tells the two
apart, and ``row.columns`` tells a blank cell from a column that the sheet does not have.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Protocol

from zaitaku_xl.sentence import Sentence


class Place(StrEnum):
    """提供区分: how the day was used."""

    ATTEND = "通所"
    HOME = "在宅"
    VISIT = "訪問"
    OUTSIDE = "施設外"  # 施設外支援
    OUTSIDE_WORK = "施設外就労"  # in a group with staff: a day of use like 通所
    ABSENT = "欠席"
    OFF = "休"

    is_use: bool  # a day of use (利用日) for the day count and for the monthly evaluation


for _place in Place:  # an attribute, not a look-up: asked for each row
    _place.is_use = _place not in (Place.ABSENT, Place.OFF)


class Method(StrEnum):
    """方法 of an evaluation or a contact; mail, chat and video are ICT."""

    VISIT = "訪問"
    ATTEND = "通所"
    PHONE = "電話"
    ICT = "ICT"
    OTHER = "その他"


class ContactKind(StrEnum):
    """連絡種別."""

    START = "開始確認"
    PROGRESS = "進捗確認"
    ADVICE = "助言"
    END = "終了確認"
    VISIT = "訪問"
    CONSULT = "相談"
    ABSENCE = "欠席連絡"
    OFFICE = "事務連絡"

    is_support: bool


for _kind in ContactKind:  # an attribute, not a look-up: asked for each contact
    _kind.is_support = _kind not in (ContactKind.ABSENCE, ContactKind.OFFICE)


class Service(StrEnum):
    """サービス種別."""

    TRANSITION = "就労移行支援"
    TYPE_A = "就労継続支援A型"
    TYPE_B = "就労継続支援B型"


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month (対象年月)."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return _month(day.year, day.month)

    @classmethod
    def all_of(cls, days: Iterable[date | None]) -> "frozenset[Month]":
        """Return the months of these days; one look at a day, however many there are."""
        return frozenset(cls(*key) for key in {(day.year, day.month) for day in days if day})

    @property
    def days(self) -> int:
        return (self.after.first - self.first).days

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def after(self) -> "Month":
        return _month(self.year + self.month // 12, self.month % 12 + 1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day.year, day.month) == (self.year, self.month)

    def __lt__(self, other: "Month") -> bool:
        return (self.year, self.month) < (other.year, other.month)

    @property
    def words(self) -> str:
        """As a person reads it: 令和8年1月; before 令和 by the western year."""
        if self < Month(2019, 5):
            return f"{self.year}年{self.month}月"
        era = self.year - 2018
        return f"令和{'元' if era == 1 else era}年{self.month}月"

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@lru_cache(maxsize=1024)
def _month(year: int, month: int) -> Month:
    return Month(year, month)


@dataclass(slots=True)
class Row:
    """Where a record stands. Columns count from 1 and are shared by all rows of a sheet."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    unread: Mapping[str, Sentence] = field(default_factory=dict)  # field -> why its cell could not be read
    numbers: Mapping[str, int] | None = None  # 設定 only: every field has a row of its own
    places: Mapping[str, tuple[str, int, int]] | None = None  # of a row put together from an office's own sheets

    def at(self, name: str) -> tuple[int, int] | None:
        """Return row and column of a field's cell, None where the sheet has no such column."""
        place = self.place(name)
        return place[1:] if place else None

    def place(self, name: str) -> tuple[str, int, int] | None:
        """Return sheet, row and column of a field's cell, None where no sheet has such a column.

        A field that an office's own sheets leave blank stands where the row does.
        """
        column = self.columns.get(name)
        if column is None:
            return None
        if self.places is not None:
            return self.places.get(name)
        return self.sheet, (self.numbers.get(name, self.number) if self.numbers else self.number), column

    def clear_of(self, *fields: str) -> bool:
        """True when none of these cells was unreadable."""
        return not self.unread or not any(name in self.unread for name in fields)


@dataclass(slots=True)
class Record:
    """One row of a table: whose it is and where it stands."""

    row: Row
    name: str | None = None  # 氏名 as typed
    number: str | None = None  # 受給者証番号


@dataclass(slots=True)
class Office(Record):
    """設定."""

    month: Month | None = None
    office_number: str | None = None
    office_name: str | None = None
    aliases: tuple[str, ...] = ()  # 事業所の別名
    service: Service | None = None
    designator: str | None = None
    capacity: float | None = None
    week_start: int = 0  # as date.weekday(): 0 Monday, 6 Sunday
    open_weekdays: frozenset[int] | None = None
    home_in_rules_on: date | None = None
    emergency_flow_on: date | None = None
    served_from: int | None = None  # minutes
    served_to: int | None = None
    unit_price: float | None = None
    complaint_contact: str | None = None
    third_party_review_on: date | None = None
    readings: Mapping[str, str] = field(default_factory=dict)  # the choice made in 設定


@dataclass(slots=True)
class Client(Record):
    """利用者台帳."""

    kana: str | None = None
    born: date | None = None
    town: str | None = None
    service: Service | None = None
    decided_from: date | None = None
    decided_to: date | None = None
    contracted: str | None = None
    allowance: float | None = None  # days a month; None: 原則の日数
    special_from: date | None = None
    special_to: date | None = None
    special_days: float | None = None
    other_office_days: float | None = None
    used_from: date | None = None
    used_to: date | None = None
    standard_until: date | None = None
    extended_until: date | None = None
    arrival_minutes: float | None = None
    arrival_means: str | None = None
    arrival_checked_on: date | None = None
    outside_total: float | None = None

    def holds(self, day: date) -> bool:
        """True where the day lies inside both periods as far as they are typed: 支給決定, and use of the office."""
        return self.begins <= day <= min(self.decided_to or date.max, self.used_to or date.max)

    @property
    def begins(self) -> date:
        return max(self.decided_from or date.min, self.used_from or date.min)


@dataclass(slots=True)
class Approval(Record):
    """在宅承認: one term for which the municipality approved home use."""

    office: str | None = None
    start: date | None = None
    end: date | None = None
    decided_on: date | None = None
    stamp: str | None = None
    assessed_on: date | None = None
    applied_on: date | None = None
    consented_on: date | None = None
    planned_on: date | None = None
    menu: str | None = None
    renewal_filed_on: date | None = None
    transition: bool | None = None  # 経過措置
    next_renewal_on: date | None = None


@dataclass(slots=True)
class Plan(Record):
    """予定."""

    day: date | None = None
    place: Place | None = None
    slot: str | None = None
    reason: str | None = None


CONTACT_SLOTS = 9
SLOTS = range(1, CONTACT_SLOTS + 1)  # 連絡1 to 連絡9


@dataclass(slots=True)
class Contact(Record):
    """連絡n of a row of the daily log; ``field("time")`` names its column in the row."""

    slot: int = 0  # from 1
    time: int | None = None  # minutes since midnight
    method: Method | None = None
    kind: ContactKind | None = None
    content: str | None = None
    staff: str | None = None
    unread: bool = False  # one of its cells could not be read

    @property
    def is_plain(self) -> bool:
        """True where it leaves no question: of a support kind, with time, content and staff, every cell readable."""
        complete = self.time and self.content and self.staff and not self.unread
        return bool(complete and self.kind and self.kind.is_support)

    def field(self, part: str) -> str:
        return f"contact{self.slot}.{part}"


@dataclass(slots=True)
class Entry(Record):
    """日報: one row of the daily log."""

    day: date | None = None
    weekday: str | int | None = None  # as typed; 0 Monday where it could be read
    place: Place | None = None
    place_typed: str | None = None
    home_place: str | None = None
    start: int | None = None
    end: int | None = None
    break_start: int | None = None
    break_end: int | None = None
    start_confirmed: str | None = None
    end_confirmed: str | None = None
    training: str | None = None
    support: str | None = None
    condition: str | None = None
    contacts: tuple[Contact, ...] = ()
    plain_times: tuple[int, ...] = ()  # their times, in order, each once; none unless every one ``is_plain``
    recorder: str | None = None
    client_confirmed: str | None = None
    ride_to: bool | None = None
    ride_back: bool | None = None
    meal: bool | None = None
    visit_support: str | None = None
    outside: bool | None = None
    transition_support: bool | None = None
    commute_training: bool | None = None
    medical: bool | None = None
    trial: bool | None = None
    emergency: bool | None = None
    question: str | None = None
    answer: str | None = None
    reason: str | None = None
    remark: str | None = None


@dataclass(slots=True)
class Review(Record):
    """An evaluation held: what a weekly and a monthly one share."""

    done_on: date | None = None
    method: Method | None = None
    method_typed: str | None = None
    achievement: str | None = None
    reviewer: str | None = None


@dataclass(slots=True)
class WeekReview(Review):
    """週評価."""

    period_from: date | None = None
    period_to: date | None = None
    content: str | None = None
    confirmer: str | None = None


@dataclass(slots=True)
class MonthReview(Review):
    """月評価."""

    month: Month | None = None
    place: str | None = None
    goal: str | None = None
    issue: str | None = None
    continuing: str | None = None
    client_confirmed: str | None = None
    exception: str | None = None  # 例外理由


@dataclass(slots=True)
class Absence(Record):
    """欠席時対応."""

    day: date | None = None
    told_on: date | None = None
    told_at: int | None = None
    told_by: str | None = None
    staff: str | None = None
    reason: str | None = None
    advice: str | None = None
    method: Method | None = None
    next_on: date | None = None
    claimed: bool | None = None


@dataclass(slots=True)
class OtherService(Record):
    """他サービス."""

    day: date | None = None
    kind: str | None = None
    start: int | None = None
    end: int | None = None
    payer: str | None = None  # 給付, 事業所


@dataclass(slots=True)
class CalendarDay(Record):
    """営業日."""

    day: date | None = None
    open: bool | None = None
    reason: str | None = None


@dataclass(slots=True)
class ChecklistItem(Record):
    """チェックリスト."""

    day: date | None = None
    area: str | None = None
    item: str | None = None
    rating: float | None = None
    note: str | None = None
    reviewer: str | None = None


@dataclass(slots=True)
class Loan(Record):
    """貸与機器."""

    item: str | None = None
    item_number: str | None = None
    lent_on: date | None = None
    returned_on: date | None = None
    remark: str | None = None


@dataclass(slots=True)
class RecordLine(Record):
    """One day of a サービス提供実績記録票 that the workbook already holds."""

    day: date | None = None
    status: str | None = None  # サービス提供の状況
    start: int | None = None
    end: int | None = None
    remark: str | None = None


@dataclass(slots=True, frozen=True)
class ClaimLine:
    """One day of a claim file (J611 detail record)."""

    number: str  # 受給者証番号
    day: date | None
    start: int | None
    end: int | None
    remark: str | None
    is_absence: bool  # サービス提供の状況 8: only 欠席時対応加算
    office: str = ""  # 事業所番号 without leading zeros


class Unplaced(Protocol):
    """Rows that nobody can place for certain."""

    def within(self, first: date, last: date) -> Record | None:
        """Return one that may speak of a day from *first* to *last*."""


@dataclass(slots=True)
class Person:
    """All records of one client. ``client`` is None for somebody who is in 日報 but not in 利用者台帳."""

    name: str
    client: Client | None = None
    ambiguous: bool = False  # shares a name with another client and the rows do not carry 受給者証番号
    clients: list[Client] = field(default_factory=list)  # of 利用者台帳: a row a period; ``client`` is the first
    namesakes: "tuple[Person, ...]" = ()  # of the same name, who cannot be told apart in every row
    likely: "tuple[Person, ...]" = ()  # in 日報 alone: those of 利用者台帳 who may be meant
    loose: Mapping[str, Unplaced] = field(default_factory=dict)  # by table: rows that may be theirs
    entries: list[Entry] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    week_reviews: list[WeekReview] = field(default_factory=list)
    month_reviews: list[MonthReview] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    services: list[OtherService] = field(default_factory=list)
    checklist: list[ChecklistItem] = field(default_factory=list)
    loans: list[Loan] = field(default_factory=list)
    record_lines: list[RecordLine] = field(default_factory=list)
    unread: list[tuple[str, Record]] = field(default_factory=list)  # those with a cell that could not be read

    def client_on(self, day: date) -> Client | None:
        """Return the row of 利用者台帳 that holds the day; none holding it, the last that begins before, else the first."""
        if len(self.clients) < 2:
            return self.client
        holding = [row for row in self.clients if row.holds(day)]
        before = [row for row in self.clients if row.begins <= day]
        return max(holding or before or self.clients[:1], key=lambda row: row.begins)

    def tables(self) -> Iterator[tuple[str, list[Record]]]:
        """Yield the key and the records of each table that has any."""
        if self.clients:
            yield "clients", list(self.clients)
        for table, records in zip(PERSONAL, _personal(self), strict=True):
            if records:
                yield table, records


@dataclass(slots=True, frozen=True)
class Orphan:
    """A row of somebody who is neither in 利用者台帳 nor in 日報."""

    table: str
    record: Record
    likely: tuple[Person, ...]  # those who may be meant


PERSONAL = (
    "entries",
    "approvals",
    "plans",
    "week_reviews",
    "month_reviews",
    "absences",
    "services",
    "checklist",
    "loans",
    "record_lines",
)
_personal = attrgetter(*PERSONAL)


@dataclass(slots=True)
class Remark(Record):
    """What a person should know of how a sheet was read. It stands where ``row`` says, under 「day」."""

    kind: str = (
        ""  # month, headings, beside, copy, example, heading, total, hidden_rows, hidden_columns, hidden_sheet, words
    )
    table: str = ""  # key of the table the sheet was read as
    count: int = 0
    months: tuple[Month, ...] = ()
    rows: frozenset[int] = frozenset()  # numbers of the rows meant
    fields: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Log:
    """A workbook's records. ``missing`` names tables ("week_reviews") and columns ("entries.training") it lacks."""

    office: Office
    people: tuple[Person, ...]
    calendar: tuple[CalendarDay, ...] = ()
    strays: tuple[tuple[str, Record], ...] = ()  # rows with content but no readable 氏名, with their table
    respelt: tuple[tuple[str, Record], ...] = ()  # for each other way of writing a client's name its first row
    orphans: tuple[Orphan, ...] = ()
    named_above: tuple[
        tuple[str, int, Record], ...
    ] = ()  # table, count and first of the rows with the name of one above
    missing: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()  # tables of ``missing`` whose sheet is there, with headings and no row
    headless: frozenset[str] = frozenset()  # tables of ``missing`` whose sheet is there, without a row of headings
    filled: frozenset[str] = frozenset()  # columns ("entries.meal") with something in any row, and "kind 欠席連絡"
    remarks: tuple[Remark, ...] = ()  # how the sheets were read, where that is worth a word
    names: Mapping[str, str] = field(default_factory=dict)  # "entries" -> 日報, "entries.training" -> 訓練内容

    def holds_any(self, columns: tuple[str, ...]) -> bool:
        """True when one of these columns holds something; no columns is always true."""
        return not columns or not self.filled.isdisjoint(columns)

    def lacks(self, needed: tuple[str, ...]) -> bool:
        """True when a needed table or column ("entries.training") is not in the workbook."""
        return not self.missing.isdisjoint(_with_tables(needed))


@lru_cache(maxsize=256)  # each rule needs the same in every workbook
def _with_tables(needed: tuple[str, ...]) -> frozenset[str]:
    return frozenset((*needed, *(name.partition(".")[0] for name in needed)))
