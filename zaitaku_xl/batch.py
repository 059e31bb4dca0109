"""Many files: found, judged by one worker or several, each ending in exactly one outcome."""

import glob
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.foreign_book import ENDINGS, RESULT
from zaitaku_xl.hosts.safe_file import is_backup
from zaitaku_xl.jobs import Asked, Outcome, check_file

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_OWNER = ("~$", ".~lock.")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to judge: where it lies, how the person named it, and its path under an output folder."""

    path: Path
    shown: str
    relative: PurePath
    target: Path | None = None


def found(paths: Sequence[str], out: Path | None = None) -> list[Found]:
    """Search files, folders and globs; a named file that is not there is kept, so that it gets its line."""
    files: dict[Path, Found] = {}
    for typed in paths:
        for file in _of(typed, out):
            files.setdefault(file.path.absolute(), file)
    if not files:
        raise WrongUse("点検するブック（.xlsx、.xlsm）が見つかりません。場所を確かめてください。")
    return sorted(files.values(), key=lambda file: file.shown)


def _of(typed: str, out: Path | None) -> Iterator[Found]:
    path = Path(typed)
    if path.is_dir():
        yield from _in_folder(path, out)
    elif glob.has_magic(typed) and not path.exists():
        base = _base_of(typed)
        for name in sorted(glob.glob(typed, recursive=True)):
            match = Path(name)
            if match.is_dir():
                yield from _in_folder(match, out)
            elif (_is_workbook(match) or _is_csv(match, typed)) and not _is_inside(match, out):
                yield Found(match, match.as_posix(), match.relative_to(base))
    else:
        yield Found(path, path.as_posix(), PurePath(path.name))


def _in_folder(folder: Path, out: Path | None) -> Iterator[Found]:
    """Search a folder; an output folder inside it holds our own copies and is passed over."""
    if out is not None and folder.resolve().is_relative_to(out.resolve()):
        out = None  # the source itself: refused when targets are given
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _is_workbook(path) and not _is_inside(path, out):
            yield Found(path, path.as_posix(), path.relative_to(folder))


def _is_workbook(path: Path) -> bool:
    """Tell whether a search should offer this file; one that a person names is taken whatever its name."""
    return path.suffix.lower() in WORKBOOKS and not path.name.startswith(_OWNER) and not is_backup(path)


def _is_csv(path: Path, typed: str) -> bool:
    """A folder holds many a CSV that is no log: one is taken only where it is asked for."""
    return path.suffix.lower() == typed[-4:].lower() == ".csv"


def _is_inside(path: Path, out: Path | None) -> bool:
    return out is not None and path.resolve().is_relative_to(out.resolve())


def _base_of(pattern: str) -> Path:
    """The folder before the first part with a wildcard."""
    parts = []
    for part in Path(pattern).parts:
        if glob.has_magic(part):
            break
        parts.append(part)
    return Path(*parts) if parts else Path()


def placed(files: Sequence[Found], out: Path | None, in_place: bool) -> list[Found]:
    """Give each file its target; refuses to write over an original or two files to one place."""
    if out is None:
        return [Found(f.path, f.shown, f.relative, f.path if in_place else None) for f in files]
    taken: dict[Path, str] = {}
    made = []
    for file in files:
        target = out / _result_name(file.relative)
        resolved = target.resolve()
        if resolved == file.path.resolve() or any(resolved == other.path.resolve() for other in files):
            raise WrongUse(
                f"--out に元のファイルのあるフォルダーは使えません（{target}）。別のフォルダーを指定してください。"
            )
        if resolved in taken:
            raise WrongUse(f"「{taken[resolved]}」と「{file.shown}」が同じ名前です。フォルダーごと指定してください。")
        taken[resolved] = file.shown
        made.append(Found(file.path, file.shown, file.relative, target))
    return made


def _result_name(relative: PurePath) -> PurePath:
    return relative.with_name(relative.stem + RESULT) if relative.suffix.lower() in ENDINGS else relative


def check_files(
    files: Sequence[Found],
    asked: Asked,
    jobs: int = 1,
    done: Callable[[], None] | None = None,
    *,
    keep_backup: bool = False,
) -> list[Outcome]:
    """Judge every file, in the order given whatever the number of workers; *done* is called after each."""
    job = partial(_one, asked, keep_backup)
    outcomes = []
    for outcome in _mapped(job, files, jobs):
        outcomes.append(outcome)
        if done:
            done()
    return outcomes


def _one(asked: Asked, keep_backup: bool, file: Found) -> Outcome:
    return check_file(file.path, file.shown, asked, file.target, keep_backup=keep_backup)


def _mapped(job: Callable[[Found], Outcome], files: Sequence[Found], jobs: int) -> Iterator[Outcome]:
    if jobs <= 1 or len(files) <= 1:
        yield from map(job, files)
        return
    # Spawned, not forked: a worker starts clean on every platform.
    with ProcessPoolExecutor(min(jobs, len(files)), multiprocessing.get_context("spawn")) as workers:
        yield from workers.map(job, files, chunksize=4)
