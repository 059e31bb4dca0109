"""Our marks taken off a file again."""

from pathlib import Path

from zaitaku_xl import time_limit
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.jobs import sentences


def clear_file(path: Path, target: Path, *, keep_backup: bool = False) -> tuple[str, ...]:
    """Take our marks off and write the workbook to *target*; returns what stayed, in sentences."""
    with time_limit.within():
        book = ClosedBook.opened(path)
        cleared = book.cleared()
    kept = book.put_in_place(cleared, target, keep_backup=keep_backup)
    return (*sentences.stayed(cleared), *sentences.backup(kept))
