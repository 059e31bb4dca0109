"""A log under the law of each day: the one judgement behind ribbon, formulas and batch."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from zaitaku_xl.check.asking import Awake, book_findings, client_findings
from zaitaku_xl.check.cases import Ground, case_of, readings_by_town
from zaitaku_xl.check.completeness import held_back
from zaitaku_xl.check.due import is_over, with_dues
from zaitaku_xl.finding import Finding, Weight
from zaitaku_xl.law import Law
from zaitaku_xl.model import ClaimLine, Log, Month, Person
from zaitaku_xl.report import NOTHING, Report, gathered
from zaitaku_xl.rules import RULES
from zaitaku_xl.ruling.words import listed
from zaitaku_xl.scopes import Book, calendar_of

_NEEDED = sorted({name for rule in RULES for name in (*rule.needs, *rule.uses)})


def check(
    log: Log,
    law: Law,
    *,
    months: Iterable[Month] | None = None,
    city: str | None = None,
    claims: Iterable[ClaimLine] | None = None,
    tried: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> Report:
    """Judge the days of *months* (default: 対象年月, else every month with rows in 日報).

    *city* is the id of a town for clients without one, *claims* the lines of a claim file to compare with,
    *tried* readings (id -> choice) that stand for those the office chose. On *as_of*, the day of reference, what can
    still be done is due; without one every month counts as over. Raises BrokenRule when a rule of ours fails.
    """
    held = Month.all_of({entry.day for person in log.people for entry in person.entries})
    judged = _judged(log, held, months)
    rules = Awake([rule for rule in RULES if not log.lacks(rule.needs) and log.holds_any(rule.wakes)])
    ground = Ground(
        log=log,
        law=law,
        calendar=calendar_of(log.office, log.calendar),
        judged=judged,
        held=held | frozenset(judged),
        city=city,
        readings_of=readings_by_town(law, log, tried),
        claims_of=_by_number(claims),
    )
    cases = [case_of(person, ground) for person in log.people]
    found = _within_sure_weeks(held_back(client_findings(cases, rules), log), log)
    findings = _said_once(found, log)
    book = Book(log, tuple(case.whole for case in cases), _lacking(log), judged, held)
    findings += book_findings(book, law, rules)
    running = as_of is not None and not is_over(judged, cases, as_of)
    if as_of is not None and running:
        findings = with_dues(findings, cases, as_of)
    report = gathered(judged, [case.whole for case in cases], findings)
    report = replace(report, as_of=as_of) if running else report
    return report if report.days else replace(report, nothing=_nothing_to_judge(log, judged, held))


def _by_number(claims: Iterable[ClaimLine] | None) -> Callable[[Person], tuple[ClaimLine, ...] | None]:
    """Return who is given which claim lines: those of their 受給者証番号; None where there is no claim file."""
    if claims is None:
        return lambda person: None
    lines: dict[str, list[ClaimLine]] = {}
    for line in claims:
        lines.setdefault(line.number, []).append(line)
    return lambda person: tuple(lines.get(_number_of(person), ()))


def _number_of(person: Person) -> str:
    """The 受給者証番号 as claim files write it; a client without one has the claim lines without one."""
    number = person.client.number if person.client else None
    return (number or "").lstrip("0")


def _judged(log: Log, held: frozenset[Month], months: Iterable[Month] | None) -> tuple[Month, ...]:
    if months is not None:
        return tuple(sorted(set(months), key=str))
    if log.office.month:
        return (log.office.month,)
    return tuple(sorted(held, key=str))


_BY_WEEK = {rule.id: rule.remedy_under(Weight.UNDECIDED) for rule in RULES if rule.id in ("W01", "W03")}  # name no town


def _within_sure_weeks(findings: list[Finding], log: Log) -> list[Finding]:
    """Return the findings: where nobody can say on which day a week begins, no week is missing its evaluation for certain."""
    if log.office.row.clear_of("week_start", "A-1"):
        return findings
    return [
        finding._replace(weight=Weight.UNDECIDED, remedy=_BY_WEEK[finding.rule])
        if finding.rule in _BY_WEEK and finding.weight is Weight.BLOCK
        else finding
        for finding in findings
    ]


def _nothing_to_judge(log: Log, judged: tuple[Month, ...], held: frozenset[Month]) -> str | None:
    """Say why no day was judged; None where a row may be of the months judged, for want of a date or a name."""
    undated = any(entry.day is None for person in log.people for entry in person.entries)
    if undated or any(table == "entries" for table, _ in log.strays):
        return None
    if not held:
        return f"{NOTHING}日報に、内容の入力された行が見つかりません。"
    return f"{NOTHING}日報に{listed(judged)}の行が見つかりません（あるのは{listed(held)}）。"


def _lacking(log: Log) -> tuple[str, ...]:
    """What the rules need and the workbook does not have; of a missing table only the table itself."""
    lacking = [name for name in _NEEDED if name in log.missing or name.partition(".")[0] in log.missing]
    tables = [name for name in dict.fromkeys(name.partition(".")[0] for name in lacking) if name in log.missing]
    columns = [name for name in lacking if "." in name and name.partition(".")[0] not in log.missing]
    if "entries.contacts" in columns:  # no 連絡 column at all: say it once
        columns = [name for name in columns if not name.startswith("entries.contact.")]
    return (*tables, *columns)


def _said_once(findings: list[Finding], log: Log) -> list[Finding]:
    """What is wrong at the office is found with each client and said once, for all of them."""
    office = log.office.row
    cells = {office.at(field) for field in office.columns}
    merged: dict[tuple[object, ...], Finding] = {}
    said: list[Finding] = []
    for finding in findings:
        if finding.sheet != office.sheet or (finding.row, finding.column) not in cells:
            said.append(finding)
            continue
        clause = finding.clause
        key = (
            finding.rule,
            (clause.text, clause.since, clause.services),
            finding.sentence,
            (finding.row, finding.column),
        )
        known = merged.get(key)
        touches = finding.touches | (known.touches if known else frozenset())
        merged[key] = finding._replace(client=None, day=None, period=None, touches=touches)
    return [*said, *merged.values()]
