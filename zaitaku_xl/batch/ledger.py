"""受付簿: which file came from which office for which month, and what changed when one came again.

It holds the findings and the digests of the judged cells of each file, so that the next one can be compared; no cell's
words. When a file came is told by who calls: nothing here knows what time it is.
"""

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from zaitaku_xl.batch.once import Age, Sent, doubles_of, is_same_office, month_of, shares_a_day, verdict_sums
from zaitaku_xl.batch.store import LEDGER, Standing, prove_whole, standing
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.finding import Verdict
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.report import Status
from zaitaku_xl.results.identity import ClientMonth, Identity, OfficeKeys, number_key, office_key
from zaitaku_xl.results.plain import Double, PlainFinding, Result
from zaitaku_xl.sheets.seal import SCHEME, Rows, changed

_FORMAT = 1
_NOT_COMPARED = "（前回の控えは以前の版のもので、セルごとには比べられません）"
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS receipt (
    id INTEGER PRIMARY KEY, office TEXT NOT NULL, name TEXT NOT NULL, month TEXT NOT NULL, path TEXT NOT NULL,
    digest TEXT NOT NULL, received TEXT NOT NULL, status TEXT NOT NULL,
    billable INTEGER NOT NULL, not_billable INTEGER NOT NULL, to_check INTEGER NOT NULL, findings INTEGER NOT NULL,
    law TEXT NOT NULL, program TEXT NOT NULL, body BLOB NOT NULL,
    UNIQUE (office, month, digest, path)
);
PRAGMA user_version = {_FORMAT};
{LEDGER.pragma};
"""
_TEXTS = ("office", "name", "month", "path", "digest", "received", "status", "law", "program")
_NUMBERS = ("billable", "not_billable", "to_check", "findings")
_KEPT = "id, office, name, received, billable, not_billable, to_check, findings, body"
_MONTH = "[12][0-9][0-9][0-9]-[01][0-9]"
_HOLDS = " AND ".join(
    (
        *(f"typeof({column}) = 'text'" for column in _TEXTS),
        *(f"typeof({column}) = 'integer'" for column in _NUMBERS),
        f"(month = '' OR month GLOB '{_MONTH}')",
    )
)
# What does not hold is not known: every question is asked of this view, which bears the name of the table.
_VIEW = f"CREATE TEMP VIEW receipt AS SELECT * FROM main.receipt WHERE {_HOLDS}"


class Receipt(NamedTuple):
    """A line of the ledger: what counts of the files of an office for a month, and how often they came."""

    office: str
    name: str
    month: str
    received: str
    times: int
    billable: int
    not_billable: int
    to_check: int
    findings: int


class BriefFinding(NamedTuple):
    """A finding in so few words that it is known again: rule, client, day or period."""

    rule: str
    client: str
    when: str

    @property
    def words(self) -> str:
        return " ".join(part for part in self if part)


@dataclass(frozen=True, slots=True)
class CameAgain:
    """A file of an office and month that had sent one before. The same file again has nothing to compare."""

    path: str
    office: str
    month: str
    before: str  # when the one before was received
    same: bool
    comparable: bool = True  # what was kept of the one before can be read
    mended: tuple[BriefFinding, ...] = ()
    new: tuple[BriefFinding, ...] = ()
    edited: tuple[str, ...] = ()  # cells that are no longer what was checked


class Ledger:
    """The ledger in an SQLite file; what is taken counts once the whole run is in."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def take(self, result: Result, received: str) -> Iterator[CameAgain]:
        """Enter a file, a line a month, and compare it with the one before.

        A copy of ours with the records of one that came is no other return: it is compared and not entered.
        """
        for month in result.months or ("",):
            entry = _Entry.of(result, month)
            before = self._before(entry)
            same = self._received(entry)
            copied = entry.identity.ours and before and before.identity.records == entry.identity.records
            if not same and not copied:
                self._enter(entry, received)
            if same:
                yield CameAgain(
                    path=result.path,
                    office=entry.name or entry.office,
                    month=month,
                    before=same,
                    same=True,
                )
            elif before and entry.office:
                yield _compared(entry, before)

    def _received(self, entry: "_Entry") -> str | None:
        """When this very file was received before: of an office by what it holds, else by its name as well."""
        path = "" if entry.office else entry.path
        found = self._store.execute(
            "SELECT received FROM receipt WHERE office = ? AND month = ? AND digest = ? AND ? IN ('', path)"
            " ORDER BY id DESC LIMIT 1",
            (entry.office, entry.month, entry.digest, path),
        ).fetchone()
        return found[0] if found else None

    def _before(self, entry: "_Entry") -> "_Kept | None":
        """Return the last one of this office and month that holds a day of the same client."""
        listed = self._store.execute(
            "SELECT id, office, name FROM receipt WHERE month = ? AND office != '' AND status = 'judged'"
            " ORDER BY id DESC",
            (entry.month,),
        )
        keys = _keys(entry.office, entry.name)
        for id_, office, name in listed.fetchall():
            if is_same_office(_keys(office, name), keys):
                kept = self._kept(id_)
                if kept.replaces_all or shares_a_day(kept.identity, entry.identity):
                    return kept
        return None

    def _kept(self, id_: int) -> "_Kept":
        return _Kept.read(*self._store.execute(f"SELECT {_KEPT} FROM receipt WHERE id = ?", (id_,)).fetchone())

    def _enter(self, entry: "_Entry", received: str) -> None:
        billable, not_billable, to_check = entry.verdicts
        row = {
            "office": entry.office,
            "name": entry.name,
            "month": entry.month,
            "path": entry.path,
            "digest": entry.digest,
            "received": received,
            "status": entry.status.value,
            "billable": billable,
            "not_billable": not_billable,
            "to_check": to_check,
            "findings": len(entry.findings),
            "law": law_version(),
            "program": program_version(),
            "body": entry.pack(),
        }
        values = ", ".join(f":{column}" for column in row)
        self._store.execute(f"INSERT OR REPLACE INTO main.receipt ({', '.join(row)}) VALUES ({values})", row)

    def received_with(self, rows: Mapping[int, Rows]) -> str | None:
        """When a file with just these judged cells (by scheme) was received last; None where none was."""
        for received, body in self._store.execute("SELECT received, body FROM receipt ORDER BY id DESC"):
            kept = _unpacked(body)
            if kept and kept.rows and kept.rows == rows.get(kept.scheme):
                return str(received)
        return None

    def times(self, digests: Sequence[str]) -> dict[str, str]:
        """Return when each of these files that came before came last."""
        wanted = set(digests)
        came = self._store.execute("SELECT digest, max(received) FROM receipt GROUP BY digest")
        return {digest: received for digest, received in came if digest in wanted}

    def months(self) -> list[str]:
        return [
            month for (month,) in self._store.execute("SELECT DISTINCT month FROM receipt WHERE month ORDER BY month")
        ]

    def receipts(self, month: str) -> list[Receipt]:
        """Return what counts of the files of each office for a month, by office."""
        asked = f"SELECT {_KEPT} FROM receipt WHERE month = ? AND office != '' AND status = 'judged' ORDER BY id"
        kept = [_Kept.read(*row) for row in self._store.execute(asked, (month,))]
        doubles = doubles_of([file for each in kept for file in each.as_sent()])
        return sorted(_receipt(month, office, doubles) for office in _by_office(kept))

    def unread(self) -> list[tuple[str, str]]:
        """Return path and time of the files that could not be judged or held nothing: no office returned by them."""
        return list(self._store.execute("SELECT path, received FROM receipt WHERE status != 'judged' ORDER BY id"))

    def spoilt(self) -> int:
        """Return how many lines cannot be read."""
        count = "SELECT (SELECT count(*) FROM main.receipt) - (SELECT count(*) FROM receipt)"
        number: int = self._store.execute(count).fetchone()[0]
        return number

    def offices(self) -> dict[str, str]:
        """Return every office that ever sent something, with the name it had last."""
        found = dict(self._store.execute("SELECT office, name FROM receipt WHERE office != '' ORDER BY id").fetchall())
        numbered = {office_key(name) for office, name in found.items() if name and office != name}
        return {
            office: name for office, name in sorted(found.items()) if office != name or office_key(name) not in numbered
        }


def times_of(path: Path, digests: Sequence[str]) -> dict[str, str]:
    """Return when files came before, by their digests; no ledger knows nothing."""
    if not path.exists():
        return {}
    with open_ledger(path, new=False) as ledger:
        return ledger.times(digests)


@contextmanager
def open_ledger(path: Path, *, new: bool = True) -> Iterator[Ledger]:
    """Open a ledger; what was entered is kept if the block ends well, all of it or none."""
    there = _checked(path)
    if not new and there is Standing.NOTHING:
        raise WrongUse(f"受付簿 {path} がありません。check --ledger で作ります。")
    path.parent.mkdir(parents=True, exist_ok=True)
    store = None
    try:
        store = sqlite3.connect(path, timeout=30, isolation_level=None)
        if store.execute("PRAGMA user_version").fetchone()[0] not in (0, _FORMAT):
            raise WrongUse(f"受付簿 {path} は、この版では使えない形です。新しい zaitaku-xl で開いてください。")
        prove_whole(store)
        if new and there is not Standing.OURS:
            store.executescript(_SCHEMA)
        store.execute(_VIEW)
        store.execute("BEGIN IMMEDIATE" if new else "BEGIN")
        yield Ledger(store)
        store.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise Unwritten(
            f"受付簿 {path} を開けないか、書けません（{error}）。受付簿のファイルか、ディスクの空きを確かめてください。"
        ) from error
    finally:
        if store is not None:
            store.close()


def _checked(path: Path) -> Standing:
    """Tell what lies there; another program's file is refused before anything opens it."""
    try:
        there = standing(path, LEDGER)
    except OSError as error:
        raise Unwritten(
            f"受付簿 {path} を読めません（{error.strerror}）。読み取りの許可を確かめてください。"
        ) from error
    if there is Standing.OTHERS:
        raise WrongUse(
            f"{path} は受付簿ではありません。何も変えていません。受付簿のファイルか、まだない名前を指定してください。"
        )
    if there is Standing.SPOILT:
        raise WrongUse(
            f"受付簿 {path} は壊れています。何も変えていません。控えから戻すか、まだない名前を指定してください。"
        )
    return there


# ---- one file's month


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is kept of a file for a month."""

    office: str
    name: str
    month: str
    path: str
    digest: str
    status: Status
    verdicts: tuple[int, int, int]
    findings: list[BriefFinding]
    cells: tuple[tuple[str, int, str], ...]
    identity: Identity  # with the parts of this month alone

    @classmethod
    def of(cls, result: Result, month: str) -> "_Entry":
        office = result.office.number or result.office.name or (result.path if result.judged else "")
        counts = Counter(Verdict(day.verdict) for day in result.days if day.date.startswith(month))
        return cls(
            office=office,
            name=result.office.name,
            month=month,
            path=result.path,
            digest=result.digest,
            status=result.status,
            verdicts=(counts[Verdict.BILLABLE], counts[Verdict.NOT_BILLABLE], _still_open(counts)),
            findings=[_brief(finding) for finding in result.findings if month_of(finding, result.months) == month],
            cells=result.cells,
            identity=result.identity._replace(
                parts=tuple(part for part in result.identity.parts if part.month == month)
            ),
        )

    def pack(self) -> bytes:
        office, parts, records, ours = self.identity
        days = [(*part[:-1], dict(zip(Verdict, part.verdicts, strict=True))) for part in parts]
        body = [self.findings, self.cells, SCHEME, [office, days, records, ours]]
        return zlib.compress(json.dumps(body, ensure_ascii=False).encode())

    @property
    def rows(self) -> Rows:
        return {(sheet, row): text for sheet, row, text in self.cells}


def _brief(finding: PlainFinding) -> BriefFinding:
    return BriefFinding(finding.rule, finding.client or "", finding.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A line of the ledger with what was kept of the file; ``body`` is None where that cannot be read."""

    id: int
    office: str
    name: str
    received: str
    numbers: tuple[int, int, int, int]  # days by verdict, findings
    body: "_Body | None"

    @classmethod
    def read(cls, id_: int, office: str, name: str, received: str, *rest: Any) -> "_Kept":
        *numbers, body = rest
        return cls(
            id=id_,
            office=office,
            name=name,
            received=received,
            numbers=tuple(numbers),
            body=_unpacked(body),
        )

    @property
    def identity(self) -> Identity:
        return (self.body and self.body.identity) or Identity()

    @property
    def replaces_all(self) -> bool:
        """Of what version 0.1 wrote no days are known: it stands for all the office had sent, until the next one comes."""
        return self.body is None or self.body.identity is None

    def as_sent(self) -> Iterator[Sent]:
        if not self.replaces_all:
            age = Age(original=True, received=self.received, changed=0, path=str(self.id))
            yield Sent(age, self.identity)

    def counted(self, gone: Collection[str]) -> tuple[int, int, int, int]:
        """Return the numbers without the clients that are *gone*."""
        if not gone or self.body is None:
            return self.numbers
        parts = [part for part in self.identity.parts if part.client not in gone]
        counts = dict(zip(Verdict, verdict_sums(parts), strict=True))
        findings = [finding for finding in self.body.findings if finding.client not in gone] if parts else []
        return (
            counts[Verdict.BILLABLE],
            counts[Verdict.NOT_BILLABLE],
            _still_open(counts),
            len(findings),
        )


def _still_open(counts: Mapping[Verdict, int]) -> int:
    """The days of which nobody can say yet that they can be billed: to be checked, or something is still to be done."""
    return counts[Verdict.CHECK] + counts[Verdict.PENDING]


def _keys(office: str, name: str) -> OfficeKeys:
    """Return how an office is compared by what a line says of it: its number where that is not its name."""
    told = office_key(name)
    return OfficeKeys("" if office == name else number_key(office), (told,) if told else ())


def _by_office(kept: Sequence[_Kept]) -> list[list[_Kept]]:
    """Return the lines of each office that stand: what came after one that replaces all, else that one."""
    offices: list[list[_Kept]] = []
    for each in kept:
        keys = _keys(each.office, each.name)
        own = next((o for o in offices if any(is_same_office(_keys(k.office, k.name), keys) for k in o)), None)
        if own is None:
            offices.append([each])
        else:
            own.append(each)
    return offices


def _receipt(month: str, office: Sequence[_Kept], doubles: Mapping[str, tuple[Double, ...]]) -> Receipt:
    last = max((n for n, each in enumerate(office) if each.replaces_all), default=-1)
    standing = office[last + 1 :] or office[-1:]
    counted = []
    for each in standing:
        gone = {double.client for double in doubles.get(str(each.id), ())}
        if not gone or len(gone) < len(each.identity.parts):
            counted.append(each.counted(gone))
    numbered = next((each for each in reversed(office) if each.office != each.name), office[-1])
    billable, not_billable, to_check, findings = map(sum, zip(*counted, strict=True)) if counted else (0, 0, 0, 0)
    return Receipt(
        office=numbered.office,
        name=next((each.name for each in reversed(office) if each.name), ""),
        month=month,
        received=office[-1].received,
        times=1 + len(office) - max(1, len(counted)),
        billable=billable,
        not_billable=not_billable,
        to_check=to_check,
        findings=findings,
    )


def _compared(entry: _Entry, before: _Kept) -> CameAgain:
    came = CameAgain(
        path=entry.path,
        office=entry.name or entry.office,
        month=entry.month,
        before=before.received,
        same=False,
    )
    if before.body is None:
        return replace(came, comparable=False)
    old, new = Counter(before.body.findings), Counter(entry.findings)
    return replace(
        came,
        mended=tuple(sorted((old - new).elements())),
        new=tuple(sorted((new - old).elements())),
        edited=_edited(before.body, entry),
    )


def _edited(before: "_Body", entry: _Entry) -> tuple[str, ...]:
    return tuple(changed(before.rows, entry.rows)) if before.scheme == SCHEME else (_NOT_COMPARED,)


class _Body(NamedTuple):
    """What was kept of a file: its findings, its judged cells with their scheme, whose days it held."""

    findings: list[BriefFinding]
    rows: Rows
    scheme: int
    identity: Identity | None  # None: written before days were kept


def _unpacked(body: object) -> _Body | None:
    """Return what was kept of a file; None where that cannot be read any more.

    Before there were schemes it was the first.
    """
    try:
        findings, cells, *more = json.loads(zlib.decompress(body))  # type: ignore[arg-type]
        brief = [BriefFinding(*map(_text, each)) for each in findings]
        rows = {(_text(sheet), _number(row)): _text(text) for sheet, row, text in cells}
        scheme = _number(more[0]) if more else 1
        return _Body(brief, rows, scheme, _identity(*more[1]) if len(more) > 1 else None)
    except (zlib.error, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _identity(office: list[Any], parts: list[Any], records: object, ours: object) -> Identity:
    number, names = office
    return Identity(
        office=OfficeKeys(_text(number), tuple(map(_text, names))),
        parts=tuple(_part(*part) for part in parts),
        records=_text(records),
        ours=ours is True,
    )


def _part(*told: Any) -> ClientMonth:
    *texts, days, verdicts = told
    client, number, name, month = map(_text, texts)
    return ClientMonth(
        client=client,
        number=number,
        name=name,
        month=month,
        days=_number(days),
        verdicts=tuple(_number(verdicts.get(verdict, 0)) for verdict in Verdict),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value
