"""`zaitaku-xl due`: what is still owed, by when, by whom, and what hangs on it."""

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import batch, jobs
from zaitaku_xl.book.dates import wareki
from zaitaku_xl.entry import options as opt
from zaitaku_xl.entry import outcomes
from zaitaku_xl.entry.named_files import check_named
from zaitaku_xl.entry.screen import problem, say
from zaitaku_xl.errors import ZaitakuError
from zaitaku_xl.hosts.writing.safe_file import guarding, put_new
from zaitaku_xl.jobs.due import Dues, dues_of, in_order, write_due
from zaitaku_xl.results.due_files import due_html, due_ics, due_json
from zaitaku_xl.ruling.words import on as said
from zaitaku_xl.sheets.due import NOTHING, SHEET, DueLine, days_in_words


def due(
    paths: opt.Paths,
    as_of: opt.AsOf = None,
    json: Annotated[str | None, typer.Option("--json", help="JSONで書きます（- は標準出力）", metavar="FILE|-")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="1枚のページに書きます", metavar="FILE")] = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="予定表に取り込めるファイルに書きます", metavar="FILE.ics")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help=f"シート「{SHEET}」を加えたコピーを置くフォルダー", metavar="DIR")
    ] = None,
    month: opt.Month = None,
    city: opt.ClientCity = None,
    layout: opt.Layout = None,
) -> None:
    """Status 0: told, whatever is owed; 2: a book could not be judged."""
    day = jobs.day_of(as_of) if as_of else date.today()
    asked = jobs.Asked(
        months=jobs.months_of([month]) if month else None,
        city=jobs.town_id(city) if city else None,
        as_of=day,
        layouts=jobs.layouts_of(*layout) if layout else (),
    )
    found = batch.search_files(paths, out)
    named = {"--json": Path(json) if json and json != "-" else None, "--html": html, "--ics": ics}
    with guarding([file.path for file in found.files if not file.url]):
        check_named({option: path for option, path in named.items() if path})
        files = batch.with_targets(found.files, out, in_place=False)
        several = [dues_of(file.path, file.shown, asked) for file in files]
        lines = in_order(several)
        if named["--json"]:
            put_new(named["--json"], due_json(several, lines, day).encode())
        if html:
            put_new(html, due_html(lines, day).encode())
        if ics:
            put_new(ics, due_ics(lines, day).encode())
        failed = _write_copies(files, several, day) if out else False
    if json == "-":
        typer.echo(due_json(several, lines, day), nl=False)
    else:
        _tell(several, lines, day)
        outcomes.tell_skipped(found.skipped)
    unjudged = any(dues.outcome.report is None or dues.outcome.status.exit_status for dues in several)
    raise typer.Exit(2 if unjudged or failed or any(skipped.named for skipped in found.skipped) else 0)


def _write_copies(files: list[batch.BookFile], several: list[Dues], day: date) -> bool:
    failed = False
    for file, dues in zip(files, several, strict=True):
        if dues.outcome.report is None or file.target is None:
            continue
        try:
            write_due(file.path, dues.lines, day, file.target)
        except ZaitakuError as error:
            failed = True
            problem(f"{file.shown}: {error}")
    return failed


def _tell(several: list[Dues], lines: list[DueLine], day: date) -> None:
    for dues in several:
        if dues.outcome.report is None or dues.outcome.status.exit_status:
            problem(f"{dues.outcome.path}: {dues.outcome.reason}")
    say(f"{SHEET}（{wareki(day)}現在）")
    if not lines:
        say(NOTHING)
    for when, its in groupby(lines, lambda line: line.when):
        say()
        say(f"■{when.value}")
        for line in its:
            _tell_line(line, alone=len(several) == 1)


def _tell_line(line: DueLine, *, alone: bool) -> None:
    yen = f"、{line.yen:,.0f}円" if line.yen else ""
    hangs = f"　在宅の日 {days_in_words(line.days)}{yen}" if line.days else ""
    use = f"　最後の利用予定日 {said(line.last_use)}" if line.last_use and line.last_use != line.due else ""
    where = f"　{line.sheet}!{line.cell}" if line.sheet else ""
    book = "" if alone else f"　{line.path}"
    say(f"　{said(line.due)}　{line.client}　{line.what}{use}{hangs}{where}{book}")
