"""What a defect is: one change to a clean month, where it was made, and what must come of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from tests.clean_years.books import Book, Row, as_xlsx
from tests.clean_years.office import Office, book_of, new_client, term, year_of

TOWN, SERVICE = "長崎市", "就労継続支援B型"
TRAINING = "就労移行支援"  # the checklist, loans and the handbook are asked there alone
MONTH = date(2026, 1, 1)


@dataclass
class Place:
    """Where the change was made. A finding that speaks of any part of it has noticed it."""

    sheet: str | None = None
    row: int | None = None
    client: str | None = None
    day: date | None = None
    whole_book: bool = False  # any finding will do


@dataclass
class Case:
    """A clean workbook to be spoilt once. ``file`` is set where the change is to the file and not to the sheets."""

    book: Book
    rng: Random
    place: Place = field(default_factory=Place)
    file: tuple[str, bytes] | None = None
    file_before: tuple[str, bytes] | None = None  # what it is compared with

    @property
    def client(self) -> str:
        """The one to whom it happens."""
        return str(self.book["利用者台帳"][1]["氏名"])

    @property
    def other(self) -> str:
        return str(self.book["利用者台帳"][2]["氏名"])

    def home(self, which: int | None = None) -> Row:
        """A day at home of the client, away from both ends of the month unless *which* tells it."""
        rows = [row for row in self.book.of_client("日報", self.client) if row["提供区分"] == "在宅"]
        return self.at("日報", rows[self.rng.randrange(4, len(rows) - 4) if which is None else which])

    def there(self, which: int = 1) -> Row:
        rows = [row for row in self.book.of_client("日報", self.client) if row["提供区分"] == "通所"]
        return self.at("日報", rows[which])

    def one(self, sheet: str, which: int = 0) -> Row:
        """A row of the client in another sheet."""
        return self.at(sheet, self.book.of_client(sheet, self.client)[which])

    def at(self, sheet: str, row: Row) -> Row:
        day = next((row[key] for key in ("日付", "実施日", "欠席日") if isinstance(row.get(key), date)), None)
        self.place = Place(sheet, self.book.sheets[sheet].number(row), row.get("氏名"), day)
        return row

    def setting(self, item: str, value: object) -> None:
        self.at("設定", self.book.setting(item))["値"] = value

    def add(self, sheet: str, row: Row) -> Row:
        self.book[sheet].append(row)
        return self.at(sheet, row)

    def remove(self, sheet: str, row: Row) -> None:
        """Take the row away; what is missing is looked for at the client and day."""
        self.at(sheet, row)
        rows = self.book.sheets[sheet].rows
        del rows[next(n for n, one in enumerate(rows) if one is row)]
        self.place = Place(None, None, self.place.client, self.place.day)

    def anywhere(self) -> None:
        self.place = Place(whole_book=True)

    def of_client(self) -> None:
        self.place = Place(client=self.client)

    def saved(self) -> tuple[str, bytes]:
        return self.file or ("在宅.xlsx", as_xlsx(self.book))


Change = Callable[..., None]
ALONE = "alone"  # the variant of a defect that has none: tried on two days


@dataclass(frozen=True)
class Defect:
    """*expects*: any of these must come, each 「rule」 or 「rule:weight」; without any, whatever names the place."""

    name: str
    change: Change
    expects: tuple[str, ...]
    variants: tuple[Any, ...]
    clause: str
    service: str

    @property
    def trials(self) -> Iterator["Trial"]:
        for number, variant in enumerate(self.variants or (ALONE, ALONE)):
            yield Trial(self, variant, number)


@dataclass(frozen=True)
class Trial:
    defect: Defect
    variant: Any
    number: int

    @property
    def name(self) -> str:
        return f"{self.defect.name}[{self.number if self.variant == ALONE else self.variant}]"

    def made(self) -> tuple[Case, Case]:
        """The clean case and the spoilt one."""
        clean = Case(clean_month(self.defect.service), Random(self.name))
        spoilt = Case(clean.book.copy(), Random(self.name))
        if self.variant == ALONE:
            self.defect.change(spoilt)
        else:
            self.defect.change(spoilt, self.variant)
        clean.file = spoilt.file_before
        return clean, spoilt


DEFECTS: dict[str, Defect] = {}


def defect(
    *expects: str, of: tuple[Any, ...] = (), clause: str = "8.1", service: str = SERVICE
) -> Callable[[Change], Change]:
    """List a defect: what must come, the variants in which it is tried, and the clause of the description."""

    def listed(change: Change) -> Change:
        assert change.__name__ not in DEFECTS, change.__name__
        DEFECTS[change.__name__] = Defect(
            name=change.__name__,
            change=change,
            expects=expects,
            variants=of,
            clause=clause,
            service=service,
        )
        return change

    return listed


@cache
def clean_month(service: str = SERVICE) -> Book:
    """January 2026 of three clients in 長崎市, with absences, a helper in the evening and everything on record."""
    office = Office(7, Random(7), TOWN, service)
    for index in range(3):
        client = new_client(office, index)
        client.home, client.commute, client.weekly = "月水木金", "火", "通所"
        client.terms = [term(office, date(2025, 10, 1))]
        client.absences = [{"欠席日": date(2026, 1, 16) + timedelta(days=3 * index), "加算算定": "有"}]
        if index == 1:
            evening = {"種別": "居宅介護", "開始": "17:00", "終了": "18:00", "費用負担": "給付"}
            client.services = [{"日付": day, **evening} for day in (date(2026, 1, 14), date(2026, 1, 28))]
        office.clients.append(client)
    names = ("山田 花子", "松尾 健", "中村 由美")
    for client, name in zip(office.clients, names, strict=True):
        client.name = name
    return book_of(year_of(office), MONTH)
