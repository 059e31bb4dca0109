"""Tables with headings: one row a day, a contact, an evaluation, a client; in one to three heading rows, also in blocks."""

from collections.abc import Iterator

from zaitaku_xl.cells import Kind
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.headings import titled
from zaitaku_xl.layouts.mapping import Mapped, mapped_best
from zaitaku_xl.layouts.pieces import SheetRead
from zaitaku_xl.layouts.rows import Block, pieces_of
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.layouts.table_heads import Head, heads_of

_OUTLINES = {
    "entries": "1行に1日の表",
    "contacts": "1行に1件の連絡の表",
    "kinds": "種別ごとに1行の記録",
    "week_reviews": "週の評価の一覧",
    "month_reviews": "月の評価の一覧",
    "clients": "利用者の名簿",
    "approvals": "在宅利用の承認の一覧",
    "absences": "欠席の一覧",
    "plans": "予定の一覧",
    "services": "ほかのサービスの一覧",
}


def read(sheet: Sheet, around: Around) -> SheetRead | None:
    """Return what the tables of a sheet say; None where it has none that is understood."""
    if "unrelated" in titled(_top(sheet)):
        return None
    result: SheetRead | None = None
    for block in _blocks(sheet, around):
        outline = _OUTLINES[block.mapped.table]
        result = result or SheetRead(sheet=sheet.name, outline=outline)
        pieces_of(sheet, block, around, result)
    return result


def _top(sheet: Sheet) -> str:
    """The sheet's name and the first line of its titles."""
    first = next((row for row in sheet.rows if row <= 5), None)
    words = [sheet.title(first)] if first and len(list(sheet.cells(first))) <= 3 else []
    return " ".join([sheet.name, *words])


def _blocks(sheet: Sheet, around: Around) -> Iterator[Block]:
    """Yield the tables of a sheet from top to bottom, each with the rows above it that nobody else has."""
    found: list[tuple[Head, Mapped]] = []
    for head in heads_of(sheet, around.answers):
        mapped = mapped_best(sheet, head, around)
        if mapped is not None:
            found.append((head, mapped))
    since = 1
    for place, (head, mapped) in enumerate(found):
        following = found[place + 1][0].first if place + 1 < len(found) else None
        block = Block(head=head, mapped=mapped, since=since, until=_end(sheet, head, following))
        yield block
        since = block.until + 1


def _end(sheet: Sheet, head: Head, following: int | None) -> int:
    """The last row of a table: before the titles of the one that follows, which a blank line or a change tells apart."""
    last = sheet.rows[-1]
    if following is None:
        return last
    above = sheet.between(head.last + 1, following - 1)
    for row in reversed(above):
        cells = list(sheet.cells(row))
        if len(cells) > 2 or any(cell.kind is not Kind.TEXT for _, cell in cells):
            return row
    return head.last
