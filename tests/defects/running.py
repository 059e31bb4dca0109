"""Judge the clean month and the spoilt one: what was said of the place that was not said before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from openpyxl.utils.cell import coordinate_from_string

from tests.clean_years.books import as_xlsx
from tests.clean_years.running import judge, line
from tests.defects.defect import Place, Trial, clean_month
from zaitaku_xl.finding import Finding
from zaitaku_xl.jobs import Outcome
from zaitaku_xl.report import Status


@dataclass(frozen=True)
class Seen:
    """What came of one trial."""

    trial: Trial
    noticed: bool  # by whatever names the place
    as_described: bool  # by a rule that the description names
    said: tuple[str, ...]  # what was new, wherever


def tried(trial: Trial) -> Seen:
    clean, spoilt = trial.made()
    before = judge(*reversed(clean.file)) if clean.file else _before(trial.defect.service)
    after = judge(*reversed(spoilt.saved()))
    if after.report is None or after.status is not Status.JUDGED:
        told = f"{after.status.value}: {after.reason}"
        named = not trial.defect.expects or any(after.status.value in wanted for wanted in trial.defect.expects)
        return Seen(trial, noticed=True, as_described=named, said=(told,))
    fresh = _new(before, after)
    here = [finding for finding in fresh if _names(spoilt.place, finding)]
    expected = any(_is(finding, wanted) for finding in here for wanted in trial.defect.expects)
    return Seen(trial, bool(here), expected or (bool(here) and not trial.defect.expects), tuple(map(line, fresh)))


@cache
def _before(service: str) -> Outcome:
    return judge(as_xlsx(clean_month(service)))


def _new(before: Outcome, after: Outcome) -> list[Finding]:
    assert before.report
    assert after.report
    known = Counter(map(_said, before.report.findings))
    fresh = []
    for finding in after.report.findings:
        if known[_said(finding)]:
            known[_said(finding)] -= 1
        else:
            fresh.append(finding)
    return fresh


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.weight, finding.client, finding.day, finding.period, finding.message


def _names(place: Place, finding: Finding) -> bool:
    if place.whole_book:
        return True
    if place.sheet and finding.sheet == place.sheet:
        row = coordinate_from_string(finding.cell)[1] if finding.cell else None
        if place.row is None or row == place.row:
            return True
    if place.client is None or finding.client != place.client:
        return False
    return place.day is None or _covers(finding, place.day)


def _covers(finding: Finding, day: date) -> bool:
    if finding.period:
        return finding.period[0] <= day <= finding.period[1]
    return finding.day in (None, day)


def _is(finding: Finding, wanted: str) -> bool:
    rule, _, weight = wanted.partition(":")
    return finding.rule == rule and weight in ("", finding.weight.value)
