"""Which field goes into which cell of a city's own file: a TOML file that somebody writes once a form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from zaitaku_xl.a1 import column_of
from zaitaku_xl.book.dates import wareki
from zaitaku_xl.errors import LawError, WrongUse
from zaitaku_xl.forms.application import Field
from zaitaku_xl.law.place import Place, parsed
from zaitaku_xl.resources import shipped

_TICK = "☑"
_TOP = {"cell": list}
_CELL = {
    "field": str,
    "cell": str,
    "cells": str,
    "era": str,
    "year": str,
    "month": str,
    "day": str,
    "tick": dict,
    "mark": str,
    "replace": bool,
}
_PARTS = ("era", "year", "month", "day")
_WAYS = ("cell", "cells", "tick", *_PARTS)
_WAREKI = re.compile(r"(\D+?)(\d+|元)年(\d+)月(\d+)日")
_ADDRESS = re.compile(
    r"'?(?P<sheet>.+?)'?!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[1-9]\d{0,6})(?::\$?(?P<last>[A-Z]{1,3})\$?(?P<end>[1-9]\d{0,6}))?"
)


@dataclass(frozen=True, slots=True)
class Put:
    """A text for a cell of somebody's file; *tick* puts it into an empty box that the cell shows."""

    sheet: str
    row: int
    column: int
    text: str
    tick: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Mapped:
    """What goes into the file, and the fields that stay empty in it: no record says them, or nobody can read them."""

    puts: tuple[Put, ...]
    blank: tuple[str, ...]
    unread: tuple[str, ...]


def mapped(path: Path, fields: Mapping[str, Field]) -> Mapped:
    """Lay the fields over the mapping; raises WrongUse with file and line for what the mapping gets wrong."""
    try:
        place, data = parsed(path)
        place.check(data, _TOP, _TOP)
        entries = [_entry(place, item, fields, nth) for nth, item in enumerate(data["cell"])]
    except LawError as error:
        raise WrongUse(str(error)) from error
    except FileNotFoundError as error:
        sample = shipped("workbook_templates", "application_mapping.toml")
        raise WrongUse(f"対応表「{path.name}」が見つかりません。見本は {sample} にあります。") from error
    asked = dict.fromkeys(field.name for field, _ in entries)
    puts = tuple(put for field, made in entries if field.is_certain for put in made)
    return Mapped(
        puts,
        tuple(name for name in asked if not fields[name].value),
        tuple(name for name in asked if fields[name].value and not fields[name].is_certain),
    )


def _entry(
    place: Place, item: Mapping[str, Any], fields: Mapping[str, Field], nth: int
) -> tuple[Field, tuple[Put, ...]]:
    place.check(item, _CELL, ("field",), "cell", nth)
    wrong = partial(place.wrong, table="cell", nth=nth)
    field = fields.get(item["field"])
    if field is None:
        known = "、".join(fields)
        raise wrong(f"「{item['field']}」という項目はありません。あるのは: {known}", "field")
    if not any(way in item for way in _WAYS):
        raise wrong(
            f"「{field.name}」を入れるセルがありません（cell、cells、tick、year・month・day のどれか）", "field"
        )
    return field, tuple(_puts(place, item, field, nth))


def _puts(place: Place, item: Mapping[str, Any], field: Field, nth: int) -> Iterator[Put]:
    def at(key: str, spot: object, text: str, tick: bool = False) -> Iterator[Put]:
        area = _ADDRESS.fullmatch(str(spot))
        if area is None or (area["last"] and key != "cells"):
            raise place.wrong(f"「{spot}」はセルの番地ではありません（例 様式1!D6）", key, "cell", nth)
        cells = _area(area)
        if len(text) > len(cells) and key == "cells":
            raise place.wrong(
                f"「{field.name}」は{len(text)}文字ですが、{spot}は{len(cells)}マスです", key, "cell", nth
            )
        parts = text if key == "cells" else (text,)
        for (row, column), part in zip(cells, parts, strict=False):
            yield Put(
                sheet=area["sheet"],
                row=row,
                column=column,
                text=part,
                tick=tick,
                replace=bool(item.get("replace", False)),
            )

    words, ticks = field.value if field.is_certain else "", item.get("tick", {})
    if "cell" in item:
        yield from at("cell", item["cell"], words)
    if "cells" in item:
        yield from at("cells", item["cells"], words)
    if ticks and words and words not in ticks:
        raise place.wrong(f"「{field.name}」が「{words}」のときに○を付けるセルがありません", "tick", "cell", nth)
    for value, spot in ticks.items():
        made = tuple(at("tick", spot, str(item.get("mark", _TICK)), tick=True))  # a wrong address is told in any case
        yield from made if value == words else ()
    if any(part in item for part in _PARTS):
        yield from _date(place=place, item=item, field=field, nth=nth, at=at)


def _date(place: Place, item: Mapping[str, Any], field: Field, nth: int, at: Any) -> Iterator[Put]:
    if field.is_certain and field.day is None:
        raise place.wrong(
            f"「{field.name}」は日付ではありません", next(part for part in _PARTS if part in item), "cell", nth
        )
    words = _parts_of(field.day) if field.day else dict.fromkeys(_PARTS, "")
    for part in _PARTS:
        if part in item:
            yield from at(part, item[part], words[part])


def _parts_of(day: date) -> dict[str, str]:
    """Return the parts of 令和8年1月5日.

    >>> _parts_of(date(2026, 1, 5))
    {'era': '令和', 'year': '8', 'month': '1', 'day': '5'}
    """
    found = _WAREKI.fullmatch(wareki(day))
    return dict(zip(_PARTS, found.groups() if found else ("",) * len(_PARTS), strict=True))


def _area(found: re.Match[str]) -> list[tuple[int, int]]:
    first, last = column_of(found["column"]), column_of(found["last"] or found["column"])
    top, bottom = int(found["row"]), int(found["end"] or found["row"])
    return [(row, column) for row in range(top, bottom + 1) for column in range(first, last + 1)]
