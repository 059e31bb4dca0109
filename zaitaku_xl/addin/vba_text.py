"""Text as a macro project keeps it: in chunks of 4,096 bytes, what was there before told by where and how long.

This is the compression of [MS-OVBA], section 2.4.1.
"""

import struct
from collections.abc import Iterator

_CHUNK = 4096
_SIGNATURE, _IS_COMPRESSED = 0x3000, 0x8000
_SHORTEST = 3


def decompress(data: bytes) -> bytes:
    """Return the text."""
    text, at = bytearray(), 1
    while at < len(data):
        (header,) = struct.unpack_from("<H", data, at)
        end = at + (header & 0xFFF) + 3
        chunk = data[at + 2 : end]
        text += _decompress_chunk(chunk) if header & _IS_COMPRESSED else chunk
        at = end
    return bytes(text)


def _decompress_chunk(chunk: bytes) -> bytes:
    text, at = bytearray(), 0
    while at < len(chunk):
        flags, at = chunk[at], at + 1
        for bit in range(8):
            if at >= len(chunk):
                break
            if not flags >> bit & 1:
                text.append(chunk[at])
                at += 1
                continue
            (token,) = struct.unpack_from("<H", chunk, at)
            at += 2
            shift = 16 - _bits_of_place(len(text))
            back, length = (token >> shift) + 1, (token & (1 << shift) - 1) + _SHORTEST
            for _ in range(length):  # may reach into what it writes
                text.append(text[-back])
    return bytes(text)


def compress(text: bytes) -> bytes:
    """Return *text* as a project keeps it."""
    chunks = (_compress_chunk(text[at : at + _CHUNK]) for at in range(0, len(text), _CHUNK))
    return b"\x01" + b"".join(chunks)


def _compress_chunk(text: bytes) -> bytes:
    tokens = list(_tokens(text))
    data = b"".join(_group(tokens[at : at + 8]) for at in range(0, len(tokens), 8))
    if len(data) > _CHUNK:
        return struct.pack("<H", _SIGNATURE | _CHUNK - 1) + text.ljust(_CHUNK, b"\0")
    return struct.pack("<H", _IS_COMPRESSED | _SIGNATURE | len(data) - 1) + data


def _group(tokens: list[bytes]) -> bytes:
    flags = sum(1 << place for place, token in enumerate(tokens) if len(token) == 2)
    return bytes([flags]) + b"".join(tokens)


def _tokens(text: bytes) -> Iterator[bytes]:
    """Yield each byte as itself, or two bytes that tell where it and the next ones stood before."""
    at = 0
    while at < len(text):
        shift = 16 - _bits_of_place(at)
        back, length = _longest(text, at, (1 << shift) - 1 + _SHORTEST)
        if length < _SHORTEST:
            yield text[at : at + 1]
            at += 1
        else:
            yield struct.pack("<H", back - 1 << shift | length - _SHORTEST)
            at += length


def _longest(text: bytes, at: int, most: int) -> tuple[int, int]:
    """Return how far back the longest run that begins like the text at *at* lies, and its length."""
    back, longest = 0, 0
    beginning = text[at : at + _SHORTEST]
    if len(beginning) < _SHORTEST:
        return back, longest
    start = text.rfind(beginning, 0, at + _SHORTEST - 1)
    while start >= 0:
        length = _alike(text, start, at, most)
        if length > longest:
            back, longest = at - start, length
        start = text.rfind(beginning, 0, start + _SHORTEST - 1)
    return back, longest


def _alike(text: bytes, start: int, at: int, most: int) -> int:
    length = 0
    while length < most and at + length < len(text) and text[start + length] == text[at + length]:
        length += 1
    return length


def _bits_of_place(done: int) -> int:
    """The further into a chunk, the more bits tell where and the fewer how long."""
    return max(4, (done - 1).bit_length()) if done else 4
