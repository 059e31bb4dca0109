"""`zaitaku-xl forms`: submission sheets made in a workbook, and printed."""

from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import batch, jobs
from zaitaku_xl.entry import japanese, screen
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.forms import FORMS
from zaitaku_xl.forms.plan import SETS
from zaitaku_xl.jobs import forms as making

NAMES = " ".join((*(form.name for form in FORMS), *SETS))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forms", cls=japanese.Command, help=f"提出する様式を、記録からブックの中に作ります（{NAMES}）")(forms)


def forms(
    path: Annotated[Path, typer.Argument(help="日報のあるブック", metavar="PATH")],
    form: Annotated[str, typer.Option("--form", help="様式の名前（all はすべて）", metavar="NAME")],
    month: Annotated[str | None, typer.Option("--month", help="対象年月（2026-01）", metavar="2026-01")] = None,
    client: Annotated[str | None, typer.Option("--client", help="氏名か受給者証番号", metavar="NAME")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="様式を入れた写しを置くフォルダー", metavar="DIR")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="元のファイルに書き込みます")] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="作った様式だけを1つのPDFにします（LibreOfficeを使います）")
    ] = False,
    override: Annotated[
        str | None,
        typer.Option("--override", help="点検未了と書かずに作る理由（様式に印刷されます）", metavar="REASON"),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="手で直してある様式も作り直します")] = False,
    city: Annotated[
        str | None, typer.Option("--city", help="支給決定市町村のない人に使う市町村", metavar="NAME")
    ] = None,
    keep_backup: Annotated[
        bool, typer.Option("--keep-backup", help="--in-place のとき、書き込む前のブックを残します")
    ] = False,
) -> None:
    if bool(out) == in_place:
        raise WrongUse("--out DIR か --in-place のどちらか一方を指定してください。")
    if keep_backup and not in_place:
        raise WrongUse("--keep-backup は --in-place と一緒に指定してください。--out では元のブックは変わりません。")
    if path.is_dir():
        raise WrongUse("様式は1つのブックごとに作ります。フォルダーではなく、ブックを指定してください。")
    if override is not None and not override.strip():
        raise WrongUse("--override には理由を書いてください。様式に印刷されます。")
    asked = jobs.Asked(jobs.months_of([month]) if month else None, jobs.town_id(city) if city else None)
    wanted = making.Wanted(form, client, override, replace)
    (file,) = batch.placed(batch.found([str(path)], out), out, in_place)
    made = making.make_forms(file.path, asked, wanted, file.target or file.path, pdf=pdf, keep_backup=keep_backup)
    _say(made)
    raise typer.Exit(0 if made.report.clean else 1)


def of_demo(folder: Path) -> str:
    """Make the forms of the demo and say where they are."""
    made = making.make_demo_forms(folder)
    return f"提出する様式（{len(made.sheets)}枚。指摘が残る間は点検未了と印字）: {made.written}"


def _say(made: making.MadeForms) -> None:
    screen.say(f"{made.written} に様式を{len(made.sheets)}枚作りました。")
    for name in made.unfinished:
        screen.say(f"　点検未了: {name}")
    for remark in made.remarks:
        screen.problem(remark)
    if made.pdf:
        screen.say(f"印刷用のPDF: {made.pdf}")
    screen.say(screen.DISCLAIMER)
