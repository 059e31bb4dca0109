"""「お休み」 in 提供区分: an absence where the day was planned or an absence was told, else a day off."""

from collections.abc import Iterable

from zaitaku_xl.book.plain import folded
from zaitaku_xl.model import ContactKind, Entry, Person, Place

WORDS = frozenset(("お休み", "休み", "おやすみ"))


def tell_days_off(people: Iterable[Person]) -> None:
    """Settle what is meant, now that the other sheets are read."""
    for person in people:
        off = [entry for entry in person.entries if entry.place is Place.OFF and _is_open(entry)]
        if off:
            missed = {plan.day for plan in person.plans if plan.place and plan.place.is_use}
            missed |= {absence.day for absence in person.absences}
            for entry in off:
                if entry.day in missed - {None} or any(c.kind is ContactKind.ABSENCE for c in entry.contacts):
                    entry.place = Place.ABSENT


def _is_open(entry: Entry) -> bool:
    return folded(entry.place_typed or "") in WORDS
