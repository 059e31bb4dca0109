"""The formulas of a worksheet as they are stored: what stands behind the values that the other readers tell."""

from xml.parsers import expat

from zaitaku_xl.a1 import column_of
from zaitaku_xl.hosts.book import Position
from zaitaku_xl.hosts.reading.exact_cells import broken, parse


def formulas(data: bytes, where: str) -> dict[Position, str]:
    """Return the text of every formula of one worksheet part.

    A cell that shares the formula of another names it by its text and by how far that cell is away.
    """
    return _Formulas(where).read(data)


class _Formulas:
    def __init__(self, where: str) -> None:
        self._where = where
        self._found: dict[Position, str] = {}
        self._shared: dict[str, tuple[Position, str]] = {}
        self._sharing: list[tuple[Position, str]] = []
        self._at = (0, 0)
        self._attributes: dict[str, str] | None = None
        self._text: list[str] = []

    def read(self, data: bytes) -> dict[Position, str]:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._words
        parse(parser, data, self._where)
        for (row, column), number in self._sharing:
            (of_row, of_column), text = self._shared.get(number, ((0, 0), ""))
            self._found[row, column] = f"{text}\t{row - of_row}\t{column - of_column}"
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            number = attributes.get("r")
            self._at = (int(number) if number and number.isdecimal() else self._at[0] + 1), 0
        elif local == "c":
            self._at = self._place_of(attributes.get("r"))
        elif local == "f":
            self._attributes = attributes
            self._text.clear()

    def _place_of(self, reference: str | None) -> Position:
        row, column = self._at
        if not reference:
            return row, column + 1
        letters = reference.rstrip("0123456789")
        try:
            return int(reference[len(letters) :]), column_of(letters)
        except ValueError as error:
            raise broken(self._where, "セルの番地") from error

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] != "f" or self._attributes is None:
            return
        text, number = "".join(self._text), self._attributes.get("si")
        if number is not None and not text:
            self._sharing.append((self._at, number))
        else:
            self._found[self._at] = text
            if number is not None:
                self._shared[number] = self._at, text
        self._attributes = None

    def _words(self, data: str) -> None:
        if self._attributes is not None:
            self._text.append(data)
