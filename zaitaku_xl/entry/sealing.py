"""`zaitaku-xl verify`: has a value changed since the check?"""

from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import jobs
from zaitaku_xl.entry.screen import problem, say
from zaitaku_xl.sheets.seal import PROVES_NOTHING

_MOST = 60


def verify(file: Annotated[Path, typer.Argument(help="封をした写し", metavar="FILE")]) -> None:
    """Status 0: unchanged; 1: changed; 2: there is no seal."""
    found = jobs.verify_file(file)
    say(f"{file}: 本文 {found.law}、zaitaku-xl {found.program} で点検したときの封")
    if not found.whole:
        problem("封そのものが書き換えられています。この写しでは確かめられません。もう一度点検してください。")
    elif found.changed:
        say(f"点検のあとに変わったところが{len(found.changed)}か所あります。")
        for place in found.changed[:_MOST]:
            say(f"　{place}")
        if len(found.changed) > _MOST:
            say(f"　ほか{len(found.changed) - _MOST}か所")
    else:
        say("点検した値は、点検のあとに変わっていません。")
    say(PROVES_NOTHING)
    raise typer.Exit(0 if found.whole and not found.changed else 1)
