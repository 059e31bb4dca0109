"""An edit is a list of (start, end, new bytes); applying it yields its exact inverse."""

from collections.abc import Iterable
from typing import NamedTuple


class Splice(NamedTuple):
    """Replace ``data[start:end]`` by ``new``; start == end inserts."""

    start: int
    end: int
    new: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> tuple[bytes, list[Splice]]:
    """Return the edited bytes and the splices that lead back. Insertions at one place keep their order.

    >>> new, back = spliced(b"abc", [Splice(1, 2, b"XY"), Splice(3, 3, b"!")])
    >>> new, spliced(new, back)[0]
    (b'aXYc!', b'abc')
    """
    kept, pieces = memoryview(data), list[bytes | memoryview]()  # a part of fifty megabytes is not copied twice
    inverse: list[Splice] = []
    position = shift = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        if not position <= start <= end <= len(data):
            raise ValueError(f"splices overlap or leave the data at {start}")
        pieces += (kept[position:start], new)
        inverse.append(Splice(start + shift, start + shift + len(new), data[start:end]))
        shift += len(new) - (end - start)
        position = end
    pieces.append(kept[position:])
    return b"".join(pieces), inverse
