"""A worksheet's cells by expat: whatever is well-formed is read, at the price of a call for every tag."""

from xml.parsers import expat

from zaitaku_xl.a1 import column_of
from zaitaku_xl.cells import Cell
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.reading.cell_values import LAST_COLUMN, LAST_ROW, Values, told, unescaped
from zaitaku_xl.ooxml import guards
from zaitaku_xl.sentence import Sentence, place, typed

MAX_TAGS = 3_000_000  # a year of fifty people has less; more is not read in time
Rows = dict[int, dict[int, Cell]]


def broken(where: str, what: str) -> Unreadable:
    """Return the refusal of a sheet in which *what* makes no sense."""
    return Unreadable(
        Sentence(
            "シートの中身が壊れています（シート{sheet}の{what}）。Excelで開いて保存し直してください。",
            sheet=place(where, in_brackets=True),
            what=typed(what, in_brackets=False),
        )
    )


def too_large(where: str) -> Unreadable:
    """Return the refusal of a sheet nobody can have typed."""
    return Unreadable(
        Sentence(
            "シート{sheet}のセルが多すぎます。使っていない行を消すか、月ごとに分けてください。",
            sheet=place(where, in_brackets=True),
        )
    )


def parse(parser: expat.XMLParserType, data: bytes, where: str) -> None:
    """Run a parser over a part; a document type declaration is refused before anything in it can grow."""

    def refuse(*_: object) -> None:
        raise guards.doctype(where)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(guards.as_utf8(where, data), True)
    except expat.ExpatError as error:
        said = Sentence(
            "シートの中身が壊れています（{part}）。Excelで開いて保存し直してください。",
            part=typed(where, in_brackets=False),
        )
        raise Unreadable(said) from error


def strings(data: bytes, where: str) -> list[str]:
    """Return the shared strings, the readings of the kanji (フリガナ) left out."""
    if data.count(b"<") > MAX_TAGS:
        raise too_large(where)
    return _Strings().read(data, where)


def rows(data: bytes, where: str, values: Values) -> tuple[Rows, frozenset[int]]:
    """Return the cells that are not blank and the hidden rows of one worksheet part."""
    if data.count(b"<") > MAX_TAGS:
        raise too_large(where)
    reader = _Cells(values, where)
    return reader.read(data), frozenset(reader.hidden)


class _Strings:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._in_text = self._in_reading = False

    def read(self, data: bytes, where: str) -> list[str]:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parse(parser, data, where)
        return self.texts

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
    def __init__(self, values: Values, where: str) -> None:
        self._values, self._where = values, where
        self.hidden: set[int] = set()
        self._rows: Rows = {}
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._value: list[str] = []
        self._has_value = self._has_formula = self._in_value = self._in_reading = self._in_data = False
        self._columns: dict[str, int] = {}

    def read(self, data: bytes) -> Rows:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parse(parser, data, self._where)
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
            self._column = self._column_of(reference) if reference else self._next_column()
        elif local == "row":
            self._start_row(attributes)
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
                text = "".join(self._value) if self._has_value else None
                cell = self._values.cell(*told(self._attributes), text, self._has_formula, self._broken)
                if cell is not None:
                    self._rows.setdefault(self._row, {})[self._column] = cell
        elif local == "rPh":
            self._in_reading = False
        elif local == "sheetData":
            self._in_data = False

    def _text(self, data: str) -> None:
        if self._in_value:
            self._value.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r")
        self._row = self._row + 1 if text is None else _whole(text)
        self._column = 0
        if not 1 <= self._row <= LAST_ROW:
            raise self._broken(f"行の番号 {(text or '')[:20]}")
        if is_on(attributes.get("hidden")):
            self.hidden.add(self._row)

    def _next_column(self) -> int:
        if self._column >= LAST_COLUMN:
            raise self._broken("セルの数")
        return self._column + 1

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = column_number(letters)
            if column is None or letters == reference:
                raise self._broken(f"セルの番地 {reference[:20]}")
            self._columns[letters] = column
        return column

    def _broken(self, what: str) -> Unreadable:
        return broken(self._where, what)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def is_on(text: str | None) -> bool:
    return text in ("1", "true")


def column_number(letters: str) -> int | None:
    """Return the number of a column, or None where there is no such column.

    >>> column_number("A"), column_number("XFD"), column_number("XFE"), column_number("a")
    (1, 16384, None, None)
    """
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) < 4):
        return None
    column = column_of(letters)
    return column if column <= LAST_COLUMN else None
