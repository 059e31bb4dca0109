"""A workbook judged, with what its office wrote into the lists that are in it."""

from dataclasses import replace

from zaitaku_xl.errors import NotALog
from zaitaku_xl.hosts.book import Book, Ours
from zaitaku_xl.jobs.judging import AS_IT_STANDS, Asked, Judged, judged
from zaitaku_xl.jobs.opening import tables_of
from zaitaku_xl.report import Report
from zaitaku_xl.sheets.jottings import OlderList, generation_of, jottings_for


def judged_in(book: Book, asked: Asked = AS_IT_STANDS) -> Judged:
    """Judge a workbook; what was ticked in it is known to the report."""
    tables = tables_of(book, asked.month, asked.layouts)
    if tables.refusal:
        raise NotALog(tables.refusal)
    work = judged(tables.grids, asked, tables.remarks)
    return replace(work, report=_with_jottings(work.report, book), questions=tables.questions)


def _with_jottings(report: Report, book: Book) -> Report:
    lists = [ours for ours in book.sheets_of_ours() if ours.is_list]
    if not any(ours.written_in for ours in lists):
        return report
    return replace(report, jottings=jottings_for(report, _newest_first(book, lists)))


def _newest_first(book: Book, lists: list[Ours]) -> list[OlderList]:
    names = {ours.name for ours in lists}
    grids = {grid.name: grid for grid in book.grids(names.__contains__)}
    held = [ours for ours in lists if ours.name in grids]
    held.sort(key=lambda ours: (generation_of(ours.key), ours.as_made), reverse=True)
    return [
        OlderList(generation=generation_of(ours.key), stays=not ours.as_made, grid=grids[ours.name]) for ours in held
    ]
