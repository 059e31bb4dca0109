"""A compound file, the container of a macro project: streams by their paths, read from one and written to a new one.

Written is what [MS-CFB] calls version 3: sectors of 512 bytes, streams below 4,096 bytes in sectors of 64.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zaitaku_xl.errors import ZaitakuError

_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_HEADER = struct.Struct("<8s16x5H6x9I")
_ENTRY = struct.Struct("<64sHBB3I16s4x16xI8s")
_IN_HEADER = 109  # sectors of the table that the header has room for
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


# ---- reading


def streams(data: bytes) -> dict[str, bytes]:
    """Return the streams of a file of ours, by paths such as ``VBA/dir``."""
    if data[:8] != _MAGIC:
        raise ZaitakuError("マクロの部品を読めません。zaitaku-xl を入れ直してください。")
    return dict(_Reader(data).found())


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        header = _HEADER.unpack_from(data)
        tables, directory, small_table = header[7], header[8], header[11]
        listed = struct.unpack_from(f"<{min(tables, _IN_HEADER)}I", data, _HEADER.size)
        self._table = _numbers(b"".join(map(self._sector, listed)))
        whole = self._chain(directory)
        self._entries = [_ENTRY.unpack_from(whole, at) for at in range(0, len(whole), _ENTRY.size)]
        self._small_table = _numbers(self._chain(small_table))
        self._small = self._chain(self._entries[0][8])

    def found(self) -> Iterator[tuple[str, bytes]]:
        yield from self._below(self._entries[0][6], "")

    def _below(self, number: int, folder: str) -> Iterator[tuple[str, bytes]]:
        if number == _NONE:
            return
        raw_name, length, kind, _, left, right, child, _, start, raw_size = self._entries[number]
        name = folder + raw_name[: length - 2].decode("utf-16-le")
        yield from self._below(left, folder)
        if kind == _STREAM:
            yield name, self._stream(start, int.from_bytes(raw_size, "little"))
        else:
            yield from self._below(child, f"{name}/")
        yield from self._below(right, folder)

    def _stream(self, start: int, size: int) -> bytes:
        if size >= _SMALL:
            return self._chain(start)[:size]
        pieces = (self._small[n * _SMALL_SECTOR : (n + 1) * _SMALL_SECTOR] for n in _linked(self._small_table, start))
        return b"".join(pieces)[:size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _linked(self._table, start)))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * _SECTOR
        return self._data[at : at + _SECTOR]


def _linked(table: Sequence[int], start: int) -> Iterator[int]:
    while start not in (_END, _FREE):
        yield start
        start = table[start]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data)


# ---- writing


@dataclass(slots=True, eq=False)  # an entry is itself alone
class _Entry:
    """One line of the directory."""

    name: str
    kind: int
    data: bytes = b""
    start: int = _END
    size: int = 0
    colour: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE

    def written(self) -> bytes:
        name = self.name.encode("utf-16-le")
        return _ENTRY.pack(
            name,
            len(name) + 2,
            self.kind,
            self.colour,
            self.left,
            self.right,
            self.child,
            bytes(16),
            self.start,
            self.size.to_bytes(8, "little"),
        )


@dataclass(slots=True)
class _Sectors:
    """The sectors of a file, and of each the one that follows it."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    following: list[int] = field(default_factory=list)

    def put(self, data: bytes) -> int:
        """Add *data* at the end and return its first sector."""
        if not data:
            return _END
        first = len(self.following)
        count = -(-len(data) // self.size)
        self.data += data.ljust(count * self.size, b"\0")
        self.following += [*range(first + 1, first + count), _END]
        return first


def compound_file(contents: Mapping[str, bytes]) -> bytes:
    """Return a file with these streams; the same streams make the same bytes."""
    entries = _directory(contents)
    small, large = _Sectors(_SMALL_SECTOR), _Sectors(_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.start = (small if len(entry.data) < _SMALL else large).put(entry.data)
            entry.size = len(entry.data)
    root = entries[0]
    root.start, root.size = large.put(bytes(small.data)), len(small.data)
    small_table = _table(small.following)
    small_start = large.put(small_table)
    directory = large.put(_whole(b"".join(entry.written() for entry in entries), _empty_entry()))
    first, tables = _put_table(large)
    header = _HEADER.pack(
        _MAGIC,
        0x3E,  # minor version
        3,
        0xFFFE,  # the order of bytes
        9,  # 512 = 1 << 9
        6,  # 64 = 1 << 6
        0,
        tables,
        directory,
        0,
        _SMALL,
        small_start,
        len(small_table) // _SECTOR,
        _END,
        0,
    )
    listed = [*range(first, first + tables)]
    return header + _packed([*listed, *[_FREE] * (_IN_HEADER - tables)]) + bytes(large.data)


def _directory(contents: Mapping[str, bytes]) -> list[_Entry]:
    root = _Entry("Root Entry", _ROOT)
    entries = [root]
    tops = [_Entry(name, _STREAM, data) for name, data in contents.items() if "/" not in name]
    for folder in sorted({name.partition("/")[0] for name in contents if "/" in name}):
        inside = {name: data for name, data in contents.items() if name.startswith(f"{folder}/")}
        own = [_Entry(name.partition("/")[2], _STREAM, data) for name, data in inside.items()]
        storage = _Entry(folder, _STORAGE)
        entries += own
        storage.child = _tree(own, entries)
        tops.append(storage)
    entries += tops
    root.child = _tree(tops, entries)
    return entries


def _tree(siblings: Iterable[_Entry], entries: list[_Entry]) -> int:
    """Link siblings as a balanced tree, shorter names first, and return the number of its top."""
    numbered = {entry: number for number, entry in enumerate(entries)}
    ordered = sorted(siblings, key=lambda entry: (len(entry.name.encode("utf-16-le")), entry.name.upper()))
    last = len(ordered).bit_length() - 1
    is_full = len(ordered) + 1 == 1 << (last + 1)

    def top(part: list[_Entry], depth: int) -> int:
        if not part:
            return _NONE
        middle = len(part) // 2
        entry = part[middle]
        entry.left, entry.right = top(part[:middle], depth + 1), top(part[middle + 1 :], depth + 1)
        entry.colour = _RED if depth == last and not is_full else _BLACK
        return numbered[entry]

    return top(ordered, 0)


def _empty_entry() -> bytes:
    return _ENTRY.pack(b"", 0, 0, 0, _NONE, _NONE, _NONE, bytes(16), 0, bytes(8))


def _whole(data: bytes, filler: bytes) -> bytes:
    """Fill the last sector up."""
    missing = -len(data) % _SECTOR
    return data + filler * (missing // len(filler))


def _table(following: list[int]) -> bytes:
    return _whole(_packed(following), _packed([_FREE]))


def _packed(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _put_table(large: _Sectors) -> tuple[int, int]:
    """Add the table of sectors, which lists itself, and return where it begins and how many sectors it takes."""
    first, count = len(large.following), 1
    while count * (_SECTOR // 4) < first + count:
        count += 1
    if count > _IN_HEADER:
        raise ZaitakuError("マクロが大きすぎます。プログラムの不具合です。")
    large.data += _table([*large.following, *[_TABLE] * count])
    return first, count
