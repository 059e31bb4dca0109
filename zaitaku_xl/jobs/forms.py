"""Submission sheets made in a workbook from what is recorded now, beside the marks and sheets of ours that are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.forms import plan
from zaitaku_xl.forms.plan import Key, Source
from zaitaku_xl.forms.standing import UNFINISHED
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.foreign_book import ForeignBook
from zaitaku_xl.hosts.marking import Ours, alone
from zaitaku_xl.hosts.writing.pdf import pdf_of
from zaitaku_xl.hosts.writing.safe_file import put
from zaitaku_xl.jobs.checking import Asked, grids_of, left, opened, put_in_place, unlaid
from zaitaku_xl.law import load_law
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.report import Report
from zaitaku_xl.sheets.marks import marks
from zaitaku_xl.sheets.result_sheet import SHEET, result_sheet

_FORMS = "_様式"  # behind the name of a workbook that holds nothing but forms


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for: a form or a set by its name, one client or all, and how to deal with what stands in the way."""

    form: str
    client: str | None = None
    override: str | None = None  # the reason for leaving out 点検未了; it is printed
    replace: bool = False  # make sheets anew that somebody has edited since


@dataclass(frozen=True, slots=True)
class MadeForms:
    """What was made of one workbook: the sheets asked for, where they are, and what the person should know."""

    report: Report
    sheets: tuple[MadeSheet, ...]
    written: Path | None = None
    pdf: Path | None = None
    remarks: tuple[str, ...] = ()

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The sheets that say 点検未了."""
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
    book = opened(path)
    log, law = read_log(grids_of(book)), load_law()
    report = check(log, law, months=asked.months, city=asked.city)
    source = Source(log, report, law, asked.city)
    keys = plan.keys(source, plan.forms_named(wanted.form), wanted.client, wanted.override)
    sheets = plan.sheets(source, keys)
    if not sheets:
        raise WrongUse(
            "作るものがありません。その月と利用者の記録が日報にあるか、様式の名前が合っているかを確かめてください。"
        )
    if isinstance(book, ForeignBook):
        target = target.with_name(f"{path.stem}{_FORMS}.xlsx")
        _put_beside(path, target, alone(sheets))
        return MadeForms(report, sheets, target, _printed(sheets, target) if pdf else None)
    return _in_workbook(book, source, keys, sheets, wanted, target, pdf=pdf, keep_backup=keep_backup)


def _in_workbook(
    book: ClosedBook, source: Source, keys: Sequence[Key], sheets: Sequence[MadeSheet], wanted: Wanted, target: Path, *,
    pdf: bool, keep_backup: bool,
) -> MadeForms:  # fmt: skip
    there = book.sheets_of_ours()
    names = {sheet.name for sheet in sheets}
    edited = [sheet.name for sheet in there if not sheet.as_made and sheet.name in names]
    also = edited if wanted.replace else []
    kept = () if wanted.replace else tuple(edited)
    asked_for = tuple(sheet for sheet in sheets if sheet.name not in kept)
    others = plan.sheets(source, _others(there, keys))
    marked = any(sheet.as_made and not sheet.key and sheet.name.startswith(SHEET) for sheet in there)
    laid = marks(source.report) if marked else ()
    listed = (result_sheet(source.report),) if marked else ()
    made = book.marked(laid, (*listed, *others, *asked_for), also)
    if made.unmade:
        raise Unwritten(
            "ブックの構成が保護されているため、様式のシートを作れません。保護を解いてから、もう一度実行してください。"
        )
    backup = put_in_place(book, target, made.data, keep_backup, also)
    remarks = (*_edited(kept), *unlaid(made.unnoted, ()), *left(backup))
    return MadeForms(source.report, asked_for, target, _printed(asked_for, target) if pdf else None, remarks)


def _others(there: Sequence[Ours], asked: Sequence[Key]) -> tuple[Key, ...]:
    """Return the keys of the other forms in the workbook; one that is asked for now with another reason is not among them."""
    now = {key.parts[:3] for key in asked}
    keys = [key for sheet in there if sheet.as_made and (key := Key.read(sheet.key))]
    return tuple(dict.fromkeys(key for key in keys if key.parts[:3] not in now))


def _edited(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"「{name}」は作ったあとに手で直されているため、作り直していません。"
        "作り直すには --replace を付けてください（手で直した内容は失われます）。"
        for name in names
    )


def _put_beside(path: Path, target: Path, data: bytes) -> None:
    if target.resolve() == path.resolve():
        raise Unwritten(f"{path.suffix} のファイルには書き込みません。--out DIR を指定してください。")
    target.parent.mkdir(parents=True, exist_ok=True)
    put(target, data)


def _printed(sheets: Sequence[MadeSheet], target: Path) -> Path:
    """Print the sheets, and nothing else of the workbook, beside it."""
    pdf = target.with_name(f"{target.stem}{_FORMS}.pdf" if not target.stem.endswith(_FORMS) else f"{target.stem}.pdf")
    put(pdf, pdf_of(alone(sheets)))
    return pdf
