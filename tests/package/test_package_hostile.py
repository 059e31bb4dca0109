"""Hostile and broken files: each is answered with a reason a clerk understands, soon and without eating memory."""

import resource
import time
from contextlib import suppress

import pytest

from tests.hostile.build import HARMLESS, REFUSED, REFUSED_LATER, book
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.marking import cleared, marked
from zaitaku_xl.made import MadeCell, MadeSheet, Mark
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

SECONDS = 5.0
MEGABYTES = 400
MARKS = [Mark("日報", 1, 1, "D01", "F8CBCB", "【在宅点検】D01 連絡がありません")]
SHEETS = [MadeSheet(name="点検結果", rows=((MadeCell("【在宅点検】点検結果"),),), widths=(12,))]


class Bounded:
    """Processor time and memory from here on; what other tests do meanwhile does not count."""

    def __enter__(self) -> None:
        self._start, self._peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def __exit__(self, *_: object) -> None:
        assert time.process_time() - self._start < SECONDS
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self._peak) / 1024 < MEGABYTES


def reason(call, *arguments) -> str:
    with Bounded(), pytest.raises(Unreadable) as refused:
        call(*arguments)
    return str(refused.value)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_its_reason(name: str) -> None:
    make, word = REFUSED[name]
    said = reason(Package.opened, make())
    assert word in said
    assert said.endswith("。")


@pytest.mark.parametrize("name", REFUSED)
def test_marking_and_clearing_give_the_same_reason_as_opening(name: str) -> None:
    data = REFUSED[name][0]()
    said = reason(Package.opened, data)
    assert reason(marked, data, Plan.of_marks(MARKS, SHEETS)) == said
    assert reason(cleared, data) == said


@pytest.mark.parametrize("name", REFUSED_LATER)
def test_what_must_not_be_written_to_is_refused_when_it_is_marked(name: str) -> None:
    make, word = REFUSED_LATER[name]
    Package.opened(make())
    assert word in reason(marked, make(), Plan.of_marks(MARKS, SHEETS))


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_file_is_marked_and_cleared_like_any_other(name: str) -> None:
    data = HARMLESS[name]()
    with Bounded():
        result = cleared(marked(data, Plan.of_marks(MARKS, SHEETS)).data)
    assert result.exact
    before, after = Package.opened(data), Package.opened(result.data)
    assert list(after.archive.entries) == list(before.archive.entries)
    assert [n for n in before.archive.entries if before.part(n) != after.part(n)] == []


@pytest.mark.parametrize("step", [1, 3, 7])
def test_a_file_cut_anywhere_is_refused_and_never_crashes(step: int) -> None:
    data = book()
    for end in range(step, len(data), 7):
        with pytest.raises(Unreadable):
            Package.opened(data[:end])


def test_a_file_with_any_byte_changed_is_opened_or_refused_and_never_crashes() -> None:
    data = marked(book(), Plan.of_marks(MARKS, SHEETS)).data
    for at in range(0, len(data), 5):
        with suppress(Unreadable):
            cleared(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
