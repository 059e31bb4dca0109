"""`zaitaku-xl watch`: the way without macros; what is dropped into a folder is judged, and a marked copy put out."""

import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import batch, jobs
from zaitaku_xl.entry import options as opt
from zaitaku_xl.entry import screen
from zaitaku_xl.entry.checking import write_and_tell
from zaitaku_xl.errors import InUse, WrongUse
from zaitaku_xl.hosts.remote_files import is_url

OUT = "点検済み"
_SECONDS = 2.0  # between two looks: a file that is still being copied grows meanwhile


def watch(
    paths: Annotated[
        list[str], typer.Argument(help="フォルダー（ブックを重ねて置いてもかまいません）", metavar="FOLDER")
    ],
    out: opt.Out = None,
    once: Annotated[bool, typer.Option("--once", help="今あるものを1回だけ点検して終わります")] = False,
    month: opt.Month = None,
    city: opt.ClientCity = None,
    workers: opt.Jobs = 1,
    every: Annotated[float, typer.Option("--every", help="見に行く間隔（秒）", metavar="SECONDS", min=0.1)] = _SECONDS,
) -> None:
    """Ends with Ctrl-C; without --once that is the only end, and a good one."""
    target = out or _beside(paths)
    asked = jobs.Asked(jobs.months_of([month]) if month else None, jobs.town_id(city) if city else None)
    if not once:
        screen.say(f"{'、'.join(paths)} を見ています。コピーは {target} に置きます。終わるには Ctrl と C を押します。")
    looks = 0

    def wait() -> None:
        nonlocal looks
        if once and looks:
            raise _NothingLeft
        looks += 1
        time.sleep(every)

    status = _missing(paths)
    told: set[batch.Skipped] = set()
    try:
        for files in batch.watch_folders(paths, target, wait):
            placed = batch.with_targets(files, target, in_place=False)
            new = [each for each in batch.skipped_paths(paths, target) if each not in told]
            told.update(new)
            judged = _judge(
                placed, new, replace(asked, as_of=date.today()), workers, target, patience=None if once else every
            )
            status = max(status, judged) if once else judged
    except _NothingLeft:
        raise typer.Exit(status) from None
    except KeyboardInterrupt:
        screen.say("見るのを終わりました。")
        raise typer.Exit(0) from None


def _missing(paths: list[str]) -> int:
    """Say which of the paths are not there: what comes to lie there later is judged then."""
    missing = [path for path in paths if not os.path.lexists(path) and not is_url(path)]
    for path in missing:
        screen.problem(f"{path} がありません。場所を確かめてください。")
    return 2 if missing else 0


def _judge(
    files: list[batch.BookFile],
    skipped: list[batch.Skipped],
    asked: jobs.Asked,
    workers: int,
    target: Path,
    *,
    patience: float | None,
) -> int:
    """Judge what came and return the exit status; another run into *target* is waited for, looking every *patience* seconds."""
    waiting = False
    while True:
        try:
            with batch.run(files, asked, workers, folder=target, days=False, skipped=skipped) as run:
                write_and_tell(run, {}, target)
                return run.exit_status
        except InUse:
            if patience is None:
                raise
            if not waiting:
                screen.say(f"{target} でほかの点検が動いています。終わるのを待ちます。")
            waiting = True
            time.sleep(patience)


class _NothingLeft(Exception):
    """One look was asked for, and that was it."""


def _beside(paths: list[str]) -> Path:
    """A folder 点検済み in the folder that is watched, or beside the first file."""
    if any(is_url(path) for path in paths):
        raise WrongUse("watch は、このパソコンから見えるフォルダーを見ます。URLは check に指定してください。")
    first = Path(paths[0])
    if not first.exists():
        raise WrongUse(f"{first} がありません。場所を確かめてください。")
    return (first if first.is_dir() else first.parent) / OUT
