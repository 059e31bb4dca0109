"""A stamp in the last line of a file: all above it is as we wrote it, also on a PC where nothing is known of our writing.

A page has room for one. JSON has none, its keys are a contract with other programs; nor have lists of rows. They are
known by the digest of what was last written to their place.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from zaitaku_xl.made import STAMP

_LINE = f"<!-- {STAMP} {{}} -->\n"
_LENGTH = len(_LINE.format("0" * 64).encode())
_FOUND = re.compile(_LINE.format("([0-9a-f]{64})").encode())
_PIECE = 1 << 20


class _Heard:
    """What is written, heard by the way."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.digest = sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._out.write(data)


@contextmanager
def stamping(out: BinaryIO) -> Iterator[BinaryIO]:
    """Give a file to write to; when all is written, the stamp follows."""
    heard = _Heard(out)
    yield cast(BinaryIO, heard)
    out.write(_LINE.format(heard.digest.hexdigest()).encode())


def is_as_stamped(path: Path) -> bool:
    """Tell whether a file ends in a stamp over all that stands above."""
    above = path.stat().st_size - _LENGTH
    if above < 0:
        return False
    digest = sha256()
    with path.open("rb") as file:
        while above and (piece := file.read(min(above, _PIECE))):
            digest.update(piece)
            above -= len(piece)
        found = _FOUND.fullmatch(file.read())
    return found is not None and found[1].decode() == digest.hexdigest()
