"""python -m tests.hostile: every hostile file in a process of its own, with the answer, seconds of processor and memory.

A file is opened, every cell read, marked, and cleared again, as the program does it. Exit status 1 where an answer
takes longer than 2 s, needs more than 300 MB, or is none.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from tests.hostile.build import HARMLESS, LARGE, REFUSED, REFUSED_LATER

SECONDS, MEGABYTES = 2.0, 300
Answer = dict[str, str | float]


def answered(path: Path) -> Answer:
    """Answer for one file in this process; the first refusal is the answer."""
    from zaitaku_xl.errors import ZaitakuError
    from zaitaku_xl.hosts.closed_book import ClosedBook
    from zaitaku_xl.made import MadeCell, MadeSheet, Mark
    from zaitaku_xl.plan import Plan

    marks = [Mark("日報", 1, 1, "D01", "F8CBCB", "【在宅点検】D01")]
    sheets = [MadeSheet(name="点検結果", rows=((MadeCell("【在宅点検】点検結果"),),), widths=(12,))]
    steps: dict[str, float] = {}
    said = "marked and cleared"

    def timed(name: str, step: Callable[[], object]) -> object:
        started = process_time()
        try:
            return step()
        finally:
            steps[name] = process_time() - started

    try:
        book = ClosedBook.opened(path)
        try:
            timed("read", lambda: book.grids(lambda _: True))
        except ZaitakuError as error:
            said = f"{error}"
        marked = timed("mark", lambda: book.carry_out(Plan.of_marks(marks, sheets)))
        timed("clear", ClosedBook(path, marked.data).cleared)  # type: ignore[attr-defined]
    except ZaitakuError as error:
        said = f"{error}"
    return {
        "said": said,
        "seconds": max(steps["read"] + steps.get("mark", 0), steps.get("clear", 0)),
        "megabytes": peak(),
    }


def peak() -> float:
    """Return the most memory this process has had, in MB; what the process that started it had does not count."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def asked(path: Path) -> Answer:
    """Answer for one file in a process of its own; whatever happens to it is told."""
    command = [sys.executable, "-m", "tests.hostile", str(path)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return {"said": "no answer in 60 s", "seconds": 60.0, "megabytes": 0.0}
    if ran.returncode:
        return {"said": f"died: {ran.stderr.strip()[-200:] or ran.returncode}", "seconds": 99.0, "megabytes": 0.0}
    answer: Answer = json.loads(ran.stdout)
    return answer


def makers() -> dict[str, Callable[[], bytes]]:
    refused = {name: make for name, (make, _) in (REFUSED | REFUSED_LATER).items()}
    return {**refused, **HARMLESS, **LARGE}


def is_kept(answer: Answer) -> bool:
    return float(answer["seconds"]) <= SECONDS and float(answer["megabytes"]) <= MEGABYTES


def main() -> int:
    kept = []
    print(f"{'file':42}{'kB':>7}{'s':>7}{'MB':>6}   answer")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        for name, make in makers().items():
            path.write_bytes(make())
            answer = asked(path)
            kept.append(is_kept(answer))
            size = path.stat().st_size / 1024
            mark = " " if kept[-1] else "!"
            print(
                f"{name:42}{size:7.0f}{answer['seconds']:7.2f}{answer['megabytes']:6.0f} {mark} {answer['said']}",
                flush=True,
            )
    print(f"{len(kept)} files, {sum(kept)} answered within {SECONDS:g} s and {MEGABYTES} MB")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(answered(Path(sys.argv[1])), ensure_ascii=False))
    else:
        sys.exit(main())
