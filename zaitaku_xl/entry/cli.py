"""The command line: `zaitaku-xl`. A few lines each; the work is in jobs and batch."""

import logging
import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import batch, jobs
from zaitaku_xl.entry import (
    addin_commands,
    checking,
    comparisons,
    due,
    forms,
    japanese,
    layouts,
    outcomes,
    receipts,
    screen,
    sealing,
    watching,
)
from zaitaku_xl.entry import options as opt
from zaitaku_xl.errors import WrongUse, ZaitakuError
from zaitaku_xl.jobs import sentences
from zaitaku_xl.results.plain import result_of

app = typer.Typer(
    name="zaitaku-xl",
    help="在宅利用（就労移行支援・就労継続支援）の日報と評価を点検し、請求できない日を色と理由で示します。記録は書き換えません。",
    no_args_is_help=True,
    add_completion=False,
    cls=japanese.Group,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    pretty_exceptions_enable=False,
)
app.add_typer(addin_commands.app)


@app.command(cls=japanese.Command, help="見本のひと月を作り、点検し、色とメモを付けて、何が分かったかを示します")
def demo(
    out: Annotated[Path, typer.Option("--out", help="置き場所のフォルダー", metavar="DIR")] = Path("demo"),
) -> None:
    if os.path.lexists(out) and not out.is_dir():
        raise WrongUse(f"--out にはフォルダーを指定してください（{out} はフォルダーではありません）。")
    outcome = jobs.write_demo(out)
    result = result_of(outcome)
    if result.judged:
        outcomes.tell_file(result)
        screen.tell_after_demo(result.written, out, forms.of_demo(out))
    else:
        screen.problem(str(result.reason))
    raise typer.Exit(2 if outcome.exit_status == 2 else 0)


app.command(cls=japanese.Command, help="ブックを点検します。--out も --in-place もなければ読むだけです")(checking.check)
app.command(cls=japanese.Command, help="まだ間に合うことを、だれの、何を、いつまでにと期限の順に示します")(due.due)
app.command(
    cls=japanese.Command, help="事業所が作ったシートの読み取り方を示します。分からないところに答えるシートも作れます"
)(layouts.layout)
app.command(cls=japanese.Command, help="受付簿を見て、未提出の事業所を示します")(receipts.ledger)
app.command(cls=japanese.Command, help="点検時の控えのあるコピーの値が、点検の後に変わっていないかを確かめます")(
    sealing.verify
)
app.command(cls=japanese.Command, help="フォルダーに入ったブックを、入るたびに点検します")(watching.watch)


@app.command(cls=japanese.Command, help="色とメモ、点検結果、作った様式のうち手で直していないシートを消します")
def clear(
    paths: opt.Paths,
    out: Annotated[
        Path | None, typer.Option("--out", help="色とメモを消したコピーを置くフォルダー", metavar="DIR")
    ] = None,
    in_place: opt.InPlace = False,
    keep_backup: opt.KeepBackup = False,
) -> None:
    if bool(out) == in_place:
        raise WrongUse("--out DIR か --in-place のどちらか一方を指定してください。")
    checking.only_in_place(keep_backup, in_place)
    found = batch.search_files(paths, out, in_place=in_place)
    failed = any(skipped.named for skipped in found.skipped)
    for file in batch.with_targets(found.files, out, in_place):
        try:
            stayed = jobs.clear_file(file.path, file.target or file.path, keep_backup=keep_backup)
            screen.tell_cleared(file.shown, stayed)
        except Exception as error:  # noqa: BLE001  # one file never ends the others
            failed = True
            screen.problem(f"{file.shown}: {_why_not_cleared(error)}")
    outcomes.tell_skipped(found.skipped)
    raise typer.Exit(2 if failed else 0)


def _why_not_cleared(error: Exception) -> str:
    if isinstance(error, ZaitakuError):
        return str(error)
    if isinstance(error, MemoryError):
        return sentences.TOO_LARGE
    logging.getLogger(__name__).error("clearing failed", exc_info=error)
    return f"プログラムの不具合で、色とメモを消せませんでした（{type(error).__name__}）。ブックは元のままです。"


@app.command(cls=japanese.Command, help="1つの点検項目（D01）か解釈の分かれる点（A-3）を、根拠と対応とともに説明します")
def explain(
    rule: Annotated[
        str, typer.Argument(help="点検項目の番号（D01 など）か言葉、解釈の番号（A-3 など）", metavar="RULE")
    ],
    city: opt.City = None,
    on: opt.On = None,
) -> None:
    town = _town(city)
    screen.tell_explanation(jobs.explain_question(rule, town) or jobs.explain(rule, town, _day(on)))


@app.command(cls=japanese.Command, help="点検項目の一覧を示します。比べたり、点検項目集や対応表を作ったりもできます")
def rules(
    city: opt.City = None,
    on: opt.On = None,
    diff: Annotated[
        str | None, typer.Option("--diff", help="この市町村か日と並べ、違うところだけを示します", metavar="NAME|DATE")
    ] = None,
    book: Annotated[Path | None, typer.Option("--book", help="点検項目集を作ります", metavar="FILE.xlsx")] = None,
    table: Annotated[Path | None, typer.Option("--table", help="条項の対応表を作ります", metavar="FILE.xlsx")] = None,
    readings: Annotated[bool, typer.Option("--readings", help="解釈の分かれる点の一覧を示します")] = False,
) -> None:
    town, day = _town(city), _day(on)
    if table and (city or on):
        raise WrongUse("--table はどの市町村と日にも同じ表です。--city と --on は付けないでください。")
    if sum(map(bool, (diff, book, table, readings))) > 1:
        raise WrongUse("--diff、--book、--table、--readings はどれか1つだけ指定してください。")
    if readings:
        comparisons.tell_questions(jobs.open_questions(town))
    elif diff:
        screen.tell_differences(jobs.compare(town, day, diff))
    elif book:
        jobs.write_rule_book(_new_workbook("--book", book), town, day)
        screen.say(f"{book} に点検項目集を作りました。")
    elif table:
        jobs.write_clause_table(_new_workbook("--table", table))
        screen.say(f"{table} に条項の対応表を作りました。")
    else:
        screen.tell_rules(
            jobs.explain_all(town, day), tuple(each for each in jobs.limits(town, day) if each.text == town)
        )


@app.command(cls=japanese.Command, help="記入用ブックを作ります")
def template(
    out: Annotated[Path, typer.Option("--out", help="作るファイル", metavar="FILE")],
    city: opt.City = None,
    month: opt.Month = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", help="このブックに足りないシートを、コピーに加えます", metavar="BOOK"),
    ] = None,
) -> None:
    if into:
        _tell_added(into, out, city, month)
        return
    _new_workbook("--out", out)
    town = jobs.town_id(city) if city else None
    jobs.write_template(out, jobs.months_of([month])[0] if month else None, jobs.town_name(town))
    screen.say(f"{out} を作りました。「はじめに」のシートから始めてください。")


def _tell_added(book: Path, out: Path, city: str | None, month: str | None) -> None:
    if city:
        raise WrongUse("--into には --city を付けません。利用者台帳の支給決定市町村に入力してください。")
    if out.is_dir() or out.suffix.lower() != book.suffix.lower() or out.exists():
        raise WrongUse(f"--out には、まだない {book.suffix} のファイルの名前を指定してください（{out}）。")
    added = jobs.add_sheets(book, out, jobs.months_of([month])[0] if month else None)
    screen.say(f"{out} に{'、'.join(added.sheets)}のシートを加えました。")
    if added.names:
        screen.say(
            f"利用者台帳には、日報にある氏名{added.names}人だけを入れています。ほかは記録を見て入力してください。"
        )


forms.register(app)


def _new_workbook(option: str, path: Path) -> Path:
    """Return the place of a workbook to make; what is there already is not written over."""
    if path.is_dir() or path.suffix.lower() != ".xlsx":
        raise WrongUse(f"{option} には .xlsx で終わるファイルの名前を指定してください（{path}）。")
    if path.exists():
        raise WrongUse(f"{path} はすでにあります。別の名前を指定してください。")
    return path


def _town(typed: str | None) -> str | None:
    """The town whose text is read; where none is held, that the national text serves is said first."""
    town, said = jobs.town_to_read(typed) if typed else (None, None)
    if said:
        screen.say(said)
    return town


def _day(typed: str | None) -> date:
    return jobs.day_of(typed) if typed else date.today()


def main() -> None:
    """Run the command line. Whatever goes wrong ends in one Japanese sentence and exit status 2."""
    screen.prepare()
    japanese.run(app)


if __name__ == "__main__":
    main()
