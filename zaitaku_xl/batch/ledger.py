"""受付簿: which file came from which office for which month, and what changed when one came again.

It holds the findings and the digests of the judged cells of each file, so that the next one can be compared; no cell's
words. When a file came is told by who calls: nothing here knows what time it is.
"""

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from zaitaku_xl.batch.store import LEDGER, Standing, prove_whole, standing
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.finding import Verdict
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.report import Status
from zaitaku_xl.results.plain import PlainFinding, Result
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
    """A line of the ledger: the last file of an office for a month, and how many came."""

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
        """Enter a file, a line a month, and compare it with the one before."""
        for month in result.months or ("",):
            entry = _Entry.of(result, month)
            before = self._last(entry)
            same = self._received(entry)
            if not same:
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
                yield _compared(entry, *before)

    def _received(self, entry: "_Entry") -> str | None:
        """When this very file was received before: of an office by what it holds, else by its name as well."""
        path = "" if entry.office else entry.path
        found = self._store.execute(
            "SELECT received FROM receipt WHERE office = ? AND month = ? AND digest = ? AND ? IN ('', path)"
            " ORDER BY id DESC LIMIT 1",
            (entry.office, entry.month, entry.digest, path),
        ).fetchone()
        return found[0] if found else None

    def _last(self, entry: "_Entry") -> tuple[str, object] | None:
        found = self._store.execute(
            "SELECT received, body FROM receipt WHERE office = ? AND month = ? AND status = 'judged'"
            " ORDER BY id DESC LIMIT 1",
            (entry.office, entry.month),
        ).fetchone()
        return (found[0], found[1]) if found else None

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
            if kept and kept[1] and kept[1] == rows.get(kept[2]):
                return str(received)
        return None

    def months(self) -> list[str]:
        return [
            month for (month,) in self._store.execute("SELECT DISTINCT month FROM receipt WHERE month ORDER BY month")
        ]

    def receipts(self, month: str) -> list[Receipt]:
        """Return the last file of each office for a month, by office."""
        found = self._store.execute(
            "SELECT office, name, month, received, (SELECT count(*) FROM receipt AS r WHERE r.office = receipt.office"
            " AND r.month = receipt.month AND r.status = 'judged'), billable, not_billable, to_check, findings FROM receipt WHERE id IN"
            " (SELECT max(id) FROM receipt WHERE month = ? AND office != '' AND status = 'judged' GROUP BY office) ORDER BY office",
            (month,),
        )
        return [Receipt(*row) for row in found]

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
        found = self._store.execute("SELECT office, name FROM receipt WHERE office != '' ORDER BY id")
        return dict(sorted(dict(found).items()))


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

    @classmethod
    def of(cls, result: Result, month: str) -> "_Entry":
        office = result.office.number or result.office.name or (result.path if result.judged else "")
        counts = Counter(day.verdict for day in result.days if day.date.startswith(month))
        return cls(
            office=office,
            name=result.office.name,
            month=month,
            path=result.path,
            digest=result.digest,
            status=result.status,
            verdicts=(counts[Verdict.BILLABLE], counts[Verdict.NOT_BILLABLE], counts[Verdict.CHECK]),
            findings=[_brief(finding) for finding in result.findings if _in_month(finding, month, result.months)],
            cells=result.cells,
        )

    def pack(self) -> bytes:
        return zlib.compress(json.dumps([self.findings, self.cells, SCHEME], ensure_ascii=False).encode())

    @property
    def rows(self) -> Rows:
        return {(sheet, row): text for sheet, row, text in self.cells}


def _brief(finding: PlainFinding) -> BriefFinding:
    return BriefFinding(finding.rule, finding.client or "", finding.when)


def _in_month(finding: PlainFinding, month: str, months: tuple[str, ...]) -> bool:
    """What is of no day belongs to the first month of its file."""
    day = finding.date or (finding.period[1] if finding.period else None)
    return day.startswith(month) if day and day[:7] in months else month == (months[0] if months else "")


def _compared(entry: _Entry, received: str, body: object) -> CameAgain:
    came = CameAgain(
        path=entry.path,
        office=entry.name or entry.office,
        month=entry.month,
        before=received,
        same=False,
    )
    kept = _unpacked(body)
    if kept is None:
        return replace(came, comparable=False)
    findings, cells, scheme = kept
    old, new = Counter(findings), Counter(entry.findings)
    return replace(
        came,
        mended=tuple(sorted((old - new).elements())),
        new=tuple(sorted((new - old).elements())),
        edited=tuple(changed(cells, entry.rows)) if scheme == SCHEME else (_NOT_COMPARED,),
    )


def _unpacked(body: object) -> tuple[list[BriefFinding], Rows, int] | None:
    """Return what was kept of a file, with the scheme of its cells; None where that cannot be read any more.

    Before there were schemes it was the first.
    """
    try:
        findings, cells, *scheme = json.loads(zlib.decompress(body))  # type: ignore[arg-type]
        brief = [BriefFinding(*map(_text, each)) for each in findings]
        rows = {(_text(sheet), _number(row)): _text(text) for sheet, row, text in cells}
        return brief, rows, _number(scheme[0]) if scheme else 1
    except (zlib.error, ValueError, TypeError, RecursionError):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value
