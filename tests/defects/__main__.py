"""python -m tests.defects [--kind K] [--all]: single defects in clean months, noticed and unnoticed by kind.

A defect is noticed where anything new speaks of its place; where the description names rules, one of them must come.
With --all what was said is shown for every trial. Exit status 1 under 85 % noticed, or where a named rule did not come.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

from tests.defects.known import NOT_YET
from tests.defects.listed import DEFECTS, trials
from tests.defects.running import Seen, tried

GOAL = 0.85


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kind", choices=sorted(DEFECTS))
    parser.add_argument("--all", action="store_true", help="what was said of every trial")
    asked = parser.parse_args(arguments)
    wanted = [trial for trial in trials() if asked.kind in (None, trial.defect.name)]
    with ProcessPoolExecutor(2) as pool:
        seen = list(pool.map(tried, wanted, chunksize=8))
    for one in seen:
        if asked.all or asked.kind or not one.as_described:
            _tell(one)
    noticed, named = sum(one.noticed for one in seen), sum(one.as_described for one in seen)
    kinds = len({one.trial.defect.name for one in seen})
    print(
        f"{len(seen)} defects of {kinds} kinds: {noticed} noticed ({noticed / len(seen):.0%}), "
        f"{named} as the description says ({named / len(seen):.0%})"
    )
    return 0 if named == len(seen) and noticed >= GOAL * len(seen) else 1


def _tell(one: Seen) -> None:
    word = "as described" if one.as_described else "otherwise" if one.noticed else "unnoticed"
    defect = one.trial.defect
    wanted = "、".join(defect.expects) or "whatever names the place"
    why = f"  — {NOT_YET[one.trial.name]}" if one.trial.name in NOT_YET else ""
    print(f"{word:12} {one.trial.name}  wants {wanted} ({defect.clause}){why}")
    for said in one.said[:3]:
        print(f"             {said[:170]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
