"""Judge one month's workbook as the command would, and tell what a careful office did not deserve."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.clean_years.books import Book, as_xlsx
from tests.clean_years.office import Office, Year, book_of, year_of
from tests.clean_years.opening import MONTHS
from zaitaku_xl.finding import Finding
from zaitaku_xl.jobs import Asked, Outcome
from zaitaku_xl.jobs.checking import check_file

LIGHT = ("advise", "due")


def judge(data: bytes, name: str = "在宅.xlsx") -> Outcome:
    return check_file(Path(name), name, Asked(), data=data)


@dataclass
class Told:
    """What came of office-years: the false alarms a line each, and the advice by what it is about."""

    alarms: list[tuple[str, str]] = field(default_factory=list)  # kinds, and the alarm
    advice: Counter[str] = field(default_factory=Counter)
    advised_for: Counter[tuple[str, str]] = field(default_factory=Counter)  # by rule and kind
    client_months: int = 0
    books: int = 0

    def add(self, other: "Told") -> None:
        self.alarms += other.alarms
        self.advice += other.advice
        self.advised_for += other.advised_for
        self.client_months += other.client_months
        self.books += other.books


def run(office: Office, months: Iterable[tuple[int, int]] = MONTHS) -> Told:
    """Judge the months of an office."""
    year, told = year_of(office), Told()
    for year_number, month in months:
        first = date(year_number, month, 1)
        book = book_of(year, first)
        _tell(told, year, book, first)
    return told


def _tell(told: Told, year: Year, book: Book, first: date) -> None:
    office = year.office
    outcome = judge(as_xlsx(book))
    place = f"seed {office.seed} {first:%Y-%m}"
    told.books += 1
    if outcome.report is None:
        told.alarms.append(("＋".join(office.kinds), f"{place} {outcome.status.value}: {outcome.reason}"))
        return
    kinds = {client.name: "＋".join(client.kinds + office.kinds) for client in office.clients}
    expected = sum(count for (_, *month), count in year.home_days.items() if month == [first.year, first.month])
    counted = sum(client.home_days for client in outcome.report.clients)
    if counted != expected:
        everyone = "＋".join(dict.fromkeys(kind for c in office.clients for kind in c.kinds + office.kinds))
        told.alarms.append((everyone, f"{place} days: {counted} at home instead of {expected}"))
    told.client_months += sum(
        1 for client in office.clients if year.home_days.get((client.name, first.year, first.month))
    )
    for finding in outcome.report.findings:
        kind = kinds.get(finding.client or "", "＋".join(office.kinds))
        if finding.weight.value in LIGHT:
            told.advice[about(finding)] += 1
            told.advised_for[about(finding), kind] += 1
        else:
            told.alarms.append((kind, f"{place} {line(finding)}"))


def about(finding: Finding) -> str:
    """The rule; P02 of sheets and columns, which concerns nobody, told apart from P02 of a client."""
    if finding.rule == "P02":
        return "P02 client" if finding.client else "P02 book"
    return finding.rule


def line(finding: Finding) -> str:
    when = finding.day or (finding.period and "–".join(map(str, finding.period))) or "-"
    return (
        f"{finding.rule} {finding.weight.value} {finding.client or '-'} {when} "
        f"{finding.sheet}!{finding.cell} {finding.message}"
    )
