"""How the rules of the day understand one contact. Not a rule itself."""

from zaitaku_xl.law.words import words_of
from zaitaku_xl.model import Contact, ContactKind
from zaitaku_xl.ruling.words import clock
from zaitaku_xl.scopes import Day
from zaitaku_xl.scopes.silence import is_no_contact
from zaitaku_xl.sentence import Piece, Sentence, own, typed
from zaitaku_xl.visible import visible


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
    if not is_complete(contact) or is_open(contact):
        return False
    return not speaks_of_absence(contact) and not is_no_contact(contact.content)


def speaks_of_absence(contact: Contact) -> bool:
    """A contact of no kind whose words speak of staying away: support or not, the record does not say."""
    if contact.kind is not None or not contact.content:
        return False
    words, lists = contact.content, words_of("absence")
    for harmless in lists["harmless"]:
        words = words.replace(harmless, "")
    return any(word in words for word in lists["told"])


def sure_contacts(day: Day) -> int:
    """Count the sure contacts of a day at home; one told twice, at the same time and alike, is one."""
    return len({(contact.time, contact.content) for contact in day.support if is_sure(contact)})


def contact_times(day: Day) -> tuple[int, ...]:
    """Return the times of a day's contacts of support, in order, each once."""
    times = {contact.time for contact in day.support if contact.time is not None}
    return tuple(sorted(times))


def not_counted(day: Day) -> list[tuple[Contact, Sentence]]:
    """Return each contact of a day at home that is no sure contact of support, with a line that says why."""
    told: set[tuple[int | None, str | None]] = set()
    lines: list[tuple[Contact, Sentence]] = []
    for contact in day.contacts:
        why = _why_not(contact)
        if why is None and (contact.time, contact.content) in told:
            why = Sentence("{contact}：時刻と内容が、前に書かれた連絡と同じです。", contact=named(contact))
        if why is None:
            told.add((contact.time, contact.content))
        else:
            lines.append((contact, why))
    return lines


def named(contact: Contact) -> Piece:
    """連絡2（12:00）, by its columns and its time."""
    time = "" if contact.time is None else f"（{clock(contact.time)}）"
    return own(f"連絡{contact.slot}{time}")


def _why_not(contact: Contact) -> Sentence | None:
    if not is_support(contact):
        return Sentence(f"{{contact}}：種別が{contact.kind}です。", contact=named(contact))
    if is_open(contact):
        return Sentence("{contact}：読み取れないセルがあります。", contact=named(contact))
    blank = [word for word, part in (("時刻", contact.time), ("内容", contact.content)) if part in (None, "")]
    if blank:
        return Sentence(f"{{contact}}：{'と'.join(blank)}が空欄です。", contact=named(contact))
    words = typed(visible(contact.content or ""))
    if is_no_contact(contact.content):
        return Sentence("{contact}：内容が{words}です。", contact=named(contact), words=words)
    if speaks_of_absence(contact):
        return Sentence("{contact}：種別が空欄で、内容が{words}です。", contact=named(contact), words=words)
    return None
