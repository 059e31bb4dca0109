"""Approved terms."""

from dataclasses import dataclass
from datetime import date

from zaitaku_xl.model import Approval, Office, Person
from zaitaku_xl.scopes.days import Day


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One approved term (a row of 在宅承認) with the judged home days inside it."""

    person: Person
    approval: Approval
    office: Office
    start: date | None
    end: date | None  # lengthened where 経過措置 lets an ended approval run on
    home_days: tuple[Day, ...] = ()
    first_home_date: date | None = None

    def covers(self, day: date) -> bool:
        return self.start is not None and self.end is not None and self.start <= day <= self.end

    def might_cover(self, day: date) -> bool:
        """True when an unreadable start, end or 経過措置 leaves it open whether the day lies inside."""
        row = self.approval.row
        if row.clear_of("start", "end", "transition"):
            return False
        starts = self.start is None or self.start <= day
        ends = self.end is None or day <= self.end or not row.clear_of("transition")
        return starts and ends and not self.covers(day)


def terms_of(person: Person, office: Office, ran_out: date | None, runs_until: date | None) -> tuple[Term, ...]:
    """Return the approved terms; one that ended on *ran_out* runs on until *runs_until* (経過措置)."""
    terms = []
    for approval in person.approvals:
        end = approval.end
        if runs_until and end == ran_out:
            end = runs_until
        terms.append(Term(person, approval, office, approval.start, end))
    return tuple(terms)
