"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl.entry.json_help import tell_json_fields

Paths = Annotated[list[str], typer.Argument(help="ブック、フォルダー、または *.xlsx のような指定", metavar="PATH...")]
Out = Annotated[Path | None, typer.Option("--out", help="色とメモを付けたコピーを置くフォルダー", metavar="DIR")]
InPlace = Annotated[
    bool, typer.Option("--in-place", help="元のファイルに色とメモを付けます（--keep-backup で前の版を残せます）")
]
KeepBackup = Annotated[
    bool, typer.Option("--keep-backup", help="--in-place のとき、書き込む前のブックを「名前.点検前.xlsx」に残します")
]
City = Annotated[str | None, typer.Option("--city", help="市町村（長崎市 または nagasaki_shi）", metavar="NAME")]
ClientCity = Annotated[
    str | None, typer.Option("--city", help="支給決定市町村のない利用者に使う市町村", metavar="NAME")
]
On = Annotated[
    str | None,
    typer.Option("--on", help="この日に適用される通知で示します（例 2026-01-05。省略すると今日）", metavar="DATE"),
]
Month = Annotated[str | None, typer.Option("--month", help="対象年月（2026-01）", metavar="2026-01")]
Jobs = Annotated[int, typer.Option("--jobs", help="同時に処理する数", metavar="N", min=1)]
J611 = Annotated[
    list[Path] | None,
    typer.Option(
        "--j611", help="照合する請求データ（J611のCSVかフォルダー。いくつでも指定できます）", metavar="FILE|DIR"
    ),
]
Readings = Annotated[
    bool, typer.Option("--readings", help="解釈の分かれる点を別の解釈でも点検し、判定の変わる日を示します")
]
Trial = Annotated[
    Path | None,
    typer.Option(
        "--trial", help="通知の下書きでも点検し、変わる数と日を示します（色とメモは付けません）", metavar="DRAFT.toml"
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="基準日。まだ終わっていない月は、この日に間に合うことを実施待ちとします（なければ今日）",
        metavar="DATE",
    ),
]
Layout = Annotated[
    list[Path] | None,
    typer.Option("--layout", help="layout --save で保存した読み取り方で読みます（フォルダーも可）", metavar="FILE|DIR"),
]
Ledger = Annotated[Path | None, typer.Option("--ledger", help="受付簿に記録し、再提出は前と比べます", metavar="FILE")]
Seal = Annotated[
    bool, typer.Option("--seal", help="点検した値の控えをコピーに入れます（後で変わった所を verify で確かめます）")
]
NoCopies = Annotated[
    bool, typer.Option("--no-copies", help="--out に色とメモを付けたコピーを作らず、点検まとめだけを置きます")
]
Anonymise = Annotated[bool, typer.Option("--anonymise", help="氏名を仮の番号に置き換えます（コピーは作りません）")]
Key = Annotated[Path | None, typer.Option("--key", help="仮の番号をいつも同じにする鍵ファイル", metavar="FILE")]
Dask = Annotated[str | None, typer.Option("--dask", help="Daskのクラスターで点検します", metavar="ADDRESS")]
All = Annotated[bool, typer.Option("--all", help="同じ点検項目の2件目からも、画面にすべて示します")]
HelpJson = Annotated[
    bool,
    typer.Option(
        "--help-json", help="--json の中身（項目、型、意味）を示します", callback=tell_json_fields, is_eager=True
    ),
]
