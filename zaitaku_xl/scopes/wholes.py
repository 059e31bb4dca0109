"""One client over all judged days, and the whole workbook."""

from dataclasses import dataclass
from datetime import date

from zaitaku_xl.law import Readings
from zaitaku_xl.model import ClaimLine, Client, Log, Month, Office, Person, Service
from zaitaku_xl.scopes.days import Day
from zaitaku_xl.scopes.months import MonthOfUse
from zaitaku_xl.scopes.scope import scope
from zaitaku_xl.scopes.terms import Term
from zaitaku_xl.scopes.weeks import Week


@dataclass(frozen=True, slots=True)
class Serving:
    """Which text serves a client: by the town, the service, and the last day of a 経過措置."""

    town: str | None  # id of its text; None: national
    service: Service | None
    national_until: date | None

    def town_on(self, day: date) -> str | None:
        """Return the town of the day; until its 経過措置 has run out the national text serves."""
        in_transition = self.national_until is not None and day <= self.national_until
        return None if in_transition else self.town


@scope
class Whole:
    """One client over all judged days."""

    person: Person
    office: Office
    every: tuple[Day, ...]  # judged or not
    days: tuple[Day, ...]
    home_days: tuple[Day, ...]
    weeks: tuple[Week, ...]
    months: tuple[MonthOfUse, ...]
    terms: tuple[Term, ...]
    client: Client | None  # the row of 利用者台帳 that holds the end of the months judged
    town_typed: str | None
    town_likely: str | None  # the name of the town that may be meant by what is no municipality
    serving: Serving
    readings: Readings
    uncovered: tuple[Day, ...]  # home days for which no text is on record
    transition_ignored: bool
    asks_plan: bool  # the law of the last judged day blocks what was not planned
    claims: tuple[ClaimLine, ...] | None  # None: no claim file was given

    @property
    def town(self) -> str | None:
        return self.serving.town


@scope
class Several:
    """Days of one client or of many that one flaw is about."""

    days: frozenset[tuple[str, date]]  # client and date
    readings: Readings | None = None  # of the one client


@scope
class Book:
    """The whole workbook."""

    log: Log
    people: tuple[Whole, ...]
    lacking: tuple[str, ...] = ()  # what the workbook lacks of what the rules need
    judged: tuple[Month, ...] = ()
    held: frozenset[Month] = frozenset()  # months with rows in 日報
