"""What a person sees in the terminal: first what can be billed, then why not, then what to do."""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from zaitaku_xl.entry.columns import padded, side_by_side, wrapped
from zaitaku_xl.finding import RANK, WORDS, Finding, Verdict, Weight
from zaitaku_xl.jobs import Outcome
from zaitaku_xl.law import Limit
from zaitaku_xl.report import ClientResult, Report
from zaitaku_xl.rules import Rule
from zaitaku_xl.rules.differences import Differences
from zaitaku_xl.rules.explained import Explained
from zaitaku_xl.rules.questions import OpenQuestion

_COLOURS = {
    Weight.BLOCK: "red",
    Weight.UNDECIDED: "magenta",
    Weight.ADDITION: "dark_orange",
    Weight.FIX: "dark_orange",
    Weight.ADVISE: "yellow",
}
_MOST_FINDINGS = 60
DISCLAIMER = "最終判断は支給決定市町村・指定権者が行います。"
_STATUS = {"unreadable": "読めません", "not_a_log": "日報がありません", "failed": "点検できませんでした"}


def prepare() -> None:
    """Make output UTF-8 wherever it goes, and keep our log free of names: only where it failed, never on what."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(level=logging.CRITICAL + 1)


def say(text: str | Text = "") -> None:
    Console(highlight=False, soft_wrap=True).print(text, markup=False)


def problem(text: str) -> None:
    """Say on standard error what went wrong."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False, style="red")


@contextmanager
def progress(count: int) -> Iterator[Callable[[], None] | None]:
    """Show a bar from the second file on, on standard error."""
    if count < 2 or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("点検中"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count)
        yield lambda: bar.advance(task)


def outcomes(done: list[Outcome]) -> None:
    """Say what came of one file in full, of several in a line each and the sum."""
    for outcome in done:
        if outcome.report is None:
            problem(f"{outcome.path}: {outcome.reason}")
        elif len(done) == 1:
            _summary(outcome.report)
            _findings(outcome.report.findings)
        else:
            _line(outcome)
        for remark in outcome.remarks:
            problem(f"{outcome.path}: {remark}")
        if outcome.written:
            say(f"印を付けたブック: {outcome.written}")
    if len(done) > 1:
        _sum(done)
    say(Text(DISCLAIMER, style="dim"))


def _line(outcome: Outcome) -> None:
    assert outcome.report is not None
    say(f"{outcome.path}: {_counted(outcome.report.verdicts)}（{_weighed(outcome.report.weights)}）")


def _sum(done: list[Outcome]) -> None:
    verdicts: Counter[Verdict] = sum((o.report.verdicts for o in done if o.report), Counter())
    states = Counter(outcome.status for outcome in done)
    unread = "、".join(f"{words} {states[key]}件" for key, words in _STATUS.items() if states[key])
    say()
    say(f"{len(done)}件のうち、点検できたもの {states['judged']}件" + (f"、{unread}" if unread else ""))
    say(f"在宅の日: {_counted(verdicts)}")


def _counted(verdicts: Counter[Verdict]) -> str:
    home = sum(verdicts[v] for v in Verdict if v is not Verdict.NOT_HOME)
    if not home:
        return "在宅利用なし"
    parts = [f"{v.word} {verdicts[v]}日" for v in (Verdict.BILLABLE, Verdict.NOT_BILLABLE, Verdict.CHECK)]
    return f"在宅 {home}日 = " + "、".join(parts)


def _weighed(weights: Counter[Weight]) -> str:
    return "、".join(f"{WORDS[w]} {weights[w]}件" for w in Weight if weights[w]) or "指摘なし"


def _summary(report: Report) -> None:
    months = "・".join(f"{month.year}年{month.month}月" for month in report.months)
    say(Text(f"{months}の点検", style="bold"))
    say(f"　{_counted(report.verdicts)}")
    for client in report.clients:
        say(f"　　{padded(client.client, 14)} {_of_client(client)}")


def _of_client(client: ClientResult) -> str:
    if not client.home_days:
        return "在宅利用なし"
    words = f"在宅 {client.home_days:2}日  算定可 {client.billable:2}日"
    if client.not_billable:
        words += f"  算定不可 {client.not_billable}日"
    return words + (f"  要確認 {client.check}日" if client.check else "")


def _findings(findings: tuple[Finding, ...]) -> None:
    if not findings:
        say("指摘はありません。")
        return
    say()
    say(Text(f"指摘 {len(findings)}件（{_weighed(Counter(f.weight for f in findings))}）", style="bold"))
    for finding in sorted(findings, key=lambda f: RANK[f.weight])[:_MOST_FINDINGS]:
        where = f"{finding.sheet}!{finding.cell}" if finding.sheet else "ブック全体"
        head = Text(f"　{WORDS[finding.weight]} ", style=_COLOURS[finding.weight])
        head.append(f"{finding.rule} ", style="bold")
        head.append(" ".join(part for part in (where, finding.client, finding.when) if part), style="default")
        say(head)
        say(f"　　　{finding.message}")
        say(Text(f"　　　→ {finding.remedy}", style="dim"))
    if len(findings) > _MOST_FINDINGS:
        say(
            f"　ほか{len(findings) - _MOST_FINDINGS}件。--out DIR で印を付けたブックを作ると「点検結果」に全部並びます。"
        )


def demo(outcome: Outcome, folder: Path, forms: str) -> None:
    """Say what the demo found and what a clerk would do next."""
    if outcome.report is None:
        problem(str(outcome.reason))
        return
    _summary(outcome.report)
    _findings(outcome.report.findings)
    say()
    say(Text("次にすること", style="bold"))
    say(f"　1. 印を付けたブックを開く: {outcome.written}")
    say("　2. 色の付いたセルのメモを読み、記録で確かめて直す（赤は請求できない日、紫は確かめる日）")
    say(f"　3. 直したらもう一度点検する: zaitaku-xl check {folder / 'demo.xlsx'} --out 点検済み")
    say(f"　4. {forms}")
    say("　この見本の事業所と人はすべて架空です。")
    say(Text(DISCLAIMER, style="dim"))


def cleared(path: str, stayed: tuple[str, ...]) -> None:
    say(f"{path}: 点検の印を取り除きました。")
    for sentence in stayed:
        say(f"　{sentence}")


def explained(answer: Explained | OpenQuestion) -> None:
    """Explain one rule for people: what is asked, written where, since when, how to mend; or one open question."""
    say(Text(answer.heading, style="bold"))
    for label, text in answer.parts():
        say(f"　{label}: " + text.replace("\n", "\n　　"))


def rules(answers: tuple[Explained, ...], limits: tuple[Limit, ...]) -> None:
    """A line a rule: id, weight, title, clause, since; then what the town asks and no rule reads."""
    for answer in answers:
        rule = answer.rule
        say(f"{rule.id}  {padded(answer.weight, 8)}  {padded(rule.title, 26)}  {answer.where}".rstrip())
    if limits:
        say()
        say(Text("本文にあって、規則では確かめられないこと", style="bold"))
        for limit in limits:
            say(f"　・{limit.words}")


_SIDES = (22, 37, 37)
_WIDTH = sum(_SIDES) + 4  # of the table with its two gaps


def differences(found: Differences) -> None:
    """Two sides in columns; only what differs."""
    _table(("", *found.names), ((_called(row.rules), row.left, row.right) for row in found.asked))
    if not found.asked:
        say("求めの違いはありません。")
    if found.limits:
        say()
        say(Text("本文にあって、規則では確かめられないこと", style="bold"))
        _table(("", *found.names), ((_called(row.rules), row.left, row.right) for row in found.limits))
    if found.elsewhere:
        say()
        say("求めは同じで、書かれた文書だけが違う規則")
        for line in wrapped(" ".join(rule.id for rule in found.elsewhere), _WIDTH - 2):
            say(f"　{line.strip()}")


def _called(rules: Iterable[Rule]) -> str:
    return "\n".join(f"{rule.id} {rule.title}" for rule in rules) or "全体"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    for row in (head, *rows):
        for line in side_by_side(row, _SIDES):
            say(Text(line, style="bold" if row is head else ""))
        say("-" * _WIDTH)
