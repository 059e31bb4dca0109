"""Inflate by the quickest library at hand: Intel's where the extra ``fast`` brings it, the standard one elsewhere.

Each refuses what the other refuses. What is written is deflated by the standard one everywhere: Intel's takes a fifth of
the time, but now and then gives other bytes for the same data, and the same workbook must always give the same copy.
"""

import zlib
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_RAW = -zlib.MAX_WBITS  # as in a zip file: no header, no checksum
_SMALL = 1 << 16
_LEVEL = 2  # less than half the time of 6 for a fifth more bytes


class Broken(ValueError):
    """What was to be inflated is no deflate, or only half of it."""


@dataclass(frozen=True, slots=True)
class Inflate:
    """A library that inflates."""

    library: Any  # zlib, or a module that has its functions

    def inflated(self, raw: bytes, size: int) -> bytes:
        """Return the data, which should be of this size; where it is larger, enough of it to show that."""
        # A small one goes in one piece: it cannot grow to more than 1,032 times, whatever was announced.
        inflate = self.library.decompress if len(raw) <= _SMALL else self._piece
        try:
            data: bytes = inflate(raw, _RAW, size + 1)
        except self.library.error as error:
            raise Broken(str(error)) from error
        return data

    def _piece(self, raw: bytes, form: int, most: int) -> Any:
        return self.library.decompressobj(form).decompress(raw, most)

    def crc32(self, data: bytes) -> int:
        checksum: int = self.library.crc32(data)
        return checksum


def deflated(data: bytes) -> bytes:
    return zlib.compress(data, _LEVEL, _RAW)


def inflated(raw: bytes) -> bytes:
    """Return what was deflated here; a stranger's data goes through ``Inflate``, which knows when to stop."""
    return zlib.decompress(raw, _RAW)


def quickest() -> Inflate:
    """Return what this installation has."""
    try:
        return Inflate(import_module("isal.isal_zlib"))
    except ImportError:
        return STANDARD


STANDARD = Inflate(zlib)
QUICK = quickest()
