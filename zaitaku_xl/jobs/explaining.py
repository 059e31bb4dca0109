"""What is asked, for people: one rule, all of them, the open questions, two sides beside each other."""

from datetime import date

from zaitaku_xl.book.values import folded
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.jobs.typed import day_of, town_id
from zaitaku_xl.law import Limit, load_law, load_questions
from zaitaku_xl.law.readings import reading_id
from zaitaku_xl.rule_texts.differences import Differences, Side, differences
from zaitaku_xl.rule_texts.explained import Explained, explained
from zaitaku_xl.rule_texts.questions import OpenQuestion, open_question
from zaitaku_xl.rules import RULES, Rule


def explain_question(typed: str, town: str | None) -> OpenQuestion | None:
    """Explain an open question; None for what is no number of one. Raises WrongUse for a number that does not exist."""
    number = reading_id(typed)
    if number is None:
        return None
    question = load_questions().get(number)
    if question is None:
        known = " ".join(load_questions())
        raise WrongUse(f"解釈「{number}」は解釈の一覧にありません。次のどれかを指定してください：{known}")
    return open_question(question, RULES, load_law(), town)


def open_questions(town: str | None) -> tuple[OpenQuestion, ...]:
    """Explain every open question in the order of their numbers."""
    return tuple(open_question(question, RULES, load_law(), town) for question in load_questions().values())


def explain(rule_id: str, town: str | None, day: date) -> Explained:
    """Explain one rule, named by its number or by a word that one alone has; raises WrongUse for any other word."""
    wanted = folded(rule_id).upper()
    named = [rule for rule in RULES if rule.id == wanted] or _near(wanted)
    if len(named) != 1:
        raise WrongUse(_which(rule_id, named))
    return explained(named[0], load_law(), town, day)


def _near(word: str) -> list[Rule]:
    """Return the rules that a word stands in: in the title, else in what they ask."""
    if not word:
        return []
    titled = [rule for rule in RULES if word in folded(rule.title).upper()]
    return titled or [rule for rule in RULES if word in folded(rule.asks + rule.reading).upper()]


def _which(typed: str, near: list[Rule]) -> str:
    if not near:
        return f"「{typed}」という点検項目はありません。番号を指定してください：{' '.join(rule.id for rule in RULES)}"
    listed = "、".join(f"{rule.id} {rule.title}" for rule in near)
    return f"「{typed}」に近い点検項目：{listed}。番号で指定してください（例 explain {near[0].id}）。"


def explain_all(town: str | None, day: date) -> tuple[Explained, ...]:
    """Explain every rule in reading order."""
    law = load_law()
    return tuple(explained(rule, law, town, day) for rule in RULES)


def limits(town: str | None, day: date) -> tuple[Limit, ...]:
    """Return what the texts ask and no rule reads, the town's own first."""
    return load_law().limits(town, day)


def compare(town: str | None, day: date, other: str) -> Differences:
    """Set a town and a day beside another town (on that day) or another day (in that town)."""
    try:
        against = Side(town, day_of(other))
    except WrongUse:
        against = Side(town_id(other), day)
    return differences(RULES, load_law(), Side(town, day), against)
