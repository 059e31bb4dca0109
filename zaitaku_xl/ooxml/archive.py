"""The zip file: a guarded directory, parts inflated on demand, and a copy that leaves other entries as they are."""

import io
import struct
import zipfile
from collections.abc import Collection, Mapping
from typing import NamedTuple

from zaitaku_xl.ooxml import deflate, guards

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NAME_LENGTHS = struct.Struct("<HH")
_KEPT_FLAGS = 0x0806  # how hard it was compressed, and that the name is UTF-8
_UTF8_NAME = 0x0800
_FIRST_DAY = (1 << 5) | 1  # 1980-01-01: parts of ours carry no clock, so the same input gives the same bytes
_BROKEN = (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OverflowError, OSError, IndexError)


class Entry(NamedTuple):
    """One part as it lies in the file."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    time: int
    day: int
    crc: int
    size: int
    made_by: int
    attributes: int
    offset: int
    start: int
    stop: int


class Archive:
    """A zip file in memory. Names are looked up without regard to case, as Office does."""

    def __init__(self, data: bytes) -> None:
        guards.check_first_bytes(data)
        self.data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as directory:
                infos, end, self.comment = directory.infolist(), directory.start_dir, directory.comment
        except _BROKEN as error:
            raise guards.damaged("途中で切れているか、圧縮が読めません") from error
        guards.check_directory(infos)
        self.entries = {entry.name: entry for entry in (_entry(data, info) for info in infos)}
        guards.check_names(_key(info.orig_filename) for info in infos)
        guards.check_overlaps(((entry.offset, entry.stop) for entry in self.entries.values()), end)
        self._by_key = {_key(name): name for name in self.entries}

    def find(self, name: str) -> str | None:
        """Return the name as the file spells it, or None."""
        return self._by_key.get(_key(name))

    def read(self, name: str) -> bytes:
        """Return a part inflated: never more than the directory announced, and with the right checksum."""
        entry = self.entries[name]
        raw = self.data[entry.start : entry.stop]
        data = raw if entry.method == zipfile.ZIP_STORED else _inflated(raw, entry)
        if len(data) != entry.size or deflate.BY.crc32(data) != entry.crc:
            raise guards.damaged(name)
        return data

    def rebuilt(
        self,
        changed: Mapping[str, bytes],
        removed: Collection[str],
        added: Mapping[str, bytes],
        by: deflate.Standard | None = None,
    ) -> bytes:
        """Return a new file: changed parts compressed anew, added ones last, all others byte for byte."""
        writer = _Writer(self.comment, by or deflate.BY)
        for name, entry in self.entries.items():
            if name in changed:
                writer.put_new(entry, changed[name])
            elif name not in removed:
                writer.put(entry, self.data[entry.start : entry.stop])
        for name, data in added.items():
            writer.put_new(_blank_entry(name), data)
        return writer.finished()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _entry(data: bytes, info: zipfile.ZipInfo) -> Entry:
    year, month, day, hour, minute, second = info.date_time
    offset = info.header_offset
    try:
        name_length, extra_length = _NAME_LENGTHS.unpack_from(data, offset + 26)
    except struct.error as error:
        raise guards.damaged(info.orig_filename) from error
    raw_name = data[offset + 30 : offset + 30 + name_length]
    _check_header(data, info, raw_name)
    start = offset + 30 + name_length + extra_length
    return Entry(
        name=info.orig_filename,
        raw_name=raw_name,
        flags=info.flag_bits & _KEPT_FLAGS,
        method=info.compress_type,
        time=hour << 11 | minute << 5 | second // 2,
        day=(year - 1980) << 9 | month << 5 | day,
        crc=info.CRC,
        size=info.file_size,
        made_by=info.create_system << 8 | 20,
        attributes=info.external_attr,
        offset=offset,
        start=start,
        stop=start + info.compress_size,
    )


def _check_header(data: bytes, info: zipfile.ZipInfo, raw_name: bytes) -> None:
    # The entry's own header and the directory must tell the same story, or two readers see two files.
    name = info.orig_filename
    encoding = "utf-8" if info.flag_bits & _UTF8_NAME or name.isascii() else "cp437"
    if not data.startswith(b"PK\3\4", info.header_offset) or raw_name != name.encode(encoding, "replace"):
        raise guards.damaged(info.orig_filename)


def _blank_entry(name: str) -> Entry:
    flags = 0 if name.isascii() else _UTF8_NAME
    return Entry(name, name.encode(), flags, zipfile.ZIP_DEFLATED, 0, _FIRST_DAY, 0, 0, 20, 0, 0, 0, 0)


def _inflated(raw: bytes, entry: Entry) -> bytes:
    try:
        return deflate.BY.inflated(raw, entry.size)
    except deflate.Broken as error:
        raise guards.damaged(entry.name) from error


class _Writer:
    """A plain zip file; the guards keep every size far below what zip64 is for."""

    def __init__(self, comment: bytes, by: deflate.Standard) -> None:
        self._by = by
        self._body = io.BytesIO()
        self._directory: list[bytes] = []
        self._comment = comment

    def put_new(self, entry: Entry, data: bytes) -> None:
        flags, crc, size = entry.flags & _UTF8_NAME, self._by.crc32(data), len(data)
        raw = self._by.deflated(data)
        self.put(entry._replace(flags=flags, method=zipfile.ZIP_DEFLATED, crc=crc, size=size), raw)

    def put(self, entry: Entry, raw: bytes) -> None:
        offset, name = self._body.tell(), entry.raw_name
        stamp = (entry.method, entry.time, entry.day, entry.crc)
        common = (20, entry.flags, *stamp, len(raw), entry.size, len(name), 0)
        self._body.write(_LOCAL.pack(b"PK\3\4", *common) + name)
        self._body.write(raw)
        record = _CENTRAL.pack(b"PK\1\2", entry.made_by, *common, 0, 0, 0, entry.attributes, offset)
        self._directory.append(record + name)

    def finished(self) -> bytes:
        offset, directory, count = self._body.tell(), b"".join(self._directory), len(self._directory)
        self._body.write(directory)
        self._body.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(directory), offset, len(self._comment)))
        self._body.write(self._comment)
        return self._body.getvalue()
