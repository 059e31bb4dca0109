"""The journal of a run: every result as soon as it is known, so that a run broken off goes on where it stopped.

It lies in the output folder, or nowhere at all where nothing was asked to be kept. Results are read from it again in
the order of the files: whatever their number, few of them are in memory at a time.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from zaitaku_xl.batch.results import Result, Tally, packed, unpacked
from zaitaku_xl.errors import Unwritten

NAME = "点検の途中経過.sqlite"
_FORMAT = 1
_SECONDS = 0.5  # at most so much work is lost when the program is killed


class Known(NamedTuple):
    """What an earlier run left of a file: the key it was judged under and the digest of the marked copy."""

    key: str
    copy: str


class Journal:
    """Results by the name of their file. Without a folder it is a passing file of the system's."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / NAME if folder else None
        self._saved = monotonic()
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            self._store = _opened(self._path)
        except sqlite3.DatabaseError as error:
            if self._path is None:
                raise Unwritten(_why(error)) from error
            self._path.unlink(missing_ok=True)  # cut off by a power failure: only time is lost
            try:
                self._store = _opened(self._path)
            except sqlite3.DatabaseError as again:
                raise Unwritten(_why(again)) from again

    def known(self) -> dict[str, Known]:
        return {name: Known(key, copy) for name, key, copy in self._store.execute("SELECT name, key, copy FROM result")}

    def keep(self, name: str, known: Known, result: Result | bytes) -> None:
        """Keep a result, packed or not; a full disk ends the run in a sentence."""
        data = packed(result) if isinstance(result, Result) else result
        try:
            self._store.execute("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?)", (name, *known, data))
            if monotonic() - self._saved > _SECONDS:
                self.save()
        except sqlite3.DatabaseError as error:
            raise Unwritten(_why(error)) from error

    def save(self) -> None:
        self._store.commit()
        self._saved = monotonic()

    def result(self, name: str) -> Result:
        (data,) = self._store.execute("SELECT body FROM result WHERE name = ?", (name,)).fetchone()
        return unpacked(data)

    def results(self, names: list[str]) -> Iterator[Result]:
        return map(self.result, names)

    def tally(self, name: str) -> Tally:
        return self.result(name).tally

    def close(self) -> None:
        try:
            self.save()
        except sqlite3.DatabaseError as error:
            raise Unwritten(_why(error)) from error
        finally:
            self._store.close()


def _opened(path: Path | None) -> sqlite3.Connection:
    store = sqlite3.connect(path or "")
    try:
        # A killed program leaves a journal that is whole; only a power cut may spoil it, and then it is made anew.
        store.execute("PRAGMA synchronous = OFF")
        if store.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            store.executescript(
                "DROP TABLE IF EXISTS result;"
                "CREATE TABLE result (name TEXT PRIMARY KEY, key TEXT, copy TEXT, body BLOB) WITHOUT ROWID;"
                f"PRAGMA user_version = {_FORMAT};"
            )
    except sqlite3.DatabaseError:
        store.close()
        raise
    return store


def _why(error: sqlite3.Error) -> str:
    full = "full" in str(error) or "disk I/O" in str(error)
    why = "ディスクの空きを確かめてください。" if full else "ほかの点検が同じ置き場所で動いていないか確かめてください。"
    return f"途中経過（{NAME}）に書けません。{why}点検できたところまでは残っています。"
