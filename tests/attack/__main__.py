"""python -m tests.attack [--small] [--seconds N] [ROW...]: the program is attacked through its doors; a line a row.

Each row of the table is a kind of fault; its variants are thought out by somebody who did not mend it. Exit status 1
if anything got through. With ROW (1 ... 15, F-a ... F-e) only those; what got through is told a line each.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.attack.table import ROWS
from tests.attack.trial import Row, Try

SMALL = 4  # variants of a row in the small form, spread over all of them
SLOW_SMALL = 2


@dataclass
class Score:
    tried: int = 0
    through: list[str] = field(default_factory=list)
    left: int = 0


def chosen(row: Row, *, small: bool) -> list[Try]:
    tries = list(row.tries())
    if not small:
        return tries
    step = max(1, len(tries) // (SLOW_SMALL if row.slow else SMALL))
    return tries[::step][:SMALL]


def attacked(tries: Iterable[Try], seconds: float) -> Score:
    """Try each in a folder of its own until the time is over."""
    score, until = Score(), time.monotonic() + seconds
    for one in tries:
        if time.monotonic() > until:
            score.left += 1
            continue
        score.tried += 1
        if said := outcome(one):
            score.through.append(f"{one.name}: {said}")
    return score


def outcome(one: Try) -> str:
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-attack-", ignore_cleanup_errors=True) as room:
        folder = Path(room) / "office"
        folder.mkdir()
        try:
            return one.attack(folder)
        except Exception as error:  # noqa: BLE001 - an attack that falls over says so and the next comes
            return f"the attack itself failed: {type(error).__name__}: {str(error)[:200]}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attack")
    parser.add_argument("rows", nargs="*")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seconds", type=float, default=600, help="for a row")
    parser.add_argument("--quiet", action="store_true", help="the table alone")
    asked = parser.parse_args(arguments)
    through = 0
    for row in ROWS:
        if asked.rows and row.id not in asked.rows:
            continue
        started = time.monotonic()
        score = attacked(chosen(row, small=asked.small), asked.seconds)
        through += len(score.through)
        left = f", {score.left} left for want of time" if score.left else ""
        spent = time.monotonic() - started
        print(
            f"{row.id:>4}  {score.tried:>4} tried {len(score.through):>4} through{left} {spent:6.0f} s  {row.title}",
            flush=True,
        )
        for said in () if asked.quiet else score.through:
            print(f"        {said}", flush=True)
    return 1 if through else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
