"""A page of help, all of it ours: what it is for, how it is called, its arguments, options and commands, examples."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from zaitaku_xl.entry.columns import side_by_side, wrap
from zaitaku_xl.measure import halves_of

PROGRAM = "zaitaku-xl"
_WIDEST, _NARROWEST = 110, 40
_INDENT, _GAP = 2, 2
Line = tuple[str, str]  # a name and what it is for

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": ("demo", "check 日報.xlsx --out 点検済み"),
    "demo": ("demo --out 見本",),
    "check": ("check 日報.xlsx --out 点検済み", "check 提出 --out 点検済み --jobs 2 --csv 見直し.csv"),
    "ledger": ("ledger 受付簿.sqlite --month 2026-01",),
    "verify": ("verify 点検済み/日報.xlsx",),
    "due": ("due 日報.xlsx", "due 日報.xlsx --ics 期限.ics --out 期限"),
    "layout": (
        "layout 日誌.xlsx",
        "layout 日誌.xlsx --out 日誌_読み取り方.xlsx",
        "layout 日誌.xlsx --save 読み取り方.toml",
    ),
    "watch": ("watch 受信フォルダー",),
    "clear": ("clear 点検済み/日報.xlsx --in-place",),
    "explain": ("explain D01 --city 長崎市 --on 2026-01-05", "explain A-3"),
    "rules": ("rules --city 長崎市", "rules --city 日野市 --diff 長崎市", "rules --book 点検項目集.xlsx"),
    "template": (
        "template --city 長崎市 --month 2026-01 --out 日報.xlsx",
        "template --into 日誌.xlsx --out 日誌_追加.xlsx",
    ),
    "forms": ("forms 日報.xlsx --form service_record --out 様式 --pdf",),
    "addin": ("addin install", "addin doctor"),
    "addin build": ("addin build --out アドイン",),
    "addin attach": ("addin attach 日報.xlsx",),
    "addin install": ("addin install",),
    "addin remove": ("addin remove",),
    "addin doctor": ("addin doctor",),
}


def page(command: Any, context: Any) -> str:
    """Return the page of *command*; *context* is the command line's own, and tells how it was called.

    A command that has more to tell names it in ``chapters``: headings, each with its lines.
    """
    parameters = [each for each in command.get_params(context) if not getattr(each, "hidden", False)]
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option"]
    chapters = {
        "引数": [_argument(each) for each in arguments],
        "オプション": [_option(each) for each in options],
        "コマンド": _commands(command, context),
        **getattr(command, "chapters", dict)(),
        "例": [(f"{PROGRAM} {words}", "") for words in EXAMPLES[_place(context)]],
    }
    written = [usage(command, context), "", *_paragraph(command.help)]
    for heading, lines in chapters.items():
        if lines:
            written += ["", f"{heading}:", *_table(lines)]
    return "\n".join(written)


def usage(command: Any, context: Any) -> str:
    """Return the line that says how a command is called."""
    words = [_metavar(each) for each in command.get_params(context) if each.param_type_name == "argument"]
    if hasattr(command, "list_commands"):
        words.append("コマンド ...")
    return f"使い方: {' '.join((context.command_path, '[オプション]', *words))}"


def _place(context: Any) -> str:
    """Which command it is, without the name of the program.

    >>> from types import SimpleNamespace
    >>> _place(SimpleNamespace(command_path="zaitaku-xl addin build"))
    'addin build'
    """
    return str(context.command_path).partition(" ")[2]


def _argument(argument: Any) -> Line:
    return _metavar(argument), _told(argument)


def _option(option: Any) -> Line:
    names = ", ".join(sorted((*option.opts, *option.secondary_opts), key=len))
    return (names if option.is_flag else f"{names} {_metavar(option)}"), _told(option)


def _metavar(parameter: Any) -> str:
    word = str(parameter.metavar or "")
    several = parameter.param_type_name == "argument" and parameter.nargs == -1
    return f"{word}..." if several and not word.endswith("...") else word


def _told(parameter: Any) -> str:
    """What a parameter is for, and what holds where nobody gives it."""
    words = str(parameter.help or "")
    if parameter.required:
        return f"{words}  [必須]"
    default = parameter.default
    told = isinstance(default, int | float | str | Path) and not isinstance(default, bool)
    return f"{words}  [省略時: {default}]" if told else words


def _commands(command: Any, context: Any) -> list[Line]:
    if not hasattr(command, "list_commands"):
        return []
    named = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return [(name, each.help) for name, each in named if not each.hidden]


def _paragraph(text: str) -> Iterator[str]:
    for line in wrap(text, _room() - _INDENT):
        yield " " * _INDENT + line


def _table(lines: Iterable[Line]) -> Iterator[str]:
    """Set names in one column and what they are for in a second; a name without words has the whole line."""
    rows = list(lines)
    first = max(halves_of(name) for name, _ in rows)
    second = max(_room() - _INDENT - first - _GAP, _NARROWEST)
    for name, words in rows:
        for line in side_by_side((name, words), (first, second), _GAP):
            yield " " * _INDENT + line


def _room() -> int:
    return min(shutil.get_terminal_size((_WIDEST, 0)).columns, _WIDEST)
