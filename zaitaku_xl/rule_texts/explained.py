"""One rule in full, for a town and a day: command line, formulas and rule book all say these words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.finding import WORDS, Weight
from zaitaku_xl.law import Answer, Clause, Law, Limit, load_questions
from zaitaku_xl.model import Service
from zaitaku_xl.rule_texts.questions import answered
from zaitaku_xl.ruling.rule import Rule

NATION = "全国の本文"
_ORIGINS = {"national": "全国", "national_2015": "ハンドブック", "house": "当方の基準"}  # else a town
WEIGHT = "重さ"


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule, the clause behind it, and what the texts ask beside it that no rule reads."""

    rule: Rule
    clause: Clause | None  # None where nothing is asked
    town: str | None  # its name; None: national
    limits: tuple[Limit, ...] = ()
    answers: tuple[Answer, ...] = ()  # of the town, to open questions

    @property
    def heading(self) -> str:
        return f"{self.rule.id} {self.rule.title}"

    @property
    def weight(self) -> str:
        return WORDS[Weight(self.clause.weight)] if self.clause else "求めなし"

    @property
    def where(self) -> str:
        """Whose words, which clause, since when; empty where nothing is asked."""
        if self.clause is None:
            return ""
        origin = _ORIGINS.get(self.clause.text, self.town) if self.clause.source.verified else "根拠未確認"
        return f"{origin} {self.clause.source.clause}、{self.clause.since:%Y-%m-%d}から"

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield label and text, in reading order; a text may have several lines."""
        rule = self.rule
        yield "求められること", rule.asks
        silent = f"（{self.town or NATION}では、この日には求められていません）"
        yield WEIGHT, self.weight + ("" if self.clause else silent)
        if self.clause:
            yield from _source(self.clause)
        yield "読み方", rule.reading
        if rule.questions:
            yield "読み方の分かれる点", "\n".join(self._read(id) for id in rule.questions)
        yield "点検しないこと", "\n".join((rule.limits, *(limit.words for limit in self.limits)))
        yield "通る例", rule.passes
        yield "指摘される例", rule.fails
        yield "直し方", rule.remedy

    def _read(self, id: str) -> str:
        """One open question in a line: how it is read here, and by whose word."""
        question = load_questions()[id]
        answer = next((each for each in self.answers if each.reading == id), None)
        choice = (question.choice(answer.choice) if answer else None) or question.default
        return f"{id} {question.topic}: {choice.says}（{f'{self.town} {answered(answer)}' if answer else '既定'}）"


def _source(clause: Clause) -> Iterator[tuple[str, str]]:
    source = clause.source
    if clause.services:
        yield "対象のサービス", "、".join(sorted(clause.services))
    yield "本文（要旨）", source.gist
    compared = f"。{source.seen_on:%Y-%m-%d}に照合" if source.seen_on else ""
    yield "根拠", f"{source.document} {source.clause}（{clause.since:%Y-%m-%d}から{compared}）"
    if source.note:
        yield "照合の注", source.note
    if source.url:
        yield "所在", source.url


def explained(rule: Rule, law: Law, town: str | None, day: date) -> Explained:
    """Explain one rule. What only one service is asked is shown with that service's name."""
    asked = (law.on(town, service, day).get(rule.clause) for service in (None, *Service))
    clause = next((answer for answer in asked if answer is not None and answer.asked is not False), None)
    limits = tuple(limit for limit in law.limits(town, day) if limit.requirement == rule.clause)
    answers = law.towns[town].answers if town else ()
    return Explained(
        rule=rule, clause=clause, town=law.towns[town].name if town else None, limits=limits, answers=answers
    )
