"""The 連絡 columns of a log row, and what offices write into one cell of them."""

import re
from collections.abc import Mapping
from typing import Any

from zaitaku_xl import model
from zaitaku_xl.book import clocks

_BULLET = re.compile(r"[\n\r]+|(?=[・●])")
_LEADING_TIME = re.compile(
    r"^[・●\s　]*(\d{1,2}[:：]\d{2}|[０-９]{1,2}[:：][０-９]{2}|\d{1,2}時(?:\d{1,2}分|半)?)[\s　]*(.*)$", re.DOTALL
)


_PARTS = ("time", "method", "kind", "content", "staff")
SPOTS = {f"contact{slot}.{part}": (slot, part) for slot in model.SLOTS for part in _PARTS}
Slots = dict[int, dict[str, Any]]
"""What a row says of each 連絡: slot -> part -> value."""


def entry(row: model.Row, values: Mapping[str, Any], slots: Slots) -> model.Entry:
    """Make a log row with its contacts."""
    for field in row.unread:
        if field in SPOTS:
            slots.setdefault(SPOTS[field][0], {})["unread"] = True
    contacts: list[model.Contact] = []
    for slot in sorted(slots):
        contact = model.Contact(row=row, slot=slot, **slots[slot])
        contacts += (contact.time is None and _bullets(contact)) or [contact]
    return model.Entry(row=row, contacts=tuple(contacts), plain_times=_plain_times(contacts), **values)


def _plain_times(contacts: list[model.Contact]) -> tuple[int, ...]:
    times = set()
    for contact in contacts:
        if not contact.is_plain:
            return ()
        times.add(contact.time or 0)
    return tuple(sorted(times))


def _bullets(contact: model.Contact) -> list[model.Contact]:
    """「・9:00 … ・12:00 …」 in one 内容 without a time of its own: one contact for each bullet that begins with a time."""
    if contact.unread or not contact.content:
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
