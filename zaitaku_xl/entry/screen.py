"""What a person sees in the terminal: first what can be billed, then why not, then what to do."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.text import Text

from zaitaku_xl.entry.columns import pad, side_by_side, wrap
from zaitaku_xl.law import Limit
from zaitaku_xl.rule_texts.differences import Differences
from zaitaku_xl.rule_texts.explained import Explained
from zaitaku_xl.rule_texts.questions import OpenQuestion
from zaitaku_xl.rules import Rule
from zaitaku_xl.visible import visible

DISCLAIMER = "最終判断は支給決定市町村・指定権者が行います。"


def prepare() -> None:
    """Make output UTF-8 wherever it goes, and keep our log free of names: only where it failed, never on what."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(level=logging.CRITICAL + 1)


def say(text: str | Text = "") -> None:
    """Say a line; nothing in it can end the line, move the cursor or turn the direction."""
    text = _harmless(text)
    if sys.stdout.isatty():
        Console(highlight=False, soft_wrap=True).print(text, markup=False)
    else:
        print(text)  # nobody sees a colour: a file or a pipe gets a thousand lines in no time


def standard_output() -> BinaryIO:
    """Where bytes go that a program reads."""
    return sys.stdout.buffer


def problem(text: str) -> None:
    """Say on standard error what went wrong."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(visible(text), markup=False, style="red")


def _harmless(text: str | Text) -> str | Text:
    if isinstance(text, str):
        return visible(text)
    shown = visible(text.plain)
    return text if shown == text.plain else Text(shown, style=text.style)


@contextmanager
def progress(count: int) -> Iterator[Callable[[], None] | None]:
    """Show a bar from the second file on, on standard error."""
    if count < 2 or not sys.stderr.isatty():
        yield None
        return
    from zaitaku_xl.entry.bar import bar  # noqa: PLC0415  (rich.progress is 10 ms that only a terminal has use for)

    with bar(count) as step:
        yield step


def tell_after_demo(marked: str | None, folder: Path, forms: str) -> None:
    """Say what a clerk would do next."""
    say()
    say(Text("次にすること", style="bold"))
    say(f"　1. 印を付けたブックを開く: {marked}")
    say("　2. 色の付いたセルのメモを読み、記録で確かめて直す（赤は請求できない日、紫は確かめる日）")
    say(f"　3. 直したらもう一度点検する: zaitaku-xl check {folder / 'demo.xlsx'} --out 点検済み")
    say(f"　4. {forms}")
    say("　この見本の事業所と人はすべて架空です。")
    say(Text(DISCLAIMER, style="dim"))


def tell_cleared(path: str, stayed: tuple[str, ...]) -> None:
    say(f"{path}: 点検の印を取り除きました。")
    for sentence in stayed:
        say(f"　{sentence}")


def tell_explanation(answer: Explained | OpenQuestion) -> None:
    """Explain one rule for people: what is asked, written where, since when, how to mend; or one open question."""
    say(Text(answer.heading, style="bold"))
    for label, text in answer.parts():
        first, *others = text.split("\n")
        say(f"　{label}：{first}")
        for line in others:
            say(f"　　{line}")


def tell_rules(answers: tuple[Explained, ...], limits: tuple[Limit, ...]) -> None:
    """A line a rule: id, weight, title, clause, since; then what the town asks and no rule reads."""
    for answer in answers:
        rule = answer.rule
        say(f"{rule.id}  {pad(answer.weight, 8)}  {pad(rule.title, 26)}  {answer.where}".rstrip())
    if limits:
        say()
        say(Text("本文にあって、規則では確かめられないこと", style="bold"))
        for limit in limits:
            say(f"　・{limit.words}")


_SIDES = (22, 37, 37)
_WIDTH = sum(_SIDES) + 4  # of the table with its two gaps


def tell_differences(found: Differences) -> None:
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
        for line in wrap(" ".join(rule.id for rule in found.elsewhere), _WIDTH - 2):
            say(f"　{line.strip()}")


def _called(rules: Iterable[Rule]) -> str:
    return "\n".join(f"{rule.id} {rule.title}" for rule in rules) or "全体"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    for row in (head, *rows):
        for line in side_by_side(row, _SIDES):
            say(Text(line, style="bold" if row is head else ""))
        say("-" * _WIDTH)
