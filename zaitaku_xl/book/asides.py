"""Rows below a heading that are no records: an example, the headings once more, a sum. They are set aside and told."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from zaitaku_xl import model
from zaitaku_xl.a1 import address
from zaitaku_xl.book.plain import plain
from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.errors import LayoutError
from zaitaku_xl.sentence import Sentence, own
from zaitaku_xl.sentence import place as sheet_named

_EXAMPLE = re.compile(
    r"[(\[【<〔「『※*]*(?:(?:記入|記載|入力|記録)(?:例|見本|サンプル)|サンプル|sample"
    r"|(?:例|見本)(?:$|[)\]】>〕」』:。])|例[\d ])",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[【<〔](?:記入例|記載例|入力例|例|見本|サンプル)[)\]】>〕]")
_SUMS = frozenset(("合計", "小計", "総計", "総合計", "月計", "計"))
Cells = Sequence[Cell | None]


def set_aside(
    grid: Grid, heading_row: int, columns: Mapping[str, int], numbers: Sequence[int], cells: Mapping[int, Cells]
) -> tuple[Sequence[int], tuple[model.Remark, ...]]:
    """Return the rows that may be records, and what is to be said of the others; *cells* of the columns of fields."""
    found: dict[str, list[int]] = {}
    for number, kind in _odd_rows(grid, heading_row, columns, numbers, cells).items():
        found.setdefault(kind, []).append(number)
    if not found:
        return numbers, ()
    if "heading" in found:
        _same_order(grid, heading_row, found["heading"])
    aside = {number for rows in found.values() for number in rows}
    remarks = tuple(_remark(grid, kind, rows) for kind, rows in sorted(found.items()))
    return [number for number in numbers if number not in aside], remarks


def _remark(grid: Grid, kind: str, rows: Sequence[int]) -> model.Remark:
    first = min(rows)
    return remark(grid.name, first, min(grid.rows[first]), kind, count=len(rows), rows=frozenset(rows))


def remark(sheet: str, row: int, column: int, kind: str, **facts: object) -> model.Remark:
    """Return a remark that stands at a cell."""
    return model.Remark(row=model.Row(sheet, row, {"day": column}), kind=kind, **facts)  # type: ignore[arg-type]


def _odd_rows(
    grid: Grid, heading_row: int, columns: Mapping[str, int], numbers: Sequence[int], cells: Mapping[int, Cells]
) -> dict[int, str]:
    """The kind of each row that is no record: told by its name, its date, or a cell left of all that is known."""
    probes = {columns[field]: cells[columns[field]] for field in ("name", "day") if field in columns}
    beside = [column for column in _unnamed(grid, heading_row, columns) if column < min(columns.values(), default=0)]
    if beside:
        probes |= dict(zip(beside, grid.columns(numbers, beside), strict=True))
    headings = grid.rows[heading_row]
    odd: dict[int, str] = {}
    for column, its in probes.items():
        heading = headings.get(column)
        kinds = _kinds(its, folded(str(heading.value)) if heading else "", sums=column not in beside)
        if kinds:
            odd |= {n: kinds[c.value] for n, c in zip(numbers, its, strict=True) if c and c.value in kinds}
    return odd


def _unnamed(grid: Grid, heading_row: int, columns: Mapping[str, int]) -> list[int]:
    """The columns at the left edge that fill no field."""
    first = min(columns.values(), default=1)
    return [column for column in range(max(1, first - 3), first) if column not in columns.values()]


def _kinds(cells: Cells, heading: str, *, sums: bool) -> dict[object, str]:
    words = {cell.value for cell in set(cells) if cell and cell.kind is Kind.TEXT}
    kinds = {word: _kind(str(word), heading, sums=sums) for word in words}
    return {word: kind for word, kind in kinds.items() if kind}


@lru_cache(maxsize=4096)  # the same clients stand in every sheet
def _kind(words: str, heading: str, *, sums: bool) -> str:
    typed = folded(words)
    if heading and typed == heading:
        return "heading"
    if sums and typed in _SUMS:
        return "total"
    return "example" if is_example(words) else ""


def is_example(words: str) -> bool:
    """Tell whether a cell marks its row as an example.

    >>> [is_example(words) for words in ("（記入例）", "記入例 山田", "例", "例）山田", "例 山田", "山田（例）", "例田 一郎", "見本 一")]
    [True, True, True, True, True, True, False, False]
    """
    typed = plain(words).translate(_HALF)
    return bool(_EXAMPLE.match(typed) or _BRACKETED.search(typed))


_HALF = str.maketrans("（）［］＜＞：", "()[]<>:")


def _same_order(grid: Grid, heading_row: int, rows: Sequence[int]) -> None:
    """Below headings in another order every cell would be read under the wrong one."""
    top = _headings(grid, heading_row)
    for row in rows:
        known = set(top.values())
        for column, heading in _headings(grid, row).items():
            if heading in known and top.get(column) != heading:
                words = f"!{address(row, column)}: 見出しの行がもう1つあり、列の並びが違います。表を2つのシートに分けてください。"
                raise LayoutError(Sentence("{sheet}{words}", sheet=sheet_named(grid.name), words=own(words)))


def _headings(grid: Grid, row: int) -> dict[int, str]:
    return {n: folded(str(cell.value)) for n, cell in grid.rows[row].items() if cell.kind is Kind.TEXT}
