"""What a form is made from: the records as typed and what was judged of them. Nothing is added to either.

Which row stands for a day, where the day was spent, the weeks, months and terms are the check's own objects: what a form
shows is what was judged. Three views of the same facts, one for each kind of form: ``OfficeFacts`` for the office,
``ClientFacts`` for one client, ``MonthFacts`` for one client's month.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from zaitaku_xl.check.cases import text_of
from zaitaku_xl.finding import Finding, Verdict, Weight
from zaitaku_xl.law import Clause, Law
from zaitaku_xl.model import Absence, Client, Entry, Log, Month, Office, Person, Place, Service
from zaitaku_xl.report import DayResult, Report
from zaitaku_xl.scopes import Day, Whole


@dataclass(frozen=True)
class OfficeFacts:
    """The whole workbook. ``override`` is the reason for which a form leaves out 「見直し未了」; it is printed."""

    log: Log
    report: Report
    law: Law
    override: str | None = None

    @property
    def office(self) -> Office:
        return self.log.office

    @property
    def months(self) -> tuple[Month, ...]:
        return self.report.months

    @cached_property
    def clients(self) -> tuple["ClientFacts", ...]:
        """Everybody in the workbook, in its order, whether or not they have days in the judged months."""
        return tuple(ClientFacts(self, person) for person in self.log.people)

    @cached_property
    def judged(self) -> Mapping[str, Whole]:
        """The clients by name, as the check cut them into days, weeks, months and terms."""
        return {whole.person.name: whole for whole in self.report.wholes}

    @cached_property
    def results(self) -> Mapping[tuple[str, date], DayResult]:
        return {(result.client, result.day): result for result in self.report.days}

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.report.findings

    @property
    def words(self) -> str:
        """The judged months in words."""
        return "・".join(month_words(month) for month in self.months)


@dataclass(frozen=True)
class ClientFacts:
    """One client over all judged months."""

    whole: OfficeFacts
    person: Person

    @property
    def office(self) -> Office:
        return self.whole.office

    @property
    def client(self) -> Client | None:
        """The row of 利用者台帳 that holds the end of the months judged."""
        return self.judged.client

    @property
    def shown_name(self) -> str:
        """The name to print: as 利用者台帳 spells it, without the number by which we tell homonyms apart."""
        return (self.client.name if self.client else None) or self.person.name

    @property
    def number(self) -> str:
        return (self.client.number if self.client else None) or ""

    @property
    def service(self) -> Service | None:
        return (self.client.service if self.client else None) or self.office.service

    @property
    def judged(self) -> Whole:
        return self.whole.judged[self.person.name]

    @cached_property
    def days(self) -> Mapping[date, Day]:
        """The dates with rows in 日報, of the judged months and of any other."""
        return {day.date: day for day in self.judged.every}

    def clause(self, requirement: str, day: date) -> Clause | None:
        """Return what the client's text asks on *day*, None where it asks nothing."""
        clause = text_of(self.whole.law, self.judged.serving, day).get(requirement)
        return None if clause is None or clause.asked is False else clause

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was found of this client, of the office and touching one of their days, or open of nobody for certain."""
        name = self.person.name
        return tuple(
            finding
            for finding in self.whole.findings
            if finding.client == name
            or any(client == name for client, _ in finding.touches)
            or (finding.client is None and not finding.touches and finding.weight is Weight.UNDECIDED)
        )

    @cached_property
    def months(self) -> tuple["MonthFacts", ...]:
        """The judged months in which the client has rows in 日報 or 欠席時対応."""
        held = Month.all_of([*(e.day for e in self.person.entries), *(a.day for a in self.person.absences)])
        return tuple(MonthFacts(self, month) for month in self.whole.months if month in held)


@dataclass(frozen=True)
class MonthFacts:
    """One client's month."""

    of: ClientFacts
    month: Month

    @property
    def whole(self) -> OfficeFacts:
        return self.of.whole

    @property
    def office(self) -> Office:
        return self.of.office

    @property
    def person(self) -> Person:
        return self.of.person

    @property
    def client(self) -> Client | None:
        """The row of 利用者台帳 that holds the last day of use of the month, else its end."""
        last = max((day.date for day in self.days), default=self.month.after.first - timedelta(days=1))
        return self.person.client_on(last)

    @property
    def label(self) -> str:
        """What tells this client's month from others in the name of a sheet."""
        name = self.person.name
        return name if self.month == self.office.month else f"{name}_{self.month.year}年{self.month.month}月"

    @property
    def dates(self) -> Iterator[date]:
        """Every date of the month."""
        return (self.month.first + timedelta(days=n) for n in range(self.month.days))

    @cached_property
    def days(self) -> tuple["DayFacts", ...]:
        """The dates with rows in 日報, or with a claimed 欠席時対応加算."""
        return tuple(day for day in self._every_day.values() if day.entries or day.absence)

    def day(self, on: date) -> "DayFacts":
        return self._every_day[on]

    @cached_property
    def _every_day(self) -> Mapping[date, "DayFacts"]:
        absences = {each.day: each for each in self.person.absences if each.claimed and each.day}
        results, name = self.whole.results, self.person.name
        return {on: DayFacts(on, self.of.days.get(on), absences.get(on), results.get((name, on))) for on in self.dates}

    @cached_property
    def home_days(self) -> tuple["DayFacts", ...]:
        """The days judged as days at home."""
        return tuple(day for day in self.days if day.at_home)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The client's findings that touch this month, by a day of theirs, a date, a period, or neither."""
        return tuple(finding for finding in self.of.findings if self._concerns(finding))

    def _concerns(self, finding: Finding) -> bool:
        if any(client == self.person.name and day in self.month for client, day in finding.touches):
            return True
        if finding.day:
            return finding.day in self.month
        return finding.period is None or any(day in self.month for day in finding.period)


@dataclass(frozen=True)
class DayFacts:
    """One client's date: its rows of 日報 as the check cut them, the absence claimed for it, and the verdict."""

    date: date
    scope: Day | None  # None: no row in 日報
    absence: Absence | None = None  # with 加算算定 有
    result: DayResult | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.scope.entries if self.scope else ()

    @property
    def main(self) -> Entry | None:
        """The row that stands for the day."""
        return self.scope.main if self.scope else None

    @property
    def place(self) -> Place | None:
        return self.scope.place if self.scope else None

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The rows that stand for the day: those of its 提供区分."""
        return self.scope.standing if self.scope else ()

    def hours(self, field: str) -> int | None:
        """When the day began ("start") or ended ("end"); None where its rows do not say."""
        return self.scope.begun_or_ended(field) if self.scope else None

    @property
    def unplaced(self) -> bool:
        """True when the check could not say how the day was used."""
        return self.scope is not None and self.place is None

    @property
    def used(self) -> bool:
        """True for a day of use, and for one of which nobody can say whether it is."""
        return self.unplaced or (self.place is not None and self.place.is_use)

    @property
    def at_home(self) -> bool:
        """True for a day that the check judged as one at home, and for one that it could not place."""
        return self.result is not None and self.result.verdict is not Verdict.NOT_HOME

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.result.findings if self.result else ()

    @property
    def verdict(self) -> str:
        return self.result.verdict.word if self.result else ""

    def holds(self, field: str) -> bool:
        """True when any row of the day has this mark (送迎往, 食事, ...)."""
        return any(getattr(entry, field) for entry in self.entries)

    def unread(self, field: str) -> bool:
        """True when a cell of this field could not be read: it is neither a value nor a blank."""
        return any(field in entry.row.unread for entry in self.entries)

    def unsure(self, field: str) -> bool:
        """True when nobody can say what this field is of the day: its cell unread, or several rows and none that stands."""
        if self.main is None:
            return False
        unread = any(field in row.row.unread for row in (self.main, *self.standing))
        return unread or (self.unplaced and len(self.entries) > 1)


def month_words(month: Month) -> str:
    return f"{month.year}年{month.month}月"
