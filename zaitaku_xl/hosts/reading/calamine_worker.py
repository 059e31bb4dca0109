"""Reads .xls, .xlsb and .ods in a process of its own: a broken file may end that process, and ends nothing else.

python -m zaitaku_xl.hosts.reading.calamine_worker < FILE: sheets as JSON, each cell that is not blank as row, column, kind, value.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from zaitaku_xl.cells import EPOCH_1904
from zaitaku_xl.hosts.reading.foreign_parts import Refused, prepared

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MAX_CELLS = 2_000_000
MAX_MEMORY = 2 << 30
_FIRST = datetime(1899, 12, 30)


def serial(value: date | time | timedelta) -> float:
    """Return a day, a time of day or a duration as Excel counts it.

    >>> serial(date(2026, 1, 5)), serial(time(12, 0)), serial(timedelta(hours=36))
    (46027.0, 0.5, 1.5)
    """
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86_400
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (moment - _FIRST) / timedelta(days=1)


def _cells(rows: list[list[Any]], days: int) -> Iterator[tuple[int, int, str, str | float | bool]]:
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if isinstance(value, bool):
                yield number, column, "boolean", value
            elif isinstance(value, (int, float)):
                yield number, column, "number", float(value)
            elif isinstance(value, (date, time, timedelta)):
                yield number, column, "date", serial(value) - (days if isinstance(value, date) else 0)
            elif value:
                yield number, column, "text", str(value)


def _sheets(data: bytes) -> dict[str, Any]:
    try:
        data, date1904 = prepared(data)
    except Refused as error:
        return {"refused": str(error)}
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    made = []
    days = EPOCH_1904 if date1904 else 0  # calamine tells days as they are; a number without a format counts from 1904
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            raise ValueError("too large")
        made.append({"name": name, "cells": list(_cells(sheet.to_python(skip_empty_area=False), days))})
    return {"date1904": date1904, "sheets": made}


def main() -> None:
    if resource is not None:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    sys.stdout.buffer.write(json.dumps(_sheets(sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    main()
