"""What is owed as JSON, as a page, as a calendar file: the same lines for other programs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from html import escape
from typing import Any

from zaitaku_xl import __version__
from zaitaku_xl.book.dates import wareki
from zaitaku_xl.jobs.due import Dues
from zaitaku_xl.ruling.words import on as said
from zaitaku_xl.sheets.due import HEADINGS, NOTHING, SAYS, SHEET, DueLine, days_in_words
from zaitaku_xl.visible import in_json, visible

_OCTETS = 75  # of a line of a calendar file; RFC 5545, 3.1


def due_json(several: Sequence[Dues], lines: Iterable[DueLine], as_of: date) -> str:
    body = {
        "tool": {"name": "zaitaku-xl", "version": __version__, "as_of": as_of.isoformat()},
        "due": list(map(_plain, lines)),
        "files": [
            {"path": dues.outcome.path, "status": dues.outcome.status.value, "reason": _reason(dues)}
            for dues in several
        ],
    }
    return in_json(json.dumps(body, ensure_ascii=False, indent=1)) + "\n"


def _reason(dues: Dues) -> str | None:
    return None if dues.outcome.reason is None else str(dues.outcome.reason)


def _plain(line: DueLine) -> Mapping[str, Any]:
    return line._asdict() | {
        "when": line.when.name.lower(),
        "due": line.due.isoformat(),
        "last_use": line.last_use.isoformat() if line.last_use else None,
        "days": [day.isoformat() for day in line.days],
    }


# ---- a page


def due_html(lines: Sequence[DueLine], as_of: date) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(visible(cell))}' for cell in _cells(line))}\n" for line in lines)
    heads = "".join(f"<th>{escape(heading)}" for heading in HEADINGS[:-1])
    table = f"<table><thead><tr>{heads}</thead>\n<tbody>{rows}</tbody></table>" if lines else ""
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{SHEET}</title>'
        "<style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
        "td,th{border:1px solid #bfbfbf;padding:.3em .6em;text-align:left}th{background:#d6e6f5}</style>\n"
        f"<h1>{SHEET}（{wareki(as_of)}現在）</h1>\n<p>{SAYS if lines else NOTHING}</p>\n{table}</html>\n"
    )


def _cells(line: DueLine) -> Iterator[str]:
    yield said(line.due)
    yield line.client
    yield line.what
    yield said(line.last_use) if line.last_use else "―"
    yield days_in_words(line.days)
    yield "―" if line.yen is None else f"{line.yen:,.0f}円"
    yield line.message


# ---- a calendar


def due_ics(lines: Iterable[DueLine], as_of: date) -> str:
    """Return a calendar of whole days with a reminder on the morning of each; RFC 5545."""
    told = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zaitaku-xl//due//JA", "X-WR-TIMEZONE:Asia/Tokyo"]
    for line in lines:
        told += _event(line, as_of)
    return "\r\n".join(part for each in (*told, "END:VCALENDAR") for part in _folded(each)) + "\r\n"


def _event(line: DueLine, as_of: date) -> Iterator[str]:
    number = sha256("\0".join((line.client, line.what, line.due.isoformat())).encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{number}@zaitaku-xl"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{line.due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{line.due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{line.what}（{line.client}）の期限')}"
    yield f"DESCRIPTION:{_text(f'{line.message}{line.remedy}')}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(line.what)}", "TRIGGER:PT9H", "END:VALARM")
    yield "END:VEVENT"


def _text(words: str) -> str:
    words = visible(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return words.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line of more than 75 octets goes on in the next, behind a blank; no character is cut in two."""
    part, room = "", _OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", _OCTETS - 1
        part, room = part + sign, room - size
    yield part
