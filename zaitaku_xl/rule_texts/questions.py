"""One open question in full: how it is read, how else it may be, how to set that, and which town has answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from zaitaku_xl.law import Answer, Law, Question
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.ruling.rule import Rule

_HOW = (
    "設定のシートに、項目「{id}」、値「{word}」の行を足すと、この事業所だけ変わります。"
    "市町村から回答をもらったら、課名・日付・回答を控え、在宅点検を管理する人に渡してください。"
    "市町村の回答、設定、ふだんの解釈の順に優先します。"
)
_FIXED = "この版では、ほかの解釈を選べません。"


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
        return (
            f"{self.question.default.word}（ふだん）・{rest}" if rest else f"{self.question.default.word}（選択肢なし）"
        )

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield label and text, in reading order; a text may have several lines."""
        question, others = self.question, self.question.choices[1:]
        yield "問い", question.question
        yield "ふだんの解釈", f"「{question.default.word}」　{question.default.says}"
        yield "ほかの解釈", "\n".join(f"「{c.word}」　{c.says}" for c in others) or _FIXED
        if others:
            yield "変え方", _HOW.format(id=question.id, word=others[0].word)
        yield "回答のあった市町村", "\n".join(_said(question, *answer) for answer in self.answers) or "まだありません。"
        if self.rules:
            yield "かかわる点検項目", "、".join(f"{rule.id} {rule.title}" for rule in self.rules)
        yield "出典", "、".join(question.sources)


def _said(question: Question, town: str, answer: Answer) -> str:
    choice = question.choice(answer.choice)
    word = choice.word if choice else answer.choice
    return f"{town}：「{word}」（{answered(answer)}、{answer.source.document} {answer.source.clause}）"


def answered(answer: Answer) -> str:
    """Say who answered and when."""
    return f"{answer.answered_by}の回答 {japanese_day(answer.answered_on)}"


def open_question(question: Question, rules: tuple[Rule, ...], law: Law, town: str | None = None) -> OpenQuestion:
    """Explain one question, with the answers of one town or of all."""
    resting = tuple(rule for rule in rules if question.id in rule.questions)
    towns = law.towns.values() if town is None else (law.towns[town],)
    said = tuple((each.name, answer) for each in towns for answer in each.answers if answer.reading == question.id)
    return OpenQuestion(question, resting, said)
