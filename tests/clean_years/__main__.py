"""python -m tests.clean_years [--years N] [--seed S] [--kind K | --each] [--all] [--new]: careful offices are judged, nothing may be blamed.

Printed are the false alarms by rule with kind, seed, month and cell, and the advice a client and month by rule. Exit
status 1 where there is a false alarm.
"""

import argparse
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.clean_years.known import NOT_YET
from tests.clean_years.running import Told, run
from tests.clean_years.years import KINDS, mixed, of_kind

SHOWN = 3  # false alarms of one rule and kind


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=sorted(KINDS))
    parser.add_argument("--each", action="store_true", help="an office-year of each kind alone")
    parser.add_argument("--new", action="store_true", help="leave out the kinds that are listed as not yet")
    parser.add_argument("--all", action="store_true", help="every false alarm")
    asked = parser.parse_args(arguments)
    told = Told()
    without = tuple(NOT_YET) if asked.new else ()
    each = [(kind, 0) for kind in KINDS if kind not in without]
    turns = each if asked.each else [(asked.kind, number) for number in range(asked.years)]
    with ProcessPoolExecutor(2) as pool:
        for one in pool.map(partial(_run, asked.seed, without), turns):
            told.add(one)
    _tell(told, None if asked.all else SHOWN)
    return 1 if told.alarms else 0


def _run(seed: int, without: tuple[str, ...], turn: tuple[str | None, int]) -> Told:
    kind, number = turn
    return run(of_kind([kind], seed + number) if kind else mixed(seed, number, without))


def _tell(told: Told, shown: int | None) -> None:
    by_kind: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, alarm in told.alarms:
        by_kind[_subject(alarm), kind].append(alarm)
    for (rule, kind), alarms in sorted(by_kind.items()):
        print(f"{rule}  {kind}  ({len(alarms)})")
        for alarm in alarms[:shown]:
            print(f"    {alarm}")
    rules = Counter(_subject(alarm) for _, alarm in told.alarms)
    print(f"{told.books} books, {told.client_months} client-months, {len(told.alarms)} false alarms {dict(rules)}")
    for rule, count in told.advice.most_common():
        kinds = Counter({kind: n for (one, kind), n in told.advised_for.items() if one == rule}).most_common(3)
        often = "、".join(f"{kind} {n}" for kind, n in kinds)
        print(f"advice {rule}: {count / max(1, told.client_months):.3f} a client and month (most: {often})")
    about_clients = sum(count for rule, count in told.advice.items() if rule != "P02 book")
    print(f"advice in all: {about_clients / max(1, told.client_months):.3f} without P02 about sheets and columns")


def _subject(alarm: str) -> str:
    """The word behind seed and month: a rule, a status or a number of days."""
    return alarm.split()[3].rstrip(":")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
