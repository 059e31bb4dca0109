"""The sheets that an office's own book lacks, put into a copy of it: blank but for the names found in its log."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from zaitaku_xl.book import layout
from zaitaku_xl.book.plain import folded
from zaitaku_xl.book.read import read_log
from zaitaku_xl.errors import NotALog, WrongUse
from zaitaku_xl.hosts.writing import safe_file
from zaitaku_xl.jobs.opening import opened, tables_of
from zaitaku_xl.layouts import Understanding
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Month
from zaitaku_xl.sheets import blank
from zaitaku_xl.sheets.canonical import canonical

_NOT_ADDED = (layout.ENTRIES.sheet,)  # the log is the office's own


class Added(NamedTuple):
    """The sheets that were added, and how many names were listed."""

    sheets: tuple[str, ...]
    names: int


def add_sheets(path: Path, target: Path, month: Month | None = None) -> Added:
    """Write a copy with the sheets that the book lacks; raises NotALog, Unreadable or WrongUse with a sentence."""
    book = opened(path)
    made = tables_of(book, month)
    if made.refusal:
        raise NotALog(made.refusal)
    names = _names(made, month)
    added: tuple[MadeSheet, ...] = ()

    def sheets(taken: Sequence[str]) -> Sequence[MadeSheet]:
        nonlocal added
        added = tuple(_lacking(made, taken, names, month))
        if not added:
            raise WrongUse("足りないシートはありません。このまま点検できます。")
        return added

    safe_file.put_new(target, book.given(sheets), like=path)
    listed = any(sheet.name == layout.CLIENTS.sheet for sheet in added)
    return Added(tuple(sheet.name for sheet in added), len(names) if listed else 0)


def _names(made: Understanding, month: Month | None) -> list[str]:
    """The names in the log, as it first writes each."""
    log = read_log(made.grids, month, made.remarks)
    return [each.name for each in log.people if each.entries]


def _lacking(
    made: Understanding, taken: Sequence[str], names: Sequence[str], month: Month | None
) -> Iterator[MadeSheet]:
    """Yield the sheets that are neither there nor understood; no guard reads a list that the book does not have."""
    held = {folded(grid.name) for grid in made.grids} | set(map(folded, taken))
    settings = {item.heading: None for item in canonical().settings.items}
    if month:
        settings["対象年月"] = month.first  # type: ignore[assignment]
    clients = [{"氏名": name} for name in names]
    every = blank.filled(settings, {layout.CLIENTS.sheet: clients}).sheets
    ours = {layout.SETTINGS_SHEET, *(table.sheet for table in layout.TABLES)} - set(_NOT_ADDED)
    lacking = [sheet for sheet in every if sheet.name in ours and folded(sheet.name) not in held]
    there = {*taken, *(sheet.name for sheet in lacking)}
    for sheet in lacking:
        guards = tuple(guard for guard in sheet.guards if guard.source is None or guard.source[0] in there)
        yield replace(sheet, guards=guards, rulings=(), of_the_office=True)
