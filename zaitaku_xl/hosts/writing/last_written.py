"""What we last wrote to each place: a file is known as ours and unedited only while it still holds just that.

One small file a place, among the person's own: named by a digest of the path, holding digests of contents. Neither
names nor words of a record are in it. Where it cannot be written, the next run keeps one file aside too many.
"""

import contextlib
import os
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

OVERRIDE = "ZAITAKU_XL_STATE"


def state_folder() -> Path:
    """Return where we keep what only this person's runs need to know; it needs no rights."""
    override = os.environ.get(OVERRIDE)
    if override:
        return Path(override)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "zaitaku_xl"


def digests(path: Path) -> frozenset[str]:
    """Return the digests of what we wrote there: the last one, and the one before in case the last never came to lie there."""
    try:
        return frozenset(_place_of(path).read_text(encoding="ascii").split())
    except (OSError, ValueError, RuntimeError):
        return frozenset()


def remember(path: Path, contents: Iterable[str]) -> None:
    """Keep the digests of what may lie there and is ours; asked before the file takes its name, so that a kill loses nothing."""
    with contextlib.suppress(OSError, RuntimeError):
        place = _place_of(path)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_text("\n".join(contents), encoding="ascii")


def _place_of(path: Path) -> Path:
    name = os.path.normcase(os.path.realpath(path)).encode("utf-8", "surrogatepass")
    return state_folder() / "written" / sha256(name).hexdigest()
