"""Words that offices use for a choice instead of ours: read, and told once a sheet."""

from collections.abc import Iterator, Mapping, Sequence

from zaitaku_xl.book.asides import remark
from zaitaku_xl.book.days_off import WORDS
from zaitaku_xl.book.layout import Column
from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.book.words import Choice
from zaitaku_xl.cells import Cell
from zaitaku_xl.model import Remark

_OFF = "休（予定か欠席連絡のある日は欠席）"


def words_read(
    sheet: str, rows: Sequence[int], cells: Sequence[Sequence[Cell | None]], readers: Mapping[int, Column]
) -> Iterator[Remark]:
    """Yield one remark where words of a sheet were read as others: word, meaning, word, meaning …"""
    told: dict[str, str] = {}
    first = (0, 0)
    count = 0
    for (number, column), its in zip(readers.items(), cells, strict=True):
        meanings = _meanings(column, its)
        if meanings:
            told |= {word: meaning for word, meaning in meanings.items() if word not in told}
            places = [place for place, cell in enumerate(its) if cell and shown(cell).strip() in meanings]
            count += len(places)
            first = min(first, (rows[places[0]], number)) if first[0] else (rows[places[0]], number)
    if told:
        words = tuple(part for pair in told.items() for part in pair)
        yield remark(sheet, *first, "words", count=count, words=words)


def _meanings(column: Column, cells: Sequence[Cell | None]) -> dict[str, str]:
    choice = column.parse
    if not isinstance(choice, Choice) or not choice.usual:
        return {}
    distinct = dict.fromkeys(cells)  # in their order: what is told first was read first
    return {shown(cell).strip(): _meaning(choice, cell) for cell in distinct if cell and choice.tells(shown(cell))}


def _meaning(choice: Choice, cell: Cell) -> str:
    if folded(shown(cell)) in WORDS:
        return _OFF
    meant = choice(cell, None)
    return {True: "営業", False: "休業"}.get(meant, str(meant)) if isinstance(meant, bool) else str(meant)
