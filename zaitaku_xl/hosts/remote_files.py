"""Files that lie behind a URL, read through fsspec: whatever it knows (s3, sftp, memory …) and the person has installed."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from zaitaku_xl.errors import Unreadable, WrongUse
from zaitaku_xl.hosts.closed_book import MAX_FILE

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_url(typed: str) -> bool:
    """Tell a URL from a path; one letter before the colon is a drive of Windows.

    >>> is_url("s3://bucket/a.xlsx"), is_url("C:\\\\a.xlsx")
    (True, False)
    """
    return _URL.match(typed) is not None


def listed(url: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the URL of each file, its path below what was typed, and whether that very file was typed."""
    system, path = _system(url)
    try:
        if any(letter in path for letter in "*?["):
            base = re.split(r"[^/]*[*?\[]", path)[0]
            for found in sorted(system.glob(path)):
                yield system.unstrip_protocol(found), _below(found, base), False
        elif system.isdir(path):
            for found in sorted(system.find(path)):
                yield system.unstrip_protocol(found), _below(found, path), False
        else:
            yield url, path.rpartition("/")[2], True
    except OSError as error:
        raise WrongUse(f"{url} を開けません（{type(error).__name__}）。場所と権限を確かめてください。") from error


def _below(path: str, base: str) -> str:
    return path.lstrip("/").removeprefix(base.strip("/")).lstrip("/")


def bytes_at(url: str) -> bytes:
    """Read a file whole; raises Unreadable with a sentence that says why not."""
    system, path = _system(url)
    try:
        if system.size(path) > MAX_FILE:
            raise Unreadable("ファイルが200MBを超えています。月ごとに分けるなど、小さくしてから点検してください。")
        return bytes(system.cat_file(path))
    except FileNotFoundError as error:
        raise Unreadable("ファイルが見つかりません。場所と名前を確かめてください。") from error
    except OSError as error:
        raise Unreadable(f"ファイルを読めません（{type(error).__name__}）。") from error


def _system(url: str) -> tuple[Any, str]:
    try:
        core = import_module("fsspec.core")
    except ImportError as error:
        raise WrongUse(f"{url} を読む部品（fsspec）が入っていません。pip install fsspec で入ります。") from error
    try:
        system, path = core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise WrongUse(f"{url} の種類の場所は読めません（{error}）。") from error
    return system, str(path)
