"""The journal of a run: every result as soon as it is known, so that a run broken off goes on where it stopped.

It lies in the output folder, or nowhere at all where nothing was asked to be kept. Results are read from it again in
the order of the files: whatever their number, few of them are in memory at a time.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from zaitaku_xl.batch.names import JOURNAL as NAME
from zaitaku_xl.batch.packing import PackedResult, unpack
from zaitaku_xl.batch.store import ANONYMOUS_JOURNAL, JOURNAL, Brand, Standing, prove_whole, standing
from zaitaku_xl.errors import InUse, Unwritten, WrongUse
from zaitaku_xl.hosts.writing.safe_file import EARLIER, checked_place, keep_aside
from zaitaku_xl.results.plain import Result, Tally

_FORMAT = 8
_PATIENCE = 2.0  # seconds for another run in the same folder to end
_COLUMNS = ("name", "key", "copy", "counts", "findings", "days", "rows", "sum")
_RECOUNTED = "CREATE TEMP TABLE recounted (name TEXT PRIMARY KEY, counts BLOB, findings BLOB, days BLOB, rows BLOB)"
_BESIDE = ("-journal", "-wal", "-shm")  # what SQLite lays beside a file while it writes


class EarlierResult(NamedTuple):
    """What an earlier run left of a file: the key it was judged under and the digest of the marked copy."""

    key: str
    copy: str


class Journal:
    """Results by the name of their file. Without a folder it is a passing file of the system's.

    One of an *anonymous* run holds codes alone, and lies in no folder where one with names lies. What cannot be read of
    an earlier run is not known: only time is lost. What another program left under our name is refused untouched.
    """

    def __init__(self, folder: Path | None, *, anonymous: bool = False) -> None:
        self._path = folder / NAME if folder else None
        self._recounted: set[str] = set()
        brand = ANONYMOUS_JOURNAL if anonymous else JOURNAL
        spoilt = False
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            checked_place(self._path)
            spoilt = _checked(self._path, anonymous=anonymous) is Standing.SPOILT
        with _explained():
            if spoilt:
                self._make_way()
            try:
                self._store = _opened(self._path, brand)
            except sqlite3.DatabaseError as error:
                if self._path is None or _is_of_the_disk(error):  # full or in use, not spoilt
                    raise
                self._drop()  # ours, cut off by a power failure: only time is lost
                self._store = _opened(self._path, brand)

    def _make_way(self) -> None:
        """Keep what is not known as ours under another name: it may be somebody's, and nobody can look."""
        assert self._path is not None
        for path in (Path(f"{self._path}{end}") for end in ("", *_BESIDE)):
            if path.exists() and path.read_bytes().strip(b"\0"):
                keep_aside(path)
        self._drop()

    def _drop(self) -> None:
        assert self._path is not None
        try:
            for end in ("", *_BESIDE):
                Path(f"{self._path}{end}").unlink(missing_ok=True)
        except OSError as error:
            raise Unwritten(_why(error)) from error

    def earlier(self, *, days: bool) -> dict[str, EarlierResult]:
        """Return what there is; where *days* are needed, a result that was kept without them is none."""
        with _explained():
            kept = self._store.execute(f"SELECT {', '.join(_COLUMNS)} FROM result")
            return {
                name: EarlierResult("" if days and not its_days else key, copy)
                for name, key, copy, counts, findings, its_days, rows, sum_ in kept
                if sum_ == _sum_of(name, key, copy, counts, findings, its_days, rows)
            }

    def keep(self, name: str, earlier: EarlierResult, result: PackedResult, rows: bytes) -> None:
        """Keep a result for good; a full disk ends the run in a sentence."""
        with _explained():
            told = (name, *earlier, *result, rows)
            places = ", ".join("?" * len(_COLUMNS))
            self._store.execute(f"INSERT OR REPLACE INTO result VALUES ({places})", (*told, _sum_of(*told)))
            self._store.commit()

    def recount(self, name: str, result: PackedResult, rows: bytes) -> None:
        """Tell for the rest of this run what counts of a result; the next run counts anew."""
        with _explained():
            if not self._recounted:
                self._store.execute(_RECOUNTED)
            self._store.execute("INSERT INTO temp.recounted VALUES (?, ?, ?, ?, ?)", (name, *result, rows))
            self._recounted.add(name)

    def outlines(self, names: Iterable[str]) -> Iterator[Result]:
        """Yield results without their findings, days and cells."""
        return (unpack(counts) for (counts,) in self._parts(names, "counts"))

    def results(self, names: Iterable[str], *, whole: bool = False, as_judged: bool = False) -> Iterator[Result]:
        """Yield results; their days and cells only where the *whole* is asked for.

        What counts of each, unless they are wanted *as judged*.
        """
        columns = "counts, findings" + ", days" * whole
        return (unpack(*parts) for parts in self._parts(names, columns, as_judged=as_judged))

    def outlines_with_rows(self, names: Iterable[str]) -> Iterator[tuple[Result, bytes]]:
        """Yield results without their findings, and the packed rows they bring to the summary."""
        return ((unpack(counts), rows) for counts, rows in self._parts(names, "counts, rows"))

    def tally(self, name: str) -> Tally:
        return next(self.outlines([name])).tally

    def _parts(self, names: Iterable[str], columns: str, *, as_judged: bool = False) -> Iterator[tuple[bytes, ...]]:
        recounted = frozenset() if as_judged else self._recounted
        for name in names:
            table = "temp.recounted" if name in recounted else "result"
            yield self._store.execute(f"SELECT {columns} FROM {table} WHERE name = ?", (name,)).fetchone()

    def close(self) -> None:
        self._store.close()


def _checked(path: Path, *, anonymous: bool) -> Standing:
    """Tell what lies under our name; refuse what is not ours, and for an anonymous run what may hold names."""
    try:
        there = standing(path, JOURNAL)
        coded = standing(path, ANONYMOUS_JOURNAL) is Standing.OURS
    except OSError as error:
        raise Unwritten(f"{path} を読めません（{error.strerror}）。読み取りの許可を確かめてください。") from error
    if there is Standing.OTHERS and not coded:
        raise WrongUse(
            f"{path} は、プログラムの途中経過ではありません。何も変えていません。"
            "別の場所に移すか、--out に別のフォルダーを指定してください。"
        )
    left_alone = there is Standing.NOTHING and _left_of(path)
    if anonymous and not coded and (there is not Standing.NOTHING or left_alone):
        raise WrongUse(
            f"{path.parent} には、氏名の入った途中経過（「{path.stem}」で始まるファイル）があります。何も変えていません。"
            "--anonymise では、--out に新しいフォルダーを指定するか、このフォルダーの中身を片付けてから実行してください。"
        )
    return there


def _left_of(path: Path) -> bool:
    """Tell whether one with names lay here: what SQLite laid beside it is there, or it was kept under another name."""
    kept = path.parent.glob(f"{path.stem}{EARLIER}*{path.suffix}*")
    return any(os.path.lexists(f"{path}{end}") for end in _BESIDE) or any(kept)


def _sum_of(*values: Any) -> int:
    """A number over all that is kept of a file: what somebody or a bad disk changed is not taken for a result."""
    return crc32(b"\0".join(value if isinstance(value, bytes) else repr(value).encode() for value in values))


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")  # then its sum does not fit


def _opened(path: Path | None, brand: Brand) -> sqlite3.Connection:
    store = sqlite3.connect(path or "", timeout=_PATIENCE)
    store.text_factory = _lenient
    try:
        # A killed program leaves a journal that is whole; only a power cut may spoil it, and then it is made anew.
        store.execute("PRAGMA synchronous = OFF")
        store.execute("PRAGMA locking_mode = EXCLUSIVE")  # ours to the end: not locked and given up with every file
        store.executescript("BEGIN EXCLUSIVE; COMMIT")
        prove_whole(store)
        if store.execute("PRAGMA application_id").fetchone()[0] != brand.id:
            store.execute(brand.pragma)
        if store.execute("PRAGMA user_version").fetchone()[0] != _FORMAT or not _fits(store):
            store.executescript(
                "DROP TABLE IF EXISTS result;"
                "CREATE TABLE result (name TEXT PRIMARY KEY, key TEXT, copy TEXT, counts BLOB, findings BLOB, days BLOB,"
                " rows BLOB, sum INTEGER);"
                f"PRAGMA user_version = {_FORMAT};"
            )
    except sqlite3.DatabaseError:
        store.close()
        raise
    return store


def _fits(store: sqlite3.Connection) -> bool:
    return tuple(row[1] for row in store.execute("PRAGMA table_info(result)")) == _COLUMNS


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        failure = InUse if "locked" in str(error) else Unwritten
        raise failure(_why(error)) from error


_OF_THE_DISK = {  # words of SQLite's for what is no fault of the file, and what to do
    "full": "ディスクの空きを確かめてください。",
    "disk I/O": "ディスクの空きを確かめてください。",
    "readonly": "このファイルとフォルダーの書き込みの許可を確かめてください。",
    "unable to open": "このファイルとフォルダーの書き込みの許可を確かめてください。",
    "locked": "ほかの点検が同じ置き場所で動いていないか確かめてください。",
}


def _is_of_the_disk(error: Exception) -> bool:
    return any(words in str(error) for words in _OF_THE_DISK)


def _why(error: Exception) -> str:
    known = (remedy for words, remedy in _OF_THE_DISK.items() if words in str(error))
    why = next(known, "このファイルとフォルダーの書き込みの許可を確かめてください。")
    return f"途中経過（{NAME}）に書けません。{why}点検できたところまでは残っています。"
