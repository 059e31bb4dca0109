"""What a person is told of marks laid and taken off, and of our own faults."""

from collections.abc import Iterator
from pathlib import Path

from zaitaku_xl.a1 import address
from zaitaku_xl.hosts.book import Cleared, Marked
from zaitaku_xl.sheets.result_sheet import SHEET

TOO_LARGE = "中身が大きすぎて、メモリが足りません。月ごとに分けるなど、小さくしてから点検してください。"


def our_fault(error: BaseException) -> str:
    return f"プログラムの不具合で点検できませんでした（{type(error).__name__}）。記録に問題があるわけではありません。"


def unlaid(marked: Marked) -> Iterator[str]:
    """Say what could not be laid: sheets, notes on cells that have somebody's own, anything under protection."""
    for name in marked.unmade:
        yield f"「{name}」のシートは、ブックの構成が保護されているため作れません。色とメモだけを付けました。"
    if marked.unnoted:
        count = len(marked.unnoted)
        yield f"すでにメモのあるセルが{count}個あり、メモは変えていません。内容は「{SHEET}」で確かめてください。"
    for name in marked.locked:
        yield f"シート「{name}」は保護されているため、色とメモを付けられません。内容は「{SHEET}」にあります。"


def stayed(cleared: Cleared) -> Iterator[str]:
    """Say what stayed when our marks were taken off."""
    for name in cleared.kept:
        yield f"「{name}」は手で直されているため残しました。"
    for name in cleared.written_in:
        yield f"「{name}」は、確認済みか事業所の記入に書き込みがあるため残しました。"
    for sheet, row, column in cleared.written_into:
        yield f"シート「{sheet}」{address(row, column)}のメモは、書き込みがあるため残しました。要らなければ手で消してください。"
    for name in cleared.locked:
        yield f"シート「{name}」は保護されているため、色とメモを消せません。保護を解いてから押してください。"


def backup(kept: Path | None) -> Iterator[str]:
    """Say where the workbook lies as it was before we wrote."""
    if kept:
        yield f"書き込む前のブックは「{kept.name}」に残しました。"
