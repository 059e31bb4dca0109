"""What a stored cell means: the one place both readers ask, so that they cannot disagree about it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from zaitaku_xl.cells import EPOCH_1904, Cell, Kind
from zaitaku_xl.hosts.reading.format_codes import Styles, section_for

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_TEXT, _A_NUMBER, _DATE, _BOOLEAN = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN  # asking the enum each time is slow
_new = tuple.__new__  # what Cell(...) comes to, for the cells a workbook has thousands of
_ERROR, _UNCALCULATED = Kind.ERROR, Kind.UNCALCULATED
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = re.compile("[\ud800-\udfff]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_TIME = r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,9})?))?Z?"
_ISO = re.compile(rf"(?:([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}))?(?:(?:(?<=[0-9])T|^T?){_TIME})?")

Broken = Callable[[str], Exception]


def unescaped(text: str) -> str:
    """Return text with ``_x0041_`` read as A, as Excel writes what XML cannot hold.

    >>> unescaped("a_x005F_x0041_"), unescaped("_xD842__xDFB7_")
    ('a_x0041_', '𠮷')
    """
    if "_x" not in text:
        return text
    return _SURROGATES.sub(_joined, _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))


def _joined(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def told(attributes: Mapping[str, str]) -> tuple[str, int]:
    """Return what a cell's attributes say: its type and the number of its style."""
    style = attributes.get("s", "0")
    return attributes.get("t", "n"), int(style) if style.isascii() and style.isdecimal() and len(style) < 8 else 0


class Values:
    """Turns what a cell element holds into a Cell, with the strings and date styles of its workbook."""

    def __init__(self, strings: Sequence[str], styles: Styles, date1904: bool) -> None:
        self._texts = strings
        self._dates, self._mixed = styles
        self._date1904 = date1904

    def cell(self, kind: str, style: int, text: str | None, formula: bool, broken: Broken) -> Cell | None:
        """Return the cell, or None for a blank; *text* is None where there is no value element at all."""
        if text is None or (kind != "str" and not text.strip(" \t\r\n")):
            return Cell(_UNCALCULATED, "", style) if formula else self._blank_text(kind, text, style)
        if kind == "s":
            return self._shared(text, style, broken)
        if kind == "n":
            return self._number(text, style)
        if kind == "b":
            value = _BOOLEANS.get(text.strip())
            return Cell(_ERROR, text, style) if value is None else Cell(_BOOLEAN, value, style)
        if kind == "e":
            return Cell(_ERROR, text, style)
        if kind == "d":
            return self._day(text, style)
        return _text(unescaped(text), style)

    def _blank_text(self, kind: str, text: str | None, style: int) -> Cell | None:
        return _text(text, style) if text and kind == "inlineStr" else None

    def shared(self, number: int, style: int) -> Cell | None:
        """Return the cell that shows a shared string; ValueError where there is no such string."""
        if number < 0:
            raise ValueError(number)
        try:
            text = self._texts[number]
        except IndexError as error:
            raise ValueError(number) from error
        return _new(Cell, (_TEXT, text, style)) if text else None

    def number(self, value: float, style: int) -> Cell | None:
        """Return the cell of a number that is one, None for a 0 that is not shown; ValueError where it is beyond all numbers."""
        if value - value:
            raise ValueError(value)
        if style in self._mixed:
            return self._by_section(value, style)
        return _new(Cell, (_DATE if style in self._dates else _A_NUMBER, value, style))

    def _by_section(self, value: float, style: int) -> Cell | None:
        section = section_for(self._mixed[style], value)
        if section.is_empty and value == 0:
            return None
        return Cell(_DATE if section.is_date else _A_NUMBER, value, style)

    def _shared(self, text: str, style: int, broken: Broken) -> Cell | None:
        number = text.strip(" \t\r\n")
        try:
            return self.shared(int(number) if _WHOLE.fullmatch(number) else -1, style)
        except ValueError as error:
            raise broken("文字の番号") from error

    def _number(self, text: str, style: int) -> Cell | None:
        number = text.strip(" \t\r\n")
        try:
            return self.number(float(number if _NUMBER.fullmatch(number) else "inf"), style)
        except ValueError:  # nobody may guess what it was
            return Cell(_ERROR, text, style)

    def _day(self, text: str, style: int) -> Cell:
        value = iso_serial(text.strip(), self._date1904)
        return Cell(_TEXT, text, style) if value is None else Cell(_DATE, value, style)


def _text(text: str, style: int) -> Cell | None:
    return Cell(_TEXT, text, style) if text else None


def iso_serial(text: str, date1904: bool) -> float | None:
    """Return the serial of a day or time as Strict workbooks write it, or None for what is none.

    >>> iso_serial("2026-01-05T12:00:00", False), iso_serial("10:30", False), iso_serial("令和8年", False)
    (46027.5, 0.4375, None)
    """
    found = _ISO.fullmatch(text)
    if not found or not text:
        return None
    year, month, day, hour, minute, second = found.groups()
    try:
        days = _days(date(int(year), int(month), int(day)), date1904) if year else 0
    except ValueError:
        return None
    seconds = int(hour or 0) * 3600 + int(minute or 0) * 60 + float(second or 0)
    return days + seconds / 86_400 if seconds < 86_400 else None


def _days(day: date, date1904: bool) -> int:
    days = (day - date(1899, 12, 30)).days
    if date1904:
        return days - EPOCH_1904
    return days if days > 60 else days - 1
