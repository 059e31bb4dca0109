"""What python-calamine does not tell or does not understand of .xls, .xlsb and .ods: the date system, short records, blanks.

Only the process that reads such files looks into them here: whatever breaks ends nothing else.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

CUT, PASSWORD, DATES = "cut", "password", "dates"  # why a file is refused
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_STREAMS = ("Workbook", "Book")
_DATEMODE, _FILEPASS, _END_OF_GLOBALS = 0x22, 0x2F, 0x0A
_WORKBOOK_PROPERTIES = 153
_ROW, _SHORT_CELLS, _CELLS = 0, range(12, 19), (*range(1, 12), 62)
_NULL_DATE = re.compile(rb"""<table:null-date\b[^>]*table:date-value=["']([0-9-]+)""")
_BETWEEN_CELLS = re.compile(rb"(?<=>)\s+(?=</?table:(?:table-cell|covered-table-cell|table-row|table)\b)")
_USUAL_DAY, _DAY_1904 = (b"1899-12-30", b""), b"1904-01-01"


class Refused(Exception):
    """The file cannot be read for certain; the argument says why."""


def prepared(data: bytes) -> tuple[bytes, bool]:
    """Return the file as calamine understands it, and whether its days count from 1904."""
    if data.startswith(_COMPOUND):
        return data, _of_old(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if "content.xml" in names:
                return _open_document(archive)
            if "xl/workbook.bin" in names:
                return _binary(archive, data)
    except zipfile.BadZipFile as error:
        raise Refused(CUT) from error
    return data, False


# ---- .xls


def _of_old(data: bytes) -> bool:
    try:
        stream = _stream(data)
        for kind, start, length in _old_records(stream):
            if kind == _FILEPASS:
                raise Refused(PASSWORD)
            if kind == _DATEMODE and length >= 2:
                return bool(struct.unpack_from("<H", stream, start)[0] == 1)
            if kind == _END_OF_GLOBALS:
                return False
    except (struct.error, IndexError) as error:
        raise Refused(CUT) from error
    return False


def _old_records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, length
        place += 4 + length


def _stream(data: bytes) -> bytes:
    """Return the stream of the workbook out of a compound file."""
    shift, short_shift = struct.unpack_from("<HH", data, 30)
    directory, _, limit, short_table = struct.unpack_from("<IIII", data, 48)
    size = 1 << shift

    def sector(number: int) -> bytes:
        if (number + 1) * size >= len(data):
            raise IndexError(number)
        return data[(number + 1) * size : (number + 2) * size]

    table = [entry for number in _table_sectors(data, sector) for entry in _numbers(sector(number))]

    def chained(first: int) -> bytes:
        return b"".join(map(sector, _chain(first, table)))

    entries = _entries(chained(directory))
    for name, first, length in entries:
        if name in _STREAMS:
            if length >= limit:
                return chained(first)[:length]
            short, (_, root, _) = 1 << short_shift, entries[0]
            inner = chained(root)
            pieces = _chain(first, _numbers(chained(short_table)))
            return b"".join(inner[number * short : (number + 1) * short] for number in pieces)[:length]
    return b""


def _table_sectors(data: bytes, sector: object) -> Iterator[int]:
    listed = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(count):
        if following >= _LAST:
            break
        *more, following = _numbers(sector(following))  # type: ignore[operator]
        listed += more
    yield from (number for number in listed if number < _LAST)


_LAST = 0xFFFFFFFA  # and above: no sector


def _numbers(piece: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4])


def _chain(first: int, table: tuple[int, ...] | list[int]) -> Iterator[int]:
    for _ in range(len(table) + 1):
        if first >= _LAST:
            return
        yield first
        first = table[first]
    raise IndexError(first)


def _entries(directory: bytes) -> list[tuple[str, int, int]]:
    """The names, first sectors and lengths of what a compound file holds; the root stands first."""
    found = []
    for place in range(0, len(directory) - 127, 128):
        (letters,) = struct.unpack_from("<H", directory, place + 64)
        name = directory[place : place + max(0, min(letters, 64) - 2)].decode("utf-16-le", "replace")
        found.append((name, *struct.unpack_from("<II", directory, place + 116)))
    return found


# ---- .xlsb


def _binary(archive: zipfile.ZipFile, data: bytes) -> tuple[bytes, bool]:
    date1904 = False
    for kind, payload in _records(archive.read("xl/workbook.bin")):
        if kind == _WORKBOOK_PROPERTIES:
            date1904 = bool(payload[:1] and payload[0] & 1)
    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".bin")]
    changed = {name: _with_columns(part) for name in sheets if _is_short(part := archive.read(name))}
    return (_replaced(archive, changed) if changed else data), date1904


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(part):
        kind, place = _varying(part, place, 2)
        length, place = _varying(part, place, 4)
        yield kind, part[place : place + length]
        place += length


def _varying(part: bytes, place: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits a byte."""
    number = 0
    for count in range(most):
        if place >= len(part):
            raise Refused(CUT)
        byte = part[place]
        place += 1
        number |= (byte & 0x7F) << (7 * count)
        if not byte & 0x80:
            break
    return number, place


def _is_short(part: bytes) -> bool:
    return any(kind in _SHORT_CELLS for kind, _ in _records(part))


def _with_columns(part: bytes) -> bytes:
    """Return a sheet whose cells all name their column: some programs leave it out of a cell beside the last."""
    made = bytearray()
    column = -1
    for kind, payload in _records(part):
        if kind == _ROW:
            column = -1
        elif kind in _SHORT_CELLS:
            column += 1
            kind, payload = kind - 11, struct.pack("<I", column) + payload  # noqa: PLW2901
        elif kind in _CELLS:
            (column,) = struct.unpack_from("<I", payload)
        made += _written(kind) + _written(len(payload)) + payload
    return bytes(made)


def _written(number: int) -> bytes:
    made = bytearray()
    while number >= 0x80:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*made, number))


# ---- .ods


def _open_document(archive: zipfile.ZipFile) -> tuple[bytes, bool]:
    content = archive.read("content.xml")
    found = _NULL_DATE.search(content)
    day = found[1] if found else b""
    if day not in (*_USUAL_DAY, _DAY_1904):
        raise Refused(DATES)
    return _replaced(archive, {"content.xml": _BETWEEN_CELLS.sub(b"", content)}), day == _DAY_1904


def _replaced(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for entry in archive.infolist():
            copy.writestr(entry.filename, changed.get(entry.filename) or archive.read(entry))
    return made.getvalue()
