"""One rule in full, for a town and a day: command line, formulas and rule book all say these words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.finding import WORDS, Weight
from zaitaku_xl.law import ANYWHERE, Answer, Clause, Law, Limit, Local, load_questions
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.model import Service
from zaitaku_xl.rule_texts.questions import answered
from zaitaku_xl.ruling.rule import Rule

NATION = "国の通知"
_ORIGINS = {"national": "国", "national_2015": "ハンドブック", "house": "在宅点検の目安"}  # else a town
WEIGHT = "区分"


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule, the clause behind it, and what the texts ask beside it that no rule reads."""

    rule: Rule
    clause: Clause | None  # None where nothing is asked
    town: str | None  # its name; None: national
    limits: tuple[Limit, ...] = ()
    answers: tuple[Answer, ...] = ()  # of the town, to open questions
    local: Local = ANYWHERE

    @property
    def heading(self) -> str:
        return f"{self.rule.id} {self.rule.title}"

    @property
    def weight(self) -> str:
        return WORDS[Weight(self.clause.weight)] if self.clause else "定めなし"

    @property
    def where(self) -> str:
        """Whose words, which clause, since when; empty where nothing is asked."""
        if self.clause is None:
            return ""
        origin = _ORIGINS.get(self.clause.text, self.town) if self.clause.source.verified else "根拠の条文は未確認"
        return f"{origin} {self.clause.source.clause}、{japanese_day(self.clause.since)}から"

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield label and text, in reading order; a text may have several lines."""
        rule = self.rule
        yield "求めていること", rule.asks
        silent = f"（{self.town or NATION}では、この日には定めがありません）"
        yield WEIGHT, self.weight + ("" if self.clause else silent)
        if self.clause:
            yield from _source(self.clause)
        yield "点検のしかた", rule.reading
        if rule.questions:
            yield "解釈の分かれる点", "\n".join(self._read(id) for id in rule.questions)
        yield "点検していないこと", "\n".join((rule.limits, *(limit.words for limit in self.limits)))
        yield "そろっている例", rule.passes
        yield "見直しになる例", rule.fails
        yield "対応", "\n".join(self._remedies())

    def _remedies(self) -> Iterator[str]:
        """The remedy under the weight of the clause, and those where a finding is lighter."""
        rule = self.rule
        first = rule.remedy_under(Weight(self.clause.weight)) if self.clause else rule.remedy
        yield self.local.filled(first)
        for weight, remedy in ((Weight.UNDECIDED, rule.when_open), (Weight.ADVISE, rule.when_advised)):
            if remedy and remedy != first:
                yield f"{WORDS[weight]}のとき：{self.local.filled(remedy)}"

    def _read(self, id: str) -> str:
        """One open question in a line: how it is read here, and by whose word."""
        question = load_questions()[id]
        answer = next((each for each in self.answers if each.reading == id), None)
        choice = (question.choice(answer.choice) if answer else None) or question.default
        return (
            f"{id} {question.topic}：{choice.says}（{f'{self.town} {answered(answer)}' if answer else 'ふだんの解釈'}）"
        )


def _source(clause: Clause) -> Iterator[tuple[str, str]]:
    source = clause.source
    if clause.services:
        yield "対象のサービス", "、".join(sorted(clause.services))
    yield "通知の要旨", source.gist
    compared = f"。{source.compared}" if source.compared else ""
    yield "根拠", f"{source.document} {source.clause}（{japanese_day(clause.since)}から{compared}）"
    if source.note:
        yield "注意", f"{source.note}。"
    if source.url:
        yield "掲載先", source.url


def explained(rule: Rule, law: Law, town: str | None, day: date) -> Explained:
    """Explain one rule. What only one service is asked is shown with that service's name."""
    asked = (law.on(town, service, day).get(rule.clause) for service in (None, *Service))
    clause = next((answer for answer in asked if answer is not None and answer.asked is not False), None)
    limits = tuple(limit for limit in law.limits(town, day) if limit.requirement == rule.clause)
    if town is None:
        return Explained(rule=rule, clause=clause, town=None, limits=limits)
    its = law.towns[town]
    return Explained(rule=rule, clause=clause, town=its.name, limits=limits, answers=its.answers, local=its.local)
