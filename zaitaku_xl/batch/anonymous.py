"""Client names replaced by codes, so that results can be shared. A code is the same wherever the key is the same."""

import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath

from zaitaku_xl.book import layout
from zaitaku_xl.book.values import folded
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.hosts.writing.safe_file import put
from zaitaku_xl.model import ContactKind, Log, Method, Person, Place, Service
from zaitaku_xl.report import Changes
from zaitaku_xl.results.plain import PlainDay, PlainFinding, Result

_SHORTEST = 16  # bytes of a key
_QUOTED = re.compile("「([^「」]*)」")
_LEFT_OUT = "「（省略）」"


def key_of(path: Path | None) -> bytes:
    """Return the key in a file; a file that is not there is made. Without a file the key is this run's alone."""
    if path is None:
        return secrets.token_bytes(32)
    if not path.exists():
        put(path, secrets.token_hex(32).encode())
    key = bytes_of(path).strip()
    if len(key) < _SHORTEST:
        raise WrongUse(
            f"{path} は鍵として短すぎます（{_SHORTEST}文字以上）。ない名前を指定すると、新しい鍵を作ります。"
        )
    return key


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes under one key."""

    key: bytes

    def client(self, person: Person, office: str) -> str:
        """By 受給者証番号, which is the client's everywhere, else by name and office."""
        number = ((person.client.number if person.client else None) or "").lstrip("0")
        return f"利用者-{self._code(number or f'{office}/{folded(person.name)}')}"

    def file(self, path: str) -> str:
        return f"ファイル-{self._code(path)}{PurePath(path).suffix.lower()}"

    def _code(self, text: str) -> str:
        return hmac.new(self.key, text.encode(), sha256).hexdigest()[:10]


def anonymise(result: Result, log: Log | None, codes: Codes) -> Result:
    """Return the result without a client's name. What an office typed and a message quotes is left out as well."""
    office = result.office.number or result.office.name
    people = {person.name: codes.client(person, office) for person in (log.people if log else ())}
    say = _Words(people, log.people if log else ())
    name = say.name
    return replace(
        result,
        path=codes.file(result.path),
        reason=say(result.reason) if result.reason else None,
        remarks=tuple(map(say, result.remarks)),
        clients=tuple(client._replace(client=name(client.client)) for client in result.clients),
        days=tuple(_day(day, say) for day in result.days),
        findings=tuple(_finding(finding, say) for finding in result.findings),
        other_readings=tuple(replace(o, changes=_changes(o.changes, name)) for o in result.other_readings),
        trial=replace(result.trial, changes=_changes(result.trial.changes, name)) if result.trial else None,
        cells=tuple((say.bare(sheet), row, text) for sheet, row, text in result.cells),
    )


def _day(day: PlainDay, say: "_Words") -> PlainDay:
    return day._replace(client=say.name(day.client), sheet=say.bare(day.sheet), place=say.place(day.place))


def _finding(finding: PlainFinding, say: "_Words") -> PlainFinding:
    return finding._replace(
        client=say.name(finding.client) if finding.client else None,
        sheet=say.bare(finding.sheet) if finding.sheet else None,
        message=say(finding.message),
        remedy=say(finding.remedy),
    )


def _changes(changes: Changes, name: Callable[[str], str]) -> Changes:
    return replace(changes, days=tuple(day._replace(client=name(day.client)) for day in changes.days))


class _Words:
    """Sentences and names of sheets without what tells who is meant."""

    def __init__(self, codes: Mapping[str, str], people: tuple[Person, ...]) -> None:
        self._codes = codes
        spelled: dict[str, str] = {}
        for person in people:
            client = person.client
            told = (person.name, client.name, client.kana, client.number) if client else (person.name,)
            for word in filter(None, told):
                spelled |= dict.fromkeys((word, re.sub(r"\s", "", word)), codes[person.name])
        longest_first = sorted((re.escape(word) for word in spelled if len(word) > 1), key=len, reverse=True)
        self._spelled = spelled
        self._names = re.compile("|".join(longest_first)) if longest_first else None

    def name(self, client: str) -> str:
        return self._codes.get(client, "利用者-不明")

    def bare(self, text: str) -> str:
        """A name of a sheet: of the 実績記録票 of a client only that it is one."""
        if folded(text).startswith(layout.RECORD_SHEETS):
            return layout.RECORD_SHEETS
        return self._without_names(text)

    def place(self, text: str) -> str:
        return text if text in _vocabulary() else ""

    def __call__(self, text: str) -> str:
        return self._without_names(
            _QUOTED.sub(lambda found: found[0] if found[1] in _vocabulary() else _LEFT_OUT, text)
        )

    def _without_names(self, text: str) -> str:
        return self._names.sub(lambda found: self._spelled[found[0]], text) if self._names else text


@cache
def _vocabulary() -> frozenset[str]:
    """What may be quoted: words of ours, not of an office."""
    return frozenset((*layout.words().values(), *Place, *Method, *ContactKind, *Service, "在宅支援", "点検結果"))
