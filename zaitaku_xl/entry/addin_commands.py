"""`zaitaku-xl addin`: the tab 「在宅点検」 and the formulas, built, put into a workbook, installed, looked after."""

from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl.addin import building
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
    for path in building.build(out, frozen=frozen):
        screen.say(f"{path} を作りました。")


@app.command(cls=japanese.Command, help="事業所のブックの写しに、タブとマクロを付けます。ほかは何も変えません")
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
    building.attach(book, target, frozen=frozen)
    screen.say(f"{target} を作りました。Excelで開き、「コンテンツの有効化」を選ぶとタブ「在宅点検」が使えます。")
