"""python -m tests.bench.rules [BOOKS]: rows a second of check() alone, and five rules beside pandas, on one core.

1,000 books of 1,000 rows of 日報 each. One workbook is parsed once; every book is a fresh copy of its records, made
outside the measured time. All rules, the five, and pandas on the five take turns book by book; ours and pandas must
find the same faults. The garbage collector rests, as it does in a check of a file.
"""

import gc
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

from tests.bench import frames
from tests.bench.month import workbook
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import judging
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.law import Law, load_law
from zaitaku_xl.model import Log
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.rules import RULES

BOOKS, ROWS = 1000, 1000
FIVE = ("D01", "W01", "M01", "S04", "A08")
GOAL_ROWS, GOAL_RATIO = 150_000, 5


def one_book() -> Log:
    """Return a month of 33 clients with 1,000 rows of 日報, with plans, reviews, services and defects."""
    log = read_log(reading.grids(Package.opened(workbook(33, planned=True)), lambda _: True))
    last = log.people[-1]
    surplus = sum(len(person.entries) for person in log.people) - ROWS
    last.entries = last.entries[:-surplus]
    return log


@contextmanager
def only(ids: tuple[str, ...]) -> Iterator[None]:
    """check() with these rules alone."""
    every = judging.RULES
    judging.RULES = tuple(rule for rule in RULES if rule.id in ids)
    try:
        yield
    finally:
        judging.RULES = every


def found(log: Log, law: Law) -> set[frames.Fault]:
    """What check() says of the five, in the clerk's terms."""
    heavy = (f for f in judging.check(log, law).findings if f.rule in FIVE and f.weight != "advise")
    return {(f.rule, f.client or "", f.day or (f.period or (None,))[0]) for f in heavy}


def measured(books: int) -> dict[str, float]:
    """Return seconds spent by all rules, by the five, and by pandas on the five."""
    law, parsed = load_law(), one_book()
    frozen = pickle.dumps(parsed, pickle.HIGHEST_PROTOCOL)
    tables = frames.frames_of(parsed)
    ours, theirs = found(parsed, law), frames.faults(tables)
    if ours != theirs:
        raise SystemExit(f"not the same faults: {sorted(map(str, ours ^ theirs))[:5]}")
    spent: Counter[str] = Counter()
    for _ in range(books):
        log, copied = pickle.loads(frozen), {name: frame.copy() for name, frame in tables.items()}
        works: dict[str, Callable[[], object]] = {
            "all": lambda log=log: judging.check(log, law),  # type: ignore[misc]
            "five": lambda log=log: _five(log, law),  # type: ignore[misc]
            "pandas": lambda copied=copied: frames.faults(copied),  # type: ignore[misc]
        }
        for name, work in works.items():
            gc.disable()
            started = process_time()
            work()
            spent[name] += process_time() - started  # type: ignore[assignment]
            gc.enable()
    print(f"{books} books of {ROWS} rows of 日報, one core, check() alone; {len(ours)} faults of the five in each book")
    return dict(spent)


def _five(log: Log, law: Law) -> None:
    with only(FIVE):
        judging.check(log, law)


def main(books: int) -> int:
    spent = measured(books)
    rates = {name: books * ROWS / seconds for name, seconds in spent.items()}
    ratio = spent["pandas"] / spent["five"]
    print(f"all {len(RULES)} rules      {rates['all']:10,.0f} rows/s   (goal {GOAL_ROWS:,})")
    print(f"five rules, ours  {rates['five']:10,.0f} rows/s")
    print(f"five rules, pandas{rates['pandas']:10,.0f} rows/s   ours is {ratio:.1f} x as fast (goal {GOAL_RATIO})")
    return 0 if rates["all"] >= GOAL_ROWS and ratio >= GOAL_RATIO else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else BOOKS))
