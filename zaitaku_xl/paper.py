"""A sheet under construction, whatever it will be: values put at rows and columns, joined areas, heights."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from zaitaku_xl.made import Area, MadeCell, MadeRow, Style

Value = str | int | float | None


@dataclass
class BarePaper:
    """Cells by (row, column), both from 1. ``row`` is the last row laid."""

    widths: Sequence[float]
    cells: dict[tuple[int, int], MadeCell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    row: int = 0
    usual: ClassVar[Style] = Style()

    @property
    def width(self) -> int:
        return len(self.widths)

    @property
    def rows(self) -> tuple[MadeRow, ...]:
        """Everything laid so far, as a sheet takes it."""
        columns = range(1, self.width + 1)
        return tuple(tuple(self.cells.get((row, column)) for column in columns) for row in range(1, self.row + 1))

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        style: Style | None = None,
        *,
        to: tuple[int, int] | None = None,
        link: tuple[str, int, int] | None = None,
    ) -> None:
        """Lay a value, over the cells up to *to* (row, column) where given; None is a blank with the style's lines."""
        style = style or self.usual
        last_row, last_column = to or (row, column)
        for r in range(row, last_row + 1):
            for c in range(column, last_column + 1):
                self.cells[r, c] = MadeCell("", style)
        self.cells[row, column] = MadeCell("" if value is None else value, style, link)
        if (last_row, last_column) != (row, column):
            self.merges.append(Area(row, column, last_row, last_column))
        self.row = max(self.row, last_row)

    def gap(self, height: float = 8) -> None:
        self.row += 1
        self.heights[self.row] = height
