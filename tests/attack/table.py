"""The table of attacks."""

from tests.attack import telling, writing
from tests.attack.trial import Row

ROWS: tuple[Row, ...] = (*writing.ROWS, *telling.ROWS)
