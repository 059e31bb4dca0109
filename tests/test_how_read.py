"""P02 on an office's own sheets: once for all sheets read alike, and on both sides of every number it says."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from zaitaku_xl.model import Remark, Row
from zaitaku_xl.rules.p02_not_available.how_read import how_read
from zaitaku_xl.scopes import Book


def remark(kind: str, sheet: str, *words: str, count: int = 0) -> Remark:
    return Remark(Row(sheet, 1, {}), kind=kind, words=words, count=count)


def told(*remarks: Remark) -> list[tuple[str, str | None]]:
    """Each sentence, and the sheet it stands at."""
    book: Any = SimpleNamespace(log=SimpleNamespace(remarks=remarks))
    return [(str(flaw.sentence), flaw.on.row.sheet if flaw.on else None) for flaw in how_read(cast("Book", book))]


LIKE = ("日ごとの表", "日報", "週評価")


@pytest.mark.parametrize(
    ("sheets", "who"),
    [(["1月"], "「1月」"), (["1月", "2月"], "「1月」ほか1シート"), (["1月", "2月", "3月"], "「1月」ほか2シート")],
)
def test_sheets_read_alike_are_told_once_beside_the_first(sheets: list[str], who: str) -> None:
    sentence = f"{who}を、「日ごとの表」として読みました（日報・週評価にあたります）。"
    assert told(*(remark("layout", sheet, *LIKE) for sheet in sheets)) == [(sentence, sheets[0])]


def test_sheets_read_otherwise_are_told_each() -> None:
    other = remark("layout", "面談", "1枚の様式", "月評価")
    found = told(remark("layout", "1月", *LIKE), other, remark("layout", "2月", *LIKE))
    assert [sheet for _, sheet in found] == ["1月", "面談"]


@pytest.mark.parametrize(
    ("headings", "count", "named"),
    [
        (("メモ",), 1, "「メモ」"),
        (("甲", "乙", "丙"), 3, "「甲」「乙」「丙」"),
        (("甲", "乙", "丙", "丁"), 4, "「甲」「乙」「丙」など4つ"),
    ],
)
def test_three_headings_nobody_knows_are_named_and_more_are_counted(
    headings: tuple[str, ...], count: int, named: str
) -> None:
    assert told(remark("asked", "1月", *headings, count=count)) == [
        (f"1月の{named}は、どの項目か分かりません。", "1月")
    ]


def test_cells_left_unread_are_counted() -> None:
    assert told(remark("left", "1月", count=2)) == [("1月に読み取っていないセルが2個あります。", "1月")]
