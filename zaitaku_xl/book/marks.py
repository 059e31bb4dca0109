"""A report as marks: which cells are coloured, in which colour, and what their notes say."""

from collections.abc import Iterable

from zaitaku_xl.cells import OURS, Mark
from zaitaku_xl.finding import RANK, WORDS, Finding, Verdict, Weight
from zaitaku_xl.report import DayResult, Report

PREFIX = OURS
COLOURS = {
    Weight.BLOCK: "F8CBCB",
    Weight.UNDECIDED: "E3DAF3",
    Weight.ADDITION: "FCE4C8",
    Weight.FIX: "FCE4C8",
    Weight.ADVISE: "FFF7C2",
}
_OF_A_DAY = {Verdict.NOT_BILLABLE: Weight.BLOCK, Verdict.CHECK: Weight.UNDECIDED}
_MOST_IN_A_NOTE = 6  # more than fits under a cell goes to the result sheet

Place = tuple[str, int, int]


def marks(report: Report) -> tuple[Mark, ...]:
    """Return one mark a cell: the cell of each finding and the 日付 of each home day that is not 算定可."""
    findings: dict[Place, list[Finding]] = {}
    for finding in report.findings:
        if finding.sheet:
            findings.setdefault((finding.sheet, finding.row, finding.column), []).append(finding)
    days = {(day.sheet, day.row, day.column): day for day in report.days if day.verdict in _OF_A_DAY}
    return tuple(
        _mark(place, findings.get(place, []), days.get(place)) for place in sorted(findings.keys() | days.keys())
    )


def _mark(place: Place, findings: list[Finding], day: DayResult | None) -> Mark:
    weights = [finding.weight for finding in findings]
    if day:
        weights.append(_OF_A_DAY[day.verdict])
    heaviest = min(weights, key=RANK.__getitem__)
    said = [*findings, *(reason for reason in _reasons(day) if not any(reason is finding for finding in findings))]
    said.sort(key=lambda finding: RANK[finding.weight])
    rule = said[0].rule if said else "P01"
    return Mark(*place, rule, COLOURS[heaviest], _note(said, day))


def _reasons(day: DayResult | None) -> Iterable[Finding]:
    """The findings that make the day what it is; a lighter word on the same day stands at its own cell."""
    if day is None:
        return ()
    return (finding for finding in day.findings if finding.weight in (Weight.BLOCK, Weight.UNDECIDED))


def _note(said: list[Finding], day: DayResult | None) -> str:
    lines = [f"{PREFIX}{' '.join(dict.fromkeys(finding.rule for finding in said))}"]
    if day:
        lines[0] += f" この日は{day.verdict.word}です"
    for finding in said[:_MOST_IN_A_NOTE]:
        source = finding.clause.source
        lines += [
            f"■{finding.rule}（{WORDS[finding.weight]}）{finding.message}",
            f"直し方: {finding.remedy}",
            f"根拠: {source.document} {source.clause}",
        ]
    if len(said) > _MOST_IN_A_NOTE:
        lines.append(f"ほか{len(said) - _MOST_IN_A_NOTE}件は「点検結果」にあります。")
    return "\n".join(lines)
