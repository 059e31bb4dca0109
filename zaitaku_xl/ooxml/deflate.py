"""Deflate and inflate by the quicker library at hand: libdeflate where the extra ``fast`` brings it, zlib elsewhere.

Either reads what the other wrote, refuses what the other refuses, and gives the same bytes for the same data every time;
but a part that one deflated is not byte for byte the part that the other makes.
"""

import zlib
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_RAW = -zlib.MAX_WBITS  # as in a zip file: no header, no checksum
_SMALL = 1 << 16
_SIZE = 4  # bytes
_MOST = 1032  # times that deflate can make anything smaller
_LEVEL = 2  # of zlib: less than half the time of 6 for a fifth more bytes
_QUICK_LEVEL = 1  # of libdeflate: two thirds of that time for the same size


class Broken(ValueError):
    """What was to be inflated is no deflate, or only half of it."""


class Standard:
    """By zlib."""

    def deflated(self, data: bytes) -> bytes:
        return zlib.compress(data, _LEVEL, _RAW)

    def inflated(self, raw: bytes, size: int) -> bytes:
        """Return the data, which should be of this size; where it is larger, enough of it to show that."""
        # A small one goes in one piece: it cannot grow to more than 1,032 times, whatever was announced.
        inflate = zlib.decompress if len(raw) <= _SMALL else _piece
        try:
            return inflate(raw, _RAW, size + 1)
        except zlib.error as error:
            raise Broken(str(error)) from error

    def crc32(self, data: bytes) -> int:
        return zlib.crc32(data)


def _piece(raw: bytes, form: int, most: int) -> bytes:
    return zlib.decompressobj(form).decompress(raw, most)


@dataclass(frozen=True, slots=True)
class Quick(Standard):
    """By libdeflate; what is not as announced is left to zlib, which can say how."""

    library: Any

    def deflated(self, data: bytes) -> bytes:
        return bytes(self.library.deflate_compress(data, _QUICK_LEVEL))

    def inflated(self, raw: bytes, size: int) -> bytes:
        if 0 < size <= len(raw) * _MOST:  # room for so much is made at once
            with suppress(self.library.DeflateError):
                data = self.library.deflate_decompress(raw, size)
                if len(data) == size:
                    return bytes(data)
        return Standard.inflated(self, raw, size)

    def crc32(self, data: bytes) -> int:
        checksum: int = self.library.crc32(data)
        return checksum


def squeezed(data: bytes) -> bytes:
    """Return data of ours as few bytes, with its size before them."""
    return len(data).to_bytes(_SIZE) + BY.deflated(data)


def unsqueezed(data: bytes) -> bytes:
    return BY.inflated(data[_SIZE:], int.from_bytes(data[:_SIZE]))


def quickest() -> Standard:
    """Return what this installation has."""
    try:
        return Quick(import_module("deflate"))
    except ImportError:
        return Standard()


BY = quickest()
