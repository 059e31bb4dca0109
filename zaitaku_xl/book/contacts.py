"""The 連絡 columns of a log row, and what offices write into one cell of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zaitaku_xl import model
from zaitaku_xl.book import clocks
from zaitaku_xl.book.layout import CONTACT_SLOTS

_BULLET = re.compile(r"[\n\r]+|(?=[・●])")
_LEADING_TIME = re.compile(
    r"^[・●\s　]*(\d{1,2}[:：]\d{2}|[０-９]{1,2}[:：][０-９]{2}|\d{1,2}時(?:\d{1,2}分|半)?)[\s　]*(.*)$", re.DOTALL
)


def entry(row: model.Row, values: Mapping[str, Any]) -> model.Entry:
    """Make a log row with its contacts."""
    own = {field: value for field, value in values.items() if not field.startswith("contact")}
    return model.Entry(row=row, contacts=tuple(_contacts(row, values)), **own)


def _contacts(row: model.Row, values: Mapping[str, Any]) -> Iterator[model.Contact]:
    for slot in range(1, CONTACT_SLOTS + 1):
        prefix = f"contact{slot}."
        found = {
            part: values[prefix + part]
            for part in ("time", "method", "kind", "content", "staff")
            if prefix + part in values
        }
        unread = bool(row.unread) and any(field.startswith(prefix) for field in row.unread)
        if not found and not unread:
            continue
        contact = model.Contact(row=row, slot=slot, unread=unread, **found)
        yield from _bullets(contact) or [contact]


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
