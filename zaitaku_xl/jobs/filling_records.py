"""The office's own blank of 実績記録票 filled from the records: one copy a client and month."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from zaitaku_xl import time_limit
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.forms import plan
from zaitaku_xl.forms.facts import MonthFacts
from zaitaku_xl.forms.official_record import STANDING, Blank, blank_in, written
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.writing.filling import Fill, filled
from zaitaku_xl.hosts.writing.safe_file import put_new
from zaitaku_xl.jobs.judging import Asked, judged
from zaitaku_xl.jobs.opening import grids_of, opened
from zaitaku_xl.jobs.planning import source_of
from zaitaku_xl.made import sheet_name
from zaitaku_xl.report import Report
from zaitaku_xl.visible import file_name


@dataclass(frozen=True, slots=True)
class FilledRecords:
    """The copies made, and the labels of those that were left because blocks remain and the blank has no place to say so."""

    report: Report
    written: tuple[Path, ...]
    left: tuple[str, ...] = ()
    numbered: Mapping[Path, str] = field(default_factory=dict)  # whose copy it is, where the name alone does not tell


def fill_records(
    path: Path, asked: Asked, client: str | None, into: Path, mapping: Path | None, folder: Path, override: str | None
) -> FilledRecords:
    """Fill a copy of the blank *into* for each client and put it into *folder*; the blank itself stays as it is.

    A client with blocks is left, unless the mapping names the cell that says 見直し未了 (or the reason in *override*).
    """
    with time_limit.within():
        work = judged(grids_of(opened(path)), asked)
    source = source_of(work)
    template = ClosedBook.opened(into)
    blank = blank_in(template.grids(lambda _: True), mapping)
    copies: dict[Path, bytes] = {}  # all are made before the first is written
    numbered: dict[Path, str] = {}
    left: list[str] = []
    for key in plan.keys(source, plan.forms_named("service_record"), client, override):
        facts = plan.month_facts(source, key)
        if facts is None or not any(day.used or day.absence for day in facts.days):
            continue
        if standing(facts).remains and not blank.takes_standing:
            left.append(facts.label)
            continue
        wanted = _target(template, facts, folder)
        target = _free(wanted, copies)
        copies[target] = _copy(template, blank, facts)
        if target != wanted:
            numbered[target] = facts.label
    if not copies and not left:
        raise WrongUse("書き込むものがありません。その月と利用者の記録が日報にあるかを確かめてください。")
    for target, data in copies.items():
        put_new(target, data, like=path)
    return FilledRecords(work.report, tuple(copies), tuple(left), numbered)


def _copy(template: ClosedBook, blank: Blank, facts: MonthFacts) -> bytes:
    fills = [Fill(sheet=blank.sheet, row=at.row, column=at.column, value=at.value) for at in written(facts, blank)]
    made = filled(template.data, fills)
    if made.refused:
        cells = "、".join(f"{fill.where}（{why}）" for fill, why in made.refused)
        raise Unwritten(
            f"書き込めないセルがあるため、何も書いていません: {cells}。空の様式かを確かめ、合わないところは --mapping の対応表に書いてください。"
        )
    return made.data


def _target(template: ClosedBook, facts: MonthFacts, folder: Path) -> Path:
    target = folder / f"{template.path.stem}_{file_name(sheet_name(facts.label))}{template.path.suffix}"
    if target.resolve() == template.path.resolve():
        raise Unwritten(f"{target.name} は元の様式です。別のフォルダーを --out に指定してください。")
    return target


def _free(wanted: Path, taken: Collection[Path]) -> Path:
    """Return a name that no copy has: long names are cut alike, and to some disks two spellings are one name."""
    folded = {_folded(path) for path in taken}
    numbers = (wanted.with_stem(f"{wanted.stem}（{number}）") for number in count(2))
    return next(path for path in chain([wanted], numbers) if _folded(path) not in folded)


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFKC", path.name).casefold()


def left_sentence(labels: tuple[str, ...]) -> str:
    return (
        f"見直し未了のため作っていません: {'、'.join(labels)}。見直す箇所を整えるか、対応表の [cells] に「{STANDING}」のセル"
        "（見直し未了や理由を印字する場所）を書いてください。"
    )
