"""A report as marks: which cells are coloured, in which colour, and what their notes say."""

from collections.abc import Iterable, Iterator, Sequence

from zaitaku_xl.finding import COLOURS, RANK, WORDS, Finding, Verdict, Weight
from zaitaku_xl.made import LIST, OURS, Mark
from zaitaku_xl.measure import lines
from zaitaku_xl.report import DayResult, Report
from zaitaku_xl.rules import RULES

PREFIX = OURS
_OF_A_DAY = {Verdict.NOT_BILLABLE: Weight.BLOCK, Verdict.CHECK: Weight.UNDECIDED, Verdict.PENDING: Weight.DUE}
_REASONS = (Weight.BLOCK, Weight.UNDECIDED, Weight.DUE)
_TITLES = {rule.id: rule.title for rule in RULES}
_ROOM = 12  # lines of a note; what has none is named, and told on the result sheet
_HALVES = 44  # of a line
_MOST_NUMBERS = 8

Place = tuple[str, int, int]


def marks(report: Report, listed_in: str = LIST) -> tuple[Mark, ...]:
    """Return one mark a cell: the cell of each finding and the 日付 of each home day that is not 算定可.

    An advice that the office ticked has none. *listed_in* is the sheet on which the notes say more is to be found.
    """
    findings: dict[Place, list[Finding]] = {}
    for finding in report.findings:
        if finding.sheet and not report.acknowledged(finding):
            findings.setdefault((finding.sheet, finding.row, finding.column), []).append(finding)
    days = {(day.sheet, day.row, day.column): day for day in report.days if day.verdict in _OF_A_DAY}
    words = _Words(report.findings, listed_in)
    return tuple(
        _mark(place, findings.get(place, []), days.get(place), words) for place in sorted(findings.keys() | days.keys())
    )


class _Words:
    """What a note says of a finding: in full at its own cell, else by its title and its number on the result sheet."""

    def __init__(self, findings: Sequence[Finding], listed_in: str) -> None:
        self._listed_in = listed_in
        self._numbers = {id(finding): number for number, finding in enumerate(findings, 1)}

    def of(self, finding: Finding) -> str:
        source = finding.clause.source
        return (
            f"■{finding.rule}（{WORDS[finding.weight]}）{finding.message}\n"
            f"直し方: {finding.remedy}\n根拠: {source.cited}"
        )

    def titles(self, findings: Sequence[Finding]) -> Iterator[str]:
        yield from dict.fromkeys(
            f"■{each.rule}（{WORDS[each.weight]}）{_TITLES.get(each.rule, '')}" for each in findings
        )
        if findings:
            yield f"詳しくは{self._listed_in} No.{_listed([self._numbers[id(each)] for each in findings])}"


def _listed(numbers: Sequence[int]) -> str:
    more = f" ほか{len(numbers) - _MOST_NUMBERS}件" if len(numbers) > _MOST_NUMBERS else ""
    return "・".join(map(str, numbers[:_MOST_NUMBERS])) + more


def _mark(place: Place, findings: list[Finding], day: DayResult | None, words: _Words) -> Mark:
    said = [*findings, *_reasons(day, findings)] if day else findings
    if len(said) > 1:
        said = sorted(said, key=_rank)
    weights = [finding.weight for finding in findings]
    if day:
        weights.append(_OF_A_DAY[day.verdict])
    heaviest = min(weights, key=RANK.__getitem__) if len(weights) > 1 else weights[0]
    return Mark(*place, said[0].rule if said else "P01", COLOURS[heaviest], _note(said, findings, day, words))


def _rank(finding: Finding) -> int:
    return RANK[finding.weight]


def _reasons(day: DayResult, findings: list[Finding]) -> Iterator[Finding]:
    """The findings that make the day what it is; a lighter word on the same day stands at its own cell."""
    here = {id(finding) for finding in findings}
    for finding in day.findings:
        if finding.weight in _REASONS and id(finding) not in here:
            yield finding


def _note(said: Sequence[Finding], here: Iterable[Finding], day: DayResult | None, words: _Words) -> str:
    """Say in full what stands here, the heaviest at any length; name what has no room, and what stands at another cell."""
    head = f"{PREFIX}{' '.join(dict.fromkeys([finding.rule for finding in said]))}"
    if day:
        head += f" この日は{day.verdict.word}です"
    own = {id(finding) for finding in here}
    in_full: dict[str, None] = {}
    named = []
    room = _ROOM
    for finding in said:
        text = words.of(finding)
        needed = lines(text, _HALVES)
        if id(finding) in own and (not in_full or needed <= room):
            in_full[text] = None
            room -= needed
        else:
            named.append(finding)
    return "\n".join((head, *in_full, *words.titles(named)))
