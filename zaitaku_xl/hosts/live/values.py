"""Values as Excel hands them to a program, turned into the cells every reader of ours gives.

What Excel for Windows gives is the measure (macOS in brackets): text, float (also int), Decimal for money, datetime for
a cell that shows a date; a number below an error of Excel is an int and never a float (the error's text). A cell that
shows only a time of day comes as a plain number, there as here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from zaitaku_xl.cells import Cell, Grid, Kind

Row = Sequence[object]

# The last three digits are those of ERROR.TYPE; the codes start at 2000 below this number.
_ERROR_BASE = -2146828288
ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
ERROR_CODES = {text: _ERROR_BASE + number for number, text in ERRORS.items()}
_BY_CODE = {code: text for text, code in ERROR_CODES.items()}
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = 1462
_DAY = timedelta(days=1)
_Known = dict[tuple[type, object], Cell | None]


def grid_of(name: str, rows: Iterable[Row], *, row: int = 1, column: int = 1, date1904: bool = False) -> Grid:
    """Return the block as a sheet's cells; *row* and *column* are where its first cell stands.

    >>> grid_of("日報", [["氏名", None], ["", 1.5]]).rows
    {1: {1: Cell(kind=<Kind.TEXT: 'text'>, value='氏名', style=0)}, 2: {2: Cell(kind=<Kind.NUMBER: 'number'>, value=1.5, style=0)}}
    """
    known: _Known = {}  # most cells of a sheet are the same few
    read: dict[int, dict[int, Cell]] = {}
    for number, values in enumerate(rows, row):
        cells = {}
        for position, value in enumerate(values, column):
            if value is None or value == "":
                continue
            key = (type(value), value)
            cell = known.get(key)
            if cell is None:
                cell = known[key] = cell_of(value, date1904)
            if cell is not None:
                cells[position] = cell
        if cells:
            read[number] = cells
    return Grid(name, read, date1904)


def cell_of(value: object, date1904: bool = False) -> Cell | None:
    """Return the cell of a value, None for a blank."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return Cell(Kind.ERROR if value in ERROR_CODES else Kind.TEXT, value)
    if isinstance(value, bool):
        return Cell(Kind.BOOLEAN, value)
    if isinstance(value, int) and 2000 <= value - _ERROR_BASE < 2100:
        return Cell(Kind.ERROR, _BY_CODE.get(value, "#N/A"))
    if isinstance(value, (int, float, Decimal)):
        return Cell(Kind.NUMBER, float(value))
    if isinstance(value, datetime):
        serial = (value.replace(tzinfo=None) - _EPOCH) / _DAY
        return Cell(Kind.DATE, serial - _EPOCH_1904 if date1904 else serial)
    return Cell(Kind.TEXT, str(value))


def block_of(value: object) -> Sequence[Row]:
    """Return rows whatever a range gave: one cell is handed over bare, one row perhaps flat."""
    if not isinstance(value, (list, tuple)):
        return ((value,),)
    if not value or not isinstance(value[0], (list, tuple)):
        return (value,)
    return value
