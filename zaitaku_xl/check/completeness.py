"""A rule that says "none" blocks only where the table it looked in was read completely for that client and time."""

from collections.abc import Iterable, Mapping
from datetime import date

from zaitaku_xl.finding import Finding, Weight
from zaitaku_xl.model import Log, Person, Record
from zaitaku_xl.rules import RULES
from zaitaku_xl.scopes import open_row
from zaitaku_xl.sentence import Sentence, own, place

_LOOKS_IN = {rule.id: rule.looks_in for rule in RULES if rule.looks_in}
_TITLES = {rule.id: rule.title for rule in RULES}
_REMEDY = "だれの行かを確かめて、氏名を利用者台帳と同じ書き方に直してから、もう一度点検してください。"


def held_back(findings: Iterable[Finding], log: Log) -> list[Finding]:
    """Return the findings: undecided where a row that nobody can place may be what is missing.

    Of somebody who may be a client of 利用者台帳 under a slip of the pen, nothing is said to be missing at all: P02 speaks.
    """
    unsure = {person.name: person for person in log.people if person.loose or person.likely}
    if not unsure:
        return list(findings)
    asked = (_asked(finding, unsure, log.names) for finding in findings)
    return [finding for finding in asked if finding is not None]


def _asked(finding: Finding, unsure: Mapping[str, Person], names: Mapping[str, str]) -> Finding | None:
    person = unsure.get(finding.client or "")
    tables = _LOOKS_IN.get(finding.rule, ())
    if person is None or not tables or finding.weight is not Weight.BLOCK:
        return finding
    if person.likely and tables != ("entries",):
        return None
    first, last = _time_of(finding)
    for table in tables:
        row = open_row(person, table, first, last)
        if row is not None:
            return _left_open(finding, names.get(table, table), row)
    return finding


def _time_of(finding: Finding) -> tuple[date, date]:
    return finding.period or (finding.day or date.min, finding.day or date.max)


def _left_open(finding: Finding, sheet: str, row: Record) -> Finding:
    return finding._replace(
        weight=Weight.UNDECIDED,
        sentence=Sentence(
            "{open_sheet}の{open_row}行目がだれの記録か分からないため、「{title}」に当たるか判断できません。",
            open_sheet=place(sheet),
            open_row=own(str(row.row.number)),
            title=own(_TITLES[finding.rule]),
        ),
        remedy=_REMEDY,
    )
