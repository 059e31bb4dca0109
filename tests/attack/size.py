"""Row 11: eight times the rows take nine times the time at most, and a single file has its limits like many have."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.attack.trial import HELD, Office, Row, Try

SMALL, TIMES, ALLOWED, SECONDS = 300, 8, 9.0, 60
HOME = {"日付": "2026-01-06", "提供区分": "在宅", "連絡": []}
Rows = Callable[[int], Mapping[str, Any]]


def _day(n: int) -> str:
    return str(date(2026, 1, 1) + timedelta(days=n % 31))


def _far(n: int) -> str:
    return str(date(2000, 1, 1) + timedelta(days=n))


# What there can be many of, and of whom or of when.
DIMENSIONS: dict[str, Rows] = {
    "log rows of one day": lambda n: {"日報": [HOME] * n},
    "log rows of one client": lambda n: {"日報": [{**HOME, "日付": _day(i)} for i in range(n)]},
    "log rows of many days": lambda n: {"日報": [{**HOME, "日付": _far(i)} for i in range(n)]},
    "clients": lambda n: {
        "日報": [{**HOME, "氏名": f"人{i}"} for i in range(n)],
        "利用者台帳": [{"氏名": f"人{i}"} for i in range(n)],
    },
    "clients of one name": lambda n: {
        "利用者台帳": [{"氏名": "山田 花子", "受給者証番号": f"{i:010}"} for i in range(n)]
    },
    "approvals": lambda n: {
        "在宅承認": [{"氏名": "山田 花子", "承認開始": _far(i), "承認終了": "2030-01-01"} for i in range(n)]
    },
    "approvals of one day": lambda n: {"在宅承認": [{"氏名": "山田 花子"}] * n},
    "weekly reviews": lambda n: {
        "週評価": [
            {"氏名": "山田 花子", "対象開始": "2026-01-05", "対象終了": "2026-01-11", "実施日": _day(i)}
            for i in range(n)
        ]
    },
    "monthly reviews": lambda n: {
        "月評価": [{"氏名": "山田 花子", "対象年月": "2026-01", "実施日": _day(i)} for i in range(n)]
    },
    "other services": lambda n: {
        "他サービス": [
            {"氏名": "山田 花子", "日付": _day(i), "種別": "居宅介護", "開始": "10:00", "終了": "11:00"}
            for i in range(n)
        ]
    },
    "absences": lambda n: {
        "欠席時対応": [{"氏名": "山田 花子", "欠席日": _day(i), "連絡日": _day(i), "加算算定": "○"} for i in range(n)]
    },
    "plans": lambda n: {"予定": [{"氏名": "山田 花子", "日付": _day(i), "予定区分": "在宅"} for i in range(n)]},
    "closed days": lambda n: {"営業日": [{"日付": _day(i), "区分": "休業"} for i in range(n)]},
    "checks": lambda n: {
        "チェックリスト": [
            {"氏名": "山田 花子", "評価日": _day(i), "領域": "x", "項目": f"x{i}", "評価": 2} for i in range(n)
        ]
    },
    "lent machines": lambda n: {
        "貸与機器": [{"氏名": "山田 花子", "品名": f"x{i}", "貸与日": _day(i)} for i in range(n)]
    },
}


def both(first: str, second: str) -> Rows:
    return lambda n: {**DIMENSIONS[first](n), **DIMENSIONS[second](n)}


def grows(rows: Rows, *arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        office, spent = Office(folder), []
        idle = office.run("check", office.book("idle.xlsx")).seconds
        for n in (SMALL, SMALL * TIMES):
            tables = {"日報": [HOME], **rows(n)}
            office.book("a.xlsx", tables)
            ended = office.run("check", "a.xlsx", *arguments, seconds=SECONDS)
            if ended.too_long or "Traceback" in ended.told:
                return f"{n} rows: {ended.fault}"
            spent.append(max(ended.seconds - idle, 0.05))
        ratio = spent[1] / spent[0]
        return (
            f"{TIMES} times the rows, {ratio:.1f} times the time ({spent[1]:.1f} s)"
            if ratio > ALLOWED and spent[1] > 1
            else HELD
        )

    return attack


def a_long_list(rows: int) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        line = "山田,2026-01-06,在宅\n"
        (folder / "a.csv").write_text("氏名,日付,提供区分\n" + line * rows, encoding="utf-8")
        return Office(folder).run("check", "a.csv", "--json", "a.json", seconds=90).fault

    return attack


def a_pipe(*arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        os.mkfifo(folder / "管.xlsx")
        return Office(folder).run(*arguments, seconds=15).fault

    return attack


def sizes() -> Iterator[Try]:
    yield Try(name="a pipe", attack=a_pipe("check", "管.xlsx"))
    yield Try(name="a pipe to clear", attack=a_pipe("clear", "管.xlsx", "--out", "o"))
    yield Try(name="a pipe to verify", attack=a_pipe("verify", "管.xlsx"))
    yield Try(name="a pipe for forms", attack=a_pipe("forms", "管.xlsx", "--form", "all", "--out", "o"))
    yield Try(name="a pipe in a folder", attack=a_pipe("check", "."))
    yield Try(name="a pipe to watch", attack=a_pipe("watch", ".", "--once"))
    for what, rows in DIMENSIONS.items():
        yield Try(name=what, attack=grows(rows))
    yield Try(name="200,000 rows of one client-day", attack=a_long_list(200_000))
    for first, second in combinations(DIMENSIONS, 2):
        if DIMENSIONS[first](1).keys() != DIMENSIONS[second](1).keys():
            yield Try(name=f"{first} with {second}", attack=grows(both(first, second)))


ROWS = (Row(id="11", title="limits only where many files are", tries=sizes, slow=True),)
