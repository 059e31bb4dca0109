"""見直し未了: what a form says of the check. Days that may not be billed are neither dropped nor silently included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.finding import Finding, Weight
from zaitaku_xl.forms.facts import ClientFacts, MonthFacts, OfficeFacts
from zaitaku_xl.made import OURS, UNFINISHED
from zaitaku_xl.report import NOTHING

DISCLAIMER = "最終判断は支給決定市町村・指定権者"
FIRST_LINE = f"{OURS}記録から作成した様式です。{DISCLAIMER}が行います。"


@dataclass(frozen=True, slots=True)
class Standing:
    """One line for the head of a form; ``unfinished`` while a block ``remains`` and nobody has given a reason."""

    words: str
    unfinished: bool
    remains: bool = False


def standing(facts: OfficeFacts | ClientFacts | MonthFacts) -> Standing:
    """Say whether a block remains in what the form covers, and which days and rules are meant."""
    whole = facts if isinstance(facts, OfficeFacts) else facts.whole
    blocks = [finding for finding in facts.findings if finding.weight in (Weight.BLOCK, Weight.ADDITION)]
    open_questions = [finding for finding in facts.findings if finding.weight is Weight.UNDECIDED]
    if not blocks and open_questions and _has_days(facts):
        words = (
            f"点検：要確認が{len(open_questions)}件あります（{_rules(open_questions)}）。確かめるまで請求を控えます。"
        )
        return Standing(words, False)
    if not blocks:
        return Standing("点検：請求を止める箇所は見つかりませんでした。" if _has_days(facts) else NOTHING, False)
    said = _in_detail(facts, blocks, open_questions) if isinstance(facts, MonthFacts) else _counted(blocks)
    if whole.override:
        return Standing(f"見直しを残して作成（理由：{whole.override}）　{said}", False, remains=True)
    return Standing(f"{UNFINISHED}　{said}", True, remains=True)


def _has_days(facts: OfficeFacts | ClientFacts | MonthFacts) -> bool:
    """Tell whether a day was judged of what the form covers: of nothing it is not said that nothing was found."""
    if isinstance(facts, MonthFacts):
        return any(day.result for day in facts.days)
    return bool(facts.report.days if isinstance(facts, OfficeFacts) else facts.judged.days)


def _in_detail(facts: MonthFacts, blocks: Sequence[Finding], undecided: Sequence[Finding]) -> str:
    parts = [
        ("請求できないおそれのある在宅の日：", [f for f in blocks if f.weight is Weight.BLOCK]),
        ("加算できないおそれのある記録：", [f for f in blocks if f.weight is Weight.ADDITION]),
        ("要確認：", undecided),
    ]
    return "　".join(
        f"{words}{_days(facts, found) or f'{len(found)}件'}（{_rules(found)}）" for words, found in parts if found
    )


def _days(facts: MonthFacts, found: Iterable[Finding]) -> str:
    name = facts.person.name
    touched: set[date] = set()
    for finding in found:
        touched |= {day for client, day in finding.touches if client == name}
        touched |= {finding.day} if finding.day else set()
    days = sorted(day.day for day in touched if day in facts.month)
    return "・".join(f"{day}日" for day in days)


def _rules(found: Iterable[Finding]) -> str:
    return "・".join(sorted({finding.rule for finding in found}))


def _counted(blocks: Sequence[Finding]) -> str:
    return f"請求または加算を止める箇所が{len(blocks)}件あります（{_rules(blocks)}）。"
