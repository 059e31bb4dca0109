"""Small translations between what Excel says and what LibreOffice says."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from xlwings import utils

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def day(value: float) -> dt.datetime | float:
    if value < 1:
        return value
    return dt.datetime(1899, 12, 30) + dt.timedelta(microseconds=round(value * 86_400_000) * 1000)


def money(value: float) -> Decimal:
    return Decimal(str(value))


TYPES: dict[int, Callable[[float], object]] = {2: day, 8: money, 1024: bool}  # DATE, CURRENCY, LOGICAL


_SHEET = re.compile(r"\$?('[^']+'|[^\s'.$(),;:+*/&=<>-]+)\.(?=\$?[A-Z])")


def in_excel(formula: str) -> str:
    """A reference to another sheet as Excel writes it."""
    return _SHEET.sub(r"\1!", formula) if formula.startswith("=") else formula


def number_of(colour: Any) -> int:
    red, green, blue = utils.hex_to_rgb(colour) if isinstance(colour, str) else colour
    return int(red) << 16 | int(green) << 8 | int(blue)


def rgb(number: int) -> tuple[int, int, int]:
    return number >> 16 & 255, number >> 8 & 255, number & 255
