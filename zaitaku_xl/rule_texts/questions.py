"""One open question in full: how it is read, how else it may be, how to set that, and which town has answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from zaitaku_xl.law import Answer, Law, Question
from zaitaku_xl.ruling.rule import Rule

_HOW = (
    "設定のシートに、項目「{id}」、値「{word}」の行を足します（事業所ごと）。市町村から回答を得たら、その市町村の本文に "
    '[[reading]] として choice = "{key}" と回答した課・回答の日・出典を書きます。市町村の回答、設定、既定の順に優先します。'
)
_FIXED = "この版では、ほかの読み方を選べません。"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question with the rules that rest on it and the towns that have answered it."""

    question: Question
    rules: tuple[Rule, ...]
    answers: tuple[tuple[str, Answer], ...]  # name of the town, what it said

    @property
    def heading(self) -> str:
        return f"{self.question.id} {self.question.topic}"

    @property
    def choices(self) -> str:
        """What may be chosen, the default first."""
        rest = "・".join(choice.word for choice in self.question.choices[1:])
        return f"{self.question.default.word}（既定）・{rest}" if rest else f"{self.question.default.word}（既定のみ）"

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield label and text, in reading order; a text may have several lines."""
        question, others = self.question, self.question.choices[1:]
        yield "問い", question.question
        yield "既定の読み方", f"「{question.default.word}」（{question.default.key}） {question.default.says}"
        yield "ほかの読み方", "\n".join(f"「{c.word}」（{c.key}） {c.says}" for c in others) or _FIXED
        if others:
            yield "選び方", _HOW.format(id=question.id, word=others[0].word, key=others[0].key)
        yield "回答した市町村", "\n".join(_said(question, *answer) for answer in self.answers) or "まだありません。"
        if self.rules:
            yield "関わる規則", "、".join(f"{rule.id} {rule.title}" for rule in self.rules)
        yield "出典", "、".join(question.sources)


def _said(question: Question, town: str, answer: Answer) -> str:
    choice = question.choice(answer.choice)
    word = choice.word if choice else answer.choice
    return f"{town}: 「{word}」（{answered(answer)}、{answer.source.document} {answer.source.clause}）"


def answered(answer: Answer) -> str:
    """Say who answered and when."""
    return f"{answer.answered_by}の回答 {answer.answered_on:%Y-%m-%d}"


def open_question(question: Question, rules: tuple[Rule, ...], law: Law, town: str | None = None) -> OpenQuestion:
    """Explain one question, with the answers of one town or of all."""
    resting = tuple(rule for rule in rules if question.id in rule.questions)
    towns = law.towns.values() if town is None else (law.towns[town],)
    said = tuple((each.name, answer) for each in towns for answer in each.answers if answer.reading == question.id)
    return OpenQuestion(question, resting, said)
