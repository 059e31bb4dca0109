"""The table of attacks."""

from tests.attack import believing, machine, packages, size, telling, writing
from tests.attack.trial import Row

_ORDER = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 F-a F-b F-c F-d F-e".split()
_ROWS = (*machine.ROWS, *believing.ROWS, *writing.ROWS, *telling.ROWS, *size.ROWS, *packages.ROWS)
ROWS: tuple[Row, ...] = tuple(sorted(_ROWS, key=lambda row: _ORDER.index(row.id)))
