"""How an office's own sheets are read: told, put into a copy to answer in, kept in a file."""

from collections.abc import Sequence
from pathlib import Path

from zaitaku_xl import time_limit
from zaitaku_xl.errors import NotALog
from zaitaku_xl.hosts.writing import safe_file
from zaitaku_xl.jobs.judging import AS_IT_STANDS, Asked
from zaitaku_xl.jobs.opening import opened, tables_of
from zaitaku_xl.layouts import Understanding
from zaitaku_xl.layouts.answers import SHEET, Kept, kept_in, text_of
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.ooxml.workbook import free_sheet_name
from zaitaku_xl.sheets.reading_sheet import reading_sheet


def how_read(path: Path, asked: Asked = AS_IT_STANDS) -> Understanding:
    """Return how a workbook is read; without sheets of its own where all are the contract's."""
    with time_limit.within():
        return tables_of(opened(path), asked.month, asked.layouts)


def write_reading_copy(path: Path, made: Understanding, target: Path) -> str:
    """Write a copy with the sheet 「読み取り方」 and return that sheet's name; raises NotALog where there is nothing to answer."""
    if not made.sheets and not made.likely:
        raise NotALog("事業所が作ったシートが見つかりません。このままで点検できます。")
    name = SHEET

    def sheets(taken: Sequence[str]) -> Sequence[MadeSheet]:
        nonlocal name
        name = free_sheet_name(SHEET, list(taken))
        return (reading_sheet(made, name),)

    safe_file.put_new(target, opened(path).given(sheets), like=path)
    return name


def keep_answers(made: Understanding, target: Path) -> int:
    """Write the answers of a book into a file for the other books of the office, and return how many there are."""
    safe_file.put_new(target, text_of(made.answers, made.sheets).encode())
    return len(made.answers)


def layouts_of(*paths: Path) -> tuple[Kept, ...]:
    """Read what was kept; raises WrongUse."""
    return kept_in(paths)
