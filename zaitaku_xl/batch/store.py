"""Our SQLite files, known by their first bytes: a file that is not proven ours is never opened by SQLite, which may write.

A file of ours carries an application id. The first version wrote none: its files are known by the words that made their
table, which stand on the first page.
"""

import sqlite3
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

_MAGIC = b"SQLite format 3\0"
_FIRST_PAGE = 65_536  # the longest a page can be
_APPLICATION_ID = slice(68, 72)
_PAGE_SIZE = slice(16, 18)
_ALWAYS_THE_SAME = (slice(21, 24), b"\x40\x20\x20")  # payload fractions


class Brand(NamedTuple):
    """How a kind of our files is known: its application id, and what the first version wrote instead."""

    id: int
    older: bytes | None = None

    @property
    def pragma(self) -> str:
        return f"PRAGMA application_id = {self.id}"


LEDGER = Brand(int.from_bytes(b"ZTKL"), b"CREATE TABLE receipt (\n    id INTEGER PRIMARY KEY, office TEXT NOT NULL")
JOURNAL = Brand(int.from_bytes(b"ZTKJ"), b"CREATE TABLE result (name TEXT PRIMARY KEY, key TEXT, copy TEXT, ")
ANONYMOUS_JOURNAL = Brand(int.from_bytes(b"ZTKA"))


class Standing(Enum):
    """What lies under a name."""

    NOTHING = auto()  # no file, or an empty one
    OURS = auto()
    OLDER = auto()  # ours, of the first version
    SPOILT = auto()  # no database and no text of anybody: what a power cut leaves
    OTHERS = auto()


def standing(path: Path, brand: Brand) -> Standing:
    """Tell what lies there without changing a byte of it; raises OSError where it cannot be read."""
    if not path.exists():
        return Standing.NOTHING
    if not path.is_file():
        return Standing.OTHERS
    with path.open("rb") as file:
        first = file.read(_FIRST_PAGE)
    if not first:
        return Standing.NOTHING
    if not first.strip(b"\0"):
        return Standing.SPOILT
    if not first.startswith(_MAGIC):
        return Standing.OTHERS
    return _of_database(first, brand)


def _of_database(first: bytes, brand: Brand) -> Standing:
    own_id = int.from_bytes(first[_APPLICATION_ID])
    if own_id == brand.id:
        return Standing.OURS
    where, always = _ALWAYS_THE_SAME
    size = int.from_bytes(first[_PAGE_SIZE])
    if first[where] != always or size & (size - 1):
        return Standing.SPOILT
    older = brand.older is not None and own_id == 0 and brand.older in first
    return Standing.OLDER if older else Standing.OTHERS


def prove_whole(store: sqlite3.Connection) -> None:
    """Raise DatabaseError where pages are damaged: found later it would end the run."""
    if store.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("ファイルの一部が壊れています")
