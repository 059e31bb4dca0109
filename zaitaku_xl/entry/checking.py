"""`zaitaku-xl check`: what was asked, put together; the run; and everything that is made of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import typer

from zaitaku_xl import batch, jobs, what_if
from zaitaku_xl.batch import ledger as ledgers
from zaitaku_xl.entry import comparisons, outcomes, screen
from zaitaku_xl.entry import options as opt
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.frames import check_parquet
from zaitaku_xl.hosts.writing.safe_file import putting


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results of a run go beside the screen."""

    out: Path | None = None
    json: str | None = None
    csv: Path | None = None
    html: Path | None = None
    parquet: Path | None = None
    ledger: Path | None = None


def check(
    paths: opt.Paths,
    out: opt.Out = None,
    in_place: opt.InPlace = False,
    json_file: opt.Json = None,
    month: opt.Month = None,
    city: opt.ClientCity = None,
    workers: opt.Jobs = 1,
    keep_backup: opt.KeepBackup = False,
    j611: opt.J611 = None,
    readings: opt.Readings = False,
    trial: opt.Trial = None,
    csv: opt.Csv = None,
    html: opt.Html = None,
    parquet: opt.Parquet = None,
    ledger: opt.Ledger = None,
    seal: opt.Seal = False,
    no_copies: opt.NoCopies = False,
    anonymise: opt.Anonymise = False,
    key: opt.Key = None,
    dask: opt.Dask = None,
    help_json: opt.HelpJson = False,  # its callback has ended the command
) -> None:
    copies = bool(out) and not no_copies
    marked = copies or in_place
    _fit_together(out, in_place, keep_backup, no_copies)
    _beside(readings, trial, marked=marked, alone=json_file == "-")
    if seal and not marked:
        raise WrongUse("--seal は写しに封を入れます。--out DIR か --in-place と一緒に指定してください。")
    if parquet:
        check_parquet()  # before the first file, not after the last
    codes = _codes(anonymise, key, marked=marked, ledger=ledger)
    claims = jobs.claims_of(*j611) if j611 else None
    asked = jobs.Asked(
        jobs.months_of([month]) if month else None,
        jobs.town_id(city, trial) if city else None,
        claims,
        readings,
        trial,
        seal,
        cells=bool(ledger),
    )
    files = batch.placed(batch.found(paths, out), out if copies else None, in_place)
    outputs = Outputs(out, json_file, csv, html, parquet, ledger)
    with ExitStack() as stack:
        elsewhere = batch.dask_map(dask) if dask else None
        with _stoppable(out), screen.progress(len(files)) as step:
            done = stack.enter_context(
                batch.run(
                    files, asked, workers, folder=out, done=step, keep_backup=keep_backup, codes=codes, elsewhere=elsewhere,
                    days=bool(json_file or parquet or ledger),
                )
            )  # fmt: skip
        gathered(done, outputs)
        if claims and len(files) > 1 and json_file != "-":
            outcomes.unmatched_claims(claims, done.counted())
        if readings:
            comparisons.other_readings(done.counted(), len(files))
        if trial:
            comparisons.trial(done.counted(), what_if.draft_of(trial)[1], len(files))
        raise typer.Exit(done.exit_status)


def gathered(done: batch.Run, outputs: Outputs) -> None:
    """Write everything that was asked for, each file whole or not at all, and say on the screen what came of it."""
    totals = batch.summarised(done, outputs.out) if outputs.out else batch.totals_of(done.counted())
    if outputs.csv:
        _put(outputs.csv, lambda file: batch.write_csv(done.results(), file))
    if outputs.html:
        beside = outputs.html.parent
        _put(outputs.html, lambda file: batch.write_html(done, totals, file, beside))
    if outputs.parquet:
        _put(outputs.parquet, lambda file: batch.write_parquet(done, file))
    if outputs.json == "-":
        batch.write_json(done.results(whole=True), screen.standard_output())
    elif outputs.json:
        _put(Path(outputs.json), lambda file: batch.write_json(done.results(whole=True), file))
    if outputs.json != "-":
        outcomes.shown(done, totals, outputs.out)
    if outputs.ledger:
        _entered(done, outputs.ledger, quiet=outputs.json == "-")


def _put(path: Path, write: Callable[[BinaryIO], None]) -> None:
    with putting(path) as file:
        write(file)


def _entered(done: batch.Run, path: Path, *, quiet: bool) -> None:
    received = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    with ledgers.opened(path) as ledger:
        again = [came for result in done.results(whole=True) for came in ledger.take(result, received)]
    if not quiet:
        outcomes.received(len(done.names), again, path)


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
        raise WrongUse("--no-copies は --out DIR と一緒に指定してください。まとめだけを DIR に置きます。")
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
        raise WrongUse("--trial は下書きの試しなので、--out や --in-place で印を付けることはできません。")
    if trial:
        what_if.draft_of(trial)  # a draft that is no text of ours stops before the first file


def _codes(anonymise: bool, key: Path | None, *, marked: bool, ledger: Path | None) -> batch.Codes | None:
    """A marked copy holds all the office wrote: no code can hide a name there."""
    if not anonymise:
        if key:
            raise WrongUse("--key は --anonymise と一緒に指定してください。")
        return None
    if marked:
        raise WrongUse("印を付けた写しには氏名が残ります。--anonymise では --out に --no-copies を付けてください。")
    if ledger and not key:
        raise WrongUse("受付簿で前と比べるには、符号がいつも同じでなければなりません。--key FILE を指定してください。")
    return batch.Codes(batch.key_of(key))
