"""The table of attacks."""

from tests.attack import believing, machine, packages, size, telling, writing
from tests.attack.trial import Row

_ORDER = [*map(str, range(1, 16)), "F-a", "F-b", "F-c", "F-d", "F-e"]
_ROWS = (*machine.ROWS, *believing.ROWS, *writing.ROWS, *telling.ROWS, *size.ROWS, *packages.ROWS)
ROWS: tuple[Row, ...] = tuple(sorted(_ROWS, key=lambda row: _ORDER.index(row.id)))
