"""The claim file for 国保連 (J611), read to be compared with the records; never written.

Layout: インタフェース仕様書, サービス提供実績記録票情報. CP932 text; outer records 1 (control), 2 (data), 3 (end), a data record
carrying one inner record as its third field; items of the inner record count from 1.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.errors import Unreadable
from zaitaku_xl.model import ClaimLine, Month

_ID, _DETAIL = "J611", "02"
_MONTH, _OFFICE, _NUMBER, _DAY, _START, _END, _REMARK, _STATUS = 3, 5, 6, 9, 14, 15, 35, 36
_ABSENCE = "8"
Items = list[str]


@dataclass(frozen=True, slots=True)
class Claims:
    """The days of one claim file or many, by 事業所番号."""

    by_office: Mapping[str, tuple[ClaimLine, ...]]

    @classmethod
    def of_files(cls, files: Iterable[bytes]) -> "Claims":
        found: dict[str, list[ClaimLine]] = {}
        for data in files:
            for line in claim_lines(data):
                found.setdefault(line.office, []).append(line)
        return cls({office: tuple(lines) for office, lines in sorted(found.items())})

    def of(self, office: str | None, months: Iterable[Month]) -> tuple[ClaimLine, ...] | None:
        """Return the lines of an office in these months (none named: in all); None where the files hold no such line.

        An office that does not say its number may be any of them: its clients are found by their own numbers.
        """
        number, wanted = (office or "").lstrip("0"), frozenset(months)
        offices = (number,) if number else tuple(self.by_office)
        lines = [line for each in offices for line in self.by_office.get(each, ())]
        return tuple(line for line in lines if not wanted or (line.day and Month.of(line.day) in wanted)) or None


def is_claim_file(data: bytes) -> bool:
    """Tell whether a file found in a folder claims to be one; whether it can be read is another question."""
    return _ID.encode() in data


def claim_lines(data: bytes) -> tuple[ClaimLine, ...]:
    """Return the days of a claim file; raises Unreadable where it is none or a record cannot be read."""
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "請求データがシフトJIS（CP932）で書かれていません。請求のソフトから出し直してください。"
        ) from error
    lines = tuple(_line(items, number) for number, items in _details(text))
    if not lines:
        raise Unreadable("請求データにサービス提供実績記録票（J611）の明細がありません。ファイルを確かめてください。")
    return lines


def _details(text: str) -> Iterator[tuple[int, Items]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for number, outer in enumerate(reader, 1):
            inner = _inner(outer)
            if len(inner) > 1 and inner[0] == _ID and inner[1] == _DETAIL:
                yield number, inner
    except csv.Error as error:
        raise Unreadable(
            f'請求データの{reader.line_num}行目の引用符「"」の使い方が正しくありません。請求のソフトから出し直してください。'
        ) from error


def _inner(outer: Items) -> Items:
    """An inner record stands quoted in the third field, loose behind the first two, or alone on its line."""
    if outer[:1] == [_ID]:
        return outer
    if outer[:1] != ["2"] or len(outer) < 3:
        return []
    return next(csv.reader([outer[2]]), []) if len(outer) == 3 else outer[2:]


def _line(items: Items, number: int) -> ClaimLine:
    try:
        month, day = _item(items, _MONTH), _item(items, _DAY)
        return ClaimLine(
            number=_item(items, _NUMBER).lstrip("0"),
            day=date(int(month[:4]), int(month[4:6]), int(day)),
            start=_minutes(_item(items, _START)),
            end=_minutes(_item(items, _END)),
            remark=_item(items, _REMARK) or None,
            is_absence=_item(items, _STATUS) == _ABSENCE,
            office=_item(items, _OFFICE).lstrip("0"),
        )
    except ValueError as error:
        raise Unreadable(
            f"請求データの{number}行目が読めません（提供年月・日付・時刻）。請求のソフトから出し直してください。"
        ) from error


def _item(items: Items, place: int) -> str:
    return items[place - 1].strip() if place <= len(items) else ""


def _minutes(hhmm: str) -> int | None:
    """1000 is ten o'clock; a blank is no time."""
    return int(hhmm[:-2] or "0") * 60 + int(hhmm[-2:]) if hhmm else None
