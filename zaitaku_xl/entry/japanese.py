"""The command-line library's own words in Japanese: help, wrong use, and faults of ours."""

import logging
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from zaitaku_xl.entry import help_page, screen
from zaitaku_xl.errors import ZaitakuError
from zaitaku_xl.hosts.writing.safe_file import telling

# typer may carry its own copy of click: its exceptions are found through one that typer shows.
_CLICK_ERROR: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


class _Words:
    """Pages of help are ours from the first word to the last."""

    def get_usage(self, ctx: Any) -> str:
        return help_page.usage(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "この説明を表示します"
        return option

    def get_help(self, ctx: Any) -> str:
        return help_page.page(self, ctx)


class Command(_Words, TyperCommand):
    """One command."""


class Group(_Words, TyperGroup):
    """The program."""


def run(app: typer.Typer) -> None:
    """Run *app* and leave the process with its exit status; no traceback reaches the person."""
    with telling() as kept_aside:
        try:
            _run(app)
        finally:
            for sentence in kept_aside:
                screen.problem(sentence)


def _run(app: typer.Typer) -> None:
    try:
        status = app(standalone_mode=False, prog_name="zaitaku-xl")
    except _CLICK_ERROR as error:
        _wrong_use(error)
    except (KeyboardInterrupt, typer.Abort):
        screen.problem("中止しました。")
        sys.exit(2)
    except ZaitakuError as error:
        screen.problem(str(error))
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(2)
    except OSError as error:
        screen.problem(f"ファイルを扱えません: {error.filename or ''}（{error.strerror or type(error).__name__}）")
        sys.exit(2)
    except Exception as error:
        logging.getLogger(__name__).exception("the command failed")
        screen.problem(
            f"プログラムの不具合で終わりました（{type(error).__name__}）。記録に問題があるわけではありません。"
        )
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)


def _wrong_use(error: Exception) -> None:
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        context = getattr(error, "ctx", None)
        print(context.get_help() if context else "")
        sys.exit(2)
    name = getattr(error, "option_name", None) or ""
    if not name and getattr(error, "param", None) is not None:
        param = error.param  # type: ignore[attr-defined]
        name = param.opts[0] if param.opts and param.opts[0].startswith("-") else (param.metavar or param.name or "")
    words = {
        "NoSuchOption": f"「{name}」というオプションはありません。",
        "MissingParameter": f"「{name}」を指定してください。",
        "BadOptionUsage": f"「{name}」に値を指定してください。",
        "BadParameter": f"「{name}」の値が正しくありません。",
    }.get(kind, "コマンドの書き方が正しくありません。")
    screen.problem(f"{words} zaitaku-xl --help で使い方を確かめてください。")
    sys.exit(2)
