"""A file put in place so that nothing is ever lost: what lies there is the old file or the new one, never half of either.

The new file is written beside, brought to the disk, read back, and only then takes the old one's name. A name that
ends in ``.tmp`` is no workbook to anybody; one left behind by a power cut is swept up by a later run.
"""

import contextlib
import errno
import math
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from zaitaku_xl.errors import Unwritten

BACKUP = ".点検前"
_PREFIX, _SUFFIX = ".zaitaku_xl-", ".tmp"
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
    errno.EROFS: "書き込みのできない場所です。自分のパソコンに写してから、もう一度実行してください。",
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


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, over whatever bears its name.

    A copy can be made again, so nobody waits until the disk has it: that is for ``replace``.
    """
    path = Path(os.path.realpath(path))
    with _explained(path):
        beside = _written_beside(path, data, to_disk=False)
        try:
            os.replace(beside, path)
        except BaseException:
            _drop(beside)
            raise


def put_new(path: Path, data: bytes) -> None:
    """Write a file as ``put`` does, in a folder that need not be there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, data)


@contextlib.contextmanager
def putting(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write bit by bit; it takes its name when all of it is there, and nothing is left where it is not."""
    path = Path(os.path.realpath(path))
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
            _look_alike(path, beside)
            os.replace(beside, path)
        except BaseException:
            _drop(beside)
            raise


def replace(path: Path, before: bytes, after: bytes, check: Check, *, keep: bool = False) -> Path | None:
    """Put *after* in the place of *before* and return where the old file was kept, if it was asked for.

    *check* is given the new file as the disk gives it back and raises if it is not good. The old file lies beside
    until all is seen to be well; where it is not, the old file has its name again.
    """
    path = Path(os.path.realpath(path))
    check_free(path)
    with _explained(path):
        beside = _written_beside(path, after)
        backup: Path | None = None
        try:
            check(beside.read_bytes())
            _check_unchanged(path, before)
            backup = _kept(path, before)
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


def kept_aside(path: Path) -> Path:
    """Keep a file under a second name that nothing writes over, and return that name."""
    path = Path(os.path.realpath(path))
    with _explained(path):
        return _kept(path, path.read_bytes())


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


def _written_beside(path: Path, data: bytes, *, to_disk: bool = True) -> Path:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    beside = Path(name)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            if to_disk:
                _to_disk(handle)
        finally:
            os.close(handle)
        _look_alike(path, beside)
    except BaseException:
        _drop(beside)
        raise
    _sweep(beside)
    return beside


def _to_disk(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:  # some network folders know no such thing
        if error.errno not in _UNSUPPORTED:
            raise


def _look_alike(path: Path, beside: Path) -> None:
    with contextlib.suppress(OSError):
        known = path.stat() if path.exists() else None
        beside.chmod(stat.S_IMODE(known.st_mode) if known else 0o644)
        if known and hasattr(os, "chown") and (known.st_uid, known.st_gid) != (os.getuid(), os.getgid()):
            os.chown(beside, known.st_uid, known.st_gid)


def _kept(path: Path, before: bytes) -> Path:
    """Give the old file a second name beside, without copying it where the disk can; nothing is written over."""
    for backup in _free_names(path):
        try:
            os.link(path, backup)
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            copy = _written_beside(path, before)
            try:
                os.replace(copy, backup)
            except BaseException:
                _drop(copy)
                raise
        return backup
    raise FileExistsError(errno.EEXIST, "no free name", str(path))


def _free_names(path: Path) -> list[Path]:
    names = (path.with_name(f"{path.stem}{BACKUP}{number}{path.suffix}") for number in ("", *range(2, 1000)))
    return [name for name in names if not name.exists()]


def _drop(*files: Path | None) -> None:
    for file in files:
        if file is not None:
            with contextlib.suppress(OSError):
                os.unlink(file)


_swept: dict[Path, float] = {}  # when each folder was last looked through


def _sweep(beside: Path) -> None:
    with contextlib.suppress(OSError):
        now = beside.stat().st_mtime
        if abs(now - _swept.get(beside.parent, -math.inf)) < _STALE:
            return
        _swept[beside.parent] = now
        for left in beside.parent.glob(f"{_PREFIX}*{_SUFFIX}"):
            if now - left.stat().st_mtime > _STALE:
                _drop(left)


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
        why = _REASONS.get(error.errno or 0) or f"{error.strerror or type(error).__name__}。"
        raise Unwritten(f"{path.name} に書けません: {why}元のファイルは変わっていません。") from error
