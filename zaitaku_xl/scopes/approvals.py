"""The times for which home use is approved: bare, so that days can hold them."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import accumulate

from zaitaku_xl.model import Approval, Office, Person
from zaitaku_xl.scopes.scope import scope


@scope
class Approved:
    """The time of one row of 在宅承認."""

    person: Person
    approval: Approval
    office: Office
    start: date | None
    end: date | None  # lengthened where 経過措置 lets an ended approval run on

    def covers(self, day: date) -> bool:
        return self.start is not None and self.end is not None and self.start <= day <= self.end

    @property
    def is_unsure(self) -> bool:
        """True where a cell that cannot be read leaves it open how long this time is."""
        return not self.approval.row.clear_of("start", "end", "transition")

    @property
    def at_most(self) -> tuple[date, date]:
        """The longest this time can be, where a cell cannot be read."""
        runs_on = self.end is None or not self.approval.row.clear_of("transition")
        return self.start or date.min, date.max if runs_on or self.end is None else self.end


def approved_of(person: Person, office: Office, ran_out: date | None, runs_until: date | None) -> tuple[Approved, ...]:
    """Return the approved times; one that ended on *ran_out* runs on until *runs_until* (経過措置)."""
    times = []
    for approval in person.approvals:
        end = approval.end
        if runs_until and end == ran_out:
            end = runs_until
        times.append(Approved(person=person, approval=approval, office=office, start=approval.start, end=end))
    return tuple(times)


class Times:
    """Many times taken together: whether a day lies in any of them is seen without looking at each."""

    def __init__(self, times: Iterable[tuple[date, date]]) -> None:
        in_order = sorted(times)
        self._starts = [start for start, _ in in_order]
        self._latest_ends = list(accumulate((end for _, end in in_order), max))  # of all that begin no later

    @classmethod
    def covered(cls, terms: Iterable[Approved]) -> "Times":
        return cls([(term.start, term.end) for term in terms if term.start and term.end])

    @classmethod
    def perhaps_covered(cls, terms: Iterable[Approved]) -> "Times":
        """What cells that cannot be read leave open; days that are covered all the same may be among them."""
        return cls([term.at_most for term in terms if term.is_unsure])

    def __contains__(self, day: date) -> bool:
        place = bisect_right(self._starts, day)
        return place > 0 and day <= self._latest_ends[place - 1]
