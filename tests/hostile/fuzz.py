"""python -m tests.hostile.fuzz [--count 100000] [--seed 1] [--jobs 2]: mutated files for the guards, readers and editor.

One input in five is a whole file with bytes changed, cut, doubled or moved; the others are packages that unzip well, with
such changes in one of their parts. Each is opened, read by both readers, marked and cleared. The only exception that
may come out is a refusal with a Japanese reason; both readers say the same; what was marked comes back whole; and no
input takes longer than two seconds. The same seed makes the same inputs.
"""

import argparse
import multiprocessing
import random
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from time import perf_counter

from tests.books.kitchen import kitchen
from tests.hostile.build import HARMLESS, book
from tests.reading.books import bases
from tests.reading.books import book as cells
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.marking import cleared, lost, marked
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.made import MadeCell, MadeSheet, Mark
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

SECONDS = 2.0
SHEETS = (
    MadeSheet(
        name="点検結果",
        rows=((MadeCell("【在宅点検】点検結果"),), (MadeCell("=1"),)),
        widths=(30,),
        heading_row=2,
    ),
)
WORDS = (
    b"<", b">", b'"', b"'", b"/>", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"&", b"&#0;", b"&#x10FFFF;", b"&amp;",
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe3", b"<!DOCTYPE x>", b"<row>", b"</row>", b'<c r="', b"<v>", b"</v>", b"<f/>",
    b'r="1048577"', b'r="XFE1"', b"-1", b"999999999999", b"1e999", b"nan", b"<sheetData>", b"</sheetData>", b"<extLst>",
    b"../", b"//", b'Target=""', b"rId1", b"x:", b"xmlns:", b"PK\x03\x04", b"PK\x05\x06", "【在宅点検】".encode(), b"zaitaku_xl:D01",
)  # fmt: skip


def seeds() -> list[bytes]:
    """Return the files that are mutated."""
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><f>1+1</f><v>2</v></c></row><row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c></row>'
    odd = ("two cells at the far ends", "a journal of somebody else's", "backslashes in names")
    made = [make() for make in bases.BASES.values()] + [HARMLESS[name]() for name in odd] + [book(), cells(rows)]
    sheets = [cells(rows, before='<cols><col min="1" max="2" hidden="1"/></cols>'), kitchen(macros=False)]
    return made + sheets + [marked(data, Plan.of_marks(_marks(data), SHEETS)).data for data in made[:6]]


def _marks(data: bytes) -> list[Mark]:
    names = [sheet.name for sheet in Package.opened(data).sheets][:3]
    return [Mark(name, row, 2, "D01", "F8CBCB", "【在宅点検】D01") for name in names for row in (1, 3)]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few changes of the kinds that break parsers."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 200))
        kind = chance.randrange(7)
        if kind == 0 and at < len(made):
            made[at] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + length]
        elif kind == 2:
            made[at:at] = chance.choice(WORDS)
        elif kind == 3:
            made[at : at + length] = chance.choice(WORDS)
        elif kind == 4:
            made[at:at] = made[at : at + length] * chance.choice((1, 2, 50))
        elif kind == 5:
            to = chance.randrange(len(made) + 1)
            piece = made[at : at + length]
            del made[at : at + length]
            made[to:to] = piece
        elif at + 4 <= len(made):
            made[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x01\0\0\0", b"\xff\xff\0\0"))
    return bytes(made)


def inputs(seed: int, count: int) -> Iterator[bytes]:
    """Yield the mutated files of one seed."""
    chance = random.Random(seed)
    files = seeds()
    parts = [bases.unzipped(data) for data in files]
    for number in range(count):
        which = chance.randrange(len(files))
        if number % 5 == 0:
            yield mutated(files[which], chance)
        else:
            names = [name for name in parts[which] if name.endswith((".xml", ".rels", ".vml"))]
            name = chance.choice(names)
            yield bases.zipped({**parts[which], name: mutated(parts[which][name], chance)}.items())


def examined(data: bytes) -> str:
    """Return what came of one input; raises AssertionError or the fault itself where a promise is broken."""
    try:
        package = Package.opened(data)
    except Unreadable as error:
        return _said(error)
    answers = []
    for fast in (True, False):
        try:
            answers.append(reading.grids(package, lambda _: True, fast))
        except Unreadable as error:
            answers.append(_said(error))
    assert answers[0] == answers[1], "the readers differ"
    try:
        clean = cleared(data).data
        result = marked(clean, Plan.of_marks(_marks(clean), SHEETS))
    except Unreadable as error:
        return _said(error)
    assert lost(clean, result.data) == (), "lost"
    assert cleared(result.data).exact, "not exact"
    return "marked"


def _said(error: Unreadable) -> str:
    words = str(error)
    assert words.endswith("。"), words
    return f"refused: {words.partition('（')[0].partition('。')[0]}"


def batch(task: tuple[int, int]) -> tuple[Counter[str], list[str], float]:
    """Examine the inputs of one seed; returns what came of them, the faults, and the slowest."""
    seen: Counter[str] = Counter()
    faults, slowest = [], 0.0
    for number, data in enumerate(inputs(*task)):
        started = perf_counter()
        try:
            seen[examined(data)] += 1
        except Exception as error:  # noqa: BLE001 - every one of them is a finding
            last = traceback.extract_tb(error.__traceback__)[-1]
            faults.append(
                f"seed {task[0]} input {number}: {type(error).__name__}: {error} ({last.filename}:{last.lineno})"
            )
            seen["fault"] += 1
        spent = perf_counter() - started
        slowest = max(slowest, spent)
        if spent > SECONDS:
            faults.append(f"seed {task[0]} input {number}: {spent:.1f} s")
    return seen, faults, slowest


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(arguments)
    each = 1000
    tasks = [(asked.seed + n, min(each, asked.count - n * each)) for n in range(-(-asked.count // each))]
    seen: Counter[str] = Counter()
    faults, slowest = [], 0.0
    with multiprocessing.get_context("spawn").Pool(asked.jobs) as workers:
        for more, found, longest in workers.imap(batch, tasks):
            seen += more
            faults += found
            slowest = max(slowest, longest)
            for fault in found:
                print(fault, flush=True)
    for words, count in seen.most_common():
        print(f"{count:8} {words}")
    print(f"{sum(seen.values())} inputs, {len(faults)} faults, slowest {slowest:.2f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
