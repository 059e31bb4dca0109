"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl.entry.json_help import tell_json_fields

Paths = Annotated[list[str], typer.Argument(help="ブック、フォルダー、または *.xlsx のような型", metavar="PATH...")]
Out = Annotated[Path | None, typer.Option("--out", help="印を付けた写しを置くフォルダー", metavar="DIR")]
InPlace = Annotated[bool, typer.Option("--in-place", help="元のファイルに書き込みます")]
KeepBackup = Annotated[
    bool, typer.Option("--keep-backup", help="--in-place のとき、書き込む前のブックを「名前.点検前.xlsx」に残します")
]
City = Annotated[str | None, typer.Option("--city", help="市町村（長崎市 または nagasaki_shi）", metavar="NAME")]
ClientCity = Annotated[str | None, typer.Option("--city", help="支給決定市町村のない人に使う市町村", metavar="NAME")]
On = Annotated[str | None, typer.Option("--on", help="この日の基準（2026-01-05。省くと今日）", metavar="DATE")]
Month = Annotated[str | None, typer.Option("--month", help="対象年月（2026-01）", metavar="2026-01")]
Jobs = Annotated[int, typer.Option("--jobs", help="同時に働く数", metavar="N", min=1)]
J611 = Annotated[
    list[Path] | None,
    typer.Option(
        "--j611", help="突き合わせる請求データ（J611のCSV、またはそのフォルダー。何度でも）", metavar="FILE|DIR"
    ),
]
Readings = Annotated[
    bool, typer.Option("--readings", help="疑義のある点をほかの読み方でも点検し、判定の変わる日を示します")
]
Trial = Annotated[
    Path | None,
    typer.Option(
        "--trial", help="通知の下書きでも点検し、変わる数と日を示します（印は付けません）", metavar="DRAFT.toml"
    ),
]
Ledger = Annotated[Path | None, typer.Option("--ledger", help="受付簿に記入し、出し直しは前と比べます", metavar="FILE")]
Seal = Annotated[bool, typer.Option("--seal", help="点検した値の封を写しに入れます（verify で確かめます）")]
NoCopies = Annotated[bool, typer.Option("--no-copies", help="--out に印を付けた写しを作らず、まとめだけを置きます")]
Anonymise = Annotated[bool, typer.Option("--anonymise", help="氏名を符号に置き換えます（写しは作りません）")]
Key = Annotated[Path | None, typer.Option("--key", help="符号をいつも同じにする鍵のファイル", metavar="FILE")]
Dask = Annotated[str | None, typer.Option("--dask", help="Daskの計算機群で点検します", metavar="ADDRESS")]
HelpJson = Annotated[
    bool,
    typer.Option(
        "--help-json", help="--json の中身（項目、型、意味）を示します", callback=tell_json_fields, is_eager=True
    ),
]
