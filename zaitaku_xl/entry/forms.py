"""`zaitaku-xl forms`: submission sheets made in a workbook, and printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zaitaku_xl import batch, jobs
from zaitaku_xl.entry import japanese, screen
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.writing.safe_file import guarding

if TYPE_CHECKING:
    from zaitaku_xl.report import Report


class _Command(japanese.Command):
    """Its page of help names the forms: to load them for it alone lets every other command start 20 ms sooner."""

    def chapters(self) -> dict[str, list[tuple[str, str]]]:
        from zaitaku_xl.forms import FORMS, inspection  # noqa: PLC0415
        from zaitaku_xl.forms.plan import ALL  # noqa: PLC0415

        forms = [(form.name, form.title) for form in FORMS]
        sets = [(ALL, "すべての様式"), (inspection.NAME, "1人分の一式（目次から根拠一覧まで。--client と一緒に）")]
        return {"様式の名前": [*forms, *sets]}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forms", cls=_Command, help="提出する様式を、記録からブックの中に作ります")(forms)


def forms(
    path: Annotated[Path, typer.Argument(help="日報のあるブック", metavar="PATH")],
    form: Annotated[str, typer.Option("--form", help="様式の名前（all はすべて）", metavar="NAME")],
    month: Annotated[str | None, typer.Option("--month", help="対象年月（2026-01）", metavar="2026-01")] = None,
    client: Annotated[str | None, typer.Option("--client", help="氏名か受給者証番号", metavar="NAME")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="様式を入れたコピーを置くフォルダー", metavar="DIR")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="元のファイルに書き込みます")] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="作った様式だけを1つのPDFにします（LibreOfficeを使います）")
    ] = False,
    override: Annotated[
        str | None,
        typer.Option("--override", help="見直し未了と書かずに作る理由（様式に印刷されます）", metavar="REASON"),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="手で直してある様式も作り直します")] = False,
    city: Annotated[
        str | None, typer.Option("--city", help="支給決定市町村のない利用者に使う市町村", metavar="NAME")
    ] = None,
    keep_backup: Annotated[
        bool, typer.Option("--keep-backup", help="--in-place のとき、書き込む前のブックを残します")
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option("--into", help="市の申出書か、空の実績記録票のファイル。コピーに書き込みます", metavar="FILE"),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="項目とそのファイルのセルの対応表（TOML）", metavar="FILE")
    ] = None,
) -> None:
    if into or mapping:
        from zaitaku_xl.forms import service_record  # noqa: PLC0415  (as above)

        if into and form == service_record.FORM.name:
            others = [in_place, pdf, replace, keep_backup]
            _fill_records(path, month, client, out, city, into, mapping, override, alone=not any(others))
        else:
            others = [in_place, pdf, replace, keep_backup, override is not None]
            _fill(path, form, month, client, out, city, into, mapping, alone=not any(others))
        return
    if bool(out) == in_place:
        raise WrongUse("--out DIR か --in-place のどちらか一方を指定してください。")
    if keep_backup and not in_place:
        raise WrongUse("--keep-backup は --in-place と一緒に指定してください。--out では元のブックは変わりません。")
    if path.is_dir():
        raise WrongUse("様式は1つのブックごとに作ります。フォルダーではなく、ブックを指定してください。")
    if override is not None and not override.strip():
        raise WrongUse("--override には理由を書いてください。様式に印刷されます。")
    asked = jobs.Asked(jobs.months_of([month]) if month else None, jobs.town_id(city) if city else None)
    wanted = jobs.Wanted(form, client, override, replace)
    (file,) = batch.with_targets(batch.find_files([str(path)], out), out, in_place)
    with guarding([] if in_place else [path]):
        made = jobs.make_forms(file.path, asked, wanted, file.target or file.path, pdf=pdf, keep_backup=keep_backup)
    _say(made)
    raise typer.Exit(_status(made.report))


def _fill(
    path: Path,
    form: str,
    month: str | None,
    client: str | None,
    out: Path | None,
    city: str | None,
    into: Path | None,
    mapping: Path | None,
    *,
    alone: bool,
) -> None:
    """Fill the city's file; what it needs and what cannot go with it is said before anything is read."""
    from zaitaku_xl.forms import application  # noqa: PLC0415  (as above)

    if form != application.FORM.name or not (into and mapping and client and out and alone):
        raise WrongUse(
            "市のファイルに書き込むには、--form application、--client 氏名、--into 市のファイル、--mapping 対応表、--out DIR を"
            "指定してください（ほかには --month と --city だけが使えます）。"
        )
    asked = jobs.Asked(jobs.months_of([month]) if month else None, jobs.town_id(city) if city else None)
    with guarding([path, into, mapping]):
        done = jobs.fill_application(path, asked, client, into, mapping, out)
    screen.say(f"{done.written} に{done.cells}個のセルを書き込みました。")
    if done.blank:
        screen.say(f"記録にないため空けてあるもの: {'、'.join(done.blank)}")
    for name in done.unread:
        screen.problem(f"「{name}」は記録のセルが読み取れないため、書き込んでいません。元のセルを直してください。")
    screen.say(screen.DISCLAIMER)
    raise typer.Exit(1 if done.unread else 0)


def _fill_records(
    path: Path,
    month: str | None,
    client: str | None,
    out: Path | None,
    city: str | None,
    into: Path,
    mapping: Path | None,
    override: str | None,
    *,
    alone: bool,
) -> None:
    """Fill the office's own blank of 実績記録票, a copy a client."""
    if not (out and alone):
        raise WrongUse(
            "空の実績記録票に書き込むには、--form service_record、--into 様式のファイル、--out DIR を指定してください"
            "（ほかには --mapping、--client、--month、--city、--override だけが使えます）。"
        )
    asked = jobs.Asked(jobs.months_of([month]) if month else None, jobs.town_id(city) if city else None)
    with guarding([path, into, *([mapping] if mapping else ())]):
        done = jobs.fill_records(path, asked, client, into, mapping, out, override)
    for copy in done.written:
        screen.say(f"実績記録票に書き込みました: {copy}{_whose(done.numbered.get(copy))}")
    if done.left:
        screen.problem(jobs.left_sentence(done.left))
    screen.say(screen.DISCLAIMER)
    raise typer.Exit(_status(done.report))


def _whose(label: str | None) -> str:
    return f"（{label}さんの分です。同じ名前になるファイルがあるため、番号を付けました。）" if label else ""


def _status(report: "Report") -> int:
    if report.nothing:
        screen.problem(report.nothing)
        return 2
    return 0 if report.clean else 1


def of_demo(folder: Path) -> str:
    """Make the forms of the demo and say where they are."""
    made = jobs.make_demo_forms(folder)
    return f"提出する様式（{len(made.sheets)}枚。見直しが残る間は見直し未了と印字）：{made.written}"


def _say(made: "jobs.MadeForms") -> None:
    screen.say(f"{made.written} に様式を{len(made.sheets)}枚作りました。")
    for name in made.unfinished:
        screen.say(f"　見直し未了: {name}")
    for remark in made.remarks:
        screen.problem(remark)
    if made.pdf:
        screen.say(f"様式のPDF：{made.pdf}")
    screen.say(screen.DISCLAIMER)
