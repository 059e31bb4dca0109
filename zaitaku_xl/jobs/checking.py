"""Judge a workbook, mark it, take the marks off: one file from its name to its outcome."""

import gc
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from zaitaku_xl import what_if
from zaitaku_xl.book import layout
from zaitaku_xl.book.j611 import Claims
from zaitaku_xl.book.read import read_log
from zaitaku_xl.book.tables import table_in
from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Grid
from zaitaku_xl.check import check
from zaitaku_xl.errors import BrokenRule, LayoutError, NotALog, Unreadable, Unwritten, ZaitakuError
from zaitaku_xl.hosts.closed_book import ClosedBook, bytes_of
from zaitaku_xl.hosts.foreign_book import ENDINGS, ForeignBook
from zaitaku_xl.hosts.marking import Ours
from zaitaku_xl.hosts.writing.safe_file import put
from zaitaku_xl.law import Law, load_law
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.made import MadeSheet, made_by_us
from zaitaku_xl.model import ClaimLine, Log, Month
from zaitaku_xl.report import Report, Status
from zaitaku_xl.sheets.marks import marks
from zaitaku_xl.sheets.result_sheet import result_sheet
from zaitaku_xl.sheets.seal import Seal, seal_sheet, sealed_rows
from zaitaku_xl.what_if import OtherReading, Trial

log = logging.getLogger(__name__)
TOO_LARGE = "中身が大きすぎて、メモリが足りません。月ごとに分けるなど、小さくしてから点検してください。"
_KNOWN_SHEETS = frozenset(folded(name) for name in (layout.SETTINGS_SHEET, *(t.sheet for t in layout.TABLES)))


@dataclass(frozen=True, slots=True)
class Asked:
    """How to judge: these months instead of 対象年月, this town (id) for clients without one, these claim files.

    And what to judge beside it: the other readings of the open questions, a draft notice. ``seal`` puts the digest of
    the judged cells into the marked copy, ``cells`` gives it back.
    """

    months: tuple[Month, ...] | None = None
    city: str | None = None
    claims: Claims | None = None
    readings: bool = False
    draft: Path | None = None
    seal: bool = False
    cells: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. ``path`` is as the person gave it, ``written`` where a marked copy lies.

    ``remarks`` are sentences for the person: what could not be marked and why.
    """

    path: str
    status: Status
    reason: str | None = None
    report: Report | None = None
    written: Path | None = None
    remarks: tuple[str, ...] = ()
    unwritten: bool = field(default=False)  # judged, but the marked copy that was asked for could not be made
    other_readings: tuple[OtherReading, ...] = ()
    trial: Trial | None = None
    log: Log | None = None  # what was judged
    template: str | None = None  # the version of the template the workbook was made from
    seal: Seal | None = None

    @property
    def exit_status(self) -> int:
        if self.report is None or self.unwritten:
            return 2
        return 0 if self.report.clean else 1


class Readable(Protocol):
    """Whoever holds a workbook: a file, or the program it is open in."""

    def grids(self, wanted: Callable[[str], bool]) -> tuple[Grid, ...]: ...


class HoldsOurs(Protocol):
    """Whoever tells which sheets of a workbook are ours."""

    def sheets_of_ours(self) -> tuple[Ours, ...]: ...


def _wanted(sheet: str) -> bool:
    name = folded(sheet)
    return name in _KNOWN_SHEETS or name.startswith(layout.RECORD_SHEETS)


def opened(path: Path, data: bytes | None = None) -> ClosedBook | ForeignBook:
    """Open a file by what it holds (*data*, where it was read before): an .xls may be an .xlsx with another name."""
    data = bytes_of(path) if data is None else data
    book = ClosedBook.opened(path, data)
    if path.suffix.lower() not in ENDINGS:
        return book
    try:
        book.grids(lambda _: False)
    except Unreadable:
        return ForeignBook.opened(path, data)
    return book


def grids_of(book: Readable) -> tuple[Grid, ...]:
    """Return the sheets a log can be in; a table without a sheet's name, as in a CSV, is known by its headings.

    A 実績記録票 that we made and nobody edited is no record: it is made anew from the records and never judged.
    """
    if isinstance(book, ForeignBook) and len(book.sheets) == 1 and not _wanted(book.sheets[0].name):
        return (replace(book.sheets[0], name=table_in(book.sheets[0]) or book.sheets[0].name),)
    return tuple(grid for grid in book.grids(_wanted) if not made_by_us(grid))


def outcome_of(book: ClosedBook | ForeignBook, shown: str, asked: Asked) -> Outcome:
    """Judge a workbook, and what is asked beside; raises NotALog, LayoutError, Unreadable or BrokenRule."""
    grids = grids_of(book)
    records, law = read_log(grids), load_law()
    claims, remarks = _claims(records, asked)

    def judge(law: Law, tried: Mapping[str, str]) -> Report:
        return check(records, law, months=asked.months, city=asked.city, claims=claims, tried=tried)

    report = judge(law, {})
    others = tuple(what_if.other_readings(records, law, report, judge)) if asked.readings else ()
    trial = what_if.trial(asked.draft, report, judge) if asked.draft else None
    sealed = Seal(law_version(), program_version(), sealed_rows(grids)) if asked.seal or asked.cells else None
    template = book.template() if isinstance(book, ClosedBook) else None
    return Outcome(
        shown, Status.JUDGED, None, report, remarks=remarks, other_readings=others, trial=trial, log=records,
        template=template, seal=sealed,
    )  # fmt: skip


def _claims(records: Log, asked: Asked) -> tuple[tuple[ClaimLine, ...] | None, tuple[str, ...]]:
    """The claim lines of this office and these months; where there are none nothing is compared, and that is said."""
    if asked.claims is None:
        return None, ()
    office = records.office
    months = asked.months or ((office.month,) if office.month else ())
    lines = asked.claims.of(office.office_number, months)
    who = f"事業所番号{office.office_number}" if office.office_number else "この事業所"
    return lines, () if lines else (f"請求データに{who}のこの月の行がないため、突き合わせていません。",)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Keep the garbage collector from walking one workbook's records again and again while all of them are alive."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_collector_resting()
def check_file(
    path: Path,
    shown: str,
    asked: Asked,
    target: Path | None = None,
    *,
    keep_backup: bool = False,
    data: bytes | None = None,
) -> Outcome:
    """Judge one file and, with a *target*, put a marked copy there. Never raises for what a file may hold.

    Where the target is the file itself, *keep_backup* leaves the file as it was beside it. *data* is what the file
    holds, where somebody has read it already.
    """
    try:
        book = opened(path, data)
        outcome = outcome_of(book, shown, asked)
    except NotALog as error:
        return Outcome(shown, Status.NOT_A_LOG, str(error))
    except (Unreadable, LayoutError) as error:
        return Outcome(shown, Status.UNREADABLE, str(error))
    except BrokenRule as error:
        log.exception("a rule failed")
        return Outcome(shown, Status.FAILED, f"{error}。これは当プログラムの不具合で、記録の不備ではありません。")
    except MemoryError:
        return Outcome(shown, Status.UNREADABLE, TOO_LARGE)
    except Exception as error:  # our own fault must not look like the office's
        log.exception("a check failed")
        return Outcome(shown, Status.FAILED, _our_fault(error))
    said = (book.remark,) if isinstance(book, ForeignBook) and book.remark else ()
    if target is not None:
        outcome = _marked(book, outcome, asked, target, keep_backup)
    return replace(outcome, remarks=said + outcome.remarks) if said else outcome


def _our_fault(error: Exception) -> str:
    return f"当プログラムの不具合で点検できませんでした（{type(error).__name__}）。記録の不備ではありません。"


def _marked(book: ClosedBook | ForeignBook, judged: Outcome, asked: Asked, target: Path, keep_backup: bool) -> Outcome:
    report = judged.report
    assert report is not None
    assert judged.log is not None
    try:
        sheets = _sheets(report, judged.seal if asked.seal else None)
        laid = marks(report)
        made = (
            book.result(grids_of(book), laid, sheets)
            if isinstance(book, ForeignBook)
            else book.marked(laid, (*sheets, *forms_made_anew(book, judged.log, report, asked.city)))
        )
        backup = put_in_place(book, target, made.data, keep_backup)
    except (ZaitakuError, OSError) as error:
        why = str(error) if isinstance(error, ZaitakuError) else f"{target} に書けません（{error.strerror}）。"
        return replace(judged, remarks=(*judged.remarks, f"印を付けたブックを作れません: {why}"), unwritten=True)
    except Exception as error:
        log.exception("marking failed")
        return Outcome(judged.path, Status.FAILED, _our_fault(error))
    return replace(judged, written=target, remarks=judged.remarks + unlaid(made.unnoted, made.unmade) + left(backup))


def unlaid(unnoted: Sequence[object], unmade: Sequence[str]) -> tuple[str, ...]:
    """Say what could not be laid: notes on cells that have somebody's own, sheets under protection."""
    remarks = tuple(
        f"「{name}」のシートは、ブックの構成が保護されているため作れません。色とメモだけを付けました。"
        for name in unmade
    )
    if unnoted:
        remarks += (
            f"すでにメモのあるセルが{len(unnoted)}個あり、メモは変えていません。指摘は「点検結果」で確かめてください。",
        )
    return remarks


def _sheets(report: Report, seal: Seal | None) -> tuple[MadeSheet, ...]:
    return (result_sheet(report, seal.words), seal_sheet(seal)) if seal else (result_sheet(report),)


def forms_made_anew(book: HoldsOurs, records: Log, report: Report, city: str | None = None) -> tuple[MadeSheet, ...]:
    """Return the forms that are in the workbook and that nobody edited, from the records as they are now."""
    ours = [sheet for sheet in book.sheets_of_ours() if sheet.as_made]
    if not ours:
        return ()
    from zaitaku_xl.forms import plan  # noqa: PLC0415  (most workbooks hold no form: a worker starts 30 ms sooner)

    keys = [key for sheet in ours if (key := plan.Key.read(sheet.key))]
    return plan.sheets(plan.Source(records, report, load_law(), city), dict.fromkeys(keys)) if keys else ()


def put_in_place(
    book: ClosedBook | ForeignBook, target: Path, data: bytes, keep_backup: bool, also: Collection[str] = ()
) -> Path | None:
    """Put the result in place and return where the old file was kept; a workbook that somebody has open is left alone."""
    if target == book.path and isinstance(book, ForeignBook):
        raise Unwritten(
            f"{target.suffix} のファイルには書き込みません。--out DIR を指定すると、写しに印を付けた結果のブックを作ります。"
        )
    if target == book.path and isinstance(book, ClosedBook):
        return book.replaced_by(data, keep=keep_backup, also=also)
    target.parent.mkdir(parents=True, exist_ok=True)
    put(target, data)
    return None


def left(backup: Path | None) -> tuple[str, ...]:
    return (f"書き込む前のブックは「{backup.name}」に残しました。",) if backup else ()


def clear_file(path: Path, target: Path, *, keep_backup: bool = False) -> tuple[str, ...]:
    """Take our marks off and write the workbook to *target*; returns what stayed, in sentences."""
    book = ClosedBook.opened(path)
    cleared = book.cleared()
    backup = put_in_place(book, target, cleared.data, keep_backup)
    return stayed(cleared.kept) + left(backup)


def stayed(kept: Sequence[str]) -> tuple[str, ...]:
    """Say which sheets of ours stayed when our marks were taken off."""
    return tuple(f"「{name}」は手で直されているため残しました。" for name in kept)
