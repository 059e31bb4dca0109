"""`zaitaku-xl ledger`: who has returned a month's file, and who has not."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from zaitaku_xl import jobs
from zaitaku_xl.batch import ledger as ledgers
from zaitaku_xl.entry import options as opt
from zaitaku_xl.entry.columns import pad
from zaitaku_xl.entry.screen import say
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.hosts.reading.encodings import decoded

_HEADINGS = ("事業所番号", "番号", "office")


def ledger(
    file: Annotated[Path, typer.Argument(help="受付簿", metavar="FILE")],
    month: opt.Month = None,
    offices: Annotated[
        Path | None,
        typer.Option(
            "--offices", help="提出するはずの事業所の一覧（1列目が事業所番号、2列目が名前のCSV）", metavar="FILE"
        ),
    ] = None,
) -> None:
    """List the receipts of a month and who has not returned yet; status 1 where somebody has not."""
    expected = _expected(offices) if offices else {}
    with ledgers.open_ledger(file, new=False) as book:
        months = book.months()
        wanted = str(jobs.months_of([month])[0]) if month else next(reversed(months), None)
        if wanted is None:
            raise WrongUse(f"受付簿 {file} には、月の分かるファイルがまだありません。")
        receipts = book.receipts(wanted)
        offices_known = expected or book.offices()
        unread = book.unread()
        spoilt = book.spoilt()
    say(f"{wanted} の受付 {len(receipts)}件")
    for receipt in receipts:
        times = f"（{receipt.times}回目）" if receipt.times > 1 else ""
        say(
            f"　{pad(receipt.office, 12)} {pad(receipt.name, 24)} {receipt.received[:16]}{times}"
            f"  算定可 {receipt.billable}日、算定不可 {receipt.not_billable}日、要確認 {receipt.to_check}日、指摘 {receipt.findings}件"
        )
    here = {_bare(receipt.office) for receipt in receipts}
    missing = [(number, name) for number, name in offices_known.items() if _bare(number) not in here]
    say(f"未提出の事業所 {len(missing)}件")
    for number, name in missing:
        say(f"　{pad(number, 12)} {name}".rstrip())
    if unread:
        say(f"点検できなかったか、点検する記録がないファイル {len(unread)}件")
        for path, received in unread:
            say(f"　{received[:16]}  {path}")
    if spoilt:
        say(
            f"受付簿の{spoilt}行は壊れていて読めません。その行のファイルは、もう一度 check --ledger で受け付けてください。"
        )
    raise typer.Exit(1 if missing else 0)


def _expected(path: Path) -> dict[str, str]:
    rows = [row for row in csv.reader(decoded(bytes_of(path)).splitlines()) if row and row[0].strip()]
    names: dict[str, str] = {}
    for number, *rest in rows:
        if number.strip() not in _HEADINGS:
            names[number.strip()] = rest[0].strip() if rest else ""
    if not names:
        raise WrongUse(f"{path} に事業所がありません。1列目に事業所番号を書いてください。")
    return names


def _bare(number: str) -> str:
    """Excel drops leading zeros when it saves a CSV."""
    return number.lstrip("0")
