"""CSV: text whose delimiters and quotes decide how many days there are. What is not certain is refused, with its line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.sentence import Sentence, own

MAX_ROWS = 200_000
_MAX_COLUMNS = 16_384
_ERRORS = frozenset(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
_REMEDY = "元の表をExcelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」として保存し直してください。"
_DELIMITERS = ",\t;"
_LINE = re.compile(r"\r\n|\r|\n")
_GUARDED = re.compile(r'="((?:[^"]|"")*)"')  # 「="2026/1/5"」 keeps Excel from changing it
_TELLING_LINES = 30  # enough to tell the delimiter and the heading
_MOST_WORDS = 0.6
_NO_HEADING = re.compile(r"[\d\s:/.\-年月日時分]*")  # a day, a time or a number is no heading


@dataclass(frozen=True, slots=True)
class _Record:
    line: int  # the first it stands in, from 1
    fields: Sequence[str]

    @property
    def width(self) -> int:
        """How many fields there are up to the last that holds anything."""
        return next((n for n in range(len(self.fields), 0, -1) if self.fields[n - 1].strip()), 0)


def rows(text: str) -> dict[int, dict[int, Cell]]:
    """Return the cells that are not blank; raises Unreadable where a record cannot be told for certain."""
    delimiter, text, first = _delimiter(text)
    records = list(_records(text, delimiter, first))
    _check(records, delimiter)
    found = {number: dict(_cells(record.fields)) for number, record in enumerate(records, 1)}
    return {number: cells for number, cells in found.items() if cells}


def _cells(fields: Sequence[str]) -> Iterator[tuple[int, Cell]]:
    for column, typed in enumerate(fields[:_MAX_COLUMNS], 1):
        guarded = _GUARDED.fullmatch(typed) if typed.startswith('="') else None
        text = guarded[1].replace('""', '"') if guarded else typed
        if text.strip():
            yield column, Cell(Kind.ERROR if text.strip() in _ERRORS else Kind.TEXT, text)


def _delimiter(text: str) -> tuple[str, str, int]:
    """Return the delimiter, the text below a line 「sep=;」 of Excel's, and the number of its first line."""
    named = re.match(r"sep=([,;\t])(?:\r\n|\r|\n)", text, re.IGNORECASE)
    if named:
        return named[1], text[named.end() :], 2
    lines = _LINE.split(text, _TELLING_LINES)[:_TELLING_LINES]
    most = {mark: max(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=most.__getitem__), text, 1


# ---- records


def _records(text: str, delimiter: str, first: int) -> Iterator[_Record]:
    plain = _plain_records if '"' not in text else _quoted_records
    for number, record in enumerate(plain(text, delimiter, first), 1):
        if number > MAX_ROWS and any(record.fields):
            raise Unreadable("CSVの行が多すぎます（20万行まで）。月ごとに分けてください。")
        yield record


def _plain_records(text: str, delimiter: str, first: int) -> Iterator[_Record]:
    for line, words in enumerate(_LINE.split(text), first):
        yield _Record(line, words.split(delimiter))


def _quoted_records(text: str, delimiter: str, first: int) -> Iterator[_Record]:
    mark = re.escape(delimiter)
    token = re.compile(rf'(="(?:[^"]|"")*+"|"(?:[^"]|"")*+"|[^"{mark}\r\n]*+)({mark}|\r\n|\r|\n|\Z)')
    line, start, place, fields = first, first, 0, list[str]()
    while place <= len(text):
        found = token.match(text, place)
        if found is None:
            raise _broken(text, place, line, mark)
        field, end = found.groups()
        fields.append(field[1:-1].replace('""', '"') if field.startswith('"') else field)
        line += len(_LINE.findall(field)) if "\n" in field or "\r" in field else 0
        place = found.end()
        if end != delimiter:
            yield _Record(start, fields)
            line += 1
            start, fields = line, []
            if not end:
                return


def _broken(text: str, place: int, line: int, mark: str) -> Unreadable:
    """Say what is wrong with the quotes of the field that begins here."""
    if text.startswith(('"', '="'), place) and not re.compile(r'=?"(?:[^"]|"")*+"').match(text, place):
        return _refused(line, 'で始まる引用符「"」が、どこでも閉じられていません')
    if text.startswith(('"', '="'), place):
        return _refused(line, 'に、引用符「"」を閉じた後の文字があります')
    return _refused(line, 'の欄の途中に引用符「"」があります')


def _refused(line: int, what: str) -> Unreadable:
    words = "CSVとして読み取れません（{line}行目{what}）。何行あるか判断できないため、点検していません。"
    return Unreadable(Sentence(words + _REMEDY, line=own(str(line)), what=own(what)))


# ---- what every record must keep to


def _check(records: Sequence[_Record], delimiter: str) -> None:
    heading = _heading(records)
    if heading is None:
        return
    width = heading.width
    for record in records:
        if _swallows(record, width, delimiter):
            raise _refused(record.line, 'の引用符「"」の中に、ほかの行が入っているようです')
        if record.line > heading.line and record.width > width:
            raise _refused(record.line, f"の欄が見出しより多く、{record.width}個あります（見出しは{width}個）")


def _heading(records: Sequence[_Record]) -> _Record | None:
    """The first record near the top that has nearly as many words as any, none of them a day, a time or a number."""
    near = [record for record in records[:_TELLING_LINES] if not any(map(_is_a_value, record.fields))]
    counts = [sum(bool(field.strip()) for field in record.fields) for record in near]
    enough = max(2, max(counts, default=0) * _MOST_WORDS)
    return next((record for record, count in zip(near, counts, strict=True) if count >= enough), None)


def _is_a_value(field: str) -> bool:
    return bool(field.strip()) and bool(_NO_HEADING.fullmatch(field.strip()))


def _swallows(record: _Record, width: int, delimiter: str) -> bool:
    """A text of several lines is one; lines that are divided as records are, are records."""
    for field in record.fields:
        lines = _LINE.split(field) if "\n" in field or "\r" in field else ()
        most = max((line.count(delimiter) for line in lines), default=0)
        if most >= max(2, width // 2) or (most and record.width < width):
            return True
    return False
