"""Judge a workbook and mark it: one file from its name to its outcome."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from zaitaku_xl import time_limit, what_if
from zaitaku_xl.errors import BrokenRule, LayoutError, NotALog, Unreadable, ZaitakuError
from zaitaku_xl.hosts.book import Book
from zaitaku_xl.jobs import sentences
from zaitaku_xl.jobs.jotting import judged_in
from zaitaku_xl.jobs.judging import Asked, Judged
from zaitaku_xl.jobs.opening import opened, stored
from zaitaku_xl.jobs.outcome import Outcome
from zaitaku_xl.jobs.planning import marking_plan, place_of_list
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.report import Status
from zaitaku_xl.sentence import words_of
from zaitaku_xl.sheets.seal import Seal

log = logging.getLogger(__name__)


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
        with time_limit.within():
            book = opened(path, data)
            work = judged_in(book, asked)
            outcome = _outcome(book, work, shown)
    except NotALog as error:
        return Outcome(shown, Status.NOT_A_LOG, words_of(error))
    except (Unreadable, LayoutError) as error:
        return Outcome(shown, Status.UNREADABLE, words_of(error))
    except BrokenRule as error:
        log.exception("a rule failed")
        return Outcome(
            shown, Status.FAILED, f"{error}。これはプログラムの不具合で、記録に問題があるわけではありません。"
        )
    except MemoryError:
        return Outcome(shown, Status.UNREADABLE, sentences.TOO_LARGE)
    except Exception as error:  # our own fault must not look like the office's
        log.exception("a check failed")
        return Outcome(shown, Status.FAILED, sentences.our_fault(error))
    if target is not None:
        outcome = _marked(book, work, outcome, target, keep_backup)
    return replace(outcome, remarks=(book.remark, *outcome.remarks)) if book.remark else outcome


def _outcome(book: Book, work: Judged, shown: str) -> Outcome:
    """Tell what was judged, with what was asked beside it."""
    asked = work.asked
    readings = what_if.other_readings(work.log, work.law, work.report, work.under) if asked.readings else ()
    sealed = asked.seal or asked.cells
    return Outcome(
        path=shown,
        status=Status.EMPTY if work.report.nothing else Status.JUDGED,
        reason=work.report.nothing,
        report=work.report,
        remarks=work.remarks,
        other_readings=tuple(readings),
        trial=what_if.trial(asked.draft, work.report, work.under) if asked.draft else None,
        log=work.log,
        template=book.template(),
        seal=Seal(law_version(), program_version(), stored(book)) if sealed else None,
        ours=bool(book.sheets_of_ours()),
        questions=work.questions,
    )


def _marked(book: Book, work: Judged, outcome: Outcome, target: Path, keep_backup: bool) -> Outcome:
    """Put a marked copy to the target and tell what could not be laid."""
    try:
        with time_limit.within():
            plan = marking_plan(work, book, seal=outcome.seal if work.asked.seal else None)
            marked = book.carry_out(plan)
        kept = book.put_in_place(marked, target, keep_backup=keep_backup)
    except (ZaitakuError, OSError) as error:
        why = str(error) if isinstance(error, ZaitakuError) else f"{target} に書けません（{error.strerror}）。"
        remark = f"色とメモを付けたコピーを作れません：{why}"
        return replace(outcome, remarks=(*outcome.remarks, remark), copy_reason=why)
    except Exception as error:
        log.exception("marking failed")
        return Outcome(outcome.path, Status.FAILED, sentences.our_fault(error))
    lists = place_of_list(book).remarks()
    remarks = (*outcome.remarks, *lists, *sentences.unlaid(marked), *sentences.backup(kept))
    return replace(outcome, written=target, remarks=remarks)
