"""The 連絡 columns of a log row, and what offices write into one cell of them."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from zaitaku_xl import model
from zaitaku_xl.book import clocks

_BULLET = re.compile(r"[\n\r]+|(?=[・●])")
_LEADING_TIME = re.compile(
    r"^[・●\s　]*(\d{1,2}[:：]\d{2}|[０-９]{1,2}[:：][０-９]{2}|\d{1,2}時(?:\d{1,2}分|半)?)[\s　]*(.*)$", re.DOTALL
)


_PARTS = ("time", "method", "kind", "content", "staff")
SPOTS = {f"contact{slot}.{part}": slot for slot in model.SLOTS for part in _PARTS}
Contacts = tuple[model.Contact, ...]
Times = tuple[int, ...]
_SILENT = (None,) * len(_PARTS)


def of_rows(rows: Sequence[model.Row], columns: Mapping[str, Sequence[Any]]) -> tuple[list[Contacts], list[Times]]:
    """Return the contacts of each row, and the times of those that leave no question."""
    slots = sorted({SPOTS[field] for field in columns if field in SPOTS})
    made = [_in_slot(slot, rows, columns) for slot in slots]
    contacts = [told if all(told) else tuple(filter(None, told)) for told in zip(*made, strict=True)]
    if not slots:
        contacts = [()] * len(rows)
    for place in {place for each in made for place, contact in enumerate(each) if contact and contact.time is None}:
        contacts[place] = tuple(each for contact in contacts[place] for each in _bullets(contact) or [contact])
    return contacts, list(map(_plain_times, contacts))


def _in_slot(slot: int, rows: Sequence[model.Row], columns: Mapping[str, Sequence[Any]]) -> list[model.Contact | None]:
    blank = [None] * len(rows)
    fields = [f"contact{slot}.{part}" for part in _PARTS]
    made = [
        model.Contact(row, None, None, slot, *told) if told != _SILENT else None
        for row, told in zip(rows, zip(*[columns.get(field, blank) for field in fields], strict=True), strict=True)
    ]
    for place, row in enumerate(rows):
        if row.unread and not row.clear_of(*fields):
            contact = made[place] = made[place] or model.Contact(row, slot=slot)
            contact.unread = True
    return made


def _plain_times(contacts: Contacts) -> Times:
    times = tuple([contact.time or 0 for contact in contacts if contact.is_plain])
    return _in_order(times) if len(times) == len(contacts) else ()


@lru_cache(maxsize=1024)
def _in_order(times: Times) -> Times:
    return tuple(sorted(set(times)))


def _bullets(contact: model.Contact) -> list[model.Contact]:
    """「・9:00 … ・12:00 …」 in one 内容 without a time of its own: one contact for each bullet that begins with a time."""
    if contact.time is not None or contact.unread or not contact.content:
        return []
    made = []
    for bullet in _BULLET.split(contact.content):
        match = _LEADING_TIME.match(bullet)
        time = clocks.time_in(match[1]) if match else None
        if match and time is not None and match[2].strip():
            made.append(
                model.Contact(
                    row=contact.row, slot=contact.slot, time=time, method=contact.method, kind=contact.kind,
                    content=match[2].strip(), staff=contact.staff,
                )
            )  # fmt: skip
    return made
