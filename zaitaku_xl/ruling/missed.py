"""How heavily a missing or unfit evaluation weighs, by the reading in use. Not a rule itself."""

from collections.abc import Callable

from zaitaku_xl.finding import Flaw, advice, breach, undecided
from zaitaku_xl.law import Readings
from zaitaku_xl.scopes import Week

Say = Callable[..., Flaw]


def missed(readings: Readings) -> Say:
    """Return how an evaluation that is not there is said (A-5)."""
    return undecided if readings.missed_review == "undecided" else breach


def missed_in(week: Week) -> Say:
    """Return the same for a week: a short one may be let off with advice (A-3), if it surely is short."""
    if not week.is_lenient:
        return missed(week.readings)
    return undecided if week.may_be_longer else advice


def left_open_in(week: Week) -> Say:
    """Return how it is said that the records leave open whether a week was evaluated."""
    return advice if week.is_lenient else undecided


def waived(readings: Readings) -> Say:
    """Return how an evaluation is said that a recorded reason stands for (A-6)."""
    return undecided if readings.waiver == "undecided" else advice


def questions_of(week: Week) -> tuple[str, ...]:
    """Return the open questions that hang on this very week."""
    across = ("A-2",) if week.first.month != week.last.month else ()
    return (*across, "A-3") if week.is_short else across
