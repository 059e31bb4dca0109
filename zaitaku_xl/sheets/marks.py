"""A report as marks: which cells are coloured, in which colour, and what their notes say."""

from collections.abc import Iterator

from zaitaku_xl.finding import COLOURS, RANK, WORDS, Finding, Verdict, Weight
from zaitaku_xl.made import OURS, Mark
from zaitaku_xl.report import DayResult, Report

PREFIX = OURS
_OF_A_DAY = {Verdict.NOT_BILLABLE: Weight.BLOCK, Verdict.CHECK: Weight.UNDECIDED}
_REASONS = (Weight.BLOCK, Weight.UNDECIDED)
_MOST_IN_A_NOTE = 6  # more than fits under a cell goes to the result sheet

Place = tuple[str, int, int]


def marks(report: Report) -> tuple[Mark, ...]:
    """Return one mark a cell: the cell of each finding and the 日付 of each home day that is not 算定可."""
    findings: dict[Place, list[Finding]] = {}
    for finding in report.findings:
        if finding.sheet:
            findings.setdefault((finding.sheet, finding.row, finding.column), []).append(finding)
    days = {(day.sheet, day.row, day.column): day for day in report.days if day.verdict in _OF_A_DAY}
    words = _Words()
    return tuple(
        _mark(place, findings.get(place, []), days.get(place), words) for place in sorted(findings.keys() | days.keys())
    )


class _Words(dict[int, str]):
    """What a note says of a finding, which stands at its own cell and at that of its day."""

    def of(self, finding: Finding) -> str:
        if id(finding) not in self:
            source = finding.clause.source
            self[id(finding)] = (
                f"■{finding.rule}（{WORDS[finding.weight]}）{finding.message}\n"
                f"直し方: {finding.remedy}\n根拠: {source.document} {source.clause}"
            )
        return self[id(finding)]


def _mark(place: Place, findings: list[Finding], day: DayResult | None, words: _Words) -> Mark:
    said = [*findings, *_reasons(day, findings)] if day else findings
    if len(said) > 1:
        said = sorted(said, key=_rank)
    weights = [finding.weight for finding in findings]
    if day:
        weights.append(_OF_A_DAY[day.verdict])
    heaviest = min(weights, key=RANK.__getitem__) if len(weights) > 1 else weights[0]
    return Mark(*place, said[0].rule if said else "P01", COLOURS[heaviest], _note(said, day, words))


def _rank(finding: Finding) -> int:
    return RANK[finding.weight]


def _reasons(day: DayResult, findings: list[Finding]) -> Iterator[Finding]:
    """The findings that make the day what it is; a lighter word on the same day stands at its own cell."""
    here = {id(finding) for finding in findings}
    for finding in day.findings:
        if finding.weight in _REASONS and id(finding) not in here:
            yield finding


def _note(said: list[Finding], day: DayResult | None, words: _Words) -> str:
    lines = [f"{PREFIX}{' '.join(dict.fromkeys([finding.rule for finding in said]))}"]
    if day:
        lines[0] += f" この日は{day.verdict.word}です"
    lines += map(words.of, said[:_MOST_IN_A_NOTE])
    if len(said) > _MOST_IN_A_NOTE:
        lines.append(f"ほか{len(said) - _MOST_IN_A_NOTE}件は「点検結果」にあります。")
    return "\n".join(lines)
