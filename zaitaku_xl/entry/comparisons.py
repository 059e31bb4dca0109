"""What a person sees of a month judged otherwise: under other readings, or under a draft notice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from rich.text import Text

from zaitaku_xl.entry.columns import pad
from zaitaku_xl.entry.screen import say
from zaitaku_xl.finding import WORDS, Weight
from zaitaku_xl.law import Question, Town, load_questions
from zaitaku_xl.report import ChangedDay, Changes
from zaitaku_xl.results.plain import Result
from zaitaku_xl.rule_texts.questions import OpenQuestion
from zaitaku_xl.rules import RULES

_IN_FULL = 5  # files whose changed days are listed one by one
ChangedFiles = Sequence[tuple[str, Changes]]  # file, what would change in it


def tell_questions(answers: Iterable[OpenQuestion]) -> None:
    """A line an open question: number, topic, what may be chosen, which town has answered."""
    for answer in answers:
        towns = "、".join(dict.fromkeys(name for name, _ in answer.answers))
        said = f"　回答 {towns}" if towns else ""
        say(f"{pad(answer.question.id, 5)} {pad(answer.question.topic, 34)} {answer.choices}{said}")


def tell_other_readings(results: Iterable[Result], files: int) -> None:
    """Say for each other reading which days it would change; of many files how many days in each."""
    by_reading = _by_reading(results)
    unchanging: list[str] = []
    say()
    say(Text("別の解釈で点検した場合（今の解釈との違い）", style="bold"))
    for (id, key), files_changed in by_reading.items():
        name = _named(load_questions()[id], key)
        days = sum(len(changes.days) for _, changes in files_changed)
        if days:
            say(
                f"　{name}: {days}日の判定が変わります" + (f"（{len(files_changed)}件のファイル）" if files > 1 else "")
            )
            _days(files_changed, files)
        else:
            unchanging.append(name)
    if unchanging:
        say("　判定の変わらない解釈")
        for name in unchanging:
            say(f"　　{name}")
    total = len(set(chain.from_iterable(map(_days_of, by_reading.values()))))
    say(f"　解釈によって判定の変わる日は、合わせて{total}日です。")


def _by_reading(results: Iterable[Result]) -> dict[tuple[str, str], list[tuple[str, Changes]]]:
    """Every reading that was tried, by question and choice, with the files in which it changes a day."""
    by_reading: dict[tuple[str, str], list[tuple[str, Changes]]] = {}
    for result in results:
        for other in result.other_readings:
            files_changed = by_reading.setdefault((other.question, other.choice), [])
            if other.changes.days:
                files_changed.append((result.path, other.changes))
    return by_reading


def _days_of(files_changed: ChangedFiles) -> Iterator[tuple[str, str, date]]:
    for path, changes in files_changed:
        for day in changes.days:
            yield path, day.client, day.day


def tell_trial(results: Iterable[Result], town: Town, files: int) -> None:
    """Say what a draft notice would change: by verdict, by rule, day by day or, of many files, by file. Nothing is marked."""
    trials = [(result.path, result.trial) for result in results if result.trial]
    files_changed = [(path, trial.changes) for path, trial in trials]
    clients = sum(trial.clients for _, trial in trials)
    say()
    say(Text(f"{town.name}の下書きで点検した場合（適用日にかかわらず、今の定めとの違い）", style="bold"))
    if not clients:
        say(f"　{town.name}の人がいないため、比べるものがありません。")
        return
    days = [day for _, changes in files_changed for day in changes.days]
    say(f"　{town.name}の人 {clients}人。判定の変わる日 {len(days)}日")
    for words in _by_verdict(days).split("、") if days else ():
        say(f"　　{words}")
    _rules(changes for _, changes in files_changed)
    if days:
        say("　変わる日")
        _days(files_changed, files)


def _rules(all_changes: Iterable[Changes]) -> None:
    before: dict[str, Counter[Weight]] = {}
    after: dict[str, Counter[Weight]] = {}
    for changes in all_changes:
        for id, (was, now) in changes.rules.items():
            before[id] = before.get(id, Counter()) + was
            after[id] = after.get(id, Counter()) + now
    changed = [rule for rule in RULES if rule.id in before or rule.id in after]
    say("　点検項目ごとの件数" if changed else "　件数の変わる点検項目はありません。")
    for rule in changed:
        say(f"　　{rule.id} {pad(rule.title, 26)} {_counted(before[rule.id])} → {_counted(after[rule.id])}")


def _counted(weights: Counter[Weight]) -> str:
    return "、".join(f"{WORDS[weight]} {weights[weight]}件" for weight in Weight if weights[weight]) or "なし"


def _days(files_changed: ChangedFiles, files: int) -> None:
    for path, changes in files_changed:
        if files > _IN_FULL:
            if changes.days:
                say(f"　　{path}: {len(changes.days)}日（{_by_verdict(changes.days)}）")
            continue
        if files > 1 and changes.days:
            say(f"　　{path}")
        for day in changes.days:
            say(f"　　　{_day(day)}")


def _by_verdict(days: Sequence[ChangedDay]) -> str:
    counts = Counter((day.before, day.after) for day in days).most_common()
    return "、".join(f"{before.word} → {after.word}  {count}日" for (before, after), count in counts)


def _day(day: ChangedDay) -> str:
    rules = f"（{' '.join(day.rules)}）" if day.rules else ""
    return f"{pad(day.client, 14)} {day.day.isoformat()}  {day.before.word} → {day.after.word}{rules}"


def _named(question: Question, key: str) -> str:
    choice = question.choice(key)
    return f"{question.id} {question.topic} 「{choice.word if choice else key}」"
