"""Which texts and which program judged: two short digests that change with the first letter that changes."""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from zaitaku_xl import __version__

_PACKAGE = Path(__file__).parent.parent
_SHORT = 12


@cache
def law_version() -> str:
    """Return the digest of every text of law we ship."""
    return _digest(sorted((_PACKAGE / "law").rglob("*.toml")))


@cache
def program_version() -> str:
    """Return our version and the digest of our own code: what was judged by other code is judged again."""
    return f"{__version__}+{_digest(sorted(_own_files()))}"


def _own_files() -> Iterator[Path]:
    """Our code, and the lists of names that it reads."""
    return (path for kind in ("*.py", "*.csv", "*.txt", "spelling/*.toml") for path in _PACKAGE.rglob(kind))


def _digest(files: Iterable[Path]) -> str:
    made = sha256()
    for file in files:
        made.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return made.hexdigest()[:_SHORT]
