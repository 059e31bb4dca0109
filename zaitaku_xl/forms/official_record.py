"""実績記録票 written into the office's own blank of 様式17 or 16: where each value goes is found by the labels of the blank.

Where labels are not enough a TOML file names sheet, first row, cells and columns; what it names wins. Nothing is written over: a
cell of the blank that holds something is refused by the host. 利用者確認欄 is no field here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zaitaku_xl.a1 import corners, position
from zaitaku_xl.book.values import folded
from zaitaku_xl.cells import Grid, Kind
from zaitaku_xl.errors import LawError, WrongUse
from zaitaku_xl.forms.facts import DayFacts, MonthFacts
from zaitaku_xl.forms.paper import month_wareki, wareki, weekday
from zaitaku_xl.forms.service_record import addition, first_days, outside_field, remark, status, time_of
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.law.place import parsed
from zaitaku_xl.paper import Value

STANDING = "点検"  # the cell of a mapping that takes 見直し未了
_TOP_ROWS = 25  # where the headings of the table may stand
_MOST_DAYS = 31

# What the blanks call each thing; the first word is its name in a mapping.
CELLS = {
    "年月": ("サービス提供年月",),
    "受給者証番号": ("受給者証番号",),
    "氏名": ("支給決定障害者氏名", "支給決定障害者等氏名", "利用者氏名", "氏名"),
    "事業所番号": ("事業所番号",),
    "事業所名": ("事業者及びその事業所", "事業者及びその事業所の名称", "事業所名"),
    "契約支給量": ("契約支給量",),
    "利用開始日": ("利用開始日",),
    "30日目": ("30日目",),
    "当月算定日数": ("当月算定日数",),
    STANDING: (),
}
COLUMNS = {
    "日付": ("日付", "日"),
    "曜日": ("曜日",),
    "サービス提供の状況": ("サービス提供の状況",),
    "開始時間": ("開始時間",),
    "終了時間": ("終了時間",),
    "往": ("往",),
    "復": ("復",),
    "時間数": ("時間数", "提供時間数", "訪問支援特別加算"),
    "食事提供体制加算": ("食事提供体制加算", "食事提供加算"),
    "医療連携体制加算": ("医療連携体制加算",),
    "体験利用支援加算": ("体験利用支援加算",),
    "通勤訓練加算": ("通勤訓練加算",),
    "緊急時受入加算": ("緊急時受入加算",),
    "施設外支援": ("施設外支援", "移行準備支援体制加算"),
    "備考": ("備考",),
}
_ADDITIONS = {
    "往": "ride_to",
    "復": "ride_back",
    "時間数": "visit_support",
    "食事提供体制加算": "meal",
    "医療連携体制加算": "medical",
    "体験利用支援加算": "trial",
    "通勤訓練加算": "commute_training",
    "緊急時受入加算": "emergency",
}
_NEEDED = ("日付", "開始時間", "終了時間", "備考")

Spot = tuple[int, int]
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Written:
    """A value for a cell of the blank."""

    row: int
    column: int
    value: str | float


@dataclass(frozen=True, slots=True)
class Blank:
    """Where the values go in one sheet. ``cells`` may be rows of boxes, one sign each."""

    sheet: str
    first_row: int
    columns: Mapping[str, int]
    cells: Mapping[str, tuple[Spot, ...]]
    printed_days: Mapping[int, int] = field(default_factory=dict)  # day -> row, where the blank has the days already
    last_row: int = 0

    @property
    def takes_standing(self) -> bool:
        return STANDING in self.cells


def blank_in(grids: Iterable[Grid], mapping: Path | None = None) -> Blank:
    """Return where the values go; raises WrongUse where neither labels nor the mapping say it."""
    told = _read(mapping) if mapping else {}
    named = told.get("sheet")
    candidates = [grid for grid in grids if named in (None, grid.name)]
    found = [(_headings(grid), grid) for grid in candidates]
    rows, columns, grid = max(
        ((rows, columns, grid) for (rows, columns), grid in found), key=lambda each: len(each[1]), default=(0, {}, None)
    )
    if grid is None:
        raise WrongUse(
            f"様式のファイルにシート「{named}」がありません。" if named else "様式のファイルにシートがありません。"
        )
    columns |= {name: _column(letters) for name, letters in told.get("columns", {}).items()}
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise WrongUse(
            f"{grid.name}: 「{'」「'.join(missing)}」の列が見つかりません。--mapping の対応表の [columns] に列を書いてください。"
        )
    first = int(told.get("first_row", rows + 1))
    cells = _labelled(grid, first) | {name: _boxes(spot) for name, spot in told.get("cells", {}).items()}
    return replace(Blank(grid.name, first, columns, cells), **_days(grid, first, columns["日付"]))


def written(facts: MonthFacts, blank: Blank) -> tuple[Written, ...]:
    """Return the values of one client's month; raises WrongUse where the blank has too few rows."""
    return (*_above(facts, blank), *_table(facts, blank))


# ---- the values


def _above(facts: MonthFacts, blank: Blank) -> Iterator[Written]:
    client, office = facts.client, facts.office
    contracted = client.contracted if client else None
    start, last, counted = first_days(facts)
    values = {
        "年月": month_wareki(facts.month.first),
        "受給者証番号": facts.of.number,
        "氏名": facts.of.shown_name,
        "事業所番号": office.office_number or "",
        "事業所名": office.office_name or "",
        "契約支給量": f"{facts.of.service or ''}　{contracted}".strip() if contracted else "",
        "利用開始日": wareki(start),
        "30日目": wareki(last),
        "当月算定日数": f"{counted}日" if start else "",
        STANDING: standing(facts).words,
    }
    for name, spots in blank.cells.items():
        value = values[name]
        if len(spots) == 1 and value:
            yield Written(*spots[0], value)
        elif len(spots) > 1:
            if len(value) > len(spots):
                raise WrongUse(f"「{name}」は{len(value)}文字ですが、対応表のマスは{len(spots)}個です。")
            yield from (Written(*spot, sign) for spot, sign in zip(spots, value, strict=False))


def _table(facts: MonthFacts, blank: Blank) -> Iterator[Written]:
    days = [day for day in facts.days if day.used or day.absence]
    room = blank.last_row - blank.first_row + 1
    if not blank.printed_days and len(days) > room:
        raise WrongUse(f"{blank.sheet}: 記録は{len(days)}日ありますが、様式の行は{room}行です。")
    for nth, day in enumerate(days):
        row = blank.printed_days.get(day.date.day) if blank.printed_days else blank.first_row + nth
        if row is None:
            raise WrongUse(f"{blank.sheet}: {day.date.day}日の行が様式にありません。")
        for name, value in _of_day(facts, day).items():
            printed = blank.printed_days and name in ("日付", "曜日")
            if name in blank.columns and value not in (None, "") and not printed:
                yield Written(row, blank.columns[name], value)


def _of_day(facts: MonthFacts, day: DayFacts) -> dict[str, Value]:
    return {
        "日付": day.date.day,
        "曜日": weekday(day.date),
        "サービス提供の状況": status(day),
        "開始時間": time_of(day, "start"),
        "終了時間": time_of(day, "end"),
        "備考": remark(facts, day),
        "施設外支援": addition(day, outside_field(facts)),
        **{name: addition(day, of) for name, of in _ADDITIONS.items()},
    }


# ---- the labels of the blank


def _headings(grid: Grid) -> tuple[int, dict[str, int]]:
    """Return the last row of the headings and the columns under them; the leftmost of a joined heading."""
    found: dict[str, int] = {}
    last = 0
    for name, words in COLUMNS.items():
        spots = [spot for spot in _texts(grid, words) if spot[0] <= _TOP_ROWS]
        if spots:
            row, found[name] = min(spots, key=lambda spot: words.index(folded(str(grid.rows[spot[0]][spot[1]].value))))
            last = max(last, _area_of(grid, (row, found[name]))[2])
    return last, found


def _labelled(grid: Grid, first_row: int) -> dict[str, tuple[Spot, ...]]:
    """The cell right of each label, behind the area that the label is joined over."""
    found: dict[str, tuple[Spot, ...]] = {}
    for name, words in CELLS.items():
        spots = [
            spot
            for spot in _texts(grid, words)
            if spot[0] < first_row or name in ("利用開始日", "30日目", "当月算定日数")
        ]
        if spots:
            row, column = spots[0]
            target = row, _area_of(grid, (row, column))[3] + 1
            if target[1] not in grid.rows.get(row, {}):
                found[name] = (target,)
    return found


def _texts(grid: Grid, words: tuple[str, ...]) -> list[Spot]:
    wanted = frozenset(folded(word) for word in words)
    return [
        (row, column)
        for row in sorted(grid.rows)
        for column, cell in sorted(grid.rows[row].items())
        if cell.kind is Kind.TEXT and folded(str(cell.value)) in wanted
    ]


def _area_of(grid: Grid, spot: Spot) -> Area:
    row, column = spot
    joined = (area for area in grid.merged if area[0] <= row <= area[2] and area[1] <= column <= area[3])
    return next(joined, (row, column, row, column))


def _days(grid: Grid, first: int, column: int) -> dict[str, Any]:
    """Return the days that are printed in the blank already, else how many rows there are before 合計."""
    numbers: dict[int, int] = {}
    last = first + _MOST_DAYS - 1
    for row in range(first, first + _MOST_DAYS + 1):
        texts = [folded(str(cell.value)) for cell in grid.rows.get(row, {}).values() if cell.kind is Kind.TEXT]
        if "合計" in texts:
            last = row - 1
            break
        cell = grid.rows.get(row, {}).get(column)
        day = folded(str(cell.value)).removesuffix("日").removesuffix(".0") if cell else ""
        if day.isdecimal() and 1 <= int(day) <= _MOST_DAYS:
            numbers[int(day)] = row
    return {"printed_days": numbers, "last_row": last}


# ---- the mapping


def _read(path: Path) -> dict[str, Any]:
    try:
        place, data = parsed(path)
        place.check(data, {"sheet": str, "first_row": int, "cells": dict, "columns": dict}, ())
    except LawError as error:
        raise WrongUse(str(error)) from error
    except FileNotFoundError as error:
        raise WrongUse(f"対応表「{path.name}」が見つかりません。場所と名前を確かめてください。") from error
    for table, known in (("cells", CELLS), ("columns", COLUMNS)):
        for name in data.get(table, {}):
            if name not in known:
                raise WrongUse(
                    f"{path.name}: [{table}] に「{name}」という項目はありません。あるのは: {'、'.join(known)}"
                )
    return data


def _column(letters: object) -> int:
    column = position(f"{letters}1")[1] if str(letters).isalpha() else 0
    if not column:
        raise WrongUse(f"対応表の「{letters}」は列の名前ではありません（例 J）。")
    return column


def _boxes(area: object) -> tuple[Spot, ...]:
    row, first, last_row, last = corners(str(area))
    if not all((row, first, last)) or last_row != row or last < first:
        raise WrongUse(f"対応表の「{area}」はセルの番地ではありません（例 F4、1マスに1文字なら F4:O4）。")
    return tuple((row, column) for column in range(first, last + 1))
