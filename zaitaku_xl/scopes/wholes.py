"""One client over all judged days, and the whole workbook."""

from dataclasses import dataclass

from zaitaku_xl.law import Readings
from zaitaku_xl.model import ClaimLine, Log, Month, Office, Person
from zaitaku_xl.scopes.days import Day
from zaitaku_xl.scopes.months import MonthOfUse
from zaitaku_xl.scopes.terms import Term
from zaitaku_xl.scopes.weeks import Week


@dataclass(slots=True, eq=False)
class Whole:
    """One client over all judged days."""

    person: Person
    office: Office
    days: tuple[Day, ...]
    home_days: tuple[Day, ...]
    weeks: tuple[Week, ...]
    months: tuple[MonthOfUse, ...]
    terms: tuple[Term, ...]
    town_typed: str | None
    town: str | None  # id of the text that serves the client; None: national
    readings: Readings
    uncovered: tuple[Day, ...] = ()  # home days for which no text is on record
    transition_ignored: bool = False
    claims: tuple[ClaimLine, ...] | None = None  # None: no claim file was given


@dataclass(slots=True, eq=False)
class Book:
    """The whole workbook."""

    log: Log
    people: tuple[Whole, ...]
    lacking: tuple[str, ...] = ()  # what the workbook lacks of what the rules need
    judged: tuple[Month, ...] = ()
    held: frozenset[Month] = frozenset()  # months with rows in 日報
