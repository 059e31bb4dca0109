"""`zaitaku-xl addin`: the tab 「在宅点検」 and the formulas, built, put into a workbook, installed, looked after."""

from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import addin
from zaitaku_xl.entry import japanese, screen
from zaitaku_xl.errors import WrongUse

app = typer.Typer(
    name="addin",
    help="Excelのタブ「在宅点検」と関数を作り、ブックに付け、このパソコンに入れます",
    no_args_is_help=True,
    cls=japanese.Group,
    context_settings={"help_option_names": ["--help", "-h"]},
)

Frozen = Annotated[bool, typer.Option("--frozen", help="Pythonのないパソコン向けに、zaitaku.exe を呼ぶマクロにします")]


@app.command(cls=japanese.Command, help="アドイン、タブの付いた記入用ブック、関数のモジュールを作ります")
def build(
    out: Annotated[Path, typer.Option("--out", help="置き場所のフォルダー", metavar="DIR")] = Path("addin"),
    frozen: Frozen = False,
) -> None:
    for path in addin.build(out, frozen=frozen):
        screen.say(f"{path} を作りました。")


@app.command(cls=japanese.Command, help="事業所のブックのコピーに、タブとマクロを付けます。ほかは何も変えません")
def attach(
    book: Annotated[Path, typer.Argument(help="事業所のブック", metavar="BOOK.xlsx")],
    out: Annotated[
        Path | None, typer.Option("--out", help="作るファイル（省くと、同じ場所に .xlsm で）", metavar="FILE.xlsm")
    ] = None,
    frozen: Frozen = False,
) -> None:
    target = out or book.with_suffix(".xlsm")
    if target.suffix.lower() != ".xlsm":
        raise WrongUse(f"--out には .xlsm で終わるファイルの名前を指定してください（{target}）。")
    addin.attach(book, target, frozen=frozen)
    screen.say(f"{target} を作りました。Excelで開き、「コンテンツの有効化」を選ぶとタブ「在宅点検」が使えます。")


@app.command(cls=japanese.Command, help="このパソコンのExcelにアドインを入れます。管理者の権限は不要です")
def install(
    to: Annotated[
        Path | None, typer.Option("--to", help="置き場所（省くとExcelの起動フォルダー）", metavar="DIR")
    ] = None,
    exe: Annotated[
        Path | None, typer.Option("--exe", help="Pythonの代わりに呼ぶプログラム", metavar="zaitaku.exe")
    ] = None,
    resident: Annotated[
        bool, typer.Option("--resident", help="Pythonを動かしたままにし、ボタンを速くします（Windowsだけ）")
    ] = False,
) -> None:
    for sentence in addin.install(to, exe=exe, resident=resident):
        screen.say(sentence)


@app.command(cls=japanese.Command, help="install で入れたものを取り除きます")
def remove() -> None:
    for sentence in addin.remove():
        screen.say(sentence)


@app.command(cls=japanese.Command, help="動かない原因と、情報システムの担当者に伝えることを示します")
def doctor() -> None:
    found = addin.look()
    for sentence in addin.sentences(found):
        screen.say(sentence)
    raise typer.Exit(1 if any(diagnosis.is_wall for diagnosis in found) else 0)
