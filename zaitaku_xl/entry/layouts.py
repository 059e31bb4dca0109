"""`zaitaku-xl layout`: how each sheet of a workbook is read, and what is still to be answered."""

from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import jobs
from zaitaku_xl.entry import options as opt
from zaitaku_xl.entry.screen import problem, say
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.sheets.reading_sheet import Line, outline_of, told_of


def layout(
    book: Annotated[Path, typer.Argument(help="読み取り方を知りたいブック", metavar="BOOK")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="シート「読み取り方」を加えたコピーを作ります", metavar="FILE.xlsx"),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="回答をほかのブックでも使えるように保存します", metavar="FILE.toml"),
    ] = None,
    layouts: opt.Layout = None,
    month: opt.Month = None,
) -> None:
    """Status 0: nothing is asked; 1: something is; 2: the book could not be read."""
    _named(book, out, save)
    kept = jobs.layouts_of(*layouts) if layouts else ()
    made = jobs.how_read(book, jobs.Asked(jobs.months_of([month]) if month else None, layouts=kept))
    if made.refusal:
        problem(str(made.refusal))
    if not made.sheets and not made.refusal:
        say(f"{book}: 記入用ブックの形なので、そのまま読めます。回答はいりません。")
        raise typer.Exit(0)
    asked = 0
    for told in told_of(made):
        say(outline_of(told))
        for line in told.lines:
            _tell_line(line)
            asked += line.is_open
    if out:
        name = jobs.write_reading_copy(book, made, out)
        say(f"{out} に「{name}」のシートを作りました。")
    if save:
        count = jobs.keep_answers(made, save)
        say(f"{save} に回答を{count}件保存しました。check --layout {save} で使えます。")
    if asked:
        problem(f"決められないところが{asked}か所あります。")
        if not out:
            problem("--out FILE.xlsx で作る「読み取り方」のシートで答えられます。")
    raise typer.Exit(2 if made.refusal else 1 if asked else 0)


def _tell_line(line: Line) -> None:
    samples = f"　例：{'／'.join(line.samples)}" if line.samples else ""
    mark = "？" if line.is_open else "　"
    say(f"{mark} {line.at} {line.words} → {line.read_as}（{line.sure}）{samples}")


def _named(book: Path, out: Path | None, save: Path | None) -> None:
    if out and (out.is_dir() or out.suffix.lower() not in (".xlsx", ".xlsm") or out.exists()):
        raise WrongUse(f"--out には、まだない .xlsx の名前を指定してください（{out}）。")
    if out and book.suffix.lower() != out.suffix.lower():
        raise WrongUse(f"--out の終わりは、もとのブックと同じ {book.suffix} にしてください。")
    if save and (save.is_dir() or save.suffix.lower() != ".toml"):
        raise WrongUse(f"--save には .toml で終わるファイルの名前を指定してください（{save}）。")
