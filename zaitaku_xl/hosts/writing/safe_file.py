"""A file put in place so that nothing is ever lost: what lies there is the old file or the new one, never half of either.

The new file is written beside, brought to the disk, read back, and only then takes the old one's name. A name that
ends in ``.tmp`` is no workbook to anybody; one left behind by a power cut is swept up by a later run.
"""

import contextlib
import errno
import math
import os
import re
import shutil
import socket
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from zaitaku_xl.errors import Unwritten
from zaitaku_xl.hosts.writing import last_written
from zaitaku_xl.hosts.writing.stamped import is_as_stamped
from zaitaku_xl.visible import visible

BACKUP = ".点検前"
EARLIER = "_前の版"
_PREFIX, _SUFFIX = ".zaitaku_xl-", ".tmp"
_ROOM = "zaitaku_xl-"  # how the name of a passing folder begins
_OWNER = re.compile(r"zaitaku_xl-([0-9a-f]{8})-(\d+)-")  # machine and process
_OWN = stat.S_IRUSR | stat.S_IWUSR
_EMPTY = sha256(b"").hexdigest()  # nothing can be lost of it
_STALE = 3600  # seconds by the clock of the disk: a younger one may belong to somebody who is writing now
_BACKUP_STEM = re.compile(rf"{re.escape(BACKUP)}\d*$")
_UNSUPPORTED = (errno.EINVAL, errno.ENOSYS, getattr(errno, "ENOTSUP", errno.EINVAL))  # Windows does not know them all
_NO_LINK = (errno.EPERM, errno.EACCES, errno.EXDEV, errno.EMLINK, *_UNSUPPORTED)
_REASONS = {
    errno.ENOSPC: "ディスクの空きが足りません。不要なファイルを消してから、もう一度実行してください。",
    getattr(
        errno, "EDQUOT", -1
    ): "使える容量の上限に達しています。不要なファイルを消してから、もう一度実行してください。",
    errno.EFBIG: "ファイルが大きすぎて、この場所には書けません。別の場所を指定してください。",
    errno.EROFS: "書き込みのできない場所です。自分のパソコンにコピーしてから、もう一度実行してください。",
    errno.EACCES: "書き込みが許されていません。開いていれば閉じ、フォルダーの書き込みの許可を確かめてください。",
    errno.EPERM: "書き込みが許されていません。開いていれば閉じ、フォルダーの書き込みの許可を確かめてください。",
    errno.ENAMETOOLONG: "名前が長すぎます。短い名前に変えてから、もう一度実行してください。",
}

Check = Callable[[bytes], None]


def is_backup(path: Path) -> bool:
    """Tell whether this is the file as it was before we wrote: kept for the person, not to be checked again.

    >>> is_backup(Path("日報.点検前.xlsx")), is_backup(Path("日報.点検前2.xlsx")), is_backup(Path("点検前.xlsx"))
    (True, True, False)
    """
    return _BACKUP_STEM.search(path.stem) is not None


def is_passing(path: Path) -> bool:
    """Tell whether this is half a file of a run that is still writing, or was killed.

    >>> is_passing(Path(".zaitaku_xl-0a1b2c3d-17-0a1b2c3d.tmp"))
    True
    """
    return path.name.startswith(_PREFIX) and path.name.endswith(_SUFFIX)


def put(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write a file whole or not at all; what lies there and is not provably ours and unedited is kept aside, and told.

    This and ``putting`` are the one gate for all that we make. *like* is the file it was made from: nobody may read
    the new one who may not read that. A copy can be made again, so nobody waits until the disk has it: that is for
    ``replace``.
    """
    path = checked_place(path)
    with _explained(path):
        beside = _written_beside(path, data, _mode(like), to_disk=False)
        try:
            _take_name(beside, path, sha256(data).hexdigest(), like)
        except BaseException:
            _drop(beside)
            raise


def put_new(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write a file as ``put`` does, in a folder that need not be there yet."""
    _made_folder(path)
    put(path, data, like=like)


def put_own(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write what is the program's own: its settings, its add-in, a key. The file of that name is ours to replace."""
    path = checked_place(path)
    with _explained(path):
        beside = _written_beside(path, data, 0o600 if private else 0o666, to_disk=False)
        try:
            if path.exists() and not private:
                _look_alike(path, beside)
            os.replace(beside, path)
        except BaseException:
            _drop(beside)
            raise


@contextlib.contextmanager
def putting(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write bit by bit; it takes its name when all of it is there, and nothing is left where it is not."""
    _made_folder(path)
    path = checked_place(path)
    with _explained(path):
        handle, beside = _created(path.parent, 0o666)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
            _take_name(beside, path, _digest_of(beside), None)
        except BaseException:
            _drop(beside)
            raise
        _sweep(beside.parent)


# ---- what may be written to, and what is told


_inputs: ContextVar[frozenset[object]] = ContextVar("_inputs", default=frozenset())
_sentences: ContextVar[list[str] | None] = ContextVar("_sentences", default=None)


@contextlib.contextmanager
def guarding(inputs: Iterable[Path]) -> Iterator[None]:
    """Refuse, while this lasts, to write over any of these files, by whatever name."""
    marks = {mark for path in inputs for mark in _marks_of(path)}
    token = _inputs.set(_inputs.get() | marks)
    try:
        yield
    finally:
        _inputs.reset(token)


@contextlib.contextmanager
def telling() -> Iterator[list[str]]:
    """Give a list that fills with a sentence for each older file that is kept aside: nobody who writes can forget to say it."""
    sentences: list[str] = []
    token = _sentences.set(sentences)
    try:
        yield sentences
    finally:
        _sentences.reset(token)


def checked_place(path: Path) -> Path:
    """Return the place a name stands for; refuses what is no place for a file, lies elsewhere, or is being read."""
    place = Path(os.path.realpath(path))
    name = visible(path.name)
    if path.is_symlink() and not place.is_relative_to(os.path.realpath(path.parent)):
        raise Unwritten(
            f"「{name}」は別の場所へのリンクなので、書きません。リンクを外すか、別の名前を指定してください。"
        )
    if place.is_dir():
        raise Unwritten(f"「{name}」はフォルダーなので、書けません。別の名前を指定してください。")
    if place.exists() and not place.is_file():
        raise Unwritten(f"「{name}」はふつうのファイルではないので、書きません。別の名前を指定してください。")
    if not _inputs.get().isdisjoint(_marks_of(place)):
        raise Unwritten(f"「{name}」は元のファイルなので、書きません。別の名前か場所を指定してください。")
    return place


def _marks_of(path: Path) -> Iterator[object]:
    """Yield by what a file is known: where it lies, and which it is on its disk whatever its names."""
    yield os.path.normcase(os.path.realpath(path))
    with contextlib.suppress(OSError):
        known = path.stat()
        if known.st_ino:
            yield known.st_dev, known.st_ino


def _take_name(beside: Path, path: Path, digest: str, like: Path | None) -> None:
    """Give the new file its name; what bore it goes if it is ours as we wrote it, else it gets another."""
    there = _digest_of(path) if path.exists() else None
    ours = there == digest or _is_ours(path, there)
    backup = None if ours else _kept(path, path.read_bytes, EARLIER)
    try:
        if ours and there is not None:
            _look_alike(path, beside, like)
        last_written.remember(path, (digest, *([there] if ours and there else [])))
        os.replace(beside, path)
    except BaseException:
        _drop(backup)
        raise
    _tell(path, backup)


@contextlib.contextmanager
def making_way(path: Path) -> Iterator[Path]:
    """Let another program write a file; what lies there and is not ours as it was written has another name first."""
    path = checked_place(path)
    with _explained(path):
        there = _digest_of(path) if path.exists() else None
        backup = None if _is_ours(path, there) else _kept(path, path.read_bytes, EARLIER)
        try:
            yield path
        except BaseException:
            if path.exists() and _digest_of(path) == there:
                _drop(backup)
            raise
        if path.exists():
            last_written.remember(path, (_digest_of(path),))
    _tell(path, backup)


def keep_aside(path: Path) -> Path:
    """Give what lies there the name of an earlier one and leave the place free; a kept file is never replaced."""
    with _explained(path):
        backup = _kept(path, path.read_bytes, EARLIER)
        path.unlink()
    _tell(path, backup)
    return backup


def _is_ours(path: Path, digest: str | None) -> bool:
    """Tell whether nothing of somebody's is lost with what lies there."""
    return digest in (None, _EMPTY) or digest in last_written.digests(path) or is_as_stamped(path)


def _tell(path: Path, backup: Path | None) -> None:
    sentences = _sentences.get()
    if backup is not None and sentences is not None:
        sentences.append(
            f"前からあった「{visible(path.name)}」は、在宅点検が書いたままのものと確かめられないため、"
            f"「{visible(backup.name)}」という名前で残しました。"
        )


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def vouch(path: Path, digest: str) -> None:
    """Take a digest that an earlier run left in the folder of results for a proof as good as our own."""
    known = last_written.digests(path)
    if digest not in known:
        last_written.remember(path, (digest, *sorted(known)[:1]))


def _made_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise Unwritten(
            f"「{visible(path.parent.as_posix())}」はファイルなので、その中には書けません。フォルダーを指定してください。"
        ) from error
    except OSError as error:
        raise Unwritten(_sentence(path.parent, error)) from error


def replace(path: Path, before: bytes, after: bytes, check: Check, *, keep: bool = False) -> Path | None:
    """Put *after* in the place of *before* and return where the old file was kept, if it was asked for.

    *check* is given the new file as the disk gives it back and raises if it is not good. The old file lies beside
    until all is seen to be well; where it is not, the old file has its name again.
    """
    path = Path(os.path.realpath(path))
    check_free(path)
    with _explained(path):
        beside = _written_beside(path, after, 0o600)
        backup: Path | None = None
        try:
            check(beside.read_bytes())
            _check_unchanged(path, before)
            _look_alike(path, beside)
            backup = _kept(path, lambda: before, BACKUP)
            os.replace(beside, path)
        except BaseException:
            _drop(beside, backup)
            raise
        _settle(path.parent)
        _confirm(path, after, backup)
        if keep:
            return backup
        _drop(backup)
        return None


def _check_unchanged(path: Path, before: bytes) -> None:
    if path.read_bytes() != before:
        raise Unwritten("点検している間に、ほかの人かプログラムがブックを保存しました。もう一度実行してください。")


def _confirm(path: Path, after: bytes, backup: Path) -> None:
    if path.read_bytes() != after:
        os.replace(backup, path)
        raise Unwritten("書いたブックを読み返すと違っていたため、元に戻しました。ディスクを確かめてください。")


def check_free(path: Path) -> None:
    """Refuse a file that somebody has open or has made read-only."""
    lock = owner_file(path)
    if lock is not None:
        who = owner(lock)
        raise Unwritten(
            f"ブックが開かれています{f'（{who}）' if who else ''}。閉じてから、もう一度実行してください。"
            f"だれも開いていなければ、残っている「{lock.name}」を消してください。"
        )
    with _explained(path):
        if not path.stat().st_mode & stat.S_IWUSR:
            raise Unwritten("読み取り専用のファイルです。ファイルのプロパティで読み取り専用を外してください。")
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "read-only", str(path))


def owner_file(path: Path) -> Path | None:
    """Return the file by which Excel or LibreOffice says that somebody has this one open."""
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return next((lock for name in names if (lock := path.with_name(name)).exists()), None)


def owner(lock: Path) -> str:
    """Return the name of the person an owner file was made for, or nothing where it does not say."""
    try:
        data = lock.read_bytes()[:200]
    except OSError:
        return ""
    if lock.name.startswith(".~lock."):
        return data.decode("utf-8", "replace").partition(",")[2].partition(",")[0].strip()
    # One byte of length and the name in the PC's own code page, then at 54 the same in UTF-16.
    if len(data) > 56:
        return data[56 : 56 + 2 * data[54]].decode("utf-16-le", "replace").strip("\0 ")
    return ""


# ---- steps


def _created(folder: Path, mode: int) -> tuple[int, Path]:
    """Make a passing file that says whose it is; the system takes from *mode* what the person's mask forbids."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        beside = folder / f"{_PREFIX}{_machine()}-{os.getpid()}-{token_hex(4)}{_SUFFIX}"
        try:
            return os.open(beside, flags, mode), beside
        except FileExistsError:
            continue


def _mode(like: Path | None) -> int:
    """What a new file may be at most: as open as the one it was made from, and never closed to its owner."""
    if like is None:
        return 0o666
    with contextlib.suppress(OSError):
        return stat.S_IMODE(like.stat().st_mode) & 0o777 | _OWN
    return 0o666


def _written_beside(path: Path, data: bytes, mode: int, *, to_disk: bool = True) -> Path:
    handle, beside = _created(path.parent, mode)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            if to_disk:
                _to_disk(handle)
        finally:
            os.close(handle)
    except BaseException:
        _drop(beside)
        raise
    _sweep(beside.parent)
    return beside


def _to_disk(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:  # some network folders know no such thing
        if error.errno not in _UNSUPPORTED:
            raise


def _look_alike(path: Path, beside: Path, like: Path | None = None) -> None:
    """Let the new file be whose the old one was, and as open: but no more than the one it was made from."""
    with contextlib.suppress(OSError):
        known = path.stat()
        mode = stat.S_IMODE(known.st_mode)
        beside.chmod(mode & _mode(like) if like else mode)
        if hasattr(os, "chown") and (known.st_uid, known.st_gid) != (os.getuid(), os.getgid()):
            os.chown(beside, known.st_uid, known.st_gid)


def _kept(path: Path, before: Callable[[], bytes], label: str) -> Path:
    """Give the old file a second name beside, without copying it where the disk can; nothing is written over."""
    for backup in _free_names(path, label):
        try:
            os.link(path, backup)
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            copy = _written_beside(path, before(), 0o600)
            try:
                _look_alike(path, copy)
                os.replace(copy, backup)
            except BaseException:
                _drop(copy)
                raise
        return backup
    raise FileExistsError(errno.EEXIST, "no free name", str(path))


def _free_names(path: Path, label: str) -> Iterator[Path]:
    for number in ("", *range(2, 100_000)):
        name = path.with_name(f"{path.stem}{label}{number}{path.suffix}")
        if not os.path.lexists(name):
            yield name


def _drop(*files: Path | None) -> None:
    for file in files:
        if file is not None:
            with contextlib.suppress(OSError):
                os.unlink(file)


_swept: dict[Path, float] = {}  # when each folder was last looked through


def _sweep(folder: Path) -> None:
    """Take away what a run that was killed left here: nobody writes to it any more."""
    with contextlib.suppress(OSError):
        now = folder.stat().st_mtime
        if abs(now - _swept.get(folder, -math.inf)) < _STALE:
            return
        _swept[folder] = now
        for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            if _abandoned(left.name) or now - left.stat().st_mtime > _STALE:
                _drop(left)


@cache
def _machine() -> str:
    """This machine without its name: a number of a process means nothing on another one."""
    return sha256(socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]


def _abandoned(name: str) -> bool:
    """Tell whether the process that this name tells of is over; where that cannot be known, it is not."""
    owner = _OWNER.search(name)
    return owner is not None and owner[1] == _machine() and not _is_running(int(owner[2]))


def _is_running(process: int) -> bool:
    if os.name == "nt":  # there os.kill ends what it asks about
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextlib.contextmanager
def passing_folder() -> Iterator[Path]:
    """Give a folder of the system's that is gone afterwards; those of runs that were killed go as well."""
    with contextlib.suppress(OSError):
        for left in Path(tempfile.gettempdir()).glob(f"{_ROOM}*"):
            if _is_of_this_person(left) and _abandoned(left.name):
                shutil.rmtree(left, ignore_errors=True)
    prefix = f"{_ROOM}{_machine()}-{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _is_of_this_person(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        known = folder.lstat()
        return stat.S_ISDIR(known.st_mode) and (not hasattr(os, "getuid") or known.st_uid == os.getuid())
    return False


def _settle(folder: Path) -> None:
    """Bring the new name to the disk as well, where a folder can be asked to."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unwritten(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    why = _REASONS.get(error.errno or 0) or f"{error.strerror or type(error).__name__}。"
    return f"{visible(path.name)} に書けません: {why}元のファイルは変わっていません。"
