"""Pages of help: Japanese from the first word to the last, for every command, and their examples can be typed."""

import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import typer
from typer.main import get_command

from tests.command import Run
from tests.tools import TOP
from zaitaku_xl.entry.cli import app
from zaitaku_xl.entry.help_page import EXAMPLES, PROGRAM
from zaitaku_xl.forms import FORMS
from zaitaku_xl.forms.plan import SETS

# What has no other name in Japanese: programs, formats, ids of rules and questions, a town's id.
OF_NO_LANGUAGE = "Excel Python Windows LibreOffice Dask CSV JSON TOML PDF J611 D01 A-3 nagasaki_shi xlsx xlsm"


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command with the words that call it, the program itself first."""
    command = command or get_command(app)
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


ALL = dict(commands())
each_command = pytest.mark.parametrize("words", ALL, ids=lambda words: " ".join((PROGRAM, *words)))


def names_of(command: Any) -> Iterator[str]:
    for parameter in command.params:
        yield from parameter.opts
        yield parameter.metavar or ""


def foreign(page: str, *known: str) -> set[str]:
    """Return the words of ASCII that are not *known*."""
    return ascii_words(page) - ascii_words(" ".join(known)) - set(OF_NO_LANGUAGE.split())


def ascii_words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z](?:[\w-]*\w)?", text, re.ASCII))


@each_command
def test_a_page_of_help_holds_no_word_of_another_language(words: tuple[str, ...], run: Run) -> None:
    page, _, examples = run(*words, "--help").out.partition("\n例:\n")
    options = {name for command in ALL.values() for name in names_of(command)}
    forms = {form.name for form in FORMS} | set(SETS)
    callable_words = {word for path in ALL for word in path}
    assert foreign(page, PROGRAM, "--help", "-h", *options, *forms, *callable_words) == set()
    assert examples
    assert not re.search(r"[{}<>]|\[[A-Za-z]", page)


def test_a_foreign_word_is_noticed() -> None:
    page = "--out DIR  置き場所 [default: demo]\n-h, --help  Show this"
    assert foreign(page, "--out", "--help", "-h", "DIR", "demo") == {"default", "Show", "this"}


@each_command
def test_everything_on_a_page_of_help_is_told(words: tuple[str, ...], run: Run) -> None:
    command, page = ALL[words], run(*words, "--help").out
    assert page == run(*words, "-h").out
    assert page.startswith(f"使い方: {' '.join((PROGRAM, *words))} [オプション]")
    assert command.help
    for parameter in command.params:
        flag = getattr(parameter, "is_flag", False)
        assert parameter.help, parameter.name
        assert bool(parameter.metavar) != flag, f"{parameter.name} takes a value and does not say of what kind"
        assert all(name in page for name in parameter.opts if name.startswith("-"))


def test_every_command_has_examples_and_no_other() -> None:
    assert set(EXAMPLES) == {" ".join(path) for path in ALL}


def shown_in(document: str) -> set[str]:
    """Return what a document of ours shows as typed: in a block or between backticks, without its comment."""
    text = (TOP / document).read_text(encoding="utf-8")
    return {line.strip() for line in re.findall(rf"(?:^|`){PROGRAM} ([^`\n#]+)", text, re.MULTILINE)}


SHOWN = sorted(
    {line for lines in EXAMPLES.values() for line in lines} | shown_in("README.md") | shown_in("macros/README.md")
)


@pytest.mark.parametrize("line", SHOWN)
def test_what_is_shown_can_be_typed(line: str) -> None:
    """Its command takes these arguments; nothing is done."""
    words = shlex.split(line)
    path = max((path for path in ALL if words[: len(path)] == list(path)), key=len)
    assert path, "no command begins like this"
    with suppress(typer.Exit):  # --help-json answers at once
        ALL[path].make_context(path[-1], words[len(path) :])


def test_a_page_is_as_wide_as_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from zaitaku_xl.measure import halves_of

    monkeypatch.setenv("COLUMNS", "72")
    lines = run("check", "--help").out.split("例:")[0].splitlines()
    assert max(map(halves_of, lines)) <= 72
