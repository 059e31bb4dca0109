"""`zaitaku-xl check`: what was asked, put together; the run; and everything that is made of it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer

from zaitaku_xl import batch, jobs, what_if
from zaitaku_xl.batch import ledger as ledgers
from zaitaku_xl.batch.outputs.summary import OUTPUT as SUMMARY
from zaitaku_xl.batch.outputs.writing import write_outputs
from zaitaku_xl.entry import comparisons, outcomes, screen
from zaitaku_xl.entry import options as opt
from zaitaku_xl.entry.named_files import check_named, files_inside
from zaitaku_xl.entry.output_options import Targets, to_standard_output, with_outputs
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.writing.safe_file import guarding


@with_outputs
def check(
    targets: Targets,
    paths: opt.Paths,
    out: opt.Out = None,
    in_place: opt.InPlace = False,
    month: opt.Month = None,
    city: opt.ClientCity = None,
    workers: opt.Jobs = 1,
    keep_backup: opt.KeepBackup = False,
    j611: opt.J611 = None,
    readings: opt.Readings = False,
    trial: opt.Trial = None,
    layout: opt.Layout = None,
    as_of: opt.AsOf = None,
    ledger: opt.Ledger = None,
    seal: opt.Seal = False,
    no_copies: opt.NoCopies = False,
    anonymise: opt.Anonymise = False,
    key: opt.Key = None,
    dask: opt.Dask = None,
    every: opt.All = False,
    help_json: opt.HelpJson = False,  # its callback has ended the command
) -> None:
    copies = bool(out) and not no_copies
    marked = copies or in_place
    _fit_together(out, in_place, keep_backup, no_copies)
    alone = to_standard_output(targets)
    _beside(readings, trial, marked=marked, alone=alone)
    if seal and not marked:
        raise WrongUse("--seal はコピーに点検時の控えを入れます。--out DIR か --in-place と一緒に指定してください。")
    for output in targets:
        if output.check_needs:
            output.check_needs()
    found = batch.search_files(paths, out, in_place=in_place)
    read = [file.path for file in found.files if not file.url] + files_inside(
        [*(j611 or ()), *([trial] if trial else ()), *(layout or ())]
    )
    with guarding(read):
        check_named(_named(targets, ledger, key))
        codes = _codes(anonymise, key, marked=marked, ledger=ledger)
    claims = jobs.claims_of(*j611) if j611 else None
    asked = jobs.Asked(
        months=jobs.months_of([month]) if month else None,
        city=jobs.town_id(city, trial) if city else None,
        claims=claims,
        readings=readings,
        draft=trial,
        seal=seal,
        cells=bool(ledger),
        as_of=jobs.day_of(as_of) if as_of else date.today(),
        layouts=jobs.layouts_of(*layout) if layout else (),
    )
    files = batch.with_targets(found.files, out if copies else None, in_place)
    with ExitStack() as stack:
        stack.enter_context(guarding([*read, *([key] if key else ())]))
        run = _judge(
            stack,
            files,
            asked,
            out,
            jobs=workers,
            keep_backup=keep_backup,
            codes=codes,
            elsewhere=batch.dask_map(dask) if dask else None,
            days=bool(ledger) or any(output.days for output in targets),
            skipped=found.skipped,
            received=partial(ledgers.times_of, ledger) if ledger else None,
        )
        write_and_tell(run, targets, out, every=every)
        if ledger:
            _enter(run, ledger, quiet=alone)
        if claims and len(files) > 1 and not alone:
            outcomes.tell_unmatched_claims(claims, run.outlines(), codes)
        if readings:
            comparisons.tell_other_readings(run.outlines(), len(files))
        if trial:
            comparisons.tell_trial(run.outlines(), what_if.draft_of(trial)[1], len(files))
        raise typer.Exit(run.exit_status)


def _named(targets: Targets, ledger: Path | None, key: Path | None) -> dict[str, Path]:
    """The files that are written, each by the option that names it."""
    named = {output.option: target for output, target in targets.items() if isinstance(target, Path)}
    named |= {"--ledger": ledger} if ledger else {}
    return named | ({"--key": key} if key else {})


def _judge(stack: ExitStack, files: list[batch.BookFile], asked: jobs.Asked, out: Path | None, **how: Any) -> batch.Run:
    """Judge every file under a bar; what came of them is there until *stack* is closed."""
    with _stoppable(out), screen.progress(len(files)) as step:
        return stack.enter_context(batch.run(files, asked, folder=out, done=step, **how))


def write_and_tell(run: batch.Run, targets: Targets, out: Path | None, *, every: bool = False) -> None:
    """Write everything that was asked for, each file whole or not at all, and say on the screen what came of it.

    With *every* nothing that was found is left to another place than the screen.
    """
    totals = write_outputs(run, targets | {SUMMARY: out} if out else targets)
    if not to_standard_output(targets):
        outcomes.tell_run(run, totals, out, every=every)


def _enter(run: batch.Run, path: Path, *, quiet: bool) -> None:
    received = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    with ledgers.open_ledger(path) as ledger:
        again = [came for result in run.as_received() for came in ledger.take(result, received)]
    if not quiet:
        outcomes.tell_receipts(len(run.names), again, path)


@contextmanager
def _stoppable(out: Path | None) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        kept = "点検できたところまでは残っています。同じコマンドで続きから始まります。" if out else ""
        screen.problem(f"中止しました。{kept}")
        raise typer.Exit(2) from None


# ---- what goes together


def _fit_together(out: Path | None, in_place: bool, keep_backup: bool, no_copies: bool) -> None:
    if out and in_place:
        raise WrongUse("--out と --in-place はどちらか一方だけ指定してください。")
    if no_copies and not out:
        raise WrongUse("--no-copies は --out DIR と一緒に指定してください。点検点検まとめだけを DIR に置きます。")
    only_in_place(keep_backup, in_place)


def only_in_place(keep_backup: bool, in_place: bool) -> None:
    if keep_backup and not in_place:
        raise WrongUse("--keep-backup は --in-place と一緒に指定してください。--out では元のブックは変わりません。")


def _beside(readings: bool, trial: Path | None, *, marked: bool, alone: bool) -> None:
    """Refuse what cannot go with judging a month otherwise."""
    if readings and trial:
        raise WrongUse("--readings と --trial はどちらか一方だけ指定してください。")
    if (readings or trial) and alone:
        raise WrongUse(
            "--readings と --trial の結果は画面に示すため、--json - とは一緒に使えません。--json FILE にしてください。"
        )
    if trial and marked:
        raise WrongUse("--trial は下書きの試しなので、--out や --in-place で色とメモを付けることはできません。")
    if trial:
        what_if.draft_of(trial)  # a draft that is no text of ours stops before the first file


def _codes(anonymise: bool, key: Path | None, *, marked: bool, ledger: Path | None) -> batch.Codes | None:
    """A marked copy holds all the office wrote: no code can hide a name there."""
    if not anonymise:
        if key:
            raise WrongUse("--key は --anonymise と一緒に指定してください。")
        return None
    if marked:
        raise WrongUse(
            "色とメモを付けたコピーには氏名が残ります。--anonymise では --out に --no-copies を付けてください。"
        )
    if ledger and not key:
        raise WrongUse(
            "受付簿で前と比べるには、仮の番号がいつも同じでなければなりません。--key FILE を指定してください。"
        )
    return batch.Codes(batch.key_of(key))
