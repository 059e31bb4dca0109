"""No cell of a text file that a spreadsheet opens is taken for a formula, whatever stands before its sign."""

import csv
import sys
import unicodedata
from itertools import product
from pathlib import Path

import pytest

from tests.batch.conftest import BAD
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl.batch.formula_guard import harmless

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
IGNORED = (  # Default_Ignorable_Code_Point of Unicode
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0,
    *range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000),
)  # fmt: skip
BLANKS = tuple(code for code in range(sys.maxunicode) if chr(code).isspace() or unicodedata.category(chr(code)) == "Cc")
BEFORE = ("", *map(chr, (*IGNORED, *BLANKS)), "\r\n", "\n\u200f", " \u200f\ufeff\t", "\u3000\u00a0", "\u2066\u202e\n\n")


def test_every_sign_behind_whatever_is_skipped_is_made_text() -> None:
    open_ = [before + sign for before, sign in product(BEFORE, SIGNS) if harmless(f"{before}{sign}1+1")[0] != "'"]
    assert open_ == []


@pytest.mark.parametrize("text", ["", "山田 花子", "1=1", "a@b", "ー", "―", "「=1」", "2026-01-05", "　字下げ", "・-1"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_no_cell_of_the_csv_begins_a_formula(run: Run, tmp_path: Path) -> None:
    texts = [f"{before}={n}+1" for n, before in enumerate(("\n", "\u200f", "\ufeff", "\u00a0", "\n\u200f ", "\u3164"))]
    for number, text in enumerate(texts):
        office = {"設定": {"事業所名": text}, "在宅承認": [{"承認事業所": "別の事業所"}]}
        saved(tmp_path / f"{number}.xlsx", BAD | office)
    run("check", tmp_path, "--csv", tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    told = [cell for cell in cells if "+1" in cell and "承認された" not in cell]
    assert told
    assert all(cell.startswith("'") or (cell[0] not in "=+-@" and cell == harmless(cell)) for cell in cells if cell)
