"""What lies in a folder and is whole: not being copied, not open in Excel."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from zaitaku_xl.batch.files import BookFile, Skipped, look_for_files
from zaitaku_xl.hosts.writing.safe_file import owner_file

Seen = dict[Path, tuple[int, int]]  # size and time of change


def watch_folders(paths: Sequence[str], out: Path, wait: Callable[[], None]) -> Iterator[list[BookFile]]:
    """Yield the files that lie still, each time that any of them is new or changed. *wait* is called between two looks."""
    judged: Seen = {}
    before = _seen(paths, out)
    while True:
        wait()
        now = _seen(paths, out)
        still = {path: state for path, state in now.items() if before.get(path) == state and not owner_file(path)}
        before = now
        if any(judged.get(path) != state for path, state in still.items()):
            judged = judged | still
            files = look_for_files(paths, out).files  # an empty folder is waited for, and no fault
            yield [file for file in files if file.path in judged and file.path in now]


def skipped_paths(paths: Sequence[str], out: Path) -> list[Skipped]:
    """Return what lies there now and is not looked at; a folder into which nothing has come yet is looked at."""
    skipped = look_for_files(paths, out).skipped
    return [each._replace(named=False) for each in skipped if not Path(each.path).is_dir()]


def _seen(paths: Sequence[str], out: Path) -> Seen:
    seen: Seen = {}
    for file in look_for_files(paths, out).files:
        try:
            state = file.path.stat()
        except OSError:  # gone again
            continue
        seen[file.path] = state.st_size, state.st_mtime_ns
    return seen
