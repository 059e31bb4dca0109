"""The journal of a run: every result as soon as it is known, so that a run broken off goes on where it stopped.

It lies in the output folder, or nowhere at all where nothing was asked to be kept. Results are read from it again in
the order of the files: whatever their number, few of them are in memory at a time.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from zaitaku_xl.batch.packing import PackedResult, unpack
from zaitaku_xl.errors import InUse, Unwritten
from zaitaku_xl.results.plain import Result, Tally

NAME = "点検の途中経過.sqlite"
_FORMAT = 5
_PATIENCE = 2.0  # seconds for another run in the same folder to end


class EarlierResult(NamedTuple):
    """What an earlier run left of a file: the key it was judged under and the digest of the marked copy."""

    key: str
    copy: str


class Journal:
    """Results by the name of their file. Without a folder it is a passing file of the system's."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / NAME if folder else None
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        with _explained():
            try:
                self._store = _opened(self._path)
            except sqlite3.DatabaseError as error:
                if self._path is None or isinstance(error, sqlite3.OperationalError):  # full or in use, not spoilt
                    raise
                self._path.unlink(missing_ok=True)  # cut off by a power failure: only time is lost
                self._store = _opened(self._path)

    def earlier(self, *, days: bool) -> dict[str, EarlierResult]:
        """Return what there is; where *days* are needed, a result that was kept without them is none."""
        key = "CASE days WHEN x'' THEN '' ELSE key END" if days else "key"
        with _explained():
            found = self._store.execute(f"SELECT name, {key}, copy FROM result")
            return {name: EarlierResult(key, copy) for name, key, copy in found}

    def keep(self, name: str, earlier: EarlierResult, result: PackedResult, rows: bytes) -> None:
        """Keep a result for good; a full disk ends the run in a sentence."""
        with _explained():
            told = (name, *earlier, *result, rows)
            self._store.execute("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?)", told)
            self._store.commit()

    def outlines(self, names: Iterable[str]) -> Iterator[Result]:
        """Yield results without their findings, days and cells."""
        return (unpack(counts) for (counts,) in self._parts(names, "counts"))

    def results(self, names: Iterable[str], *, whole: bool = False) -> Iterator[Result]:
        """Yield results; their days and cells only where the *whole* is asked for."""
        return (unpack(*parts) for parts in self._parts(names, "counts, findings" + ", days" * whole))

    def outlines_with_rows(self, names: Iterable[str]) -> Iterator[tuple[Result, bytes]]:
        """Yield results without their findings, and the packed rows they bring to the summary."""
        return ((unpack(counts), rows) for counts, rows in self._parts(names, "counts, rows"))

    def tally(self, name: str) -> Tally:
        return next(self.outlines([name])).tally

    def _parts(self, names: Iterable[str], columns: str) -> Iterator[tuple[bytes, ...]]:
        asked = f"SELECT {columns} FROM result WHERE name = ?"
        return (self._store.execute(asked, (name,)).fetchone() for name in names)

    def close(self) -> None:
        self._store.close()


def _opened(path: Path | None) -> sqlite3.Connection:
    store = sqlite3.connect(path or "", timeout=_PATIENCE)
    try:
        # A killed program leaves a journal that is whole; only a power cut may spoil it, and then it is made anew.
        store.execute("PRAGMA synchronous = OFF")
        store.execute("PRAGMA locking_mode = EXCLUSIVE")  # ours to the end: not locked and given up with every file
        store.executescript("BEGIN EXCLUSIVE; COMMIT")
        if store.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            store.executescript(
                "DROP TABLE IF EXISTS result;"
                "CREATE TABLE result (name TEXT PRIMARY KEY, key TEXT, copy TEXT, counts BLOB, findings BLOB, days BLOB, rows BLOB);"
                f"PRAGMA user_version = {_FORMAT};"
            )
    except sqlite3.DatabaseError:
        store.close()
        raise
    return store


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        failure = InUse if "locked" in str(error) else Unwritten
        raise failure(_why(error)) from error


def _why(error: sqlite3.Error) -> str:
    full = "full" in str(error) or "disk I/O" in str(error)
    why = "ディスクの空きを確かめてください。" if full else "ほかの点検が同じ置き場所で動いていないか確かめてください。"
    return f"途中経過（{NAME}）に書けません。{why}点検できたところまでは残っています。"
