"""All defects, and every trial of them."""

from collections.abc import Iterator

from tests.defects import contacts, logs, others, registers, reviews, sheets
from tests.defects.defect import DEFECTS, Trial

__all__ = ["DEFECTS", "trials"]

_WRITTEN_IN = (contacts, logs, others, registers, reviews, sheets)  # listed on import


def trials() -> Iterator[Trial]:
    for one in DEFECTS.values():
        yield from one.trials
