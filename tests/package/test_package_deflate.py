"""Two libraries that deflate and inflate: neither changes what a file holds, why it is refused, or what a copy holds."""

import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

import pytest

from tests.hostile.build import REFUSED, REFUSED_LATER, book
from tests.package import package_bases as bases
from tests.package.test_package_marking import MARKS, a_sheet
from zaitaku_xl.addin.building import with_macros
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.marking import cleared, marked
from zaitaku_xl.ooxml import deflate, opc
from zaitaku_xl.ooxml.deflate import Broken, Quick, Standard, quickest
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

BOTH = {"standard": Standard(), "quick": Quick(import_module("deflate"))}
NEITHER_SMALL_NOR_FLAT = b"".join(b"%d:%d " % (n, n * n * 7919 % 10007) for n in range(40_000))
DATA = {"nothing": b"", "a word": "在宅".encode(), "blanks": b" " * 5_000_000, "numbers": NEITHER_SMALL_NOR_FLAT}


@pytest.fixture(params=BOTH)
def by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standard]:
    monkeypatch.setattr(deflate, "BY", BOTH[request.param])
    opc._opened.cache_clear()
    yield BOTH[request.param]
    opc._opened.cache_clear()


def raw_of(data: bytes) -> bytes:
    return zlib.compress(data, 6, -15)


def test_the_quick_one_is_taken_where_it_is_installed_and_zlib_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(quickest(), Quick)
    monkeypatch.setitem(sys.modules, "deflate", None)
    assert not isinstance(quickest(), Quick)


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("writer", BOTH)
def test_each_reads_what_either_writes(by: Standard, writer: str, name: str) -> None:
    raw = BOTH[writer].deflated(DATA[name])
    assert by.inflated(raw, len(DATA[name])) == DATA[name]
    assert deflate.unsqueezed(deflate.squeezed(DATA[name])) == DATA[name]
    assert by.crc32(DATA[name]) == zlib.crc32(DATA[name])


DEFLATED = """
import hashlib, random, sys
from zaitaku_xl.ooxml.deflate import BY
numbers = b"".join(b"%d:%d " % (n, n * n * 7919 % 10007) for n in range(40_000))
texts = [b"", "在宅".encode(), b" " * 300_000, numbers, numbers[:9_000]]
made = [BY.deflated(text) for text in texts]
random.seed(int(sys.argv[1]))
for turn in range(100):
    at = random.randrange(len(texts))
    BY.deflated(random.randbytes(random.randrange(90_000)))
    assert BY.deflated(texts[at]) == made[at], (turn, at)
print(type(BY).__name__, hashlib.sha256(b"".join(made)).hexdigest())
"""


def test_the_same_data_is_the_same_bytes_whatever_was_deflated_before_and_in_every_process() -> None:
    runs = [[sys.executable, "-c", DEFLATED, str(seed)] for seed in range(3)]
    said = {subprocess.run(command, capture_output=True, text=True, check=True).stdout for command in runs}
    assert len(said) == 1
    assert said.pop().startswith("Quick ")


@pytest.mark.parametrize("name", ["blanks", "numbers"])
def test_what_is_longer_than_announced_is_not_inflated_to_its_end(by: Standard, name: str) -> None:
    raw = zlib.compress(DATA[name], 0, -15)  # large as it lies
    assert len(raw) > 1 << 16
    assert len(by.inflated(raw, 1000)) == 1001


def test_a_small_one_that_is_longer_than_announced_shows_it(by: Standard) -> None:
    assert len(by.inflated(raw_of(DATA["a word"] * 9), 20)) > 20


@pytest.mark.parametrize("end", ["small", "large"])
@pytest.mark.parametrize(
    "spoil",
    [lambda raw: raw[: len(raw) // 2], lambda raw: raw[:40] + b"\xff" * 30 + raw[70:], lambda raw: b"\7" + raw],
    ids=["cut", "overwritten", "no deflate"],
)
def test_half_of_one_and_a_spoilt_one_never_pass(by: Standard, spoil, end: str) -> None:
    data = NEITHER_SMALL_NOR_FLAT[: 2000 if end == "small" else None]
    raw = spoil(raw_of(data))
    assert (len(raw) > 1 << 16) is (end == "large")
    with suppress(Broken):
        assert by.inflated(raw, len(data)) != data


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_the_same_reason(by: Standard, name: str) -> None:
    make, word = REFUSED[name]
    with pytest.raises(Unreadable, match=re.escape(word)):
        Package.opened(make())


@pytest.mark.parametrize("name", REFUSED_LATER)
def test_what_must_not_be_written_to_is_refused_with_the_same_reason(by: Standard, name: str) -> None:
    make, word = REFUSED_LATER[name]
    with pytest.raises(Unreadable, match=word):
        marked(make(), Plan.of_marks(MARKS, [a_sheet()]))


def test_a_part_with_any_byte_changed_is_refused_or_has_its_checksum(by: Standard) -> None:
    data, whole = book(), bases.unzipped(book())
    for name, entry in Package.opened(data).archive.entries.items():
        for at in range(entry.start, entry.stop, 3):
            with suppress(Unreadable):
                package = Package.opened(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
                assert package.part(name) == whole[name]


@pytest.mark.parametrize("base", bases.BASES)
def test_marks_are_the_same_parts_and_come_off_to_the_byte(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, written = bases.BASES[base](), {}
    for name, by in BOTH.items():
        monkeypatch.setattr(deflate, "BY", by)
        written[name] = marked(data, Plan.of_marks(MARKS, [a_sheet()])).data
        assert marked(data, Plan.of_marks(MARKS, [a_sheet()])).data == written[name]
        assert bases.unzipped(cleared(written[name]).data) == bases.unzipped(data)
    assert bases.unzipped(written["quick"]) == bases.unzipped(written["standard"])


def test_what_is_built_for_excel_is_the_same_bytes_with_either(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for by in BOTH.values():
        monkeypatch.setattr(deflate, "BY", by)
        made.append(with_macros(book()))
    assert made[0] == made[1]
