"""`zaitaku-xl verify`: has a value or a formula changed since the check?"""

import re
from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import jobs
from zaitaku_xl.batch import ledger as ledgers
from zaitaku_xl.entry.screen import problem, say
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.jobs.sealing import Verified
from zaitaku_xl.sheets.seal import PROVES_NOTHING

_MOST = 60
_DIGEST = re.compile(r"[0-9a-f]{64}")


def verify(
    file: Annotated[Path, typer.Argument(help="点検時の控えのあるコピー", metavar="FILE")],
    digest: Annotated[
        str | None,
        typer.Option(
            "--is", help="点検のときに書き留めた控えの番号（64文字）と同じかどうかも確かめます", metavar="DIGEST"
        ),
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", help="受付簿に控えた中身と同じかどうかも確かめます", metavar="FILE"),
    ] = None,
) -> None:
    """Status 0: unchanged; 1: changed, or not the seal or the file that was named; 2: there is no seal."""
    noted = _digest(digest)
    verified = jobs.verify_file(file)
    say(f"{file}: 本文 {verified.law}、zaitaku-xl {verified.program} で点検したときの封（方式{verified.scheme}）")
    say(f"控えの番号：{verified.digest}")
    if verified.by_an_older_version:
        say("以前の版で控えを入れたものです。日付の数え方と数式が変わっていないかは、この控えでは分かりません。")
    right = _tell_changes(verified)
    if noted is not None:
        right &= _tell_noted(verified.digest == noted)
    if ledger is not None:
        right &= _tell_received(verified, ledger)
    say(PROVES_NOTHING)
    raise typer.Exit(0 if right else 1)


def _digest(typed: str | None) -> str | None:
    if typed is None:
        return None
    digest = typed.strip().lower()
    if not _DIGEST.fullmatch(digest):
        raise WrongUse("--is には、控えの番号（0～9とa～fの64文字）をそのまま指定してください。")
    return digest


def _tell_changes(verified: Verified) -> bool:
    if not verified.whole:
        problem("点検時の控えが変わっているため、確かめられません。もう一度点検してください。")
        return False
    if not verified.changed:
        say("点検した値は、点検のあとに変わっていません。")
        return True
    say(f"点検のあとに変わったところが{len(verified.changed)}か所あります。")
    for place in verified.changed[:_MOST]:
        say(f"　{place}")
    if len(verified.changed) > _MOST:
        say(f"　ほか{len(verified.changed) - _MOST}か所")
    return False


def _tell_noted(same: bool) -> bool:
    if same:
        say("書き留めた番号と同じ控えです。")
    else:
        problem(
            "書き留めた番号と違う控えです。点検の後で作り直されたものかもしれません。点検者のコピーと比べてください。"
        )
    return same


def _tell_received(verified: Verified, path: Path) -> bool:
    with ledgers.open_ledger(path, new=False) as ledger:
        received = ledger.received_with(verified.rows)
    if received:
        say(f"受付簿に{received}に控えた中身と同じです。")
        return True
    problem(
        "受付簿に、このコピーと同じ中身の控えがありません。受付簿が正しいかを確かめ、元のファイルをもう一度受け取ってください。"
    )
    return False
