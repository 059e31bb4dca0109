"""python -m tests.fidelity PATH... [--jobs N] [--quiet]: mark any workbooks there are, take the marks off, compare.

For each file: marked, refused with its reason, unsound while marked, or harmed; how many parts lie in the marked file byte for byte as
before, and the milliseconds for marking and clearing. Nothing is written beside the files. Exit status 1 if any is harmed
or unsound.

A file is harmed when any part cannot be had back, an untouched entry's compressed bytes differ, the order changes, a
part of ours is not well-formed XML, a row was touched, or we fail or hang instead of refusing. It is unsound when what
tests.soundness asks of any package (types, relations, schema order, counts, Excel's limits, no orphans) held before and
does not hold while it is marked. With --validator N the Open XML SDK is asked about N of the files, with --gnumeric N
Gnumeric opens N of them: new errors, and cells that are not as before, count as unsound.
"""

import argparse
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from xml.parsers import expat

from tests import soundness, witness
from zaitaku_xl.errors import ZaitakuError
from zaitaku_xl.hosts.marking import cleared, lost, marked
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.made import MadeCell, MadeSheet, Mark
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

SECONDS, FAR = 60, 1000
ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".xls", ".xlsb", ".ods")
NOTE = "【在宅点検】D01 支援の連絡が1回です（2回必要）"
CELLS = ((1, 1), (2, 2), (3, 3), (3, 4), (40, 2), (1_048_576, 16_384))
SHEETS = (
    MadeSheet(
        name="点検結果",
        rows=((MadeCell("【在宅点検】点検結果"),), (MadeCell("=1+1"), MadeCell(3.5)), ()),
        widths=(30, 9),
        heading_row=2,
    ),
)


@dataclass(frozen=True)
class Result:
    """What came of one file; ``kept`` of ``parts`` lie in the marked file as they lay before."""

    path: str
    state: str  # marked, refused, unsound, harmed
    reason: str = ""
    parts: int = 0
    kept: int = 0
    milliseconds: float = 0.0
    read: str = ""  # what reading the cells came to, which may be refused where marking is not

    def line(self) -> str:
        share = f"{self.kept}/{self.parts}" if self.parts else "-"
        return f"{self.state:8}{share:>9}{self.milliseconds:9.1f} ms  {self.path}{'  ' + self.reason if self.reason else ''}"


def examined(path: str) -> Result:
    """Mark, clear and compare one file."""
    try:
        return _examined_or_refused(path, Path(path).read_bytes())
    except MemoryError:
        return Result(path, "harmed", "out of memory")
    except Exception as error:  # noqa: BLE001 - whatever it is, the next file comes
        return Result(path, "harmed", f"{type(error).__name__}: {error}")


def _examined_or_refused(path: str, data: bytes) -> Result:
    try:
        return _examined(path, data)
    except ZaitakuError as error:
        return Result(path, "refused", str(error))


def _examined(path: str, data: bytes) -> Result:
    clean = cleared(data).data
    package = Package.opened(clean)
    marks = _marks(package)
    started = perf_counter()
    result = marked(clean, Plan.of_marks(marks, SHEETS))
    back = cleared(result.data)
    spent = (perf_counter() - started) * 1000
    faults = [*_faults(clean, result.data), *(() if back.exact else ["the way back is not exact"])]
    kept = len(_same(clean, result.data))
    parts = len(package.archive.entries)
    if marked(back.data, Plan.of_marks(marks, SHEETS)).data != result.data:
        faults.append("marked again, it is another file")
    unsound = () if faults else soundness.unsound(clean, result.data)
    state = "harmed" if faults else "unsound" if unsound else "marked"
    reason = "; ".join([*faults, *unsound][:3])
    return Result(path, state, reason, parts, kept, spent, _read(package))


def _marks(package: Package) -> list[Mark]:
    return [Mark(s.name, *cell, f"D0{n % 3}", "F8CBCB", NOTE) for s in package.sheets for n, cell in enumerate(CELLS)]


def both_states(path: str) -> tuple[bytes, bytes]:
    """Return a file without marks, and with them; none lies so far off that a list of the cells would have no end."""
    clean = cleared(Path(path).read_bytes()).data
    return clean, marked(clean, Plan.of_marks([m for m in _marks(Package.opened(clean)) if m.row < FAR], SHEETS)).data


def _faults(before: bytes, after: bytes) -> Iterator[str]:
    yield from (f"lost: {name}" for name in lost(before, after))
    old, new = Package.opened(before), Package.opened(after)
    same = _same(before, after)
    for name in old.archive.entries:
        if name not in new.archive.entries:
            yield f"gone: {name}"
        elif name not in same and old.part(name) == new.part(name):
            yield f"compressed anew: {name}"
    order = [name for name in new.archive.entries if name in old.archive.entries]
    if order != [name for name in old.archive.entries if name in new.archive.entries]:
        yield "another order"
    for name in new.archive.entries:
        if name not in same and name.lower().endswith((".xml", ".rels")):
            try:
                expat.ParserCreate(namespace_separator=" ").Parse(new.part(name), True)
            except expat.ExpatError as error:
                if not _was_unbound(old, name):
                    yield f"not well-formed: {name}: {error}"
    for sheet in old.sheets:
        if _rows(old.part(sheet.part)) != _rows(new.part(sheet.part)):
            yield f"rows touched: {sheet.name}"


def _was_unbound(old: Package, name: str) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(old.part(name), True)
    except (expat.ExpatError, KeyError):
        return name in old.archive.entries
    return False


def _rows(part: bytes) -> bytes:
    start, end = part.find(b"sheetData"), part.rfind(b"sheetData")
    return part[start:end]


def _same(before: bytes, after: bytes) -> set[str]:
    """Return the entries whose compressed bytes, method and checksum are what they were."""
    old, new = (
        {
            name: (entry.method, entry.crc, entry.raw_name, package.archive.data[entry.start : entry.stop])
            for name, entry in package.archive.entries.items()
        }
        for package in (Package.opened(before), Package.opened(after))
    )
    return {name for name, entry in old.items() if new.get(name) == entry}


def _read(package: Package) -> str:
    """Read every sheet by both readers: the same cells or the same refusal."""
    answers = []
    for fast in (True, False):
        try:
            answers.append(reading.grids(package, lambda _: True, fast))
        except ZaitakuError as error:
            answers.append(str(error))
    if answers[0] != answers[1]:
        return "differs"
    return "read" if isinstance(answers[0], tuple) else "refused"


# ---- many files


def files(paths: list[str]) -> list[str]:
    found: set[Path] = set()
    for path in map(Path, paths):
        found |= (
            {f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in ENDINGS} if path.is_dir() else {path}
        )
    return sorted(map(str, found))


def _serve(pipe: "multiprocessing.connection.Connection") -> None:
    while (path := pipe.recv()) is not None:
        pipe.send(examined(path))


class Worker:
    """A process that examines files until one hangs or kills it; then another takes its place."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def examine(self, path: str) -> Result:
        self._pipe.send(path)
        try:
            if self._pipe.poll(SECONDS):
                return self._pipe.recv()
            reason = f"no answer within {SECONDS} s"
        except EOFError:
            reason = "the process died"
        self._process.kill()
        self._process.join()
        self._start()
        return Result(path, "harmed", reason)

    def stop(self) -> None:
        self._pipe.send(None)
        self._process.join(5)


def examine_all(paths: list[str], jobs: int) -> Iterator[Result]:
    """Yield the results in the order of the files."""
    from concurrent.futures import ThreadPoolExecutor
    from queue import SimpleQueue

    workers: SimpleQueue[Worker] = SimpleQueue()
    everyone = [Worker() for _ in range(jobs)]
    for worker in everyone:
        workers.put(worker)

    def one(path: str) -> Result:
        worker = workers.get()
        try:
            return worker.examine(path)
        finally:
            workers.put(worker)

    with ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(one, paths)
    for worker in everyone:
        worker.stop()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quiet", action="store_true", help="only harmed files and the sum")
    parser.add_argument(
        "--validator", type=int, default=0, metavar="N", help="ask the Open XML SDK about N of the files"
    )
    parser.add_argument("--gnumeric", type=int, default=0, metavar="N", help="open N of the files in Gnumeric")
    asked = parser.parse_args(arguments)
    states, reads, reasons = Counter[str](), Counter[str](), Counter[str]()
    spent, shares = [], []
    marked_files, seen = [], 0
    for result in examine_all(files(asked.paths), asked.jobs):
        states[result.state] += 1
        seen += 1
        if result.state == "marked":
            marked_files.append(result.path)
        if result.state == "marked":
            reads[result.read] += 1
            spent.append(result.milliseconds)
            shares.append(result.kept / result.parts)
        elif result.state == "refused":
            reasons[result.reason.partition("（")[0].partition("。")[0]] += 1
        if result.state in ("harmed", "unsound") or result.read == "differs" or not asked.quiet:
            print(result.line(), flush=True)
    for name, ask, most in (
        ("Open XML SDK", witness.new_errors, asked.validator),
        ("Gnumeric", witness.other_cells, asked.gnumeric),
    ):
        states["unsound"] += _witnessed(name, ask, _spread(marked_files, most))
    for reason, count in reasons.most_common():
        print(f"refused {count}: {reason}")
    spent.sort()
    if spent:
        middle, high = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
        print(
            f"parts identical: {sum(shares) / len(shares):.1%}; mark + clear: median {middle:.1f} ms, 95 % {high:.1f} ms, most {spent[-1]:.1f} ms"
        )
        print(f"cells: {dict(reads)}")
    print(
        f"{seen} files: {states['marked']} marked, {states['refused']} refused, {states['harmed']} harmed, {states['unsound']} unsound"
    )
    return 1 if states["harmed"] or states["unsound"] or reads["differs"] else 0


def _spread(paths: list[str], most: int) -> list[str]:
    """Return so many of the paths, spread over all of them."""
    return paths[:: max(1, len(paths) // most)][:most] if most else []


def _witnessed(name: str, ask: Callable[[bytes, bytes], list[str]], paths: list[str]) -> int:
    """Ask another program about files before and while marked; return of how many it minds something new."""
    minded = answered = 0
    for path in paths:
        clean, marked_data = both_states(path)
        try:
            faults = ask(clean, marked_data)
        except witness.NoAnswer:
            continue
        answered += 1
        minded += bool(faults)
        if faults:
            print(f"{name}: {path}: {'; '.join(faults[:3])}", flush=True)
    if paths:
        print(f"{name}: {len(paths)} files, {answered} answered for, {minded} with something new")
    return minded


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
