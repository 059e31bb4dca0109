"""How the rules of the day understand one contact. Not a rule itself."""

from zaitaku_xl.model import Contact, ContactKind

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


def speaks_of_absence(contact: Contact) -> bool:
    """A contact of no kind whose words speak of staying away: support or not, the record does not say."""
    if contact.kind is not None or not contact.content:
        return False
    words = contact.content
    for harmless in _NOT_ABSENCE:
        words = words.replace(harmless, "")
    return any(word in words for word in _ABSENCE)
