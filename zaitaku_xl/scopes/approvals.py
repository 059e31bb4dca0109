"""The times for which home use is approved: bare, so that days can hold them."""

from dataclasses import dataclass
from datetime import date

from zaitaku_xl.model import Approval, Office, Person


@dataclass(frozen=True, slots=True, eq=False)
class Approved:
    """The time of one row of 在宅承認."""

    person: Person
    approval: Approval
    office: Office
    start: date | None
    end: date | None  # lengthened where 経過措置 lets an ended approval run on

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


def approved_of(person: Person, office: Office, ran_out: date | None, runs_until: date | None) -> tuple[Approved, ...]:
    """Return the approved times; one that ended on *ran_out* runs on until *runs_until* (経過措置)."""
    times = []
    for approval in person.approvals:
        end = approval.end
        if runs_until and end == ran_out:
            end = runs_until
        times.append(Approved(person=person, approval=approval, office=office, start=approval.start, end=end))
    return tuple(times)
