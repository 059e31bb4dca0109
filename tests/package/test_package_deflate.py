"""Two libraries that inflate: neither changes what a file holds, why it is refused, or a byte of what is written."""

import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

import pytest

from tests.hostile.build import REFUSED, REFUSED_LATER, book
from tests.package import package_bases as bases
from tests.package.test_package_marking import MARKS, a_sheet
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts import deflate
from zaitaku_xl.hosts.deflate import STANDARD, Broken, Inflate, quickest
from zaitaku_xl.hosts.package import Package, cleared, marked, opc

INTEL = Inflate(import_module("isal.isal_zlib"))
BOTH = {"standard": STANDARD, "intel": INTEL}
NEITHER_SMALL_NOR_FLAT = b"".join(b"%d:%d " % (n, n * n * 7919 % 10007) for n in range(40_000))
DATA = {"nothing": b"", "a word": "在宅".encode(), "blanks": b" " * 5_000_000, "numbers": NEITHER_SMALL_NOR_FLAT}


@pytest.fixture(params=BOTH)
def by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inflate]:
    monkeypatch.setattr(deflate, "QUICK", BOTH[request.param])
    opc._opened.cache_clear()
    yield BOTH[request.param]
    opc._opened.cache_clear()


def raw_of(data: bytes) -> bytes:
    return zlib.compress(data, 6, -15)


def test_intels_is_taken_where_it_is_installed_and_the_standard_one_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert quickest() == INTEL
    monkeypatch.setitem(sys.modules, "isal.isal_zlib", None)
    assert quickest() == STANDARD


@pytest.mark.parametrize("name", DATA)
def test_each_reads_what_we_write(by: Inflate, name: str) -> None:
    assert by.inflated(deflate.deflated(DATA[name]), len(DATA[name])) == DATA[name]
    assert by.crc32(DATA[name]) == zlib.crc32(DATA[name])


@pytest.mark.parametrize("name", ["blanks", "numbers"])
def test_what_is_longer_than_announced_is_not_inflated_to_its_end(by: Inflate, name: str) -> None:
    raw = zlib.compress(DATA[name], 0, -15)  # large as it lies
    assert len(raw) > 1 << 16
    assert len(by.inflated(raw, 1000)) == 1001


def test_a_small_one_that_is_longer_than_announced_shows_it(by: Inflate) -> None:
    assert len(by.inflated(raw_of(DATA["a word"] * 9), 20)) > 20


@pytest.mark.parametrize("end", ["small", "large"])
@pytest.mark.parametrize(
    "spoil",
    [lambda raw: raw[: len(raw) // 2], lambda raw: raw[:40] + b"\xff" * 30 + raw[70:], lambda raw: b"\7" + raw],
    ids=["cut", "overwritten", "no deflate"],
)
def test_half_of_one_and_a_spoilt_one_never_pass(by: Inflate, spoil, end: str) -> None:
    data = NEITHER_SMALL_NOR_FLAT[: 2000 if end == "small" else None]
    raw = spoil(raw_of(data))
    assert (len(raw) > 1 << 16) is (end == "large")
    with suppress(Broken):
        assert by.inflated(raw, len(data)) != data


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_the_same_reason(by: Inflate, name: str) -> None:
    make, word = REFUSED[name]
    with pytest.raises(Unreadable, match=re.escape(word)):
        Package.opened(make())


@pytest.mark.parametrize("name", REFUSED_LATER)
def test_what_must_not_be_written_to_is_refused_with_the_same_reason(by: Inflate, name: str) -> None:
    make, word = REFUSED_LATER[name]
    with pytest.raises(Unreadable, match=word):
        marked(make(), MARKS, [a_sheet()])


def test_a_part_with_any_byte_changed_is_refused_or_has_its_checksum(by: Inflate) -> None:
    data, whole = book(), bases.unzipped(book())
    for name, entry in Package.opened(data).archive.entries.items():
        for at in range(entry.start, entry.stop, 3):
            with suppress(Unreadable):
                package = Package.opened(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
                assert package.part(name) == whole[name]


@pytest.mark.parametrize("base", bases.BASES)
def test_marks_are_the_same_bytes_and_come_off_to_the_byte(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, written = bases.BASES[base](), {}
    for name, by in BOTH.items():
        monkeypatch.setattr(deflate, "QUICK", by)
        written[name] = marked(data, MARKS, [a_sheet()]).data
    assert written["intel"] == written["standard"]
    assert list(bases.unzipped(cleared(written["intel"]).data).items()) == list(bases.unzipped(data).items())
