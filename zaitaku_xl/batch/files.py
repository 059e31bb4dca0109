"""Files found: named, searched in folders, matched by a pattern or behind a URL; and where each marked copy goes."""

import glob
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.hosts.foreign_book import ENDINGS, RESULT
from zaitaku_xl.hosts.remote_files import bytes_at, is_url, listed
from zaitaku_xl.hosts.writing.safe_file import is_backup

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SUMMARY = "点検まとめ.xlsx"
_OWNER = ("~$", ".~lock.")


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file to judge: where it lies, how the person named it, and its path under an output folder."""

    path: Path
    shown: str
    relative: PurePath
    target: Path | None = None
    url: str | None = None  # where it lies, if not here

    def content(self) -> bytes:
        """Read the file whole; raises Unreadable with a sentence that says why not."""
        return bytes_at(self.url) if self.url else bytes_of(self.path)


def find_files(paths: Sequence[str], out: Path | None = None) -> list[BookFile]:
    """Search files, folders and globs; a named file that is not there is kept, so that it gets its line."""
    files: dict[Path, BookFile] = {}
    for typed in paths:
        for file in _of(typed, out):
            files.setdefault(Path(file.url) if file.url else file.path.absolute(), file)
    if not files:
        raise WrongUse("点検するブック（.xlsx、.xlsm）が見つかりません。場所を確かめてください。")
    return sorted(files.values(), key=lambda file: file.shown)


def _of(typed: str, out: Path | None) -> Iterator[BookFile]:
    if is_url(typed):
        yield from _remote(typed)
        return
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
                yield BookFile(match, match.as_posix(), match.relative_to(base))
    else:
        yield BookFile(path, path.as_posix(), PurePath(path.name))


def _remote(typed: str) -> Iterator[BookFile]:
    for url, relative, named in listed(typed):
        path = Path(relative)
        if named or _is_workbook(path) or _is_csv(path, typed):
            yield BookFile(path, url, PurePath(relative), url=url)


def _in_folder(folder: Path, out: Path | None) -> Iterator[BookFile]:
    """Search a folder; an output folder inside it holds our own copies and is passed over."""
    if out is not None and _is_inside(folder, out):
        out = None  # the source itself: refused when targets are given
    resolved, results = _resolver(), out and out.resolve()
    for path in sorted(folder.rglob("*")):
        if _is_workbook(path) and path.is_file() and not (results and resolved(path).is_relative_to(results)):
            yield BookFile(path, path.as_posix(), path.relative_to(folder))


def _resolver() -> Callable[[Path], Path]:
    """Return a ``Path.resolve`` that asks the disk about each folder once: there are thousands of files in a few."""
    folders: dict[Path, Path] = {}

    def resolved(path: Path) -> Path:
        if path.name in ("", "..") or path.is_symlink():
            return path.resolve()
        if path.parent not in folders:
            folders[path.parent] = path.parent.resolve()
        return folders[path.parent] / path.name

    return resolved


def _is_workbook(path: Path) -> bool:
    """Tell whether a search should offer this file; one that a person names is taken whatever its name."""
    ours = path.name == SUMMARY or is_backup(path)
    return path.suffix.lower() in WORKBOOKS and not path.name.startswith(_OWNER) and not ours


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


def with_targets(files: Sequence[BookFile], out: Path | None, in_place: bool) -> list[BookFile]:
    """Give each file its target; refuses to write over an original or two files to one place."""
    if in_place and any(file.url for file in files):
        raise WrongUse("URLのファイルには書き込みません。--out DIR を指定してください。")
    if out is None:
        return [replace(file, target=file.path if in_place else None) for file in files]
    resolved_of, results = _resolver(), out.resolve()
    originals = {resolved_of(file.path) for file in files if not file.url}
    taken: dict[Path, str] = {}
    made = []
    for file in files:
        target = out / _result_name(file.relative)
        resolved = resolved_of(target)
        if resolved in originals:
            raise WrongUse(
                f"--out に元のファイルのあるフォルダーは使えません（{target}）。別のフォルダーを指定してください。"
            )
        if not resolved.is_relative_to(results) or target.name == SUMMARY:
            raise WrongUse(f"「{file.shown}」の写しは置けません。名前か場所を変えてください。")
        if resolved in taken:
            raise WrongUse(f"「{taken[resolved]}」と「{file.shown}」が同じ名前です。フォルダーごと指定してください。")
        taken[resolved] = file.shown
        made.append(replace(file, target=target))
    return made


def _result_name(relative: PurePath) -> PurePath:
    return relative.with_name(relative.stem + RESULT) if relative.suffix.lower() in ENDINGS else relative
