"""Names replaced by codes, so that results can be shared. A code is the same wherever the key is the same.

Nothing is looked for in finished sentences: what a sentence quotes stands apart from our words, and every piece that
the program did not write itself is replaced or left out by what it is. The rest of a result is rebuilt from values that
are ours (a verdict, a day, a number of rules) and codes of those that are not.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256, sha512
from pathlib import Path, PurePath

from zaitaku_xl.batch.files import WORKBOOKS
from zaitaku_xl.book import layout
from zaitaku_xl.book.values import folded
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.finding import Finding
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.hosts.writing.safe_file import put_own
from zaitaku_xl.jobs import Outcome
from zaitaku_xl.law import load_law
from zaitaku_xl.model import Person, Place
from zaitaku_xl.report import Changes
from zaitaku_xl.results.identity import ClientMonth, Identity, OfficeKeys
from zaitaku_xl.results.plain import OfficeFacts, PlainDay, PlainFinding, Result
from zaitaku_xl.sentence import Kind, Piece, Sentence
from zaitaku_xl.sheets import seal
from zaitaku_xl.sheets.canonical import template_version

_SHORTEST = 16  # bytes of a key
_UNLIKELY_PRICE = 50_000  # yen a day; a number typed beside the wrong item is no price
_LEFT_OUT = "（省略）"
_ENDINGS = (*WORKBOOKS, ".csv")


def key_of(path: Path | None) -> bytes:
    """Return the key in a file; a file that is not there is made. Without a file the key is this run's alone."""
    if path is None:
        return secrets.token_bytes(32)
    if not path.exists():
        put_own(path, secrets.token_hex(32).encode(), private=True)
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
        number = (person.client.number if person.client else None) or ""
        return self.number(number) if number.strip("0") else self._client(f"{office}/{folded(person.name)}")

    def number(self, number: str) -> str:
        """Of a client known by the number alone; Excel may have dropped leading zeros."""
        return self._client(number.lstrip("0"))

    def office(self, number: str, name: str = "") -> str:
        told = number.lstrip("0") or name
        return f"事業所-{self._code(told)}" if told else ""

    def file(self, path: str) -> str:
        ending = PurePath(path).suffix.lower()
        return f"ファイル-{self._code(path)}{ending if ending in _ENDINGS else ''}"

    def sheet(self, name: str) -> str:
        """A name of ours stays; of the 実績記録票 of a client it stays that it is one."""
        plain = folded(name)
        if plain in _canonical():
            return _canonical()[plain]
        return layout.RECORD_SHEETS if plain.startswith(layout.RECORD_SHEETS) else self._sheet(name)

    def sheet_apart(self, name: str) -> str:
        """The same, but no two sheets of a workbook have one name: rows are compared by it."""
        return _canonical().get(folded(name)) or self._sheet(name)

    def _sheet(self, name: str) -> str:
        return f"シート-{self._code(name)}"

    def compared(self, text: str) -> str:
        """Of what is only compared with its like."""
        return self._code(text) if text else ""

    def digest(self, digest: str) -> str:
        """A digest that only who has the key can compare with what it was made of."""
        return hmac.new(self.key, digest.encode(), sha256).hexdigest() if digest else ""

    def row(self, sheet: str, row: int, text: str) -> str:
        """The digest of a judged row, so that a guessed value cannot be tried on it; what changed is seen as before."""
        pad = hmac.new(self.key, f"{sheet}/{row}".encode(), sha512).digest()
        return seal.shifted(text, pad, lambda whole: self._code(f"{sheet}/{row}/{whole}"))

    def _client(self, told: str) -> str:
        return f"利用者-{self._code(told)}"

    def _code(self, text: str) -> str:
        return hmac.new(self.key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()[:10]


def anonymise(result: Result, outcome: Outcome, codes: Codes) -> Result:
    """Return the *result* of an *outcome* without anything that an office wrote: names and places become codes."""
    office = result.office.number or result.office.name
    people = outcome.log.people if outcome.log else ()
    words = _Words(codes, {person.name: codes.client(person, office) for person in people})
    findings = outcome.report.findings if outcome.report else ()
    return replace(
        result,
        path=codes.file(result.path),
        written=None,
        reason=None if outcome.reason is None else words.retold(outcome.reason),
        copy_reason=None if outcome.copy_reason is None else words.retold(outcome.copy_reason),
        remarks=tuple(map(words.retold, outcome.remarks)),
        digest=codes.digest(result.digest),
        template=_template(result.template),
        office=_office(result.office, codes),
        clients=tuple(client._replace(client=words.client(client.client)) for client in result.clients),
        days=tuple(_day(day, words) for day in result.days),
        findings=tuple(map(words.finding, result.findings, findings)),
        other_readings=tuple(replace(o, changes=_changes(o.changes, words)) for o in result.other_readings),
        trial=replace(result.trial, changes=_changes(result.trial.changes, words)) if result.trial else None,
        cells=tuple((codes.sheet_apart(sheet), row, codes.row(sheet, row, text)) for sheet, row, text in result.cells),
        identity=_identity(result.identity, words),
        questions=(),  # headings and samples are the office's own words
    )


def _office(office: OfficeFacts, codes: Codes) -> OfficeFacts:
    towns = load_law().towns.values()
    public = {town.name for town in towns} | {town.prefecture for town in towns}
    return office._replace(
        number=codes.office(office.number, office.name),
        name="",
        unit_price=office.unit_price if 0 < (office.unit_price or 0) < _UNLIKELY_PRICE else None,
        designator=office.designator if office.designator in public else "",
    )


def _identity(identity: Identity, words: "_Words") -> Identity:
    """What is compared stays comparable: the same is the same code."""
    codes = words.codes
    number, names = identity.office
    return identity._replace(
        office=OfficeKeys(codes.compared(number), tuple(map(codes.compared, names))),
        parts=tuple(_part(part, words) for part in identity.parts),
        records=codes.digest(identity.records),
    )


def _part(part: ClientMonth, words: "_Words") -> ClientMonth:
    return part._replace(
        client=words.client(part.client),
        number=words.codes.compared(part.number),
        name=words.codes.compared(part.name),
    )


def _template(version: str | None) -> str | None:
    """The version is a property of the document, which may say anything."""
    return version if version in (None, template_version()) else _LEFT_OUT


def _day(day: PlainDay, words: "_Words") -> PlainDay:
    return day._replace(
        client=words.client(day.client),
        sheet=words.codes.sheet(day.sheet),
        place=day.place if day.place in tuple(Place) else "",
    )


def _changes(changes: Changes, words: "_Words") -> Changes:
    return replace(changes, days=tuple(day._replace(client=words.client(day.client)) for day in changes.days))


class _Words:
    """Clients and sentences of one workbook."""

    def __init__(self, codes: Codes, clients: Mapping[str, str]) -> None:
        self.codes = codes
        self._clients = clients

    def client(self, name: str) -> str:
        return self._clients.get(name, "利用者-不明")

    def finding(self, plain: PlainFinding, finding: Finding) -> PlainFinding:
        return plain._replace(
            client=self.client(plain.client) if plain.client else None,
            sheet=self.codes.sheet(plain.sheet) if plain.sheet else None,
            message=self.retold(finding.sentence),
        )

    def retold(self, sentence: Sentence | str) -> str:
        """A plain text is ours from the first word to the last; tests hold whoever refuses a file to that."""
        return str(sentence.retold(self._piece)) if isinstance(sentence, Sentence) else sentence

    def _piece(self, piece: Piece) -> Piece:
        if piece.kind is Kind.OWN:
            return piece
        if piece.kind is Kind.PERSON and piece.text:
            return piece._replace(text=self._clients.get(piece.text) or self.codes.number(piece.text))
        if piece.kind is Kind.PLACE:
            return piece._replace(text=_known_place(piece.text) or self.codes.sheet(piece.text))
        return piece._replace(text=_LEFT_OUT)


def _known_place(text: str) -> str | None:
    """Names of ours, several with a dot between them; None where any is another's."""
    names = text.split("・")
    known = [_canonical().get(folded(name)) for name in names]
    return "・".join(filter(None, known)) if all(known) else None


@cache
def _canonical() -> Mapping[str, str]:
    """Sheets and headings of ours, as they are known again."""
    return {folded(word): word for word in (*layout.words().values(), "点検結果")}
