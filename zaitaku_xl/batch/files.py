"""Files found: named, searched in folders, matched by a pattern or behind a URL; and where each marked copy goes.

Each path that was named or found ends in one line: a file to judge, or what was passed over and why.
"""

import glob
import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import NamedTuple

from zaitaku_xl.batch.names import JOURNAL, SUMMARY
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.hosts.foreign_book import ENDINGS, RESULT
from zaitaku_xl.hosts.remote_files import bytes_at, is_url, listed
from zaitaku_xl.hosts.writing.safe_file import is_backup, is_passing
from zaitaku_xl.visible import path_as_text, visible

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_MOST_TOLD = 20  # in the sentence that there is nothing to judge
_OWNER = ("~$", ".~lock.")
_NO_BOOK = "ブック（.xlsx、.xlsm など）ではありません。"
_NO_CSV = "CSVは、ファイルの名前か *.csv で指定したときだけ点検します。"
_OWNER_FILE = "ブックを開いている人を示す一時的なファイルです。"
_BACKUP_FILE = "書き込む前のブックの控えです。"
_SUMMARY_FILE = "在宅点検が作った点検まとめです。"
_PASSING_FILE = "在宅点検の途中のファイルです。"
_RESULTS = "結果を置くフォルダーなので、中は見ません。"
_DANGLING = "リンクの先にファイルがありません。リンクを直すか、消してください。"
_LINKED_FOLDER = "フォルダーへのリンクなので、中は見ません。点検するときは、リンクの先のフォルダーを指定してください。"
_NAMED_LIKE_A_BOOK = "ブックのような名前ですが、フォルダーです。中にブックがあれば、それを点検します。"
_LEADS_OUT = "フォルダーの外へのリンクなので、書き込みません。書き込むときは、リンクの先のファイルを指定してください。"
_SAME = "ほかの名前で指定したファイルと同じものなので、そちらに書き込みます。"
_NO_FILE = "ふつうのファイルではありません。"
_NO_ACCESS = "読み取りが許されていないため、見られません。許可を確かめてください。"
_NOTHING_INSIDE = "点検するブックが中にありません。場所を確かめてください。"
_NO_MATCH = "この型に合うものがありません。場所と名前を確かめてください。"


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file to judge: where it lies, how the person named it, and its path under an output folder."""

    path: Path
    shown: str  # what acts on a screen, or is no text, is spelled out in it
    relative: PurePath
    target: Path | None = None
    url: str | None = None  # where it lies, if not here

    def content(self) -> bytes:
        """Read the file whole; raises Unreadable with a sentence that says why not."""
        return bytes_at(self.url) if self.url else bytes_of(self.path)


class Skipped(NamedTuple):
    """A path that was not looked at, and why; *named* one by one, it makes the run one that could not judge all."""

    path: str
    reason: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class FilesFound:
    """What a search came to."""

    files: list[BookFile]
    skipped: tuple[Skipped, ...]


def find_files(paths: Sequence[str], out: Path | None = None) -> list[BookFile]:
    """Search files, folders and globs; a named file that is not there is kept, so that it gets its line."""
    return search_files(paths, out).files


def search_files(paths: Sequence[str], out: Path | None = None, *, in_place: bool = False) -> FilesFound:
    """Search files, folders and globs, and tell what was passed over. With *in_place* no link leads out of a folder."""
    found = look_for_files(paths, out, in_place=in_place)
    if not found.files:
        why = "".join(f"「{skipped.path}」{skipped.reason}" for skipped in found.skipped[:_MOST_TOLD])
        raise WrongUse(f"点検するブック（.xlsx、.xlsm）が見つかりません。場所を確かめてください。{why}")
    return found


def look_for_files(paths: Sequence[str], out: Path | None = None, *, in_place: bool = False) -> FilesFound:
    """Search as ``search_files`` does, where nothing to judge is no fault."""
    search = _Search(out, in_place)
    for typed in paths:
        search.look(typed)
    return search.found()


class _Search:
    """Paths looked at one after another, each once."""

    def __init__(self, out: Path | None, in_place: bool) -> None:
        self._out = out
        self._in_place = in_place
        self._files: dict[Path, BookFile] = {}
        self._skipped: dict[Path, Skipped] = {}

    def look(self, typed: str) -> None:
        path = Path(typed)
        if is_url(typed):
            self._remote(typed)
        elif path.is_dir():
            self._folder(path, named=True)
        elif glob.has_magic(typed) and not os.path.lexists(path):
            self._glob(typed)
        else:
            self._take(BookFile(path, visible(path.as_posix()), PurePath(path.name)))

    def found(self) -> FilesFound:
        files = self._each_once() if self._in_place else list(self._files.values())
        files = _told_apart(sorted(files, key=lambda file: file.shown))
        skipped = [line for path, line in self._skipped.items() if path not in self._files]
        return FilesFound(files, tuple(sorted(skipped)))

    def _each_once(self) -> list[BookFile]:
        """Two names of one file are written to once."""
        first: dict[str, BookFile] = {}
        files = sorted(self._files.items(), key=lambda each: (each[1].path.is_symlink(), each[1].shown))
        for path, file in files:
            if first.setdefault(os.path.realpath(file.path), file) is not file:
                del self._files[path]
                self._skip(file.path, _SAME)
        return list(first.values())

    def _take(self, file: BookFile) -> None:
        self._files.setdefault(_key(file), file)

    def _skip(self, path: Path, reason: str, *, named: bool = False) -> None:
        self._skipped.setdefault(_absolute(path), Skipped(visible(path.as_posix()), reason, named))

    def _remote(self, typed: str) -> None:
        for url, relative, named in listed(typed):
            path = Path(relative)
            if named or _is_workbook(path) or _is_csv(path, typed):
                self._take(BookFile(path, visible(url), PurePath(relative), url=url))
            else:
                self._skipped.setdefault(Path(url), Skipped(visible(url), _why_not(path)))

    def _glob(self, typed: str) -> None:
        base, matches = _base_of(typed), sorted(glob.glob(typed, recursive=True))
        if not matches:
            self._skip(Path(typed), _NO_MATCH, named=True)
        for name in matches:
            match = Path(name)
            if match.is_dir():
                self._folder(match)
            elif _is_inside(match, self._out):
                self._skip(match, _RESULTS)
            else:
                self._consider(match, match.relative_to(base), base, csv=_is_csv(match, typed))

    def _folder(self, folder: Path, *, named: bool = False) -> None:
        """Search a folder; an output folder inside it holds our own copies and is passed over."""
        before = len(self._files)
        results = self._out and self._out.resolve()
        if results and folder.resolve().is_relative_to(results):
            results = None  # the source itself: refused when targets are given
        resolved = _resolver()
        closed: list[Path] = []
        for here, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
            room = Path(here)
            folders.sort()
            for name in tuple(folders):
                below = room / name
                if below.is_symlink():
                    self._skip(below, _LINKED_FOLDER)
                elif results and resolved(below) == results:
                    self._skip(below, _RESULTS)
                    folders.remove(name)
                elif _is_workbook(below):
                    self._skip(below, _NAMED_LIKE_A_BOOK)
            for name in sorted(names):
                path = room / name
                self._consider(path, path.relative_to(folder), folder)
        for path in closed:
            self._skip(path, _NO_ACCESS, named=named and path == folder)
        if named and len(self._files) == before:
            self._skip(folder, _NOTHING_INSIDE, named=True)

    def _consider(self, path: Path, relative: PurePath, folder: Path, *, csv: bool = False) -> None:
        if not csv and not _is_workbook(path):
            self._skip(path, _why_not(path))
        elif reason := _why_no_file(path):
            self._skip(path, reason)
        elif self._in_place and path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            self._skip(path, _LEADS_OUT)
        else:
            self._take(BookFile(path, visible(path.as_posix()), relative))


def _key(file: BookFile) -> Path:
    return Path(file.url) if file.url else _absolute(file.path)


def _absolute(path: Path) -> Path:
    """One way to say where a name lies, however it was typed; the name itself may be a link and stays one."""
    if ".." not in path.parts:
        return path.absolute()
    return path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name


def _told_apart(files: Sequence[BookFile]) -> list[BookFile]:
    """Two files are never shown by the same words: results are known by them."""
    taken: set[str] = set()
    told = []
    for file in files:
        shown, number = file.shown, 2
        while shown in taken:
            shown, number = f"{file.shown}（{number}）", number + 1
        taken.add(shown)
        told.append(file if shown == file.shown else replace(file, shown=shown))
    return told


def _why_not(path: Path) -> str:
    """Say why a search does not offer this file."""
    if path.name.startswith(_OWNER):
        return _OWNER_FILE
    if path.name == JOURNAL or is_passing(path):
        return _PASSING_FILE
    if path.name == SUMMARY:
        return _SUMMARY_FILE
    if path.suffix.lower() in WORKBOOKS and is_backup(path):
        return _BACKUP_FILE
    return _NO_CSV if path.suffix.lower() == ".csv" else _NO_BOOK


def _why_no_file(path: Path) -> str | None:
    try:
        if path.is_file():
            return None
        return _DANGLING if path.is_symlink() and not path.exists() else _NO_FILE
    except OSError:
        return _NO_ACCESS


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
    if os.path.lexists(out) and not out.is_dir():
        raise WrongUse(f"--out にはフォルダーを指定してください（{out} はフォルダーではありません）。")
    fold = _folded if _ignores_case(out) else str
    resolved_of, results = _resolver(), out.resolve()
    originals = {resolved_of(file.path) for file in files if not file.url}
    taken: dict[str, str] = {}
    made = []
    for file in files:
        target = out / path_as_text(str(_result_name(file.relative)))
        resolved = resolved_of(target)
        if resolved in originals:
            raise WrongUse(
                f"--out に元のファイルのあるフォルダーは使えません（{target}）。別のフォルダーを指定してください。"
            )
        if not resolved.is_relative_to(results) or target.name == SUMMARY:
            raise WrongUse(f"「{file.shown}」のコピーは置けません。名前か場所を変えてください。")
        place = fold(str(resolved))
        if place in taken:
            raise WrongUse(f"「{taken[place]}」と「{file.shown}」が同じ名前です。フォルダーごと指定してください。")
        taken[place] = file.shown
        made.append(replace(file, target=target))
    return made


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _ignores_case(folder: Path) -> bool:
    """Tell whether names that differ in their case alone are one name there, as on the disks of Windows and macOS."""
    if sys.platform in ("win32", "darwin"):
        return True
    there = next(
        (each for each in (folder, *folder.parents) if each.exists() and each.name.swapcase() != each.name), None
    )
    if there is None:
        return False
    other = there.with_name(there.name.swapcase())
    return other.exists() and other.samefile(there)


def _result_name(relative: PurePath) -> PurePath:
    return relative.with_name(relative.stem + RESULT) if relative.suffix.lower() in ENDINGS else relative
