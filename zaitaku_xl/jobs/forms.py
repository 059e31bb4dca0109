"""Submission sheets made in a workbook from what is recorded now, beside the marks and sheets of ours that are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl import time_limit
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.forms import plan
from zaitaku_xl.forms.plan import Key, Source
from zaitaku_xl.hosts.book import Book, Ours
from zaitaku_xl.hosts.marking import alone
from zaitaku_xl.hosts.writing.pdf import pdf_of
from zaitaku_xl.hosts.writing.safe_file import put, put_new
from zaitaku_xl.jobs import sentences
from zaitaku_xl.jobs.jotting import judged_in
from zaitaku_xl.jobs.judging import Asked
from zaitaku_xl.jobs.opening import opened
from zaitaku_xl.jobs.planning import ListPlace, list_at, place_of_list, source_of
from zaitaku_xl.made import UNFINISHED, MadeSheet
from zaitaku_xl.plan import Plan
from zaitaku_xl.report import Report
from zaitaku_xl.sheets.marks import marks

_FORMS = "_様式"  # behind the name of a workbook that holds nothing but forms
_NOTHING = "作るものがありません。その月と利用者の記録が日報にあるか、様式の名前が合っているかを確かめてください。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for: a form or a set by its name, one client or all, and how to deal with what stands in the way."""

    form: str
    client: str | None = None
    override: str | None = None  # the reason for leaving out 見直し未了; it is printed
    replace: bool = False  # make sheets anew that somebody has edited since


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeForms:
    """What was made of one workbook: the sheets asked for, where they are, and what the person should know."""

    report: Report
    sheets: tuple[MadeSheet, ...]
    written: Path | None = None
    pdf: Path | None = None
    remarks: tuple[str, ...] = ()

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The sheets that say 見直し未了."""
        return tuple(sheet.name for sheet in self.sheets if says_unfinished(sheet))


def make_demo_forms(folder: Path) -> MadeForms:
    """Make every form of the fictional month in a copy of its workbook, which ``write_demo`` has put into *folder*."""
    return make_forms(folder / "demo.xlsx", Asked(), Wanted(plan.ALL), folder / "demo_様式.xlsx")


def says_unfinished(sheet: MadeSheet) -> bool:
    return any(str(cell.value).startswith(UNFINISHED) for row in sheet.rows[:3] for cell in row if cell)


def make_forms(
    path: Path, asked: Asked, wanted: Wanted, target: Path, *, pdf: bool = False, keep_backup: bool = False
) -> MadeForms:
    """Make the sheets in a copy at *target*, or in the file itself where that is the target.

    Sheets of ours that are there are made anew, marks are laid again as the records are now, and a sheet that somebody
    edited stays as it is and is named. Raises what reading, judging and writing raise.
    """
    with time_limit.within():
        book = opened(path)
        source = source_of(judged_in(book, asked))
    keys = plan.keys(source, plan.forms_named(wanted.form), wanted.client, wanted.override)
    sheets = plan.sheets(source, keys)
    if not sheets:
        raise WrongUse(_NOTHING)
    if not book.takes_sheets:
        target = target.with_name(f"{path.stem}{_FORMS}.xlsx")
        put_new(target, alone(sheets), like=path)
        printed = _printed(sheets, target, path) if pdf else None
        return MadeForms(report=source.report, sheets=sheets, written=target, pdf=printed)
    there = book.sheets_of_ours()
    edited = _edited(there, sheets)
    replaced, untouched = (edited, ()) if wanted.replace else ((), edited)
    sheets = tuple(sheet for sheet in sheets if sheet.name not in untouched)
    planned = _planned(
        there=there, source=source, keys=keys, sheets=sheets, replaced=replaced, place=place_of_list(book)
    )
    done = _put(book, planned, target, keep_backup)
    return MadeForms(
        report=source.report,
        sheets=sheets,
        written=target,
        pdf=_printed(sheets, target, path) if pdf else None,
        remarks=(*map(_left_as_it_is, untouched), *done),
    )


def _edited(there: Sequence[Ours], sheets: Sequence[MadeSheet]) -> tuple[str, ...]:
    """Return which of the sheets lie in the workbook and were edited there."""
    names = {sheet.name for sheet in sheets}
    return tuple(ours.name for ours in there if not ours.as_made and ours.name in names)


def _planned(
    there: Sequence[Ours],
    source: Source,
    keys: Sequence[Key],
    sheets: Sequence[MadeSheet],
    replaced: Sequence[str],
    place: ListPlace,
) -> Plan:
    """Make these sheets and, as the records are now, whatever else of ours is in the workbook."""
    others = plan.sheets(source, _others(there, keys))
    if not any(ours.as_made and ours.is_list for ours in there):
        return Plan(sheets=(*others, *sheets), replaced=tuple(replaced))
    listed = list_at(place, source.report)
    laid = marks(source.report, place.name)
    return Plan.of_marks(laid, (listed, *others, *sheets), (*replaced, *place.replaced))


def _put(book: Book, wanted: Plan, target: Path, keep_backup: bool) -> tuple[str, ...]:
    """Carry the plan out at the target; return what the person should know."""
    marked = book.carry_out(wanted)
    if marked.unmade:
        raise Unwritten(
            "ブックの構成が保護されているため、様式のシートを作れません。保護を解いてから、もう一度実行してください。"
        )
    kept = book.put_in_place(marked, target, keep_backup=keep_backup)
    return (*sentences.unlaid(marked), *sentences.backup(kept))


def _others(there: Sequence[Ours], asked: Sequence[Key]) -> tuple[Key, ...]:
    """Return the keys of the other forms in the workbook; one that is asked for now with another reason is not among them."""
    now = {key.parts[:3] for key in asked}
    keys = [key for sheet in there if sheet.as_made and (key := Key.read(sheet.key))]
    return tuple(dict.fromkeys(key for key in keys if key.parts[:3] not in now))


def _left_as_it_is(name: str) -> str:
    return (
        f"「{name}」は作ったあとに手で直されているため、作り直していません。"
        "作り直すには --replace を付けてください（手で直した内容は失われます）。"
    )


def _printed(sheets: Sequence[MadeSheet], target: Path, path: Path) -> Path:
    """Print the sheets, and nothing else of the workbook, beside it."""
    pdf = target.with_name(f"{target.stem}{_FORMS}.pdf" if not target.stem.endswith(_FORMS) else f"{target.stem}.pdf")
    put(pdf, pdf_of(alone(sheets)), like=path)
    return pdf
