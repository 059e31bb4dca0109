"""The 連絡 columns of a log row, and what offices write into one cell of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
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
_DOUBTFUL = 0  # for the time of a contact that is not plain: nor is one at midnight


def of_rows(rows: Sequence[model.Row], columns: Mapping[str, Sequence[Any]]) -> tuple[list[Contacts], list[Times]]:
    """Return the contacts of each row, and the times of those that leave no question."""
    slots = sorted({SPOTS[field] for field in columns if field in SPOTS})
    if not slots:
        return [()] * len(rows), [()] * len(rows)
    made, plain = zip(*[_in_slot(slot, rows, columns) for slot in slots], strict=True)
    contacts = [told if all(told) else tuple(filter(None, told)) for told in zip(*made, strict=True)]
    times = list(map(_in_order, zip(*plain, strict=True)))
    for place, told in enumerate(contacts):
        if not times[place] and None in [contact.time for contact in told]:
            contacts[place] = tuple(each for contact in told for each in _bullets(contact) or [contact])
            times[place] = _in_order(tuple(map(_plain_time, contacts[place])))
    return contacts, times


def _in_slot(
    slot: int, rows: Sequence[model.Row], columns: Mapping[str, Sequence[Any]]
) -> tuple[list[model.Contact | None], list[int | None]]:
    """Return the contact of each row and its time, ``_DOUBTFUL`` where it is not plain; both are None of a silent row."""
    blank = [None] * len(rows)
    fields = [f"contact{slot}.{part}" for part in _PARTS]
    parts = [columns.get(field, blank) for field in fields]
    made: list[model.Contact | None] = list(map(model.Contact, rows, repeat(None), repeat(None), repeat(slot), *parts))
    times: list[int | None] = [
        time if time and kind and content and staff and kind.is_support else _DOUBTFUL
        for time, _, kind, content, staff in zip(*parts, strict=True)
    ]
    for place, told in enumerate(zip(*parts, strict=True)):
        if told == _SILENT:
            made[place] = times[place] = None
    for place, row in enumerate(rows):
        if row.unread and not row.clear_of(*fields):
            contact = made[place] = made[place] or model.Contact(row, slot=slot)
            contact.unread = True
            times[place] = _DOUBTFUL
    return made, times


@lru_cache(maxsize=1024)
def _in_order(times: tuple[int | None, ...]) -> Times:
    return () if _DOUBTFUL in times else tuple(sorted({time for time in times if time}))


def _plain_time(contact: model.Contact) -> int:
    return contact.time if contact.time and contact.is_plain else _DOUBTFUL


def _bullets(contact: model.Contact) -> list[model.Contact]:
    """「・9:00 … ・12:00 …」 in one 内容 without a time of its own: one contact for each bullet that begins with a time.

    Where none does, each of several bullets or lines may be a contact whose time nobody wrote.
    """
    if contact.time is not None or contact.unread or not contact.content:
        return []
    timed = [(time, words) for bullet in _BULLET.split(contact.content) for time, words in _timed(bullet)]
    if timed:
        return [_told(contact, time, words) for time, words in timed]
    lines = _lines(contact.content)
    return [_told(contact, None, words) for words in lines] if len(lines) > 1 else []


def _timed(bullet: str) -> Iterator[tuple[int, str]]:
    match = _LEADING_TIME.match(bullet)
    time = clocks.time_in(match[1]) if match else None
    if match and time is not None and match[2].strip():
        yield time, match[2].strip()


def _lines(content: str) -> list[str]:
    """Bullets where the text begins with one, else its lines: 体調・気分 is one word."""
    begins = content.lstrip().startswith(("・", "●"))
    parts = _BULLET.split(content) if begins else content.splitlines()
    return [words for part in parts if (words := part.strip("・● \t\u3000"))]


def _told(contact: model.Contact, time: int | None, words: str) -> model.Contact:
    return model.Contact(
        row=contact.row,
        slot=contact.slot,
        time=time,
        method=contact.method,
        kind=contact.kind,
        content=words,
        staff=contact.staff,
    )
