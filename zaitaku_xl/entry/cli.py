"""The command line: `zaitaku-xl`. A few lines each; the work is in jobs and batch."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from zaitaku_xl import __version__, batch, jobs, what_if
from zaitaku_xl.entry import addin_commands, comparisons, forms, japanese, screen
from zaitaku_xl.errors import WrongUse, ZaitakuError

app = typer.Typer(
    name="zaitaku-xl",
    help="在宅利用（就労移行支援・就労継続支援）の日報と評価を点検し、請求できない日を色と理由で示します。記録は書き換えません。",
    no_args_is_help=True,
    add_completion=False,
    cls=japanese.Group,
    rich_markup_mode=None if not sys.stdout.isatty() else "rich",
    context_settings={"help_option_names": ["--help", "-h"]},
    pretty_exceptions_enable=False,
)
app.add_typer(addin_commands.app)

Paths = Annotated[list[str], typer.Argument(help="ブック、フォルダー、または *.xlsx のような型", metavar="PATH...")]
Out = Annotated[Path | None, typer.Option("--out", help="印を付けた写しを置くフォルダー", metavar="DIR")]
InPlace = Annotated[bool, typer.Option("--in-place", help="元のファイルに書き込みます")]
KeepBackup = Annotated[
    bool, typer.Option("--keep-backup", help="--in-place のとき、書き込む前のブックを「名前.点検前.xlsx」に残します")
]
City = Annotated[str | None, typer.Option("--city", help="市町村（長崎市 または nagasaki_shi）", metavar="NAME")]
On = Annotated[str | None, typer.Option("--on", help="この日の基準（2026-01-05。省くと今日）", metavar="DATE")]
MonthOption = Annotated[str | None, typer.Option("--month", help="対象年月（2026-01）", metavar="2026-01")]


@app.command(cls=japanese.Command, help="見本のひと月を作り、点検し、印を付けて、何が分かったかを示します")
def demo(
    out: Annotated[Path, typer.Option("--out", help="置き場所のフォルダー", metavar="DIR")] = Path("demo"),
) -> None:
    outcome = jobs.write_demo(out)
    screen.demo(outcome, out, forms.of_demo(out) if outcome.report else "")
    raise typer.Exit(2 if outcome.exit_status == 2 else 0)


@app.command(cls=japanese.Command, help="ブックを点検します。--out も --in-place もなければ読むだけです")
def check(
    paths: Paths,
    out: Out = None,
    in_place: InPlace = False,
    json_file: Annotated[
        str | None, typer.Option("--json", help="結果をJSONで書きます（- は標準出力）", metavar="FILE|-")
    ] = None,
    month: MonthOption = None,
    city: Annotated[
        str | None, typer.Option("--city", help="支給決定市町村のない人に使う市町村", metavar="NAME")
    ] = None,
    workers: Annotated[int, typer.Option("--jobs", help="同時に働く数", metavar="N", min=1)] = 1,
    keep_backup: KeepBackup = False,
    j611: Annotated[
        Path | None, typer.Option("--j611", help="突き合わせる請求データ（J611のCSV）", metavar="FILE")
    ] = None,
    readings: Annotated[
        bool, typer.Option("--readings", help="疑義のある点をほかの読み方でも点検し、判定の変わる日を示します")
    ] = False,
    trial: Annotated[
        Path | None,
        typer.Option(
            "--trial", help="通知の下書きでも点検し、変わる数と日を示します（印は付けません）", metavar="DRAFT.toml"
        ),
    ] = None,
) -> None:
    if out and in_place:
        raise WrongUse("--out と --in-place はどちらか一方だけ指定してください。")
    _only_in_place(keep_backup, in_place)
    _beside(readings, trial, marked=bool(out) or in_place, alone=json_file == "-")
    asked = jobs.Asked(
        jobs.months_of([month]) if month else None,
        jobs.town_id(city, trial) if city else None,
        jobs.claims_of(j611) if j611 else None,
        readings,
        trial,
    )
    files = batch.placed(batch.found(paths, out), out, in_place)
    with screen.progress(len(files)) as step:
        outcomes = batch.check_files(files, asked, workers, step, keep_backup=keep_backup)
    if json_file:
        _write_json(json_file, outcomes)
    if json_file != "-":
        screen.outcomes(outcomes)
    if readings:
        comparisons.other_readings(outcomes)
    if trial:
        comparisons.trial(outcomes, what_if.draft_of(trial)[1])
    raise typer.Exit(_exit_status(outcomes))


@app.command(cls=japanese.Command, help="点検の色・メモ・点検結果のシートを取り除きます")
def clear(paths: Paths, out: Out = None, in_place: InPlace = False, keep_backup: KeepBackup = False) -> None:
    if bool(out) == in_place:
        raise WrongUse("--out DIR か --in-place のどちらか一方を指定してください。")
    _only_in_place(keep_backup, in_place)
    failed = False
    for file in batch.placed(batch.found(paths, out), out, in_place):
        try:
            stayed = jobs.clear_file(file.path, file.target or file.path, keep_backup=keep_backup)
            screen.cleared(file.shown, stayed)
        except ZaitakuError as error:
            failed = True
            screen.problem(f"{file.shown}: {error}")
    raise typer.Exit(2 if failed else 0)


@app.command(cls=japanese.Command, help="ひとつの規則（D01）か疑義のある点（A-3）を、根拠や直し方とともに説明します")
def explain(
    rule: Annotated[str, typer.Argument(help="規則の番号（D01 など）か読み方の番号（A-3 など）", metavar="RULE")],
    city: City = None,
    on: On = None,
) -> None:
    town = jobs.town_id(city) if city else None
    screen.explained(jobs.explain_question(rule, town) or jobs.explain(rule, town, _day(on)))


@app.command(cls=japanese.Command, help="規則の一覧を示します。比べたり、規則集や対応表を作ったりもできます")
def rules(
    city: City = None,
    on: On = None,
    diff: Annotated[
        str | None, typer.Option("--diff", help="この市町村か日と並べ、違うところだけを示します", metavar="NAME|DATE")
    ] = None,
    book: Annotated[Path | None, typer.Option("--book", help="規則集を作ります", metavar="FILE.xlsx")] = None,
    table: Annotated[Path | None, typer.Option("--table", help="条項の対応表を作ります", metavar="FILE.xlsx")] = None,
    readings: Annotated[
        bool, typer.Option("--readings", help="疑義のある点と読み方の一覧（疑義台帳）を示します")
    ] = False,
) -> None:
    town, day = jobs.town_id(city) if city else None, _day(on)
    if table and (city or on):
        raise WrongUse("--table はどの市町村と日にも同じ表です。--city と --on は付けないでください。")
    if sum(map(bool, (diff, book, table, readings))) > 1:
        raise WrongUse("--diff、--book、--table、--readings はどれか一つだけ指定してください。")
    if readings:
        comparisons.questions(jobs.open_questions(town))
    elif diff:
        screen.differences(jobs.compare(town, day, diff))
    elif book:
        jobs.write_rule_book(_new_workbook("--book", book), town, day)
        screen.say(f"{book} に規則集を作りました。")
    elif table:
        jobs.write_clause_table(_new_workbook("--table", table))
        screen.say(f"{table} に条項の対応表を作りました。")
    else:
        screen.rules(jobs.explain_all(town, day), tuple(each for each in jobs.limits(town, day) if each.text == town))


@app.command(cls=japanese.Command, help="記入用のブックを作ります")
def template(
    out: Annotated[Path, typer.Option("--out", help="作るファイル", metavar="FILE")],
    city: City = None,
    month: MonthOption = None,
) -> None:
    _new_workbook("--out", out)
    town = jobs.town_id(city) if city else None
    jobs.write_template(out, jobs.months_of([month])[0] if month else None, jobs.town_name(town))
    screen.say(f"{out} を作りました。「はじめに」のシートから始めてください。")


forms.register(app)


def _new_workbook(option: str, path: Path) -> Path:
    """Return the place of a workbook to make; what is there already is not written over."""
    if path.is_dir() or path.suffix.lower() != ".xlsx":
        raise WrongUse(f"{option} には .xlsx で終わるファイルの名前を指定してください（{path}）。")
    if path.exists():
        raise WrongUse(f"{path} はすでにあります。別の名前を指定してください。")
    return path


def _only_in_place(keep_backup: bool, in_place: bool) -> None:
    if keep_backup and not in_place:
        raise WrongUse("--keep-backup は --in-place と一緒に指定してください。--out では元のブックは変わりません。")


def _beside(readings: bool, trial: Path | None, *, marked: bool, alone: bool) -> None:
    """Refuse what cannot go with judging a month otherwise."""
    if readings and trial:
        raise WrongUse("--readings と --trial はどちらか一方だけ指定してください。")
    if (readings or trial) and alone:
        raise WrongUse(
            "--readings と --trial の結果は画面に示すため、--json - とは一緒に使えません。--json FILE にしてください。"
        )
    if trial and marked:
        raise WrongUse("--trial は下書きの試しなので、--out や --in-place で印を付けることはできません。")
    if trial:
        what_if.draft_of(trial)  # a draft that is no text of ours stops before the first file


def _day(typed: str | None) -> date:
    return jobs.day_of(typed) if typed else date.today()


def _exit_status(outcomes: list[jobs.Outcome]) -> int:
    return max((outcome.exit_status for outcome in outcomes), default=0)


def _write_json(target: str, outcomes: list[jobs.Outcome]) -> None:
    body: dict[str, Any] = {
        "tool": {"name": "zaitaku-xl", "version": __version__},
        "files": [outcome.as_json() for outcome in outcomes],
    }
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    if target == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
    else:
        jobs.write_text(Path(target), text)


def main() -> None:
    """Run the command line. Whatever goes wrong ends in one Japanese sentence and exit status 2."""
    screen.prepare()
    japanese.run(app)


if __name__ == "__main__":
    main()
