"""Does anything grow faster than the workbook? Each kind of row alone and each pair of kinds that is compared.

    python -m tests.bench.growth [rows] [words of a dimension ...]

Eight times the rows must be judged within nine times the time. Each dimension is timed alone: reading the tables,
judging, laying the marks. Printed is the processor time of each size and what the larger one is of the smaller.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from tests.logs import NAME
from zaitaku_xl.cells import Grid
from zaitaku_xl.hosts.live.values import grid_of
from zaitaku_xl.jobs.judging import judged
from zaitaku_xl.sheets.marks import marks
from zaitaku_xl.sheets.result_sheet import result_sheet
from zaitaku_xl.sheets.seal import sealed_rows

TIMES, WITHIN, ROWS = 8, 9.0, 1500
_DAY = date(2026, 1, 6)
_EPOCH = date(1899, 12, 30)
Row = Mapping[str, Any]
Tables = dict[str, list[Row]]


class Dimension(NamedTuple):
    """What grows, and the sheets with so many rows of it."""

    name: str
    make: Callable[[int], Tables]


class Growth(NamedTuple):
    """The seconds of one size and of eight times that."""

    name: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        return self.large / self.small


# ---- rows


_ENTRY = {
    "提供区分": "在宅",
    "開始": 9.5 / 24,
    "終了": 15.5 / 24,
    "訓練内容": "データ入力",
    "支援記録": "進み具合を確かめた",
    "備考": "在宅支援",
}
_CONTACT = {
    "連絡1時刻": 9.6 / 24,
    "連絡1方法": "電話",
    "連絡1種別": "開始確認",
    "連絡1内容": "体調の確認",
    "連絡1職員": "佐藤",
}
_LATE = {
    "連絡2時刻": 15.2 / 24,
    "連絡2方法": "電話",
    "連絡2種別": "終了確認",
    "連絡2内容": "振り返り",
    "連絡2職員": "佐藤",
}
SHEETS: dict[str, Callable[[int], Row]] = {
    "日報": lambda day: {"日付": day, **_ENTRY, **_CONTACT, **_LATE},
    "予定": lambda day: {"日付": day, "予定区分": "在宅"},
    "在宅承認": lambda day: {
        "承認事業所": "ひかり作業所",
        "承認開始": day,
        "承認終了": day + 1,
        "計画メニュー": "封入",
    },
    "週評価": lambda day: {
        "対象開始": day,
        "対象終了": day,
        "実施日": day,
        "方法": "電話",
        "内容": "評価した",
        "評価者": "佐藤",
    },
    "月評価": lambda day: {
        "対象年月": "2026-01",
        "実施日": day,
        "方法": "訪問",
        "訓練目標": "正確さ",
        "達成度": "達成",
        "評価者": "佐藤",
    },
    "欠席時対応": lambda day: {
        "欠席日": day,
        "連絡日": day,
        "相談援助内容": "体調を聞いた",
        "方法": "電話",
        "加算算定": "有",
    },
    "他サービス": lambda day: {"日付": day, "種別": "居宅介護", "開始": 14 / 24, "終了": 15 / 24, "費用負担": "給付"},
    "チェックリスト": lambda day: {"評価日": day, "領域": "生活", "項目": f"項目{day % 7}", "評価": 1 + day % 5},
    "貸与機器": lambda day: {"品名": "ノートPC", "管理番号": "A1", "貸与日": day, "返却日": day + 1},
    "利用者台帳": lambda day: {
        "支給決定市町村": "長崎市",
        "支給決定開始": day,
        "支給決定終了": day + 400,
        "到達所要分": 90,
    },
}
_UNREADABLE = {
    "日報": {"開始": "あさ", "訓練内容": None, "連絡1時刻": "あさ"},
    "予定": {"予定区分": "みてい"},
    "在宅承認": {"承認終了": "みてい"},
    "週評価": {"実施日": "みてい"},
    "月評価": {"実施日": "みてい"},
    "欠席時対応": {"連絡日": "みてい"},
    "他サービス": {"開始": "ひる"},
    "チェックリスト": {"評価": "よい"},
    "貸与機器": {"貸与日": "みてい"},
}  # fmt: skip
# Rows that may be of any day, beside as many days.
_OF_ANY_DAY = {
    "在宅承認": {"承認開始": "みてい", "承認終了": "みてい"},
    "週評価": {"対象開始": None, "対象終了": None, "実施日": "みてい"},
    "月評価": {"対象年月": None, "実施日": "みてい"},
    "他サービス": {"日付": "みてい"},
}
_PERSONAL = [sheet for sheet in SHEETS if sheet != "利用者台帳"]
_FIRST = (_DAY - _EPOCH).days


def _rows(sheet: str, count: int, *, spread: bool, name: str = NAME, more: Row | None = None) -> list[Row]:
    """So many rows, all of one day or of one day after the other."""
    return [{"氏名": name, **SHEETS[sheet](_FIRST + (n if spread else 0)), **(more or {})} for n in range(count)]


def _base() -> Tables:
    """One client with one day; what the dimension brings stands in the place of a sheet here."""
    return {
        **{sheet: _rows(sheet, 1, spread=False) for sheet in SHEETS},
        "在宅承認": [{"氏名": NAME, "承認事業所": "ひかり作業所", "承認開始": 40000, "承認終了": 60000}],
        "営業日": [{"日付": _FIRST, "区分": "営業"}],
    }


def _one_sheet(sheet: str, *, spread: bool, more: Row | None = None) -> Callable[[int], Tables]:
    return lambda count: {**_base(), sheet: _rows(sheet, count, spread=spread, more=more)}


def _pair(one: str, other: str, *, spread: bool, more: Row | None = None) -> Callable[[int], Tables]:
    return lambda count: {
        **_base(),
        one: _rows(one, count, spread=spread),
        other: _rows(other, count, spread=spread, more=more),
    }


def _clients(sheet: str) -> Callable[[int], Tables]:
    """Many clients, each with one row of the sheet beside a day."""

    def make(count: int) -> Tables:
        names = [f"利用者{n}" for n in range(count)]
        wanted = dict.fromkeys(("利用者台帳", "日報", sheet))
        return {
            **_base(),
            **{each: [row for name in names for row in _rows(each, 1, spread=False, name=name)] for each in wanted},
        }

    return make


def _calendar(count: int) -> Tables:
    days: list[Row] = [{"日付": _FIRST + n, "区分": "休業" if n % 3 else "営業"} for n in range(count)]
    return {**_pair("日報", "欠席時対応", spread=True)(count), "営業日": days}


def _nameless(count: int) -> Tables:
    return {**_base(), "日報": [*_rows("日報", 1, spread=False), *_rows("日報", count, spread=True, name="")]}


def _contacts(count: int) -> Tables:
    """One day whose contacts lie in lines of one cell."""
    lines = "\n".join(f"{9 + n % 6}:{n % 60:02} 電話 助言 手順の確認{n} 佐藤" for n in range(count))
    return {**_base(), "日報": [{"氏名": NAME, **SHEETS["日報"](_FIRST), "連絡1内容": lines}]}


def _texts(count: int) -> Tables:
    return {
        **_base(),
        "日報": [{**row, "支援記録": f"{n}件目を確かめた"} for n, row in enumerate(_rows("日報", count, spread=True))],
    }


def dimensions() -> Iterator[Dimension]:
    """Yield at least forty: each kind alone in four ways, and each beside the days and beside what it meets."""
    for sheet in _PERSONAL:
        yield Dimension(f"{sheet}: 同じ日", _one_sheet(sheet, spread=False))
        yield Dimension(f"{sheet}: 次々の日", _one_sheet(sheet, spread=True))
        yield Dimension(f"{sheet}: 読めない行", _one_sheet(sheet, spread=True, more=_UNREADABLE[sheet]))
        yield Dimension(f"{sheet}: 利用者ごとに", _clients(sheet))
    for sheet in [each for each in _PERSONAL if each != "日報"]:
        yield Dimension(f"日報と{sheet}: 同じ日", _pair("日報", sheet, spread=False))
        yield Dimension(f"日報と{sheet}: 次々の日", _pair("日報", sheet, spread=True))
        yield Dimension(
            f"日報と{sheet}: 次々の日、読めない行", _pair("日報", sheet, spread=True, more=_UNREADABLE[sheet])
        )
    for sheet, more in _OF_ANY_DAY.items():
        yield Dimension(f"日報と{sheet}: いつのものか読めない行", _pair("日報", sheet, spread=True, more=more))
    for one, other in (
        ("予定", "欠席時対応"),
        ("在宅承認", "月評価"),
        ("週評価", "月評価"),
        ("在宅承認", "週評価"),
        ("予定", "在宅承認"),
    ):
        yield Dimension(f"{one}と{other}: 次々の日", _pair(one, other, spread=True))
    yield Dimension("利用者台帳", _clients("利用者台帳"))
    yield Dimension("営業日と欠席", _calendar)
    yield Dimension("氏名のない行", _nameless)
    yield Dimension("1つのセルの連絡", _contacts)
    yield Dimension("ちがう支援記録", _texts)


# ---- timing


def grids_of(tables: Tables) -> list[Grid]:
    made = [
        grid_of(
            "設定",
            [
                ["項目", "値"],
                ["事業所名", "ひかり作業所"],
                ["サービス種別", "就労継続支援B型"],
                ["営業曜日", "月火水木金"],
            ],
        )
    ]
    for sheet, rows in tables.items():
        headings = list(dict.fromkeys(heading for row in rows[:2] for heading in row))
        made.append(grid_of(sheet, [headings, *([row.get(heading) for heading in headings] for row in rows)]))
    return made


def _seconds(grids: list[Grid]) -> float:
    gc.collect()
    gc.disable()
    begun = time.process_time()
    report = judged(grids).report
    marks(report)
    result_sheet(report)
    sealed_rows(grids)
    taken = time.process_time() - begun
    gc.enable()
    return taken


def growth_of(dimension: Dimension, rows: int = ROWS) -> Growth:
    """Time both sizes; where the first look is bad, look twice more and take the best of each."""
    small, large = (grids_of(dimension.make(count)) for count in (rows, rows * TIMES))
    growth = Growth(dimension.name, min(_seconds(small), _seconds(small)), _seconds(large))
    for _ in range(2):
        if growth.ratio <= WITHIN:
            break
        growth = Growth(dimension.name, min(growth.small, _seconds(small)), min(growth.large, _seconds(large)))
    return growth


def main(arguments: list[str]) -> int:
    rows = int(arguments.pop(0)) if arguments and arguments[0].isdecimal() else ROWS
    wanted = [each for each in dimensions() if not arguments or any(word in each.name for word in arguments)]
    bad = 0
    for dimension in wanted:
        growth = growth_of(dimension, rows)
        bad += growth.ratio > WITHIN
        mark = "×" if growth.ratio > WITHIN else " "
        print(f"{mark} {growth.ratio:5.1f}  {growth.small:7.3f} s {growth.large:8.3f} s  {growth.name}", flush=True)
    print(f"{len(wanted)} dimensions, {bad} beyond {WITHIN:g} times for {TIMES} times the rows ({rows})")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
