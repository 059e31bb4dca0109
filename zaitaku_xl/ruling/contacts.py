"""How the rules of the day understand one contact. Not a rule itself."""

from zaitaku_xl.model import Contact, ContactKind
from zaitaku_xl.scopes import Day

_ABSENCE = ("欠席", "休み", "休む", "休ませ")
_NOT_ABSENCE = ("昼休み", "休み時間", "休み明け")  # breaks and days off told of in passing


def is_absence_call(contact: Contact) -> bool:
    return contact.kind is ContactKind.ABSENCE


def is_support(contact: Contact) -> bool:
    """A contact of a support kind, or of no kind at all."""
    return contact.kind is None or contact.kind.is_support


def is_complete(contact: Contact) -> bool:
    """Has what a contact must have to be one: when, and what. Who is D02's business."""
    return contact.time is not None and bool(contact.content)


def is_open(contact: Contact) -> bool:
    """A cell that decides whether this is a support contact could not be read; whoever the staff, it counts."""
    return contact.unread and not contact.row.clear_of(*(contact.field(part) for part in ("time", "kind", "content")))


def is_sure(contact: Contact) -> bool:
    """A contact of support that counts, whoever asks."""
    return is_complete(contact) and not speaks_of_absence(contact) and not is_open(contact)


def speaks_of_absence(contact: Contact) -> bool:
    """A contact of no kind whose words speak of staying away: support or not, the record does not say."""
    if contact.kind is not None or not contact.content:
        return False
    words = contact.content
    for harmless in _NOT_ABSENCE:
        words = words.replace(harmless, "")
    return any(word in words for word in _ABSENCE)


def sure_contacts(day: Day) -> int:
    """Count the sure contacts of a day at home; one told twice, at the same time and alike, is one."""
    return len({(contact.time, contact.content) for contact in day.support if is_sure(contact)})


def contact_times(day: Day) -> tuple[int, ...]:
    """Return the times of a day's contacts of support, in order, each once."""
    times = {contact.time for contact in day.support if contact.time is not None}
    return tuple(sorted(times))
