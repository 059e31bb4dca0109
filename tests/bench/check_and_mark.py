"""python -m tests.bench.check_and_mark: time and peak memory of check+mark beside a plain pandas+openpyxl script.

Both do the same five checks on the same 620-row, 7-sheet month and write a marked copy; ours does all its rules besides.
Each runs in a process of its own; a round is one file, rounds of the two alternate, the medians are compared.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.month import CLIENTS, workbook

ROUNDS = 7
WARM_UP = "other.xlsx"


def ours(source: Path, target: Path) -> int:
    from zaitaku_xl.jobs import Asked, check_file

    outcome = check_file(source, source.name, Asked(), target)
    assert outcome.written
    assert outcome.report
    return len(outcome.report.findings)


def plain(source: Path, target: Path) -> int:
    from tests.bench.plain import check_and_mark

    return check_and_mark(source, target)


METHODS: dict[str, Callable[[Path, Path], int]] = {"ours": ours, "plain": plain}


def measured(method: str, source: Path, target: Path) -> dict[str, float]:
    """Run one method in this process: seconds and peak memory in MiB; another workbook first, which imports and warms."""
    METHODS[method](source.with_name(WARM_UP), target)
    started = perf_counter()
    found = METHODS[method](source, target)
    seconds = perf_counter() - started
    return {"seconds": seconds, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "found": found}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "month.xlsx"
        source.write_bytes(workbook())
        source.with_name(WARM_UP).write_bytes(workbook(CLIENTS - 1))
        runs: dict[str, list[dict[str, float]]] = {method: [] for method in METHODS}
        for _ in range(ROUNDS):
            for method in METHODS:
                command = [
                    sys.executable,
                    "-m",
                    "tests.bench.check_and_mark",
                    method,
                    str(source),
                    f"{folder}/{method}.xlsx",
                ]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                runs[method].append(json.loads(done.stdout))
        print(f"620 rows, 7 sheets, {source.stat().st_size / 1024:.0f} kB, median of {ROUNDS} rounds")
        for method, made in runs.items():
            seconds, mib = median(run["seconds"] for run in made), median(run["mib"] for run in made)
            print(f"{method:6} {seconds * 1000:8.1f} ms  {mib:6.1f} MiB peak  {made[0]['found']:.0f} findings")
        times = {method: median(run["seconds"] for run in made) for method, made in runs.items()}
        memory = {method: median(run["mib"] for run in made) for method, made in runs.items()}
        print(
            f"ratio  {times['plain'] / times['ours']:8.1f} x faster, memory {memory['ours'] / memory['plain']:.2f} of plain"
        )


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
