"""A worksheet's cells, exactly: an error, a formula without a stored value and a blank are three different things."""

import re
from collections.abc import Callable
from xml.parsers import expat

from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.number_formats import date_styles
from zaitaku_xl.hosts.package import Package

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ERRORS_OF_OURS = "シートの中身が壊れています"


def grids(package: Package, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
    """Return the sheets whose name is *wanted*, in workbook order; cells with nothing in them are left out."""
    sheets = [sheet for sheet in package.sheets if wanted(sheet.name)]
    if not sheets:
        return ()
    strings = _Strings()
    if package.shared_strings_part:
        strings.read(package.part(package.shared_strings_part), package.shared_strings_part)
    styles = date_styles(package.part(package.styles_part)) if package.styles_part else frozenset()
    return tuple(
        Grid(sheet.name, _Cells(strings.texts, styles).read(package.part(sheet.part), sheet.name), package.date1904)
        for sheet in sheets
    )


def unescaped(text: str) -> str:
    """Return text with ``_x0041_`` read as A, as Excel writes what XML cannot hold."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _parse(parser: expat.XMLParserType, data: bytes, where: str) -> None:
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(f"{_ERRORS_OF_OURS}（{where}）。Excelで開いて保存し直してください。") from error


class _Strings:
    """The shared strings, their readings (フリガナ) left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._in_text = self._in_reading = False

    def read(self, data: bytes, where: str) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        _parse(parser, data, where)

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self._runs = []
        elif local == "rPh":
            self._in_reading = True
        elif local == "t":
            self._in_text = not self._in_reading

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self._in_text = False
        elif local == "rPh":
            self._in_reading = False
        elif local == "si":
            self.texts.append(unescaped("".join(self._runs)))

    def _text(self, data: str) -> None:
        if self._in_text:
            self._runs.append(data)


class _Cells:
    """Reads one worksheet part with expat."""

    def __init__(self, strings: list[str], dates: frozenset[int]) -> None:
        self._strings, self._dates = strings, dates
        self._rows: dict[int, dict[int, Cell]] = {}
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._value: list[str] = []
        self._has_value = self._has_formula = self._in_value = self._in_reading = self._in_data = False
        self._columns: dict[str, int] = {}

    def read(self, data: bytes, where: str) -> dict[int, dict[int, Cell]]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        self._where = where
        _parse(parser, data, where)
        return self._rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2] if ":" in name else name
        if not self._in_data:
            self._in_data = local == "sheetData"
        elif local == "c":
            self._attributes = attributes
            self._value.clear()
            self._has_value = self._has_formula = self._in_value = self._in_reading = False
            reference = attributes.get("r")
            self._column = self._column_of(reference) if reference else self._column + 1
        elif local == "row":
            self._row = self._number(attributes.get("r"), self._row + 1, LAST_ROW)
            self._column = 0
        elif local in ("v", "t"):
            self._in_value = not self._in_reading
            self._has_value = True
        elif local == "f":
            self._has_formula = True
        elif local == "rPh":
            self._in_reading = True

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2] if ":" in name else name
        if local in ("v", "t"):
            self._in_value = False
        elif local == "c":
            if self._in_data and (self._has_value or self._has_formula):
                cell = self._cell()
                if cell is not None:
                    self._rows.setdefault(self._row, {})[self._column] = cell
        elif local == "rPh":
            self._in_reading = False
        elif local == "sheetData":
            self._in_data = False

    def _text(self, data: str) -> None:
        if self._in_value:
            self._value.append(data)

    def _cell(self) -> Cell | None:
        kind, text = self._attributes.get("t", "n"), "".join(self._value)
        if not self._has_value or (not text and kind != "str"):
            return Cell(Kind.UNCALCULATED, "") if self._has_formula else None
        if kind == "s":
            return self._shared(text)
        if kind == "n":
            return self._number_cell(text)
        if kind == "b":
            return Cell(Kind.BOOLEAN, text.strip() in ("1", "true"))
        if kind == "e":
            return Cell(Kind.ERROR, text)
        return Cell(Kind.TEXT, unescaped(text)) if text else None

    def _shared(self, text: str) -> Cell | None:
        try:
            words = self._strings[int(text)]
        except (ValueError, IndexError) as error:
            raise self._broken("文字の番号") from error
        return Cell(Kind.TEXT, words) if words else None

    def _number_cell(self, text: str) -> Cell:
        try:
            value = float(text)
        except ValueError as error:
            raise self._broken("数の書き方") from error
        style = self._attributes.get("s", "0")
        return Cell(Kind.DATE if style.isdecimal() and int(style) in self._dates else Kind.NUMBER, value)

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            if not letters.isascii() or not letters.isupper() or not 1 <= column <= LAST_COLUMN:
                raise self._broken(f"セルの番地 {reference[:20]}")
            self._columns[letters] = column
        return column

    def _number(self, text: str | None, otherwise: int, most: int) -> int:
        number = int(text) if text and text.isdecimal() and len(text) < 9 else (otherwise if text is None else 0)
        if not 1 <= number <= most:
            raise self._broken(f"行の番号 {(text or '')[:20]}")
        return number

    def _broken(self, what: str) -> Unreadable:
        return Unreadable(f"{_ERRORS_OF_OURS}（シート「{self._where}」の{what}）。Excelで開いて保存し直してください。")
