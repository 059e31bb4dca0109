"""Results added up: by office and month, by rule, and what was not judged. Nothing here grows with the findings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zaitaku_xl.finding import Verdict, Weight
from zaitaku_xl.report import NOT_JUDGED, Status
from zaitaku_xl.results.plain import OfficeFacts, Result
from zaitaku_xl.rules import RULES

TITLES = {rule.id: rule.title for rule in RULES}
HOME = (Verdict.BILLABLE, Verdict.NOT_BILLABLE, Verdict.CHECK, Verdict.PENDING)


@dataclass(slots=True)
class Sum:
    """Files, days and findings of an office and month, or of all."""

    files: int = 0
    clients: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    weights: Counter[Weight] = field(default_factory=Counter)
    unpriced: int = 0  # days not billable or to check where no 一日単価 is given
    lost: float = 0.0  # yen of the days that cannot be billed
    open: float = 0.0  # yen of the days that are to be checked

    @property
    def home(self) -> int:
        return sum(self.verdicts[verdict] for verdict in HOME)

    def add(self, result: Result) -> None:
        verdicts, price = result.verdicts, result.office.unit_price
        self.files += 1
        self.clients += len(result.clients)
        self.verdicts.update(verdicts)
        self.weights.update(result.weights)
        if price is None:
            self.unpriced += verdicts[Verdict.NOT_BILLABLE] + verdicts[Verdict.CHECK]
        else:
            self.lost += price * verdicts[Verdict.NOT_BILLABLE]
            self.open += price * verdicts[Verdict.CHECK]


@dataclass(slots=True)
class OfficeSum:
    """One office's month."""

    facts: OfficeFacts
    month: str
    sum: Sum = field(default_factory=Sum)


@dataclass(slots=True)
class RuleSum:
    """What one rule found."""

    rule: str
    weights: Counter[Weight] = field(default_factory=Counter)
    files: int = 0

    @property
    def title(self) -> str:
        return TITLES.get(self.rule, "")

    @property
    def count(self) -> int:
        return sum(self.weights.values())


@dataclass(slots=True)
class Totals:
    """All files of a run."""

    states: Counter[Status] = field(default_factory=Counter)
    unwritten: int = 0
    doubled: int = 0  # files of which nothing counts
    all: Sum = field(default_factory=Sum)
    _offices: dict[tuple[str, str], OfficeSum] = field(default_factory=dict)
    _rules: dict[str, RuleSum] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        self.states[result.status] += 1
        self.unwritten += result.unwritten
        if not result.judged:
            return
        if not result.counted:
            self.doubled += 1
            return
        self.all.add(result)
        month = "・".join(result.months)
        key = result.office.number or result.office.name, month
        self._offices.setdefault(key, OfficeSum(result.office, month)).sum.add(result)
        for rule, weight, count in result.rule_counts:
            self._rules.setdefault(rule, RuleSum(rule)).weights[Weight(weight)] += count
        for rule in {rule for rule, _, _ in result.rule_counts}:
            self._rules[rule].files += 1

    @property
    def files(self) -> int:
        return self.states.total()

    @property
    def offices(self) -> list[OfficeSum]:
        """The worst first; equal ones by number and month."""
        return sorted(self._offices.values(), key=lambda each: (*_badness(each.sum), each.facts.number, each.month))

    @property
    def rules(self) -> list[RuleSum]:
        """Those that block most first; equal ones by their number."""
        return sorted(self._rules.values(), key=_rule_badness)

    def not_judged(self) -> Iterator[tuple[str, int]]:
        return ((status.word, self.states[status]) for status in NOT_JUDGED if self.states[status])


def totals_of(results: Iterable[Result]) -> Totals:
    totals = Totals()
    for result in results:
        totals.add(result)
    return totals


def _rule_badness(each: RuleSum) -> tuple[int, int, str]:
    return -each.weights[Weight.BLOCK], -each.count, each.rule


def _badness(each: Sum) -> tuple[int, int, int]:
    return -each.verdicts[Verdict.NOT_BILLABLE], -each.verdicts[Verdict.CHECK], -each.weights.total()
