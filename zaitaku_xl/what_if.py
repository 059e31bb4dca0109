"""The same records judged otherwise: under each other reading of an open question, or under a draft notice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zaitaku_xl.law import Law, Town, load_draft, load_law, load_questions
from zaitaku_xl.model import Log
from zaitaku_xl.report import Changes, Report, changes

Judge = Callable[[Law, Mapping[str, str]], Report]
"""Judges the workbook in hand by a law, with readings (id -> choice) to try."""


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What one other reading would change in a workbook."""

    question: str
    choice: str  # its key
    changes: Changes


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft notice would change in a workbook."""

    changes: Changes
    clients: int  # of the draft's town


def other_readings(log: Log, law: Law, report: Report, judge: Judge) -> Iterator[OtherReading]:
    """Judge again under each reading the workbook does not choose; what a town has answered stays as it is."""
    for question in load_questions().values():
        used = log.office.readings.get(question.id, question.default.key)
        for choice in question.choices:
            if choice.key != used:
                yield OtherReading(question.id, choice.key, changes(report, judge(law, {question.id: choice.key})))


def trial(path: Path, report: Report, judge: Judge) -> Trial:
    """Judge again with a draft notice laid over the law in force."""
    law, town = draft_of(path)
    tried = judge(law, {})
    return Trial(changes(report, tried), sum(client.city == town.id for client in tried.clients))


@cache
def draft_of(path: Path) -> tuple[Law, Town]:
    """Read a draft notice; raises LawError for what is no text of ours."""
    return load_draft(path, load_law())
